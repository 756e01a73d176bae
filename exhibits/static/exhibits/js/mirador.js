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
