"""Bodies in space: distance fields traced on a coarse grid, then lit and clothed in detail at full size.

Units: the object is about 2 units tall and stands on the plane y = 0; x to the right, z to the viewer.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable

import numpy as np

from museum.demo.drawing.texture import picture

Field = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]


class Lathe:
    """A body of revolution given by its closed outline (radius, height), with the arc length along the outline as a coordinate."""

    def __init__(self, outline: list[tuple[float, float]], rounded: bool = True, grid: int = 110) -> None:
        """``grid``: points per unit; a thin wall needs three across it."""
        self.RES = grid
        p = np.array(outline, float)
        if rounded:
            p = spline(p, 12)
        closed = np.vstack([p, [[0, p[-1, 1]], [0, p[0, 1]]]])
        self.top, self.reach = float(p[:, 1].max()), float(p[:, 0].max())
        self.low = -0.25
        rows, columns = int((self.top + 0.5) * self.RES), int((self.reach + 0.3) * self.RES)
        y, r = np.mgrid[0:rows, 0:columns] / self.RES
        y += self.low
        distance = np.full(y.shape, 1e9)
        self.along = np.zeros(y.shape, np.float32)
        inside = np.zeros(y.shape, bool)
        length = 0.0
        total = np.hypot(*np.diff(p, axis=0).T).sum()
        for k in range(len(closed)):
            (r0, y0), (r1, y1) = closed[k], closed[(k + 1) % len(closed)]
            dr, dy = r1 - r0, y1 - y0
            size = np.hypot(dr, dy) + 1e-12
            inside ^= ((y0 > y) != (y1 > y)) & (r < dr * (y - y0) / (dy if abs(dy) > 1e-9 else 1e-9) + r0)
            if k >= len(p) - 1:  # the axis and what closes the outline is no surface
                continue
            t = np.clip(((r - r0) * dr + (y - y0) * dy) / size**2, 0, 1)
            d = np.hypot(r - r0 - t * dr, y - y0 - t * dy)
            near = d < distance
            distance[near] = d[near]
            self.along[near] = (length + t[near] * size) / total
            length += size
        self.field = np.where(inside, -distance, distance).astype(np.float32)
        # a finer grid by cubic interpolation: the mirror of a glaze shows every facet
        self.RES *= 3
        self.field = picture(self.field).resize(3, kernel="cubic").numpy()
        self.along = picture(self.along).resize(3, kernel="linear").numpy()
        self.outline, self.length = p, total

    def _look(self, table: np.ndarray, r: np.ndarray, y: np.ndarray) -> np.ndarray:
        fy = np.clip((y - self.low) * self.RES + 1, 0, table.shape[0] - 1.01)
        fx = np.clip(r * self.RES + 1, 0, table.shape[1] - 1.01)
        iy, ix = fy.astype(np.int32), fx.astype(np.int32)
        fy, fx = fy - iy, fx - ix
        flat, wide = table.ravel(), table.shape[1]
        at = iy * wide + ix
        upper = flat[at] * (1 - fx) + flat[at + 1] * fx
        lower = flat[at + wide] * (1 - fx) + flat[at + wide + 1] * fx
        return upper * (1 - fy) + lower * fy

    def __call__(self, x: np.ndarray, y: np.ndarray, z: np.ndarray) -> np.ndarray:
        r = np.sqrt(x * x + z * z)
        over, out, under = np.maximum(y - (self.top + 0.24), 0), np.maximum(r - (self.reach + 0.28), 0), np.maximum(self.low - y, 0)
        beyond = np.sqrt((over + under) ** 2 + out * out)
        # outside the grid never more than the true distance, or rays would jump through a wall; the grid has a rim of 0.24
        table = self._look(self.field, r, y)
        return np.where(beyond > 0, np.maximum(beyond + 0.2, table - beyond), table)

    def arc(self, x: np.ndarray, y: np.ndarray, z: np.ndarray) -> np.ndarray:
        """0 at the first point of the outline, 1 at the last."""
        return self._look(self.along, np.sqrt(x * x + z * z), y)

    def arc_at(self, height: float) -> float:
        """Arc coordinate where the outer wall first reaches a height."""
        lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(self.outline, axis=0).T))]) / self.length
        return float(lengths[int(np.argmax(self.outline[:, 1] >= height))])


def spline(p: np.ndarray, per: int) -> np.ndarray:
    """Catmull-Rom through the points; doubled points keep a corner."""
    padded = np.vstack([p[:1], p, p[-1:]])
    t = np.linspace(0, 1, per, endpoint=False)[:, None]
    out = []
    for a, b, c, d in zip(padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True):
        if np.allclose(b, c):
            continue
        a = b if np.allclose(a, b) else a
        d = c if np.allclose(c, d) else d
        out.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    out.append(p[-1:])
    return np.vstack(out)


def ball(cx: float, cy: float, cz: float, rx: float, ry: float | None = None, rz: float | None = None) -> Field:
    """An ellipsoid (the distance is an estimate)."""
    ry, rz = ry or rx, rz or rx
    small = min(rx, ry, rz)

    def field(x, y, z):
        k = np.sqrt(((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 + ((z - cz) / rz) ** 2)
        return (k - 1) * small

    return field


def limb(a: tuple, b: tuple, ra: float, rb: float) -> Field:
    """A rounded cone from a to b."""
    a, b = np.array(a, np.float32), np.array(b, np.float32)
    ab = b - a
    inverse = 1 / float(ab @ ab)

    def field(x, y, z):
        px, py, pz = x - a[0], y - a[1], z - a[2]
        t = np.clip((px * ab[0] + py * ab[1] + pz * ab[2]) * inverse, 0, 1)
        return np.sqrt((px - t * ab[0]) ** 2 + (py - t * ab[1]) ** 2 + (pz - t * ab[2]) ** 2) - (ra + (rb - ra) * t)

    return field


def tube(line: list[tuple], radii: list[float]) -> Field:
    """A bent rod through the points; costs nothing where it is far away."""
    curve = spline(np.column_stack([np.array(line, float), radii]), 3)
    parts = union([limb(tuple(a[:3]), tuple(b[:3]), a[3], b[3]) for a, b in itertools.pairwise(curve)], 0.02)
    centre = curve[:, :3].mean(0).astype(np.float32)
    reach = float(np.linalg.norm(curve[:, :3] - centre, axis=1).max() + max(radii))

    def field(x, y, z):
        away = np.sqrt((x - centre[0]) ** 2 + (y - centre[1]) ** 2 + (z - centre[2]) ** 2) - reach
        out = away + 0.1
        near = away < 0.15
        if near.any():
            out[near] = parts(x[near], y[near], z[near])
        return out

    return field


def box(cx: float, cy: float, cz: float, hx: float, hy: float, hz: float, edge: float = 0.02) -> Field:
    def field(x, y, z):
        qx, qy, qz = np.abs(x - cx) - hx + edge, np.abs(y - cy) - hy + edge, np.abs(z - cz) - hz + edge
        outer = np.sqrt(np.maximum(qx, 0) ** 2 + np.maximum(qy, 0) ** 2 + np.maximum(qz, 0) ** 2)
        return outer + np.minimum(np.maximum(qx, np.maximum(qy, qz)), 0) - edge

    return field


def union(fields: list[Field], blend: float = 0.0) -> Field:
    def field(x, y, z):
        out = fields[0](x, y, z)
        for other in fields[1:]:
            d = other(x, y, z)
            if blend:
                h = np.maximum(blend - np.abs(out - d), 0) / blend
                out = np.minimum(out, d) - h * h * blend * 0.25
            else:
                out = np.minimum(out, d)
        return out

    return field


def mirrored(field: Field) -> Field:
    return lambda x, y, z: field(np.abs(x), y, z)


def without(field: Field, hole: Field) -> Field:
    return lambda x, y, z: np.maximum(field(x, y, z), -hole(x, y, z))
