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
});
