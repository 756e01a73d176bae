"""Opens an original for reading in strips: by libvips, JPEG 2000 by Pillow (libvips' wheel has no decoder for it)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError

from media import vips
from media.errors import DamagedFile

# The header check has held the size against the museum's own limits.
Image.MAX_IMAGE_PIXELS = None

_MODES = {"L", "LA", "RGB", "RGBA", "I;16"}


def open_source(path: Path, key: str, *, strict: bool, turn: int = 0) -> vips.Picture:
    """The picture at ``path``, a file of format ``key``, turned by so many degrees clockwise. Raises DamagedFile."""
    if key in {"jp2", "j2k"}:
        return _jpeg2000(path, turn)
    return vips.open_picture(path, key, strict=strict, turn=turn)


def _jpeg2000(path: Path, turn: int) -> vips.Picture:
    try:
        with Image.open(path, formats=("JPEG2000",)) as image:
            profile = image.info.get("icc_profile")
            mode = image.mode
            if mode not in _MODES:
                pixels = np.asarray(image.convert("RGB"))
            else:
                pixels = np.asarray(image)
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, MemoryError) as error:
        raise DamagedFile(f"{type(error).__name__}: {error}"[:300]) from error
    if pixels.ndim == 2:
        pixels = pixels[:, :, None]
    if pixels.dtype not in (np.uint8, np.uint16):
        pixels = np.clip(pixels, 0, 65535).astype(np.uint16)
    return vips.from_array(pixels, profile, turn=turn)
