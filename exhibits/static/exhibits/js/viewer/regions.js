// Described regions: a list beside the picture, a frame over the region that is chosen. A layer, as docs/viewer.md tells.
//
// A view may carry `regions`: [{ box: [x, y, w, h] in the picture's own pixels, text, lang, heading }].

export function attach(viewer) {
  const panel = viewer.panels.panel("details");
  const list = panel.querySelector("[data-regions]");
  const button = viewer.button("details");
  let chosen = null;

  const regionsOf = (pane) => pane.pages.flatMap((index) => (pane.views[index].regions ?? []).map((region) => ({ index, ...region })));

  function mark(pane) {
    viewer.frame.querySelectorAll(".viewer-region:not(.viewer-line)").forEach((old) => old.remove());
    const sheet = chosen && pane.sheet(chosen.index);
    if (!sheet) return;
    const [x, y, w, h] = chosen.box;
    const frame = Object.assign(document.createElement("div"), { className: "viewer-region" });
    Object.assign(frame.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` });
    sheet.append(frame);
    thickness(pane);
  }

  // A line of two pixels on the screen, however near the picture is.
  function thickness(pane) {
    const matrix = pane.matrix();
    if (!matrix) return;
    const scale = Math.hypot(matrix[0], matrix[1]);
    viewer.frame.querySelectorAll(".viewer-region").forEach((frame) => { frame.style.setProperty("--line", `${2 / scale}px`); });
  }

  function choose(pane, region, item) {
    chosen = region;
    list.querySelectorAll("[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    item.setAttribute("aria-current", "true");
    const [x, y, w, h] = region.box;
    pane.fit(region.index, [x - w * 0.15, y - h * 0.15, w * 1.3, h * 1.3]);
    mark(pane);
    viewer.say(region.text);
  }

  function fill(pane) {
    if (pane !== viewer.main) return;
    chosen = null;
    const regions = regionsOf(pane);
    button.hidden = !regions.length;
    if (!regions.length && viewer.panels.current === "details") viewer.panels.close();
    list.replaceChildren(...regions.map((region) => {
      const item = document.createElement("li");
      const choice = Object.assign(document.createElement("button"), { type: "button", textContent: region.text });
      if (region.lang) choice.lang = region.lang;
      choice.addEventListener("click", () => choose(pane, region, choice));
      item.append(choice);
      return item;
    }));
    mark(pane);
  }

  viewer.addEventListener("page-change", (event) => fill(event.detail.pane));
  viewer.addEventListener("viewport-change", (event) => { if (chosen) thickness(event.detail.pane); });
}
