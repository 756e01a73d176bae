"""Paper and silk: what was drawn or printed becomes an old sheet lying in the studio."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.light import backdrop, place, strips
from museum.demo.drawing.texture import Rows, blur, cloud, clouds, grain, grown
from museum.demo.drawing.vector import Drawing, smooth


def outline(width: int, height: int, rng: np.random.Generator, ragged: float, holes: int) -> np.ndarray:
    """Where there is paper, uint8: edges never quite straight, corners worn, paths of book worms."""
    d = Drawing(width, height)
    m = 3 + ragged * 2
    size = min(width, 4200)
    edge = []
    for (x0, y0), (x1, y1) in (((0, 0), (1, 0)), ((1, 0), (1, 1)), ((1, 1), (0, 1)), ((0, 1), (0, 0))):
        steps = int(150 * max(abs(x1 - x0) * width, abs(y1 - y0) * height) / 4000) + 12
        for t in np.linspace(0.004, 0.996, steps):
            nibble = min(abs(rng.normal()) ** 3, 9) * ragged * 0.6
            x, y = m + (x0 + (x1 - x0) * t) * (width - 2 * m), m + (y0 + (y1 - y0) * t) * (height - 2 * m)
            edge.append((x + nibble * (y1 - y0) * -1 * (1 if x1 == x0 else 0), y + nibble * ((x1 - x0) if y1 == y0 else 0)))
    d.path(smooth(edge, True), "#fff")
    for _ in range(holes):
        x, y, a = rng.uniform(0.04, 0.96) * width, rng.uniform(0.04, 0.96) * height, rng.uniform(0, 6.3)
        trail = [(x, y)]
        for _ in range(int(rng.integers(0, 6))):
            a += rng.normal() * 0.7
            x, y = x + math.cos(a) * size * 0.004, y + math.sin(a) * size * 0.004
            trail.append((x, y))
        d.path(smooth(trail) if len(trail) > 1 else f"M{x} {y}h.1", stroke="#000", width=size * rng.uniform(0.001, 0.002))
    return d.mask(width, height)


def stains(height: int, width: int, rng: np.random.Generator, count: int) -> Rows:
    """Water marks with darker rims, 0..1."""
    h, w = height // 16 + 1, width // 16 + 1
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    field = np.zeros((h, w), np.float32)
    wobble = cloud(h, w, rng, 2.0, 1.5)
    for _ in range(count):
        side = rng.integers(0, 4)
        cx, cy = ((rng.uniform(0, w), 0), (rng.uniform(0, w), h), (0, rng.uniform(0, h)), (w, rng.uniform(0, h)))[side]
        r = rng.uniform(0.05, 0.22) * min(w, h)
        q = (np.hypot(x - cx, y - cy) + wobble * r * 0.12) / r
        field += 0.21 / (1 + np.exp(np.clip((q - 1) * 24, -40, 40))) + 0.5 * np.exp(-(((q - 1) * 16) ** 2))
    return grown(field, height, width)


def sheet(
    art: np.ndarray, rng: np.random.Generator, *, tone: tuple[float, float, float] = (233, 219, 188), age: float = 1.0, holes: int = 0, folds: tuple[int, int] = (0, 0),
    laid: float = 1.0, ragged: float = 1.0, ink: float = 0.2, margin: float = 0.028, ground: tuple[int, int, int] = (150, 147, 141), weave: bool = False, spots: bool = True,
) -> np.ndarray:  # fmt: skip
    """``art`` (h, w, 3) uint8 on white, laid on paper of a ``tone`` and photographed, with a margin of ground around it."""
    height, width = art.shape[:2]
    slow = clouds(height, width, rng, 2.2, max(6, width / 700))
    fine = clouds(height, width, rng, 1.0, 2.0)
    fibre = clouds(height, width, rng, 1.3, 2.0, stretch=5.0)
    water = stains(height, width, rng, int(2 + 3 * age)) if age > 0.3 else None
    fox = clouds(height, width, rng, 0.6, 7.0) if spots else None
    y = np.arange(height, dtype=np.float32)[:, None]
    x = np.arange(width, dtype=np.float32)[None, :]
    rim = np.minimum(np.minimum(x, width - x), 0.04 * width) / (0.04 * width)
    lines = (np.sin(x * (2 * math.pi / 9.0)) * 0.5 if laid else np.zeros_like(x)) * laid
    chain = np.exp(-(((x % (width / 18)) - width / 36) ** 2) / 8) * 0.8 * laid
    fold = np.zeros((1, width), np.float32)
    for k in range(1, folds[0] + 1):
        at = width * k / (folds[0] + 1)
        fold = (
            fold
            + 11 * np.exp(-((x - at - 5) ** 2) / 50)
            - 16 * np.exp(-((x - at + 2) ** 2) / 30)
            + 5 * np.tanh((x - at) / 60) * np.exp(-np.abs(x - at) / 300)
        )
    across = np.zeros((height, 1), np.float32)
    for k in range(1, folds[1] + 1):
        at = height * k / (folds[1] + 1)
        across = (
            across
            + 11 * np.exp(-((y - at - 5) ** 2) / 50)
            - 16 * np.exp(-((y - at + 2) ** 2) / 30)
            + 5 * np.tanh((y - at) / 60) * np.exp(-np.abs(y - at) / 300)
        )
    tooth = grain(height, width, rng)
    warm = np.array(tone, np.float32)
    out = np.empty_like(art)
    for y0, y1 in strips(height):
        s, f, fb = slow[y0:y1], fine[y0:y1], fibre[y0:y1]
        body = 1 + s * 0.022 + f * 0.010 + fb * 0.013
        edge = np.minimum(np.minimum(y[y0:y1], height - y[y0:y1]), 0.04 * width) / (0.04 * width)
        body = body - 0.13 * age * (1 - np.minimum(rim, edge)) ** 2
        if weave:
            body = body + 0.035 * (np.sin(x * 1.6) * np.sin(y[y0:y1] * 1.4))
        else:
            body = body + (lines - chain) * 0.010
        paper = body[..., None] * warm
        if water is not None:
            paper -= water[y0:y1][..., None] * np.array([10, 20, 34], np.float32) * age
        if fox is not None:
            paper -= (np.clip(fox[y0:y1] - 2.35, 0, 1) * age)[..., None] * np.array([60, 100, 120], np.float32)
        # printing never lies evenly: the ink thins where the paper's fibres are proud
        dark = (255 - art[y0:y1].astype(np.float32)) / 255
        dark *= np.clip(1 - ink * (0.35 + 0.5 * f + 0.35 * fb + 0.3 * s), 0, 1.04)[..., None]
        paper *= 1 - dark
        paper += (fold + across[y0:y1])[..., None]
        paper += (tooth[y0:y1].astype(np.float32) * 0.055)[..., None]
        out[y0:y1] = np.clip(paper, 0, 255)
    shape = outline(width, height, rng, ragged, holes)
    return mount(out, shape, rng, margin, ground)


def mount(
    picture: np.ndarray,
    shape: np.ndarray,
    rng: np.random.Generator,
    margin: float,
    ground: tuple[int, int, int],
    drop: float | None = None,
    depth: float = 0.62,
) -> np.ndarray:
    """Put a flat thing on a ground that is wider by ``margin`` of the width on every side."""
    height, width = shape.shape
    m = int(margin * min(width, height * 2))
    big = np.zeros((height + 2 * m, width + 2 * m, 3), np.uint8)
    big[m : m + height, m : m + width] = picture
    mask = np.zeros(big.shape[:2], np.uint8)
    mask[m : m + height, m : m + width] = shape
    return place(big, mask, backdrop(*mask.shape, rng, ground), rng, drop=drop or max(8, m * 0.22), depth=depth)


def softened(mask: np.ndarray, rng: np.random.Generator, spread: float = 1.6, rough: float = 0.22) -> np.ndarray:
    """Ink drawn into paper: edges run a little and break, uint8 darkness."""
    height, width = mask.shape
    soft = blur(mask, spread)
    noise = clouds(height, width, rng, 0.8, 2.0)
    for y0, y1 in strips(height):
        part = soft[y0:y1]
        if part.any():
            level = part.astype(np.float32) / 255
            level = (level - 0.5 + noise[y0:y1] * rough * 0.35 * np.minimum(level * 4, 1)) * 3.2 + 0.5
            soft[y0:y1] = np.clip(level, 0, 1) * 255
    return soft


def seal(d: Drawing, text: str, x: float, y: float, size: float, color: str, rng: np.random.Generator, white: bool = False) -> None:
    """A square seal impression with up to nine characters in columns from the right."""
    from museum.demo.drawing.glyphs import PRINT, sign

    n = math.ceil(math.sqrt(len(text)))
    rows = math.ceil(len(text) / n)
    if white:
        d.rect(x, y, size, size, color, radius=size * 0.04)
    else:
        d.rect(x + size * 0.03, y + size * 0.03, size * 0.94, size * 0.94, "none", color, size * 0.055, radius=size * 0.04)
    inner = size * (0.88 if white else 0.82)
    for k, character in enumerate(text):
        column, row = n - 1 - k // rows, k % rows
        cx = x + size / 2 - inner / 2 + inner * (column + 0.5) / n
        cy = y + size / 2 - inner / 2 + inner * (row + 0.5) / rows
        color2 = "#fff" if white else color
        sign(d, character, cx, cy, inner / n * 0.86, color2, PRINT, fitted=True, extra=f'stroke="{color2}" stroke-width="22"')
