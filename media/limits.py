"""Caps on what is taken in and decoded. All sizes in pixels or bytes."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What a picture may claim before anything of it is decoded.

    ``pixels`` holds for what can be decoded in strips (baseline JPEG, PNG, TIFF); ``whole_pixels`` for what must be held in
    memory as a whole (progressive JPEG, interlaced PNG, WebP, AVIF, GIF, JPEG 2000). ``ratio`` is the largest believable ratio
    of raw bytes to file bytes of a picture above ``trusted_pixels`` (beyond it the file is a decompression bomb), ``possible_ratio``
    the largest that the codecs reach at all (beyond it the header lies); below ``trusted_bytes`` of pixels neither is asked.
    """

    pixels: int = 2_000_000_000
    whole_pixels: int = 200_000_000
    side: int = 1_000_000
    bands: int = 5
    trusted_pixels: int = 100_000_000
    trusted_bytes: int = 32_000_000
    ratio: int = 250
    possible_ratio: int = 1300
    bytes: int = 20 << 30


def current() -> Limits:
    """The limits of this museum: MUSEUM_MAX_PIXELS caps both pixel counts."""
    from django.conf import settings

    pixels = int(settings.MUSEUM_MAX_PIXELS)
    return Limits(pixels=pixels, whole_pixels=min(pixels, Limits.whole_pixels))


# A decoding child process: address space, CPU time and wall time.
DECODE_MEMORY = 6 << 30
DECODE_CPU_SECONDS = 900
DECODE_WALL_SECONDS = 1200
DECODE_ATTEMPTS = 3
