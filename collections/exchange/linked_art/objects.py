"""An object as Linked Art describes it (linked.art, API 1.0: a HumanMadeObject), with all its languages.

``id`` is the object's own URI, ``/o/<id>``: what manifests, feeds and other records call it, and what stays when forms of description come and go.
It answers everybody who asks for JSON-LD with 303 to this document, as Linked Art wants of an ``id``.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from django.utils.translation import gettext_lazy as _

from artifacts.models import Identifier, Relation, Title
from exchange.linked_art import aat, history, pictures, statements, visual
from exchange.linked_art.making import production, related
from exchange.linked_art.nodes import (
    CONTEXT,
    Node,
    View,
    absolute,
    actor,
    concept,
    filled,
    held,
    label,
    name,
    reference,
    statement,
    titled,
    typed,
    worded,
)
from exchange.linked_art.physical import dimensions, materials

PROFILE = CONTEXT
# of the workplace's shelves
_NOT_SHOWN = {Identifier.Kind.BARCODE, Identifier.Kind.NFC}
_NUMBERS = {Identifier.Kind.FORMER: aat.OWNER_ASSIGNED, Identifier.Kind.LENDER: aat.OWNER_ASSIGNED}
_TITLES = {Title.Kind.FORMER: aat.FORMER_NAME, Title.Kind.TRANSLATED: aat.TRANSLATED_TITLE}


def write(view: View) -> bytes:
    """The document, UTF-8."""
    return orjson.dumps(describe(view), option=orjson.OPT_INDENT_2)


def describe(view: View) -> Node:
    """The object. What is not known is not there."""
    museum = [actor(view["museum"])] if view["museum"] else []
    return filled(
        **{"@context": CONTEXT},
        id=absolute(view["uri"]),
        type="HumanMadeObject",
        _label=label(view["title"]) or view["accession_number"] or view["id"],
        identified_by=[*_names(view), *_numbers(view)],
        classified_as=_classes(view),
        referred_to_by=statements.of_object(view),
        made_of=materials(view),
        dimension=dimensions(view),
        produced_by=production(view),
        encountered_by=history.encounters(view),
        modified_by=history.modifications(view),
        changed_ownership_through=history.acquisitions(view),
        used_for=history.uses(view),
        current_owner=museum if history.owned(view) else [],
        current_custodian=museum if history.kept(view) else [],
        member_of=_sets(view),
        # one thing, as the API's schema has it (examples in its documentation have a list, which the schema refuses)
        part_of=reference(view["part_of"], "HumanMadeObject") if view["part_of"] else {},
        attributed_by=[*_relations(view), *_parts(view)],
        shows=visual.shown(view),
        representation=pictures.representations(view),
        subject_of=pictures.subjects(view),
    )


def _names(view: View) -> list[Node]:
    """Its titles: the one that stands for it in each language, and the others."""
    found = []
    for row in held(view["titles"]):
        if row.get("text"):
            tag = row.get("language") or "und"
            kinds = [aat.PRIMARY_NAME if view["title"].get(tag) == row["text"] else aat.ALTERNATE_NAME]
            kinds += [_TITLES[row["kind"]]] if row.get("kind") in _TITLES else []
            found.append(name(row["text"], tag, *kinds))
    return found


def _numbers(view: View) -> Iterator[Node]:
    if view["accession_number"]:
        yield filled(type="Identifier", classified_as=[typed(aat.ACCESSION_NUMBER)], content=view["accession_number"])
    for row in view["identifiers"]:
        if row.get("value") and row.get("kind") not in _NOT_SHOWN:
            kind = _NUMBERS.get(row["kind"])
            yield filled(
                type="Identifier",
                identified_by=titled(worded(Identifier.Kind, row.get("kind"))),
                classified_as=[typed(kind)] if kind else [],
                content=row["value"],
                referred_to_by=[statement(row["issuer"], "", aat.NOTE, _("given by"))] if row.get("issuer") else [],
            )
    yield filled(type="Identifier", classified_as=[typed(aat.SYSTEM_ASSIGNED)], content=view["id"])


def _classes(view: View) -> list[Node]:
    """What kind of thing it is; the type of its record where nobody has named the thing; classes; the culture that made it."""
    works = [concept(term, aat.TYPE_OF_WORK) for term in view["object_names"]]
    kind = view["object_type"]
    kinds = [concept(kind, *([] if works else [aat.TYPE_OF_WORK]))] if kind else []
    found = [*works, *kinds, *(concept(term) for term in view["classification"]), *history.classes(view)]
    return list({one["id"]: one for one in reversed(found)}.values())[::-1]


def _sets(view: View) -> list[Node]:
    """Named collections and the department's."""
    found = [*view["sets"], *([view["department"]] if view["department"] else [])]
    return [reference(ref, "Set") for ref in found]


def _relations(view: View) -> Iterator[Node]:
    """Other objects that it has to do with, and how."""
    for relation in held(view["relations"]):
        called = titled(worded(Relation.Kind, relation.get("kind")))
        notes = [statement(text, tag, aat.NOTE) for tag, text in relation["note"].items()]
        yield filled(type="AttributeAssignment", identified_by=called, referred_to_by=notes, assigned=[related(relation)])


def _parts(view: View) -> list[Node]:
    """Its parts: in the API they name the whole (``part_of``), and the whole cannot name them; those who read it alone would not find them."""
    if not view["parts"]:
        return []
    parts = [reference(ref, "HumanMadeObject") for ref in view["parts"]]
    return [filled(type="AttributeAssignment", identified_by=titled(_("parts")), assigned=parts, assigned_property="part")]
