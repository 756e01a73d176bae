"""Annotations of pictures: drawn or typed, kept with their history, published by those who may, internal notes never."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.log_actions import LogContext

from artifacts import annotating
from artifacts.models import Annotation
from artifacts.regions import Region, RegionError
from media.models import Asset
from media.reshaping import Reshaped
from records.projection import view_of
from tests.factories import add_picture, make_department, make_object, publish, text
from tests.museum.workplace.people import client_of, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]

EVERYBODY = {"kind": "description", "publication_class": "public"}
INTERNAL = {"kind": "condition", "publication_class": "staff"}


@pytest.fixture
def conservator() -> Any:
    return make_user(Role.CONSERVATOR, make_department())


@pytest.fixture
def use() -> Any:
    return add_picture(make_object())


def address(use: Any) -> str:
    return reverse("workplace:regions", args=[use.artifact_id, use.public_id])


def save(
    client: Any, use: Any, words: str = "A crack", shape: str = "box", places: str = "10,20 110,220.5", note: str = "", **fields: Any
) -> Any:
    data = {"act": "save", "text": json.dumps(text(words)), "shape": shape, "places": places, "note": note, **EVERYBODY, **fields}
    return client.post(address(use), data, follow=True)


@pytest.mark.parametrize(
    ("shape", "places", "selector"),
    [
        ("box", "110,220 10,20", "xywh=10,20,100,200"),
        ("polygon", "10,10 60,10 35,80.5", '<polygon points="10,10 60,10 35,80.5"/>'),
        ("point", "35,80", "PointSelector"),
    ],
)
def test_a_region_of_each_shape_is_kept_and_said_in_the_words_of_the_standard(
    conservator: Any, use: Any, shape: str, places: str, selector: str
):
    save(client_of(conservator), use, shape=shape, places=places)
    note = Annotation.objects.get()
    assert note.author == conservator and not note.published
    assert selector in json.dumps(annotating.as_web_annotation(note)).replace('\\"', '"')


@pytest.mark.parametrize(
    ("shape", "places"),
    [
        ("box", "10,20"),
        ("box", "10,20 10,20"),
        ("box", "10,20 5000,20000"),
        ("box", "x,y z,w"),
        ("box", "-1,0 10,10"),
        ("box", "nan,1 5,5"),
        ("polygon", "1,1 2,2"),
        ("point", ""),
        ("polygon", " ".join(f"{n},{n * n % 99}" for n in range(501))),
    ],
)
def test_a_region_that_cannot_be_is_refused_and_what_was_typed_stays(conservator: Any, use: Any, shape: str, places: str):
    page = save(client_of(conservator), use, "kept words", shape=shape, places=places).content.decode()
    assert not Annotation.objects.exists()
    assert "kept words" in page and "mend what is marked below" in page


def test_a_note_on_condition_is_never_for_the_public(conservator: Any, use: Any):
    page = save(client_of(conservator), use, **{**INTERNAL, "publication_class": "public"}).content.decode()
    assert "for staff only" in page and not Annotation.objects.exists()
    note = annotating.write(Annotation(use=use, shape="point", points=[[1, 1]], text=text("a crack"), **INTERNAL), user=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Annotation.objects.filter(pk=note.pk).update(publication_class="public")
    Annotation.objects.filter(pk=note.pk).update(published=True)
    assert not annotating.public().exists()
    assert view_of("object", use.artifact_id)["media"][0]["regions"] == []


def test_a_description_waits_until_somebody_who_may_publishes_it(conservator: Any, use: Any):
    save(client_of(conservator), use, "A bird")
    note = Annotation.objects.get()
    client_of(conservator).post(address(use), {"act": "publish", "note": note.public_id})
    assert not annotating.public().exists()
    client_of(make_user(Role.CURATOR, use.artifact.department)).post(address(use), {"act": "publish", "note": note.public_id})
    assert list(annotating.public()) == [note]
    (region,) = view_of("object", use.artifact_id)["media"][0]["regions"]
    assert region == {"id": note.public_id, "kind": "description", "box": [10, 20, 100, 201], "text": {"en": "A bird"}}


def test_publishing_the_object_releases_what_waits(use: Any):
    annotating.write(Annotation(use=use, shape="point", points=[[1, 1]], text=text("a bird"), **EVERYBODY), user=None)
    annotating.write(Annotation(use=use, shape="point", points=[[1, 1]], text=text("a crack"), **INTERNAL), user=None)
    curator = make_user(Role.CURATOR, use.artifact.department)
    with LogContext(user=curator):  # as every request of the workplace has it
        publish(use.artifact)
    (note,) = annotating.public()
    assert note.kind == "description"
    assert [(version.act, version.by) for version in note.versions.all()] == [("created", ""), ("published", curator.username)]


def test_every_change_is_kept_and_can_be_brought_back(conservator: Any, use: Any):
    client = client_of(conservator)
    save(client, use, "first")
    note = Annotation.objects.get()
    save(client, use, "second", note=note.public_id, places="1,1 5,5")
    client.post(address(use), {"act": "remove", "note": note.public_id})
    note.refresh_from_db()
    assert note.removed and [version.act for version in note.versions.all()] == ["created", "changed", "removed"]
    assert [version.by for version in note.versions.all()] == [conservator.username] * 3
    client.post(address(use), {"act": "restore", "note": note.public_id, "version": "1"})
    note.refresh_from_db()
    assert not note.removed and not note.published and note.text["en"]["text"] == "first"
    assert note.points == [[10.0, 20.0], [110.0, 220.5]]
    with pytest.raises(ValidationError):
        note.versions.first().save()


def test_an_edit_for_staff_only_takes_a_published_one_out_of_sight(conservator: Any, use: Any):
    note = annotating.write(Annotation(use=use, shape="point", points=[[1, 1]], text=text("a bird"), **EVERYBODY), user=None)
    annotating.publish([note], user=None)
    save(client_of(conservator), use, note=note.public_id, publication_class="staff", shape="point", places="1,1")
    assert not annotating.public().exists()


def test_the_reading_order_is_the_lists(conservator: Any, use: Any):
    client = client_of(conservator)
    for words in ("one", "two", "three"):
        save(client, use, words)
    last = Annotation.objects.order_by("sort_order").last()
    client.post(address(use), {"act": "move", "note": last.public_id, "to": "up"})
    assert [note.text["en"]["text"] for note in Annotation.objects.order_by("sort_order")] == ["one", "three", "two"]


@pytest.mark.parametrize("role", [Role.PHOTOGRAPHER, Role.PUBLISHER])
def test_who_only_looks_does_not_write(use: Any, role: Role):
    client = client_of(make_user(role, use.artifact.department))
    assert client.get(address(use)).status_code == 200
    assert save(client, use).status_code in {302, 403} or not Annotation.objects.exists()
    assert not Annotation.objects.exists()


def test_another_department_sees_nothing(use: Any):
    stranger = client_of(make_user(Role.CURATOR, make_department()))
    assert stranger.get(address(use), follow=True).status_code == 404
    assert stranger.get(reverse("workplace:annotations_export", args=[use.artifact_id]), follow=True).status_code == 404


def test_everything_is_exported_as_web_annotations_with_stable_ids(conservator: Any, use: Any, settings: Any):
    note = annotating.write(Annotation(use=use, shape="box", points=[[1, 2], [5, 9]], text=text("a crack"), **INTERNAL), user=conservator)
    answer = client_of(conservator).get(reverse("workplace:annotations_export", args=[use.artifact_id]))
    page = json.loads(answer.content)
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    (item,) = page["items"]
    assert item["id"] == f"{settings.MUSEUM_ORIGIN}/iiif/objects/{use.artifact.public_id}/annotation/{note.public_id}"
    assert item["motivation"] == "assessing" and item["body"][0]["purpose"] == "assessing"
    assert item["target"].endswith(f"/canvas/{use.public_id}#xywh=1,2,4,7")
    assert item["creator"]["nickname"] == conservator.username


def test_a_region_knows_its_bounds():
    region = Region("polygon", ((10.5, 20.0), (60.0, 20.0), (30.0, 80.2)))
    assert region.checked(100, 100).bounds == (10, 20, 50, 61)
    with pytest.raises(RegionError):
        Region("circle", ((1, 1),)).checked(10, 10)


def opened(client: Any, use: Any, note: Annotation) -> dict[str, Any]:
    """What the form of an annotation says of itself when it is opened: which annotation, and which version of it was seen."""
    page = client.get(address(use), {"note": note.public_id})
    return {"note": note.public_id, "seen": page.context["seen"]}


def test_who_saves_second_is_told_who_was_first_and_nothing_is_lost(conservator: Any, use: Any):
    client = client_of(conservator)
    save(client, use, "first")
    note = Annotation.objects.get()
    begun = opened(client, use, note)
    other = make_user(Role.CURATOR, use.artifact.department)
    save(client_of(other), use, "theirs", **begun)
    answer = save(client, use, "mine", **begun)
    page = answer.content.decode()
    note.refresh_from_db()
    assert note.text["en"]["text"] == "theirs"
    assert f"Not saved yet: {other.username} changed this annotation" in page and "mine" in page and "theirs" in page
    save(client, use, "mine", note=note.public_id, seen=answer.context["seen"])
    note.refresh_from_db()
    assert note.text["en"]["text"] == "mine"
    assert [version.content["text"]["en"]["text"] for version in note.versions.all()] == ["first", "theirs", "mine"]


@pytest.mark.parametrize("act", ["publish", "remove", "restore"])
def test_nobody_acts_on_a_version_that_they_have_not_seen(conservator: Any, use: Any, act: str):
    save(client_of(conservator), use, "first")
    note = Annotation.objects.get()
    curator = client_of(make_user(Role.CURATOR, use.artifact.department))
    begun = opened(curator, use, note)
    save(client_of(conservator), use, "something else", note=note.public_id)
    page = curator.post(address(use), {"act": act, "version": 1, **begun}, follow=True).content.decode()
    note.refresh_from_db()
    assert f"{conservator.username} changed this annotation while it was open here" in page
    assert (note.published, note.removed, note.text["en"]["text"]) == (False, False, "something else")


def test_a_form_that_was_open_while_the_picture_was_turned_does_not_put_the_region_back(conservator: Any, use: Any):
    client = client_of(conservator)
    save(client, use, "first", places="10,20 110,220")
    note = Annotation.objects.get()
    begun = opened(client, use, note)
    asset = use.asset
    annotating.follow(asset.pk, Reshaped(asset.width, asset.height, asset.height, asset.width, 90))
    note.refresh_from_db()
    turned = note.points
    answer = save(client, use, "second", places="10,20 110,220", **begun)
    assert "the picture was turned or replaced" in answer.content.decode()
    form = answer.context["form"]
    save(client, use, "second", places=form.data["places"], note=note.public_id, seen=answer.context["seen"])
    note.refresh_from_db()
    assert (note.text["en"]["text"], note.points) == ("second", turned)


def test_words_that_nobody_who_publishes_has_seen_are_not_public(conservator: Any, use: Any):
    curator = client_of(make_user(Role.CURATOR, use.artifact.department))
    save(curator, use, "A bird")
    note = Annotation.objects.get()
    curator.post(address(use), {"act": "publish", "note": note.public_id})
    save(curator, use, "A heron", note=note.public_id)
    assert [each.text["en"]["text"] for each in annotating.public()] == ["A heron"], "who publishes may mend what is public"
    page = save(client_of(conservator), use, "Nonsense", note=note.public_id).content.decode()
    assert not annotating.public().exists()
    assert "It waits to be published" in page


def test_saving_a_removed_annotation_brings_it_back_to_the_list(conservator: Any, use: Any):
    client = client_of(conservator)
    save(client, use, "first")
    note = Annotation.objects.get()
    client.post(address(use), {"act": "remove", "note": note.public_id})
    save(client, use, "second", **opened(client, use, note))
    note.refresh_from_db()
    assert not note.removed and not note.published


def test_a_version_that_the_picture_has_no_place_for_is_a_sentence(conservator: Any, use: Any):
    client = client_of(conservator)
    save(client, use, "first")
    note = Annotation.objects.get()
    Asset.objects.filter(pk=use.asset_id).update(width=9, height=9)
    answer = client.post(address(use), {"act": "restore", "note": note.public_id, "version": "1"}, follow=True)
    assert answer.status_code == 200 and "The region reaches beyond the picture" in answer.content.decode()
