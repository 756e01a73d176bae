"""A picture's colours and its perceptual hash, from a small copy of it."""

from __future__ import annotations

from typing import Any

import numpy as np
from PIL import Image

from media import vips
from media.pyramid.index import fit

SIDE = 160
COLOURS = 6


def small(pixels: np.ndarray) -> np.ndarray:
    """At most ``SIDE`` pixels a side, RGB."""
    height, width = pixels.shape[:2]
    copy = vips.resize(pixels, *fit(width, height, SIDE, SIDE))
    return np.repeat(copy, 3, axis=2) if copy.shape[2] == 1 else copy


def palette(pixels: np.ndarray) -> list[dict[str, Any]]:
    """``[{"color": "#rrggbb", "share": 0.41}, …]``, the largest share first."""
    image = Image.fromarray(small(pixels)).quantize(COLOURS, Image.Quantize.MEDIANCUT, kmeans=2)
    colours = np.asarray(image.getpalette(), np.uint8).reshape(-1, 3)
    counts = image.getcolors() or []
    total = sum(count for count, _ in counts)
    found = [
        {"color": "#{:02x}{:02x}{:02x}".format(*(int(value) for value in colours[int(number)])), "share": round(count / total, 3)}  # type: ignore[call-overload]
        for count, number in sorted(counts, reverse=True)  # type: ignore[type-var]
    ]
    return [each for each in found if each["share"]]


def difference_hash(pixels: np.ndarray) -> str:
    """64 bits as 16 hex digits: whether each of 8 × 8 fields is darker than its right neighbour (dHash). Near-equal pictures differ in few bits."""
    image = Image.fromarray(small(pixels)).convert("L").resize((9, 8), Image.Resampling.BOX)
    grey = np.asarray(image, np.int16)
    bits = (grey[:, :-1] < grey[:, 1:]).ravel()
    return f"{int(''.join('1' if bit else '0' for bit in bits), 2):016x}"
