// One surface with pictures: opens pages, zooms, turns, mirrors; knows where a picture's pixels lie on the screen.
//
// Events: "page-change" (other pages are open), "viewport-change" (every frame in which they move), "zoom", "failed".

import { apply, invert, matrixFrom, visibleBox } from "./geometry.js";
import { laidOut, openingOf, openings } from "./sequence.js";

const STEP = 80; // CSS pixels that an arrow key moves

export class Pane extends EventTarget {
  /** book: { views: [{ id, service | image, width, height, label, url, … }], direction, paged }. */
  constructor(root, book, { at = 0, still = false } = {}) {
    super();
    this.root = root;
    this.book = book;
    this.views = book.views;
    this.backwards = book.direction === "right-to-left";
    this.still = still;
    this.canvas = root.querySelector(".viewer-canvas");
    this.bar = root.querySelector(".viewer-pager");
    this.failure = root.querySelector(".viewer-failure");
    this.sheets = new Map();
    this.opened = [];
    this.at = at;
    this.spread(Boolean(book.paged) && innerWidth >= 768);
  }

  get pages() {
    return this.openings[openingOf(this.openings, this.at)];
  }

  get view() {
    return this.views[this.at];
  }

  get viewport() {
    return this.seadragon?.viewport;
  }

  /** Make the surface and open the current page, at a detail when one is given. */
  start(box) {
    this.seadragon = window.OpenSeadragon({
      element: this.canvas,
      showNavigationControl: false,
      maxZoomPixelRatio: 4,
      minZoomImageRatio: 0.8,
      visibilityRatio: 0.5,
      animationTime: this.still ? 0 : 0.6,
      springStiffness: 8,
      zoomPerClick: 1.8,
      immediateRender: this.still,
      gestureSettingsTouch: { pinchRotate: false },
      gestureSettingsMouse: { clickToZoom: true, dblClickToZoom: true },
      keyboardNavEnabled: false,
    });
    // The keys are ours: on the canvas, with a name, once. The library's own focus stops would be empty ones.
    this.canvas.querySelectorAll("[tabindex]").forEach((part) => part.setAttribute("tabindex", "-1"));
    // Within the library's canvas, so that wheel and touch over what is laid there still move the picture.
    this.over = Object.assign(document.createElement("div"), { className: "viewer-over" });
    this.seadragon.canvas.append(this.over);
    this.seadragon.addHandler("canvas-key", (event) => { event.preventDefaultAction = true; });
    this.seadragon.addHandler("zoom", () => {
      this.nowWhole = Math.abs(this.viewport.getZoom() / this.viewport.getHomeZoom() - 1) < 0.01;
      this.tell("zoom");
    });
    // What was whole stays whole when the strip or a panel takes room: the library says so first and then zooms by the size's change.
    this.seadragon.addHandler("resize", () => {
      if (this.nowWhole) queueMicrotask(() => this.viewport?.goHome(true));
    });
    // What two fingers or the wheel made whole again lies where they were; the library's own moves of the gesture come first.
    for (const name of ["canvas-pinch", "canvas-scroll"]) this.seadragon.addHandler(name, () => { this.zoomed = true; });
    for (const name of ["canvas-release", "canvas-scroll"]) {
      this.seadragon.addHandler(name, () => setTimeout(() => this.zoomed && this.settle()));
    }
    for (const name of ["update-viewport", "animation", "resize", "rotate", "flip"]) {
      this.seadragon.addHandler(name, () => this.moved());
    }
    this.load(box);
  }

  tell(name) {
    this.dispatchEvent(new CustomEvent(name, { detail: { pane: this, pages: this.pages.map((index) => this.views[index]) } }));
  }

  /** Two pages at a time, or one. */
  spread(two) {
    this.double = two;
    this.openings = openings(this.views, two);
  }

  turnTo(index, box) {
    if (index < 0 || index >= this.views.length) return;
    const same = this.pages.includes(index);
    this.at = index;
    if (same && this.opened.length) {
      this.tell("page-change");
      if (box) this.fit(index, box);
      return;
    }
    this.load(box);
  }

  step(forward) {
    const next = this.openings[openingOf(this.openings, this.at) + forward];
    if (next) this.turnTo(next[0]);
  }

  get first() {
    return this.pages.includes(0);
  }

  get last() {
    return this.pages.includes(this.views.length - 1);
  }

  // A description names the service by the museum's one address; the tiles come from the address that this page came from.
  async source(view) {
    if (!view.service) return { type: "image", url: view.image };
    const answer = await fetch(`${view.service}/info.json`);
    if (!answer.ok) throw new Error(`${answer.status} ${view.service}`);
    return { ...(await answer.json()), id: new URL(view.service, document.baseURI).href };
  }

  async load(box) {
    const ticket = (this.ticket = Symbol("load"));
    const places = laidOut(this.pages, this.views, this.backwards);
    this.failure.hidden = true;
    this.wanted = box;
    this.tell("page-change");
    try {
      const sources = await Promise.all(places.map(({ index }) => this.source(this.views[index])));
      if (ticket !== this.ticket) return;
      await this.lay(places, sources, ticket);
      if (ticket !== this.ticket) return;
      this.tell("opened");
    } catch (error) {
      if (ticket !== this.ticket) return;
      console.warn(error);
      this.fail();
    }
  }

  lay(places, sources, ticket) {
    this.clear();
    this.viewport.setRotation(0, true);
    this.viewport.setFlip(false);
    return Promise.all(places.map((place, order) => new Promise((resolve, reject) => {
      this.seadragon.addTiledImage({
        tileSource: sources[order],
        x: place.x,
        y: 0,
        width: place.width,
        success: ({ item }) => {
          if (ticket === this.ticket) this.place(place.index, item);
          resolve();
        },
        error: reject,
      });
    }))).then(() => {
      if (ticket !== this.ticket) return;
      if (this.wanted) this.fit(this.at, this.wanted, true);
      else this.viewport.goHome(true);
      this.moved();
    });
  }

  clear() {
    this.seadragon.world.removeAll();
    this.over.replaceChildren();
    this.sheets.clear();
    this.opened = [];
  }

  place(index, item) {
    this.opened.push({ index, item });
    const sheet = document.createElement("div");
    sheet.className = "viewer-sheet";
    sheet.dataset.page = this.views[index].id;
    const { width, height } = this.views[index];
    Object.assign(sheet.style, { width: `${width}px`, height: `${height}px` });
    this.sheets.set(index, sheet);
    this.over.append(sheet);
  }

  fail() {
    this.failure.textContent = this.failure.dataset.words;
    this.failure.hidden = false;
    this.tell("failed");
  }

  // --- where things are ---

  item(index = this.at) {
    return this.opened.find((page) => page.index === index)?.item;
  }

  /** CSS's matrix() from the pixels of a page's picture to those of the pane; null while the page is not open. */
  matrix(index = this.at) {
    const item = this.item(index);
    if (!item) return null;
    const { width, height } = this.views[index];
    const bounds = item.getBoundsNoRotate(true);
    const { Point } = window.OpenSeadragon;
    const flipped = this.viewport.getFlip();
    const wide = this.viewport.getContainerSize().x;
    const onScreen = (x, y) => {
      const pixel = this.viewport.pixelFromPoint(new Point(x, y), true);
      if (flipped) pixel.x = wide - pixel.x;
      return pixel;
    };
    const { x, y } = bounds;
    return matrixFrom(onScreen(x, y), onScreen(x + bounds.width, y), onScreen(x, y + bounds.height), width, height);
  }

  /** A point [x, y] of a page's picture, in pixels of the pane. */
  toScreen(index, point) {
    const matrix = this.matrix(index);
    return matrix && apply(matrix, point);
  }

  /** A point of the pane, in pixels of a page's picture. */
  toPicture(index, point) {
    const matrix = this.matrix(index);
    return matrix && apply(invert(matrix), point);
  }

  /** The element that lies over a page: one of its CSS pixels is one of the picture's, whatever is zoomed, turned or mirrored. */
  sheet(index = this.at) {
    return this.sheets.get(index);
  }

  /** The part of a page that is seen: [x, y, w, h], or null. */
  visible(index = this.at) {
    const matrix = this.matrix(index);
    if (!matrix) return null;
    const size = this.viewport.getContainerSize();
    return visibleBox(matrix, size.x, size.y, this.views[index].width, this.views[index].height);
  }

  /** The same, but null when the whole page is seen: what there is to say of a detail. */
  detail(index = this.at) {
    const box = this.visible(index);
    const { width, height } = this.views[index];
    return box && (box[2] < width || box[3] < height) ? box : null;
  }

  /** Show the part [x, y, w, h] of a page. */
  fit(index, [x, y, w, h], at_once = this.still) {
    const item = this.item(index);
    if (!item) return;
    const scale = item.getBoundsNoRotate().width / this.views[index].width;
    const bounds = item.getBoundsNoRotate();
    const { Rect } = window.OpenSeadragon;
    this.viewport.fitBounds(new Rect(bounds.x + x * scale, bounds.y + y * scale, w * scale, h * scale), at_once);
  }

  moved() {
    for (const [index, sheet] of this.sheets) {
      const matrix = this.matrix(index);
      if (matrix) sheet.style.transform = `matrix(${matrix.join(",")})`;
    }
    this.tell("viewport-change");
  }

  /** Zoom as a percentage of the picture's own pixels. */
  get percent() {
    const scale = this.scale();
    return scale && Math.round(scale * 100);
  }

  /** Pixels of the screen for one of the picture's. */
  scale() {
    const item = this.item() ?? this.opened[0]?.item;
    if (!item) return null;
    return (this.viewport.getZoom() * this.viewport.getContainerSize().x * item.getBoundsNoRotate().width) / this.view.width;
  }

  // --- acts ---

  zoom(factor) {
    this.viewport.zoomBy(factor);
    this.viewport.applyConstraints();
    this.settle();
  }

  /** What is seen as a whole, or smaller, lies in the middle. */
  settle() {
    this.zoomed = false;
    const { viewport } = this;
    if (!viewport || viewport.getZoom() > viewport.getHomeZoom() * 1.01) return;
    viewport.zoomTo(viewport.getZoom(), null, this.still); // no longer about the place of the fingers or the pointer
    viewport.panTo(viewport.getHomeBounds().getCenter(), this.still);
  }

  /** One pixel of the picture on one of the screen. */
  fullSize() {
    const scale = this.scale();
    if (scale) this.viewport.zoomBy(1 / scale);
  }

  whole() {
    this.viewport.goHome();
  }

  turn(degrees) {
    const mirrored = this.viewport.getFlip() ? -1 : 1;
    this.viewport.setRotation(this.viewport.getRotation() + degrees * mirrored);
    return (((this.viewport.getRotation() * mirrored) % 360) + 360) % 360;
  }

  get mirrored() {
    return this.viewport?.getFlip() ?? false;
  }

  mirror(on) {
    this.viewport.setFlip(on);
    this.moved();
  }

  move(right, down) {
    const { viewport } = this;
    const step = new window.OpenSeadragon.Point(right * STEP * (viewport.getFlip() ? -1 : 1), down * STEP);
    viewport.panBy(viewport.deltaPointsFromPixels(step.rotate(-viewport.getRotation())));
    viewport.applyConstraints();
  }

  close() {
    this.seadragon?.destroy();
    this.root.remove();
  }
}
