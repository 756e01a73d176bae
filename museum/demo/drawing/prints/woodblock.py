"""A printing block, in reverse."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.glyphs import PRINT, han, sign
from museum.demo.drawing.light import backdrop, finish, occlusion, place, relief
from museum.demo.drawing.texture import blur, cloud, ramp
from museum.demo.drawing.vector import Drawing, seeded

WOOD = ramp([(0, (26, 16, 12)), (0.3, (58, 36, 24)), (0.55, (104, 66, 40)), (0.8, (146, 100, 62)), (1, (190, 146, 100))])


def woodblock(width: int = 4200) -> np.ndarray:
    """The pear-wood block of a book page, cut in reverse, black with old ink."""
    rng = seeded("woodblock")
    w, h = 2600, 1700
    height = int(width * h / w)
    d = Drawing(w, h)
    with d.group(f"translate({w} 0) scale(-1 1)"):
        d.rect(90, 90, w - 180, h - 180, "none", "#fff", 20)
        d.rect(128, 128, w - 256, h - 256, "none", "#fff", 6)
        columns = 9
        step = 105
        text = "子曰學而時習之不亦說乎有朋自遠方來不亦樂乎人不知而不慍不亦君子乎有子曰其為人也孝弟而好犯上者鮮矣不好犯上而好作亂者未之有也君子務本本立而道生孝弟也者其為仁之本與子曰巧言令色鮮矣仁曾子曰吾日三省吾身為人謀而不忠乎與朋友交而不信乎傳不習乎"
        at = 0
        for half in range(2):
            x0 = 150 if half == 1 else w / 2 + 70
            for k in range(columns):
                x = x0 + (columns - 1 - k + 0.5) * step + 70
                d.path(f"M{x - step / 2:.0f} 130L{x - step / 2:.0f} {h - 130}", stroke="#fff", width=4)
                for r in range(15):
                    sign(d, text[at % len(text)], x, 205 + r * 93, 84, "#fff", PRINT)
                    at += 1
        d.path(f"M{w / 2 - 60} 130L{w / 2 - 60} {h - 130}M{w / 2 + 60} 130L{w / 2 + 60} {h - 130}", stroke="#fff", width=5)
        d.path(f"M{w / 2 - 56} 420h112l-56 60ZM{w / 2 - 56} 1260h112l-56 -60Z", "#fff")
        han(d, "論語卷一", w / 2, 560, 92, "#fff", PRINT, gap=1.15)
    drawn = d.mask(width, height)
    soft = blur(drawn, 1.8).astype(np.float32) / 255
    wide = blur(drawn, 7).astype(np.float32) / 255
    grain = cloud(height, width, rng, 1.7, 3.0, stretch=12.0)
    chisel = cloud(height, width, rng, 1.2, 2.0, stretch=3.0)
    wear = cloud(height, width, rng, 2.2, 8.0)
    top = np.clip(soft * 1.3 - np.clip(wear - 1.5, 0, 1) * 0.7, 0, 1)
    relief_height = top * 22 + wide * 7 + grain * 1.1 + chisel * 1.5 * (1 - soft)
    sky = occlusion(relief_height, 16, 0.05)
    tone = 0.74 + grain * 0.10 + wear * 0.06 - wide * 0.12 - soft * (0.46 + 0.08 * wear) - chisel * (1 - soft) * 0.03
    lit = relief(relief_height, tone, WOOD, sky=sky, ambient=0.42, diffuse=0.9, shine=0.22, doublings=3)
    big_w, big_h = width, int(height * 1.12)
    board = np.zeros((big_h, big_w, 3), np.uint8)
    m = (big_h - height) // 2
    inset = int(width * 0.035)
    small = lit[:, inset : width - inset]
    board[m : m + height, inset : width - inset] = small
    mask = np.zeros((big_h, big_w), np.uint8)
    shape = Drawing(small.shape[1], height)
    shape.rect(6, 6, small.shape[1] - 12, height - 12, "#fff", radius=18)
    mask[m : m + height, inset : width - inset] = shape.mask(small.shape[1], height)
    return finish(place(board, mask, backdrop(big_h, big_w, rng), rng, drop=46, depth=0.8), rng)
