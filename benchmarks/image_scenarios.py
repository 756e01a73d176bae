"""What is asked of the image servers: paths after the picture's id, in the words of Image API 2.1 (which IIPImage 1.1 speaks)."""

from __future__ import annotations

import random
from collections.abc import Iterator

WIDTH, HEIGHT = 8000, 6000
TILE = 512
SCREEN = 1440, 900
# a visit: where the middle of the screen lies (shares of the picture) and how many pixels of the picture a pixel of the screen shows
VISIT = (
    (0.5, 0.5, 6.7), (0.5, 0.5, 4), (0.42, 0.4, 2.4), (0.36, 0.36, 1.4), (0.34, 0.33, 1), (0.3, 0.33, 1), (0.25, 0.35, 1), (0.25, 0.45, 1),
    (0.3, 0.5, 2), (0.5, 0.5, 3), (0.7, 0.4, 2), (0.78, 0.32, 1), (0.82, 0.3, 0.7), (0.8, 0.38, 1), (0.7, 0.6, 2), (0.5, 0.5, 6.7),
)  # fmt: skip


def session() -> Iterator[str]:
    """The tiles that a deep zoom (OpenSeadragon) asks for during the visit, each once: the sharpest level that is not finer than the screen."""
    seen = set()
    for across, down, scale in VISIT:
        factor = 1
        while factor * 2 <= scale and factor < 16:
            factor *= 2
        half = SCREEN[0] * scale / 2, SCREEN[1] * scale / 2
        left, right = max(0, across * WIDTH - half[0]), min(WIDTH - 1, across * WIDTH + half[0])
        top, bottom = max(0, down * HEIGHT - half[1]), min(HEIGHT - 1, down * HEIGHT + half[1])
        step = TILE * factor
        for column in range(int(left // step), int(right // step) + 1):
            for row in range(int(top // step), int(bottom // step) + 1):
                if (column, row, factor) not in seen:
                    seen.add((column, row, factor))
                    yield tile(column * step, row * step, factor)


def tile(x: int, y: int, factor: int) -> str:
    """The tile whose corner that is, at a scale factor."""
    w, h = min(TILE * factor, WIDTH - x), min(TILE * factor, HEIGHT - y)
    return f"{x},{y},{w},{h}/{-(-w // factor)},/0/default.jpg"


def scenarios() -> dict[str, list[str]]:
    """Paths by scenario."""
    chance = random.Random(7)
    tiles = [tile(x, y, 1) for x in range(0, WIDTH, TILE) for y in range(0, HEIGHT, TILE)]
    regions = []
    for _ in range(4000):
        w, h = chance.randrange(600, 3000), chance.randrange(600, 3000)
        x, y = chance.randrange(0, WIDTH - w), chance.randrange(0, HEIGHT - h)
        regions.append(f"{x},{y},{w},{h}/{chance.randrange(300, min(w, 800))},/0/default.jpg")
    inner = [path for path in tiles if ",512,512/" in path]
    turned = [path.replace("/0/default", f"/{way}") for path in inner for way in ("90/default", "270/default", "0/gray")]
    return {
        "aligned tiles": tiles,
        "deep-zoom session": list(session()),
        "thumbnails not made at ingest": [f"full/!{side},{side}/0/default.jpg" for side in range(700, 840)],
        "unaligned regions": regions,
        "rotated or grey tiles": turned,
    }
