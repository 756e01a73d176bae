"""Checks from outside that a document, recording or model is whole: its length, its first structures, its end. No decoder is involved."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import BinaryIO

from django.utils.translation import gettext as _

from media import formats
from media.errors import RefusedFile

LARGEST_TEXT = 20 << 20
LARGEST_GLTF_JSON = 64 << 20
TAIL = 8192


def check(file: BinaryIO, found: formats.Format, size: int) -> None:
    """Raises RefusedFile when the file is cut off or not what its first bytes say. The file is left at its start."""
    file.seek(0)
    try:
        _CHECKS.get(found.key, _long_enough)(file, size)
    except (struct.error, ValueError, KeyError) as error:
        raise RefusedFile(
            _("The %(name)s file breaks off or is damaged. Export or copy it again.") % {"name": found.name}, "broken-container"
        ) from error
    finally:
        file.seek(0)


def _long_enough(file: BinaryIO, size: int) -> None:
    if size < 128:
        raise ValueError("too short")


def _pdf(file: BinaryIO, size: int) -> None:
    file.seek(max(0, size - TAIL))
    if b"%%EOF" not in file.read():
        raise ValueError("no end")


def _vtt(file: BinaryIO, size: int) -> None:
    if size > LARGEST_TEXT:
        raise ValueError("too long for a text track")
    first = file.read().decode("utf-8-sig").split("\n", 1)[0].rstrip("\r")
    if first != "WEBVTT" and not first.startswith(("WEBVTT ", "WEBVTT\t")):
        raise ValueError("first line")


def _glb(file: BinaryIO, size: int) -> None:
    """glTF 2.0, section 4.4: header, then a chunk of JSON that names its version."""
    _magic, version, length, chunk, kind = struct.unpack("<4sIII4s", file.read(20))
    if version != 2 or length > size or kind != b"JSON" or chunk > min(LARGEST_GLTF_JSON, size - 20):
        raise ValueError("header")
    described = json.loads(file.read(chunk))
    if str(described["asset"]["version"]).split(".")[0] != "2":
        raise ValueError("version")
    for part in ("buffers", "images"):
        for each in described.get(part, []):
            if str(each.get("uri", "data:")).split(":")[0] != "data":
                raise RefusedFile(
                    _("The 3D model refers to other files. Export it as one self-contained GLB file, textures included."), "external-parts"
                )


def _mp4(file: BinaryIO, size: int) -> None:
    """ISO/IEC 14496-12: boxes follow each other up to the end, and one of them is ``moov``."""
    at, seen = 0, set()
    while at + 8 <= size and len(seen) < 1000:
        file.seek(at)
        length, kind = struct.unpack(">I4s", file.read(8))
        if length == 1:
            (length,) = struct.unpack(">Q", file.read(8))
        if length == 0:
            length = size - at
        if length < 8 or at + length > size:
            raise ValueError("box beyond the end")
        seen.add(kind)
        at += length
    if b"moov" not in seen:
        raise ValueError("no moov")


def _wav(file: BinaryIO, size: int) -> None:
    (length,) = struct.unpack("<I", file.read(8)[4:])
    if length + 8 > size + 1 and length < 0xFFFFFF00:
        raise ValueError("cut off")


_CHECKS: dict[str, Callable[[BinaryIO, int], None]] = {
    "pdf": _pdf,
    "vtt": _vtt,
    "glb": _glb,
    "mp4": _mp4,
    "mov": _mp4,
    "m4a": _mp4,
    "wav": _wav,
}
