"""What the drawing programs ask of libvips, in one place: vectors to pixels, and pixels to a JPEG file.

Apart from ``media.vips``, which decodes strangers' files and has libvips' less trusted loaders switched off, the SVG loader
among them: here only what these programs have written themselves is read.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pyvips

Image = pyvips.Image

# A drawing process inherits from its parent that less trusted loaders are off (``media.vips``); it needs this one.
pyvips.operation_block_set("VipsForeignLoadSvg", False)


def render(svg: str) -> Image:
    """A drawing as pixels, at the size it gives itself."""
    return Image.svgload_buffer(svg.encode(), unlimited=True)


def picture(array: np.ndarray) -> Image:
    """An array (height, width, bands) as a picture."""
    return Image.new_from_array(np.ascontiguousarray(array))


def reduced(array: np.ndarray, width: int) -> np.ndarray:
    """A picture made smaller, to ``width``."""
    return picture(array).resize(width / array.shape[1]).numpy()


def jpeg(pixels: np.ndarray, quality: int) -> bytes:
    """8-bit sRGB pixels as a JPEG file."""
    return picture(pixels).copy(interpretation="srgb").jpegsave_buffer(Q=quality)


def save(content: bytes, target: Path) -> None:
    """Write a file; it is there whole or not at all."""
    unfinished = target.with_suffix(f".{os.getpid()}.part")
    unfinished.write_bytes(content)
    unfinished.rename(target)


def save_jpeg(pixels: np.ndarray, target: Path, quality: int) -> None:
    """Write 8-bit sRGB pixels; the file is there whole or not at all."""
    unfinished = target.with_suffix(f".{os.getpid()}.part")
    picture(pixels).copy(interpretation="srgb").jpegsave(str(unfinished), Q=quality)
    unfinished.rename(target)
