// Draws regions on a picture: box, polygon, point; by pointer or by keys. The form is what counts; drawing only fills its fields.

const NAMESPACE = "http://www.w3.org/2000/svg";
const MAP = "georeference"; // the kind of annotation that says where a map lies on the earth
const STEP = 0.01; // of what is seen of the picture, for one arrow key

function load(address) {
  if (window.OpenSeadragon) return Promise.resolve();
  return new Promise((resolve, reject) => document.head.append(Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject })));
}

function svg(name, values = {}) {
  const made = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(values)) made.setAttribute(key, value);
  return made;
}

class RegionEditor extends HTMLElement {
  async connectedCallback() {
    const facts = JSON.parse(document.getElementById("regions-drawing").textContent);
    if (!facts.view.width) return;
    this.facts = facts;
    this.voice = this.querySelector("[data-say]");
    this.form = document.getElementById("region-form");
    try {
      await load(this.dataset.library);
      const { Pane } = await import(this.dataset.pane);
      this.querySelector("[data-stage]").hidden = false;
      this.pane = new Pane(this.querySelector("[data-stage]"), { views: [facts.view] }, { still: matchMedia("(prefers-reduced-motion: reduce)").matches });
    } catch (error) {
      console.warn(error); // the plain picture and the typed places stay
      this.querySelector("[data-stage]").hidden = true;
      return;
    }
    this.querySelector(".regions__tools").hidden = false;
    this.querySelector("[data-plain]")?.remove();
    this.pane.addEventListener("opened", () => (this.fields?.places.value ? this.typed() : this.draw()));
    this.pane.addEventListener("viewport-change", () => this.thickness());
    this.pane.start();
    this.listen();
  }

  get size() {
    return [this.facts.view.width, this.facts.view.height];
  }

  get fields() {
    return this.form?.elements;
  }

  listen() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("[data-tool], [data-zoom]");
      if (!button) return;
      if (button.dataset.tool !== undefined) this.choose(button.dataset.tool);
      else if (button.dataset.zoom === "0") this.pane.whole();
      else this.pane.zoom(Number(button.dataset.zoom));
    });
    const { canvas } = this.pane;
    canvas.addEventListener("pointerdown", (event) => this.press(event), true);
    canvas.addEventListener("pointermove", (event) => this.drag(event), true);
    canvas.addEventListener("pointerup", (event) => this.release(event), true);
    canvas.addEventListener("dblclick", (event) => { if (this.tool === "polygon") { event.stopPropagation(); this.finish(); } }, true);
    canvas.addEventListener("keydown", (event) => this.key(event));
    this.fields?.places.addEventListener("input", () => this.typed());
    this.fields?.shape.addEventListener("change", () => this.typed());
    this.fields?.control_points.addEventListener("input", () => this.draw());
    this.fields?.kind.addEventListener("change", () => this.draw());
    document.querySelectorAll("[data-region]").forEach((item) => {
      for (const name of ["mouseenter", "focusin"]) item.addEventListener(name, () => this.mark(item.dataset.region));
      for (const name of ["mouseleave", "focusout"]) item.addEventListener(name, () => this.mark(this.facts.chosen));
    });
  }

  choose(tool) {
    this.tool = tool;
    this.places = [];
    if (!tool) this.began = undefined;
    this.cross = undefined;
    this.pane.seadragon.setMouseNavEnabled(!tool);
    this.querySelectorAll("[data-tool]").forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.tool === tool)));
    this.pane.canvas.classList.toggle("regions__drawing", Boolean(tool));
    if (tool && this.fields) {
      this.began ??= [this.fields.shape.value, this.fields.places.value];
      if (!this.setsControlPoints) this.fields.shape.value = tool;
      this.pane.canvas.focus();
    }
    this.draw();
  }

  // --- pointer ---

  at(event) {
    const box = this.pane.canvas.getBoundingClientRect();
    const point = this.pane.toPicture(0, [event.clientX - box.left, event.clientY - box.top]);
    return point && this.within(point);
  }

  within([x, y]) {
    const [width, height] = this.size;
    return [Math.round(Math.min(Math.max(x, 0), width) * 10) / 10, Math.round(Math.min(Math.max(y, 0), height) * 10) / 10];
  }

  press(event) {
    if (!this.tool || event.button) return;
    event.stopPropagation();
    const point = this.at(event);
    if (!point) return;
    this.pane.canvas.focus();
    this.pane.canvas.setPointerCapture(event.pointerId); // a box may be drawn beyond the edge
    if (this.tool === "point" || this.tool === "box") this.places = [point];
    else {
      this.places.push(point);
      this.fill(this.places);
    }
    this.draw();
  }

  drag(event) {
    if (!this.tool) return;
    event.stopPropagation();
    if (this.tool === "box" && this.places.length && event.buttons) {
      this.places = [this.places[0], this.at(event) ?? this.places[0]];
      this.draw();
    }
  }

  release(event) {
    if (!this.tool) return;
    event.stopPropagation();
    // only now: pressing takes the focus to the picture, after this the words are typed
    if (this.places.length === { box: 2, point: 1 }[this.tool]) this.put(this.places);
  }

  // --- keys ---

  key(event) {
    if (!this.tool || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (moves[event.key]) this.step(moves[event.key], event.shiftKey);
    else if (event.key === "Enter") this.set();
    else if (event.key === "Escape") {
      this.giveUp();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  step([across, down], large) {
    const [x, y, w, h] = this.pane.visible() ?? [0, 0, ...this.size];
    this.cross ??= [x + w / 2, y + h / 2];
    const far = Math.max(1, Math.min(w, h) * STEP * (large ? 10 : 1));
    this.cross = this.within([this.cross[0] + across * far, this.cross[1] + down * far]);
    this.say("sayPlace", this.cross);
    this.draw();
  }

  set() {
    if (!this.cross) this.step([0, 0]);
    const last = this.places.at(-1);
    if (this.tool === "polygon" && last && last[0] === this.cross[0] && last[1] === this.cross[1]) return this.finish();
    this.places.push([...this.cross]);
    this.say("saySet", this.cross, this.places.length);
    if ((this.tool === "point" && this.places.length === 1) || (this.tool === "box" && this.places.length === 2)) return this.put(this.places);
    this.draw();
  }

  finish() {
    const distinct = this.places.filter((place, index) => !index || place.join() !== this.places[index - 1].join());
    if (distinct.length > 2) this.put(distinct);
  }

  /** The form says again what it said before the drawing began. */
  giveUp() {
    if (this.began) [this.fields.shape.value, this.fields.places.value] = this.began;
    this.choose("");
    this.typed();
    this.say("sayDropped");
  }

  put(places) {
    if (this.setsControlPoints) return this.addControlPoint(places[0]);
    this.fill(places);
    const shape = this.tool;
    this.choose("");
    this.fields.shape.value = shape;
    this.typed();
    this.say("sayDone");
    [...this.form.querySelectorAll("textarea")].find((field) => field.offsetParent)?.focus();
  }

  /** Of a map, a point of the picture is the first half of a control point. */
  get setsControlPoints() {
    return this.tool === "point" && this.fields?.kind.value === MAP;
  }

  addControlPoint(place) {
    const field = this.fields.control_points;
    const before = field.value.trimEnd();
    field.value = `${before}${before ? "\n" : ""}${place.join()} `;
    this.places = [];
    this.draw();
    this.say("sayControl", place, this.controlPoints().length);
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  controlPoints() {
    const lines = this.fields?.kind.value === MAP ? this.fields.control_points.value.split("\n") : [];
    return lines.map((line) => line.trim().split(/[\s,;]+/).map(Number)).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  }

  fill(places) {
    if (this.fields) this.fields.places.value = places.map(([x, y]) => `${x},${y}`).join(" ");
  }

  typed() {
    this.typedPlaces = (this.fields?.places.value ?? "").split(/[\s;]+/).map((pair) => pair.split(",").map(Number)).filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
    this.draw();
  }

  say(words, [x, y] = [], n = "") {
    this.voice.textContent = this.voice.dataset[words].replace("{x}", Math.round(x)).replace("{y}", Math.round(y)).replace("{n}", n);
  }

  // --- what is seen ---

  mark(id) {
    this.marked = id;
    this.draw();
  }

  draw() {
    const sheet = this.pane.sheet(0);
    if (!sheet) return;
    const [width, height] = this.size;
    const layer = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, class: "regions__layer", "aria-hidden": "true" });
    const chosen = this.marked ?? this.facts.chosen;
    for (const region of this.facts.regions) {
      if (region.id === this.facts.chosen && this.typedPlaces) continue;
      layer.append(this.shape(region.shape, region.points, region.id === chosen ? "regions__one regions__one--chosen" : "regions__one"));
    }
    if (this.typedPlaces?.length && !this.tool) layer.append(this.shape(this.fields.shape.value, this.typedPlaces, "regions__one regions__one--new"));
    if (this.places?.length) layer.append(this.shape(this.tool, this.places, "regions__one regions__one--new"));
    this.controlPoints().forEach(([x, y], index) => {
      layer.append(this.shape("point", [[x, y]], "regions__one regions__one--new"));
      layer.append(Object.assign(svg("text", { x, y, class: "regions__number" }), { textContent: String(index + 1) }));
    });
    if (this.cross && this.tool) layer.append(svg("path", { d: this.crossAt(this.cross), class: "regions__cross" }));
    sheet.replaceChildren(layer);
    this.thickness();
  }

  crossAt([x, y]) {
    const far = 14 / this.scale;
    return `M${x - far},${y}h${2 * far}M${x},${y - far}v${2 * far}`;
  }

  shape(kind, points, className) {
    if (kind === "box" && points.length > 1) {
      const [[a, b], [c, d]] = points;
      return svg("rect", { x: Math.min(a, c), y: Math.min(b, d), width: Math.abs(c - a), height: Math.abs(d - b), class: className });
    }
    if (kind === "polygon" && points.length > 1) return svg("polygon", { points: points.map((point) => point.join()).join(" "), class: className });
    return svg("circle", { cx: points[0]?.[0] ?? 0, cy: points[0]?.[1] ?? 0, r: 6 / this.scale, class: className });
  }

  get scale() {
    const matrix = this.pane.matrix(0);
    return matrix ? Math.hypot(matrix[0], matrix[1]) : 1;
  }

  // Lines of two pixels on the screen, however near the picture is.
  thickness() {
    this.style.setProperty("--line", `${2 / this.scale}px`);
    this.style.setProperty("--letters", `${14 / this.scale}px`);
    this.querySelectorAll(".regions__layer circle").forEach((dot) => dot.setAttribute("r", 6 / this.scale));
  }
}
customElements.define("region-editor", RegionEditor);

document.addEventListener("click", (event) => {
  const question = event.target.closest("[data-confirm]")?.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});

// What only maps need stands there for maps alone.
const kind = document.querySelector("#region-form [name=kind]");
function showOfMaps() {
  document.querySelectorAll("[data-of-maps]").forEach((field) => (field.hidden = kind.value !== MAP));
  kind.form.elements.places.required = kind.value !== MAP; // a map may cover all of its picture
}
kind?.addEventListener("change", showOfMaps);
if (kind) showOfMaps();
