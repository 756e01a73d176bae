"""How an object came to be: its production, who made it, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from artifacts.models import Event, Maker
from exchange.linked_art import aat
from exchange.linked_art.nodes import (
    Node,
    View,
    actor,
    concept,
    filled,
    held,
    label,
    reference,
    said,
    statement,
    statements,
    titled,
    typed,
    worded,
)
from exchange.linked_art.spans import timespan
from records.models import Assertion

# These name who did it; the others name whom those who did it followed.
_BY_THEM = {"", "attributed", "formerly"}
_DOUBTED = {Assertion.Certainty.PROBABLE, Assertion.Certainty.POSSIBLE, Assertion.Certainty.DISPUTED}


def production(view: View) -> Node:
    """The production of an object: several makings of it, and makers with a role or a share of their own, are its parts."""
    events = [event for event in held(view["events"]) if event.get("kind") == Event.Kind.PRODUCTION]
    makers = held(view["makers"])
    certain = [maker for maker in makers if not maker.get("qualifier") and maker.get("certainty") not in _DOUBTED]
    doubted = [maker for maker in makers if maker not in certain]
    parts = [_part(event) for event in events] if len(events) > 1 else []
    parts += [_share(maker) for maker in certain if _has_share(maker)]
    base = happened(events[0]) if len(events) == 1 else {}
    facts = filled(
        **{
            **base,
            "carried_out_by": [actor(maker["agent"]) for maker in certain if not _has_share(maker)],
            "technique": [concept(use["term"]) for use in held(view["techniques"])],
            "influenced_by": _influences(view, doubted),
            "part": parts,
            "attributed_by": [_assignment(maker) for maker in doubted],
            "referred_to_by": [*base.get("referred_to_by", []), *statements(view["makers_display"], aat.PRODUCTION, _("Maker"))],
        }
    )
    return {"type": "Production", **facts} if facts else {}


def happened(event: View) -> Node:
    """When and where something happened, in what period, and what is told of it."""
    return filled(
        timespan=timespan(event["date"]),
        took_place_at=[reference(event["place"], "Place")] if event.get("place") else [],
        during=[reference(event["period"], "Period")] if event.get("period") else [],
        referred_to_by=[*statements(event.get("note"), aat.NOTE), *doubts(event)],
    )


def doubts(row: View) -> list[Node]:
    """How sure a statement is, in words, where anybody doubts it: Linked Art has no certainty of events."""
    if row.get("certainty") not in _DOUBTED:
        return []
    return said(Assertion.Certainty(row["certainty"]).label, aat.NOTE, _("certainty"))


def _part(event: View) -> Node:
    return {"type": "Production", **happened(event)}


def _has_share(maker: View) -> bool:
    """Whether the maker did something that not all of them did."""
    return bool(maker.get("role") or maker.get("part_done"))


def _share(maker: View) -> Node:
    return filled(type="Production", **_role(maker), carried_out_by=[actor(maker["agent"])])


def _role(maker: View) -> Node:
    role = maker.get("role")
    return filled(
        _label=label(role["label"]) if role else "",
        classified_as=[concept(role)] if role else [],
        referred_to_by=[statement(maker["part_done"], "", aat.NOTE, _("part done"))] if maker.get("part_done") else [],
    )


def _assignment(maker: View) -> Node:
    """An attribution: who is assigned to the making, and in what sense."""
    qualifier = maker.get("qualifier") or ""
    kinds = [aat.ATTRIBUTIONS[qualifier]] if qualifier in aat.ATTRIBUTIONS else []
    kinds += [aat.CERTAINTIES[maker["certainty"]]] if maker.get("certainty") in aat.CERTAINTIES else []
    kinds += [aat.OBSOLETE] if qualifier == Maker.Qualifier.FORMERLY else []
    how = "carried_out_by" if qualifier in _BY_THEM else "influenced_by"
    return filled(
        type="AttributeAssignment",
        _label=f"{kinds[0].label if kinds else 'Disputed'} {label(maker['agent']['label'])}".strip(),
        identified_by=titled(worded(Maker.Qualifier, qualifier)) if qualifier else [],
        classified_as=[typed(kind) for kind in kinds],
        referred_to_by=[] if maker.get("certainty") in aat.CERTAINTIES else doubts(maker),
        assigned=[filled(type="Production", **_role(maker), **{how: [actor(maker["agent"])]})],
        assigned_property="part",
    )


def _influences(view: View, doubted: list[View]) -> list[Node]:
    """Whom and what the makers followed: a master, the work that was copied."""
    found = [actor(maker["agent"]) for maker in doubted if (maker.get("qualifier") or "") not in _BY_THEM]
    found += list(_copied(view))
    return list({one["id"]: one for one in found}.values())


def _copied(view: View) -> Iterator[Node]:
    for relation in held(view["relations"]):
        if relation.get("kind") == "copy":
            yield related(relation)


def related(relation: View) -> Node:
    """The other object of a relation, here or elsewhere."""
    if relation.get("other"):
        return reference(relation["other"], "HumanMadeObject")
    return filled(id=relation["other_uri"], type="HumanMadeObject", _label=relation.get("other_label"))
