// Recordings: what is heard stands below the player line by line, and as a whole to be read and walked through. Models are turned when
// somebody asks for it; nothing of their library is loaded before.

import { encode, moment, stateOf } from "./viewer/content-state.js";

function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// The words of a cue as text: what marks voices and styles in WebVTT is left out.
function words(cue) {
  return cue.getCueAsHTML ? cue.getCueAsHTML().textContent : cue.text;
}

function transcript(figure, player) {
  const fold = figure.querySelector("[data-transcript]");
  const element = player.querySelector("track[default]") ?? player.querySelector("track");
  if (!fold || !element) return;
  const list = fold.querySelector("ol");
  const line = figure.querySelector("[data-line]");
  list.lang = element.srclang;
  if (line) line.lang = element.srclang;
  const rows = new Map();
  element.addEventListener("load", () => {
    for (const cue of element.track.cues) {
      const row = document.createElement("li");
      const button = Object.assign(document.createElement("button"), { type: "button" });
      button.append(Object.assign(document.createElement("span"), { textContent: clock(cue.startTime) }), Object.assign(document.createElement("span"), { textContent: words(cue) }));
      button.addEventListener("click", () => {
        player.currentTime = cue.startTime;
        player.play().catch(() => {}); // not allowed to start by itself: it stands at the place
      });
      row.append(button);
      list.append(row);
      rows.set(cue, button);
    }
    fold.hidden = !rows.size;
  });
  element.track.addEventListener("cuechange", () => {
    const active = [...element.track.activeCues];
    if (line) line.textContent = active.map(words).join(" ");
    for (const [cue, button] of rows) {
      if (active.includes(cue)) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
  });
  // A film shows its captions itself; a sound has no place for them but the line below it. What Safari has not chosen yet at this moment
  // counts as chosen by us from now on.
  if (player.tagName === "AUDIO") element.track.mode = "hidden";
  else if (element.track.mode === "disabled") element.track.mode = element.default ? "showing" : "hidden";
}

// The moment at which the player stands, as an address that begins there and as a content state for other viewers.
function shareable(figure, player) {
  const fold = figure.querySelector("[data-moment]");
  if (!fold) return;
  const { manifest, view, use } = fold.dataset;
  const canvas = manifest.replace(/manifest\.json$/, `canvas/${use}`);
  const field = (name) => fold.querySelector(`[data-field="${name}"]`);
  const fill = () => {
    if (!fold.open) return;
    const seconds = Math.floor(player.currentTime * 10) / 10;
    const state = encode(stateOf([moment(canvas, manifest, seconds)]));
    field("at").textContent = clock(seconds);
    field("link").value = `${view}?iiif-content=${state}`;
    field("state").value = state;
  };
  // A recording that plays on would change the address under the hand that copies it: it follows where somebody goes, and where it stops.
  for (const name of ["pause", "seeked", "loadedmetadata"]) player.addEventListener(name, fill);
  fold.addEventListener("toggle", fill);
  fold.hidden = false;
}

function model(box) {
  const { model: address, library, about, poster, failed } = box.dataset;
  const button = box.querySelector("[data-turn]");
  const label = button.querySelector("[data-words]");
  const download = label.textContent;
  label.textContent = label.dataset.words;
  button.setAttribute("role", "button");
  const give = () => {
    label.textContent = download;
    button.removeAttribute("role");
    button.removeEventListener("click", turn);
    button.parentElement.hidden = false;
    box.querySelector(".model-canvas")?.remove();
    box.querySelector("[data-hint]").hidden = true;
    box.append(Object.assign(document.createElement("p"), { className: "notice", textContent: failed, role: "alert" }));
  };
  async function turn(event) {
    event.preventDefault();
    try {
      // the library says nothing of a browser that draws no solid bodies: an old device, or one on which that is switched off
      if (!document.createElement("canvas").getContext("webgl2")) throw new Error("WebGL 2 is not there");
      await import(library);
      const canvas = document.createElement("model-viewer");
      canvas.className = "model-canvas";
      for (const [name, value] of Object.entries({ alt: about, "camera-controls": "", "touch-action": "pan-y", "shadow-intensity": "0.6", "interaction-prompt": "none", ...(poster && { poster }) })) {
        canvas.setAttribute(name, value);
      }
      canvas.addEventListener("error", give);
      canvas.addEventListener("poster-dismissed", () => (canvas.shadowRoot.querySelector('[tabindex="0"]') ?? canvas).focus(), { once: true });
      canvas.src = address;
      button.parentElement.hidden = true;
      box.querySelector("[data-hint]").hidden = false;
      box.prepend(canvas);
    } catch {
      give();
    }
  }
  button.addEventListener("click", turn);
  button.addEventListener("keydown", (event) => { if (event.key === " ") turn(event); });
}

document.querySelectorAll("[data-recording]").forEach((figure) => {
  const player = figure.querySelector("audio, video");
  if (player) {
    transcript(figure, player);
    shareable(figure, player);
  }
  figure.querySelectorAll("[data-model]").forEach(model);
});
