"""Ornaments shared by many objects: dragon, phoenix, clouds, waves, lotus, fret, border."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.vector import Drawing, points, ribbon, smooth


def dense(line: np.ndarray, count: int) -> np.ndarray:
    """``count`` points evenly along a Catmull-Rom curve."""
    from museum.demo.drawing.solid.bodies import spline

    fine = spline(np.asarray(line, float), 24)
    lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(fine, axis=0).T))])
    at = np.linspace(0, lengths[-1], count)
    return np.stack([np.interp(at, lengths, fine[:, 0]), np.interp(at, lengths, fine[:, 1])], 1)


def dragon(
    d: Drawing, line: np.ndarray, thick: float, fill: str, ink: str, belly: str, fire: str, claws: int = 5, detail: float = 1.0
) -> None:
    """A dragon along ``line`` from the neck to the tail; ``thick`` its girth; ``fill`` body, ``ink`` lines, ``fire`` mane and flames."""
    count = max(60, int(150 * detail))
    p = dense(line, count)
    t = np.linspace(0, 1, count)
    girth = thick * (0.62 + 0.5 * np.sin(np.pi * np.clip(t * 1.1, 0, 1))) * np.clip((1 - t) * 3.2, 0.05, 1)
    along = np.gradient(p, axis=0)
    along /= np.hypot(along[:, 0], along[:, 1])[:, None]
    normal = np.stack([-along[:, 1], along[:, 0]], 1)
    for at in (0.16, 0.34, 0.60, 0.76):
        leg(
            d,
            p[int(at * count)],
            normal[int(at * count)] * (1 if int(at * 100) % 4 else -1),
            along[int(at * count)],
            thick * (1.05 if at < 0.5 else 0.85),
            fill,
            ink,
            fire,
            claws,
        )
    for k in range(2, count - 3, 2):
        base = p[k] - normal[k] * girth[k] * 0.47
        tip = base - normal[k] * girth[k] * 0.42 + along[k] * girth[k] * 0.26
        d.path(
            points([p[k - 1] - normal[k - 1] * girth[k - 1] * 0.4, tip, p[k + 1] - normal[k + 1] * girth[k + 1] * 0.4], True),
            fire,
            ink,
            thick * 0.018,
        )
    d.path(ribbon(p, girth), fill, ink, thick * 0.035)
    inner = p + normal * girth[:, None] * 0.34
    d.path(ribbon(inner, girth * 0.30), belly, ink, thick * 0.015)
    bars = []
    for k in range(2, count, 1):
        a, b = p[k] + normal[k] * girth[k] * 0.48, p[k] + normal[k] * girth[k] * 0.20
        bars.append(f"M{a[0]:.1f} {a[1]:.1f}L{b[0]:.1f} {b[1]:.1f}")
    d.path("".join(bars), stroke=ink, width=thick * 0.016)
    arcs = []
    rows = 4
    for k in range(3, count - 8):
        for r in range(rows):
            q = -0.40 + 0.56 * (r + (k % 2) * 0.5) / rows
            s = girth[k] * 0.085
            c = p[k] + normal[k] * girth[k] * q
            a, b = c - normal[k] * s, c + normal[k] * s
            m = c + along[k] * s * 2.0
            arcs.append(f"M{a[0]:.1f} {a[1]:.1f}Q{m[0]:.1f} {m[1]:.1f} {b[0]:.1f} {b[1]:.1f}")
    d.path("".join(arcs), stroke=ink, width=thick * 0.02)
    tail = p[-1]
    angle = math.atan2(along[-1, 1], along[-1, 0])
    for k in range(-3, 4):
        flame(d, tail[0], tail[1], thick * 0.9, math.degrees(angle) + k * 17, fire, ink)
    head(d, p[0], -along[0], thick * 1.25, fill, ink, belly, fire)


def flame(d: Drawing, x: float, y: float, size: float, turn: float, fill: str, ink: str) -> None:
    with d.group(f"translate({x:.1f} {y:.1f}) rotate({turn:.1f}) scale({size / 100:.3f})"):
        d.path("M0 -8C30 -20 40 10 66 -6C78 -14 92 -14 108 -26C100 -4 90 6 76 8C50 14 36 12 0 9Z", fill, ink, 2.4)


def leg(d: Drawing, at: np.ndarray, out: np.ndarray, along: np.ndarray, size: float, fill: str, ink: str, fire: str, claws: int) -> None:
    knee = at + out * size * 0.95 + along * size * 0.35
    foot = knee + out * size * 0.55 - along * size * 0.75
    d.path(
        ribbon(
            np.array([at, (at + knee) / 2 + along * size * 0.1, knee, (knee + foot) / 2, foot]),
            np.array([0.62, 0.5, 0.34, 0.28, 0.26]) * size,
        ),
        fill,
        ink,
        size * 0.03,
    )
    flame(d, knee[0], knee[1], size * 0.8, math.degrees(math.atan2(along[1], along[0])), fire, ink)
    angle = math.atan2(foot[1] - knee[1], foot[0] - knee[0])
    for k in range(claws):
        a = angle + (k - (claws - 1) / 2) * 0.62
        tip = foot + size * 0.42 * np.array([math.cos(a), math.sin(a)])
        bend = foot + size * 0.30 * np.array([math.cos(a + 0.35), math.sin(a + 0.35)])
        d.path(ribbon(np.array([foot, bend, tip]), np.array([0.16, 0.11, 0.015]) * size), fill, ink, size * 0.018)


def head(d: Drawing, at: np.ndarray, facing: np.ndarray, size: float, fill: str, ink: str, belly: str, fire: str) -> None:
    """In profile, looking along ``facing``; 100 units high."""
    turn = math.degrees(math.atan2(facing[1], facing[0]))
    flip = -1 if abs(turn) > 90 else 1
    with d.group(f"translate({at[0]:.1f} {at[1]:.1f}) rotate({turn:.1f}) scale({size / 100:.3f} {flip * size / 100:.3f})"):
        for k in range(9):
            a = 130 + k * 13
            flame(d, 8 + 20 * math.cos(math.radians(a)), 26 * math.sin(math.radians(a)), 62 + 14 * (k % 2), a, fire, ink)
        d.path("M20 -34C6 -60 -16 -74 -48 -84C-30 -62 -22 -50 -6 -32ZM34 -40C26 -66 12 -86 -14 -104C-2 -76 8 -60 18 -38Z", belly, ink, 2.4)
        d.path(
            "M-22 -22C-8 -44 26 -48 48 -38C62 -46 84 -44 92 -34C104 -38 116 -28 110 -16C96 -6 74 -6 58 -4C74 2 92 4 102 10C96 26 66 26 44 22C20 30 -10 32 -26 22Z",
            fill,
            ink,
            3.2,
        )
        d.path("M58 -4C40 -2 30 6 30 14C48 18 70 16 84 10C70 8 60 2 58 -4Z", fire, ink, 2)
        teeth = "".join(f"M{60 + k * 8} -4l3 8l3 -8" for k in range(6)) + "".join(f"M{50 + k * 7} 18l2.6 -6l2.6 6" for k in range(5))
        d.path(teeth, belly, ink, 1)
        d.ellipse(38, -26, 9, 8, belly, ink, 2.6)
        d.circle(41, -26, 4.2, ink)
        d.path("M24 -38C34 -46 48 -44 54 -34", stroke=ink, width=5)
        d.circle(100, -26, 4, ink)
        d.path("M96 -30C88 -36 82 -30 84 -24", stroke=ink, width=2.4)
        d.path("M104 -22C140 -30 150 -60 184 -52M98 -14C136 -10 142 20 176 22", stroke=ink, width=3)
        for k in range(5):
            d.path(f"M{30 - k * 9} 24q{-6} 26 {-26 - k * 2} {34 - k * 4}q16 -2 {30} -24", fire, ink, 1.6)
        d.path("M-10 -20C2 -30 14 -30 20 -22M-16 -6C0 -14 14 -12 22 -4M-16 10C-2 4 14 6 24 12", stroke=ink, width=2.4)


def pearl(d: Drawing, x: float, y: float, size: float, fill: str, ink: str, fire: str) -> None:
    for k in range(9):
        flame(d, x, y, size * 1.9, -90 + (k - 4) * 24, fire, ink)
    d.circle(x, y, size, fill, ink, size * 0.09)
    spiral = [(x + size * 0.7 * (1 - t) * math.cos(t * 9), y + size * 0.7 * (1 - t) * math.sin(t * 9)) for t in np.linspace(0, 0.95, 20)]
    d.path(smooth(spiral), stroke=ink, width=size * 0.09)


def cloud(d: Drawing, x: float, y: float, size: float, fill: str, ink: str, flip: bool = False, opacity: float = 1) -> None:
    """A curled cloud with a tail."""
    s = -size / 100 if flip else size / 100
    with d.group(f"translate({x:.1f} {y:.1f}) scale({s:.3f} {size / 100:.3f})"):
        d.path(
            "M-90 26C-60 30 -52 20 -44 6C-40 -26 4 -34 16 -8C40 -26 74 -2 56 24C84 24 104 34 130 18C112 44 60 40 30 38C0 46 -50 44 -90 26Z",
            fill,
            ink,
            4,
            opacity,
        )
        for cx, cy, r, turn in ((-18, 6, 20, 0), (34, 14, 18, 1)):
            spiral = [
                (cx + r * (1 - t * 0.9) * math.cos(t * 8 + 2.6 + turn), cy + r * (1 - t * 0.9) * math.sin(t * 8 + 2.6 + turn))
                for t in np.linspace(0, 1, 18)
            ]
            d.path(smooth(spiral), stroke=ink, width=4)


def waves(d: Drawing, x: float, y: float, w: float, h: float, size: float, tones: list[str], ink: str) -> None:
    """Rows of concentric waves, the lower over the upper."""
    row = 0
    at = y
    while at < y + h + size:
        column = 0
        px = x - (size / 2 if row % 2 else 0)
        while px < x + w + size:
            for k, q in enumerate((1, 0.76, 0.52, 0.28)):
                d.circle(px, at, size / 2 * q, tones[k % len(tones)], ink, size * 0.03)
            px += size
            column += 1
        at += size * 0.26
        row += 1


def surf(d: Drawing, x: float, y: float, w: float, size: float, fill: str, ink: str, rng: np.random.Generator) -> None:
    """Breaking waves: a row of curling crests."""
    px = x
    while px < x + w:
        s = size * rng.uniform(0.8, 1.25)
        with d.group(f"translate({px:.0f} {y:.0f}) scale({s / 100:.3f})"):
            d.path("M-80 60C-60 0 -20 -50 30 -46C64 -42 72 -8 50 4C34 12 20 0 28 -12C2 -12 6 34 60 60Z", fill, ink, 4)
            for k in range(5):
                d.path(
                    f"M{-70 + k * 15} 60C{-50 + k * 14} {8 + k * 4} {-14 + k * 8} {-34 + k * 8} {24 + k * 2} {-32 + k * 6}",
                    stroke=ink,
                    width=2.2,
                )
            for k in range(6):
                d.circle(40 + 16 * math.cos(k), -54 - 9 * k + 6 * math.sin(3 * k), 4.5 - k * 0.5, fill, ink, 1.6)
        px += s * 0.82


def rocks(d: Drawing, x: float, y: float, size: float, tones: list[str], ink: str) -> None:
    """The mountain rising from the waves under a dragon."""
    for k, (dx, h) in enumerate(((-0.6, 0.7), (0.6, 0.7), (0, 1.15))):
        cx = x + dx * size
        d.path(
            points(
                [
                    (cx - size * 0.5, y),
                    (cx - size * 0.32, y - h * size * 0.7),
                    (cx - size * 0.1, y - h * size),
                    (cx + size * 0.12, y - h * size * 0.96),
                    (cx + size * 0.34, y - h * size * 0.62),
                    (cx + size * 0.5, y),
                ],
                True,
            ),
            tones[k % len(tones)],
            ink,
            size * 0.03,
        )
        for q in (0.25, 0.5, 0.75):
            d.path(
                points(
                    [
                        (cx - size * 0.3 * q, y),
                        (cx - size * 0.2 * q, y - h * size * 0.66 * q),
                        (cx + size * 0.02, y - h * size * q * 0.98),
                        (cx + size * 0.22 * q, y - h * size * 0.6 * q),
                        (cx + size * 0.34 * q, y),
                    ]
                ),
                stroke=ink,
                width=size * 0.022,
            )


def lotus(d: Drawing, x: float, y: float, r: float, fill: str, ink: str, heart: str) -> None:
    """A lotus flower from the side."""
    for angle in (-72, 72, -50, 50, -27, 27, 0):
        with d.group(f"translate({x:.1f} {y:.1f}) rotate({angle}) scale({r / 100:.3f})"):
            d.path("M0 10C-34 -10 -34 -60 0 -104C34 -60 34 -10 0 10Z", fill, ink, 4)
            d.path("M0 0L0 -88M-8 -6C-16 -30 -14 -56 -4 -80M8 -6C16 -30 14 -56 4 -80", stroke=ink, width=1.6)
    d.path(f"M{x - r * 0.3:.0f} {y:.0f}a{r * 0.3:.0f} {r * 0.2:.0f} 0 0 0 {r * 0.6:.0f} 0Z", heart, ink, r * 0.03)


def rosette(d: Drawing, x: float, y: float, r: float, petals: int, fill: str, ink: str, heart: str) -> None:
    """A flower from above in three rings."""
    for q, off in ((1.0, 0), (0.72, 0.5), (0.44, 0)):
        for k in range(petals):
            a = 360 * (k + off) / petals
            with d.group(f"translate({x:.1f} {y:.1f}) rotate({a:.1f}) scale({r * q / 100:.3f})"):
                d.path("M0 -18C-40 -40 -34 -84 0 -100C34 -84 40 -40 0 -18Z", fill, ink, 4 / q)
                d.path("M0 -30L0 -78M-6 -34L-14 -66M6 -34L14 -66", stroke=ink, width=2 / q)
    d.circle(x, y, r * 0.2, heart, ink, r * 0.03)


def phoenix(d: Drawing, x: float, y: float, size: float, fill: str, ink: str, second: str, fire: str, flip: bool = False) -> None:
    """Flying to the right with five tail plumes; about 6 × size long."""
    with d.group(f"translate({x:.1f} {y:.1f}) scale({-size / 100 if flip else size / 100:.3f} {size / 100:.3f})"):
        for k in range(5):
            a = 0.28 * (k - 2)
            line = np.array([(-60, 10), (-160, 20 + 60 * a), (-260, -10 + 240 * a), (-370, 40 + 330 * a), (-450, -10 + 420 * a)])
            p = dense(line, 30)
            d.path(ribbon(p, np.concatenate([np.linspace(14, 44, 22), np.linspace(44, 6, 8)])), second if k % 2 else fill, ink, 2.4)
            d.path(smooth(p), stroke=ink, width=2)
            for j in range(3, 29, 2):
                n = np.array([-(p[j + 1] - p[j - 1])[1], (p[j + 1] - p[j - 1])[0]])
                n = n / np.hypot(*n)
                for s in (-1, 1):
                    q = p[j] + n * s * 17 - (p[j + 1] - p[j - 1]) * -0.6
                    d.path(points([p[j], q]), stroke=ink, width=1.3)
            eye = p[25]
            d.circle(eye[0], eye[1], 13, fire, ink, 2)
            d.circle(eye[0], eye[1], 5, ink)
        for wing, sign in (((-10, -14), -1), ((0, 14), 1)):
            for k in range(11):
                a = math.radians((-105 if sign < 0 else 62) - k * 6.5 * (1 if sign < 0 else -1))
                length = 150 - k * 4.5
                tip = (wing[0] + length * math.cos(a) - 20, wing[1] + length * math.sin(a))
                base = (wing[0] - k * 5 + 20, wing[1])
                mid = ((tip[0] + base[0]) / 2 - 8, (tip[1] + base[1]) / 2 + sign * 8)
                d.path(ribbon(np.array([base, mid, tip]), np.array([8, 20, 5])), fill if k % 2 else second, ink, 2)
        d.path(
            "M-80 14C-50 -26 10 -34 46 -18C60 -46 72 -66 96 -66C112 -66 118 -54 112 -46L136 -40L112 -36C100 -28 92 0 70 22C30 46 -50 40 -80 14Z",
            fill,
            ink,
            3,
        )
        for r in range(5):
            for c in range(9):
                d.path(f"M{-58 + c * 14 + (r % 2) * 7} {-8 + r * 9 - abs(c - 5)}q7 8 14 0", stroke=ink, width=1.6)
        for k in range(4):
            flame(d, 92, -66, 40, -150 + k * 22, fire, ink)
        d.circle(100, -52, 4, ink)
        d.path("M104 -36q-2 16 -12 20q-2 -10 4 -20Z", fire, ink, 1.6)


def fret(d: Drawing, x: float, y: float, w: float, size: float, ink: str, width: float, vertical: bool = False) -> None:
    """A key-pattern border, drawn to the right (or down)."""
    count = max(1, round(w / size))
    step = w / count
    parts = []
    for k in range(count):
        o = k * step
        run = [
            (0, size),
            (0, 0),
            (step * 0.8, 0),
            (step * 0.8, size * 0.75),
            (step * 0.28, size * 0.75),
            (step * 0.28, size * 0.35),
            (step * 0.55, size * 0.35),
        ]
        pts = [(x + (b if vertical else a + o), y + (a + o if vertical else b)) for a, b in run]
        parts.append(points(pts))
    d.path("".join(parts), stroke=ink, width=width)


def frame(d: Drawing, x: float, y: float, w: float, h: float, size: float, ink: str, width: float) -> None:
    """A key-pattern frame between two lines."""
    fret(d, x + size * 1.3, y + size * 0.1, w - size * 2.6, size * 0.8, ink, width)
    fret(d, x + size * 1.3, y + h - size * 0.9, w - size * 2.6, size * 0.8, ink, width)
    fret(d, x + size * 0.1, y + size * 1.3, h - size * 2.6, size * 0.8, ink, width, vertical=True)
    fret(d, x + w - size * 0.9, y + size * 1.3, h - size * 2.6, size * 0.8, ink, width, vertical=True)
    for px, py in ((x, y), (x + w - size, y), (x, y + h - size), (x + w - size, y + h - size)):
        d.rect(px + size * 0.1, py + size * 0.1, size * 0.8, size * 0.8, "none", ink, width)
        d.circle(px + size / 2, py + size / 2, size * 0.22, ink)
    d.rect(x - size * 0.15, y - size * 0.15, w + size * 0.3, h + size * 0.3, "none", ink, width * 1.5)
    d.rect(x + size * 1.1, y + size * 1.1, w - size * 2.2, h - size * 2.2, "none", ink, width)


def fish(d: Drawing, x: float, y: float, size: float, turn: float, fill: str, ink: str, fin: str, flip: bool = False) -> None:
    """A carp swimming to the right, about 2 × size long."""
    with d.group(f"translate({x:.1f} {y:.1f}) rotate({turn:.1f}) scale({-size / 100 if flip else size / 100:.3f} {size / 100:.3f})"):
        d.path("M-78 0C-104 -10 -124 -40 -150 -46C-136 -22 -134 -6 -124 2C-136 12 -140 32 -148 52C-124 44 -102 14 -78 8Z", fin, ink, 3.4)
        d.path(
            "M-30 -38C-20 -66 20 -70 44 -56C36 -50 30 -44 26 -38ZM-40 34C-44 54 -60 62 -70 62C-64 50 -60 40 -56 30ZM30 36C34 56 22 70 8 74C10 60 8 46 10 38Z",
            fin,
            ink,
            3,
        )
        d.path("M-86 4C-50 -44 30 -58 82 -22C96 -14 102 -4 100 2C96 12 88 16 80 20C30 54 -50 44 -86 4Z", fill, ink, 4)
        arcs = []
        for c in range(11):
            for r in range(-3, 4):
                px, py = -58 + c * 11, r * 11 + (c % 2) * 5.5
                if abs(py) < 36 - abs(c - 6) * 3.6:
                    arcs.append(f"M{px} {py - 6}q9 6 0 12")
        d.path("".join(arcs), stroke=ink, width=2)
        d.path("M58 -34C46 -14 46 14 58 32", stroke=ink, width=4)
        d.circle(78, -10, 6.5, "#fff" if fill != "#fff" else "none", ink, 2.6)
        d.circle(79, -10, 3, ink)
        d.path("M100 2q-10 2 -14 8M92 12q8 8 6 20", stroke=ink, width=2.4)
        d.path("".join(f"M-84 {4 + k}L{-140 + abs(k) * 2} {k * 6}" for k in range(-6, 7)), stroke=ink, width=1.3)
        d.path("".join(f"M{-24 + k * 8} -40l{4} {-16 - k % 3}" for k in range(7)), stroke=ink, width=1.3)


def bamboo(d: Drawing, x: float, y: float, h: float, ink: str, rng: np.random.Generator, width: float = 14) -> None:
    joints = 7
    px = x
    for k in range(joints):
        nx = px + rng.normal() * 5
        d.path(
            f"M{px:.0f} {y - h * k / joints:.0f}L{nx:.0f} {y - h * (k + 0.93) / joints:.0f}",
            stroke=ink,
            width=width * (1 - k * 0.08),
            opacity=0.9,
        )
        for _ in range(rng.integers(2, 5)):
            a = rng.uniform(-0.4, 1.2) if rng.random() < 0.5 else math.pi - rng.uniform(-0.4, 1.2)
            lx, ly = nx + rng.normal() * 8, y - h * (k + 0.95) / joints
            size = h * rng.uniform(0.07, 0.14)
            tip = (lx + size * math.cos(a), ly + size * math.sin(a))
            d.path(ribbon(np.array([(lx, ly), ((lx + tip[0]) / 2, (ly + tip[1]) / 2 - 4), tip]), np.array([2, size * 0.16, 1])), ink)
        px = nx
