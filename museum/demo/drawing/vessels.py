"""Vessels in the round: jars, bowls, dishes, ewers and bronze, all from one kiln of distance fields."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.bronze import HIGH, PATINA, heron, warrior
from museum.demo.drawing.bronze import boat as dong_son_boat
from museum.demo.drawing.light import backdrop, finish
from museum.demo.drawing.metal import BRASS
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import dragon, fish, fret, lotus, pearl, phoenix, rosette, waves
from museum.demo.drawing.porcelain import glazed, landscape, lappets, painted, scales, scroll
from museum.demo.drawing.solid import Field, Lathe, Part, Surface, ball, bump_from, clothe, limb, mirrored, sample, see, tube, union
from museum.demo.drawing.texture import blur, clouds, cracks
from museum.demo.drawing.vector import Drawing, seeded

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


def dragon_jar(width: int = 4200, height: int = 4200) -> np.ndarray:
    """A broad jar: a five-clawed dragon chasing the pearl over waves."""
    rng = seeded("dragon jar")
    body = Lathe(JAR)
    d = Drawing(3600, 2900)
    for _ in range(26):
        curl(d, rng.uniform(0, 3600), rng.uniform(700, 1900), rng.uniform(60, 110), "#3c3c3c", "#c8c8c8", bool(rng.random() < 0.5))
    line = np.array([(1250, 900), (1700, 760), (2050, 1080), (2500, 1180), (2900, 860), (3250, 1100), (3500, 1500), (3000, 1700)])
    dragon(d, line, 300, "#7a7a7a", "#f4f4f4", "#3a3a3a", "#a8a8a8")
    pearl(d, 760, 1000, 90, "#6a6a6a", "#f0f0f0", "#b0b0b0")
    phoenix_tail = np.array([(60, 1500), (340, 1300), (640, 1560), (880, 1780)])
    dragon(d, phoenix_tail, 120, "#7a7a7a", "#f4f4f4", "#3a3a3a", "#a8a8a8", detail=0.5)
    waves(d, 0, 2020, 3600, 260, 260, ["#787878", "#2a2a2a", "#8a8a8a", "#303030"], "#e8e8e8")
    d.rect(0, 2440, 3600, 500, "#000")
    lappets(d, 0, 2860, 3600, 380, 15)
    d.rect(0, 0, 3600, 560, "#000")
    lappets(d, 0, 110, 3600, 300, 18, up=False)
    fret(d, 0, 480, 3600, 90, "#c8c8c8", 12)
    lines(d, [0.02, 0.155, 0.205, 0.84, 0.853])
    return studio(body, width, height, rng, wrapped(body, d, rng, 0.03, 1.74), span=2.15, centre=0.84, extra=body.arc)


def peony_bottle(width: int = 4000, height: int = 4700) -> np.ndarray:
    """A pear-shaped bottle with peony scrolls."""
    rng = seeded("bottle")
    body = Lathe(BOTTLE)
    d = Drawing(3200, 3800)
    lappets(d, 0, 3760, 3200, 360, 13)
    scroll(d, 0, 2930, 3200, 900, 4, rng)
    d.rect(0, 2080, 3200, 240, "#2c2c2c")
    scales(d, 0, 2090, 3200, 220, 64)
    scroll(d, 0, 1720, 3200, 420, 6, rng)
    lappets(d, 0, 160, 3200, 900, 9, up=False)
    lines(d, [0.02, 0.035, 0.30, 0.39, 0.54, 0.55, 0.61, 0.62, 0.90])
    return studio(body, width, height, rng, wrapped(body, d, rng, 0.04, 2.17), span=2.05, centre=1.04, extra=body.arc)


def fish_bowl(width: int = 4200, height: int = 3000, seed: str = "bowl one", flip: bool = False) -> np.ndarray:
    """A bowl with carp among water-weeds, one of a pair."""
    rng = seeded(seed)
    body = Lathe(BOWL)
    d = Drawing(3600, 2600)
    # the texture runs from the foot over the lip to the middle of the inside; the outer wall is its lower 52 %
    for k, x in enumerate((700, 1800, 2900)):
        fish(d, x, 1760 + 30 * (k % 2), 230, -8 + 10 * (k % 2), "#6c6c6c", "#f0f0f0", "#a8a8a8", flip ^ (k % 2 == 1))
    for _ in range(60):
        x = rng.uniform(0, 3600)
        d.path(
            f"M{x:.0f} 2110q{rng.normal() * 60:.0f} -220 {rng.normal() * 90:.0f} {-rng.uniform(160, 520):.0f}",
            stroke="#8c8c8c",
            width=rng.uniform(6, 16),
        )
    for x in (260, 1260, 2340, 3360):
        lotus(d, x, 1560, 110, "#6a6a6a", "#f0f0f0", "#a0a0a0")
        d.path(f"M{x} 1570C{x + 30} 1800 {x - 40} 1950 {x} 2110", stroke="#b0b0b0", width=11)
    fret(d, 0, 1320, 3600, 80, "#c0c0c0", 11)
    for y in (1300, 1410, 2120, 2150, 1060, 420):
        d.path(f"M0 {y}H3600", stroke="#d0d0d0", width=9)
    for k in range(12):
        curl(d, k * 320, 740, 110, "#4c4c4c", "#d8d8d8", k % 2 == 0)
    material = glazed(painted(d, 3600, 2600, rng), 0.0, 1.0)
    return studio(body, width, height, rng, material, span=2.6, centre=0.44, tilt=0.42, extra=body.arc, horizon=0.5)


def dish(width: int = 4200, seed: str = "carp dish", kind: str = "carp") -> np.ndarray:
    """A large dish seen from above."""
    rng = seeded(seed)
    body = Lathe(DISH)
    size = 3300
    d = Drawing(2000, 2000)
    c = 1000
    if kind == "carp":
        for k in range(9):
            d.ellipse(c, c, 440 - k * 46, 300 - k * 30, "none", "#5a5a5a", 3)
        fish(d, c - 10, c - 70, 210, -24, "#707070", "#f4f4f4", "#a8a8a8")
        fish(d, c + 60, c + 190, 150, 158, "#707070", "#f4f4f4", "#a8a8a8", True)
        for k in range(30):
            a = 2 * math.pi * k / 30
            d.path(
                f"M{c + 455 * math.cos(a):.0f} {c + 455 * math.sin(a):.0f}q{-60 * math.cos(a + 0.7):.0f} {-60 * math.sin(a + 0.7):.0f} {-110 * math.cos(a):.0f} {-110 * math.sin(a):.0f}",
                stroke="#909090",
                width=9,
            )
    else:
        phoenix(d, c + 190, c - 40, 74, "#8a8a8a", "#f4f4f4", "#585858", "#b0b0b0")
        for k in range(7):
            curl(d, c + 330 * math.cos(k * 0.9), c + 330 * math.sin(k * 0.9), 54, "#3c3c3c", "#c0c0c0", k % 2 == 0)
    for r, width_ in ((480, 9), (498, 5), (690, 6), (706, 6), (985, 14), (962, 5)):
        d.circle(c, c, r, "none", "#d8d8d8", width_)
    for k in range(8):
        with d.group(f"rotate({45 * k} {c} {c})"):
            rosette(d, c, c - 592, 74, 9, "#707070", "#f0f0f0", "#d0d0d0")
            d.path(f"M{c + 90} {c - 590}q60 -50 110 -10t60 60", stroke="#c0c0c0", width=9)
            d.path(
                f"M{c + 130} {c - 640}q40 -40 70 10q-40 20 -70 -10M{c + 160} {c - 560}q50 -20 70 30q-50 10 -70 -30", "#787878", "#e0e0e0", 4
            )
    for k in range(48):
        with d.group(f"rotate({7.5 * k} {c} {c})"):
            d.path(
                f"M{c - 54} {c - 720}C{c - 54} {c - 830} {c - 20} {c - 900} {c} {c - 945}C{c + 20} {c - 900} {c + 54} {c - 830} {c + 54} {c - 720}Z",
                "#4c4c4c" if k % 2 else "none",
                "#d0d0d0",
                6,
            )
            d.circle(c, c - 800, 18, "#b0b0b0")
    texture = painted(d, size, size, rng)

    def material(part: Part) -> Surface:
        u, v = part.point[..., 0] / 2.24 + 0.5, part.point[..., 2] / 2.24 + 0.5
        return Surface(sample(texture, u, v), 0.10, 7, 0.9)

    return studio(body, width, int(width * 0.92), rng, material, span=2.62, centre=0.1, tilt=1.36, extra=body.arc, horizon=None, bound=1.3)


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


def cast(
    body: Lathe,
    d: Drawing,
    lo: float,
    hi: float,
    rng: np.random.Generator,
    table: np.ndarray,
    width: int,
    height: int,
    rise: float = 7.0,
    green: float = 1.0,
):
    """A bronze wall with ornament in relief."""
    drawn = blur(d.mask(int(d.width), int(d.height)), 1.6)
    slow, fine = clouds(height, width, rng, 2.3, 7.0), clouds(height, width, rng, 1.1, 2.0)
    a, b = body.arc_at(lo), body.arc_at(hi)

    def material(part: Part) -> Surface:
        w = part.normal.shape[1]
        x0 = (width - w) // 2
        s, f = slow[part.y0 : part.y1][:, x0 : x0 + w], fine[part.y0 : part.y1][:, x0 : x0 + w]
        h = sample(drawn[..., None], part.turn() / 0.54 + 0.5, 1 - (part.extra - a) / (b - a))[..., 0] / 255
        tone = 0.40 + h * 0.34 + s * 0.09 * green + f * 0.04 - np.clip(s - 1, 0, 1) * 0.14
        color = table[np.clip(tone * 255, 0, 255).astype(np.uint8)]
        return Surface(color, 0.55 * np.clip(tone, 0, 1), 4, 0.10, bump=bump_from(h * rise + f * 0.30 + s * 0.6, 0.30), metal=0.6)

    return material


def situla(width: int = 4000, height: int = 4300) -> np.ndarray:
    """A bronze situla with boats, warriors and herons between bands of circles."""
    rng = seeded("situla")
    body = Lathe(SITULA)
    d = Drawing(2800, 3400, "#303030")
    d.symbol("heron", heron())
    d.symbol("boat", dong_son_boat())
    for k in range(3):
        d.symbol(f"w{k}", warrior(k))
    for k in range(7):
        d.use("boat", 200 + k * 400, 2050, 1.5)
        d.use("heron", 200 + k * 400 + 180, 1760, 0.9)
    for k in range(20):
        d.use(f"w{k % 3}", 70 + k * 140, 2780, 2.0)
    for k in range(12):
        d.use("heron", 120 + k * 230, 1020, 1.4)
    for y in (260, 900, 1180, 1500, 2250, 2420, 2860, 3010):
        for x in range(0, 2800, 70):
            d.circle(x + 35, y + 50, 26, "none", HIGH, 7)
            d.circle(x + 35, y + 50, 9, HIGH)
            d.path(f"M{x + 35} {y + 76}L{x + 105} {y + 24}", stroke=HIGH, width=5)
        for q in (8, 92):
            d.path(f"M0 {y + q}H2800", stroke=HIGH, width=9)
        d.path("".join(f"M{x} {y + 110}v60" for x in range(0, 2800, 22)), stroke="#a0a0a0", width=9)
    ears = mirrored(tube([(0.60, 1.32, 0), (0.80, 1.36, 0), (0.80, 1.16, 0), (0.62, 1.10, 0)], [0.045, 0.04, 0.04, 0.045]))
    return studio(
        union([body, ears], 0.03),
        width,
        height,
        rng,
        cast(body, d, 0.03, 1.8, rng, PATINA, width, height),
        span=2.1,
        centre=0.88,
        extra=body.arc,
    )


def bell(width: int = 4000, height: int = 4400) -> np.ndarray:
    """A temple bell with a dragon loop, panels, bosses and an inscription."""
    from museum.demo.drawing.glyphs import PRINT, sign

    rng = seeded("bell")
    body = Lathe(BELL)
    d = Drawing(2600, 3000, "#404040")
    for x in (0, 650, 1300, 1950, 2600):
        for q in (-26, 0, 26):
            d.path(f"M{x + q} 700V2450", stroke=HIGH, width=10)
    for y in (700, 760, 1500, 1560, 1620, 2450, 2500):
        d.path(f"M0 {y}H2600", stroke=HIGH, width=12)
    text = "鏡河香山寺洪鐘銘鐘聲一響萬籟皆空河水東流佛日長明永鎮山門國泰民安"
    for panel in range(4):
        for k in range(12):
            c, r = k // 4, k % 4
            sign(d, text[(panel * 12 + k) % len(text)], panel * 650 + 500 - c * 175, 860 + r * 165, 130, HIGH, PRINT)
    for k in range(13):
        x = 100 + k * 200
        d.circle(x, 2330, 70, "#ffffff")
        rosette(d, x, 2330, 90, 10, "none", HIGH, HIGH)
    for k in range(8):
        lotus(d, 160 + k * 325, 2860, 120, "#909090", "#303030", "#d0d0d0")
    dragon(
        d,
        np.array([(500, 1980), (800, 1800), (1080, 2080), (1380, 1860), (1700, 2060), (2000, 1880)]),
        150,
        "#b0b0b0",
        "#303030",
        "#d8d8d8",
        "#a0a0a0",
    )
    loop = tube(
        [(-0.26, 1.52, 0), (-0.30, 1.76, 0), (-0.12, 1.94, 0), (0.12, 1.94, 0), (0.30, 1.76, 0), (0.26, 1.52, 0)],
        [0.085, 0.08, 0.075, 0.075, 0.08, 0.085],
    )
    heads = mirrored(
        union(
            [
                ball(0.36, 1.60, 0.06, 0.11, 0.09, 0.10),
                ball(0.46, 1.56, 0.08, 0.07, 0.05, 0.06),
                limb((0.33, 1.68, 0), (0.24, 1.82, -0.05), 0.03, 0.012),
            ],
            0.05,
        )
    )
    return studio(
        union([body, loop, heads], 0.05),
        width,
        height,
        rng,
        cast(body, d, 0.02, 1.55, rng, BRASS, width, height, 11, 0.8),
        span=2.15,
        centre=1.0,
        extra=body.arc,
    )


def censer(width: int = 4200, height: int = 4000) -> np.ndarray:
    """A tripod censer with handles."""
    rng = seeded("censer")
    body = Lathe(CENSER)
    d = Drawing(2600, 2000, "#383838")
    fret(d, 0, 420, 2600, 120, HIGH, 18)
    for k in range(6):
        x = 220 + k * 430
        rosette(d, x, 980, 150, 9, "#a0a0a0", "#303030", "#e0e0e0")
        curl(d, x + 210, 980, 70, "#888", HIGH)
    for y in (380, 570, 1250, 1300):
        d.path(f"M0 {y}H2600", stroke=HIGH, width=12)
    legs = [
        limb((r * math.cos(a), 0.62, r * math.sin(a)), (r * 1.22 * math.cos(a), 0.02, r * 1.22 * math.sin(a)), 0.17, 0.075)
        for r, a in ((0.42, 0.5), (0.42, 2.64), (0.40, -1.57))
    ]
    knees = [ball(0.44 * math.cos(a), 0.56, 0.44 * math.sin(a), 0.18, 0.16, 0.17) for a in (0.5, 2.64)]
    ears = mirrored(
        tube([(0.52, 1.30, 0), (0.66, 1.56, 0), (0.60, 1.78, 0), (0.48, 1.78, 0), (0.50, 1.56, 0)], [0.055, 0.055, 0.05, 0.05, 0.045])
    )
    return studio(
        union([body, *legs, *knees, ears], 0.07),
        width,
        height,
        rng,
        cast(body, d, 0.5, 1.36, rng, BRASS, width, height, 10, 0.6),
        span=2.15,
        centre=0.90,
        tilt=0.2,
        extra=body.arc,
    )


def barrel_drum(width: int = 4200, height: int = 3700) -> np.ndarray:
    """A red lacquer drum with a painted dragon and rows of nails."""
    rng = seeded("barrel drum")
    body = Lathe(
        [
            (0, 0.0),
            (0.4, 0.0),
            (0.60, 0.0),
            (0.60, 0.0),
            (0.63, 0.02),
            (0.74, 0.35),
            (0.79, 0.70),
            (0.74, 1.05),
            (0.63, 1.38),
            (0.60, 1.40),
            (0.60, 1.40),
            (0.4, 1.41),
            (0, 1.415),
        ]
    )
    w, h = 3200, 2200
    d = Drawing(w, h, "#8f1e1a")
    for _k in range(22):
        curl(d, rng.uniform(0, w), rng.uniform(400, 1800), rng.uniform(60, 100), "#a83a20", "#e0b050", bool(rng.random() < 0.5))
    dragon(
        d,
        np.array([(900, 900), (1300, 760), (1600, 1150), (2000, 1300), (2350, 950), (2700, 1100), (2850, 1450), (2450, 1560)]),
        230,
        "#e6b850",
        "#4a0f0c",
        "#f8e0a0",
        "#5f9a80",
    )
    pearl(d, 560, 980, 80, "#f8e0a0", "#4a0f0c", "#e8793c")
    for y0 in (0, h - 300):
        d.rect(0, y0, w, 300, "#d8c09a")
        for x in range(0, w, 84):
            for q in (0.36, 0.66):
                d.circle(x + (42 if q > 0.5 else 0), y0 + 300 * (q if y0 else 1 - q), 26, "#c9963a", "#5a3a14", 5)
                d.circle(x + (34 if q > 0.5 else -8), y0 + 300 * (q if y0 else 1 - q) - 8, 8, "#fff0c0")
    texture = d.raster(w, h)
    lo, hi = body.arc_at(0.02), body.arc_at(1.38)
    slow, fine = clouds(height, width, rng, 2.3, 7.0), clouds(height, width, rng, 1.1, 2.0)

    def material(part: Part) -> Surface:
        n = part.normal.shape[1]
        x0 = (width - n) // 2
        s, f = slow[part.y0 : part.y1][:, x0 : x0 + n], fine[part.y0 : part.y1][:, x0 : x0 + n]
        color = sample(texture, part.turn() / 0.54 + 0.5, 1 - (part.extra - lo) / (hi - lo))
        top = np.clip((part.extra - hi) * 60, 0, 1)[..., None]
        r = np.hypot(part.point[..., 0], part.point[..., 2])
        skin = np.array([206, 178, 132], np.float32) * (1 + 0.06 * s - 0.10 * np.exp(-((r / 0.2) ** 2)) + 0.02 * f)[..., None]
        color = color * (1 - top) + skin * top
        color = color * (1 + 0.06 * s + 0.03 * f)[..., None]
        return Surface(color, 0.12 * (1 - top[..., 0]), 6, 0.35 * (1 - top[..., 0]), bump=bump_from(f, 0.02))

    return studio(body, width, height, rng, material, span=2.25, centre=0.72, tilt=0.3, extra=body.arc, horizon=0.6)
