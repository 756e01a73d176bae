"""Lacquer: black and cinnabar grounds with gold, mother-of-pearl and eggshell; and two stringed instruments."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, PRINT, han, sign
from museum.demo.drawing.light import backdrop, finish, occlusion, place, relief, strips
from museum.demo.drawing.motifs import bamboo, dragon, fish, frame, lotus, phoenix, rosette, surf
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.paper import mount
from museum.demo.drawing.solid import Lathe, Part, Surface, bump_from, sample
from museum.demo.drawing.texture import SIZE, blur, cells, cloud, clouds, cover, cracks, ramp
from museum.demo.drawing.vector import Drawing, points, seeded, smooth
from museum.demo.drawing.vessels import studio


def inlay(height: int, width: int, rng: np.random.Generator, count: int = 44) -> np.ndarray:
    """Mother-of-pearl cut in small pieces, (h, w, 3) uint8: each piece shimmers in its own direction."""
    edge, number = cells(count, 1)
    tilt = np.random.default_rng(3).uniform(0, 6.283, count * count).astype(np.float32)
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
    angle = tilt[number]
    phase = (x * np.cos(angle) + y * np.sin(angle)) * 0.05 + angle * 3
    base = np.stack([206 + 40 * np.sin(phase), 214 + 30 * np.sin(phase + 2.1), 208 + 44 * np.sin(phase + 4.2)], -1)
    base *= (0.84 + 0.14 * np.sin(phase * 5.3))[..., None]
    base *= np.clip(edge / 1.6, 0.25, 1)[..., None]
    return cover(np.clip(base, 0, 255).astype(np.uint8), height, width, rng)


def polished(color: np.ndarray, rng: np.random.Generator, gloss: float = 1.0) -> np.ndarray:
    """Wear and the lamp's soft reflection on a flat lacquer surface; in place."""
    height, width = color.shape[:2]
    slow, fine = clouds(height, width, rng, 2.4, 9.0), clouds(height, width, rng, 0.9, 1.8)
    net = cracks(height, width, rng, 30, 3.0, 0.55)
    scratch = clouds(height, width, rng, 0.7, 1.6, stretch=12.0)
    x = np.linspace(0, 1, width, dtype=np.float32)[None, :]
    for y0, y1 in strips(height):
        y = np.linspace(y0 / height, y1 / height, y1 - y0, dtype=np.float32)[:, None]
        lamp = np.exp(-(((x + y * 0.5 - 0.62) / 0.20) ** 2)) * 15 * gloss + np.exp(-(((x + y * 0.5 - 0.98) / 0.06) ** 2)) * 7 * gloss
        part = color[y0:y1].astype(np.float32) * (1 + 0.035 * slow[y0:y1] + 0.02 * fine[y0:y1])[..., None]
        part += (lamp * (1 + 0.12 * slow[y0:y1]) + np.clip(scratch[y0:y1] - 2.2, 0, 1) * 16 - net[y0:y1] * 10)[..., None]
        color[y0:y1] = np.clip(part, 0, 255)
    return color


def layered(
    ground: tuple[int, int, int], layers: list[tuple[np.ndarray, object]], height: int, width: int, rng: np.random.Generator
) -> np.ndarray:
    """Masks (uint8) with colours (a triple or an array of the picture's size) laid over a ground."""
    out = np.empty((height, width, 3), np.uint8)
    out[:] = ground
    dust = clouds(height, width, rng, 0.6, 1.6)
    for mask, paint in layers:
        for y0, y1 in strips(height):
            m = mask[y0:y1]
            if not m.any():
                continue
            cover_ = (m.astype(np.float32) / 255)[..., None]
            tone = (
                paint[y0:y1].astype(np.float32)
                if isinstance(paint, np.ndarray)
                else np.array(paint, np.float32) * (1 + 0.13 * dust[y0:y1])[..., None]
            )
            out[y0:y1] = np.clip(out[y0:y1] * (1 - cover_) + tone * cover_, 0, 255)
    return out


GOLD, DIM, RED = (214, 168, 84), (150, 110, 50), (150, 34, 26)


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


def pearl_tray(width: int = 4400) -> np.ndarray:
    """A rosewood tray inlaid with mother-of-pearl: the eight immortals' garden, cranes and a verse."""
    rng = seeded("tray")
    w, h = 2400, 1600
    height = int(width * h / w)
    d = Drawing(w, h)
    frame(d, 110, 110, w - 220, h - 220, 90, "#fff", 9)
    phoenix(d, 820, 560, 105, "#fff", "#000", "#d0d0d0", "#fff")
    phoenix(d, 1580, 560, 105, "#fff", "#000", "#d0d0d0", "#fff", flip=True)
    for x, y, r in ((1200, 1180, 180), (820, 1260, 110), (1580, 1260, 110)):
        lotus(d, x, y, r, "#fff", "#000", "#d8d8d8")
    for k in range(10):
        x = 380 + k * 182
        d.path(f"M{x} 1360C{x - 20} 1260 {x + 40} 1180 {x + 10} {1080 + (k % 3) * 60}", stroke="#fff", width=7)
        rosette(d, x + 10, 1080 + (k % 3) * 60, 46, 7, "#fff", "#000", "#c8c8c8")
        for j in range(3):
            d.path(
                f"M{x} {1330 - j * 50}q{40 if j % 2 else -40} -40 {80 if j % 2 else -80} -20q{-20 if j % 2 else 20} 40 {-80 if j % 2 else 80} 20Z",
                "#fff",
                "#000",
                2,
            )
    surf(d, 280, 1370, 1850, 60, "#fff", "#000", rng)
    for k, character in enumerate("清風明月"):
        d.circle(660 + k * 360, 330, 84, "none", "#fff", 8)
        sign(d, character, 660 + k * 360, 330, 120, "#fff", PRINT)
    for k in range(8):
        curl(d, 300 + k * 260, 480 + (k % 2) * 60, 60, "#fff", "#000", k % 2 == 0)
    mask = blur(d.mask(width, height), 0.8)
    grain_ = clouds(height, width, rng, 1.7, 3.0, stretch=16.0)
    wood = np.empty((height, width, 3), np.uint8)
    for y0, y1 in strips(height):
        t = 1 + 0.16 * grain_[y0:y1]
        wood[y0:y1] = np.clip(np.array([64, 32, 24], np.float32) * t[..., None], 0, 255)
    art = layered((60, 30, 22), [(np.full((height, width), 255, np.uint8), wood), (mask, inlay(height, width, rng))], height, width, rng)
    rim = Drawing(w, h)
    rim.rect(0, 0, w, h, "#fff", radius=60)
    rim.rect(64, 64, w - 128, h - 128, "#404040", radius=36)
    bevel = blur(rim.mask(width, height), 9).astype(np.float32) / 255
    lit = relief(bevel * 60 + mask.astype(np.float32) * 0.012, art, GOLD_TABLE, ambient=0.5, diffuse=0.62, shine=0.3, doublings=4)
    shape = Drawing(w, h)
    shape.rect(4, 4, w - 8, h - 8, "#fff", radius=60)
    return finish(mount(polished(lit, rng, 0.8), shape.mask(width, height), rng, 0.035, (186, 182, 175), drop=46, depth=0.8), rng)


GOLD_TABLE = ramp([(0, (50, 26, 8)), (0.5, (180, 128, 50)), (1, (250, 222, 150))])


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


def round_box(width: int = 4200, height: int = 3000) -> np.ndarray:
    """A round red box for betel, with gold phoenix and key fret."""
    rng = seeded("round box")
    body = Lathe(
        [
            (0, 0),
            (0.4, 0),
            (0.78, 0),
            (0.78, 0),
            (0.83, 0.03),
            (0.85, 0.20),
            (0.855, 0.30),
            (0.835, 0.315),
            (0.855, 0.33),
            (0.84, 0.44),
            (0.70, 0.55),
            (0.40, 0.60),
            (0.12, 0.615),
            (0.10, 0.64),
            (0.11, 0.70),
            (0.06, 0.74),
            (0, 0.745),
        ]
    )
    w, h = 3000, 2000
    d = Drawing(w, h, "#8e1c16")
    frame_y = ((1500, 170), (1180, 120))
    for y, size in frame_y:
        for k in range(int(w / size)):
            d.path(
                points(
                    [
                        (k * size + 10, y + size * 0.7),
                        (k * size + 10, y),
                        (k * size + size * 0.8, y),
                        (k * size + size * 0.8, y + size * 0.55),
                        (k * size + size * 0.35, y + size * 0.55),
                        (k * size + size * 0.35, y + size * 0.28),
                    ]
                ),
                stroke="#dcae5a",
                width=14,
            )
        for q in (-26, size * 0.9):
            d.path(f"M0 {y + q:.0f}H{w}", stroke="#dcae5a", width=9)
    for k in range(5):
        phoenix(d, 380 + k * 640, 820, 62, "#e0b460", "#4a0e0a", "#c08a3c", "#e8c880")
        rosette(d, 80 + k * 640, 980, 80, 9, "#dcae5a", "#4a0e0a", "#f0d090")
    for k in range(20):
        lotus(d, 75 + k * 150, 420, 70, "#dcae5a", "#4a0e0a", "#f0d090")
    texture = d.raster(w, h)
    slow, fine = clouds(height, width, rng, 2.4, 8.0), clouds(height, width, rng, 0.9, 2.0)
    # the outline begins under the foot: the wall starts at a quarter of it
    lo, hi = body.arc_at(0.03), 1.0

    def material(part: Part) -> Surface:
        n = part.normal.shape[1]
        x0 = (width - n) // 2
        s, f = slow[part.y0 : part.y1][:, x0 : x0 + n], fine[part.y0 : part.y1][:, x0 : x0 + n]
        color = sample(texture, part.turn() / 0.54 + 0.5, 1 - (part.extra - lo) / (hi - lo))
        return Surface(color * (1 + 0.05 * s + 0.03 * f)[..., None], 0.12, 6, 0.75, bump=bump_from(f, 0.01))

    return studio(body, width, height, rng, material, span=2.5, centre=0.30, tilt=0.45, extra=body.arc, horizon=0.5)


def name_board(width: int = 5200) -> np.ndarray:
    """A carved and gilded board from a temple: four great characters between dragons."""
    rng = seeded("board")
    w, h = 2600, 1150
    height = int(width * h / w)
    d = Drawing(w, h, "#2a2a2a")
    d.rect(20, 20, w - 40, h - 40, "#4a4a4a", "#c0c0c0", 30, radius=20)
    for x, flip in ((210, 1), (w - 210, -1)):
        line = np.array([(x, 320), (x + flip * 90, 220), (x - flip * 60, 480), (x + flip * 60, 700), (x - flip * 30, 960)])
        dragon(d, line, 120, "#b8b8b8", "#3a3a3a", "#e0e0e0", "#989898", detail=0.6)
    for k in range(16):
        curl(d, 330 + k * 130, 130 if k % 2 else 1020, 60, "#7c7c7c", "#c8c8c8", k % 2 == 0)
    for k, character in enumerate("里仁河鏡"):
        sign(d, character, 640 + k * 440, 570, 420, "#ffffff", BRUSH)
    han(d, "嗣德三十年冬", w - 340, 300, 66, "#e8e8e8", BRUSH)
    han(d, "坊民恭進", 330, 420, 66, "#e8e8e8", BRUSH)
    drawn = d.mask(width, height)
    fine = blur(drawn, 2.2).astype(np.float32) / 255
    broad = blur(drawn, 9).astype(np.float32) / 255
    grain_ = cloud(height, width, rng, 1.7, 3.0, stretch=14.0)
    wear = cloud(height, width, rng, 2.2, 7.0)
    height_map = fine * 20 + broad * 16 + grain_ * 1.0 + wear * 1.2
    gilt = np.clip((fine - 0.40) * 5, 0, 1) * np.clip(1.3 - np.clip(wear - 0.9, 0, 1) * 1.2, 0, 1)
    color = np.empty((height, width, 3), np.uint8)
    for y0, y1 in strips(height):
        g = gilt[y0:y1, :, None]
        base = np.array([122, 24, 18], np.float32) * (1 + 0.10 * grain_[y0:y1] + 0.06 * wear[y0:y1])[..., None]
        gold = np.array([206, 156, 66], np.float32) * (1 + 0.08 * wear[y0:y1])[..., None]
        color[y0:y1] = np.clip(base * (1 - g) + gold * g, 0, 255)
    lit = relief(
        height_map, color, GOLD_TABLE, sky=occlusion(height_map, 22, 0.03), ambient=0.42, diffuse=0.85, shine=0.45, doublings=4, glow=gilt
    )
    shape = Drawing(w, h)
    shape.rect(6, 6, w - 12, h - 12, "#fff", radius=22)
    return finish(mount(lit, shape.mask(width, height), rng, 0.03, (200, 196, 189), drop=56, depth=0.85), rng)


def grained(
    height: int,
    width: int,
    rng: np.random.Generator,
    tone: tuple[float, float, float],
    stretch: float = 14.0,
    along: str = "x",
    contrast: float = 0.13,
) -> np.ndarray:
    """Planed wood, (h, w, 3) uint8."""
    out = np.empty((height, width, 3), np.uint8)
    if along == "x":
        rings, pores = clouds(height, width, rng, 1.9, 5.0, stretch=stretch), clouds(height, width, rng, 0.9, 1.6, stretch=stretch)
        for y0, y1 in strips(height):
            t = 1 + contrast * rings[y0:y1] + contrast * 0.35 * np.sin(rings[y0:y1] * 9) - np.clip(pores[y0:y1] - 1.4, 0, 1) * 0.3
            out[y0:y1] = np.clip(np.array(tone, np.float32) * t[..., None], 0, 255)
        return out
    return np.ascontiguousarray(np.swapaxes(grained(width, height, rng, tone, stretch, "x", contrast), 0, 1))


def moon_lute(width: int = 4000) -> np.ndarray:
    """A moon lute lying on the table, its strings a little slack."""
    rng = seeded("lute")
    height = int(width * 0.62)
    w, h = 4000, 2480
    neck, body, _parts = Drawing(w, h), Drawing(w, h), Drawing(w, h, "#000")
    cx, cy, r = 1130, 1240, 830
    body.circle(cx, cy, r, "#fff")
    neck.path(
        f"M{cx} {cy - 92}L3480 {cy - 66}L3620 {cy - 120}L3820 {cy - 90}C3880 {cy - 40} 3880 {cy + 40} 3820 {cy + 90}L3620 {cy + 120}L3480 {cy + 66}L{cx} {cy + 92}Z",
        "#fff",
    )
    pegs = Drawing(w, h)
    for x in (3560, 3700):
        for s in (-1, 1):
            pegs.path(
                f"M{x + 14 * s} {cy + s * 90}L{x - 26} {cy + s * 330}C{x - 60} {cy + s * 410} {x + 60} {cy + s * 410} {x + 26} {cy + s * 330}L{x + 30} {cy + s * 90}Z",
                "#fff",
            )
    frets = Drawing(w, h)
    for k in range(10):
        x = 1560 + 1720 * (1 - 0.86 ** (k * 1.35))
        size = 120 - k * 5
        frets.path(f"M{x - 16:.0f} {cy - size:.0f}h32l8 {2 * size}h-48Z", "#fff")
    bridge = Drawing(w, h)
    bridge.path(
        f"M{cx - 470} {cy - 190}C{cx - 420} {cy - 120} {cx - 420} {cy + 120} {cx - 470} {cy + 190}L{cx - 400} {cy + 190}C{cx - 350} {cy + 120} {cx - 350} {cy - 120} {cx - 400} {cy - 190}Z",
        "#fff",
    )
    deco = Drawing(w, h)
    for k in range(48):
        a = 2 * math.pi * k / 48
        with deco.group(
            f"translate({cx + (r - 46) * math.cos(a):.0f} {cy + (r - 46) * math.sin(a):.0f}) rotate({math.degrees(a) + 90:.0f})"
        ):
            deco.path("M-34 0L0 -22L34 0L0 22Z", "#fff", "#000", 3)
    phoenix(deco, cx + 150, cy - 560, 42, "#fff", "#000", "#d8d8d8", "#fff")
    phoenix(deco, cx + 150, cy + 540, 42, "#fff", "#000", "#d8d8d8", "#fff")
    rosette(deco, 3720, cy, 62, 8, "#fff", "#000", "#fff")
    masks = {
        name: blur(x.mask(width, height), 1.2)
        for name, x in (("neck", neck), ("body", body), ("pegs", pegs), ("frets", frets), ("bridge", bridge), ("deco", deco))
    }
    top = grained(height, width, rng, (196, 152, 96), 18.0, "x", 0.10)
    dark = grained(height, width, rng, (82, 44, 28), 16.0)
    ivory = (232, 220, 192)
    rim = np.clip(blur(masks["body"], 16).astype(np.float32) / 255, 0, 1)
    art = layered(
        (0, 0, 0),
        [
            (masks["pegs"], dark),
            (masks["body"], top),
            (masks["neck"], dark),
            (masks["bridge"], dark),
            (masks["frets"], ivory),
            (masks["deco"], inlay(height, width, rng, 60)),
        ],
        height,
        width,
        rng,
    )
    height_map = (
        rim * 40
        + blur(masks["neck"], 9).astype(np.float32) / 255 * 34
        + blur(masks["frets"], 6).astype(np.float32) / 255 * 22
        + blur(masks["bridge"], 8).astype(np.float32) / 255 * 26
        + blur(masks["pegs"], 14).astype(np.float32) / 255 * 44
    )
    lit = relief(height_map, art, GOLD_TABLE, sky=occlusion(height_map, 24, 0.02), ambient=0.46, diffuse=0.7, shine=0.28, doublings=4)
    string_lines(lit, width, height, cx - 430, 3560, cy, (-34, 34), w, 7)
    whole = np.maximum.reduce([masks["body"], masks["neck"], masks["pegs"]])
    return finish(place(lit, whole, backdrop(height, width, rng), rng, drop=44, depth=0.85), rng)


def string_lines(
    picture: np.ndarray, width: int, height: int, x0: float, x1: float, cy: float, offsets, units: float, thick: float
) -> None:
    """Silk strings with their shadows, drawn into the picture."""
    d, s = Drawing(units, units * height / width), Drawing(units, units * height / width)
    for offset in offsets:
        d.path(f"M{x0:.0f} {cy + offset:.0f}L{x1:.0f} {cy + offset * 0.8:.0f}", stroke="#fff", width=thick)
        s.path(f"M{x0:.0f} {cy + offset + 12:.0f}L{x1:.0f} {cy + offset * 0.8 + 14:.0f}", stroke="#fff", width=thick)
    line, shade = d.mask(width, height), blur(s.mask(width, height), 3)
    twist = (0.85 + 0.2 * np.sin(np.arange(width) * 0.9))[None, :, None]
    for y0, y1 in strips(height):
        if shade[y0:y1].any():
            part = picture[y0:y1] * (1 - 0.5 * shade[y0:y1, :, None].astype(np.float32) / 255)
            cover_ = line[y0:y1, :, None].astype(np.float32) / 255
            picture[y0:y1] = np.clip(part * (1 - cover_) + np.array([226, 206, 160]) * twist * cover_, 0, 255)


def zither(width: int = 6400) -> np.ndarray:
    """A sixteen-stringed zither with its movable bridges, inlaid at both ends."""
    rng = seeded("zither")
    w, h = 6400, 1500
    height = int(width * h / w)
    body, deco, bridges = Drawing(w, h), Drawing(w, h), Drawing(w, h)
    outline = "M120 330C1800 210 4200 250 6260 430C6310 600 6310 900 6260 1070C4200 1250 1800 1290 120 1170C80 900 80 600 120 330Z"
    body.path(outline, "#fff")
    for x0, x1 in ((160, 700), (5600, 6180)):
        y0 = 380 if x0 < 1000 else 490
        for k in range(5):
            lotus(deco, x0 + 80 + k * (x1 - x0 - 160) / 4, 750, 76, "#fff", "#000", "#fff")
        for y in (y0 + 80, 1500 - y0 - 80):
            for k in range(7):
                rosette(deco, x0 + 40 + k * (x1 - x0 - 80) / 6, y, 34, 7, "#fff", "#000", "#fff")
    phoenix(deco, 3400, 340, 26, "#fff", "#000", "#d8d8d8", "#fff")
    for k in range(16):
        y = 430 + k * 43
        x = 1500 + k * 190
        bridges.path(
            f"M{x - 26} {y + 30}L{x - 6} {y - 22}H{x + 6}L{x + 26} {y + 30}L{x + 12} {y + 30}L{x} {y + 6}L{x - 12} {y + 30}Z", "#fff"
        )
    pegs = Drawing(w, h)
    for k in range(16):
        pegs.circle(5660 - (k % 2) * 90, 470 + k * 37, 17, "#fff")
    m = {name: blur(x.mask(width, height), 1.0) for name, x in (("body", body), ("deco", deco), ("bridges", bridges), ("pegs", pegs))}
    art = layered(
        (0, 0, 0),
        [
            (m["body"], grained(height, width, rng, (172, 118, 70), 22.0)),
            (m["deco"], inlay(height, width, rng, 60)),
            (m["bridges"], (226, 212, 182)),
            (m["pegs"], (48, 30, 22)),
        ],
        height,
        width,
        rng,
    )
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    arch = np.sqrt(np.clip(1.2 - y * y, 0, 2)) * 190
    height_map = (
        arch
        + blur(m["body"], 12).astype(np.float32) / 255 * 30
        + blur(m["bridges"], 5).astype(np.float32) / 255 * 26
        + blur(m["pegs"], 5).astype(np.float32) / 255 * 20
    )
    lit = relief(height_map.astype(np.float32), art, GOLD_TABLE, ambient=0.5, diffuse=0.7, shine=0.3, doublings=4)
    d, s = Drawing(w, h), Drawing(w, h)
    for k in range(16):
        y0, yb, x = 430 + k * 43, 408 + k * 43, 1500 + k * 190
        line = f"M420 {y0}L{x} {yb}L{5660 - (k % 2) * 90} {470 + k * 37}"
        d.path(line, stroke="#fff", width=3.4)
        s.path(line, stroke="#fff", width=4, extra='transform="translate(5 13)"')
    strings, shade = d.mask(width, height), blur(s.mask(width, height), 2.4)
    for y0, y1 in strips(height):
        part = lit[y0:y1] * (1 - 0.5 * shade[y0:y1, :, None].astype(np.float32) / 255)
        cover_ = strings[y0:y1, :, None].astype(np.float32) / 255
        lit[y0:y1] = np.clip(part * (1 - cover_) + np.array([236, 226, 200]) * cover_, 0, 255)
    return finish(place(lit, m["body"], backdrop(height, width, rng), rng, drop=50, depth=0.85), rng, vignette=0.06)
