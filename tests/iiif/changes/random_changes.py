"""Random acts of curators on objects with pictures: publish, unpublish, rename, merge, delete, restore, release pictures."""

from __future__ import annotations

import random

from django.db import connection

from artifacts import attaching, publishing
from artifacts.models import Artifact, ArtifactMedia
from iiif.models import StoredManifest
from iiif.presentation import store
from tests import factories
from tests.factories import text


def objects(count: int, prefix: str = "RC") -> list[Artifact]:
    """Objects with a picture each, every third of them a draft that was never public."""
    made = []
    for number in range(count):
        artifact = factories.make_object(f"{prefix} {number}", title=f"Object {number}", public=False)
        factories.add_picture(artifact)
        if number % 3:
            factories.publish(artifact)
        made.append(artifact)
    return made


def change(dice: random.Random, pks: list[int]) -> str:
    """One act on one of the objects of these keys; answers what it was."""
    pk = dice.choice(pks)
    artifact = Artifact.objects.get(pk=pk)
    act = dice.choices(
        ["publish", "unpublish", "rename", "merge", "delete", "withdraw", "restore", "show", "new"], [5, 4, 6, 1, 0.4, 1, 2, 4, 0.6]
    )[0]
    if act == "publish" and not artifact.live:
        artifact.save_revision().publish()
    elif act == "unpublish" and artifact.live:
        artifact.unpublish()
    elif act == "rename":
        title = artifact.titles.first()
        title.text = f"Renamed {dice.randrange(10**6)}"
        title.save()
        artifact = Artifact.objects.get(pk=pk)
        if artifact.live:
            artifact.save_revision().publish()
    elif act == "merge" and artifact.merged_into_id is None:
        other = Artifact.objects.get(pk=dice.choice(pks))
        while other.merged_into_id:
            other = other.merged_into
        if other.pk != artifact.pk:
            publishing.merge(artifact, other)
    elif act == "delete" and len(pks) > 8 and not Artifact.objects.filter(merged_into=artifact).exists():
        ArtifactMedia.objects.filter(artifact=artifact).delete()
        artifact.delete()
        pks.remove(pk)
    elif act == "show":  # restrict its picture, release it, or keep it for the staff
        attaching.show_to(list(artifact.media.all()), dice.choice(ArtifactMedia.PublicationClass.values))
    elif act == "new":
        pks.append(_new(dice))
    elif not _withdrawn(act, artifact):
        return "nothing"
    return act


def _withdrawn(act: str, artifact: Artifact) -> bool:
    if act == "withdraw" and not artifact.withdrawn_on:
        publishing.withdraw(artifact, "test")
    elif act == "restore" and artifact.withdrawn_on:
        publishing.restore(artifact)
    else:
        return False
    return True


def _new(dice: random.Random) -> int:
    fresh = factories.make_object(f"NEW {dice.randrange(10**9)}", title="New", public=False, credit_line=text("Gift"))
    factories.add_picture(fresh)
    factories.publish(fresh)
    return fresh.pk


def settle() -> None:
    """Let the journal's consumer do all its work, and begin as if a transaction had ended here: a test's own never does."""
    while store.process():
        pass
    connection._museum_journal_notes = None  # type: ignore[attr-defined]


def published() -> dict[str, str]:
    """What the database says: public id → hash of the stored manifest, of all that is public and has something to show."""
    seen = ArtifactMedia.objects.filter(published=True, publication_class__in=["public", "restricted"])
    public = set(Artifact.objects.public().filter(media__in=seen).values_list("public_id", flat=True))
    rows = dict(StoredManifest.objects.filter(kind="object").exclude(sha256="").values_list("public_id", "sha256"))
    assert set(rows) == public
    return rows
