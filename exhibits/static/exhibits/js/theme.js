// Before the first paint: the theme that the visitor chose here earlier. Without a choice the system's holds.
(() => {
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // storage may be closed to this site; the system's theme holds
  }
})();
