"""The section of the pagoda tower."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, SERIF, han, latin
from museum.demo.drawing.light import finish
from museum.demo.drawing.maps.citadel import scale_bar
from museum.demo.drawing.maps.gate import dimension_v, figure
from museum.demo.drawing.maps.landscape import INK, tree
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.paper import seal, sheet
from museum.demo.drawing.vector import Drawing, seeded


def pagoda_section(width: int = 4000) -> np.ndarray:
    """Section and elevation of a seven-storeyed tower."""
    rng = seeded("pagoda")
    w, h = 3200, 4000
    d = Drawing(w, h, "#fff")
    base = 3500
    d.path(f"M200 {base}H3000", stroke=INK, width=8)
    for k in range(3):
        d.path(f"M{900 - k * 60} {base - (2 - k) * 36}H{2300 + k * 60}v36H{900 - k * 60}Z", "#e3d3b0", INK, 4)
    y = base - 108
    for k in range(7):
        half = 560 - k * 56
        rise = 350 - k * 20
        d.rect(1600 - half, y - rise, half, rise, "#d99a7a", INK, 4)
        d.rect(1600, y - rise, half, rise, "#f5ecd8", INK, 4)
        d.path("".join(f"M{1600 + half - 90 + j * 9} {y}l-60 {-rise}" for j in range(10)), stroke="#9a6a4a", width=1.6)
        d.rect(1600 + half - 90, y - rise, 90, rise, "none", INK, 3)
        d.path("".join(f"M{1600 - half} {y - j * 22}h{half}" for j in range(1, int(rise / 22))), stroke="#7b4a38", width=1.4)
        d.path(
            f"M{1600 - half * 0.62:.0f} {y}v{-rise * 0.44:.0f}a{half * 0.16:.0f} {half * 0.16:.0f} 0 0 1 {half * 0.32:.0f} 0v{rise * 0.44:.0f}Z",
            "#6d4a38",
            INK,
            4,
        )
        d.path(
            f"M1600 {y}h{half - 90}M1640 {y}l{(half - 170) * 0.9:.0f} {-rise}M1640 {y}"
            + "".join(f"m{(half - 170) * 0.09:.0f} {-rise / 10:.0f}h18" for _ in range(9)),
            stroke=INK,
            width=3,
        )
        d.ellipse(1690, y - 46, 22, 30, "#c9a23e", INK, 2.4)
        d.circle(1690, y - 86, 15, "#c9a23e", INK, 2.4)
        eave = half + 120
        d.path(
            f"M{1600 - eave} {y - rise - 26}C{1600 - half} {y - rise + 10} {1600 + half} {y - rise + 10} {1600 + eave} {y - rise - 26}L{1600 + half - 30} {y - rise - 70}H{1600 - half + 30}Z",
            "#7b8a6a",
            INK,
            4,
        )
        d.path(
            "".join(
                f"M{1600 + j * (half - 30) / 14:.0f} {y - rise - 68}L{1600 + j * eave / 14.6:.0f} {y - rise - 8 - abs(j) * 0.9:.0f}"
                for j in range(-14, 15)
            ),
            stroke=INK,
            width=2,
        )
        dimension_v(d, 2480 + (k % 2) * 110, y - rise, y, f"{11 - k * 0.6:.1f} thước".replace(".", ","))
        y -= rise + 70
    d.path(f"M1600 {y + 4}V{y - 210}", stroke=INK, width=8)
    for k in range(7):
        d.ellipse(1600, y - 20 - k * 26, 50 - k * 5, 10, "#c9a23e", INK, 3)
    for side in (-1, 1):
        for k in range(9):
            tree(d, 1600 + side * (900 + k * 62), base, 50 + 30 * ((k * 7) % 4), rng)
    for _ in range(14):
        figure(d, rng.uniform(300, 2900), base, 76, rng)
    for k in range(8):
        curl(d, rng.uniform(200, 3000), rng.uniform(300, 1300), 90, "none", "#9aa89a", k % 2 == 0)
    latin(d, "THÁP HƯƠNG SƠN", 1600, 230, 120, INK, SERIF, 600, "middle", 12)
    latin(d, "nửa mặt đứng, nửa mặt cắt", 1600, 320, 58, INK, SERIF, 400, "middle", 3)
    scale_bar(d, 1200, 3720)
    han(d, "香山七級塔", 330, 420, 120, INK, BRUSH, rng)
    seal(d, "工部之印", 250, 1120, 170, "#b8321f", rng)
    d.rect(90, 90, w - 180, h - 180, "none", INK, 5)
    d.rect(112, 112, w - 224, h - 224, "none", INK, 2)
    height = int(width * h / w)
    return finish(
        sheet(d.raster(width, height), rng, tone=(233, 224, 203), age=0.9, holes=6, folds=(1, 2), ragged=1.6, margin=0.03, ink=0.10), rng
    )
