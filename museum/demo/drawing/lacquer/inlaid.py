"""A tray, a box and a name board."""

from __future__ import annotations

import numpy as np

from museum.demo.drawing.glyphs import BRUSH, PRINT, han, sign
from museum.demo.drawing.lacquer.surface import GOLD_TABLE, inlay, layered, polished
from museum.demo.drawing.light import finish, occlusion, relief, strips
from museum.demo.drawing.motifs import cloud as curl
from museum.demo.drawing.motifs import dragon, frame, lotus, phoenix, rosette, surf
from museum.demo.drawing.paper import mount
from museum.demo.drawing.solid.bodies import Lathe
from museum.demo.drawing.solid.clothing import Part, Surface, bump_from, sample
from museum.demo.drawing.texture import blur, cloud, clouds
from museum.demo.drawing.vector import Drawing, points, seeded
from museum.demo.drawing.vessels.kiln import studio


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
