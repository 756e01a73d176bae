"""The tea set."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.motifs import fret, rosette
from museum.demo.drawing.porcelain import landscape, lappets, painted
from museum.demo.drawing.solid.bodies import Field, Lathe, tube, union
from museum.demo.drawing.solid.clothing import Part, Surface, sample
from museum.demo.drawing.vector import Drawing, seeded, smooth
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
    one = Lathe(CUP, grid=280)
    places = [(0.0, 0.0)] if count == 1 else [(-0.95, 0.0), (-0.02, 0.12), (0.92, -0.04)]

    def nearest(x, z):
        """Each point's place in relation to the axis of the cup it belongs to."""
        away = np.stack([np.hypot(x - px, z - pz) for px, pz in places])
        own = away.argmin(0)
        axes = np.array(places, np.float32)[own]
        return x - axes[..., 0], z - axes[..., 1]

    def field(x, y, z):
        parts = [one(x - px, y, z - pz) for px, pz in places]
        return np.minimum.reduce(parts)

    def arc(x, y, z):
        x, z = nearest(x, z)
        return one.arc(x, y, z)

    texture = painted(_cup_band(), 2600, 640, rng)
    foot, lip = one.arc_at(0.06), one.arc_at(0.475)

    def material(part: Part) -> Surface:
        x, z = nearest(part.point[..., 0], part.point[..., 2])
        color = sample(texture, np.arctan2(x, z) / (2 * np.pi) / 0.54 + 0.5, 1 - (part.extra - foot) / (lip - foot))
        rim = np.exp(-(((part.extra - lip - 0.10) / 0.008) ** 2))[..., None]  # one line inside, below the lip
        return Surface(color * (1 - rim * 0.7) + rim * 0.7 * np.array([70, 102, 172], np.float32), 0.12, 7, 0.95)

    span, tilt = (1.35, 0.36) if count == 1 else (3.0, 0.36)
    return studio(field, width, height, rng, material, span=span, centre=0.24, tilt=tilt, extra=arc, horizon=0.5)


def _cup_band() -> Drawing:
    """Chrysanthemums on a stem, lappets at the foot, a fret below the lip: what runs around each cup."""
    d = Drawing(2600, 640)
    stem = [(x, 300 + 40 * math.sin(x / 2600 * 6 * math.pi)) for x in range(0, 2601, 50)]
    d.path(smooth(stem), stroke="#b8b8b8", width=13)
    for k in range(6):
        x = 217 + k * 433
        y = 300 + 40 * math.sin(x / 2600 * 6 * math.pi)
        rosette(d, x, y, 132, 12, "#6c6c6c", "#ececec", "#c0c0c0")
        for side in (-1, 1):
            d.path(
                f"M{x + side * 150} {y:.0f}q{side * 20} -70 {side * 80} -76q{side * -10} 60 {side * -80} 76q{side * 60} 10 {side * 76} 66"
                f"q{side * -60} 6 {side * -76} -66",
                "#7c7c7c",
                "#e0e0e0",
                5,
            )
    lappets(d, 0, 622, 2600, 120, 26)
    fret(d, 0, 46, 2600, 62, "#c8c8c8", 8)
    for y in (30, 124, 486):
        d.path(f"M0 {y}H2600", stroke="#d8d8d8", width=9)
    return d
