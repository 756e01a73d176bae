"""MP3 (ISO/IEC 11172-3 and 13818-3) between the tags that people put before and behind it (ID3v2, ID3v1)."""

from __future__ import annotations

from typing import BinaryIO

from media.recordings.parts import Blank, Recording, exactly

SEARCH = 1 << 16
_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
# kbit/s by (first version or later ones, layer)
_BITRATES = {
    (True, 3): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 1): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 3): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 1): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


def read(file: BinaryIO, size: int) -> Recording:
    """The length is that of the Xing, Info or VBRI header, else that of the first frame's constant rate."""
    found = Recording(codecs=["mp3"])
    start, end = 0, size
    head = exactly(file, 0, 10)
    if head[:3] == b"ID3":
        length = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        length = min(length, size - 10)
        found.blanks.append(Blank(0, head[:5] + b"\0" + head[6:10], length))  # an empty tag: nothing but padding
        start = 10 + length + (10 if head[5] & 0x10 else 0)
    if size > 128 and exactly(file, size - 128, 3) == b"TAG":
        found.blanks.append(Blank(size - 125, b"", 125))
        end = size - 128
    found.duration = _duration(file, start, end)
    return found


def _duration(file: BinaryIO, start: int, end: int) -> float | None:
    file.seek(start)
    data = file.read(min(SEARCH, max(0, end - start)))
    at = data.find(b"\xff")
    while 0 <= at < len(data) - 4:
        seconds = _from_frame(data, at, end - start)
        if seconds:
            return seconds
        at = data.find(b"\xff", at + 1)
    return None


def _from_frame(data: bytes, at: int, length: int) -> float | None:
    """Seconds, when a frame's header stands at ``at`` and another one where it ends."""
    one, two, three = data[at + 1 : at + 4]
    version, layer = one >> 3 & 3, one >> 1 & 3
    if one & 0xE0 != 0xE0 or version == 1 or not layer or two >> 4 == 15 or not two >> 4 or two >> 2 & 3 == 3:
        return None
    rate = _RATES[version][two >> 2 & 3]
    bits = _BITRATES[version == 3, layer][two >> 4] * 1000
    samples = 384 if layer == 3 else 576 if layer == 1 and version != 3 else 1152
    frame = (12 * bits // rate + (two >> 1 & 1)) * 4 if layer == 3 else samples // 8 * bits // rate + (two >> 1 & 1)
    follows = data[at + frame : at + frame + 2]
    if len(follows) == 2 and (follows[0] != 0xFF or follows[1] & 0xFE != one & 0xFE):
        return None
    mono = three >> 6 == 3
    side = at + 4 + ((17 if mono else 32) if version == 3 else (9 if mono else 17))
    if data[side : side + 4] in {b"Xing", b"Info"} and data[side + 7] & 1:
        return int.from_bytes(data[side + 8 : side + 12], "big") * samples / rate
    if data[at + 36 : at + 40] == b"VBRI":
        return int.from_bytes(data[at + 50 : at + 54], "big") * samples / rate
    return (length - at) * 8 / bits
