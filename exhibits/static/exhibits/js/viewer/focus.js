// Keeps the focus in the viewer. What it stands on may be hidden, closed to clicks or drawn anew when a page is turned
// (the last page's “next”, a tool that this page has no use for, a line of the page before); then no key would work any more.

export function keepFocus(viewer) {
  let inside = false; // where the visitor was last, by key or pointer
  let panel = null;
  const follow = (event) => {
    inside = viewer.frame.contains(event.target);
    panel = inside ? event.target.closest(".viewer-panel") : null;
  };
  document.addEventListener("focusin", follow);
  document.addEventListener("pointerdown", follow);

  function lost() {
    const at = document.activeElement;
    return !at || at === document.body || (viewer.frame.contains(at) && (at.disabled || at.checkVisibility?.() === false));
  }

  function mend() {
    if (!viewer.open || !inside || !lost()) return;
    const heading = panel && !panel.hidden && panel.querySelector("h2");
    (heading || viewer.current.canvas).focus({ preventScroll: true });
  }

  const seen = new MutationObserver(mend);
  seen.observe(viewer.frame, { subtree: true, childList: true, attributes: true, attributeFilter: ["hidden", "disabled"] });
}
