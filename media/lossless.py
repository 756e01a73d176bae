"""Turns, mirrors and greys a JPEG without decoding it, by libturbojpeg where the machine has it (Debian: libturbojpeg0).

The blocks of the picture are moved as they are: nothing is lost, and it takes half the time. Without the library, or where the blocks do not
fit (an edge that is no multiple of a block), callers decode and encode.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import threading
from functools import cache
from typing import Any

_PERFECT, _GREY = 1, 8
# (mirrored first, degrees clockwise) → TJXOP of turbojpeg.h
_OPERATIONS = {
    (False, 0): 0,
    (True, 0): 1,
    (True, 180): 2,
    (True, 270): 3,
    (True, 90): 4,
    (False, 90): 5,
    (False, 180): 6,
    (False, 270): 7,
}


class _Transform(ctypes.Structure):
    """tjtransform: region, operation, options, user data, filter."""

    _fields_ = [
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("w", ctypes.c_int),
        ("h", ctypes.c_int),
        ("op", ctypes.c_int),
        ("options", ctypes.c_int),
        ("data", ctypes.c_void_p),
        ("filter", ctypes.c_void_p),
    ]


@cache
def _library() -> Any:
    """libturbojpeg, or None."""
    name = ctypes.util.find_library("turbojpeg")
    if not name:
        return None
    try:
        library = ctypes.CDLL(name)
        library.tjInitTransform.restype = ctypes.c_void_p
        library.tjTransform.argtypes = [
            ctypes.c_void_p,
            ctypes.c_char_p,
            ctypes.c_ulong,
            ctypes.c_int,
            ctypes.POINTER(ctypes.c_void_p),
            ctypes.POINTER(ctypes.c_ulong),
            ctypes.POINTER(_Transform),
            ctypes.c_int,
        ]
        library.tjFree.argtypes = [ctypes.c_void_p]
    except (OSError, AttributeError):
        return None
    return library


_held = threading.local()


def available() -> bool:
    """True when this machine can do it."""
    return _library() is not None


def transform(data: bytes, *, mirror: bool = False, degrees: int = 0, grey: bool = False) -> bytes | None:
    """The JPEG mirrored, then turned clockwise by quarter turns, then without its colours; None when that cannot be done without loss."""
    library = _library()
    operation = _OPERATIONS.get((mirror, degrees))
    if library is None or operation is None:
        return None
    handle = getattr(_held, "handle", None)
    if handle is None:
        handle = _held.handle = library.tjInitTransform()
    if not handle:
        return None
    asked = _Transform(op=operation, options=_PERFECT | (_GREY if grey else 0))
    buffer, size = ctypes.c_void_p(), ctypes.c_ulong(0)
    try:
        if library.tjTransform(handle, data, len(data), 1, ctypes.byref(buffer), ctypes.byref(size), ctypes.byref(asked), 0):
            return None
        return ctypes.string_at(buffer, size.value)
    finally:
        if buffer:
            library.tjFree(buffer)
