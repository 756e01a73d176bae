"""Colours as "#rrggbb": their contrast (WCAG 2.2, 1.4.3), and an accent made readable on the grounds of the two themes."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Sequence

LIGHT_GROUNDS = ("#fbfaf7", "#f2f0ea")
DARK_GROUNDS = ("#141311", "#1f1e1b")
DEFAULT_ACCENT = "#23408e"
ENOUGH = 4.5
_STEPS = 200
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}", re.ASCII)


def normalised(colour: str) -> str:
    """``colour`` as lower-case "#rrggbb". Raises ValueError for what is no hexadecimal colour."""
    text = colour.strip()
    if not _HEX.fullmatch(text):
        raise ValueError(colour)
    digits = text[1:].lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def readable(colour: str, grounds: Sequence[str], ratio: float = ENOUGH) -> str:
    """``colour``, as little darkened or lightened as gives it ``ratio`` on each of the grounds; its hue stays."""
    wanted = normalised(colour)
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(wanted))
    darker_grounds = max(map(_luminance, grounds)) < 0.18
    goal = 1.0 if darker_grounds else 0.0
    for step in range(_STEPS + 1):
        mixed = lightness + (goal - lightness) * step / _STEPS
        candidate = wanted if step == 0 else _hex(colorsys.hls_to_rgb(hue, mixed, saturation))
        if all(contrast(candidate, ground) >= ratio for ground in grounds):
            return candidate
    return "#ffffff" if darker_grounds else "#000000"


def accent_on_light(accent: str) -> str:
    """The museum's accent as text on paper and surface of the light theme."""
    return readable(accent, LIGHT_GROUNDS)


def accent_on_dark(accent: str) -> str:
    """The museum's accent as text on paper and surface of the dark theme."""
    if normalised(accent) == DEFAULT_ACCENT:
        return "#a3b8f5"
    return readable(accent, DARK_GROUNDS, 7.0)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
