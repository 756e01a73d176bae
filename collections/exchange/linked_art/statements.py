"""Texts about an object: descriptions, inscriptions, credit line, rights, citations (``referred_to_by``)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from artifacts.models import Description, Inscription
from exchange.linked_art import aat
from exchange.linked_art.history import provenance
from exchange.linked_art.nodes import Node, View, filled, held, label, statement, statements, worded
from exchange.linked_art.nodes import actor as actor_of
from exchange.linked_art.physical import of_parts
from iiif.presentation.objects import canonical_rights

_DESCRIPTIONS: dict[Any, aat.Concept] = {
    Description.Kind.PHYSICAL: aat.PHYSICAL,
    Description.Kind.SIGNIFICANCE: aat.SIGNIFICANCE,
    Description.Kind.HISTORY: aat.CONTEXT,
    Description.Kind.COMMENT: aat.NOTE,
}
_INSCRIPTIONS: dict[Any, aat.Concept] = {
    Inscription.Kind.SIGNATURE: aat.SIGNATURE,
    Inscription.Kind.MARK: aat.MARKINGS,
    Inscription.Kind.SEAL: aat.MARKINGS,
    Inscription.Kind.STAMP: aat.MARKINGS,
}


def of_object(view: View) -> list[Node]:
    """Everything that is said of an object in words, each text in all its languages."""
    return [
        *_descriptions(view),
        *statements(view["materials_display"], aat.MATERIALS),
        *of_parts(view),
        *statements(view["measurements_display"], aat.DIMENSIONS),
        *statements(view["style"], aat.PHYSICAL, _("Style")),
        *statements(view["shape"], aat.PHYSICAL, _("Shape")),
        *statements(view["colour"], aat.PHYSICAL, _("Colour")),
        *statements(view["edition"], aat.EDITION),
        *(one for row in held(view["inscriptions"]) for one in _inscription(row)),
        *statements(view["credit_line"], aat.CREDIT),
        *_rights(view),
        *provenance(view),
        *(_citation(use) for use in view["references"]),
        *statements(view["gallery"], aat.ACCESS, _("On display")),
        *_care(view["care"]),
    ]


def _descriptions(view: View) -> Iterator[Node]:
    for row in held(view["descriptions"]):
        yield from statements(row["text"], _DESCRIPTIONS.get(row.get("kind"), aat.DESCRIPTION), worded(Description.Kind, row.get("kind")))


def _inscription(row: View) -> Iterator[Node]:
    """What stands on it as a text of its own; how it reads, what it means, and where it stands are texts about that text."""
    tag = row.get("language") or ""
    written = [(row.get(field), called) for field, called in (("original", None), ("transcription", _("transcription")))]
    texts = [(text, called) for text, called in written if text]
    more = [
        *([statement(row["reading"], "", aat.NOTE, _("reading"))] if row.get("reading") else []),
        *statements(row["translation"], aat.NOTE, _("translation")),
        *statements(row["interpretation"], aat.NOTE, _("interpretation")),
        *statements(row["position"], aat.NOTE, _("position")),
    ]
    kind = _INSCRIPTIONS.get(row.get("kind"), aat.TRANSCRIBED)
    for number, (text, called) in enumerate(texts):
        yield statement(text, tag, kind, called or worded(Inscription.Kind, row.get("kind")), more if number == 0 else [])
    if not texts:  # nobody has copied the words, but somebody has read them
        yield from more


def _rights(view: View) -> Iterator[Node]:
    """Rights in the work. Those in pictures and in the record stand beside these (``pictures``)."""
    for row in view["rights"]:
        if row.get("applies_to") == "work":
            said = "; ".join(filter(None, [row.get("kind"), canonical_rights(row.get("statement") or ""), _holder(row)]))
            if said:
                yield statement(said, "", aat.RIGHTS)
            yield from statements(row["credit_line"], aat.RIGHTS)


def _holder(row: View) -> str:
    return row.get("holder_text") or label((row.get("holder") or {}).get("label"))


def right(row: View) -> Node:
    """A right in something digital or visual."""
    uri = canonical_rights(row.get("statement") or "")
    holder = row.get("holder")
    held_by = [statement(row["holder_text"], "", aat.NOTE, _("holder"))] if row.get("holder_text") and not holder else []
    facts = filled(
        _label=row.get("kind"),
        classified_as=[filled(id=uri, type="Type")] if uri else [],
        possessed_by=[actor_of(holder)] if holder else [],
        referred_to_by=[*statements(row["credit_line"], aat.RIGHTS), *held_by],
    )
    return {"type": "Right", **facts} if facts else {}


def rights_in(view: View, what: str) -> list[Node]:
    """Rights in its pictures ("image"), the work ("work") or the record ("data")."""
    return [one for row in view["rights"] if row.get("applies_to") == what and (one := right(row))]


def _citation(use: View) -> Node:
    reference = use["reference"]
    cited = reference.get("citation") or label(reference["label"])
    return statement(", ".join(filter(None, [cited, use.get("pages"), reference.get("uri")])), "", aat.CITATION)


def _care(care: View) -> Iterator[Node]:
    yield from statements(care["warning"], aat.ACCESS, _("warning"))
    for notice in care["notices"]:
        yield from statements(notice["label"], aat.ACCESS, _("notice"))
