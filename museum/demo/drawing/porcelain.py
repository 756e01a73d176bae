"""Blue-and-white porcelain: painted in cobalt, glazed, thrown on the wheel."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.light import backdrop, finish
from museum.demo.drawing.solid.bodies import Lathe
from museum.demo.drawing.solid.clothing import Part, Surface, clothe, sample
from museum.demo.drawing.solid.tracing import see
from museum.demo.drawing.texture import blur, cloud, ramp
from museum.demo.drawing.vector import Drawing, ribbon, seeded, smooth

COBALT = ramp([(0, (236, 240, 238)), (0.25, (150, 172, 208)), (0.5, (70, 102, 172)), (0.75, (34, 58, 132)), (1, (14, 24, 72))])


def landscape(d: Drawing, x0: float, y0: float, w: float, h: float, rng: np.random.Generator) -> None:
    """Hills over a river, boats, pavilions and willows, painted in washes and lines (grey = depth of blue)."""
    for layer in range(4):
        base = y0 + h * (0.34 + 0.10 * layer)
        tone = ["#3c3c3c", "#555", "#6c6c6c", "#7a7a7a"][layer]
        x = x0 - w * 0.1
        while x < x0 + w * 1.1:
            width, rise = rng.uniform(0.10, 0.24) * w, rng.uniform(0.10, 0.30) * h * (1 - layer * 0.16)
            xs = np.linspace(-1, 1, 17)
            ridge = base - rise * np.exp(-(xs**2) * 2.6) * (1 + 0.12 * rng.normal(size=17)) + 0
            top = np.stack([x + xs * width, ridge], 1)
            d.path(smooth(np.vstack([top, [[x + width, base + h * 0.05], [x - width, base + h * 0.05]]]), True), tone, opacity=0.35)
            for k in range(7):
                offset = k * rise * 0.10
                d.path(
                    smooth(top[3:-3] + [k * 4, offset]),
                    stroke="#d8d8d8" if k == 0 else "#8a8a8a",
                    width=4.5 if k == 0 else 1.7,
                    opacity=0.9 if k == 0 else 0.6,
                )
            for _ in range(16):
                px = x + rng.normal() * width * 0.45
                py = base - rise * math.exp(-(((px - x) / width) ** 2) * 2.6) * rng.uniform(0.2, 1)
                for _ in range(3):
                    d.ellipse(px + rng.normal() * 6, py + rng.normal() * 4, 5, 3, "#c8c8c8", opacity=0.8)
            x += width * rng.uniform(0.9, 1.8)
    for _ in range(130):
        y = y0 + h * rng.uniform(0.62, 1.0)
        x = x0 + w * rng.uniform(0, 1)
        length = rng.uniform(20, 90)
        d.path(f"M{x:.0f} {y:.0f}q{length / 4:.0f} -6 {length / 2:.0f} 0t{length / 2:.0f} 0", stroke="#808080", width=rng.uniform(1.5, 3.2))
    for _ in range(5):
        boat(d, x0 + w * rng.uniform(0.05, 0.95), y0 + h * rng.uniform(0.66, 0.95), rng.uniform(0.7, 1.4), rng)
    for x in (0.18, 0.52, 0.83):
        pavilion(d, x0 + w * x, y0 + h * rng.uniform(0.60, 0.68), rng.uniform(0.8, 1.3))
    for x in (0.10, 0.37, 0.68, 0.93):
        wx, wy = x0 + w * x, y0 + h * rng.uniform(0.80, 0.95)
        islet(d, wx, wy, h * rng.uniform(0.22, 0.34), rng)
        willow(d, wx, wy, h * rng.uniform(0.36, 0.5), rng)
    for _ in range(14):
        gull(d, x0 + w * rng.uniform(0.02, 0.98), y0 + h * rng.uniform(-0.02, 0.2), rng.uniform(0.6, 1.3))


def islet(d: Drawing, x: float, y: float, w: float, rng: np.random.Generator) -> None:
    """A bank with stones and reeds."""
    xs = np.linspace(-1, 1, 13)
    top = np.stack([x + xs * w, y - w * 0.16 * np.cos(xs * 1.57) * (1 + 0.25 * rng.normal(size=13))], 1)
    d.path(smooth(np.vstack([top, [[x + w * 0.9, y + w * 0.06], [x - w * 0.9, y + w * 0.06]]]), True), "#747474", "#e4e4e4", 3.5)
    for k in range(4):
        d.path(smooth(top[2:-2] + [0, (k + 1) * w * 0.04]), stroke="#a0a0a0", width=2)
    for _ in range(60):
        px = x + rng.normal() * w * 0.45
        py = y - w * 0.06 + rng.uniform(-0.05, 0.05) * w
        d.path(
            f"M{px:.0f} {py:.0f}q{rng.normal() * 5:.0f} -16 {rng.normal() * 10:.0f} {-rng.uniform(16, 44):.0f}", stroke="#c8c8c8", width=2
        )
    for _ in range(5):
        px = x + rng.uniform(-0.9, 0.9) * w
        d.path(
            f"M{px - 26:.0f} {y:.0f}C{px - 26:.0f} {y - 34:.0f} {px + 6:.0f} {y - 40:.0f} {px + 24:.0f} {y:.0f}Z", "#8c8c8c", "#f0f0f0", 3
        )


def gull(d: Drawing, x: float, y: float, s: float) -> None:
    d.path(
        f"M{x - 26 * s:.0f} {y - 8 * s:.0f}q{14 * s:.0f} {-10 * s:.0f} {26 * s:.0f} {8 * s:.0f}q{12 * s:.0f} {-18 * s:.0f} {26 * s:.0f} {-8 * s:.0f}",
        stroke="#c0c0c0",
        width=3 * s,
    )


def boat(d: Drawing, x: float, y: float, s: float, rng: np.random.Generator) -> None:
    with d.group(f"translate({x:.0f} {y:.0f}) scale({s if rng.random() < 0.5 else -s:.2f} {s:.2f})"):
        d.path("M-60 -8C-30 6 30 6 64 -14C40 14 -40 16 -60 -8Z", "#9a9a9a", "#eee", 3)
        d.path("M-24 0C-22 -20 16 -20 20 0", "#5a5a5a", "#e0e0e0", 2.4)
        d.path("M36 -2L34 -26M34 -28a5 5 0 1 0 .1 0M28 -24L46 -8L58 30", "none", "#f0f0f0", 2.4)
        d.path("M26 -30Q34 -44 43 -30Z", "#e8e8e8")


def pavilion(d: Drawing, x: float, y: float, s: float) -> None:
    with d.group(f"translate({x:.0f} {y:.0f}) scale({s:.2f})"):
        d.rect(-30, -40, 60, 42, "#2c2c2c")
        d.path("M-30 0L-30 -40M-10 0L-10 -40M10 0L10 -40M30 0L30 -40M-40 2L40 2M-30 -20L30 -20", stroke="#e0e0e0", width=2.6)
        d.path("M-56 -40C-30 -46 -18 -58 0 -76C18 -58 30 -46 56 -40C40 -36 -40 -36 -56 -40Z", "#a8a8a8", "#f0f0f0", 3)
        for k in range(-4, 5):
            d.path(f"M{k * 2} -72L{k * 10} -40", stroke="#404040", width=1.4)
        d.circle(0, -80, 4, "#f0f0f0")


def willow(d: Drawing, x: float, y: float, h: float, rng: np.random.Generator) -> None:
    trunk = np.array([[x, y], [x + h * 0.05, y - h * 0.3], [x - h * 0.03, y - h * 0.6], [x + h * 0.06, y - h * 0.9]])
    d.path(ribbon(trunk, np.array([9, 6, 5, 2]) * h / 260), "#b4b4b4", "#f0f0f0", 1.6)
    for _ in range(34):
        a = rng.uniform(-1.4, 1.4)
        sx, sy = x + h * 0.06 + a * h * 0.16, y - h * rng.uniform(0.75, 0.98)
        ex = sx + a * h * 0.14
        ey = sy + h * rng.uniform(0.3, 0.62)
        d.path(f"M{sx:.0f} {sy:.0f}Q{ex:.0f} {sy:.0f} {ex:.0f} {ey:.0f}", stroke="#bdbdbd", width=1.8)
        for t in np.linspace(0.25, 1, 9):
            px, py = (1 - t) ** 2 * sx + 2 * t * (1 - t) * ex + t * t * ex, (1 - t) ** 2 * sy + 2 * t * (1 - t) * sy + t * t * ey
            d.path(f"M{px:.0f} {py:.0f}l-5 7M{px:.0f} {py:.0f}l5 7", stroke="#d0d0d0", width=2.2)


def scales(d: Drawing, x: float, y: float, w: float, h: float, size: float) -> None:
    """A diaper of overlapping scales."""
    rows, columns = int(h / size * 1.6) + 1, int(w / size) + 2
    parts = []
    for r in range(rows):
        for c in range(columns):
            px, py = x + (c - (r % 2) / 2) * size, y + r * size / 1.6
            parts.append(
                f"M{px:.0f} {py:.0f}a{size / 2:.0f} {size / 2:.0f} 0 0 0 {size:.0f} 0M{px + size * 0.22:.0f} {py:.0f}a{size * 0.28:.0f} {size * 0.28:.0f} 0 0 0 {size * 0.56:.0f} 0"
            )
    d.path("".join(parts), stroke="#a0a0a0", width=size * 0.07)


def lappets(d: Drawing, x0: float, y: float, w: float, h: float, count: int, up: bool = True) -> None:
    """Lotus panels."""
    size = w / count
    s = -1 if up else 1
    for k in range(count):
        x = x0 + (k + 0.5) * size
        for q, tone, width in ((0.48, "#e0e0e0", 7), (0.40, "#909090", 3), (0.30, "#b8b8b8", 4)):
            a = size * q
            top = h * (q + 0.5)
            d.path(
                f"M{x - a:.0f} {y:.0f}L{x - a:.0f} {y + s * top * 0.55:.0f}C{x - a:.0f} {y + s * top * 0.85:.0f} {x - a * 0.3:.0f} {y + s * top * 0.9:.0f} {x:.0f} {y + s * top:.0f}C{x + a * 0.3:.0f} {y + s * top * 0.9:.0f} {x + a:.0f} {y + s * top * 0.85:.0f} {x + a:.0f} {y + s * top * 0.55:.0f}L{x + a:.0f} {y:.0f}",
                "#484848" if q < 0.35 else "none",
                tone,
                width,
            )
        spiral = [
            (x + size * 0.16 * (1 - t) * math.cos(t * 11), y + s * h * 0.34 + size * 0.16 * (1 - t) * math.sin(t * 11))
            for t in np.linspace(0, 0.95, 22)
        ]
        d.path(smooth(spiral), stroke="#f0f0f0", width=4)


def scroll(d: Drawing, x0: float, y: float, w: float, h: float, count: int, rng: np.random.Generator) -> None:
    """Peonies on a winding stem."""
    xs = np.linspace(x0, x0 + w, count * 16 + 1)
    wave = y + h * 0.22 * np.sin((xs - x0) / w * count * math.pi)
    d.path(ribbon(np.stack([xs, wave], 1), np.full(len(xs), h * 0.045)), "#d0d0d0")
    for k in range(count):
        cx, cy = x0 + (k + 0.5) * w / count, y + h * 0.05 * (-1 if k % 2 else 1)
        flower(d, cx, cy, h * 0.36, rng)
    for k in range(count * 5):
        t = (k + rng.uniform(0.2, 0.8)) / (count * 5)
        px = x0 + t * w
        py = y + h * 0.22 * math.sin(t * count * math.pi)
        leaf(d, px, py, h * rng.uniform(0.12, 0.2), rng.uniform(0, 360))


def flower(d: Drawing, x: float, y: float, r: float, rng: np.random.Generator) -> None:
    for layer, (count, q, tone) in enumerate(((9, 1.0, "#565656"), (7, 0.72, "#7e7e7e"), (5, 0.44, "#b0b0b0"))):
        for k in range(count):
            a = 2 * math.pi * (k + 0.5 * layer) / count
            px, py = x + r * q * 0.55 * math.cos(a), y + r * q * 0.55 * math.sin(a)
            with d.group(f"translate({px:.0f} {py:.0f}) rotate({math.degrees(a):.0f}) scale({r * q / 100:.3f})"):
                d.path(
                    "M-40 0C-40 -50 20 -66 46 -40C56 -28 44 -10 50 0C44 10 56 28 46 40C20 66 -40 50 -40 0Z",
                    tone,
                    "#e8e8e8",
                    5 / max(q, 0.5),
                )
                d.path("M-20 0L36 -20M-20 0L40 0M-20 0L36 20", stroke="#c8c8c8", width=3)
    d.circle(x, y, r * 0.14, "#f0f0f0")


def leaf(d: Drawing, x: float, y: float, s: float, turn: float) -> None:
    with d.group(f"translate({x:.0f} {y:.0f}) rotate({turn:.0f}) scale({s / 100:.3f})"):
        d.path("M0 0C20 -40 60 -44 110 -10C70 0 70 10 100 34C50 40 20 30 0 0Z", "#848484", "#dadada", 6)
        d.path("M4 0C40 -8 70 -10 96 -8", stroke="#e8e8e8", width=4)


def painted(d: Drawing, width: int, height: int, rng: np.random.Generator) -> np.ndarray:
    """Brush drawing (grey on black) as glazed cobalt, (h, w, 3) uint8: washes run, lines pile up dark."""
    drawn = d.mask(width, height)
    soft = blur(drawn, max(1.2, width / 1600))
    wash = cloud(height, width, rng, 2.0, 3.0)
    heap = cloud(height, width, rng, 0.9, 2.0)
    tone = soft.astype(np.float32) / 255
    tone *= 0.93 + 0.10 * wash
    tone += np.clip(heap - 1.1, 0, 1.5) * 0.22 * np.clip(tone * 2 - 0.5, 0, 1)
    specks = cloud(height, width, rng, 0.4, 2.0) > 3.55
    color = COBALT[np.clip(tone * 255, 0, 255).astype(np.uint8)].astype(np.uint8)
    color[specks & (soft < 120)] = (120, 104, 84)
    return color


VASE = [(0.0, 0.0), (0.2, 0.0), (0.42, 0.0), (0.42, 0.0), (0.455, 0.02), (0.47, 0.06), (0.45, 0.12), (0.52, 0.35), (0.66, 0.75), (0.76, 1.12), (0.75, 1.38), (0.62, 1.58), (0.40, 1.70), (0.27, 1.80), (0.245, 1.98), (0.27, 2.12), (0.34, 2.19), (0.355, 2.205), (0.33, 2.215), (0.27, 2.15), (0.21, 1.98), (0.22, 1.85)]  # fmt: skip


def glazed(texture: np.ndarray, lo: float, hi: float, tone: tuple[float, float, float] = (1, 1, 1), inside: bool = False):
    """A material: the texture wraps the front of the body between arc coordinates ``lo`` (bottom) and ``hi`` (top).

    Where one looks ``inside``, the far wall has the same texture mirrored, so that its lines go on all around.
    """

    def material(part: Part) -> Surface:
        turn = part.turn()
        u = turn / 0.54 + 0.5
        if inside:
            u = np.where(np.abs(turn) <= 0.25, turn, np.sign(turn) * 0.5 - turn) / 0.5 + 0.5
        v = 1 - (part.extra - lo) / (hi - lo)
        color = sample(texture, u, v)
        if tone != (1, 1, 1):
            color *= np.array(tone, np.float32)
        return Surface(color, 0.12, 8, 1.0)

    return material


def vase(width: int = 4000, height: int = 4600, seed: str = "vase") -> np.ndarray:
    rng = seeded(seed)
    body = Lathe(VASE)
    tw, th = 3600, 3800
    d = Drawing(tw, th)
    lines = [0.012, 0.02, 0.125, 0.135, 0.225, 0.235, 0.70, 0.71, 0.84, 0.85, 0.985]
    lappets(d, 0, th * 0.98, tw, th * 0.13, 16)
    landscape(d, 0, th * 0.25, tw, th * 0.43, rng)
    d.rect(0, th * 0.135, tw, th * 0.09, "#2c2c2c")
    scales(d, 0, th * 0.14, tw, th * 0.08, 70)
    scroll(d, 0, th * 0.77, tw, th * 0.13, 7, rng)
    lappets(d, 0, th * 0.03, tw, th * 0.085, 14, up=False)
    for y in lines:
        d.path(f"M0 {y * th:.0f}L{tw} {y * th:.0f}", stroke="#d0d0d0", width=7)
    texture = painted(d, tw, th, rng)
    seen = see(body, width, height, span=2.25, centre=1.04, tilt=0.16, extra=body.arc)
    lo, hi = body.arc_at(0.04), body.arc_at(2.19)
    ground = backdrop(height, width, rng, horizon=0.72)
    return finish(clothe(seen, width, height, glazed(texture, lo, hi), rng, ground), rng)
