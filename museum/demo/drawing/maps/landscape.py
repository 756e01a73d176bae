"""What stands in a painted landscape: hills, trees, houses, boats, temples, walls."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.vector import Drawing, smooth

INK, WASH = "#2a2622", "#6f8f86"


def mountain(d: Drawing, x: float, y: float, w: float, h: float, rng: np.random.Generator, tint: str, line: str = INK) -> None:
    """A hill in the manner of old route maps: washed flanks, strokes down the ridges, trees on top."""
    peaks = rng.integers(2, 4)
    xs = np.linspace(-1, 1, 9)
    ridge = -h * np.exp(-(xs**2) * 2.2) * (1 + 0.1 * rng.normal(size=9))
    ridge[[0, -1]] = 0
    top = np.stack([x + xs * w, y + ridge], 1)
    name = f"wash{tint[1:]}"
    if not any(name in known for known in d.definitions):
        d.define(
            f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="{tint}" stop-opacity=".95"/><stop offset=".55" stop-color="{tint}" stop-opacity=".6"/><stop offset="1" stop-color="{tint}" stop-opacity="0"/></linearGradient>'
        )
    d.path(smooth(top) + "Z", f"url(#{name})")
    d.path(smooth(top), stroke=line, width=4.5)
    parts = []
    for k in range(1, 8):
        for j in range(int(peaks) + 1):
            sx, sy = top[k][0] + j * w * 0.07, top[k][1] + (j + 0.4) * h * 0.13
            parts.append(f"M{sx:.0f} {sy:.0f}q{-w * 0.05:.0f} {h * 0.10:.0f} {rng.normal() * w * 0.05:.0f} {h * 0.24:.0f}")
    d.path("".join(parts), stroke=line, width=2.2, opacity=0.8)
    for _ in range(int(w / 9)):
        k = rng.integers(1, 8)
        tree(d, top[k][0] + rng.normal() * w * 0.1, top[k][1] + rng.uniform(0.05, 0.6) * h, rng.uniform(9, 17), rng, line)


def tree(d: Drawing, x: float, y: float, s: float, rng: np.random.Generator, line: str = INK) -> None:
    kind = rng.integers(0, 3)
    if kind == 0:
        d.path(
            f"M{x:.0f} {y:.0f}v{-s * 1.5:.0f}m{-s * 0.7:.0f} {s * 0.5:.0f}l{s * 0.7:.0f} {-s * 0.6:.0f}l{s * 0.7:.0f} {s * 0.6:.0f}m{-s * 1.2:.0f} {-s * 0.5:.0f}l{s * 0.5:.0f} {-s * 0.5:.0f}l{s * 0.5:.0f} {s * 0.5:.0f}",
            stroke=line,
            width=2,
        )
    elif kind == 1:
        d.path(f"M{x:.0f} {y:.0f}v{-s:.0f}", stroke=line, width=2)
        d.circle(x, y - s * 1.5, s * 0.7, "#7d9468", line, 1.6, 0.85)
        d.path(f"M{x - s * 0.4:.0f} {y - s * 1.5:.0f}q{s * 0.2:.0f} {-s * 0.3:.0f} {s * 0.4:.0f} 0t{s * 0.4:.0f} 0", stroke=line, width=1.3)
    else:
        d.path(f"M{x:.0f} {y:.0f}q{-s * 0.3:.0f} {-s:.0f} {s * 0.2:.0f} {-s * 1.9:.0f}", stroke=line, width=2.2)
        for a in (-2.7, -2.0, -1.2, -0.5, 0.1):
            d.path(
                f"M{x + s * 0.2:.0f} {y - s * 1.9:.0f}q{s * 0.5 * math.cos(a):.0f} {s * 0.6 * math.sin(a):.0f} {s * math.cos(a):.0f} {s * 0.5 * math.sin(a) + s * 0.2:.0f}",
                stroke=line,
                width=1.6,
            )


def houses(d: Drawing, x: float, y: float, count: int, s: float, rng: np.random.Generator, roof: str = "#a5523a") -> None:
    places = sorted(((x + rng.normal() * s * count * 0.28, y + rng.normal() * s * 1.1) for _ in range(count)), key=lambda p: p[1])
    for px, py in places:
        q = s * rng.uniform(0.8, 1.2)
        d.path(f"M{px - q:.0f} {py:.0f}v{-q * 0.7:.0f}h{2 * q:.0f}v{q * 0.7:.0f}Z", "#f3e6c8", INK, 1.8)
        d.path(
            f"M{px - q * 1.3:.0f} {py - q * 0.65:.0f}L{px - q * 0.7:.0f} {py - q * 1.4:.0f}H{px + q * 0.7:.0f}L{px + q * 1.3:.0f} {py - q * 0.65:.0f}Z",
            roof if rng.random() < 0.4 else "#b99b62",
            INK,
            1.8,
        )
        d.path(
            f"M{px - q * 0.2:.0f} {py:.0f}v{-q * 0.5:.0f}h{q * 0.45:.0f}v{q * 0.5:.0f}"
            + "".join(f"M{px - q * 0.9 + k * q * 0.35:.0f} {py - q * 0.7:.0f}l{q * 0.1:.0f} {-q * 0.6:.0f}" for k in range(5)),
            stroke=INK,
            width=1.2,
        )
        if rng.random() < 0.5:
            tree(d, px + q * 1.7, py, q * 0.8, rng)


def sampan(d: Drawing, x: float, y: float, s: float, rng: np.random.Generator) -> None:
    f = -1 if rng.random() < 0.5 else 1
    with d.group(f"translate({x:.0f} {y:.0f}) scale({f * s:.2f} {s:.2f})"):
        d.path("M-40 -6C-20 6 20 6 44 -10C28 10 -28 12 -40 -6Z", "#8a6a44", INK, 2)
        if rng.random() < 0.4:
            d.path("M2 -2L2 -62M2 -60C40 -50 40 -20 6 -12Z", "#ead9ae", INK, 2)
            for k in range(5):
                d.path(f"M3 {-54 + k * 9}h{16 + (k % 3) * 7}", stroke=INK, width=1)
        else:
            d.path("M-16 0C-14 -16 12 -16 16 -2", "#c9ae78", INK, 2)
        d.path("M28 -4V-22M28 -25a3.4 3.4 0 1 0 .1 0M24 -18L34 -8L42 18", "none", INK, 1.6)


def temple(d: Drawing, x: float, y: float, s: float, floors: int, wall: str = "#c25b42") -> None:
    at = y
    for k in range(floors):
        q = s * (1 - k * 0.13)
        d.rect(x - q * 0.7, at - s * 0.6, q * 1.4, s * 0.6, wall, INK, 2)
        d.path("".join(f"M{x - q * 0.7 + (j + 1) * q * 0.28:.0f} {at:.0f}v{-s * 0.6:.0f}" for j in range(4)), stroke=INK, width=1.6)
        d.path(
            f"M{x - q * 1.15:.0f} {at - s * 0.62:.0f}C{x - q * 0.8:.0f} {at - s * 0.7:.0f} {x - q * 0.5:.0f} {at - s * 0.95:.0f} {x - q * 0.35:.0f} {at - s:.0f}H{x + q * 0.35:.0f}C{x + q * 0.5:.0f} {at - s * 0.95:.0f} {x + q * 0.8:.0f} {at - s * 0.7:.0f} {x + q * 1.15:.0f} {at - s * 0.62:.0f}Z",
            "#5d6b58",
            INK,
            2.2,
        )
        d.path(
            "".join(f"M{x + j * q * 0.1:.0f} {at - s:.0f}L{x + j * q * 0.24:.0f} {at - s * 0.66:.0f}" for j in range(-4, 5)),
            stroke=INK,
            width=1.2,
        )
        at -= s
    d.path(f"M{x:.0f} {at:.0f}v{-s * 0.3:.0f}m-5 -6a5 5 0 1 0 10 0a5 5 0 1 0 -10 0", stroke=INK, width=2.4)


def citadel_small(d: Drawing, x: float, y: float, s: float, rng: np.random.Generator) -> None:
    with d.group(f"translate({x:.0f} {y:.0f})"):
        d.path(f"M{-s * 1.3:.0f} 0L{-s:.0f} {-s * 0.7:.0f}H{s:.0f}L{s * 1.3:.0f} 0Z", "#e6cf9c", INK, 3)
        d.path(f"M{-s * 1.35:.0f} 8H{s * 1.35:.0f}M{-s * 1.02:.0f} {-s * 0.74:.0f}H{s * 1.02:.0f}", stroke="#5c87a0", width=10)
        for k in range(27):
            d.rect(-s * 1.28 + k * s * 0.097, -s * 0.14, s * 0.06, s * 0.14, "#d8bd85", INK, 1.6)
        for gx in (-0.7, 0, 0.7):
            temple(d, gx * s, -s * 0.12, s * 0.15, 2)
        for row in range(3):
            for k in range(5):
                temple(d, (k - 2) * s * (0.30 - row * 0.02), -s * (0.30 + row * 0.13), s * 0.085, 1)
        d.path(f"M0 {-s * 0.75:.0f}V{-s * 1.2:.0f}", stroke=INK, width=4)
        d.path(
            f"M0 {-s * 1.2:.0f}q{s * 0.1:.0f} -14 {s * 0.2:.0f} 0t{s * 0.16:.0f} 0v{s * 0.13:.0f}q{-s * 0.1:.0f} 10 {-s * 0.18:.0f} 0t{-s * 0.18:.0f} 0Z",
            "#e0b23c",
            INK,
            2.4,
        )


def fields(d: Drawing, x: float, y: float, rng: np.random.Generator) -> None:
    for r in range(4):
        for c in range(5):
            px, py = x + c * 44 + r * 12, y + r * 24
            d.path(f"M{px:.0f} {py:.0f}h42l10 22h-42Z", ["#c9cf9a", "#b5c48a", "#dcd29a"][int(rng.integers(0, 3))], "#6d6a4a", 1.8)
            d.path("".join(f"M{px + 6 + k * 8:.0f} {py + 5:.0f}l3 6m2 5l3 5" for k in range(5)), stroke="#5d7445", width=1.3)


def bridge(d: Drawing, x: float, y: float, span: float) -> None:
    half = span * 0.62
    for k in range(9):
        py = y - half + k * span * 1.24 / 9
        d.rect(x - 20 - k * 4, py, 14, 40, "#a58d68", INK, 2)
    d.path(
        f"M{x - 40:.0f} {y - half:.0f}Q{x + 90:.0f} {y:.0f} {x - 70:.0f} {y + half:.0f}L{x - 30:.0f} {y + half:.0f}Q{x + 130:.0f} {y:.0f} {x:.0f} {y - half:.0f}Z",
        "#d9c294",
        INK,
        3,
    )
    for k in range(24):
        t = k / 23
        px = x - 20 + 4 * t * (1 - t) * 62
        d.path(f"M{px - 24:.0f} {y - half + t * 2 * half:.0f}h44", stroke=INK, width=1.8)


def sea(d: Drawing, w: float, h: float, rng: np.random.Generator) -> None:
    parts = []
    for r in range(34):
        for c in range(26):
            x, y = w - 1000 + c * 44 + (r % 2) * 22, 250 + r * 30
            if x > w - 900 + 380 * abs(y / h - 0.6) * 2 + rng.normal() * 30:
                parts.append(f"M{x - 20:.0f} {y:.0f}a20 18 0 0 1 40 0M{x - 12:.0f} {y:.0f}a12 11 0 0 1 24 0")
    d.path("".join(parts), stroke="#3f7186", width=2.2)
    for _ in range(7):
        sampan(d, rng.uniform(w - 620, w - 330), rng.uniform(400, 1150), 1.5, rng)
