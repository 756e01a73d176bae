// What the viewer needs from elsewhere in the house, fetched when somebody zooms and not before.

export function loadLibrary(address) {
  if (window.OpenSeadragon) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: address, onload: resolve, onerror: reject });
    document.head.append(script);
  });
}

/** The viewer's styles, in their place: after those of the stage, before those of its layers. */
export function loadStyles(address) {
  if ([...document.styleSheets].some(({ href }) => href?.endsWith(address))) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address, onload: resolve, onerror: reject });
    document.querySelector('link[rel="stylesheet"][href*="/stage."]').after(link);
  });
}
