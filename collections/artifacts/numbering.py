"""Accession numbers: who bears one, which are reserved by drafts, which comes next."""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction
from django.utils import timezone

from artifacts.models import Artifact
from artifacts.models.artifact import AccessionReservation
from records.models import RecordError
from vocabularies.models import Museum

# {year}, {month}, {number:4}
_PLACEHOLDER = re.compile(r"\{(year|month|number)(?::(\d+))?\}")


def bearer(museum: Museum | int, number: str, *, but: int | None = None) -> Artifact | None:
    """The object that bears this number in that museum, or holds it by a draft; None when it is free. ``but``: an object that does not count."""
    museum_id = museum if isinstance(museum, int) else museum.pk
    wanted = number.strip()
    bearing = Artifact.objects.filter(museum=museum_id, accession_number=wanted).exclude(pk=but).first()
    if bearing is not None:
        return bearing
    held = (
        AccessionReservation.objects.filter(museum=museum_id, accession_number=wanted)
        .exclude(artifact=but)
        .select_related("artifact")
        .first()
    )
    return held.artifact if held else None


@transaction.atomic
def reserve(artifact: Artifact, museum_id: int, number: str) -> None:
    """Hold a number that a draft of a live record has, until that draft is published or its number changes.

    Raises RecordError when another object has it.
    """
    AccessionReservation.objects.filter(artifact=artifact).delete()
    if (museum_id, number) == (artifact.museum_id, artifact.accession_number):
        return
    other = bearer(museum_id, number, but=artifact.pk)
    if other is not None:
        raise RecordError(f"The accession number {number} is taken by {other}.")
    AccessionReservation.objects.create(artifact=artifact, museum_id=museum_id, accession_number=number)


def next_number(museum: Museum, today: date | None = None) -> str:
    """The next free number by the museum's pattern; empty when it has none. ``{year}``, ``{month}`` and ``{number:4}`` are filled in."""
    pattern = museum.accession_pattern
    if "{number" not in pattern:
        return ""
    day = today or timezone.localdate()
    filled = pattern.replace("{year}", f"{day.year:04d}").replace("{month}", f"{day.month:02d}")
    before, width, after = _around_number(filled)
    highest = _highest(museum, before, after)
    return f"{before}{highest + 1:0{width}d}{after}"


def pattern_problem(pattern: str) -> str:
    """What is wrong with a pattern, as a sentence; empty when nothing is."""
    if not pattern:
        return ""
    if len(re.findall(r"\{number", pattern)) != 1:
        return "A pattern has {number} exactly once."
    rest = _PLACEHOLDER.sub("", pattern)
    if "{" in rest or "}" in rest:
        return "Only {year}, {month} and {number} or {number:4} are filled in."
    return ""


def _around_number(filled: str) -> tuple[str, int, str]:
    found = _PLACEHOLDER.search(filled)
    if found is None:
        return filled, 1, ""
    return filled[: found.start()], int(found.group(2) or 1), filled[found.end() :]


def _highest(museum: Museum, before: str, after: str) -> int:
    taken = list(Artifact.objects.filter(museum=museum, accession_number__startswith=before).values_list("accession_number", flat=True))
    taken += AccessionReservation.objects.filter(museum=museum, accession_number__startswith=before).values_list(
        "accession_number", flat=True
    )
    digits = [number[len(before) : len(number) - len(after) if after else None] for number in taken if number.endswith(after)]
    return max((int(run) for run in digits if run.isascii() and run.isdigit()), default=0)
