"""An object that changes changes the exhibitions that show it: their picture in lists, what they have on view, their manifest."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from exhibits.models import ExhibitionPage, Shown
from records import journal

CONSUMER = "exhibitions"


def process(limit: int = 500) -> int:
    """The journal's consumer ``exhibitions``: carry changes of objects to the exhibitions that show them."""
    entries = journal.take(CONSUMER, limit)
    shown_in = exhibitions_of({entry.record_pk for entry in entries})
    if shown_in:
        journal.changed("exhibition", shown_in, skip=CONSUMER)
    journal.done(entries)
    return len(entries)


def exhibitions_of(objects: Iterable[int]) -> list[int]:
    """Keys of the exhibitions, in all their languages, that show one of these objects or have it as their cover."""
    keys = list(objects)
    hung = Shown.objects.filter(artifact__in=keys).values("exhibition")
    touched = ExhibitionPage.objects.filter(Q(cover_object__in=keys) | Q(pk__in=hung)).values("translation_key")
    return list(ExhibitionPage.objects.filter(translation_key__in=touched).order_by("pk").values_list("pk", flat=True))
