"""Bodies in space: distance fields traced on a coarse grid, then lit and clothed in detail at full size.

Units: the object is about 2 units tall and stands on the plane y = 0; x to the right, z to the viewer.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from museum.demo.drawing.light import STRIP, power, unit
from museum.demo.drawing.texture import cloud, grain, picture

Field = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
COARSE = 4
LAMP = unit(-0.62, 0.78, 0.62)


class Lathe:
    """A body of revolution given by its closed outline (radius, height), with the arc length along the outline as a coordinate."""

    RES = 110  # grid points per unit

    def __init__(self, outline: list[tuple[float, float]], rounded: bool = True) -> None:
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
        beyond = np.maximum(y - (self.top + 0.24), 0) + np.maximum(r - (self.reach + 0.28), 0) + np.maximum(self.low - y, 0)
        return self._look(self.field, r, y) + beyond

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


# Distance fields of simple bodies ---------------------------------------------------------------


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


# Tracing ----------------------------------------------------------------------------------------


@dataclass
class Seen:
    """What the coarse grid sees, (h, w) arrays: edge < 0 inside; point, normal, open sky, light, extra coordinate; ground light."""

    edge: np.ndarray
    point: np.ndarray
    normal: np.ndarray
    sky: np.ndarray
    lit: np.ndarray
    extra: np.ndarray
    floor: np.ndarray
    tilt: float
    pixel: float


def march(field: Field, o: np.ndarray, d: np.ndarray, start: np.ndarray, far: float, steps: int, eps: float):
    """Sphere tracing of rays (n, 3); answers the length (n) and the least distance met (n)."""
    n = len(o)
    t, least = start.copy(), np.full(n, 1e9, np.float32)
    at_least = start.copy()
    active = np.arange(n)
    for _ in range(steps):
        tt = t[active, None]
        p = o[active] + d * tt
        dist = field(p[:, 0], p[:, 1], p[:, 2]).astype(np.float32)
        closer = dist < least[active]
        hit = active[closer]
        least[hit] = dist[closer]
        at_least[hit] = t[hit]
        t[active] += np.maximum(dist * 0.92, eps * 0.4)
        active = active[(dist > eps) & (t[active] < far)]
        if not len(active):
            break
    return np.where(least <= eps, t, at_least), least


def shadow(field: Field, p: np.ndarray, direction: np.ndarray, soft: float, steps: int = 16, far: float = 3.0) -> np.ndarray:
    """Share of the lamp that reaches the points (n, 3)."""
    light = np.ones(len(p), np.float32)
    t = np.full(len(p), 0.04, np.float32)
    for _ in range(steps):
        q = p + direction * t[:, None]
        dist = field(q[:, 0], q[:, 1], q[:, 2])
        light = np.minimum(light, 0.5 + 0.5 * dist * soft / t)
        t += np.clip(dist, 0.04, 0.3)
        if t.min() > far:
            break
    light = np.clip(light, 0, 1)
    return light * light * (3 - 2 * light)


def see(
    field: Field,
    width: int,
    height: int,
    *,
    span: float,
    centre: float,
    tilt: float = 0.2,
    extra: Field | None = None,
    bound: float = 1.6,
    aim: float = 0.0,
) -> Seen:
    """Trace the body as it fills a picture ``span`` units wide whose middle looks at (``aim``, ``centre``) from ``tilt`` radians above."""
    w, h = width // COARSE + 2, height // COARSE + 2
    pixel = span / width * COARSE
    sx = ((np.arange(w) - 0.5) * COARSE / width - 0.5) * span + aim
    sy = (0.5 - (np.arange(h) - 0.5) * COARSE / height) * span * height / width
    gx, gy = np.meshgrid(sx.astype(np.float32), sy.astype(np.float32))
    sin, cos = np.float32(np.sin(tilt)), np.float32(np.cos(tilt))
    forward = np.array([0, -sin, -cos], np.float32)
    o = np.stack([gx.ravel(), centre + gy.ravel() * cos + 4 * sin, -gy.ravel() * sin + 4 * cos], 1).astype(np.float32)
    floor_t = o[:, 1] / sin
    eps = pixel * 0.25
    t, least = march(field, o, forward, np.full(len(o), 4 - bound - 0.2, np.float32), 4 + bound + 0.2, 56, eps)
    hit = least <= eps
    p = o + forward * t[:, None]
    edge = np.clip(least, -pixel, pixel * 2)
    inner = np.flatnonzero(hit)
    depth = np.full(len(inner), 1e9, np.float32)
    for k in (1.5, 4, 9):
        q = p[inner] + forward * (k * pixel)
        depth = np.minimum(depth, field(q[:, 0], q[:, 1], q[:, 2]))
    edge[inner] = np.clip(np.minimum(depth, -pixel * 0.05), -pixel * 2, 0)
    near = np.flatnonzero(least < pixel * 3)
    normal = np.zeros_like(p)
    normal[:, 2] = 1
    e = pixel * 0.6
    total = np.zeros((len(near), 3), np.float32)
    for k in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        k = np.array(k, np.float32)
        q = p[near] + k * e
        total += k * field(q[:, 0], q[:, 1], q[:, 2])[:, None]
    normal[near] = total / (np.linalg.norm(total, axis=1, keepdims=True) + 1e-9)
    sky = np.ones(len(p), np.float32)
    for reach, weight in ((0.05, 3.4), (0.16, 1.6), (0.4, 0.5)):
        q = p[near] + normal[near] * reach
        free = np.minimum(field(q[:, 0], q[:, 1], q[:, 2]), q[:, 1] + 0.001)
        sky[near] -= weight * np.clip(reach - free, 0, reach)
    lit = np.ones(len(p), np.float32)
    lit[near] = shadow(field, p[near] + normal[near] * 0.02, LAMP, 5)
    far = np.ones(w * h, np.float32)
    # the ground is softer than the body: every second point is enough
    rows = np.zeros((h, w), bool)
    rows[::2, ::2] = True
    ground = np.flatnonzero(rows.ravel())
    g = o[ground] + forward * floor_t[ground, None]
    close = np.abs(g[:, 2]) < bound * 2.2
    soft = np.ones(len(ground), np.float32)
    gc = g[close]
    light = shadow(field, gc + np.array([0, 0.01, 0], np.float32), LAMP, 2.6, 12)
    contact = np.ones(len(gc), np.float32)
    for reach, weight in ((0.06, 4.0), (0.25, 1.4)):
        contact -= weight * np.clip(reach - field(gc[:, 0], gc[:, 1] + reach, gc[:, 2]), 0, reach)
    soft[close] = (0.42 + 0.58 * light) * np.clip(contact, 0.25, 1)
    block = soft.reshape((h + 1) // 2, (w + 1) // 2)
    far = np.repeat(np.repeat(block, 2, 0), 2, 1)[:h, :w]
    coordinate = extra(p[:, 0], p[:, 1], p[:, 2]) if extra else np.zeros(len(p), np.float32)
    shape = (h, w)
    return Seen(
        edge.reshape(shape) / pixel, p.reshape(h, w, 3), normal.reshape(h, w, 3), np.clip(sky, 0.1, 1).reshape(shape),
        lit.reshape(shape), coordinate.astype(np.float32).reshape(shape), far, tilt, pixel,
    )  # fmt: skip


# Clothing ---------------------------------------------------------------------------------------


@dataclass
class Part:
    """What a material is asked about: rows of the full picture, with the interpolated geometry."""

    y0: int
    y1: int
    point: np.ndarray
    normal: np.ndarray
    extra: np.ndarray

    def turn(self) -> np.ndarray:
        """Angle around the axis, in whole turns, 0 to the viewer."""
        return np.arctan2(self.point[..., 0], self.point[..., 2]) / (2 * np.pi)


@dataclass
class Surface:
    """How the rows look: colour (0..255), shine 0..1, sharpness of the shine (doublings), how much of a mirror."""

    color: np.ndarray
    shine: float | np.ndarray = 0.4
    doublings: int = 5
    mirror: float | np.ndarray = 0.0
    bump: tuple[np.ndarray, np.ndarray] | None = None
    metal: float = 0.0


def bump_from(height: np.ndarray, strength: float) -> tuple[np.ndarray, np.ndarray]:
    """Slopes of a height map in picture space."""
    gy, gx = np.gradient(height)
    return gx * strength, gy * strength


def clothe(
    seen: Seen,
    width: int,
    height: int,
    material: Callable[[Part], Surface],
    rng: np.random.Generator,
    ground: np.ndarray,
    *,
    key: float = 0.74,
    sky_light: float = 0.42,
) -> np.ndarray:
    """The lit picture, (height, width, 3) uint8."""
    stack = np.concatenate(
        [
            seen.edge[..., None],
            seen.point,
            seen.normal,
            seen.sky[..., None],
            seen.lit[..., None],
            seen.extra[..., None],
            seen.floor[..., None],
        ],
        2,
    )
    big = picture(stack.astype(np.float32)).resize(COARSE, kernel="linear")
    sin, cos = np.sin(seen.tilt), np.cos(seen.tilt)
    view = np.array([0, sin, cos], np.float32)
    half = (LAMP + view) / np.linalg.norm(LAMP + view)
    noise = grain(height, width, rng)
    out = np.empty((height, width, 3), np.uint8)
    step = STRIP // 2
    for y0 in range(0, height, step):
        y1 = min(height, y0 + step)
        rows = big.crop(COARSE // 2, y0 + COARSE // 2, width, y1 - y0).numpy()
        base = ground[y0:y1] * rows[..., 10:11] + (noise[y0:y1].astype(np.float32) * 0.03)[..., None]
        cover = np.clip(0.5 - rows[..., 0] * COARSE, 0, 1)
        if not cover.any():
            out[y0:y1] = np.clip(base, 0, 255)
            continue
        columns = np.flatnonzero(cover.any(0))
        x0, x1 = columns[0], columns[-1] + 1
        r = rows[:, x0:x1]
        n = r[..., 4:7]
        surface = material(Part(y0, y1, r[..., 1:4], n, r[..., 9]))
        if surface.bump:
            bx, by = surface.bump
            n = n.copy()
            n[..., 0] -= bx
            n[..., 1] += by * cos
            n[..., 2] -= by * sin
        n = n / (np.sqrt((n * n).sum(-1, keepdims=True)) + 1e-6)
        facing = np.clip(n @ view, 0, 1)
        lambert = np.clip(n @ LAMP, 0, 1) * r[..., 8]
        fill = np.clip(n[..., 0] * 0.6 + 0.4, 0, 1) * 0.22
        shade = key * lambert + sky_light * r[..., 7] * (0.62 + 0.38 * n[..., 1]) + fill
        gloss = power(np.clip(n @ half, 0, 1), surface.doublings) * r[..., 8] * surface.shine
        # what the surface mirrors: a window to the left, a softbox on the right, the dark of the room between
        mx, my = 2 * facing * n[..., 0], 2 * facing * (n @ np.array([0, cos, -sin], np.float32))
        window = np.clip((0.11 - np.abs(mx + 0.6)) * 30, 0, 1) * np.clip((0.2 - np.abs(my - 0.5)) * 30, 0, 1)
        window *= 1 - 0.85 * np.clip((0.012 - np.abs(mx + 0.6)) * 200, 0, 1)
        window *= 1 - 0.85 * np.clip((0.012 - np.abs(my - 0.5)) * 200, 0, 1)
        box_light = np.clip((0.05 - np.abs(mx - 1.15)) * 12, 0, 1) * np.clip((0.7 - np.abs(my - 0.1)) * 6, 0, 1)
        fresnel = 0.06 + 0.94 * power(1 - facing, 2) * (1 - facing)
        mirror = (window * 0.62 + box_light * 0.35) * surface.mirror * r[..., 7] + fresnel * 0.22 * surface.mirror * r[..., 7]
        color = surface.color * shade[..., None]
        tint = surface.color / 255 if surface.metal else 1.0
        light = ((gloss + mirror) * 255)[..., None]
        color += light * (tint * surface.metal + (1 - surface.metal)) if surface.metal else light
        c = cover[:, x0:x1, None]
        base[:, x0:x1] += (color - base[:, x0:x1]) * c
        out[y0:y1] = np.clip(base, 0, 255)
    return out


def sample(texture: np.ndarray, u: np.ndarray, v: np.ndarray) -> np.ndarray:
    """Texture (h, w[, 3]) at u, v in 0..1, bilinear in v and u for three bands uint8; float32 out."""
    h, w = texture.shape[:2]
    fx, fy = np.clip(u, 0, 0.9999) * (w - 1), np.clip(v, 0, 0.9999) * (h - 1)
    ix, iy = fx.astype(np.int32), fy.astype(np.int32)
    at = iy * w + ix
    flat = texture.reshape(h * w, -1)
    return flat[at].astype(np.float32)


def mottled(height: int, width: int, rng: np.random.Generator, scale: float = 4.0) -> np.ndarray:
    return cloud(height, width, rng, 2.0, scale)
