// Starts Mirador with the windows of the page's address, in the page's language, theme and accent.

const { language, windows } = JSON.parse(document.querySelector("[data-mirador]").textContent);
const style = getComputedStyle(document.documentElement);
const dark = style.colorScheme === "dark";
const accent = style.getPropertyValue("--accent").trim();

const mirador = window.Mirador.viewer({
  id: "mirador",
  language,
  selectedTheme: dark ? "dark" : "light",
  theme: { typography: { fontFamily: style.getPropertyValue("--sans") } },
  themes: {
    light: { palette: { primary: { main: accent }, shades: { main: "#f2f0ea" } } },
    dark: { palette: { primary: { main: accent }, shades: { main: "#1f1e1b" } } },
  },
  windows,
  catalog: windows.map(({ manifestId }) => ({ manifestId })),
  window: { allowFullscreen: true, sideBarOpen: windows.length === 1 && innerWidth > 1000 },
  workspace: { allowNewWindows: true, isWorkspaceAddVisible: false },
  workspaceControlPanel: { enabled: true },
});

// One more window, without losing those that are open; its address is that of the page with all of them.
document.querySelector("[data-mirador-open]").addEventListener("submit", (event) => {
  event.preventDefault();
  const field = event.target.elements["iiif-content"];
  mirador.store.dispatch(window.Mirador.addWindow({ manifestId: field.value.trim() }));
  field.value = "";
  notice.hidden = true;
  told.clear();
});

// What cannot be opened is said in words of the house; Mirador says what its parser met, or shows an empty window.
const notice = document.querySelector("[data-mirador-fault]");
const told = new Set();

function fault({ error, json, isFetching }) {
  if (isFetching) return "";
  if (error) return notice.dataset.unread;
  const kind = [json?.type ?? json?.["@type"] ?? (json?.sequences && "Manifest")].flat()[0];
  return json === undefined || /^(?:sc:)?(?:Manifest|Collection)$/.test(kind) ? "" : notice.dataset.foreign;
}

mirador.store.subscribe(() => {
  for (const [address, state] of Object.entries(mirador.store.getState().manifests)) {
    const sentence = fault(state);
    if (!sentence || told.has(address)) continue;
    told.add(address);
    notice.textContent = sentence.replace("{address}", address);
    notice.hidden = false;
  }
});

// Mirador shows films without the picture that their manifests give them before they play (placeholderCanvas of 3.0).
function* films(document) {
  for (const canvas of [document?.items].flat()) {
    const poster = canvas?.placeholderCanvas?.items?.[0]?.items?.[0]?.body?.id;
    if (!poster) continue;
    for (const body of (canvas.items ?? []).flatMap((page) => page.items ?? []).flatMap((one) => one.body ?? [])) {
      for (const choice of [body, ...(body.items ?? [])]) yield [choice.id, poster];
    }
  }
}

function putPosters() {
  const videos = document.querySelectorAll("#mirador video");
  if (!videos.length) return;
  const known = new Map(Object.values(mirador.store.getState().manifests).flatMap(({ json }) => [...films(json)]));
  for (const video of videos) {
    const poster = [video, ...video.querySelectorAll("source")].map((one) => known.get(one.src)).find(Boolean) ?? "";
    if (!poster) video.removeAttribute("poster");
    else if (video.getAttribute("poster") !== poster) video.poster = poster;
  }
}

new MutationObserver(putPosters).observe(document.querySelector("#mirador"), { childList: true, subtree: true });
