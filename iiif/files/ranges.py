"""Byte ranges (RFC 9110, 14) and bytes that are sent blank. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from media.recordings import Blank

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class Unsatisfiable(Exception):
    """No byte of the file lies in the range: 416."""


def asked(header: str, size: int) -> tuple[int, int] | None:
    """First byte and one after the last of a Range header; None means the whole: there is none, it is no single range, or not understood."""
    found = _RANGE.fullmatch(header.replace(" ", ""))
    if not found or not (found[1] or found[2]):
        return None
    if not found[1]:
        start, end = max(0, size - int(found[2])), size
    else:
        start, end = int(found[1]), min(size, int(found[2]) + 1) if found[2] else size
        if found[2] and int(found[2]) < start:
            return None
    if start >= size or start >= end:
        raise Unsatisfiable
    return start, end


def blanked(pieces: Iterable[bytes], start: int, blanks: Sequence[Blank]) -> Iterator[bytes]:
    """The pieces, of which the first begins at byte ``start`` of the file, with the blanks in place of what lies there."""
    at = start
    for piece in pieces:
        end = at + len(piece)
        touched = [blank for blank in blanks if blank.offset < end and blank.end > at]
        if touched:
            fresh = bytearray(piece)
            for blank in touched:
                headed = blank.offset + len(blank.head)
                first, last = max(at, blank.offset), min(end, headed)
                if first < last:
                    fresh[first - at : last - at] = blank.head[first - blank.offset : last - blank.offset]
                first, last = max(at, headed), min(end, blank.end)
                if first < last:
                    fresh[first - at : last - at] = bytes(last - first)
            piece = bytes(fresh)
        yield piece
        at = end
