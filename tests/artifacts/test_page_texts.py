"""Texts of pages: taken in with their picture, kept as they came, replaced, read again, and public only with their picture."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from artifacts import attaching, page_texts
from artifacts.models import Artifact, ArtifactMedia, TextLayer
from media import storage
from media.errors import RefusedFile
from media.models import Asset, Blob
from media.textlayers import Box
from records.models import JournalEntry, RecordError
from tests.factories import add_picture, make_asset, make_object
from tests.media import pages_of_text as pages

pytestmark = pytest.mark.django_db


def page_with(content: bytes = b"", **picture) -> TextLayer:
    use = add_picture(make_object(), asset=make_asset(width=2000, height=1600), **picture)
    return page_texts.take(use, io.BytesIO(content or pages.alto()), "0001.xml")


def test_the_file_is_kept_as_it_came_and_the_boxes_are_pixels_of_the_picture():
    layer = page_with()
    assert b"".join(storage.chunks(storage.ORIGINALS, layer.asset.blob.name)) == pages.alto()
    assert (layer.asset.kind, layer.asset.state, layer.asset.tier) == (Asset.Kind.TEXT, Asset.State.READY, Asset.Tier.HIDDEN)
    assert (layer.lines, layer.words, layer.language) == (2, 5, "vi")
    assert page_texts.page_of(layer).lines[0].box == Box(200, 200, 1000, 80)


def test_a_second_file_takes_the_place_of_the_first_and_keeps_its_audience():
    layer = page_with()
    page_texts.change([layer], publication_class="staff")
    old = layer.asset.blob_id
    fresh = page_texts.take(layer.use, io.BytesIO(pages.PAGE.encode()), "0001_page.xml")
    assert TextLayer.objects.get() == fresh
    assert fresh.publication_class == "staff"
    assert Blob.objects.get(pk=old).tombstoned_at is not None


def test_a_refused_file_leaves_the_text_that_is_there():
    layer = page_with()
    with pytest.raises(RefusedFile):
        page_texts.take(layer.use, io.BytesIO(pages.alto()[:300]), "0001.xml")
    assert TextLayer.objects.get().pk == layer.pk


def test_only_pictures_have_text():
    use = add_picture(make_object(), asset=make_asset(kind=Asset.Kind.AUDIO))
    with pytest.raises(RefusedFile):
        page_texts.take(use, io.BytesIO(pages.alto()), "a.xml")


@pytest.mark.parametrize(
    "name", ["0007.xml", "0007_alto.xml", "0007.alto.xml", "0007-page.xml", "0007.hocr", "0007.hocr.html", "0007.txt", "0007_ocr.TXT"]
)
def test_a_text_finds_the_picture_of_its_name(name):
    artifact = make_object()
    add_picture(artifact, asset=make_asset(original_filename="0006.jpg"))
    use = add_picture(artifact, asset=make_asset(original_filename="0007.JPG"))
    assert page_texts.page_for(artifact, name) == use


def test_a_text_without_or_with_two_pictures_says_so():
    artifact = make_object()
    with pytest.raises(RecordError, match="No picture"):
        page_texts.page_for(artifact, "0007.xml")
    for _ in range(2):
        add_picture(artifact, asset=make_asset(original_filename="0007.jpg"))
    with pytest.raises(RecordError, match="2 pictures"):
        page_texts.page_for(artifact, "0007.xml")


def test_the_text_of_a_public_page_is_public():
    layer = page_with()
    assert list(page_texts.public()) == [layer]


@pytest.mark.parametrize("hide", ["waiting", "restricted", "staff picture", "staff text", "unpublished", "limited", "failed picture"])
def test_a_text_is_hidden_with_its_picture_or_by_its_own_class(hide):
    layer = page_with()
    use, artifact = layer.use, layer.use.artifact
    match hide:
        case "waiting":
            ArtifactMedia.objects.update(published=False)
        case "restricted":
            attaching.show_to([use], "restricted")
        case "staff picture":
            attaching.show_to([use], "staff")
        case "staff text":
            page_texts.change([layer], publication_class="staff")
        case "unpublished":
            artifact.unpublish()
        case "limited":
            Artifact.objects.update(access_limit=Artifact.Access.LIMITED)
        case "failed picture":
            Asset.objects.filter(pk=use.asset_id).update(state=Asset.State.FAILED)
    assert not page_texts.public().exists()
    assert page_texts.of_pictures([use.public_id]) == {}
    assert page_texts.of_objects([artifact.pk]) == {}
    assert page_texts.of_pictures([use.public_id], staff=True)


def test_every_change_is_in_the_journal():
    layer = page_with()
    JournalEntry.objects.all().delete()
    connection._museum_journal_notes = {}  # all is one transaction here, in which a change is noted once
    page_texts.change([layer], language="lzh")
    assert JournalEntry.objects.filter(kind="object", record_pk=layer.use.artifact_id).exists()
    JournalEntry.objects.all().delete()
    connection._museum_journal_notes = {}
    page_texts.remove([layer])
    assert JournalEntry.objects.filter(kind="object", record_pk=layer.use.artifact_id).exists()
    assert not TextLayer.objects.exists() and not Asset.objects.filter(kind=Asset.Kind.TEXT).exists()


def test_a_text_of_another_shape_is_remarked_on():
    layer = page_with(pages.alto().replace(b'HEIGHT="800" LANG', b'HEIGHT="1600" LANG'))
    assert "another shape" in page_texts.sentence(layer)
    assert "another shape" not in page_texts.sentence(page_with())


@pytest.mark.parametrize(
    ("orientation", "turn", "box"), [(6, 0, Box(1320, 200, 80, 400)), (8, 0, Box(200, 1400, 80, 400)), (1, 90, Box(1320, 200, 80, 400))]
)
def test_a_text_that_was_read_from_the_pixels_as_they_are_stored_stands_with_its_picture(orientation, turn, box):
    picture = make_asset(width=1600, height=2000, turn=turn, technical={"format": "jpeg", "orientation": orientation})
    layer = page_texts.take(add_picture(make_object(), asset=picture), io.BytesIO(pages.alto()), "0001.xml")
    page = page_texts.page_of(layer)
    assert (page.width, page.height, page.lines[0].words[0].box) == (1600, 2000, box)
    assert "another shape" not in page_texts.sentence(layer)


def test_a_text_that_lies_beside_its_picture_for_no_known_reason_is_remarked_on():
    picture = make_asset(width=1600, height=2000, technical={"format": "jpeg", "orientation": 1})
    layer = page_texts.take(add_picture(make_object(), asset=picture), io.BytesIO(pages.alto()), "0001.xml")
    assert "another shape" in page_texts.sentence(layer)


def test_texts_are_read_anew_from_their_files(capsys):
    layer = page_with()
    TextLayer.objects.update(packed=None, recipe=0)
    call_command("read_text_layers")
    layer.refresh_from_db()
    assert page_texts.page_of(TextLayer.objects.select_related("use__asset").get()).lines[0].text == "Trống đồng"
    call_command("read_text_layers")
    assert capsys.readouterr().out.splitlines()[-1].startswith("0 texts")
    storage.delete(storage.ORIGINALS, layer.asset.blob.name)
    with pytest.raises(CommandError):
        call_command("read_text_layers", all=True)
    layer.refresh_from_db()
    assert layer.state == TextLayer.State.FAILED and layer.failure
