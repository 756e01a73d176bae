"""What the greys of an ICC profile look like in sRGB, by its own curve: littlecms reads such curves at 33 places, too few for dark greys in linear light."""

from __future__ import annotations

import struct

import numpy as np

_STEPS = 65536


def table(profile: bytes) -> np.ndarray | None:
    """For each of 65,536 greys its value from 0 to 255; None when the profile is none of greys, or its curve of a kind unknown here."""
    try:
        if profile[16:20] != b"GRAY":
            return None
        curve = _curve(_tag(profile, b"kTRC"))
    except (struct.error, IndexError, ValueError):
        return None
    if curve is None or not np.isfinite(curve).all():
        return None
    light = np.clip(curve, 0, 1)
    shown = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.rint(255 * shown).astype(np.uint8)


def _tag(profile: bytes, name: bytes) -> bytes:
    (count,) = struct.unpack(">I", profile[128:132])
    for at in range(132, 132 + 12 * min(count, 100), 12):
        signature, start, length = struct.unpack(">4sII", profile[at : at + 12])
        if signature == name:
            return profile[start : start + length]
    raise ValueError("no such tag")


def _curve(data: bytes) -> np.ndarray | None:
    """Light for each step: curveType and the simplest parametricCurveType (ICC.1:2022, 10.6 and 10.18)."""
    steps = np.linspace(0, 1, _STEPS)
    if data[:4] == b"curv":
        (count,) = struct.unpack(">I", data[8:12])
        if count == 0:
            return steps
        values = np.frombuffer(data, ">u2", count, 12)
        if count == 1:
            return np.asarray(steps ** (int(values[0]) / 256))
        return np.interp(steps, np.linspace(0, 1, count), values / 65535)
    if data[:4] == b"para" and data[8:10] == b"\0\0":
        return np.asarray(steps ** (struct.unpack(">i", data[12:16])[0] / 65536))
    return None
