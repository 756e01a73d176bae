"""A moon lute and a zither."""

from __future__ import annotations

import math

import numpy as np

from museum.demo.drawing.lacquer.surface import GOLD_TABLE, grained, inlay, layered
from museum.demo.drawing.light import backdrop, finish, occlusion, place, relief, strips
from museum.demo.drawing.motifs import lotus, phoenix, rosette
from museum.demo.drawing.texture import blur
from museum.demo.drawing.vector import Drawing, seeded


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
