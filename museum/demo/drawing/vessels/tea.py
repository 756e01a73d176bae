"""The tea set."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.motifs import rosette
from museum.demo.drawing.porcelain import landscape, painted
from museum.demo.drawing.solid.bodies import Field, Lathe, tube, union
from museum.demo.drawing.solid.clothing import Part, Surface, sample
from museum.demo.drawing.vector import Drawing, seeded
from museum.demo.drawing.vessels.kiln import CUP, POT, studio


def teapot_field() -> Field:
    body = Lathe(POT)
    spout = tube([(0.52, 0.42, 0), (0.80, 0.58, 0), (0.92, 0.82, 0), (1.06, 0.96, 0)], [0.15, 0.10, 0.075, 0.065])
    handle = tube(
        [(-0.58, 0.78, 0), (-0.92, 0.82, 0), (-1.02, 0.55, 0), (-0.80, 0.32, 0), (-0.60, 0.30, 0)], [0.055, 0.055, 0.055, 0.055, 0.055]
    )
    return union([body, spout, handle], 0.08)


def front_painted(d: Drawing, rng: np.random.Generator, wide: float, high: float):
    """Decoration seen straight from the front, for bodies that are not round."""
    texture = painted(d, int(d.width), int(d.height), rng)

    def material(part: Part) -> Surface:
        u, v = part.point[..., 0] / wide + 0.5, 1 - part.point[..., 1] / high
        return Surface(sample(texture, u, v), 0.10, 7, 0.95)

    return material


def teapot(width: int = 4200, height: int = 2900) -> np.ndarray:
    """The teapot of a set: hills and a fisherman."""
    rng = seeded("teapot")
    d = Drawing(2600, 1500)
    landscape(d, 560, 640, 1480, 640, rng)
    d.rect(0, 0, 2600, 300, "#000")
    for k in range(13):
        rosette(d, 100 + k * 200, 380, 62, 8, "#606060", "#e0e0e0", "#b0b0b0")
    for y in (300, 460, 1400, 1430, 120, 240):
        d.path(f"M0 {y}H2600", stroke="#d0d0d0", width=8)
    for k in range(16):
        d.path(f"M{1900 + k * 40} {420 + k * 10}q60 40 30 120", stroke="#9a9a9a", width=8)
    return studio(teapot_field(), width, height, rng, front_painted(d, rng, 2.4, 1.4), span=2.75, centre=0.60, tilt=0.2, horizon=0.62)


def cups(width: int = 4200, height: int = 2500, count: int = 1) -> np.ndarray:
    """Cups of the set: ``count`` of them in a row."""
    rng = seeded("cups", count)
    one = Lathe(CUP)
    places = [(0.0, 0.0)] if count == 1 else [(-0.95, 0.0), (-0.02, 0.12), (0.92, -0.04)]

    def field(x, y, z):
        out = None
        for px, pz in places:
            part = one(x - px, y, z - pz)
            out = part if out is None else np.minimum(out, part)
        return out

    d = Drawing(2600, 640)
    for k in range(11 if count > 1 else 5):
        x = 130 + k * (240 if count > 1 else 580)
        rosette(d, x, 330, 88 if count > 1 else 170, 9, "#606060", "#e8e8e8", "#b0b0b0")
        d.path(f"M{x + 90} 340q60 60 90 -20", stroke="#b0b0b0", width=12)
    for y in (60, 84, 560, 590):
        d.path(f"M0 {y}H2600", stroke="#d0d0d0", width=9)
    wide = 0.95 if count == 1 else 2.9
    return studio(
        field, width, height, rng, front_painted(d, rng, wide, 0.52), span=1.35 if count == 1 else 3.0, centre=0.24, tilt=0.36, horizon=0.5
    )
