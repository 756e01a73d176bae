"""Clothing what was traced: materials at full size, lit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from museum.demo.drawing.light import STRIP, power
from museum.demo.drawing.solid.tracing import COARSE, LAMP, Seen
from museum.demo.drawing.texture import cloud, grain, picture


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
