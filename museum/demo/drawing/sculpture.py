"""Sculpture in stone and gilded wood, and the wooden fish of the temple."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.glyphs import PRINT, sign
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import dragon, frame
from museum.demo.drawing.solid.bodies import Field, Lathe, ball, box, limb, mirrored, tube, union, without
from museum.demo.drawing.solid.clothing import Part, Surface, bump_from, sample
from museum.demo.drawing.texture import blur, clouds
from museum.demo.drawing.vector import Drawing, seeded
from museum.demo.drawing.vessels.kiln import studio


def stone(
    color: tuple[float, float, float],
    rng: np.random.Generator,
    width: int,
    height: int,
    rough: float = 1.0,
    relief: Drawing | None = None,
    place: tuple[float, float, float, float] = (0, 0, 1, 1),
):
    """Weathered stone; ``relief`` is cut into the front between x, y, width, height in units of the object."""
    slow, fine, grit = clouds(height, width, rng, 2.4, 8.0), clouds(height, width, rng, 1.2, 2.0), clouds(height, width, rng, 0.4, 1.5)
    base = np.array(color, np.float32)
    cut = blur(relief.mask(int(relief.width), int(relief.height)), 1.4) if relief else None

    def material(part: Part) -> Surface:
        w = part.normal.shape[1]
        x0 = (width - w) // 2
        rows = slice(part.y0, part.y1)
        s, f, g = slow[rows][:, x0 : x0 + w], fine[rows][:, x0 : x0 + w], grit[rows][:, x0 : x0 + w]
        moss = np.clip(s * 0.6 + part.normal[..., 1] * 0.5 - 0.55, 0, 1)[..., None]
        tone = base * (1 + 0.09 * s + 0.05 * f + 0.035 * g)[..., None]
        tone = tone * (1 - moss * 0.5) + moss * 0.5 * np.array([92, 98, 70], np.float32)
        h = (f * 0.55 + g * 0.30 + s * 0.9) * rough
        if cut is not None:
            u, v = (part.point[..., 0] - place[0]) / place[2] + 0.5, 0.5 - (part.point[..., 1] - place[1]) / place[3]
            inside = ((u > 0) & (u < 1) & (v > 0) & (v < 1) & (part.normal[..., 2] > 0.6)).astype(np.float32)
            depth = sample(cut[..., None], u, v)[..., 0] / 255 * inside
            h = h - depth * 11
            tone = tone * (1 - 0.30 * depth[..., None])
        return Surface(tone, 0.03, 3, 0.0, bump=bump_from(h, 0.16))

    return material


def gilded(rng: np.random.Generator, width: int, height: int, wear: float = 1.0):
    """Gold leaf over red lacquer, rubbed through on the high places."""
    slow, fine = clouds(height, width, rng, 2.2, 6.0), clouds(height, width, rng, 1.1, 2.0)

    def material(part: Part) -> Surface:
        w = part.normal.shape[1]
        x0 = (width - w) // 2
        rows = slice(part.y0, part.y1)
        s, f = slow[rows][:, x0 : x0 + w], fine[rows][:, x0 : x0 + w]
        rubbed = np.clip((s * 0.8 + f * 0.5 - 1.0) * 1.6 * wear, 0, 1)[..., None]
        gold = np.array([198, 146, 58], np.float32) * (1 + 0.10 * s + 0.04 * f)[..., None]
        color = gold * (1 - rubbed) + rubbed * np.array([112, 28, 20], np.float32)
        return Surface(color, 0.5 * (1 - rubbed[..., 0]), 4, 0.16, bump=bump_from(f * 0.5 + s, 0.08), metal=0.7)

    return material


def within(field: Field, centre: tuple[float, float, float], reach: float) -> Field:
    """The same body, asked only near its bounding ball."""

    def bounded(x, y, z):
        away = np.sqrt((x - centre[0]) ** 2 + (y - centre[1]) ** 2 + (z - centre[2]) ** 2) - reach
        out = away + 0.08
        near = away < 0.12
        if near.any():
            out[near] = field(x[near], y[near], z[near])
        return out

    return bounded


def lotus_throne(radius: float, y: float, height: float, petals: int = 12) -> Field:
    """Two rows of petals, the upper one rising and the lower one turned down, around a drum. Every petal is the same one, turned."""
    core = Lathe(
        [
            (0, y),
            (radius * 0.6, y),
            (radius * 0.98, y),
            (radius * 0.98, y),
            (radius, y + height * 0.08),
            (radius * 0.84, y + height * 0.46),
            (radius * 0.84, y + height * 0.54),
            (radius * 0.97, y + height * 0.95),
            (radius * 0.9, y + height),
            (0, y + height),
        ]
    )
    step = 2 * math.pi / petals

    def row(px, py, pz, middle, rise, turn):
        angle = np.arctan2(px, pz) / step + turn
        away = (angle - np.round(angle)) * step
        reach = np.sqrt(px * px + pz * pz)
        along = np.clip((py - middle) * rise / (height * 0.30), -1.2, 1.2)  # -1 at the foot of the petal, 1 at its tip
        half = radius * 0.235 * np.sqrt(np.clip(1 - np.clip(along, 0, 1.2) ** 2 * 0.86, 0.02, 1))
        side, out = reach * np.sin(away) / half, (reach * np.cos(away) - radius * (0.93 + 0.10 * along)) / (radius * 0.13)
        k = np.sqrt(side * side + out * out + (along * 0.96) ** 2)
        return (k - 1) * radius * 0.10

    def field(px, py, pz):
        out = core(px, py, pz)
        near = (out < 0.3) & (py < y + height + 0.3)
        if near.any():
            out = out.copy()
            a, b, c = px[near], py[near], pz[near]
            rows = np.minimum(row(a, b, c, y + height * 0.72, 1, 0.0), row(a, b, c, y + height * 0.27, -1, 0.5))
            out[near] = np.minimum(out[near], rows)
        return out

    return field


def robed(rng: np.random.Generator, width: int, height: int):
    """Gilded, with the folds of a robe that leaves the right shoulder bare: arcs from the left shoulder, and around the knees."""
    gold = gilded(rng, width, height, 0.5)
    sway = clouds(height, width, rng, 2.4, 9.0)

    def material(part: Part) -> Surface:
        surface = gold(part)
        x, y, z = part.point[..., 0], part.point[..., 1], part.point[..., 2]
        w = x.shape[1]
        x0 = (width - w) // 2
        drift = sway[part.y0 : part.y1][:, x0 : x0 + w] * 0.012
        hem = 1.40 + (x - 0.30) * 0.78  # the robe's edge, from the left shoulder to the right hip
        cloth = 1 / (1 + np.exp(np.clip((y - hem) * 90, -30, 30)))
        cloth = np.where(x > 0.31, 1.0, cloth) * (y < 1.44) * (y > 0.40)
        hands = np.exp(-(((x / 0.26) ** 2 + ((y - 0.71) / 0.11) ** 2) ** 2)) * (z > 0.25)
        from_shoulder = np.hypot(x - 0.46, (y - 1.50) * 0.9) + drift
        from_lap = np.hypot(x * 0.62, y - 1.02) + drift
        upper = 1 / (1 + np.exp(np.clip((0.64 - y) * 36, -30, 30)))
        fold = np.sin(from_shoulder * 62) * upper + np.sin(from_lap * 74) * (1 - upper)
        rib = np.clip(fold, -0.35, 1) * (width / 180) * cloth * (1 - hands)
        edge = np.exp(-(((y - hem) / 0.020) ** 2)) * (x < 0.33) * (y > 0.74) * (z > -0.02) * (width / 110)
        bx, by = bump_from(rib + edge, 0.42)
        sx, sy = surface.bump or (0, 0)
        surface.bump = (bx + sx, by + sy)
        surface.color = surface.color * (1 - 0.16 * np.clip(-fold, 0, 1) * cloth * (1 - hands))[..., None]
        return surface

    return material


def buddha(width: int = 4000, height: int = 4600) -> np.ndarray:
    """A seated Buddha in meditation, gilded wood."""
    rng = seeded("buddha")
    throne = lotus_throne(0.66, 0.0, 0.40)
    body = union(
        [
            ball(0, 0.98, 0.0, 0.36, 0.46, 0.25), ball(0, 1.22, -0.01, 0.40, 0.22, 0.23), ball(0, 0.66, 0.05, 0.46, 0.24, 0.32),
            mirrored(union([limb((0.38, 1.26, 0), (0.52, 0.90, 0.10), 0.135, 0.115), limb((0.52, 0.90, 0.10), (0.16, 0.72, 0.36), 0.115, 0.075)], 0.06)),
            mirrored(limb((0.18, 0.56, 0.16), (0.66, 0.52, 0.22), 0.17, 0.15)),
            mirrored(limb((0.64, 0.50, 0.24), (0.06, 0.50, 0.46), 0.14, 0.085)),
            ball(0, 0.70, 0.42, 0.20, 0.055, 0.11), ball(0, 0.745, 0.42, 0.13, 0.04, 0.09),
        ],
        0.12,
    )  # fmt: skip
    head = union(
        [
            ball(0, 1.70, 0.02, 0.215, 0.265, 0.225),
            ball(0, 1.62, 0.08, 0.17, 0.17, 0.16),
            limb((0, 1.30, 0), (0, 1.54, 0.0), 0.14, 0.115),
            ball(0, 1.96, -0.01, 0.115, 0.10, 0.11),
        ],
        0.07,
    )
    face = union(
        [
            ball(0, 1.655, 0.255, 0.030, 0.075, 0.05),
            mirrored(ball(0.09, 1.735, 0.205, 0.062, 0.018, 0.03)),
            ball(0, 1.568, 0.228, 0.055, 0.018, 0.03),
            ball(0, 1.535, 0.215, 0.05, 0.022, 0.03),
        ],
        0.03,
    )
    ears = mirrored(union([ball(0.222, 1.68, 0.0, 0.028, 0.10, 0.05), ball(0.232, 1.57, 0.01, 0.03, 0.065, 0.04)], 0.03))
    curls = curled_hair(rng)
    shape = union([union([body, head], 0.05), face, ears, curls], 0.02)
    return studio(
        union([throne, shape], 0.02),
        width,
        height,
        rng,
        robed(rng, width, height),
        span=2.35,
        centre=1.05,
        tilt=0.08,
        ground=(150, 138, 128),
        bound=1.2,
    )


def curled_hair(rng: np.random.Generator) -> Field:
    """Rows of snail curls: a bumped shell around the skull."""

    def field(x, y, z):
        px, py, pz = x, y - 1.72, z + 0.01
        r = np.sqrt((px / 0.232) ** 2 + (py / 0.272) ** 2 + (pz / 0.242) ** 2)
        out = (r - 1) * 0.232
        top = np.sqrt((x / 0.125) ** 2 + ((y - 1.965) / 0.11) ** 2 + ((z + 0.01) / 0.12) ** 2)
        out = np.minimum(out, (top - 1) * 0.11)
        near = out < 0.06
        if near.any():
            a, b, c = x[near], y[near], z[near]
            bumps = 0.012 * np.cos(np.arctan2(a, c) * 13) * np.cos(b * 88)
            out[near] = out[near] - bumps
        # the face stays free
        free = 0.06 - (y - 1.80) * 0.9 - np.maximum(0, 0.10 - z) * 1.6
        return np.maximum(out * 0.8, np.maximum(free * 0.7, 1.64 - y))

    return field


def temple_lion(width: int = 4200, height: int = 4000) -> np.ndarray:
    """A guardian lion with a ball under its paw, sandstone."""
    rng = seeded("lion")
    plinth = union([box(0, 0.10, 0, 0.78, 0.10, 0.50, 0.03), box(0, 0.26, 0, 0.70, 0.07, 0.43, 0.03)], 0.02)
    torso = union(
        [ball(0.12, 0.80, -0.02, 0.40, 0.44, 0.30), ball(-0.14, 0.98, 0.05, 0.32, 0.36, 0.28), ball(0.36, 0.56, 0, 0.34, 0.26, 0.31)], 0.12
    )
    legs = union(
        [
            limb((-0.24, 0.86, 0.18), (-0.40, 0.42, 0.22), 0.13, 0.10), ball(-0.45, 0.38, 0.24, 0.13, 0.07, 0.10),
            limb((-0.22, 0.86, -0.16), (-0.32, 0.42, -0.20), 0.13, 0.10), ball(-0.40, 0.38, -0.20, 0.12, 0.07, 0.10),
            limb((0.46, 0.56, 0.24), (0.22, 0.42, 0.30), 0.16, 0.10), ball(0.14, 0.38, 0.31, 0.14, 0.06, 0.10),
        ],
        0.05,
    )  # fmt: skip
    head = union(
        [
            ball(-0.30, 1.38, 0.10, 0.31, 0.29, 0.29),
            ball(-0.50, 1.28, 0.18, 0.17, 0.13, 0.19),
            ball(-0.52, 1.40, 0.19, 0.11, 0.06, 0.12),
            ball(-0.62, 1.36, 0.21, 0.05, 0.05, 0.08),
        ],
        0.06,
    )
    details = [
        ball(-0.47, 1.47, 0.30, 0.055, 0.06, 0.05),
        ball(-0.56, 1.46, 0.08, 0.05, 0.06, 0.05),
        ball(-0.20, 1.60, 0.32, 0.09, 0.12, 0.05),
        ball(-0.30, 1.66, -0.10, 0.09, 0.12, 0.05),
    ]
    mane = []
    for row in range(3):
        for k in range(9):
            a = 0.30 + k * 0.52
            r = 0.27 + row * 0.05
            mane.append(
                ball(
                    -0.16 + 0.09 * row + 0.06 * math.sin(a),
                    1.34 - 0.09 * row + r * math.cos(a),
                    0.06 + r * math.sin(a) * (1 if k % 2 else 0.8),
                    0.085,
                    0.085,
                    0.085,
                )
            )
    hair = within(union(mane, 0.03), (-0.1, 1.25, 0.1), 0.62)
    tail = tube([(0.62, 0.52, 0), (0.86, 0.74, 0), (0.82, 1.06, 0), (0.62, 1.20, 0), (0.60, 1.02, 0)], [0.09, 0.10, 0.12, 0.10, 0.06])
    orb = ball(-0.50, 0.44, 0.30, 0.14)
    mouth = ball(-0.62, 1.245, 0.20, 0.10, 0.035, 0.15)
    shape = union([without(union([torso, legs, union([head, *details], 0.03)], 0.08), mouth), hair, tail, orb, plinth], 0.025)
    return studio(shape, width, height, rng, stone((176, 158, 130), rng, width, height, 1.3), span=2.45, centre=0.90, tilt=0.13, bound=1.2)


def stele(width: int = 4000, height: int = 4900) -> np.ndarray:
    """A stele on a tortoise, with its text and a crowned dragon pediment."""
    rng = seeded("stele")
    slab = union(
        [box(0, 1.30, 0, 0.50, 0.80, 0.10, 0.02), without(ball(0, 2.02, 0, 0.56, 0.30, 0.115), box(0, 1.5, 0, 1, 0.42, 1, 0.01))], 0.02
    )
    shell = union([ball(0, 0.26, 0.0, 0.66, 0.30, 0.56), ball(0, 0.14, 0, 0.74, 0.10, 0.64)], 0.03)
    feet = mirrored(union([ball(0.58, 0.08, 0.46, 0.16, 0.10, 0.16), ball(0.60, 0.08, -0.40, 0.16, 0.10, 0.16)], 0.02))
    neck = union(
        [
            limb((0, 0.22, 0.52), (0, 0.36, 0.86), 0.13, 0.12),
            ball(0, 0.40, 0.94, 0.17, 0.14, 0.20),
            mirrored(ball(0.10, 0.46, 1.04, 0.035)),
            ball(0, 0.33, 1.06, 0.14, 0.05, 0.10),
        ],
        0.05,
    )
    base = box(0, 0.0, 0.1, 0.95, 0.04, 0.95, 0.02)
    shape = union([slab, union([shell, feet, neck], 0.05), base], 0.02)
    d = Drawing(2000, 3600)
    frame(d, 40, 620, 1920, 2940, 110, "#fff", 9)
    text = "鏡河堤碑記蓋聞水為利亦為害鏡河之水源自香山東入于海每歲夏秋之交暴漲橫流壞民田廬明命十七年府正黎文江奉命築堤三百餘丈役民不擾而功成民懷其德立石以紀之銘曰河之清矣其流湯湯堤之固矣民用以康嗣德元年秋月吉日立"
    at = 0
    for c in range(8):
        for r in range(12):
            sign(d, text[at % len(text)], 1700 - c * 200, 830 + r * 215, 172, "#fff", PRINT)
            at += 1
    dragon(
        d, np.array([(800, 380), (1000, 230), (1240, 330), (1420, 480), (1640, 420)]), 150, "#8a8a8a", "#fff", "#555", "#a0a0a0", detail=0.6
    )
    for k in range(6):
        curl(d, 260 + k * 300, 540, 70, "none", "#fff", k % 2 == 0)
    material = stone((150, 150, 142), rng, width, height, 0.9, d, (0.0, 1.36, 0.94, 1.72))
    return studio(shape, width, height, rng, material, span=2.3, centre=1.12, tilt=0.14, bound=1.3)


def wooden_fish(width: int = 4200, height: int = 3200) -> np.ndarray:
    """The wooden fish that keeps time in prayer."""
    rng = seeded("wooden fish")
    body = union([ball(0, 0.52, 0, 0.66, 0.50, 0.58), ball(-0.46, 0.60, 0.05, 0.34, 0.34, 0.40)], 0.14)
    slit = union([box(-0.2, 0.34, 0.4, 0.75, 0.025, 0.5, 0.01), ball(0.55, 0.34, 0.25, 0.09)], 0.02)
    tail = tube([(0.56, 0.70, 0), (0.86, 1.00, 0), (0.62, 1.24, 0), (0.20, 1.18, 0), (-0.06, 1.06, 0)], [0.17, 0.14, 0.11, 0.09, 0.07])
    eyes = union([ball(-0.62, 0.76, 0.32, 0.085), ball(-0.70, 0.76, -0.2, 0.085)], 0.01)
    fins = union([ball(0.05, 0.62, 0.56, 0.28, 0.16, 0.06), ball(-0.02, 0.98, 0.14, 0.34, 0.10, 0.07)], 0.03)
    shape = without(union([body, tail, eyes, fins], 0.04), slit)
    cushion = Lathe([(0, 0), (0.4, 0), (0.62, 0), (0.72, 0.05), (0.70, 0.12), (0.55, 0.16), (0, 0.15)])
    slow, fine = clouds(height, width, rng, 1.8, 4.0, stretch=7.0), clouds(height, width, rng, 1.1, 2.0, stretch=5.0)

    def material(part: Part) -> Surface:
        w = part.normal.shape[1]
        x0 = (width - w) // 2
        rows = slice(part.y0, part.y1)
        s, f = slow[rows][:, x0 : x0 + w], fine[rows][:, x0 : x0 + w]
        y = part.point[..., 1]
        cloth = (y < 0.155).astype(np.float32)[..., None]
        x, z = part.point[..., 0], part.point[..., 2]
        ring = (
            np.abs(np.sin(x * 16 + np.sin(y * 17) * 0.9))
            * np.abs(np.sin(y * 17))
            * np.clip((x + 0.30) * 4, 0, 1)
            * np.clip((0.95 - y) * 6, 0, 1)
        )
        grain = np.sin((np.hypot(x - 0.1, z) + y * 0.25) * 60 + s * 0.8)
        wood = np.array([134, 62, 34], np.float32) * (1 + 0.10 * s + 0.05 * f + 0.04 * grain)[..., None] * (0.86 + 0.18 * ring[..., None])
        red = np.array([150, 34, 30], np.float32) * (1 + 0.06 * s + 0.04 * f)[..., None]
        return Surface(
            wood * (1 - cloth) + red * cloth,
            0.18 * (1 - cloth[..., 0]),
            5,
            0.30 * (1 - cloth[..., 0]),
            bump=bump_from(ring * 14 * (1 - cloth[..., 0]) + f * 0.3, 0.12),
        )

    return studio(union([shape, cushion]), width, height, rng, material, span=2.5, centre=0.62, tilt=0.16)
