"""What each museum has decided about its pictures (``iiif.PictureRules``), kept for a few seconds in each process."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.apps import apps

from iiif.image.limits import LOOKUP_SECONDS
from records import languages
from records.prepared import Prepared

ACTIVE, KIOSK, EXTERNAL, NONE = "active", "kiosk", "external", "none"
_STRICTEST = (NONE, KIOSK, EXTERNAL, ACTIVE)
_OPEN = (
    "creativecommons.org/publicdomain/",
    "creativecommons.org/licenses/",
    "rightsstatements.org/vocab/NKC",
    "rightsstatements.org/vocab/NoC-",
    "rightsstatements.org/vocab/InC-EDU",
    "rightsstatements.org/vocab/InC-NC",
)

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Rules:
    """How pictures are shown. ``longest``: the longer side of what is served, 0 without limit; ``mark``: public id of the watermark's picture;
    ``small``: the longer side of the substitute of a restricted picture, 0 for none; ``pattern``: how access to restricted ones is got.
    """

    pattern: str = ACTIVE
    small: int = 0
    longest: int = 0
    mark: str = ""
    mark_all: bool = False
    networks: tuple[Network, ...] = ()
    origins: tuple[str, ...] = ()
    heading: dict[str, str] = field(default_factory=dict)
    note: dict[str, str] = field(default_factory=dict)


# Asked every few seconds in each process, so its SQL is made once.
_rows = Prepared(
    lambda keys: (
        apps.get_model("iiif.PictureRules")
        .objects.filter(pk__gt=keys[0])
        .values("museum_id", "pattern", "small", "longest", "mark__public_id", "mark_all", "networks", "origins", "heading", "note")
    ),
    shared=True,
)


def _rules_of(row: Mapping[str, Any]) -> Rules:
    return Rules(
        pattern=row["pattern"],
        small=row["small"],
        longest=row["longest"],
        mark=row["mark__public_id"] or "",
        mark_all=row["mark_all"],
        networks=tuple(ipaddress.ip_network(line) for line in lines(row["networks"])),
        origins=tuple(lines(row["origins"])),
        heading=languages.plain(row["heading"] or {}),
        note=languages.plain(row["note"] or {}),
    )


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


_every: dict[int, Rules] = {}
_until = 0.0


def every() -> dict[int, Rules]:
    """The rules of each museum that has any, by its key. At most ``LOOKUP_SECONDS`` old."""
    global _every, _until
    now = time.monotonic()
    if now >= _until:
        _every = {row["museum_id"]: _rules_of(row) for row in _rows([0])}
        _until = now + LOOKUP_SECONDS
    return _every


def exist() -> bool:
    """True when any museum has rules of its own."""
    return bool(every())


def limited() -> bool:
    """True when any museum shows pictures of closed rights smaller than they are."""
    return any(held.longest for held in every().values())


def forget() -> None:
    """Drop what is known: the next to ask reads the rules as they are now."""
    global _until
    _until = 0.0


def of(museums: Iterable[int], rights: Callable[[], str]) -> Rules:
    """The rules for a picture of these museums: of several, the strictest. ``rights`` is asked only where it matters."""
    known = every()
    found = sorted((known.get(museum, Rules()) for museum in museums), key=lambda each: _STRICTEST.index(each.pattern))
    if not found:
        return Rules()
    first = found[0]
    limits = [each.longest for each in found if each.longest]
    marked = next((each for each in found if each.mark), first)
    closed = (bool(limits) or bool(marked.mark)) and not is_open(rights())
    return replace(
        first,
        small=min(each.small for each in found),
        longest=min(limits) if limits and closed else 0,
        mark=marked.mark if closed or marked.mark_all else "",
    )


def is_open(statement: str) -> bool:
    """True when a licence or rights statement lets pictures be taken away in full size. What nobody has stated is not open."""
    return any(part in statement for part in _OPEN)


def covers(networks: Iterable[Network], address: Any) -> bool:
    """True when an address (text) lies in one of the networks."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return any(parsed in network for network in networks)
