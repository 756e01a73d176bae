"""What other rooms add to manifests and collections: annotation pages, services, links, the institution. They register in ``ready()``.

An annotation page lies at ``/iiif/objects/<id>/canvas/<use>/page/<name>`` and is mentioned on its canvas (``annotations``). It is
not part of the stored manifest, so that words may change without a manifest being built. A room whose pages come or go for
an object notes the object in the journal.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from artifacts.portions import UsesOf
from iiif.presentation.sources import Link, Picture, Text

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
Json = dict[str, Any]
Links = Mapping[str, Sequence[Json]]
Uses = Collection[str] | UsesOf  # public ids of ``ArtifactMedia``, or all those of a book


@dataclass(frozen=True)
class AnnotationPages:
    """Annotation pages that a room offers for the canvases of objects.

    ``name``: last step of the address, ``[a-z-]+``. ``label``: a lazily translated text. ``having``: which of these uses
    (public ids of ``ArtifactMedia``) have such a page; asked once for many objects. ``items``: the annotations of one use for
    its canvas (an absolute address), in Presentation 3.0, or None when there are none; never with motivation "painting".
    ``contexts``: JSON-LD contexts of extensions that they need. ``single``: one annotation of an object (public id) by the last step
    of its own address; ``facts``: what else the page of a use says (``seeAlso``). ``having`` may answer a mapping, and ``links(use,
    what stands there)`` makes of it links that the canvas gets as well, ``{"seeAlso": […], "rendering": […]}``: it is called for
    canvases that are built, ``having`` for all of a book when one page changes. ``beside``: the name of an offer made before whose
    uses have this page, too; then ``having`` is not asked. ``embedded``: the annotations of one use as its manifest holds them, beside
    ``contexts``; then ``having`` answers a mapping whose values change with them, and the object is noted in the journal.
    """

    name: str
    label: Any
    having: Callable[[Uses], Collection[str] | Mapping[str, Hashable]]
    items: Callable[[str, str], Sequence[Json] | None]
    contexts: Sequence[str] = ()
    single: Callable[[str, str], Json | None] | None = None
    facts: Callable[[str, str], Json] | None = None
    links: Callable[[str, Any], Links] | None = None
    beside: str = ""
    embedded: Callable[[str], Sequence[Json] | None] | None = None


@dataclass(frozen=True)
class Services:
    """Services of a manifest (scope "manifest") or collection (scope "collection"), such as Content Search.

    ``describe(scope, kind, public_id)`` gives them, addresses with the placeholder origin; for a collection ``kind`` is its folder
    ("departments"), for a manifest that of the record ("object"). ``contexts``: JSON-LD contexts that they need.
    """

    describe: Callable[[str, str, str], Sequence[Json]]
    contexts: Sequence[str] = ()


@dataclass(frozen=True)
class Institution:
    """Who provides the records. ``homepage``: an absolute address, or a path below the origin."""

    label: Text
    homepage: str = ""
    logo: Picture | None = None


@dataclass
class Offers:
    """Everything that is offered; one per process, filled at start."""

    annotation_pages: dict[str, AnnotationPages] = field(default_factory=dict)
    services: list[Services] = field(default_factory=list)
    see_also: dict[str, list[Callable[[Mapping[str, Any]], Iterable[Link]]]] = field(default_factory=dict)
    renderings: dict[str, list[Callable[[Mapping[str, Any]], Iterable[Link]]]] = field(default_factory=dict)
    institution: Callable[[], Institution | None] | None = None


offers = Offers()


def offer_annotations(pages: AnnotationPages) -> None:
    """Mention these annotation pages on the canvases that have them, and answer their addresses."""
    offers.annotation_pages[pages.name] = pages


def offer_services(services: Services) -> None:
    """Name these services in manifests and collections."""
    offers.services.append(services)


def offer_see_also(kind: str, links: Callable[[Mapping[str, Any]], Iterable[Link]]) -> None:
    """Link machine-readable descriptions (``seeAlso``): ``links(view)`` of a record of ``kind`` whose addresses exist."""
    offers.see_also.setdefault(kind, []).append(links)


def offer_renderings(kind: str, links: Callable[[Mapping[str, Any]], Iterable[Link]]) -> None:
    """Link other forms for people (``rendering``), such as a sheet as PDF."""
    offers.renderings.setdefault(kind, []).append(links)


def offer_institution(institution: Callable[[], Institution | None]) -> None:
    """Say who provides (``provider``): asked once for each batch of manifests."""
    offers.institution = institution


# the names of the annotation pages of a use, each with what its offer says of it (``AnnotationPages.links``)
NotesOfUse = Mapping[str, Hashable]
Notes = Mapping[str, NotesOfUse]
NO_NOTES: NotesOfUse = {}


def notes_of(uses: Uses) -> Notes:
    """For each of these uses (or of all of one book) its annotation pages."""
    answered: dict[str, Collection[str] | Mapping[str, Hashable]] = {}
    found: dict[str, dict[str, Hashable]] = {}
    for name, pages in offers.annotation_pages.items():
        having = answered[name] = answered[pages.beside] if pages.beside else pages.having(uses)
        if isinstance(having, Mapping) and not pages.beside:
            for use, said in having.items():
                found.setdefault(use, {})[name] = said
        else:
            for use in having:
                found.setdefault(use, {})[name] = None
    return found


def links_of_canvas(use: str, notes: NotesOfUse) -> Iterator[tuple[str, Sequence[Json]]]:
    """(property, links) that the canvas of a use gets with its annotation pages."""
    for name, said in notes.items():
        make = offers.annotation_pages[name].links
        if make is not None:
            yield from make(use, said).items()


def contexts_of(notes: Iterable[NotesOfUse]) -> list[str]:
    """JSON-LD contexts that a manifest needs for the annotations that it holds of these canvases."""
    names = dict.fromkeys(name for of_use in notes for name in of_use)
    return [context for name in names if offers.annotation_pages[name].embedded for context in offers.annotation_pages[name].contexts]


def annotation(public_id: str, name: str) -> Json | None:
    """One annotation of an object by the last step of its own address, with the contexts of extensions that it needs; None when nobody offers it."""
    for pages in offers.annotation_pages.values():
        if pages.single and (found := pages.single(public_id, name)):
            return {"@context": [*pages.contexts, CONTEXT], **found} if pages.contexts else found
    return None


def links_of(which: Mapping[str, Sequence[Callable[[Mapping[str, Any]], Iterable[Link]]]], view: Mapping[str, Any]) -> list[Link]:
    """All links that are offered for this view."""
    return [link for links in which.get(view["kind"], ()) for link in links(view)]
