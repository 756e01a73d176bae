"""Two people edit one object at the same time: whoever saves second is told first, with all that was typed still in the form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from artifacts.models import Artifact

# Sent by a form whose reader has read Wagtail's own warning, and pressed “Continue”.
KNOWN = "conflict_known"


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody's version that is newer than the one in the form. ``compare``: where the two are put side by side."""

    name: str
    saved_at: datetime
    compare: str

    def __str__(self) -> str:
        return _("Not saved yet: %(name)s saved this object while you were editing it.") % {"name": self.name}


def conflict_of(draft: Artifact, loaded: str) -> Conflict:
    """What is told about the newest version of ``draft`` to who began with the version ``loaded``."""
    newest = draft.latest_revision
    user = newest.user
    name = (user.get_full_name() or user.get_username()) if user else _("Somebody")
    base = "wagtailsnippets_artifacts_artifact:"
    known = loaded.isascii() and loaded.isdigit() and len(loaded) < 19 and int(loaded) != newest.pk
    if known and draft.revisions.filter(pk=int(loaded)).exists():
        compare = reverse(f"{base}revisions_compare", args=[draft.pk, loaded, newest.pk])
    else:
        compare = reverse(f"{base}history", args=[draft.pk])
    return Conflict(name, newest.created_at, compare)


def without_gone_rows(data: QueryDict, form_class: Any, draft: Artifact) -> QueryDict:
    """The form as sent, in which rows that the other person took away are new ones: their keys lead nowhere any more."""
    data = data.copy()
    for relation in form_class.formsets:
        there = {str(row.pk) for row in getattr(draft, relation).all()}
        for name in [name for name in data if name.startswith(f"{relation}-") and name.endswith("-id")]:
            if data[name] and data[name] not in there:
                data[name] = ""
    return data
