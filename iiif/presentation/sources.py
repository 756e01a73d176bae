"""What a manifest is made of, as typed plain descriptions. Rooms describe, only ``iiif`` builds.

A room registers for a kind of record a function ``view -> ManifestSource | None``; None means that the record has no manifest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Text = Mapping[str, str]


@dataclass(frozen=True)
class Fact:
    """A pair of label and value in a manifest's metadata. One value, or several of the same meaning."""

    label: Text
    values: Sequence[Text]


@dataclass(frozen=True)
class Picture:
    """A picture on a canvas of its own: ids are public ids, sizes in pixels."""

    id: str
    asset: str
    width: int
    height: int
    label: Text
    caption: Text = field(default_factory=dict)
    alt: Text = field(default_factory=dict)
    restricted: bool = False


@dataclass(frozen=True)
class Chapter:
    """A range of a book: the pictures of its pages in order."""

    id: str
    label: Text
    pictures: Sequence[str]


@dataclass(frozen=True)
class Link:
    """A page about the record (``path`` below the museum's origin)."""

    path: str
    label: Text
    format: str
    language: str = ""
    profile: str = ""


@dataclass(frozen=True)
class ManifestSource:
    """Everything that goes into one manifest (Presentation API 3.0, section 5.2)."""

    kind: str
    id: str
    label: Text
    pictures: Sequence[Picture]
    summary: Text = field(default_factory=dict)
    facts: Sequence[Fact] = ()
    attribution: Text = field(default_factory=dict)
    rights: str = ""
    provider: Text = field(default_factory=dict)
    provider_homepage: str = ""
    homepages: Sequence[Link] = ()
    see_also: Sequence[Link] = ()
    behaviors: Sequence[str] = ()
    viewing_direction: str = ""
    chapters: Sequence[Chapter] = ()
    nav_year: int | None = None


Describe = Callable[[dict[str, Any]], ManifestSource | None]
_describers: dict[str, Describe] = {}


def register(kind: str, describe: Describe) -> None:
    """Have records of ``kind`` described by that function."""
    _describers[kind] = describe


def kinds() -> list[str]:
    """Kinds of records that may have manifests."""
    return list(_describers)


def describe(kind: str, view: dict[str, Any]) -> ManifestSource | None:
    """The description of a record's manifest, or None when it has none."""
    return _describers[kind](view)
