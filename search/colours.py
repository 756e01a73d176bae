"""Colours by name: which of twelve a picture is chiefly made of, and how near two palettes are. Compared in OKLab, as eyes compare."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

# id → (English, Vietnamese, the colour that the name stands for)
NAMES: dict[str, tuple[str, str, str]] = {
    "red": ("red", "đỏ", "#c4302b"), "orange": ("orange", "cam", "#d9772b"), "yellow": ("yellow", "vàng", "#dcb83a"),
    "green": ("green", "xanh lá", "#4f8a4b"), "turquoise": ("turquoise", "xanh ngọc", "#4ba6a0"), "blue": ("blue", "xanh lam", "#3763b0"),
    "purple": ("purple", "tím", "#77509c"), "pink": ("pink", "hồng", "#d889a6"), "brown": ("brown", "nâu", "#7a5230"),
    "black": ("black", "đen", "#1c1b1a"), "grey": ("grey", "xám", "#8b8a88"), "white": ("white", "trắng", "#f2efe8"),
}  # fmt: skip
SMALLEST_SHARE = 0.08  # of the picture: less is a detail, not its colour
_GREYS = ("black", "grey", "white")
_COLOURLESS = 0.035  # OKLab chroma up to which a colour has no hue that anybody would name

Lab = tuple[float, float, float]


@lru_cache(maxsize=20_000)
def lab(colour: str) -> Lab:
    """OKLab of ``#rrggbb``. Raises ValueError for anything else."""
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(f"{colour!r} is not a colour such as #3763b0.")
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


@lru_cache(maxsize=20_000)
def named(colour: str) -> str:
    """The name that fits best."""
    light, green_red, blue_yellow = lab(colour)
    if math.hypot(green_red, blue_yellow) < _COLOURLESS:
        return "black" if light < 0.35 else "white" if light > 0.88 else "grey"
    if light < 0.22:
        return "black"
    hues = [name for name in NAMES if name not in _GREYS]
    return min(hues, key=lambda name: _unlike(lab(colour), lab(NAMES[name][2])))


def _unlike(one: Lab, other: Lab) -> float:
    """The hue names a colour; light and strength only tell brown from orange and pink from red."""
    turn = abs(math.atan2(one[2], one[1]) - math.atan2(other[2], other[1]))
    strength = abs(math.hypot(one[1], one[2]) - math.hypot(other[1], other[2]))
    return min(turn, 2 * math.pi - turn) + 0.8 * abs(one[0] - other[0]) + strength


def names_of(palette: Iterable[Mapping[str, Any]]) -> list[str]:
    """Names of the colours that take a fair part of a picture, the largest first. ``palette``: ``[{"color": "#rrggbb", "share": 0.4}, …]``."""
    shares: dict[str, float] = {}
    for part in palette:
        name = named(part["color"])
        shares[name] = shares.get(name, 0.0) + part["share"]
    return [name for name, share in sorted(shares.items(), key=lambda pair: -pair[1]) if share >= SMALLEST_SHARE]


def distance(one: Sequence[Mapping[str, Any]], other: Sequence[Mapping[str, Any]]) -> float:
    """How far two palettes are from each other: 0 for the same, about 1 for black and white. Each colour is held against its nearest."""
    if not one or not other:
        return 1.0
    ours, theirs = ([lab(part["color"]) for part in palette] for palette in (one, other))
    rows = [[_apart(colour, goal) for goal in theirs] for colour in ours]
    return (_to_nearest(one, rows) + _to_nearest(other, zip(*rows, strict=True))) / 2


def _to_nearest(palette: Sequence[Mapping[str, Any]], distances: Iterable[Iterable[float]]) -> float:
    total = sum(part["share"] for part in palette) or 1.0
    return sum(part["share"] * min(row) for part, row in zip(palette, distances, strict=True)) / total


def _apart(one: Lab, other: Lab) -> float:
    """Hue counts twice as much as light: a blue in the shade is still a blue."""
    return math.sqrt((one[0] - other[0]) ** 2 + 4 * ((one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2))


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
