"""What the readers of recordings have in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, BinaryIO


@dataclass(frozen=True)
class Blank:
    """Bytes that are not sent as they are: from ``offset``, ``head`` and then ``zeros`` zero bytes take their place.

    The file keeps its length and its structure: what lay there becomes an unused box, block or element of the same container.
    """

    offset: int
    head: bytes
    zeros: int

    def plain(self) -> list[Any]:
        """For JSON."""
        return [self.offset, self.head.hex(), self.zeros]

    @classmethod
    def of(cls, stored: list[Any]) -> Blank:
        """The inverse of ``plain``."""
        return cls(int(stored[0]), bytes.fromhex(stored[1]), int(stored[2]))

    @property
    def end(self) -> int:
        """The first byte after it."""
        return self.offset + len(self.head) + self.zeros


@dataclass
class Recording:
    """Length in seconds, size of the upright picture in pixels, codecs as the container names them, and what is blanked."""

    duration: float | None = None
    width: int | None = None
    height: int | None = None
    codecs: list[str] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)


def exactly(file: BinaryIO, offset: int, count: int) -> bytes:
    """``count`` bytes from ``offset``. Raises ValueError when they are not there."""
    file.seek(offset)
    data = file.read(count)
    if len(data) != count:
        raise ValueError(f"{count} bytes at {offset} are not there")
    return data
