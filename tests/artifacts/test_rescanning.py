"""What marks places on a picture follows when it is turned or replaced; everything that describes the object hears of it."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from wagtail.models import ModelLogEntry

from artifacts import annotating, attaching, page_texts, rescanning
from artifacts.models import Annotation, ArtifactMedia, Inscription, TextLayer
from iiif.image import pictures
from iiif.presentation import store
from media import derive, rescans
from media.models import Asset
from media.textlayers import Box
from records import journal
from records.models import RecordError
from tests.factories import make_department, make_object, publish, text
from tests.media import pages_of_text as pages
from tests.media.test_rescans import corners, replaced, taken_in
from tests.museum.workplace.people import make_user
from vocabularies.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def use() -> ArtifactMedia:
    """The published main picture, 1200 × 800, of an object that everybody sees; the region of an inscription on it."""
    artifact = make_object(rows={"inscriptions": [Inscription(original="大", region="100,50,200,100")]})
    use = attaching.attach(artifact, taken_in(corners()), region="0,0,600,400")
    publish(artifact)
    use.refresh_from_db()
    return use


def turned(use: ArtifactMedia, degrees: int = 90) -> ArtifactMedia:
    rescans.turn(use.asset, degrees)
    derive.prepare(use.asset_id)
    return ArtifactMedia.objects.select_related("asset", "artifact").get(pk=use.pk)


def test_regions_of_the_picture_and_of_inscriptions_turn_with_it_in_the_draft_too(use: ArtifactMedia):
    artifact = use.artifact
    draft = artifact.get_latest_revision_as_object()
    draft.notes = "a draft"
    draft.save_revision()
    use = turned(use)
    assert use.region == "400,0,400,600"
    assert artifact.inscriptions.get().region == "650,100,100,200"
    artifact.refresh_from_db()
    publish(artifact.get_latest_revision_as_object())
    assert artifact.inscriptions.model.objects.get(artifact=artifact.pk).region == "650,100,100,200"


def test_every_version_of_the_record_points_at_the_same_place_after_two_turns(use: ArtifactMedia):
    artifact = use.artifact
    for note in ("one", "two"):
        draft = artifact.get_latest_revision_as_object()
        draft.staff_notes = note
        if note == "two":
            draft.inscriptions.set([Inscription(original="大", region="0,0,1200,800")])
        draft.save_revision()
        artifact.refresh_from_db()
    written = list(artifact.revisions.order_by("pk").values_list("created_at", flat=True))
    for _each in range(2):
        use = turned(use)
    versions = [revision.as_object() for revision in artifact.revisions.order_by("pk")]
    regions = [[row.region for row in version.inscriptions.all()] for version in versions]
    assert regions == [*[["900,650,200,100"]] * (len(versions) - 1), ["0,0,1200,800"]]
    assert len(versions) > 2
    assert list(artifact.revisions.order_by("pk").values_list("created_at", flat=True)) == written


def test_annotations_turn_with_it_and_an_older_version_is_restored_where_it_belongs(use: ArtifactMedia):
    user = make_user(Role.CURATOR, use.artifact.department)
    note = Annotation(use=use, shape="box", points=[[0, 0], [300, 200]], text=text("the red corner"), publication_class="public")
    annotating.write(note, user=user)
    use = turned(use)
    note.refresh_from_db()
    assert note.region.bounds == (600, 0, 200, 300)  # the red corner is on the right now
    assert note.versions.last().act == "moved"
    note = Annotation.objects.select_related("use__asset", "use__artifact").get(pk=note.pk)
    note.points = [[0, 0], [10, 10]]
    annotating.write(note, user=user)
    annotating.restore(note, note.versions.get(number=1), user=user)
    assert note.region.bounds == (600, 0, 200, 300)


def test_annotations_are_stretched_to_a_better_scan(use: ArtifactMedia):
    note = Annotation(use=use, shape="polygon", points=[[0, 0], [300, 200], [1200, 800]], text=text("a line"), publication_class="public")
    annotating.write(note, user=None)
    replaced(use.asset, corners(2400, 1600))
    rescans.put_in_place(use.asset.replacement)
    derive.prepare(use.asset_id)
    note.refresh_from_db()
    assert note.points == [[0, 0], [600, 400], [2400, 1600]]


def test_the_text_of_a_page_turns_with_it_if_it_was_read_from_the_page_as_it_lay(use: ArtifactMedia):
    layer = page_texts.take(use, io.BytesIO(pages.alto()), "0001.xml")  # 1000 × 800 pixels
    TextLayer.objects.filter(pk=layer.pk).update(width=1200, height=800)
    turned(use)
    layer = TextLayer.objects.select_related("use__asset").get(pk=layer.pk)
    assert (layer.turn, layer.shape) == (90, (800, 1200))
    page = page_texts.page_of(layer)
    assert (page.width, page.height) == (800, 1200)
    assert "another shape" not in page_texts.sentence(layer)


def test_a_box_of_a_text_lies_on_the_same_pixels_after_a_turn(use: ArtifactMedia):
    layer = page_texts.take(use, io.BytesIO(pages.alto()), "0001.xml")
    before = page_texts.page_of(layer).lines[0].box
    turned(use, 180)
    after = page_texts.page_of(TextLayer.objects.select_related("use__asset").get(pk=layer.pk)).lines[0].box
    assert before is not None and after is not None
    assert after == Box(1200 - before.x - before.width, 800 - before.y - before.height, before.width, before.height)


def test_a_text_that_was_read_upright_fits_after_the_turn_and_stays(use: ArtifactMedia):
    layer = page_texts.take(use, io.BytesIO(pages.alto()), "0001.xml")
    TextLayer.objects.filter(pk=layer.pk).update(width=800, height=1200)
    turned(use)
    assert TextLayer.objects.get(pk=layer.pk).turn == 0


@pytest.mark.django_db(transaction=True)  # the journal notes a record once in a transaction
def test_manifest_and_search_hear_of_it(client: Client, use: ArtifactMedia):
    artifact = use.artifact
    ArtifactMedia.objects.filter(pk=use.pk).update(region="")
    store.refresh("object", [artifact.pk])
    address = f"/iiif/objects/{artifact.public_id}/manifest.json"
    assert client.get(address).json()["items"][0]["width"] == 1200
    for consumer in ("manifests", "search"):
        journal.done(journal.take(consumer, 100))
    turned(use)
    for consumer in ("manifests", "search"):
        assert artifact.pk in {entry.record_pk for entry in journal.take(consumer, 100)}, consumer
    store.refresh("object", [artifact.pk])
    pictures.forget()
    canvas = client.get(address).json()["items"][0]
    assert (canvas["width"], canvas["height"]) == (800, 1200)
    body = canvas["items"][0]["items"][0]["body"]
    assert (body["width"], body["height"], body["service"][0]["id"].rpartition("/")[2]) == (800, 1200, use.asset.public_id)
    assert client.get(f"/iiif/3/{use.asset.public_id}/info.json").json()["width"] == 800


def test_label_order_and_audience_stay_and_the_history_tells(use: ArtifactMedia):
    user = make_user(Role.CURATOR, use.artifact.department)
    attaching.label([use], ["f. 1r"], "en")
    replacement = rescanning.offer(use, io.BytesIO(corners(2400, 1600)), "better.jpg", user=user)
    derive.prepare(replacement.scan_id)
    rescanning.put_in_place(replacement, user=user)
    derive.prepare(use.asset_id)
    use.asset.refresh_from_db()
    rescanning.turn([use], 90, user=user)
    after = ArtifactMedia.objects.select_related("asset").get(pk=use.pk)
    assert (after.label["en"]["text"], after.sort_order, after.published, after.primary) == ("f. 1r", 0, True, True)
    assert (after.public_id, after.asset.public_id, after.asset.tier) == (use.public_id, use.asset.public_id, Asset.Tier.PUBLIC)
    told = list(ModelLogEntry.objects.filter(user=user).order_by("timestamp", "pk").values_list("action", flat=True))
    assert told == [rescanning.OFFERED, rescanning.REPLACED, rescanning.TURNED]
    entry = ModelLogEntry.objects.filter(action=rescanning.REPLACED).get()
    assert entry.data["former"] == "view.jpg"
    assert str(entry.message) == "Replaced view.jpg by better.jpg"
    assert str(ModelLogEntry.objects.get(action=rescanning.TURNED).message) == "Turned better.jpg: a quarter to the right"


def test_a_file_that_another_department_uses_is_changed_by_those_who_work_in_both(use: ArtifactMedia):
    other = make_department()
    attaching.attach(make_object("X 9", department=other), use.asset)
    here, both = make_user(Role.PHOTOGRAPHER, use.artifact.department), make_user(Role.PHOTOGRAPHER, use.artifact.department, other)
    with pytest.raises(RecordError, match="X 9"):
        rescanning.turn([use], 90, user=here)
    rescanning.turn([use], 90, user=both)
    assert ModelLogEntry.objects.filter(action=rescanning.TURNED).count() == 2


def test_who_does_not_publish_offers_and_turns_but_does_not_replace_what_visitors_see(use: ArtifactMedia):
    user = make_user(Role.PHOTOGRAPHER, use.artifact.department)
    replacement = rescanning.offer(use, io.BytesIO(corners(2400, 1600)), "better.jpg", user=user)
    derive.prepare(replacement.scan_id)
    with pytest.raises(RecordError, match="somebody who publishes"):
        rescanning.put_in_place(replacement, user=user)
    ArtifactMedia.objects.filter(pk=use.pk).update(published=False)
    Asset.objects.filter(pk=use.asset_id).update(tier=Asset.Tier.HIDDEN)
    replacement.asset.refresh_from_db()
    rescanning.put_in_place(replacement, user=user)
