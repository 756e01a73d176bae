"""Tracing bodies on a coarse grid: what is seen, how much light reaches it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from museum.demo.drawing.light import unit
from museum.demo.drawing.solid.bodies import Field

COARSE = 4
LAMP = unit(-0.62, 0.78, 0.62)


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
