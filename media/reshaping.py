"""When the pixels of a picture come to lie elsewhere (it was turned, or a scan of another size took its place), who marked places on it follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

Point = tuple[float, float]
Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Reshaped:
    """From ``width`` × ``height`` pixels, turned clockwise by ``turn`` degrees, then stretched to ``to_width`` × ``to_height``."""

    width: int
    height: int
    to_width: int
    to_height: int
    turn: int = 0

    def __bool__(self) -> bool:
        """False when every pixel stays where it is."""
        return bool(self.turn) or (self.width, self.height) != (self.to_width, self.to_height)

    def plain(self) -> dict[str, int]:
        """As it is stored with what it changed; ``Reshaped(**plain)`` reads it."""
        return asdict(self)

    def point(self, x: float, y: float) -> Point:
        """Where a place of the former picture lies now."""
        x, y = {0: (x, y), 90: (self.height - y, x), 180: (self.width - x, self.height - y), 270: (y, self.width - x)}[self.turn]
        wide, high = (self.height, self.width) if self.turn in {90, 270} else (self.width, self.height)
        return x * self.to_width / wide, y * self.to_height / high

    def box(self, left: int, top: int, width: int, height: int) -> Box:
        """The same for a box of whole pixels, cut to the picture; it keeps an area."""
        (x1, y1), (x2, y2) = self.point(left, top), self.point(left + width, top + height)
        left, right = sorted((round(min(max(x1, 0), self.to_width)), round(min(max(x2, 0), self.to_width))))
        top, bottom = sorted((round(min(max(y1, 0), self.to_height)), round(min(max(y2, 0), self.to_height))))
        left, top = min(left, self.to_width - 1), min(top, self.to_height - 1)
        return left, top, max(right - left, 1), max(bottom - top, 1)

    def region(self, region: str) -> str:
        """The same for ``x,y,width,height``; what is no such thing (another's address, a slip of the pen) comes back as it was."""
        parts = [part.strip() for part in region.split(",")]
        if len(parts) != 4 or not all(part.isascii() and part.isdigit() for part in parts):
            return region
        return ",".join(map(str, self.box(*(int(part) for part in parts))))  # type: ignore[arg-type]


Follows = Callable[[int, Reshaped], None]
_following: dict[str, Follows] = {}


def register(name: str, follows: Follows) -> None:
    """Let a room that keeps places on pictures follow: called with the asset's key in the transaction that shows the new pixels."""
    _following[name] = follows


def tell(asset_pk: int, reshaped: Reshaped) -> None:
    """Have every room follow."""
    for follows in _following.values():
        follows(asset_pk, reshaped)
