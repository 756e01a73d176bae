// The strip of pages: a list box of any length in which only the thumbnails in sight exist.

const SLOT = 76; // CSS pixels a page takes
const BEYOND = 4; // pages kept ready on either side

export class Strip {
  /** root: the [data-strip] element; book as in pane.js; choose(index) is called for the page that somebody picks. */
  constructor(root, book, choose) {
    this.root = root;
    this.views = book.views;
    this.backwards = book.direction === "right-to-left";
    this.choose = choose;
    this.list = root.querySelector("[role=listbox]");
    this.wide = this.list.firstElementChild;
    this.wide.style.width = `${this.views.length * SLOT}px`;
    this.shown = new Map();
    this.at = this.looked = 0;
    this.list.addEventListener("scroll", () => this.draw(), { passive: true });
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("focus", () => { this.looked = this.at; this.look(this.at); });
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[data-index]");
      if (option) this.choose(Number(option.dataset.index));
    });
    new ResizeObserver(() => this.draw()).observe(this.list);
  }

  left(index) {
    return (this.backwards ? this.views.length - 1 - index : index) * SLOT;
  }

  /** The open pages: marked, and brought into sight. */
  mark(pages) {
    this.marked = new Set(pages);
    this.at = this.looked = pages[0];
    this.look(this.at);
  }

  look(index) {
    const middle = this.left(index) - (this.list.clientWidth - SLOT) / 2;
    const seen = this.left(index) >= this.list.scrollLeft && this.left(index) + SLOT <= this.list.scrollLeft + this.list.clientWidth;
    if (!seen) this.list.scrollLeft = middle;
    this.draw();
    this.list.setAttribute("aria-activedescendant", `strip-page-${index}`);
  }

  draw() {
    if (!this.list.clientWidth) return;
    const from = Math.floor(this.list.scrollLeft / SLOT) - BEYOND;
    const to = Math.ceil((this.list.scrollLeft + this.list.clientWidth) / SLOT) + BEYOND;
    const wanted = new Set([this.looked]);
    for (let slot = Math.max(0, from); slot < Math.min(this.views.length, to); slot += 1) {
      wanted.add(this.backwards ? this.views.length - 1 - slot : slot);
    }
    for (const [index, option] of this.shown) {
      if (!wanted.has(index)) {
        option.remove();
        this.shown.delete(index);
      }
    }
    for (const index of wanted) this.option(index);
  }

  option(index) {
    let option = this.shown.get(index);
    if (!option) {
      option = this.made(index);
      this.shown.set(index, option);
      this.wide.append(option);
    }
    option.setAttribute("aria-selected", String(Boolean(this.marked?.has(index))));
    option.classList.toggle("looked", index === this.looked);
  }

  made(index) {
    const view = this.views[index];
    const option = document.createElement("div");
    Object.assign(option, { id: `strip-page-${index}`, className: "strip-page", role: "option" });
    option.setAttribute("role", "option");
    option.setAttribute("aria-setsize", this.views.length);
    option.setAttribute("aria-posinset", index + 1);
    option.dataset.index = index;
    option.style.left = `${this.left(index)}px`;
    const picture = Object.assign(new Image(), { alt: "", decoding: "async" });
    picture.style.backgroundColor = view.color ?? "";
    picture.style.aspectRatio = `${view.width} / ${view.height}`;
    picture.src = view.service ? `${view.service}/full/!200,200/0/default.jpg` : view.image;
    const label = Object.assign(document.createElement("span"), { textContent: view.label });
    if (view.lang) label.lang = view.lang;
    option.append(picture, label);
    return option;
  }

  key(event) {
    const onward = this.backwards ? -1 : 1;
    const many = Math.max(1, Math.floor(this.list.clientWidth / SLOT) - 1);
    const moves = { ArrowRight: onward, ArrowLeft: -onward, ArrowDown: 1, ArrowUp: -1, PageDown: many, PageUp: -many, Home: -Infinity, End: Infinity };
    if (event.key === "Enter" || event.key === " ") this.choose(this.looked);
    else if (event.key in moves) {
      this.looked = Math.min(this.views.length - 1, Math.max(0, this.looked + moves[event.key]));
      this.look(this.looked);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
