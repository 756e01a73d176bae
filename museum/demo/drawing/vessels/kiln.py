"""Outlines of vessels, and the studio in which they are photographed."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.light import backdrop, finish
from museum.demo.drawing.porcelain import glazed, painted
from museum.demo.drawing.solid.bodies import Field, Lathe
from museum.demo.drawing.solid.clothing import clothe
from museum.demo.drawing.solid.tracing import see
from museum.demo.drawing.vector import Drawing

JAR = [(0, 0), (0.3, 0), (0.50, 0), (0.50, 0), (0.53, 0.03), (0.60, 0.25), (0.74, 0.70), (0.80, 1.05), (0.74, 1.36), (0.54, 1.54), (0.40, 1.60), (0.385, 1.68), (0.42, 1.74), (0.435, 1.76), (0.40, 1.775), (0.36, 1.74), (0.34, 1.66), (0.35, 1.6)]  # fmt: skip
BOTTLE = [(0, 0), (0.2, 0), (0.34, 0), (0.34, 0), (0.36, 0.02), (0.37, 0.07), (0.48, 0.22), (0.66, 0.55), (0.66, 0.85), (0.44, 1.15), (0.22, 1.42), (0.15, 1.72), (0.15, 1.95), (0.21, 2.12), (0.28, 2.18), (0.285, 2.20), (0.25, 2.205), (0.17, 2.14), (0.11, 1.95), (0.11, 1.8)]  # fmt: skip
BOWL = [(0, 0), (0.15, 0), (0.30, 0), (0.30, 0), (0.33, 0.02), (0.33, 0.10), (0.40, 0.16), (0.70, 0.36), (0.88, 0.66), (0.94, 0.90), (0.955, 0.93), (0.94, 0.945), (0.90, 0.92), (0.83, 0.68), (0.66, 0.42), (0.40, 0.26), (0.15, 0.22), (0, 0.215)]  # fmt: skip
DISH = [(0, 0.02), (0.3, 0.02), (0.52, 0.0), (0.52, 0.0), (0.55, 0.02), (0.57, 0.05), (0.74, 0.10), (0.92, 0.18), (1.10, 0.23), (1.115, 0.245), (1.10, 0.26), (0.92, 0.215), (0.74, 0.14), (0.58, 0.10), (0.3, 0.085), (0, 0.08)]  # fmt: skip
SITULA = [(0, 0), (0.3, 0), (0.52, 0), (0.52, 0), (0.55, 0.03), (0.57, 0.30), (0.62, 0.80), (0.66, 1.25), (0.64, 1.52), (0.57, 1.66), (0.56, 1.74), (0.585, 1.80), (0.585, 1.82), (0.53, 1.82), (0.52, 1.74), (0.53, 1.6)]  # fmt: skip
BELL = [(0, 0.10), (0.3, 0.05), (0.56, 0.0), (0.56, 0.0), (0.62, 0.0), (0.64, 0.04), (0.585, 0.22), (0.54, 0.60), (0.52, 1.00), (0.47, 1.34), (0.34, 1.52), (0.14, 1.60), (0, 1.61)]  # fmt: skip
CENSER = [(0, 0.42), (0.2, 0.42), (0.42, 0.47), (0.62, 0.68), (0.66, 0.92), (0.58, 1.12), (0.50, 1.20), (0.51, 1.30), (0.60, 1.36), (0.61, 1.38), (0.56, 1.39), (0.46, 1.32), (0.45, 1.2)]  # fmt: skip
POT = [(0, 0), (0.2, 0), (0.36, 0), (0.36, 0), (0.39, 0.03), (0.58, 0.25), (0.68, 0.52), (0.62, 0.80), (0.40, 0.98), (0.28, 1.02), (0.27, 1.04), (0.30, 1.06), (0.24, 1.12), (0.10, 1.17), (0.06, 1.19), (0.05, 1.23), (0.085, 1.28), (0.05, 1.34), (0, 1.345)]  # fmt: skip
CUP = [(0, 0), (0.1, 0), (0.20, 0), (0.20, 0), (0.22, 0.015), (0.22, 0.06), (0.32, 0.16), (0.385, 0.36), (0.40, 0.47), (0.405, 0.485), (0.385, 0.485), (0.35, 0.34), (0.27, 0.16), (0.12, 0.10), (0, 0.095)]  # fmt: skip


def studio(
    field: Field,
    width: int,
    height: int,
    rng: np.random.Generator,
    material,
    *,
    span: float,
    centre: float,
    tilt: float = 0.17,
    extra: Field | None = None,
    horizon: float | None = 0.7,
    ground: tuple[int, int, int] = (206, 203, 197),
    bound: float = 1.6,
    aim: float = 0.0,
) -> np.ndarray:
    seen = see(field, width, height, span=span, centre=centre, tilt=tilt, extra=extra, bound=bound, aim=aim)
    return finish(clothe(seen, width, height, material, rng, backdrop(height, width, rng, ground, horizon)), rng)


def wrapped(body: Lathe, d: Drawing, rng: np.random.Generator, lo: float, hi: float, tone=(1, 1, 1)):
    size = (int(d.width), int(d.height))
    return glazed(painted(d, *size, rng), body.arc_at(lo), body.arc_at(hi), tone)


def lines(d: Drawing, ys: list[float], width: float = 7) -> None:
    for y in ys:
        d.path(f"M0 {y * d.height:.0f}H{d.width}", stroke="#d0d0d0", width=width)
