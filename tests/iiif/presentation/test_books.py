"""Books of many pages: what changed is rewritten, and the result is the same as that of a whole build."""

import io
from dataclasses import replace

import orjson
import pytest
from django.db import connection

from artifacts import annotating, page_texts
from artifacts.models import Annotation, ArtifactMedia
from iiif.models import StoredManifest
from iiif.presentation import pages, store, written
from iiif.presentation.check import problems
from iiif.presentation.contributions import offers
from records import journal
from records.models import JournalEntry
from tests.factories import add_picture, make_asset, make_object, text
from tests.media import pages_of_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def book(monkeypatch):
    monkeypatch.setattr(pages, "MANY", 8)
    artifact = make_object(title="Sách", page_display="paged")
    for number in range(12):
        add_picture(artifact, label=text(f"p. {number + 1}") if number % 2 else {}, primary=number == 2)
    chapter = artifact.media.all()[3]
    chapter.chapter = text("Chapter")
    chapter.save()
    store.refresh("object", [artifact.pk])
    return artifact


def body():
    return bytes(StoredManifest.objects.get().body)


def whole_build(artifact):
    StoredManifest.objects.update(pages=None)
    store.refresh("object", [artifact.pk])
    return body()


@pytest.fixture
def canvases_built(monkeypatch):
    """Ids of the canvases that were built by rewriting."""
    built: list[str] = []
    whole = pages.canvas

    def canvas(kind, public_id, sheet, notes=()):
        built.append(sheet.id)
        return whole(kind, public_id, sheet, notes)

    monkeypatch.setattr(pages, "canvas", canvas)
    return built


def _label(artifact):
    use = artifact.media.all()[5]
    use.label = text("title page")
    use.save()
    return {use.public_id}


def _alt(artifact):
    use = artifact.media.all()[4]
    use.asset.alt_text = text("A page with a seal.")
    use.asset.save()
    return {use.public_id}


def _chapter(artifact):
    use = artifact.media.all()[7]
    use.chapter, use.chapter_level = text("Section"), 2
    use.save()
    return {use.public_id}


def _main(artifact):
    old, new = artifact.media.all()[2], artifact.media.all()[6]
    old.primary, new.primary = False, True
    old.save()
    new.save()
    return {old.public_id, new.public_id}


def _title(artifact):
    title = artifact.titles.get()
    title.text = "Sách khác"
    title.save()
    return set()


def _added(artifact):
    return {add_picture(artifact, label=text("back")).public_id}


def _removed(artifact):
    artifact.media.all()[11].delete()
    return set()


def _restricted(artifact):
    use = artifact.media.all()[9]
    use.publication_class = "restricted"
    use.save()
    return {use.public_id}


def _for_staff(artifact):
    use = artifact.media.all()[11]
    use.publication_class = "staff"
    use.save()
    return set()


@pytest.mark.parametrize("change", [_label, _alt, _chapter, _main, _title, _added, _removed, _restricted, _for_staff])
def test_one_change_builds_only_what_it_concerns_and_gives_the_same_bytes(book, canvases_built, change):
    before = body()
    concerned = change(book)
    counts = store.refresh("object", [book.pk])
    after = body()
    assert set(canvases_built) == concerned
    if change is not _restricted:  # a restricted picture stays in the manifest as it was
        assert counts["built"] == 1
        assert after != before
    assert problems(orjson.loads(after)) == []
    assert whole_build(book) == after


def test_of_a_book_with_words_the_links_to_one_page_s_words_alone_are_made(book, monkeypatch):
    for number, use in enumerate(book.media.all()[:10]):
        page_texts.take(use, io.BytesIO(pages_of_text.alto()), f"{number}.xml")
    store.refresh("object", [book.pk])
    made: list[str] = []
    lines = offers.annotation_pages[written.LINES]

    def links(use, text):
        made.append(use)
        return lines.links(use, text)

    monkeypatch.setitem(offers.annotation_pages, written.LINES, replace(lines, links=links))
    concerned = _label(book)
    store.refresh("object", [book.pk])
    assert set(made) == concerned
    after = body()
    canvases = orjson.loads(after)["items"]
    assert [len(canvas.get("annotations", ())) for canvas in canvases] == [2] * 10 + [0] * 2
    assert [len(canvas.get("seeAlso", ())) for canvas in canvases] == [1] * 10 + [0] * 2
    assert whole_build(book) == after


def test_words_that_come_to_one_page_build_its_canvas(book, canvases_built):
    use = book.media.all()[4]
    page_texts.take(use, io.BytesIO(pages_of_text.alto()), "4.xml")
    store.refresh("object", [book.pk])
    assert canvases_built == [use.public_id]
    assert whole_build(book) == body()


def test_a_region_that_is_described_on_one_page_builds_its_canvas(book, canvases_built):
    use = book.media.order_by("sort_order")[5]
    for words in ("A bird", "A boat"):
        note = Annotation(use=use, shape="box", points=[[1, 1], [90, 80]], text=text(words), publication_class="public")
        annotating.publish([annotating.write(note, user=None)], user=None)
    store.refresh("object", [book.pk])
    assert canvases_built == [use.public_id]
    assert [page["id"].rpartition("/")[2] for page in orjson.loads(body())["items"][5]["annotations"]] == ["regions"]
    assert body() == whole_build(book)


def test_nothing_changed_builds_nothing(book, canvases_built):
    assert store.refresh("object", [book.pk])["unchanged"] == 1
    assert canvases_built == []


def test_a_page_in_front_renames_the_pages_without_labels(book):
    ArtifactMedia.objects.filter(artifact=book).update(sort_order=50)
    for place, use in enumerate(book.media.order_by("pk"), start=51):
        ArtifactMedia.objects.filter(pk=use.pk).update(sort_order=place)
    first = add_picture(book)
    ArtifactMedia.objects.filter(pk=first.pk).update(sort_order=0)
    store.refresh("object", [book.pk])
    made = orjson.loads(body())
    assert made["items"][0]["id"].endswith(first.public_id)
    assert made["items"][1]["label"] == {"none": ["2"]}
    assert whole_build(book) == orjson.dumps(made)


def test_a_book_with_a_recording_in_it_is_built_as_a_whole(book, canvases_built):
    film = make_asset(kind="video", duration=3.5, width=640, height=360)
    film.blob.mime = "video/mp4"
    film.blob.save()
    add_picture(book, asset=film)
    store.refresh("object", [book.pk])
    assert canvases_built == []
    assert orjson.loads(body())["items"][-1]["duration"] == 3.5
    assert StoredManifest.objects.get().pages is None


def test_a_rewritten_page_that_is_not_valid_leaves_the_last_good_book(book, monkeypatch):
    good = body()
    whole = pages.canvas
    monkeypatch.setattr(pages, "canvas", lambda *args: {**whole(*args), "width": 0})
    _label(book)
    assert store.refresh("object", [book.pk])["refused"] == 1
    assert body() == good
    assert "items[0].width" in store.problems_of("object", book.pk)[0]
    monkeypatch.undo()
    assert store.refresh("object", [book.pk])["built"] == 1
    assert store.problems_of("object", book.pk) == []


def test_a_hidden_book_loses_its_manifest(book):
    from artifacts import publishing

    publishing.withdraw(book, "reason")
    store.refresh("object", [book.pk])
    assert not StoredManifest.objects.exists()


def test_limited_access_closes_every_page(book):
    book.access_limit = "limited"
    book.save()
    store.refresh("object", [book.pk])
    assert not StoredManifest.objects.exists()


def test_a_shelf_of_books_is_not_read_at_once(monkeypatch):
    monkeypatch.setattr(store, "MOST_PAGES", 3)
    books = [make_object() for _ in range(3)]
    for artifact in books:
        for _ in range(2):
            add_picture(artifact)
    assert [len(batch) for batch in store._batches("object", [artifact.pk for artifact in books])] == [1, 1, 1]
    assert store.refresh("object", [artifact.pk for artifact in books])["built"] == 3


def test_the_journal_rewrites_a_page(book, canvases_built):
    while store.process():
        pass
    canvases_built.clear()
    connection._museum_journal_notes = None  # the test is one transaction; in life this is another one
    concerned = _label(book)
    assert journal.take(store.CONSUMER)
    while store.process():
        pass
    assert [entry.error for entry in JournalEntry.objects.filter(consumer=store.CONSUMER)] == []
    assert set(canvases_built) == concerned
