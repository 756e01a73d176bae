// The text of pages: selectable over the picture, readable line by line beside it, searchable in the whole book.
// A layer, as docs/viewer.md tells. A view may carry `text`: the address of its words (exhibits/page_text.py, for_script).

export function attach(viewer) {
  const template = viewer.stage.querySelector("[data-text-panel]");
  if (!template) return;
  const layer = new TextLayer(viewer, template);
  viewer.addEventListener("page-change", (event) => layer.follow(event.detail.pane));
  viewer.addEventListener("viewport-change", (event) => layer.thickness(event.detail.pane));
}

class TextLayer {
  constructor(viewer, template) {
    this.viewer = viewer;
    this.words = template.dataset;
    this.known = new Map();
    this.query = template.dataset.query ?? "";
    const panel = template.content.firstElementChild.cloneNode(true);
    viewer.frame.querySelector(".viewer-main").append(panel);
    this.lines = panel.querySelector("[data-lines]");
    this.hits = panel.querySelector("[data-hits]");
    this.found = panel.querySelector("[data-found]");
    this.more = panel.querySelector("[data-more]");
    this.select = panel.querySelector("[data-select]");
    const icon = template.content.querySelector("svg");
    this.button = viewer.addButton({ act: "text", label: this.words.label, icon, run: () => viewer.panels.toggle("text") });
    this.button.setAttribute("aria-expanded", "false");
    this.select.addEventListener("change", () => this.selecting());
    this.more.addEventListener("click", () => this.ask(this.next));
    const form = panel.querySelector("form");
    form.elements.q.value = this.query;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.search(form.elements.q.value.trim());
    });
  }

  address(view) {
    return this.query ? `${view.text}?q=${encodeURIComponent(this.query)}` : view.text;
  }

  page(view) {
    const address = this.address(view);
    if (!this.known.has(address)) {
      const answer = fetch(address).then((response) => {
        if (!response.ok) throw new Error(`${response.status} ${address}`);
        return response.json();
      });
      this.known.set(address, answer);
      answer.catch(() => this.known.delete(address)); // asked again the next time
    }
    return this.known.get(address);
  }

  async follow(pane) {
    const ticket = (this.ticket = Symbol("page"));
    const pages = pane.pages.filter((index) => pane.views[index].text);
    const any = pane.views.some((view) => view.text);
    if (pane === this.viewer.main) {
      this.button.hidden = !any;
      if (!any && this.viewer.panels.current === "text") this.viewer.panels.close();
    }
    let read;
    try {
      read = await Promise.all(pages.map((index) => this.page(pane.views[index])));
    } catch (error) {
      console.warn(error);
      this.found.textContent = this.words.failed;
      return;
    }
    if (ticket !== this.ticket) return;
    pages.forEach((index, order) => this.lay(pane, index, read[order]));
    if (pane === this.viewer.main) this.list(pane, pages, read);
    this.thickness(pane);
  }

  /** Words over the picture, each as wide as its box, so that a selection covers what is read. */
  lay(pane, index, page) {
    const sheet = pane.sheet(index);
    if (!sheet) return;
    sheet.querySelector(".viewer-text")?.remove();
    const over = Object.assign(document.createElement("div"), { className: "viewer-text", lang: page.language });
    over.setAttribute("aria-hidden", "true"); // the same lines stand in the panel, to be read and walked through
    over.classList.toggle("viewer-text--selectable", this.select.checked);
    for (const box of page.marks) over.append(place(Object.assign(document.createElement("span"), { className: "viewer-mark" }), box));
    for (const { lines, column } of paragraphs(page.lines)) {
      const paragraph = document.createElement("p"); // elements of their own kinds: what is copied has line breaks by them, in Firefox whatever the style says
      paragraph.append(...(column ? [flow(lines, column)] : lines.map(row)));
      over.append(paragraph);
    }
    over.addEventListener("pointerdown", (event) => { if (this.select.checked) event.stopPropagation(); });
    sheet.append(over);
    fitWords(over);
    over.querySelectorAll(".viewer-flow").forEach(fitFlow);
  }

  selecting() {
    this.viewer.frame.querySelectorAll(".viewer-text").forEach((over) => over.classList.toggle("viewer-text--selectable", this.select.checked));
  }

  list(pane, pages, read) {
    const items = pages.flatMap((index, order) => read[order].lines.map(([text, box]) => {
      const item = document.createElement("li");
      const choice = Object.assign(document.createElement(box ? "button" : "p"), { textContent: text });
      if (box) {
        choice.type = "button";
        choice.addEventListener("click", () => this.show(pane, index, box, choice));
      }
      if (read[order].language) choice.lang = read[order].language;
      item.append(choice);
      return item;
    }));
    this.lines.replaceChildren(...items);
    this.lines.previousElementSibling.hidden = !items.length;
  }

  show(pane, index, box, choice) {
    this.lines.querySelectorAll("[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    choice?.setAttribute("aria-current", "true");
    pane.fit(index, around(box, pane.views[index]));
    this.frame(pane, index, box);
  }

  frame(pane, index, [x, y, w, h]) {
    this.viewer.frame.querySelectorAll(".viewer-line").forEach((old) => old.remove());
    const sheet = pane.sheet(index);
    if (!sheet) return;
    sheet.append(place(Object.assign(document.createElement("div"), { className: "viewer-region viewer-line" }), [x, y, w, h]));
    this.thickness(pane);
  }

  thickness(pane) {
    const matrix = pane.matrix();
    if (!matrix) return;
    const scale = Math.hypot(matrix[0], matrix[1]);
    pane.root.querySelectorAll(".viewer-line, .viewer-mark").forEach((frame) => frame.style.setProperty("--line", `${2 / scale}px`));
  }

  // --- search in the whole object: IIIF Content Search 2.0 ---

  search(text) {
    this.query = text;
    this.hits.replaceChildren();
    this.more.hidden = true;
    this.count = 0;
    this.follow(this.viewer.main);
    if (!text) {
      this.found.textContent = "";
      return;
    }
    this.ask(`${this.words.search}?q=${encodeURIComponent(text)}&motivation=supplementing`);
  }

  async ask(address) {
    const asked = this.query;
    try {
      const response = await fetch(address);
      if (!response.ok) throw new Error(`${response.status} ${address}`);
      const answer = await response.json();
      if (asked !== this.query) return;
      this.next = answer.next ? new URL(answer.next.id).pathname + new URL(answer.next.id).search : "";
      this.more.hidden = !this.next;
      this.add(answer);
    } catch (error) {
      console.warn(error);
      this.found.textContent = this.words.failed;
    }
  }

  add(answer) {
    const targets = new Map(answer.items.map((item) => [item.id, item.target]));
    const { main } = this.viewer;
    for (const hit of answer.annotations?.[0]?.items ?? []) {
      const [canvas, fragment] = targets.get(hit.target.source).split("#xywh=");
      const index = main.views.findIndex((view) => canvas.endsWith(`/${view.id}`));
      if (index < 0) continue;
      const { prefix, exact, suffix } = hit.target.selector[0];
      const choice = Object.assign(document.createElement("button"), { type: "button" });
      const mark = Object.assign(document.createElement("mark"), { textContent: exact });
      const page = Object.assign(document.createElement("span"), { className: "viewer-hit-page", textContent: main.views[index].label });
      choice.append(page, " ", `…${prefix}`, mark, `${suffix}…`);
      choice.addEventListener("click", () => this.go(index, fragment?.split(",").map(Number)));
      const item = document.createElement("li");
      item.append(choice);
      this.hits.append(item);
      this.count += 1;
    }
    this.found.textContent = this.count ? (this.count === 1 ? this.words.one : this.words.found).replace("{n}", this.count) + (this.next ? " …" : "") : this.words.none;
  }

  go(index, box) {
    const { main } = this.viewer;
    if (!box) {
      main.turnTo(index);
      return;
    }
    main.turnTo(index, around(box, main.views[index]));
    this.viewer.say(main.views[index].label);
  }
}

// Where the corner of an element comes to lie that is turned (by quarters, clockwise) about its upper left one.
const TURNS = { 90: ([w]) => `translate(${w}px, 0) rotate(90deg)`, 180: ([w, h]) => `translate(${w}px, ${h}px) rotate(180deg)`, 270: ([, h]) => `translate(0, ${h}px) rotate(270deg)` };

/** Lay an element on its box, turned as its letters are. What is higher than wide and has several signs is written downwards, as Hán columns are. */
function place(element, [x, y, across, along], turn = 0) {
  const [w, h] = turn % 180 ? [along, across] : [across, along];
  if (turn) element.dataset.turn = TURNS[turn]([across, along]);
  const down = h > 1.5 * w && element.textContent.length > 1;
  Object.assign(element.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px`, fontSize: `${(down ? w : h) * 0.8}px` });
  if (down) element.style.writingMode = "vertical-rl";
  return element;
}

/** Lines by paragraphs. What has one box for several lines, or for a text longer than a line, is a `column` in that box. */
function paragraphs(lines) {
  const found = [];
  lines.forEach((line, at) => {
    const shared = [lines[at - 1], lines[at + 1]].some((other) => other && !other[2].length && String(other[1]) === String(line[1]));
    const column = line[1] && !line[2].length && (shared || flows(line)) ? line[1] : null;
    const before = found.at(-1);
    if (before && before.block === line[3] && String(before.column) === String(column)) before.lines.push(line);
    else found.push({ block: line[3], column, lines: [line] });
  });
  return found;
}

/** Room that a text takes, in the heights of its letters: signs are twice as wide as letters. */
const room = (text) => text.length + (text.match(/[\u2e80-\u9fff\uf900-\uff60]/g) ?? []).length;

/** Whether a text is too long for one line in its box, whichever way that runs. */
function flows([text, box]) {
  return room(text) * 0.4 * Math.min(box[2], box[3]) > 1.8 * Math.max(box[2], box[3]);
}

/** A line, with a piece for every word that has a place; words without one belong to the piece before them. */
function row([text, box, words, , turn]) {
  const line = Object.assign(document.createElement("div"), { className: "viewer-row" });
  const parts = words.length ? words : box ? [[text, box]] : [];
  let at = 0;
  const starts = parts.map(([word]) => {
    const start = text.indexOf(word, at);
    at = start + word.length;
    return start;
  });
  parts.forEach(([, where], number) => {
    const piece = text.slice(number ? starts[number] : 0, starts[number + 1]);
    const word = place(Object.assign(document.createElement("span"), { className: "viewer-word", textContent: piece.trimEnd() }), where, turn);
    word.dataset.then = piece.slice(piece.trimEnd().length);
    line.append(word);
  });
  return line;
}

/** Lines whose own places nobody knows: they fill their box as a column of text would. */
function flow(lines, [x, y, across, along]) {
  const turn = lines[0][4];
  const [w, h] = turn % 180 ? [along, across] : [across, along];
  const column = Object.assign(document.createElement("div"), { className: "viewer-flow" });
  const size = Math.sqrt((w * h) / (0.625 * lines.reduce((sum, [text]) => sum + room(text), 0)));
  Object.assign(column.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px`, fontSize: `${size}px`, transform: turn ? TURNS[turn]([across, along]) : "" });
  for (const [text] of lines) column.append(Object.assign(document.createElement("div"), { className: "viewer-row", textContent: text }));
  return column;
}

function fitFlow(column) {
  for (let times = 0; times < 4 && column.scrollHeight > column.clientHeight + 1; times += 1) {
    const size = parseFloat(column.style.fontSize);
    column.style.fontSize = `${size * Math.max(0.5, 0.98 * Math.sqrt(column.clientHeight / column.scrollHeight))}px`;
  }
}

/** Stretch every word to the length of its box: measured once, in one go, so that the page is laid out once. */
function fitWords(over) {
  const words = [...over.querySelectorAll(".viewer-word")].map((word) => [word, word.style.writingMode ? "height" : "width"]);
  const boxes = words.map(([word, side]) => parseFloat(word.style[side]));
  words.forEach(([word, side]) => { word.style[side] = "auto"; });
  const lengths = words.map(([word, side]) => (side === "height" ? word.offsetHeight : word.offsetWidth));
  words.forEach(([word, side], at) => {
    if (lengths[at]) word.style.transform = `${word.dataset.turn ?? ""} ${side === "height" ? "scaleY" : "scaleX"}(${boxes[at] / lengths[at]})`;
    word.append(word.dataset.then); // so that what is copied has its spaces
  });
}

/** A box with some of the page around it, in which it is read. */
function around([x, y, w, h], { width, height }) {
  const margin = Math.max(3 * Math.min(w, h), 0.04 * Math.min(width, height), (0.45 * Math.min(width, height) - Math.max(w, h)) / 2);
  const [left, top] = [Math.max(0, x - margin), Math.max(0, y - margin)];
  return [left, top, Math.min(width, x + w + margin) - left, Math.min(height, y + h + margin) - top];
}
