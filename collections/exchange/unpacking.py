"""The bytes of a file that is to be imported: unpacked, their digest, and the encoding that they are in."""

from __future__ import annotations

import codecs
import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from exchange.errors import ExchangeError

CHUNK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def scan(path: Path, encoding: str) -> tuple[str, str, tuple[int, int] | None]:
    """(encoding, digest, first byte that is not UTF-8 and its line) of a whole file. Raises ExchangeError for what is no text."""
    digest = hashlib.sha256()
    with unpacked(path)[0] as stream:
        head = stream.read(CHUNK)
        _refuse_foreign(path, head)
        guess = encoding or next((name for bom, name in _BOMS if head.startswith(bom)), "utf-8")
        try:
            decoder = codecs.getincrementaldecoder(guess)()
        except LookupError:
            raise ExchangeError(f"There is no encoding “{guess}”. Use utf-8, windows-1252 or utf-16.") from None
        wrong, lines, chunk, written_in_utf8 = None, 1, head, False
        while chunk:
            digest.update(chunk)
            if wrong is None:
                try:
                    decoder.decode(chunk)
                    written_in_utf8 = written_in_utf8 or not chunk.isascii()
                except UnicodeDecodeError as error:
                    wrong = (error.object[error.start], lines + error.object[: error.start].count(b"\n"))
                lines += chunk.count(b"\n")
            if wrong is not None:
                _refuse_undefined(path, chunk, guess, wrong, written_in_utf8)
            chunk = stream.read(CHUNK)
        try:
            if wrong is None:
                decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            wrong = (error.object[error.start], lines)
    return ("cp1252" if wrong else guess), digest.hexdigest(), wrong


def _refuse_foreign(path: Path, head: bytes) -> None:
    if not head.strip(b" \t\r\n\0"):
        raise ExchangeError(f"{path.name} is empty. Choose a file with records in it.")
    if head.startswith(b"PK\x03\x04"):
        raise ExchangeError(f"{path.name} is a spreadsheet or ZIP file, not text. Save it as “CSV UTF-8” and import that.")
    if b"\0" in head and not head.startswith(tuple(bom for bom, name in _BOMS if name != "utf-8-sig")):
        line = head[: head.index(b"\0")].count(b"\n") + 1
        raise ExchangeError(
            f"{path.name} is not a text file: it has a zero byte in line {line}. "
            "Give a CSV or JSON Lines file, plain or gzip, saved as UTF-8 (or as UTF-16 with its mark)."
        )


def _refuse_undefined(path: Path, chunk: bytes, guess: str, wrong: tuple[int, int], written_in_utf8: bool) -> None:
    if guess not in ("utf-8", "utf-8-sig"):
        raise ExchangeError(
            f"{path.name} is not {guess}: byte 0x{wrong[0]:02X} in line {wrong[1]} has no meaning there. Choose another --encoding."
        )
    text = chunk.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if written_in_utf8 or broken < sum(not character.isascii() for character in text) - broken:
        raise ExchangeError(
            f"{path.name} is UTF-8 but for byte 0x{wrong[0]:02X} in line {wrong[1]}: it was damaged, or put together from several files. "
            "Mend that line, or name its --encoding."
        )
    if any(byte in chunk for byte in (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")):
        raise ExchangeError(
            f"{path.name} is neither UTF-8 (byte 0x{wrong[0]:02X} in line {wrong[1]}) nor Windows-1252. Save it as UTF-8, or name its --encoding."
        )


def unpacked(path: Path) -> tuple[IO[bytes], Callable[[], int]]:
    """The unpacked stream, and how many bytes of the file have been read."""
    raw = path.open("rb")
    packed = raw.read(2) == b"\x1f\x8b"
    raw.seek(0)
    stream: IO[bytes] = _Packed(raw) if packed else raw  # type: ignore[assignment]
    return stream, raw.tell


class _Packed(gzip.GzipFile):
    """Closed together with the file that it is in; gzip itself leaves that one open."""

    def __init__(self, raw: IO[bytes]) -> None:
        super().__init__(fileobj=raw)
        self._raw = raw

    def close(self) -> None:
        super().close()
        self._raw.close()
