"""Gold landscapes on panels and screens."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, han
from museum.demo.drawing.lacquer.surface import DIM, GOLD, RED, layered, polished
from museum.demo.drawing.light import finish, strips
from museum.demo.drawing.motifs import bamboo, fish, frame, lotus, phoenix
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.paper import mount
from museum.demo.drawing.texture import cells, clouds, cover
from museum.demo.drawing.vector import Drawing, points, seeded, smooth


def hill_lines(g: Drawing, x: float, y: float, w: float, h: float, rng: np.random.Generator) -> None:
    xs = np.linspace(-1, 1, 15)
    ridge = y - h * np.exp(-(xs**2) * 2.4) * (1 + 0.10 * rng.normal(size=15))
    top = np.stack([x + xs * w, ridge], 1)
    d = smooth(top)
    g.path(d + f"L{x + w:.0f} {y:.0f}L{x - w:.0f} {y:.0f}Z", "#1c1c1c")
    for k in range(16):
        g.path(
            smooth(top[2:-2] * [1, 1] + [k * w * 0.012, k * h * 0.052]),
            stroke=["#fff", "#9a9a9a", "#666"][min(k // 3, 2)],
            width=6 if k == 0 else 2.2,
        )
    for _ in range(70):
        t = rng.normal() * 0.4
        px = x + t * w
        py = y - h * math.exp(-t * t * 2.4) * rng.uniform(0.2, 0.98)
        g.path(f"M{px:.0f} {py:.0f}v-14m-7 6l7 -8l7 8m-12 -5l5 -6l5 6", stroke="#c8c8c8", width=2)


def panorama(g: Drawing, w: float, h: float, rng: np.random.Generator, boats: int = 12) -> None:
    for k in range(9):
        hill_lines(
            g,
            rng.uniform(0, w),
            h * (0.40 + 0.05 * (k % 3)),
            rng.uniform(0.10, 0.2) * w * min(1, 2600 / w),
            h * rng.uniform(0.12, 0.30),
            rng,
        )
    parts = []
    for _ in range(int(900 * w / 2600)):
        x, y = rng.uniform(0, w), h * (0.50 + 0.48 * rng.random() ** 1.3)
        s = 16 + 60 * (y / h - 0.5)
        parts.append(f"M{x:.0f} {y:.0f}q{s / 2:.0f} {-s * 0.14:.0f} {s:.0f} 0t{s:.0f} 0")
    g.path("".join(parts), stroke="#787878", width=2.2)
    for k in range(boats):
        x, y, s = rng.uniform(0.04, 0.96) * w, h * rng.uniform(0.54, 0.92), 0
        s = 0.5 + 1.9 * (y / h - 0.5)
        with g.group(f"translate({x:.0f} {y:.0f}) scale({s if k % 2 else -s:.2f} {s:.2f})"):
            g.path("M-90 -10C-40 8 40 8 96 -18C64 16 -60 18 -90 -10Z", "#e0e0e0")
            g.path("M-40 0C-36 -36 26 -36 32 -4Z", "#a0a0a0", "#fff", 2)
            g.path("M58 -4L56 -40M56 -46m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0M44 -46L58 -58L72 -44ZM46 -26L92 34", "none", "#fff", 3)


def gold_landscape(width: int = 4600) -> np.ndarray:
    """A black lacquer panel: the river city in gold, silver and eggshell at moonrise."""
    rng = seeded("gold landscape")
    w, h = 2600, 1700
    height = int(width * h / w)
    g, shell, red = Drawing(w, h), Drawing(w, h), Drawing(w, h)
    panorama(g, w, h, rng, 14)
    city(g, red, 900, 860, 1.3)
    shell.circle(2020, 330, 150, "#fff")
    shell.path("M0 1700L0 1560C200 1500 420 1600 640 1560C800 1530 900 1620 1000 1700Z", "#fff")
    for k in range(7):
        shell.path(f"M{1720 + k * 70} {860 + k * 110}q{60 + k * 10} -14 {130 + k * 20} 0", stroke="#fff", width=5 + k)
    for x in (180, 420, 610):
        bamboo(g, x, 1640, rng.uniform(560, 900), "#fff", rng, 17)
    for k in range(11):
        curl(g, rng.uniform(100, 2500), rng.uniform(80, 360), rng.uniform(60, 110), "none", "#8a8a8a", k % 2 == 0)
    for k in range(9):
        gx, gy = 1300 + k * 60, 300 + abs(k - 4) * 22
        g.path(f"M{gx - 18} {gy - 6}q10 -8 18 6q8 -14 18 -6", stroke="#fff", width=3.4)
    frame(g, 26, 26, w - 52, h - 52, 58, "#c8c8c8", 4)
    han(g, "鏡河秋月", 2480, 700, 80, "#fff", BRUSH, rng)
    red.rect(2446, 1050, 68, 68, "#fff")
    gold = g.mask(width, height)
    dust = clouds(height, width, rng, 2.2, 6.0)
    haze = np.zeros((height, width), np.uint8)
    speck = clouds(height, width, rng, 0.3, 1.6)
    for y0, y1 in strips(height):
        t = np.linspace(y0 / height, y1 / height, y1 - y0)[:, None]
        haze[y0:y1] = np.where(speck[y0:y1] > 1.5 - 0.9 * np.exp(-(((t - 0.42) / 0.16) ** 2)) - 0.25 * dust[y0:y1], 200, 0) * (t < 0.9)
    egg = np.empty((height, width, 3), np.uint8)
    net = np.clip(1.3 - cells(90, 2)[0], 0, 1)
    egg[:] = (np.array([236, 226, 206]) * (1 - 0.75 * cover(net, height, width, rng)[..., None])).astype(np.uint8)
    art = layered(
        (17, 12, 10), [(haze, DIM), (red.mask(width, height), RED), (gold, GOLD), (shell.mask(width, height), egg)], height, width, rng
    )
    shape = Drawing(w, h)
    shape.rect(4, 4, w - 8, h - 8, "#fff", radius=6)
    return finish(mount(polished(art, rng), shape.mask(width, height), rng, 0.03, (176, 172, 166), drop=40, depth=0.8), rng)


def city(g: Drawing, red: Drawing, x: float, y: float, s: float) -> None:
    """Gate, walls and a tower by the water."""
    with g.group(f"translate({x} {y}) scale({s})"), red.group(f"translate({x} {y}) scale({s})"):
        g.path("M-360 0V-60H360V0Z", "#3a3a3a", "#d8d8d8", 3)
        g.path("".join(f"M{-350 + k * 20} -60v-14h10v14" for k in range(36)), stroke="#d8d8d8", width=2)
        for half, base in ((110, -60), (78, -126)):
            red.rect(-half * 0.8, base - 42, half * 1.6, 42, "#fff")
            g.path("".join(f"M{-half * 0.8 + k * half * 0.2:.0f} {base}v-42" for k in range(9)), stroke="#e0e0e0", width=3)
            g.path(
                f"M{-half} {base - 42}C{-half * 0.8:.0f} {base - 48} {-half * 0.7:.0f} {base - 64} {-half * 0.6:.0f} {base - 72}H{half * 0.6:.0f}C{half * 0.7:.0f} {base - 64} {half * 0.8:.0f} {base - 48} {half} {base - 42}Z",
                "#b8b8b8",
                "#fff",
                2,
            )
        for k in range(7):
            q = 40 - k * 4
            red.rect(480 - q * 0.7, -42 * k - 34, q * 1.4, 34, "#fff")
            g.path(f"M{480 - q * 1.2:.0f} {-42 * k - 32}L480 {-42 * k - 52}L{480 + q * 1.2:.0f} {-42 * k - 32}Z", "#c8c8c8", "#fff", 2)
        g.path("M-380 10H560M-340 22H520", stroke="#888", width=3)


def screen(width: int = 8400) -> np.ndarray:
    """A folding screen of six leaves: the river through the seasons, gold on cinnabar."""
    rng = seeded("screen")
    w, h = 4800, 1560
    height = int(width * h / w)
    g, dark = Drawing(w, h), Drawing(w, h)
    panorama(g, w, h * 0.95, rng, 22)
    city(g, dark, 1700, 760, 1.1)
    for x in (140, 330, 4480, 4640):
        bamboo(g, x, 1440, rng.uniform(700, 1000), "#fff", rng, 17)
    phoenix(g, 3100, 330, 90, "#d8d8d8", "#2a2a2a", "#989898", "#fff")
    for x in (900, 1120, 2500, 3640, 3900):
        lotus(g, x, 1400, 100, "#b8b8b8", "#fff", "#fff")
        fish(g, x + 120, 1280, 60, 10, "#d8d8d8", "#2a2a2a", "#a0a0a0")
    for k in range(24):
        curl(g, rng.uniform(60, w - 60), rng.uniform(60, 330), rng.uniform(60, 110), "none", "#b0b0b0", k % 2 == 0)
    for k in range(6):
        x = k * 800
        frame(g, x + 24, 24, 752, h - 48, 46, "#e0e0e0", 4)
        han(g, "春夏秋冬江山"[k], x + 640, 130, 130, "#fff", BRUSH, rng)
    art = layered((126, 26, 20), [(dark.mask(width, height), (40, 12, 10)), (g.mask(width, height), GOLD)], height, width, rng)
    polished(art, rng, 0.6)
    step = width / 6
    x = np.arange(width, dtype=np.float32)
    leaf = (x / step).astype(int)
    light = np.where(leaf % 2 == 0, 1.06, 0.80) + 0.08 * ((x / step) % 1 - 0.5) * np.where(leaf % 2 == 0, -1, 1)
    seam = np.minimum(x % step, step - x % step)
    light *= np.clip(seam / 9, 0.25, 1)
    for y0, y1 in strips(height):
        art[y0:y1] = np.clip(art[y0:y1] * light[None, :, None], 0, 255)
    shape = Drawing(w, h)
    lift = 26
    edge = [(k * 800, 4 if k % 2 == 0 else lift) for k in range(7)] + [(k * 800, h - (4 if k % 2 == 0 else lift)) for k in range(6, -1, -1)]
    shape.path(points(edge, True), "#fff")
    return finish(mount(art, shape.mask(width, height), rng, 0.016, (190, 187, 181), drop=46, depth=0.8), rng, vignette=0.08)
