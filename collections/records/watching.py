"""The net under single saves: signals that note changes in the journal. Bulk acts call the journal themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save

from records import journal
from records.models import JournalEntry

Concerned = Callable[[Any], Iterable[tuple[str, int]]]


def watch(model: type[models.Model], kind: str) -> None:
    """Note every saved or deleted record of ``model`` as a change of ``kind``."""

    def saved(instance: Any, raw: bool = False, created: bool = False, **_: Any) -> None:
        if not raw:
            journal.changed(kind, instance.pk, new=created)

    def deleted(instance: Any, **_: Any) -> None:
        journal.changed(kind, instance.pk, JournalEntry.Op.DELETED, public_id=instance.public_id)

    uid = f"journal-{model._meta.label}"
    post_save.connect(saved, sender=model, weak=False, dispatch_uid=f"{uid}-saved")
    post_delete.connect(deleted, sender=model, weak=False, dispatch_uid=f"{uid}-deleted")


def watch_part(model: type[models.Model], concerned: Concerned) -> None:
    """Note every saved or deleted row of ``model`` as a change of the records it belongs to."""

    def touched(instance: Any, raw: bool = False, **_: Any) -> None:
        if not raw:
            for kind, pk in concerned(instance):
                journal.changed(kind, pk)

    uid = f"journal-{model._meta.label}"
    post_save.connect(touched, sender=model, weak=False, dispatch_uid=f"{uid}-saved")
    post_delete.connect(touched, sender=model, weak=False, dispatch_uid=f"{uid}-deleted")
