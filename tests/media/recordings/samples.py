"""Recordings of every container, made here byte by byte, each with something private in it."""

from __future__ import annotations

import struct

PRIVATE = b"ZQKPRIVATE +16.4637+107.5909/"


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _track(number: int, handler: bytes, codec: bytes, width: int, height: int, *, turned: bool = False, samples: bytes = b"") -> bytes:
    matrix = (0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000) if turned else (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    tkhd = box(b"tkhd", struct.pack(">I5I2I4H9iII", 7, 0, 0, number, 0, 5000, 0, 0, 0, 0, 0, 0, *matrix, width << 16, height << 16))
    hdlr = box(b"hdlr", struct.pack(">II4s12x", 0, 0, handler), b"name\0")
    stsd = box(b"stsd", struct.pack(">II", 0, 1), box(codec, bytes(16)))
    return box(b"trak", tkhd, box(b"mdia", hdlr, box(b"minf", box(b"stbl", stsd, samples))))


def mp4(*, turned: bool = False, sound_only: bool = False, fragmented: bool = False, wide: bool = False) -> bytes:
    """12.5 s, 1920 × 1080, a place in ``udta``, and a track of positions whose sample lies in ``mdat``."""
    ftyp = box(b"ftyp", b"isom\0\0\0\0isom")
    length = 0 if fragmented else 12500
    mvhd = (
        box(b"mvhd", struct.pack(">IQQIQ", 1 << 24, 0, 0, 1000, length), bytes(80))
        if wide
        else box(b"mvhd", struct.pack(">5I", 0, 0, 0, 1000, length), bytes(80))
    )
    at = len(ftyp) + 8
    positions = b"".join(
        [
            box(b"stsz", struct.pack(">IIII", 0, 0, 1, len(PRIVATE))),
            box(b"stsc", struct.pack(">IIIII", 0, 1, 1, 1, 1)),
            box(b"stco", struct.pack(">III", 0, 1, at)),
        ]
    )
    tracks = [_track(2, b"soun", b"mp4a", 0, 0)]
    if not sound_only:
        tracks.insert(0, _track(1, b"vide", b"avc1", 1920, 1080, turned=turned))
        tracks.append(_track(3, b"meta", b"mett", 0, 0, samples=positions))
    extends = box(b"mvex", box(b"mehd", struct.pack(">II", 0, 12500))) if fragmented else b""
    moov = box(b"moov", mvhd, *tracks, extends, box(b"udta", box(b"\xa9xyz", PRIVATE)))
    uuid = struct.pack(">I4sQ", 1, b"uuid", 16 + 16 + len(PRIVATE)) + bytes(16) + PRIVATE
    return ftyp + box(b"mdat", PRIVATE if not sound_only else b"sound") + moov + uuid


def element(id_: int, body: bytes, *, endless: bool = False) -> bytes:
    name = id_.to_bytes((id_.bit_length() + 7) // 8, "big")
    return name + (b"\x01" + b"\xff" * 7 if endless else b"\x01" + len(body).to_bytes(7, "big")) + body


def webm(*, live: bool = False, sound_only: bool = False) -> bytes:
    """8 s, 640 × 480 shown as 854 × 480; ``live``: as a browser records it, of no known length."""
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    info = element(0x2AD7B1, (1_000_000).to_bytes(3, "big"))
    if not live:
        info += element(0x4489, struct.pack(">d", 8000.0))
    video = b"".join(element(id_, value.to_bytes(2, "big")) for id_, value in ((0xB0, 640), (0xBA, 480), (0x54B0, 854), (0x54BA, 480)))
    entries = element(0xAE, element(0x83, b"\x02") + element(0x86, b"A_OPUS"))
    if not sound_only:
        entries = element(0xAE, element(0x83, b"\x01") + element(0x86, b"V_VP9") + element(0xE0, video)) + entries
    clusters = b"".join(
        element(
            0x1F43B675,
            element(0xE7, start.to_bytes(2, "big")) + element(0xA3, b"\x81" + struct.pack(">hB", 500, 0) + b"frame"),
            endless=live,
        )
        for start in (0, 5000, 7500)
    )
    body = element(0x1549A966, info) + element(0x1654AE6B, entries) + element(0x1254C367, PRIVATE) + clusters + element(0x1941A469, PRIVATE)
    return head + element(0x18538067, body, endless=live)


def flac() -> bytes:
    """3 s at 44.1 kHz."""
    info = bytes(10) + ((44100 << 44) | (1 << 41) | (15 << 36) | 132300).to_bytes(8, "big") + bytes(16)

    def block(kind: int, body: bytes, last: bool = False) -> bytes:
        return bytes([kind | (0x80 if last else 0)]) + len(body).to_bytes(3, "big") + body

    return b"fLaC" + block(0, info) + block(4, PRIVATE) + block(6, PRIVATE, last=True) + b"\xff\xf8" + bytes(200)


def wav() -> bytes:
    """2 s, 8 bits, 8 kHz."""
    fmt = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack("<4sI", kind, len(body)) + body + bytes(len(body) % 2)

    body = b"WAVE" + chunk(b"fmt ", fmt) + chunk(b"bext", PRIVATE) + chunk(b"data", bytes(16000)) + chunk(b"LIST", PRIVATE)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def mp3(*, header: bytes = b"", frames: int = 100) -> bytes:
    """Frames of 128 kbit/s at 44.1 kHz, each 1152 samples in 417 bytes."""
    tag = b"ID3\x04\0\0" + bytes([0, 0, 0, len(PRIVATE)]) + PRIVATE
    first = bytearray(b"\xff\xfb\x90\x00" + bytes(413))
    first[36 : 36 + len(header)] = header
    return tag + bytes(first) + (b"\xff\xfb\x90\x00" + bytes(413)) * (frames - 1) + (b"TAG" + PRIVATE).ljust(128, b"\0")


def page(serial: int, number: int, granule: int, packets: list[bytes], kind: int = 0) -> bytes:
    from media.recordings.ogg import _checksum

    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    head = b"OggS\0" + bytes([kind]) + struct.pack("<qII", granule, serial, number)
    tail = bytes([len(lacing)]) + lacing + b"".join(packets)
    return head + struct.pack("<I", _checksum(head + bytes(4) + tail)) + tail


def ogg(codec: str = "vorbis") -> bytes:
    """4 s."""
    comment = struct.pack("<I", 4) + b"here" + struct.pack("<II", 1, len(PRIVATE)) + PRIVATE
    if codec == "opus":
        first = b"OpusHead\x01\x02" + struct.pack("<HIhB", 312, 48000, 0, 0)
        second, last = b"OpusTags" + comment + bytes(700), 4 * 48000 + 312
    else:
        first = b"\x01vorbis" + struct.pack("<IBIIIIBB", 0, 2, 44100, 0, 128000, 0, 0xB8, 1)
        second, last = b"\x03vorbis" + comment + b"\x01", 4 * 44100
    return page(7, 0, 0, [first], 2) + page(7, 1, 0, [second]) + page(7, 2, last, [b"sound" * 10], 4)


ALL = {
    "mp4": mp4(),
    "mov": mp4().replace(b"isom", b"qt  "),
    "m4a": mp4(sound_only=True),
    "webm": webm(),
    "ogg": ogg(),
    "mp3": mp3(),
    "flac": flac(),
    "wav": wav(),
}
