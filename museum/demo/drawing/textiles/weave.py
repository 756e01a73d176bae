"""Woven cloth: brocades, ikat and a sash."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.light import finish, strips
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import dragon, fish, frame, lotus, pearl, phoenix, rosette
from museum.demo.drawing.paper import mount
from museum.demo.drawing.texture import clouds, enlarge, grain
from museum.demo.drawing.vector import Drawing, points, seeded, smooth


def thread_tile(pitch: int, twill: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Light and thread kind of one repeat of the weave: (n, n) float32 shade, bool weft-on-top."""
    n = pitch * twill
    y, x = np.mgrid[0:n, 0:n]
    row, column = y // pitch, x // pitch
    weft = (column + row) % twill != 0
    fy, fx = (y % pitch + 0.5) / pitch, (x % pitch + 0.5) / pitch
    across = np.where(weft, fy, fx)
    shade = 0.52 + 0.60 * np.sin(across * math.pi)
    shade += 0.10 * np.sin((x * 1.0 + y * 1.7) * 2 * math.pi / 3.1)
    return shade.astype(np.float32), weft


def woven(
    art: np.ndarray,
    rng: np.random.Generator,
    width: int,
    height: int,
    pitch: int = 5,
    sheen: float = 1.0,
    mask: np.ndarray | None = None,
    metal: tuple[int, int, int] | None = None,
) -> np.ndarray:
    """Cloth from a pattern: each point of ``art`` (h, w, 3) becomes a crossing of threads ``pitch`` pixels wide."""
    rows, columns = height // pitch + 1, width // pitch + 1
    small = art if art.shape[:2] == (rows, columns) else enlarge(art, rows, columns, "cubic" if art.shape[0] < rows else "linear")
    # each thread has its own dye
    small = small.astype(np.float32) * (1 + rng.normal(0, 0.035, (rows, 1, 1)) + rng.normal(0, 0.025, (1, columns, 1)))
    small = np.clip(small, 0, 255).astype(np.uint8)
    tile, _ = thread_tile(pitch)
    drape = clouds(height, width, rng, 2.6, max(6, width / 500))
    fuzz = grain(height, width, rng)
    out = np.empty((height, width, 3), np.uint8)
    wide = np.repeat(small, pitch, axis=1)[:, :width]
    lines = np.tile(tile, (1, width // tile.shape[1] + 1))[:, :width]
    for y0, y1 in strips(height):
        index = np.arange(y0, y1)
        color = wide[index // pitch].astype(np.float32)
        shade = lines[index % tile.shape[0]]
        fold = drape[y0:y1]
        light = shade * (1.06 + 0.06 * fold) + fuzz[y0:y1].astype(np.float32) * 0.0016
        bright = color.max(-1)
        gloss = np.clip(shade - 0.92, 0, 1) * sheen * (0.5 + 0.5 * np.clip(fold, -1, 1.5))
        color = color * light[..., None] + (gloss * bright * 1.5)[..., None]
        out[y0:y1] = np.clip(color, 0, 255)
    return out


def cloth(
    picture: np.ndarray, rng: np.random.Generator, fringe: int = 0, margin: float = 0.035, ground: tuple[int, int, int] = (196, 193, 187)
) -> np.ndarray:
    """Lay a woven picture on the table, with warp ends hanging out below and above."""
    height, width = picture.shape[:2]
    shape = Drawing(width, height)
    sway = [(4 + 2 * rng.normal(), y) for y in np.linspace(fringe, height - fringe, 60)]
    other = [(width - 4 + 2 * rng.normal(), y) for y in np.linspace(height - fringe, fringe, 60)]
    shape.path(points(sway + other, True), "#fff")
    if fringe:
        parts = []
        for x in np.arange(6, width - 6, 7):
            for y, s in ((fringe, -1), (height - fringe, 1)):
                parts.append(
                    f"M{x:.0f} {y - s * 3:.0f}q{rng.normal() * 5:.0f} {s * fringe * 0.5:.0f} {rng.normal() * 9:.0f} {s * fringe * rng.uniform(0.7, 0.98):.0f}"
                )
        shape.path("".join(parts), stroke="#fff", width=3.4)
    return finish(mount(picture, shape.mask(width, height), rng, margin, ground), rng)


def dragon_brocade(width: int = 4400) -> np.ndarray:
    """Imperial yellow with dragons in roundels among clouds."""
    rng = seeded("brocade dragon")
    w, h = 2200, 1650
    d = Drawing(w, h, "#c98a1e")
    for r in range(4):
        for c in range(5):
            x, y = c * 550 + (275 if r % 2 else 0), 210 + r * 420
            d.circle(x, y, 190, "#a4301f", "#f2d48a", 7)
            d.circle(x, y, 176, "none", "#f2d48a", 3)
            line = np.array(
                [
                    (x - 40, y - 60),
                    (x + 70, y - 110),
                    (x + 120, y - 10),
                    (x + 50, y + 100),
                    (x - 70, y + 110),
                    (x - 130, y + 20),
                    (x - 90, y - 60),
                ]
            )
            dragon(d, line, 58, "#f4d178", "#6d1d12", "#fff0c0", "#4f8a7a", detail=0.55)
            pearl(d, x - 10, y + 18, 15, "#fff0c0", "#6d1d12", "#e8863c")
            for dx, dy, f in ((275, 30, False), (275, -120, True), (190, 180, False)):
                curl(d, x + dx, y + dy, 62, ["#e9b84a", "#5f8f80", "#b7472f"][(r + c) % 3], "#7a4a10", f)
            rosette(d, x + 275, y + 130, 40, 8, "#d8603c", "#7a3410", "#f4d178")
    frame(d, -40, -40, w + 80, h + 80, 60, "#7a3410", 5)
    height = int(width * h / w)
    return cloth(woven(d.raster(width // 5 + 1, height // 5 + 1), rng, width, height, 5, 1.2), rng, fringe=46)


def phoenix_brocade(width: int = 4200) -> np.ndarray:
    """Red silk: phoenixes and peonies with gold thread."""
    rng = seeded("brocade phoenix")
    w, h = 2100, 1700
    d = Drawing(w, h, "#8f1b22")
    for r in range(5):
        for c in range(5):
            x, y = c * 520 + (260 if r % 2 else 0), 60 + r * 400
            rosette(d, x, y + 200, 82, 11, "#e9a9a0", "#5a0d14", "#f0c860")
            phoenix(d, x + 120, y, 62, "#f0c860", "#5a0d14", "#7fb0a0", "#e8793c", flip=bool(r % 2))
            for k in range(6):
                a = k * math.pi / 3
                d.path(
                    f"M{x + 100 * math.cos(a):.0f} {y + 200 + 100 * math.sin(a):.0f}q{30 * math.cos(a + 0.6):.0f} {30 * math.sin(a + 0.6):.0f} {60 * math.cos(a):.0f} {60 * math.sin(a):.0f}q{-40 * math.cos(a - 0.5):.0f} {-40 * math.sin(a - 0.5):.0f} {-60 * math.cos(a):.0f} {-60 * math.sin(a):.0f}Z",
                    "#5f8a68",
                    "#f0c860",
                    2.4,
                )
    height = int(width * h / w)
    return cloth(woven(d.raster(width // 5 + 1, height // 5 + 1), rng, width, height, 5, 1.3), rng, fringe=40)


def ikat(width: int = 4400) -> np.ndarray:
    """An indigo hip cloth of the hills: bound and dyed yarn, supplementary weft bands."""
    rng = seeded("ikat")
    cols, rows = width // 6 + 1, 2400 // 6 + 1
    d = Drawing(cols, rows, "#1f2540")
    bands = [
        (0, 14, "#8f2b24"),
        (14, 18, "#e6d9b8"),
        (60, 66, "#c98a3a"),
        (120, 124, "#e6d9b8"),
        (124, 150, "#8f2b24"),
        (150, 154, "#e6d9b8"),
        (246, 250, "#e6d9b8"),
        (250, 276, "#8f2b24"),
        (276, 280, "#e6d9b8"),
        (334, 340, "#c98a3a"),
        (383, 387, "#e6d9b8"),
        (387, 401, "#8f2b24"),
    ]
    for a, b, color in bands:
        d.rect(0, a, cols, b - a, color)
    for x in range(0, cols, 26):
        for cy in (38, 92, 308, 362):
            for q, color in ((17, "#e6d9b8"), (12, "#1f2540"), (8, "#b8543a"), (4, "#e6d9b8")):
                d.path(points([(x + 13 - q * 0.75, cy), (x + 13, cy - q), (x + 13 + q * 0.75, cy), (x + 13, cy + q)], True), color)
    for x in range(0, cols, 44):
        for cy in (137, 263):
            d.path(
                points([(x + 4, cy + 9), (x + 12, cy - 9), (x + 22, cy + 9), (x + 32, cy - 9), (x + 40, cy + 9)]), stroke="#e6d9b8", width=3
            )
            d.circle(x + 22, cy - 5, 2.4, "#c98a3a")
    for k, x in enumerate(range(10, cols, 92)):
        figure_row(d, x, 200, k)
    art = d.raster(cols, rows)
    shift = np.cumsum(rng.integers(-1, 2, cols)) % 5
    for x in range(cols):
        art[:, x] = np.roll(art[:, x], int(shift[x]) - 2, axis=0)
    return cloth(woven(art, rng, width, 2400, 6, 0.35), rng, fringe=90)


def figure_row(d: Drawing, x: float, y: float, kind: int) -> None:
    c = "#e6d9b8"
    if kind % 3 == 0:
        d.path(f"M{x + 30} {y + 34}v-44M{x + 12} {y + 34}l18 -22l18 22M{x + 8} {y - 8}l22 12l22 -12", stroke=c, width=5)
        d.circle(x + 30, y - 20, 9, c)
    elif kind % 3 == 1:
        d.path(
            f"M{x} {y + 34}v-30h52v30M{x + 8} {y + 34}v-20M{x + 44} {y + 34}v-20M{x + 52} {y + 4}l14 -20M{x} {y + 4}l-10 14",
            stroke="#c98a3a",
            width=6,
        )
        d.path(f"M{x + 60} {y - 22}l14 4", stroke="#c98a3a", width=6)
    else:
        for k in range(4):
            d.path(
                points([(x + 30 - 26 + k * 4, y + k * 9), (x + 30, y - 34 + k * 9), (x + 30 + 26 - k * 4, y + k * 9)]),
                stroke=[c, "#b8543a"][k % 2],
                width=4,
            )
        d.path(f"M{x + 30} {y - 30}V{y + 36}", stroke=c, width=4)


def sash(width: int = 9000) -> np.ndarray:
    """A long sash with a band of small scenes."""
    rng = seeded("sash")
    rows, cols = 150, width // 5 + 1
    d = Drawing(cols, rows, "#2d4a3e")
    d.rect(0, 0, cols, 12, "#c9a23e")
    d.rect(0, rows - 12, cols, 12, "#c9a23e")
    for x in range(0, cols, 12):
        d.path(f"M{x} 20l6 8l6 -8M{x} {rows - 20}l6 -8l6 8", stroke="#e6d9b8", width=2)
    for k, x in enumerate(range(60, cols - 40, 106)):
        if k % 4 == 0:
            lotus(d, x, 100, 46, "#e9a0a8", "#f6ecd0", "#e6c860")
        elif k % 4 == 1:
            fish(d, x, 76, 30, 0, "#d9793c", "#f6ecd0", "#e6c860")
        elif k % 4 == 2:
            phoenix(d, x + 34, 76, 12, "#e6c860", "#3a2010", "#d8603c", "#e8793c")
        else:
            d.path(smooth([(x - 40, 110), (x - 26, 60), (x - 10, 90), (x + 4, 46), (x + 22, 92), (x + 40, 110)]), "#7fb0a8", "#f6ecd0", 2)
            d.circle(x + 26, 48, 9, "#d8402c")
    return cloth(woven(d.raster(cols, rows), rng, width, 750, 5, 1.0), rng, fringe=0, margin=0.008)
