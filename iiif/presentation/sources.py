"""What a manifest is made of, as typed plain descriptions. Rooms describe, only ``iiif`` builds.

A room registers for a kind of record a ``Kind``; its ``describe`` makes of a public view a ``ManifestSource``, or None when the
record has no manifest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from artifacts.standing import Standing

Text = Mapping[str, str]


@dataclass(frozen=True)
class Fact:
    """A pair of label and value in a manifest's metadata. One value, or several of the same meaning."""

    label: Text
    values: Sequence[Text]


@dataclass(frozen=True)
class File:
    """Something with an address outside the image service: a recording's captions, a PDF, a model.

    ``address``: a path below the museum's origin, or absolute. ``type``: Presentation 3.0, 3.2 type (Text, Model …).
    """

    address: str
    type: str
    mime: str
    label: Text
    language: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture on a canvas of its own: ids are public ids, sizes in pixels of the whole picture.

    ``region``: the part that is shown, ``x,y,width,height`` in its pixels. ``behavior``: "facing-pages", "non-paged" or nothing.
    ``others``: other pictures of the same view (X-ray, ultraviolet); the canvas offers the choice. ``attribution`` and ``rights``: its own,
    where the manifest shows pictures of several records.
    """

    id: str
    asset: str
    width: int
    height: int
    label: Text
    caption: Text = field(default_factory=dict)
    alt: Text = field(default_factory=dict)
    restricted: bool = False
    region: str = ""
    behavior: str = ""
    others: Sequence[Picture] = ()
    homepage: Sequence[Link] = ()
    attribution: Text = field(default_factory=dict)
    rights: str = ""


@dataclass(frozen=True)
class Recording:
    """Sound or video on a canvas of its own. ``duration`` in seconds; ``width`` and ``height`` of a video in pixels.

    ``poster`` is shown before it plays (placeholderCanvas), ``companion`` while it plays (accompanyingCanvas).
    """

    id: str
    file: File
    duration: float
    label: Text
    width: int | None = None
    height: int | None = None
    caption: Text = field(default_factory=dict)
    captions: Sequence[File] = ()
    poster: Picture | None = None
    companion: Picture | None = None


@dataclass(frozen=True)
class Model:
    """A 3D model on a canvas of its own: only where there is no picture to stand for the object."""

    id: str
    file: File
    label: Text
    caption: Text = field(default_factory=dict)
    poster: Picture | None = None


Sheet = Picture | Recording | Model


@dataclass(frozen=True)
class Chapter:
    """A range of a book: the canvases of its pages in order, and the chapters within it. ``id`` is that of its first page."""

    id: str
    label: Text
    pages: Sequence[str] = ()
    chapters: Sequence[Chapter] = ()


@dataclass(frozen=True)
class Link:
    """A page or document about the record (``path`` below the museum's origin, or an absolute address)."""

    path: str
    label: Text
    format: str
    language: str = ""
    profile: str = ""
    type: str = ""


@dataclass(frozen=True)
class Position:
    """A place on the map: degrees, as exactly as the public may know them."""

    latitude: float
    longitude: float
    label: Text


@dataclass(frozen=True)
class Belonging:
    """A collection (path below the origin) that the manifest is a part of."""

    path: str
    label: Text


@dataclass(frozen=True)
class ManifestSource:
    """Everything that goes into one manifest (Presentation API 3.0, section 5.2)."""

    kind: str
    id: str
    label: Text
    sheets: Sequence[Sheet]
    thumbnail: Picture | None = None
    start: str = ""
    summary: Text = field(default_factory=dict)
    facts: Sequence[Fact] = ()
    attribution: Text = field(default_factory=dict)
    rights: str = ""
    provider: Text = field(default_factory=dict)
    provider_homepage: str = ""
    homepages: Sequence[Link] = ()
    see_also: Sequence[Link] = ()
    renderings: Sequence[Link] = ()
    part_of: Sequence[Belonging] = ()
    behaviors: Sequence[str] = ()
    viewing_direction: str = ""
    chapters: Sequence[Chapter] = ()
    nav_year: int | None = None
    positions: Sequence[Position] = ()


@dataclass(frozen=True)
class Kind:
    """How records of one kind get manifests.

    ``keys``: keys of all records that may have one now. ``standing``: what the address of a public id answers.
    ``showing``: keys of the records of this kind that show one of these objects (by key), and have to be built anew with them.
    """

    name: str
    describe: Callable[[dict[str, Any]], ManifestSource | None]
    keys: Callable[[], Iterable[int]]
    standing: Callable[[str], Standing]
    showing: Callable[[Sequence[int]], Iterable[int]] | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Have records of a kind described."""
    _kinds[kind.name] = kind


def kind(name: str) -> Kind:
    """The kind of that name. Raises KeyError when no room has registered it."""
    return _kinds[name]


def kinds() -> list[str]:
    """Kinds of records that may have manifests."""
    return list(_kinds)


def describe(name: str, view: dict[str, Any]) -> ManifestSource | None:
    """The description of a record's manifest, or None when it has none."""
    return _kinds[name].describe(view)
