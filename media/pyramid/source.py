"""Opens an original for reading in strips: by libvips; JPEG 2000 and some kinds of TIFF, which libvips' wheel cannot read, by Pillow."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from media import vips
from media.errors import DamagedFile
from media.pyramid import jpeg2000, named

# The header check has held the size against the museum's own limits.
Image.MAX_IMAGE_PIXELS = None

_EXTRA_SAMPLES, _NEW_SUBFILE_TYPE, _TILE_WIDTH = 338, 254, 322
_COMPRESSION, _PHOTOMETRIC, _PLANES, _SUBSAMPLING = 259, 262, 284, 530
_YCBCR, _OLD_JPEG, _JPEG, _SEPARATE = 6, 6, 7, 2
MOST_PAGES = 1000
_MODES = {"L", "LA", "RGB", "RGBA", "CMYK", "I;16"}


def open_source(path: Path, key: str, *, strict: bool, turn: int = 0) -> vips.Picture:
    """The picture at ``path``, a file of format ``key``, turned by so many degrees clockwise. Raises DamagedFile."""
    if key in {"jp2", "j2k"}:
        return _jpeg2000(path, turn)
    if key == "tiff":
        says = _tiff_says(path)
        if says.lab:
            picture = _cielab(path, turn, says.first)
        elif says.whole:
            picture = _by_pillow(path, turn, says.first)
        else:
            picture = vips.open_picture(path, key, strict=strict, turn=turn, beside=says.beside, page=says.first)
        return replace(picture, facts={**picture.facts, "pages": says.pages or picture.facts["pages"]})
    premultiplied = key == "avif" and named.is_premultiplied(path)
    return vips.open_picture(path, key, strict=strict, turn=turn, named=named.profile(path, key), premultiplied=premultiplied)


@dataclass(frozen=True)
class _Tiff:
    """What libvips does not tell of a TIFF: whether it is CIELAB of 8 bits or something else that it cannot read and Pillow can; how many bands are
    neither colour nor transparency; how many pages it has, 0 when that is not known, and which is the first: smaller copies of a page are none.
    """

    lab: bool = False
    whole: bool = False
    beside: int = 0
    pages: int = 0
    first: int = 0


def _tiff_says(path: Path) -> _Tiff:
    """By its header. What Pillow cannot read at all is left to libvips."""
    try:
        with Image.open(path, formats=("TIFF",)) as image:
            pages = _pages(image)
            first = pages[0] if pages else 0
            image.seek(first)
            extra = image.tag_v2.get(_EXTRA_SAMPLES, ())  # type: ignore[attr-defined]
            # TIFF 6.0, ExtraSamples: 0 is unspecified (masks and channels of image editors), 1 and 2 are transparency
            return _Tiff(image.mode == "LAB", _is_for_pillow(image), len(extra) if not any(extra) else 0, len(pages), first)
    except (OSError, ValueError, SyntaxError, TypeError, UnidentifiedImageError):
        return _Tiff()


def _is_for_pillow(image: Image.Image) -> bool:
    """JPEG as TIFF 6.0 had it at first, tiles of one colour each; YCbCr without JPEG and without fewer samples of colour, which libvips takes for RGB."""
    says = image.tag_v2  # type: ignore[attr-defined]
    if says.get(_COMPRESSION) == _OLD_JPEG or (says.get(_PLANES) == _SEPARATE and _TILE_WIDTH in says and len(image.getbands()) > 1):
        return True
    sampled = tuple(says.get(_SUBSAMPLING, (2, 2)))  # TIFF 6.0, section 21: 2, 2 where nothing is said
    return says.get(_PHOTOMETRIC) == _YCBCR and says.get(_COMPRESSION) != _JPEG and sampled == (1, 1)


def _pages(image: Image.Image) -> list[int]:
    """Numbers of the directories that are neither reduced copies nor masks (NewSubfileType, bits 0 and 2), up to ``MOST_PAGES``."""
    found = []
    with contextlib.suppress(EOFError):
        for number in range(MOST_PAGES):
            image.seek(number)
            if not image.tag_v2.get(_NEW_SUBFILE_TYPE, 0) & 5:  # type: ignore[attr-defined]
                found.append(number)
    return found


def _cielab(path: Path, turn: int, page: int) -> vips.Picture:
    pixels, _profile = _read_by_pillow(path, page, {"LAB"})
    return vips.from_array(pixels ^ np.array([0, 128, 128], np.uint8), interpretation="lab", turn=turn)  # a* and b* come signed


def _by_pillow(path: Path, turn: int, page: int) -> vips.Picture:
    pixels, profile = _read_by_pillow(path, page, _MODES - {"CMYK"})
    return vips.from_array(np.atleast_3d(pixels), profile, turn=turn)


def _read_by_pillow(path: Path, page: int, modes: set[str]) -> tuple[np.ndarray, bytes | None]:
    """The pixels of a page of a TIFF, upright, in one of the modes, and its profile."""
    try:
        with Image.open(path, formats=("TIFF",)) as image:
            image.seek(page)
            upright = ImageOps.exif_transpose(image)
            return np.asarray(upright if upright.mode in modes else upright.convert("RGB")), image.info.get("icc_profile")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, MemoryError) as error:
        raise DamagedFile(f"{type(error).__name__}: {error}"[:300]) from error


def _jpeg2000(path: Path, turn: int) -> vips.Picture:
    said = jpeg2000.boxes(path)
    pixels = jpeg2000.deep(path, said)
    cmyk = said.space == jpeg2000.CMYK
    if pixels is None:
        try:
            with Image.open(path, formats=("JPEG2000",)) as image:
                cmyk = image.mode == "CMYK"
                pixels = np.asarray(image if image.mode in _MODES else image.convert("RGB"))
        except (OSError, ValueError, SyntaxError, UnidentifiedImageError, MemoryError) as error:
            raise DamagedFile(f"{type(error).__name__}: {error}"[:300]) from error
    if pixels.ndim == 2:
        pixels = pixels[:, :, None]
    if pixels.dtype not in (np.uint8, np.uint16):
        pixels = np.clip(pixels, 0, 65535).astype(np.uint16)
    return vips.from_array(pixels, said.profile, "cmyk" if cmyk and pixels.shape[2] == 4 else None, turn=turn)
