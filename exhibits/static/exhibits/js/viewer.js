// Deep zoom on OpenSeadragon: views, keyboard, rotation, full screen, the zoom level spoken. Loaded only on demand.

function loadLibrary(address) {
  if (window.OpenSeadragon) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

export async function openViewer(stage, library) {
  await loadLibrary(library);
  return new Viewer(stage);
}

class Viewer {
  constructor(stage) {
    this.stage = stage;
    this.views = JSON.parse(stage.querySelector("[data-views]").textContent);
    const current = stage.querySelector(".views [aria-current]")?.dataset.view;
    this.at = Math.max(0, this.views.findIndex((view) => view.id === current));
    this.frame = stage.querySelector("[data-viewer-frame]").content.firstElementChild.cloneNode(true);
    this.canvas = this.frame.querySelector(".viewer-canvas");
    this.zoomLabel = this.frame.querySelector("[data-zoom]");
    this.label = this.frame.querySelector("[data-label]");
    this.voice = this.frame.querySelector("[data-say]");
    this.failure = this.frame.querySelector(".viewer-failure");
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.frame.addEventListener("click", (event) => this.act(event.target.closest("button")?.dataset.act));
    this.frame.addEventListener("keydown", (event) => this.key(event));
    stage.querySelectorAll(".views [data-view]").forEach((thumb) => {
      thumb.addEventListener("click", (event) => {
        const place = this.views.findIndex((view) => view.id === thumb.dataset.view);
        if (!this.open || place < 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        this.turnTo(place);
      });
    });
    document.addEventListener("fullscreenchange", () => this.markFull());
    for (const act of ["previous", "next"]) this.button(act).hidden = this.views.length < 2;
  }

  get open() {
    return this.frame.isConnected;
  }

  button(act) {
    return this.frame.querySelector(`[data-act="${act}"]`);
  }

  show(opener) {
    if (this.open) return;
    this.opener = opener;
    this.stage.classList.add("zooming");
    this.stage.prepend(this.frame);
    if (!this.seadragon) this.start();
    this.canvas.focus({ preventScroll: true });
    this.frame.scrollIntoView({ block: "nearest", behavior: this.still ? "auto" : "smooth" });
  }

  start() {
    const { OpenSeadragon } = window;
    this.seadragon = OpenSeadragon({
      element: this.canvas,
      showNavigationControl: false,
      maxZoomPixelRatio: 3,
      minZoomImageRatio: 0.8,
      visibilityRatio: 0.6,
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
    this.seadragon.addHandler("open", () => { this.failure.hidden = true; this.spoken = undefined; this.tell(); });
    this.seadragon.addHandler("open-failed", () => this.fail());
    this.seadragon.addHandler("zoom", () => this.tell());
    this.seadragon.addHandler("canvas-key", (event) => { event.preventDefaultAction = true; });
    this.load();
    this.name();
  }

  // The description names the service by the museum's one address; the tiles come from the address that this page came from.
  async load() {
    const { service, id } = this.views[this.at];
    try {
      const answer = await fetch(`${service}/info.json`);
      if (!answer.ok) throw new Error(answer.status);
      const info = await answer.json();
      if (id === this.views[this.at].id) this.seadragon.open({ ...info, id: new URL(service, document.baseURI).href });
    } catch {
      this.fail();
    }
  }

  fail() {
    this.failure.textContent = this.voice.dataset.sayFailed;
    this.failure.hidden = false;
    this.voice.textContent = this.voice.dataset.sayFailed;
  }

  name() {
    const view = this.views[this.at];
    this.label.textContent = this.views.length > 1 ? `${view.label} · ${this.at + 1}/${this.views.length}` : view.label;
    this.button("previous").disabled = this.at === 0;
    this.button("next").disabled = this.at === this.views.length - 1;
    this.stage.querySelectorAll(".views [data-view]").forEach((thumb) => {
      if (thumb.dataset.view === view.id) {
        thumb.setAttribute("aria-current", "true");
        thumb.scrollIntoView({ block: "nearest", inline: "nearest" });
      } else thumb.removeAttribute("aria-current");
    });
  }

  // The zoom level as a percentage of the picture's own pixels: shown at once, spoken when it rests.
  tell() {
    const image = this.seadragon.world.getItemAt(0);
    if (!image) return;
    const percent = Math.round(image.viewportToImageZoom(this.seadragon.viewport.getZoom()) * 100);
    this.zoomLabel.textContent = `${percent} %`;
    clearTimeout(this.speaking);
    this.speaking = setTimeout(() => {
      if (percent !== this.spoken) this.voice.textContent = this.voice.dataset.say.replace("{percent}", percent);
      this.spoken = percent;
    }, 700);
  }

  turnTo(place) {
    if (place < 0 || place >= this.views.length || place === this.at) return;
    this.at = place;
    this.seadragon.viewport.setRotation(0);
    this.load();
    this.name();
    this.voice.textContent = this.label.textContent;
    history.replaceState(history.state, "", this.views[place].url);
  }

  act(name) {
    const { viewport } = this.seadragon ?? {};
    if (!viewport) return;
    if (name === "in" || name === "out") {
      viewport.zoomBy(name === "in" ? 1.5 : 1 / 1.5);
      viewport.applyConstraints();
    } else if (name === "whole") viewport.goHome();
    else if (name === "turn") {
      const degrees = (viewport.getRotation() + 90) % 360;
      viewport.setRotation(degrees);
      this.voice.textContent = this.voice.dataset.sayTurned.replace("{degrees}", degrees);
    } else if (name === "previous") this.turnTo(this.at - 1);
    else if (name === "next") this.turnTo(this.at + 1);
    else if (name === "full") this.fullScreen();
    else if (name === "close") this.close();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const acts = { "+": "in", "=": "in", "-": "out", _: "out", 0: "whole", r: "turn", R: "turn", f: "full", F: "full", PageUp: "previous", PageDown: "next" };
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key === "Escape") {
      if (this.full) this.fullScreen();
      else this.close();
    } else if (acts[event.key]) this.act(acts[event.key]);
    else if (moves[event.key] && event.target === this.canvas) this.move(...moves[event.key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  move(right, down) {
    const { viewport } = this.seadragon;
    const step = new window.OpenSeadragon.Point(right * 80, down * 80);
    viewport.panBy(viewport.deltaPointsFromPixels(step.rotate(-viewport.getRotation())));
    viewport.applyConstraints();
  }

  get full() {
    return document.fullscreenElement === this.frame || this.frame.classList.contains("filling");
  }

  // Where the screen cannot be filled (iPhone), the window is.
  fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.frame.requestFullscreen) this.frame.requestFullscreen().catch(() => this.fillWindow());
    else this.fillWindow();
  }

  fillWindow() {
    this.frame.classList.toggle("filling");
    this.markFull();
  }

  markFull() {
    this.button("full").setAttribute("aria-pressed", String(this.full));
  }

  close() {
    this.frame.classList.remove("filling");
    if (document.fullscreenElement) document.exitFullscreen();
    this.frame.remove();
    this.stage.classList.remove("zooming");
    this.opener?.focus();
  }
}
