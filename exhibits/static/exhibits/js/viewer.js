// The deep zoom: a frame with one picture or several side by side, its tools, its keys, its voice. Loaded only on demand.
//
// What lies over the pictures (described regions, a text layer) comes in modules named by the frame's data-layers; each exports
// attach(viewer). docs/viewer.md tells what they may rely on.

import { keepFocus } from "./viewer/focus.js";
import { meaning } from "./viewer/keys.js";
import { Link } from "./viewer/linking.js";
import { loadLibrary, loadStyles } from "./viewer/loading.js";
import { Pane } from "./viewer/pane.js";
import { Panels } from "./viewer/panels.js";
import { encode, stateOf, target } from "./viewer/content-state.js";
import { Strip } from "./viewer/strip.js";
import { Voice } from "./viewer/voice.js";

export async function openViewer(stage, library) {
  const { styles } = stage.querySelector("[data-viewer-frame]").content.firstElementChild.dataset;
  await Promise.all([loadLibrary(library), loadStyles(styles)]);
  const viewer = new Viewer(stage);
  const layers = (viewer.frame.dataset.layers ?? "").split(" ").filter(Boolean);
  for (const layer of await Promise.all(layers.map((address) => import(address)))) layer.attach(viewer);
  return viewer;
}

/** Events: "page-change", "viewport-change" (detail: { pane, pages }), "panes-change", "close". */
class Viewer extends EventTarget {
  constructor(stage) {
    super();
    this.stage = stage;
    const data = JSON.parse(stage.querySelector("[data-views]").textContent);
    this.books = data.books;
    this.frame = stage.querySelector("[data-viewer-frame]").content.firstElementChild.cloneNode(true);
    this.surface = this.frame.querySelector("[data-viewer-pane]").content.firstElementChild;
    this.room = this.frame.querySelector(".viewer-panes");
    this.zoomLabel = this.frame.querySelector("[data-zoom]");
    this.voice = new Voice(this.frame.querySelector("[data-say]"));
    this.pagers = this.frame.querySelector("[data-pager]");
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.panels = new Panels(this);
    this.panes = [];
    this.books.forEach((book) => this.add(book, this.startOf(book)));
    this.current = this.panes[0];
    this.frame.addEventListener("click", (event) => this.act(event.target.closest("[data-act]")?.dataset.act, event));
    this.frame.addEventListener("keydown", (event) => this.key(event));
    this.frame.addEventListener("focusin", (event) => this.attend(event.target));
    this.frame.addEventListener("pointerdown", (event) => this.attend(event.target));
    this.frame.addEventListener("wheel", (event) => this.attend(event.target), { passive: true });
    this.listenToDrops();
    keepFocus(this);
    document.addEventListener("fullscreenchange", () => this.markFull());
    stage.querySelectorAll(".views [data-view]").forEach((thumb) => thumb.addEventListener("click", (event) => this.thumb(event, thumb)));
    this.arrange();
  }

  get open() {
    return this.frame.isConnected;
  }

  get main() {
    return this.panes[0];
  }

  button(act) {
    return this.frame.querySelector(`.viewer-tools [data-act="${act}"]`);
  }

  startOf(book) {
    const wanted = book.start ?? this.stage.querySelector(".views [aria-current]")?.dataset.view;
    return Math.max(0, book.views.findIndex((view) => view.id === wanted));
  }

  // --- panes ---

  add(book, at) {
    const root = this.surface.cloneNode(true);
    const pane = new Pane(root, book, { at, still: this.still });
    if (this.books.length > 1) pane.spread(false);
    this.panes.push(pane);
    this.room.append(root);
    pane.addEventListener("page-change", () => this.paged(pane));
    pane.addEventListener("zoom", () => this.tell(pane));
    pane.addEventListener("opened", () => { this.voice.forgetLevel(); this.tell(pane); this.dispatch("page-change", pane); });
    pane.addEventListener("viewport-change", () => this.dispatch("viewport-change", pane));
    pane.addEventListener("failed", () => this.say(pane.failure.textContent));
    return pane;
  }

  dispatch(name, pane) {
    this.dispatchEvent(new CustomEvent(name, { detail: { pane, pages: pane?.pages.map((index) => pane.views[index]) } }));
  }

  /** One pane: its pager stands among the tools. Several: each has its own, and they move together when linked. */
  arrange() {
    const several = this.panes.length > 1;
    this.room.dataset.count = this.panes.length;
    for (const pane of this.panes) {
      if (several) pane.root.append(pane.bar);
      else this.pagers.append(pane.bar);
      pane.bar.hidden = pane.views.length < 2 && !several;
      pane.bar.querySelectorAll("[data-act]").forEach((button) => { button.hidden = pane.views.length < 2; });
    }
    this.link?.end();
    this.link = several ? new Link(this.panes) : undefined;
    if (this.link) this.link.leader = this.current;
    this.hide("link", !several);
    this.press("link", several);
    this.hide("spread", several || !this.main.book.paged);
    this.hide("strip", several || this.main.views.length < 2);
    if (several) this.showStrip(false);
    this.hide("go-to", several || this.main.views.length < 8);
    this.hide("compare", !this.canCompare);
    this.press("compare", this.second !== undefined);
    this.press("spread", this.main.double);
    this.dispatchEvent(new CustomEvent("panes-change"));
  }

  get canCompare() {
    return this.books.length === 1 && this.main.views.length > 1;
  }

  hide(act, hidden) {
    const button = this.button(act);
    if (button) button.hidden = hidden;
  }

  press(act, pressed) {
    this.button(act)?.setAttribute("aria-pressed", String(pressed));
  }

  attend(element) {
    const pane = this.panes.find((one) => one.root.contains(element));
    if (!pane || pane === this.current) return;
    this.current = pane;
    if (this.link) this.link.leader = pane;
    this.tell(pane);
  }

  /** The next view beside this one, or one picture again. */
  compare() {
    if (!this.canCompare) return;
    if (this.second) {
      this.panes.pop();
      this.pagers.append(this.main.bar);
      this.second.close();
      this.second = undefined;
      this.current = this.main;
    } else {
      if (this.main.double) this.spread();
      const next = this.main.at + 1 < this.main.views.length ? this.main.at + 1 : this.main.at - 1;
      this.second = this.add(this.main.book, next);
      this.second.spread(false);
      this.second.start();
    }
    this.arrange();
    this.say(this.second ? this.voice.sentences.sayCompared : this.main.view.label);
  }

  spread() {
    if (!this.main.book.paged || this.second) return;
    this.main.spread(!this.main.double);
    this.press("spread", this.main.double);
    this.main.load();
  }

  // --- opening and closing ---

  show(opener, detail) {
    if (this.open) return;
    this.opener = opener;
    this.stage.classList.add("zooming");
    this.stage.prepend(this.frame);
    for (const pane of this.panes) {
      const box = pane.book.region ?? (pane === this.main ? detail : undefined);
      if (!pane.seadragon) pane.start(box);
      else if (box) pane.fit(pane.at, box, true);
    }
    if (opener) {
      this.main.canvas.focus({ preventScroll: true });
      this.frame.scrollIntoView({ block: "nearest", behavior: this.still ? "auto" : "smooth" });
    }
  }

  close() {
    if (!this.opener) return;
    this.panels.close();
    this.frame.classList.remove("filling");
    if (document.fullscreenElement) document.exitFullscreen();
    this.frame.remove();
    this.stage.classList.remove("zooming");
    this.dispatchEvent(new CustomEvent("close"));
    this.opener.focus();
  }

  // --- what is open, and how near ---

  paged(pane) {
    const label = pane.pages.map((index) => pane.views[index].label).filter(Boolean).join(" – ");
    const place = pane.pages.map((index) => index + 1).join("–");
    const name = pane.bar.querySelector("[data-label]");
    name.textContent = pane.views.length > 1 ? `${label} · ${place}/${pane.views.length}` : label || pane.book.title || "";
    pane.bar.dir = pane.backwards ? "rtl" : "ltr";
    pane.bar.querySelector("[data-act=previous]").disabled = pane.first;
    pane.bar.querySelector("[data-act=next]").disabled = pane.last;
    pane.canvas.setAttribute("aria-label", pane.pages.map((index) => pane.views[index].alt || pane.views[index].label || pane.book.title).join(" – "));
    if (pane === this.main) this.followPage(pane);
    if (this.open && pane.opened.length) this.voice.page(name.textContent);
  }

  followPage(pane) {
    this.strip?.mark(pane.pages);
    this.stage.querySelectorAll(".views [data-view]").forEach((thumb) => {
      if (thumb.dataset.view === pane.view.id) {
        thumb.setAttribute("aria-current", "true");
        thumb.scrollIntoView({ block: "nearest", inline: "nearest" });
      } else thumb.removeAttribute("aria-current");
    });
    if (this.books.length === 1 && pane.view.url && pane.opened.length) history.replaceState(history.state, "", pane.view.url);
  }

  // The zoom level as a percentage of the picture's own pixels: shown at once, spoken when it rests.
  tell(pane) {
    if (pane !== this.current) return;
    this.press("mirror", pane.mirrored); // a page that is turned comes as it is
    const { percent } = pane;
    if (percent === null) return;
    this.zoomLabel.textContent = `${percent} %`;
    this.voice.level(percent);
  }

  /** Say something to those who cannot see it, when they have heard what they are hearing. */
  say(words) {
    this.voice.say(words);
  }

  thumb(event, thumb) {
    const place = this.main.views.findIndex((view) => view.id === thumb.dataset.view);
    if (!this.open || place < 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.main.turnTo(place);
  }

  // --- acts ---

  /** A tool of a layer's own: { act, label, icon (an SVG element), run(viewer), pressed, key }. Answers its button. */
  addButton({ act, label, icon, run, pressed }) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", title: label });
    button.dataset.act = act;
    button.setAttribute("aria-label", label);
    if (pressed !== undefined) button.setAttribute("aria-pressed", String(pressed));
    button.append(icon);
    this.frame.querySelector("[data-act=help]").before(button);
    (this.more ??= {})[act] = run;
    return button;
  }

  act(name, event) {
    if (!name || !this.current.viewport) return;
    const pane = this.panes.find((one) => event && one.bar.contains(event.target)) ?? this.current;
    const together = this.link?.on ? this.panes : [this.current];
    const acts = {
      in: () => pane.zoom(1.5),
      out: () => pane.zoom(1 / 1.5),
      whole: () => together.forEach((one) => one.whole()),
      "full-size": () => pane.fullSize(),
      turn: () => this.turned(pane.turn(90)),
      "turn-back": () => this.turned(pane.turn(-90)),
      mirror: () => this.mirror(together, !this.current.mirrored),
      previous: () => pane.step(-1),
      next: () => pane.step(1),
      first: () => pane.turnTo(0),
      last: () => pane.turnTo(pane.views.length - 1),
      full: () => this.fullScreen(),
      compare: () => this.compare(),
      link: () => this.toggleLink(),
      spread: () => this.spread(),
      strip: () => this.toggleStrip(),
      close: () => this.close(),
      escape: () => this.escape(),
      ...this.more,
    };
    if (acts[name]) acts[name](this);
    else if (!this.button(name)?.hidden) this.panels.toggle(name); // a hidden tool has nothing to show: its key does nothing either
  }

  turned(degrees) {
    this.say(this.voice.sentences.sayTurned.replace("{degrees}", degrees));
  }

  mirror(panes, on) {
    panes.forEach((pane) => pane.mirror(on));
    this.press("mirror", on);
    this.say(on ? this.voice.sentences.sayMirrored : this.voice.sentences.sayUnmirrored);
  }

  toggleLink() {
    if (!this.link) return;
    this.link.on = !this.link.on;
    this.press("link", this.link.on);
  }

  toggleStrip() {
    if (this.main.views.length < 2 || this.panes.length > 1) return;
    const shown = this.showStrip(this.frame.querySelector("[data-strip]").hidden);
    (shown ? this.strip.list : this.main.canvas).focus();
  }

  showStrip(shown) {
    const root = this.frame.querySelector("[data-strip]");
    root.hidden = !shown;
    this.press("strip", shown);
    if (!shown) return false;
    this.strip ??= new Strip(root, this.main.book, (index) => this.main.turnTo(index));
    this.strip.mark(this.main.pages);
    return true;
  }

  escape() {
    if (this.panels.current) this.panels.close();
    else if (this.strip?.list === document.activeElement) this.toggleStrip();
    else if (this.full) this.fullScreen();
    else this.close();
  }

  key(event) {
    const meant = meaning(event);
    if (!meant) return;
    if (meant.move) this.current.move(...meant.move);
    else this.act(meant.act, event);
    event.preventDefault();
    event.stopPropagation();
  }

  get full() {
    return document.fullscreenElement === this.frame || this.frame.classList.contains("filling");
  }

  // Where the screen cannot be filled (iPhone), the window is.
  fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.frame.classList.contains("filling") || !this.frame.requestFullscreen) this.fillWindow();
    else this.frame.requestFullscreen().catch(() => this.fillWindow());
  }

  fillWindow() {
    this.frame.classList.toggle("filling");
    this.markFull();
  }

  markFull() {
    this.press("full", this.full);
  }

  // --- content states: out and in ---

  /** What is seen now, as a IIIF content state; several panes are a comparison. */
  state() {
    const targets = this.panes.map((pane) => {
      const { book, view } = pane;
      return target(view.canvas ?? `${book.canvases}${view.id}`, book.manifest, pane.detail());
    });
    return stateOf(targets);
  }

  /** The address that opens what is seen now, here or in another viewer. */
  shareAddress() {
    return `${this.frame.dataset.share}?iiif-content=${encode(this.state())}`;
  }

  // A manifest or content state that is dropped here opens as if its link had been followed.
  listenToDrops() {
    this.frame.addEventListener("dragover", (event) => event.preventDefault());
    this.frame.addEventListener("drop", (event) => {
      const dropped = event.dataTransfer?.getData("text/plain") || firstOf(event.dataTransfer?.getData("text/uri-list"));
      if (!dropped) return;
      event.preventDefault();
      location.assign(`${this.frame.dataset.open}?iiif-content=${encodeURIComponent(contentOf(dropped.trim()))}`);
    });
  }
}

/** The first address of a list of them (RFC 2483), whose lines may be remarks. */
function firstOf(list) {
  return list?.split(/[\r\n]+/).find((line) => line && !line.startsWith("#"));
}

/** The content of a dropped link: its own iiif-content or manifest, else the link itself. */
function contentOf(dropped) {
  try {
    const { searchParams } = new URL(dropped);
    return searchParams.get("iiif-content") ?? searchParams.get("manifest") ?? dropped;
  } catch {
    return dropped;
  }
}
