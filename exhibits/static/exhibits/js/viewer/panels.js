// What opens beside the picture, one at a time: sharing a detail, going to a page, described regions, the keys.

import { pageNamed } from "./sequence.js";

// A region as the image service is asked for it: the rights may not allow the picture in all of its size.
function inPercent(box, { width, height }) {
  const share = (place, order) => String(Number(((100 * place) / (order % 2 ? height : width)).toFixed(6)));
  return `pct:${box.map(share).join(",")}`;
}

export class Panels {
  constructor(viewer) {
    this.viewer = viewer;
    this.frame = viewer.frame;
    this.current = null;
    this.prepare = { share: () => this.share(), "go-to": () => this.pages() };
    this.frame.querySelector("[data-go-to]")?.addEventListener("submit", (event) => this.goTo(event));
    this.frame.querySelectorAll("[data-copy-from]").forEach((button) => {
      button.addEventListener("click", () => this.copy(button));
    });
  }

  panel(name) {
    return this.frame.querySelector(`.viewer-panel[data-panel="${CSS.escape(name)}"]`);
  }

  toggle(name) {
    if (name === "close-panel" || this.current === name) this.close();
    else if (this.panel(name)) this.show(name);
  }

  show(name) {
    this.close();
    this.current = name;
    const panel = this.panel(name);
    this.prepare[name]?.();
    panel.hidden = false;
    this.viewer.button(name)?.setAttribute("aria-expanded", "true");
    const first = panel.querySelector("[data-first]") ?? panel.querySelector("h2");
    first.focus();
    first.setSelectionRange?.(0, first.readOnly ? 0 : first.value.length);
    if (first.readOnly) first.scrollLeft = 0; // a long address is read from its beginning
  }

  close() {
    if (!this.current) return;
    this.panel(this.current).hidden = true;
    const button = this.viewer.button(this.current);
    button?.setAttribute("aria-expanded", "false");
    this.current = null;
    if (button && !button.hidden) button.focus();
    else this.viewer.current.canvas.focus();
  }

  /** Fill in the link, the content state, the picture of the detail and its citation. */
  share() {
    const { viewer } = this;
    const panel = this.panel("share");
    const address = viewer.shareAddress();
    const pane = viewer.current;
    const box = pane.detail();
    const field = (name) => panel.querySelector(`[data-field="${name}"]`);
    field("link").value = address;
    field("state").value = new URL(address).searchParams.get("iiif-content");
    const cite = field("cite");
    cite.value = [pane.book.cite, box && cite.dataset.words.replace("{region}", box.join(",")), address].filter(Boolean).join(" ");
    const picture = panel.querySelector("[data-field=picture]");
    picture.hidden = !pane.view.service || !box;
    if (!picture.hidden) picture.href = `${pane.view.service}/${inPercent(box, pane.view)}/!1600,1600/0/default.jpg`;
  }

  async copy(button) {
    const source = this.frame.querySelector(`[data-field="${button.dataset.copyFrom}"]`);
    try {
      await navigator.clipboard.writeText(source.value);
      this.viewer.say(button.dataset.done);
      const name = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = name; }, 2000);
    } catch {
      source.focus(); // not allowed: the text is selected to be copied by hand
      source.select();
    }
  }

  pages() {
    const list = this.frame.querySelector("[data-page-labels]");
    if (list.childElementCount) return;
    const labels = this.viewer.main.views.map((view) => Object.assign(document.createElement("option"), { value: view.label }));
    list.append(...labels);
  }

  goTo(event) {
    event.preventDefault();
    const field = event.target.elements.page;
    const index = pageNamed(this.viewer.main.views, field.value);
    field.setCustomValidity(index < 0 ? field.dataset.words : "");
    if (index < 0) {
      field.reportValidity();
      field.addEventListener("input", () => field.setCustomValidity(""), { once: true });
      return;
    }
    this.viewer.main.turnTo(index);
    this.close();
  }
}
