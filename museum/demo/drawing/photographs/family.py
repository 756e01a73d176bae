"""The family portrait."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.photographs.plate import Plate, grey, sky
from museum.demo.drawing.photographs.staffage import foliage
from museum.demo.drawing.vector import Drawing

Layers = tuple[Drawing, Drawing]


def portrait(width: int = 4000) -> np.ndarray:
    """A family before a painted backdrop: studio portrait."""
    p = Plate("family", width, 1.18)
    w, h, rng = p.w, p.h, p.rng
    p.layer(sky(128, 172), 14)

    def backcloth(g: Drawing, m: Drawing) -> None:
        for _ in range(24):
            foliage(g, m, rng.uniform(0, w), h * rng.uniform(0.40, 0.55), rng.uniform(90, 190), rng, 128)
        for x in (150, 1850):
            for target, fill in ((g, grey(176)), (m, "#fff")):
                target.rect(x - 70, 200, 140, h, fill)
            g.path("".join(f"M{x - 60 + k * 20} 220V{h}" for k in range(7)), stroke=grey(140), width=7)

    p.layer(backcloth, 7)

    def carpet(g: Drawing, m: Drawing) -> None:
        for target in (g, m):
            target.rect(0, h * 0.86, w, h * 0.14, g.gradient("floor", [(0, grey(100)), (1, grey(62))]) if target is g else "#fff")
        for r in range(7):
            for c in range(20 - r):
                x, y = (c + 0.5) * w / (20 - r), h * (0.875 + r * 0.020)
                g.path(f"M{x - 34:.0f} {y:.0f}l34 -12l34 12l-34 12Z", "none", grey(150 if (r + c) % 2 else 116), 3)

    p.layer(carpet, 2.2)

    def grown_children(g: Drawing, m: Drawing) -> None:
        sitter((g, m), rng, 560, h * 0.89, 1.62, robe=70, turban=True)
        sitter((g, m), rng, 1440, h * 0.89, 1.56, robe=104)

    def parents(g: Drawing, m: Drawing) -> None:
        for x in (745, 1270):
            chair((g, m), x, h * 0.905)
        sitter((g, m), rng, 745, h * 0.93, 1.66, robe=48, seated=True, turban=True, beard=True)
        sitter((g, m), rng, 1270, h * 0.93, 1.60, robe=134, seated=True)

    def little_ones(g: Drawing, m: Drawing) -> None:
        sitter((g, m), rng, 1008, h * 0.955, 0.98, robe=184)
        sitter((g, m), rng, 330, h * 0.945, 1.08, robe=160, turban=True)
        sitter((g, m), rng, 1690, h * 0.945, 1.12, robe=192)

    for layer, blurred in ((grown_children, 1.7), (parents, 1.2), (little_ones, 1.0)):
        p.layer(layer, blurred)
    return p.finished("warm", plate=False)


def chair(layers: Layers, x: float, foot: float) -> None:
    """An armchair of dark wood, seen from the front."""
    g, m = layers
    for target, wood, lit in ((g, grey(38), grey(78)), (m, "#fff", "#fff")):
        for side in (-1, 1):
            target.path(f"M{x + side * 236} {foot}V{foot - 640}", stroke=wood, width=30)
            target.path(f"M{x + side * 236} {foot - 400}q{side * 40} -10 {side * 26} -52", stroke=wood, width=30)
            target.circle(x + side * 236, foot - 660, 26, wood)
        target.rect(x - 236, foot - 260, 472, 60, wood)
        target.path(f"M{x - 226} {foot - 636}h452v90h-452Z", wood)
        if target is g:
            target.path(f"M{x - 206} {foot - 612}h412M{x - 206} {foot - 570}h412M{x - 228} {foot - 250}h456", stroke=lit, width=5)
            target.path("".join(f"M{x - 190 + k * 42} {foot - 598}l21 16l21 -16" for k in range(9)), stroke=lit, width=3)


def sitter(
    layers: Layers,
    rng: np.random.Generator,
    x: float,
    foot: float,
    s: float,
    *,
    robe: float,
    seated: bool = False,
    turban: bool = False,
    beard: bool = False,
) -> None:
    """Somebody who has been told not to move. ``s``: size; about 640 units stand to a person's full height at 1."""
    g, m = layers
    key = f"s{x:.0f}"
    cloth = g.gradient(f"{key}cloth", [(0, grey(robe + 30)), (0.42, grey(robe)), (1, grey(robe - 26))], direction=(0, 0, 1, 0))
    skin = g.gradient(f"{key}skin", [(0, grey(206)), (0.6, grey(184)), (1, grey(120))], direction=(0.1, 0, 1, 0.15))
    hair = g.gradient(f"{key}hair", [(0, grey(60)), (0.35, grey(40)), (1, grey(22))], direction=(0, 0, 1, 0.4))
    top = -470 if seated else -590  # the shoulders
    with g.group(f"translate({x:.0f} {foot:.0f}) scale({s:.3f})"), m.group(f"translate({x:.0f} {foot:.0f}) scale({s:.3f})"):
        _robe(layers, rng, top, seated, robe, cloth)
        _hands(layers, top, seated, skin)
        _head(layers, rng, top, skin, hair, robe, turban, beard)


def _both(layers: Layers, path: str, fill: str) -> None:
    layers[0].path(path, fill)
    layers[1].path(path, "#fff")


def _robe(layers: Layers, rng: np.random.Generator, top: float, seated: bool, tone: float, cloth: str) -> None:
    g, _ = layers
    if seated:  # knees forward: a lap, then the long skirt to the shoes
        body = f"M-96 {top + 26}C-130 -330 -150 -250 -160 -190C-166 -120 -150 -40 -140 -14H140C150 -40 166 -120 160 -190C150 -250 130 -330 96 {top + 26}C60 {top - 14} -60 {top - 14} -96 {top + 26}Z"
    else:
        body = f"M-88 {top + 26}C-104 -430 -104 -300 -112 -180C-118 -100 -124 -40 -120 -12H120C124 -40 118 -100 112 -180C104 -300 104 -430 88 {top + 26}C56 {top - 14} -56 {top - 14} -88 {top + 26}Z"
    _both(layers, body, cloth)
    for side in (-1, 1):  # sleeves, wide at the wrist
        if seated:
            sleeve = f"M{side * 92} {top + 24}C{side * 158} {top + 60} {side * 176} -300 {side * 150} -232C{side * 130} -204 {side * 70} -196 {side * 52} -214C{side * 44} -250 {side * 92} -280 {side * 96} -330Z"
        else:
            sleeve = f"M{side * 84} {top + 24}C{side * 142} {top + 70} {side * 160} -400 {side * 146} -318C{side * 130} -286 {side * 60} -280 {side * 36} -300C{side * 34} -336 {side * 84} -360 {side * 88} -420Z"
        _both(layers, sleeve, cloth)
        g.path(sleeve, "none", grey(tone - 34), 3.5, 0.8)
    g.path(f"M-30 {top + 2}C-6 {top + 40} 26 {top + 60} 74 {top + 84}", stroke=grey(tone + 46), width=5)  # the closing, to one side
    for k in range(3):
        g.circle(20 + k * 24, top + 58 + k * 12, 4, grey(tone + 80))
    low = -14
    for _ in range(11):  # folds
        x0 = rng.uniform(-104, 104)
        g.path(
            f"M{x0 * 0.7:.0f} {rng.uniform(-300, -170):.0f}C{x0 * 0.85:.0f} -150 {x0:.0f} -90 {x0 * 1.08:.0f} {low}",
            stroke=grey(tone + (26 if rng.random() < 0.5 else -24)),
            width=rng.uniform(3, 8),
            opacity=0.55,
        )
    if seated:
        g.path("M-150 -180C-90 -214 -30 -200 0 -176C30 -200 90 -214 150 -180", stroke=grey(tone - 30), width=9, opacity=0.7)
        g.path("M-118 -196C-96 -212 -60 -212 -40 -200M40 -200C60 -212 96 -212 118 -196", stroke=grey(tone + 44), width=8, opacity=0.6)
    for _ in range(16):  # woven roundels
        x0, y0 = rng.uniform(-80, 80), rng.uniform(top + 90, -60)
        g.circle(x0, y0, 10, "none", grey(tone + 22), 2.4, 0.55)
        g.circle(x0, y0, 4, "none", grey(tone + 22), 2, 0.55)
    for side in (-1, 1):
        _both(
            layers,
            f"M{side * 22} -16C{side * 24} -34 {side * 70} -34 {side * 78} -12C{side * 84} 4 {side * 26} 6 {side * 22} -16Z",
            grey(28),
        )


def _hands(layers: Layers, top: float, seated: bool, skin: str) -> None:
    g, _ = layers
    y = -216 if seated else -296
    for side in (-1, 1):
        cx = side * (84 if seated else 22)
        _both(
            layers,
            f"M{cx - 24} {y}C{cx - 26} {y - 18} {cx + 26} {y - 18} {cx + 24} {y}C{cx + 22} {y + 26} {cx + 12} {y + 34} {cx} {y + 34}C{cx - 12} {y + 34} {cx - 22} {y + 26} {cx - 24} {y}Z",
            skin,
        )
        g.path("".join(f"M{cx - 12 + k * 8} {y + 8}v20" for k in range(4)), stroke=grey(128), width=2, opacity=0.8)


def _head(layers: Layers, rng: np.random.Generator, top: float, skin: str, hair: str, tone: float, turban: bool, beard: bool) -> None:
    g, _ = layers
    y = top - 84  # the middle of the face
    turn = rng.normal() * 3
    _both(layers, f"M-24 {top + 14}C-22 {top - 10} -22 {top - 24} -22 {top - 40}H22C22 {top - 24} 22 {top - 10} 24 {top + 14}Z", skin)
    _both(layers, f"M-40 {top + 20}C-30 {top - 18} 30 {top - 18} 40 {top + 20}C20 {top + 4} -20 {top + 4} -40 {top + 20}Z", grey(tone + 24))
    g.path(f"M-22 {top - 30}C-6 {top - 6} 12 {top - 8} 22 {top - 34}V{top - 6}H-22Z", grey(96), opacity=0.55)  # below the chin
    for side in (-1, 1):
        _both(layers, f"M{side * 50} {y - 14}q{side * 14} -8 {side * 12} 12q{side * -2} 24 {side * -12} 26Z", skin)
    face = f"M-51 {y - 18}C-54 {y + 26} -36 {y + 66} 0 {y + 72}C36 {y + 66} 54 {y + 26} 51 {y - 18}C50 {y - 66} -50 {y - 66} -51 {y - 18}Z"
    _both(layers, face, skin)
    for side in (-1, 1):  # sockets, brows, eyes
        cx = side * 21 + turn
        g.ellipse(cx, y - 4, 16, 11, grey(138), opacity=0.45)
        g.path(f"M{cx - 14} {y - 20}q14 -8 28 {-1 if side < 0 else 3}", stroke=grey(66), width=4.2)
        g.path(f"M{cx - 12} {y - 2}q12 -9 24 0q-12 6 -24 0Z", grey(216))
        g.circle(cx, y - 3, 4.8, grey(30))
        g.circle(cx - 1.6, y - 4.8, 1.3, grey(236))
        g.path(f"M{cx - 13} {y - 2}q13 -10 26 0", stroke=grey(58), width=2.8)
    g.path(
        f"M{turn + 4} {y - 4}C{turn + 8} {y + 10} {turn + 12} {y + 18} {turn + 9} {y + 24}q-9 6 -18 0",
        stroke=grey(118),
        width=3,
        opacity=0.85,
    )
    g.path(f"M{turn + 6} {y - 10}C{turn + 16} {y + 8} {turn + 18} {y + 22} {turn + 8} {y + 26}Z", grey(140), opacity=0.5)
    g.path(f"M{turn - 17} {y + 42}q8 -5 17 -2q9 -3 17 2q-17 11 -34 0Z", grey(124))
    g.path(f"M{turn - 18} {y + 42}q18 4 36 0", stroke=grey(82), width=2.4)
    g.path(f"M20 {y - 50}C52 {y - 30} 50 {y + 30} 14 {y + 70}C50 {y + 60} 54 {y + 10} 51 {y - 20}Z", grey(110), opacity=0.32)
    if beard:
        g.path(
            "".join(f"M{turn - 18 + k * 3} {y + 56}q{(k - 6) * 0.6:.1f} 20 {-(k - 6) * 1.1:.1f} 42" for k in range(13)),
            stroke=grey(196),
            width=2,
            opacity=0.8,
        )
        g.path(f"M{turn - 4} {y + 33}q-14 4 -22 14M{turn + 4} {y + 33}q14 4 22 14", stroke=grey(186), width=3)
    if turban:
        _both(layers, f"M-58 {y - 24}C-66 {y - 88} 66 {y - 88} 58 {y - 24}C36 {y - 48} -36 {y - 48} -58 {y - 24}Z", hair)
        for k in range(5):
            g.path(
                f"M{-57 + k * 3} {y - 30 - k * 9}C-30 {y - 58 - k * 6} 30 {y - 58 - k * 6} {57 - k * 3} {y - 30 - k * 9}",
                stroke=grey(74),
                width=3,
                opacity=0.8,
            )
    else:
        _both(
            layers,
            f"M-55 {y - 4}C-66 {y - 88} 66 {y - 88} 55 {y - 4}C48 {y - 36} 30 {y - 52} 0 {y - 54}C-30 {y - 52} -48 {y - 36} -55 {y - 4}Z",
            hair,
        )
        g.path(
            "".join(
                f"M0 {y - 72}C{k * 9} {y - 64} {k * 11} {y - 44} {k * 12 + math.copysign(4, k)} {y - 26}"
                for k in (-4, -3, -2, -1, 1, 2, 3, 4)
            ),
            stroke=grey(70),
            width=2,
            opacity=0.7,
        )
        _both(layers, f"M-22 {y - 70}C-26 {y - 104} 26 {y - 104} 22 {y - 70}Z", hair)
