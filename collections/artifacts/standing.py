"""What an object's address answers: the table of hidden records in one place (docs/architecture.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from artifacts.models import Artifact
from records.prepared import Prepared


class State(StrEnum):
    """The rows of the table, in their order."""

    NEVER = "never"  # 404, as if it had never existed
    GONE = "gone"  # 410 with id and date alone
    MOVED = "moved"  # 301 to the object it was merged into
    PUBLIC = "public"


@dataclass(frozen=True)
class Standing:
    """How an object stands towards the public. ``pk`` is for this house alone; ``since``: the day on which it vanished."""

    state: State
    public_id: str
    pk: int | None = None
    moved_to: str = ""
    since: date | None = None


_rows = Prepared(
    lambda public_ids: (
        Artifact.objects.filter(public_id__in=public_ids)
        .order_by()
        .values("pk", "is_public", "first_published_on", "visibility_changed_on", "merged_into__public_id", "merged_into__is_public")
    ),
    of=str,
    shared=True,
)


def standing(public_id: str) -> Standing:
    """The standing of the object of that id, whether or not there is one. One query."""
    row = next(iter(_rows([public_id])), None)
    if row is None:
        return Standing(State.NEVER, public_id)
    if row["is_public"]:
        return Standing(State.PUBLIC, public_id, pk=row["pk"])
    if row["first_published_on"] is None:
        return Standing(State.NEVER, public_id)
    if row["merged_into__public_id"]:
        if row["merged_into__is_public"]:
            return Standing(State.MOVED, public_id, moved_to=row["merged_into__public_id"])
        return Standing(State.NEVER, public_id)
    return Standing(State.GONE, public_id, since=timezone.localdate(row["visibility_changed_on"]) if row["visibility_changed_on"] else None)
