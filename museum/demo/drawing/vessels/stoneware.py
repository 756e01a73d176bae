"""Celadon, crackled glaze and brown stoneware."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.solid.bodies import Field, Lathe, ball, limb, tube, union
from museum.demo.drawing.solid.clothing import Part, Surface, bump_from
from museum.demo.drawing.texture import clouds, cracks
from museum.demo.drawing.vector import seeded
from museum.demo.drawing.vessels.kiln import BOWL, JAR, studio


def crackled(
    color: tuple[float, float, float],
    rng: np.random.Generator,
    width: int,
    height: int,
    count: float = 3.0,
    strength: float = 0.35,
    shine: float = 0.14,
):
    """A thick glaze with crackle stained by time."""
    net = cracks(height, width, rng, 26, count, 1.1)
    fine = cracks(height, width, rng, 40, count * 0.7, 0.7)
    pool = clouds(height, width, rng, 2.2, 7.0)
    base = np.array(color, np.float32)

    def material(part: Part) -> Surface:
        y0, y1 = part.y0, part.y1
        w = part.normal.shape[1]
        x0 = (width - w) // 2
        stain = (net[y0:y1, x0 : x0 + w] * strength + fine[y0:y1, x0 : x0 + w] * strength * 0.5)[..., None]
        tone = base * (1 + 0.05 * pool[y0:y1][:, x0 : x0 + w, None]) * (0.88 + 0.14 * part.normal[..., 1:2])
        return Surface(tone * (1 - stain) + stain * np.array([70, 48, 30], np.float32), shine, 7, 0.9)

    return material


def celadon_bowl(width: int = 4200, height: int = 3000) -> np.ndarray:
    """A moulded celadon bowl: lotus petals under a pooling green glaze."""
    rng = seeded("celadon")
    body = Lathe(BOWL)
    glaze = crackled((148, 172, 140), rng, width, height, 2.4, 0.30)

    def material(part: Part) -> Surface:
        surface = glaze(part)
        petals = np.abs(np.sin(part.turn() * math.pi * 26)) * np.clip((0.5 - part.extra) * 9, 0, 1)
        surface.bump = bump_from(petals, 9.0)
        surface.color = surface.color * (0.80 + 0.24 * petals[..., None])
        return surface

    return studio(body, width, height, rng, material, span=2.6, centre=0.44, tilt=0.40, extra=body.arc, horizon=0.5)


def crackle_vase(width: int = 4000, height: int = 4500) -> np.ndarray:
    """An ivory crackled jar with brown relief bands."""
    rng = seeded("crackle")
    body = Lathe(JAR)
    glaze = crackled((212, 200, 172), rng, width, height, 4.2, 0.55)

    def material(part: Part) -> Surface:
        surface = glaze(part)
        y = part.point[..., 1]
        band = np.clip(1 - np.abs(y - 1.42) / 0.045, 0, 1) + np.clip(1 - np.abs(y - 0.34) / 0.04, 0, 1)
        t = np.clip(band * 3, 0, 1)[..., None]
        teeth = (np.sin(part.turn() * 2 * math.pi * 44) * 0.5 + 0.5) * t[..., 0]
        surface.color = surface.color * (1 - t) + t * np.array([92, 58, 38], np.float32) * (0.7 + 0.5 * teeth[..., None])
        surface.bump = bump_from(teeth + t[..., 0], 6.0)
        return surface

    return studio(body, width, height, rng, material, span=2.05, centre=0.86, extra=body.arc)


def lime_pot(width: int = 4000, height: int = 3700) -> np.ndarray:
    """A lime pot with its basket handle: brown glaze run down over buff clay."""
    rng = seeded("lime pot")
    body = Lathe(
        [
            (0, 0),
            (0.2, 0),
            (0.42, 0),
            (0.42, 0),
            (0.46, 0.03),
            (0.66, 0.28),
            (0.74, 0.58),
            (0.64, 0.92),
            (0.36, 1.10),
            (0.1, 1.14),
            (0, 1.14),
        ]
    )
    arch = [(math.cos(t) * 0.55, 0.98 + math.sin(t) * 0.62, 0.0) for t in np.linspace(0.12, math.pi - 0.12, 9)]
    leaves = [ball(sx * 0.5, 1.0, 0.06, 0.16, 0.09, 0.10) for sx in (-1, 1)]
    mouth = limb((0.0, 0.62, 0.62), (0.0, 0.70, 0.86), 0.16, 0.13)
    hole = ball(0, 0.715, 0.90, 0.085)
    shape = union([body, tube(arch, [0.085] * 9), *leaves, mouth], 0.06)
    full: Field = lambda x, y, z: np.maximum(shape(x, y, z), -hole(x, y, z))  # noqa: E731
    pool = clouds(height, width, rng, 2.4, 8.0)
    fine = clouds(height, width, rng, 1.2, 2.0)

    def material(part: Part) -> Surface:
        w = part.normal.shape[1]
        x0 = (width - w) // 2
        p, f = pool[part.y0 : part.y1][:, x0 : x0 + w], fine[part.y0 : part.y1][:, x0 : x0 + w]
        run = 0.36 + 0.11 * np.sin(part.turn() * 40) + 0.05 * np.sin(part.turn() * 97 + 1) + p * 0.03
        glaze = np.clip((part.point[..., 1] - run) * 26, 0, 1)[..., None]
        brown = np.array([98, 54, 26], np.float32) * (1 + 0.22 * p + 0.06 * f)[..., None] + np.clip(p - 0.5, 0, 1)[..., None] * np.array(
            [60, 46, 20], np.float32
        )
        clay = np.array([186, 158, 122], np.float32) * (1 + 0.04 * p + 0.05 * f)[..., None]
        throw = np.sin(part.point[..., 1] * 130) * 0.7 + f * 0.25
        return Surface(
            clay * (1 - glaze) + brown * glaze, 0.05 + 0.12 * glaze[..., 0], 6, 0.85 * glaze[..., 0], bump=bump_from(throw, 0.06)
        )

    return studio(full, width, height, rng, material, span=2.25, centre=0.84, tilt=0.2)
