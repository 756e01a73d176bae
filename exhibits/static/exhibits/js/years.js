// Two thumbs under the histogram. They fill the two fields of years, which are what is sent: without a script the fields alone do.

const BARE = { type: "range", step: "1" };

function thumb(box, field, label, value) {
  const input = Object.assign(document.createElement("input"), BARE, { min: box.dataset.first, max: box.dataset.last, value });
  input.setAttribute("aria-label", label);
  input.dataset.key = `slider:${field.name}`;
  box.append(input);
  return input;
}

// Sliders count as the catalogue does, 1 BC being 0; the fields hold years as people write them: -400 for 400 BC.
const written = (value) => (Number(value) > 0 ? value : String(value - 1));
const counted = (text) => (Number(text) < 0 ? Number(text) + 1 : text);

function year(value, box) {
  return value > 0 ? String(value) : box.dataset.bc.replace("{n}", 1 - value);
}

export function slide(area) {
  const box = area.querySelector("[data-slider]");
  const form = area.querySelector("[data-state-form]");
  if (!box || !form || box.childElementCount) return;
  const from = form.elements.namedItem("from");
  const to = form.elements.namedItem("to");
  const low = thumb(box, from, box.dataset.from, counted(from.value || written(box.dataset.first)));
  const high = thumb(box, to, box.dataset.to, counted(to.value || written(box.dataset.last)));
  const say = () => {
    for (const one of [low, high]) one.setAttribute("aria-valuetext", year(Number(one.value), box));
    // the thumb that can still move lies on top where both meet
    low.style.zIndex = Number(low.value) > (Number(box.dataset.first) + Number(box.dataset.last)) / 2 ? 2 : 1;
  };
  const moved = (one) => {
    if (Number(low.value) > Number(high.value)) one.value = one === low ? high.value : low.value;
    from.value = low.value === box.dataset.first ? "" : written(low.value);
    to.value = high.value === box.dataset.last ? "" : written(high.value);
    say();
  };
  for (const one of [low, high]) {
    one.addEventListener("input", () => moved(one));
    one.addEventListener("change", () => form.requestSubmit());
  }
  say();
}
