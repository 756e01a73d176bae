"""Rights in the work, its pictures and its data, as LIDO writes them: one licence or statement, or one kind of right, in each set."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from exchange.lido import terminology as terms
from exchange.lido.elements import Row, Text, add, identifiers, known, names, texts
from iiif.presentation.objects import canonical_rights

_PUBLIC_DOMAIN = {"zero": "CC0", "mark": "Public Domain Mark"}


def of(rows: Sequence[Row], applies_to: str) -> list[Row]:
    """The rights in the work, its pictures (``image``) or its data."""
    return [row for row in rows if row.get("applies_to") == applies_to]


def add_rights(parent: Element, name: str, rows: Sequence[Row], credit: Text) -> None:
    """One set for each right; ``credit`` is to be named with those that name nobody themselves, and by itself where there is no right."""
    for row in rows:
        if row.get("statement"):
            element = add(parent, name)
            statement(element, row["statement"])
            _details(element, row, credit)
        if row.get("kind") or not row.get("statement"):
            element = add(parent, name)
            if row.get("kind"):
                known(element, "rightsType", "", {"und": row["kind"]}, type=terms.GENERIC_RIGHT)
            _details(element, row, {} if row.get("statement") else credit)
    if not rows and credit:
        texts(add(parent, name), "creditLine", credit)


def statement(parent: Element, address: str) -> None:
    """A licence of Creative Commons, a statement of RightsStatements.org, or another by its address."""
    plain = canonical_rights(address)
    known(parent, "rightsType", plain, {"en": label(plain)}, type=terms.SPECIFIC_RIGHT)


def label(address: str) -> str:
    """What it is called: CC BY-SA 4.0, CC0 1.0, InC-EDU 1.0; the address of what nobody knows."""
    steps = [step for step in address.partition("//")[2].split("/") if step]
    if len(steps) > 3 and steps[:2] == ["creativecommons.org", "publicdomain"]:
        return f"{_PUBLIC_DOMAIN.get(steps[2], steps[2])} {steps[3]}"
    if len(steps) > 3 and steps[:2] == ["creativecommons.org", "licenses"]:
        return f"CC {steps[2].upper()} {steps[3]}"
    if len(steps) > 3 and steps[:2] == ["rightsstatements.org", "vocab"]:
        return f"{steps[2]} {steps[3]}"
    return address


def _details(parent: Element, row: Row, credit: Text) -> None:
    first, last = row.get("valid_from"), row.get("valid_to")
    if first or last:
        dates = add(parent, "rightsDate")
        for name, day in (("earliestDate", first), ("latestDate", last)):
            if day:
                add(dates, name, day)
    if row.get("holder"):
        holder = add(parent, "rightsHolder")
        identifiers(holder, "legalBodyID", row["holder"])
        if row["holder"]["label"]:
            names(holder, "legalBodyName", row["holder"]["label"])
    elif row.get("holder_text"):
        names(add(parent, "rightsHolder"), "legalBodyName", {"und": row["holder_text"]})
    texts(parent, "creditLine", row["credit_line"] or credit)
