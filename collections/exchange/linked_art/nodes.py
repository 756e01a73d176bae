"""The pieces that Linked Art documents are made of: names, statements, concepts, references, spans of time (linked.art, API 1.0).

References have an id, a type and a label and nothing else: more of it is in the record's own description.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import TextChoices

from exchange.linked_art import aat
from exchange.linked_art.aat import Concept
from iiif.presentation import addresses
from iiif.presentation.texts import in_interface_languages
from records import languages
from records.models import Assertion

View = Mapping[str, Any]
Node = dict[str, Any]
Text = Mapping[str, str]

CONTEXT = "https://linked.art/ns/v1/linked-art.json"
_FOLDERS = {"agent": "people", "place": "places", "term": "terms", "period": "periods", "object": "o"}
_SETS = {"set": "sets", "department": "departments"}
_PERSONS = {"person", "unknown"}
# as people copy them from their browsers → the identifiers that these vocabularies say are theirs
_GETTY = re.compile(r"^https?://(?:www\.)?vocab\.getty\.edu/(?:page/)?(aat|ulan|tgn)/(\d+)/?$")
_WIKIDATA = re.compile(r"^https?://(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(Q\d+)/?$")
_NEUTRAL = {"und", "mul", "zxx", ""}


def filled(**facts: Any) -> Node:
    """A node without what is not known."""
    return {key: value for key, value in facts.items() if value not in ("", None, [], {})}


def holds(row: View) -> bool:
    """True for a statement that is neither superseded nor rejected."""
    return not row.get("superseded") and row.get("certainty") != Assertion.Certainty.REJECTED


def held(rows: Iterable[View]) -> list[View]:
    """The statements that hold."""
    return [row for row in rows if holds(row)]


def label(texts: Text | None) -> str:
    """A text for developers: one language is enough for ``_label``."""
    return languages.pick(texts or {}, ["en"])[1]


def absolute(path: str) -> str:
    """A path with the museum's origin before it."""
    return path if path.startswith(("http://", "https://")) else settings.MUSEUM_ORIGIN + path


def typed(concept: Concept, *above: Concept, kind: str = "Type") -> Node:
    """A concept of the AAT, ``above`` classifying it in its turn."""
    return filled(id=concept.uri, type=kind, _label=concept.label, classified_as=[typed(one) for one in above])


def language(tag: str) -> list[Node]:
    """The language of a text: in the AAT, else in ISO 639. What is written in none, or in one that nobody knows, has none."""
    if tag in _NEUTRAL:
        return []
    code = tag.split("-")[0]
    if code in aat.LANGUAGES:
        uri = f"http://vocab.getty.edu/aat/{aat.LANGUAGES[code]}"
    elif len(code) == 2:
        uri = f"http://id.loc.gov/vocabulary/iso639-1/{code}"
    else:
        uri = f"http://lexvo.org/id/iso639-3/{code}"
    return [filled(id=uri, type="Language", _label=languages.name(tag, "en"))]


def name(content: str, tag: str = "", *kinds: Concept) -> Node:
    """A name in one language."""
    return filled(type="Name", classified_as=[typed(kind) for kind in kinds], content=content, language=language(tag))


def names(texts: Text | None, *kinds: Concept) -> list[Node]:
    """A text as names, one for each language."""
    return [name(content, tag, *kinds) for tag, content in (texts or {}).items() if content]


def titled(words: Any) -> list[Node]:
    """A label of ours (a lazily translated text) as what is to be displayed, in each language of the interface."""
    return names(in_interface_languages(words), aat.DISPLAY) if words else []


def worded(choices: type[TextChoices], value: Any) -> Any:
    """The label of a choice; nothing for one that nobody offers (any more)."""
    return choices(value).label if value in choices.values else None


def statement(content: str, tag: str, kind: Concept, called: Any = None, more: list[Node] | None = None) -> Node:
    """A text about something. ``called``: what it is to be called where it is displayed; ``more``: texts about the text."""
    return filled(
        type="LinguisticObject",
        classified_as=[typed(kind, aat.BRIEF_TEXT)],
        identified_by=titled(called),
        content=content,
        language=language(tag),
        referred_to_by=more,
    )


def said(words: Any, kind: Concept, called: Any = None) -> list[Node]:
    """Words of ours (a lazily translated text) as a text, in each language of the interface."""
    return statements(in_interface_languages(words), kind, called)


def statements(texts: Text | None, kind: Concept, called: Any = None) -> list[Node]:
    """A text in all its languages."""
    return [statement(content, tag, kind, called) for tag, content in (texts or {}).items() if content]


def address(ref: View) -> str:
    """The URI of one of our records.

    Sets and departments have no page of their own: what is described by their IIIF collection. Museums and types of object: by the home page.
    """
    kind, key = ref["kind"], ref["id"]
    if kind in _FOLDERS:
        return absolute(f"/{_FOLDERS[kind]}/{key}")
    if kind in _SETS:
        return absolute(f"{addresses.collection(_SETS[kind], key)}#set")
    if kind == "museum" and ref.get("homepage"):
        return ref["homepage"]
    return absolute(f"/#{kind.replace('_', '-')}-{ref.get('code') or key}")


def reference(ref: View, kind: str) -> Node:
    """One of our records, with the same thing in other vocabularies."""
    named = label(ref.get("label")) or ref.get("number") or ""
    equivalent = [filled(id=uri, type=kind, _label=named) for uri in _elsewhere(ref)]
    return filled(id=address(ref), type=kind, _label=named, equivalent=equivalent)


def actor(ref: View) -> Node:
    """A person or a group."""
    return reference(ref, "Person" if ref.get("type") in _PERSONS else "Group")


def concept(ref: View, *above: Concept, kind: str = "Type") -> Node:
    """A term: the AAT's concept where it is exactly that (with ours beside it), else ours. With its names where it may have them (types)."""
    ours = address(ref)
    uris = _elsewhere(ref)
    chosen = next((uri for uri in uris if "vocab.getty.edu/aat/" in uri), ours)
    named = label(ref["label"])
    texts = {tag: text for tag, text in ref["label"].items() if text}
    return filled(
        id=chosen,
        type=kind,
        _label=named,
        identified_by=names(texts) if kind == "Type" and len(texts) > 1 else [],
        classified_as=[typed(one) for one in above] if kind == "Type" else [],
        equivalent=[filled(id=uri, type=kind, _label=named) for uri in (ours, *uris) if uri != chosen],
    )


def _elsewhere(ref: View) -> list[str]:
    """Exact matches alone, each once: what is broader or close is not the same thing."""
    uris = [_canonical(link["uri"]) for link in ref.get("links", ()) if link.get("match") == "exact"]
    return list(dict.fromkeys(uri for uri in uris if uri.startswith(("http://", "https://"))))


def _canonical(uri: str) -> str:
    if found := _GETTY.match(uri):
        return f"http://vocab.getty.edu/{found[1]}/{found[2]}"
    if found := _WIKIDATA.match(uri):
        return f"http://www.wikidata.org/entity/{found[1]}"
    return uri


def conforms(uri: str) -> list[Node]:
    """The standard that something keeps to."""
    return [filled(id=uri, type="InformationObject")]


def access(url: str) -> list[Node]:
    """Where a digital object is to be had."""
    return [filled(id=absolute(url), type="DigitalObject")]
