"""The change feed: what it tells, what it must never tell, and that a closed page never changes."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from artifacts import publishing
from iiif.changes import noting, pages
from iiif.models import Activity, StoredManifest
from iiif.presentation import store
from tests import factories
from tests.iiif.changes import random_changes
from tests.iiif.changes.random_changes import settle

pytestmark = pytest.mark.django_db


def pictured(number: str, **values: Any) -> Any:
    artifact = factories.make_object(number, title=number, public=False, **values)
    factories.add_picture(artifact)
    factories.publish(artifact)
    return artifact


def told(artifact: Any) -> list[str]:
    settle()
    return list(Activity.objects.filter(public_id=artifact.public_id).order_by("sequence").values_list("type", flat=True))


def test_every_visible_change_is_told_once_and_in_order() -> None:
    drum, other = pictured("A"), pictured("B")
    assert told(drum) == ["Create"]
    drum.credit_line = factories.text("Gift of the city")
    drum.save_revision().publish()
    assert told(drum) == ["Create", "Update"]
    store.refresh("object", [drum.pk, other.pk])
    assert told(drum) == ["Create", "Update"]  # nothing that anybody sees has changed
    drum.unpublish()
    assert told(drum) == ["Create", "Update", "Delete"]
    drum.save_revision().publish()
    settle()
    publishing.merge(drum, other)
    assert told(drum)[3:] == ["Create", "Move"]
    assert Activity.objects.get(type="Move").target == other.public_id
    assert list(Activity.objects.order_by("sequence").values_list("sequence", flat=True)) == list(range(1, Activity.objects.count() + 1))


def test_an_object_merged_into_one_without_pictures_has_nowhere_to_move_to() -> None:
    drum, bare = pictured("A"), factories.make_object("B")
    assert told(drum) == ["Create"]
    publishing.merge(drum, bare)
    assert told(drum) == ["Create", "Delete"]


def test_what_was_never_public_is_never_told() -> None:
    draft = factories.make_object("D", title="D", public=False)
    factories.add_picture(draft)
    seen = pictured("S")
    publishing.merge(draft, seen)
    settle()
    draft.delete()
    settle()
    feed = Client().get("/iiif/changes/1.json").content.decode()
    assert draft.public_id not in feed
    assert seen.public_id in feed


def test_an_object_that_was_moved_to_one_that_is_hidden_is_deleted() -> None:
    gone, target = pictured("G"), pictured("T")
    settle()
    target.unpublish()
    publishing.merge(gone, target)
    assert told(gone) == ["Create", "Delete"]
    assert target.public_id not in str(Activity.objects.filter(public_id=gone.public_id).values())


def test_rows_lost_unheard_are_told_in_the_night() -> None:
    lost = pictured("L")
    settle()
    StoredManifest.objects.all().delete()
    assert noting.reconcile() == 1
    assert told(lost)[-1] == "Delete"
    assert noting.reconcile() == 0
    store.refresh("object", [lost.pk])
    assert told(lost)[-1] == "Create"


def test_closed_pages_never_change_and_may_be_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PER_PAGE", 5)
    dice = random.Random(7)
    pks = [one.pk for one in random_changes.objects(12)]
    closed: dict[int, bytes] = {}
    for _round in range(12):
        for _act in range(4):
            random_changes.change(dice, pks)
        settle()
        for number in range(1, pages.last_page(pages.total()) + 1):
            answer = Client().get(f"/iiif/changes/{number}.json")
            if number < pages.last_page(pages.total()):
                assert "immutable" in answer["Cache-Control"]
                assert closed.setdefault(number, answer.content) == answer.content
                assert len(answer.json()["orderedItems"]) == 5
            else:
                assert "max-age=20" in answer["Cache-Control"]
    assert len(closed) > 3
    moments = [item["endTime"] for number in closed for item in Client().get(f"/iiif/changes/{number}.json").json()["orderedItems"]]
    assert moments == sorted(moments)


def test_the_documents_are_what_the_specification_asks_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PER_PAGE", 2)
    made = [pictured(f"P{number}") for number in range(3)]
    settle()
    origin = settings.MUSEUM_ORIGIN
    answer = Client().get("/iiif/changes/collection.json")
    assert answer["Content-Type"] == 'application/ld+json;profile="http://iiif.io/api/discovery/1/context.json"'
    assert answer["Access-Control-Allow-Origin"] == "*"
    collection = answer.json()
    assert collection["type"] == "OrderedCollection"
    assert collection["totalItems"] == 3
    assert collection["last"] == {"id": f"{origin}/iiif/changes/2.json", "type": "OrderedCollectionPage"}
    first, last = (Client().get(f"/iiif/changes/{number}.json").json() for number in (1, 2))
    assert first["id"] == f"{origin}/iiif/changes/1.json"
    assert "prev" not in first
    assert first["next"]["id"] == last["id"]
    assert last["prev"]["id"] == first["id"]
    assert "next" not in last
    assert [item["object"]["id"] for item in first["orderedItems"]] == [
        f"{origin}/iiif/objects/{one.public_id}/manifest.json" for one in made[:2]
    ]
    assert all(item["type"] == "Create" and item["endTime"].endswith("Z") for item in first["orderedItems"])
    again = Client().get("/iiif/changes/collection.json", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().options("/iiif/changes/1.json").status_code == 204
    for missing in ("0", "3", "9" * 30, "x"):
        nowhere = Client().get(f"/iiif/changes/{missing}.json")
        assert nowhere.status_code == 404
        assert nowhere["Access-Control-Allow-Origin"] == "*"


def test_an_empty_museum_has_a_feed() -> None:
    collection = Client().get("/iiif/changes/collection.json").json()
    assert collection["totalItems"] == 0
    assert Client().get(collection["last"]["id"].removeprefix(settings.MUSEUM_ORIGIN)).json()["orderedItems"] == []
