// A restricted picture: whoever has access by now (a log-in, a terminal in the museum) sees it in the place of the substitute, and may zoom.

const panel = document.querySelector("[data-restricted]");

async function allowed(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  return answer.ok && (await answer.json()).open;
}

function library(address) {
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

async function open() {
  const { restricted: service, asks, library: address, label } = panel.dataset;
  if (!(await allowed(asks))) return;
  const answer = await fetch(`${service}/info.json`, { credentials: "same-origin" });
  const info = await answer.json();
  await library(address);
  const canvas = document.createElement("div");
  canvas.className = "restricted-canvas";
  canvas.setAttribute("role", "group");
  canvas.setAttribute("aria-label", label);
  panel.replaceChildren(canvas);
  window.OpenSeadragon({ element: canvas, tileSources: info, showNavigationControl: false, maxZoomPixelRatio: 4, visibilityRatio: 0.5 });
}

if (panel) open().catch(() => {}); // the substitute and the sentence stay
