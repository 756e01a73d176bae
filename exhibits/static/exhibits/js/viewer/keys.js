// The keys of the viewer, all of them listed in its help. They work while the focus is inside it, never elsewhere (WCAG 2.1.4).

const ACTS = {
  "+": "in", "=": "in", "-": "out", _: "out", 0: "whole", 1: "full-size",
  r: "turn", R: "turn-back", m: "mirror", f: "full", s: "share", t: "strip", d: "details", c: "compare", g: "go-to", l: "link", 2: "spread",
  PageUp: "previous", PageDown: "next", Home: "first", End: "last", "?": "help",
};
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** { act } or { move: [right, down] } or null. */
export function meaning(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.target.matches("input, textarea, select")) return event.key === "Escape" ? { act: "escape" } : null;
  if (event.key === "Escape") return { act: "escape" };
  const act = ACTS[event.key] ?? ACTS[event.key.toLowerCase()];
  if (act) return { act };
  if (MOVES[event.key] && event.target.matches(".viewer-canvas")) return { move: MOVES[event.key] };
  return null;
}
