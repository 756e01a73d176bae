// IIIF Content State 1.0: "this detail of that picture" as a short text that any viewer understands.

const CONTEXT = "http://iiif.io/api/presentation/3/context.json";

/** Section 6: URI-encoded, then base64url without padding. */
export function encode(state) {
  return btoa(encodeURIComponent(JSON.stringify(state))).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

export function decode(text) {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
  return JSON.parse(decodeURIComponent(atob(padded)));
}

/** A canvas, or the part [x, y, w, h] of it, as the target of a content state. */
export function target(canvas, manifest, box) {
  return { id: box ? `${canvas}#xywh=${box.join(",")}` : canvas, type: "Canvas", partOf: [{ id: manifest, type: "Manifest" }] };
}

/** A canvas from a moment on, in seconds (Media Fragments, 4.2.1). */
export function moment(canvas, manifest, seconds) {
  return { ...target(canvas, manifest), id: `${canvas}#t=${seconds}` };
}

/** The annotation that says "show this"; several targets are a comparison. */
export function stateOf(targets) {
  return { "@context": CONTEXT, type: "Annotation", motivation: ["contentState"], target: targets.length === 1 ? targets[0] : targets };
}
