// Between a picture's own pixels and the pixels of the screen, also when the picture is turned or mirrored. Pure functions.

/** [a, b, c, d, e, f] of CSS's matrix(), from where the picture's (0,0), (w,0) and (0,h) lie on the screen. */
export function matrixFrom(origin, right, down, width, height) {
  return [
    (right.x - origin.x) / width,
    (right.y - origin.y) / width,
    (down.x - origin.x) / height,
    (down.y - origin.y) / height,
    origin.x,
    origin.y,
  ];
}

export function apply([a, b, c, d, e, f], [x, y]) {
  return [a * x + c * y + e, b * x + d * y + f];
}

export function invert([a, b, c, d, e, f]) {
  const det = a * d - b * c;
  return [d / det, -b / det, -c / det, a / det, (c * f - d * e) / det, (b * e - a * f) / det];
}

/** The part of a picture that a screen of `wide` × `high` shows, as whole pixels [x, y, w, h]; null when none of it. */
export function visibleBox(matrix, wide, high, width, height) {
  const back = invert(matrix);
  const corners = [[0, 0], [wide, 0], [0, high], [wide, high]].map((corner) => apply(back, corner));
  const within = (value, most) => Math.min(Math.max(value, 0), most);
  const left = Math.round(within(Math.min(...corners.map(([x]) => x)), width));
  const right = Math.round(within(Math.max(...corners.map(([x]) => x)), width));
  const top = Math.round(within(Math.min(...corners.map(([, y]) => y)), height));
  const bottom = Math.round(within(Math.max(...corners.map(([, y]) => y)), height));
  return right > left && bottom > top ? [left, top, right - left, bottom - top] : null;
}
