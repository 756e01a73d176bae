"""From a save to a hit: what the public and the curators find, and what they do not find any more."""

import threading
from concurrent.futures.process import BrokenProcessPool

import pytest
from django.http import QueryDict

from artifacts import publishing
from artifacts.models import ObjectType, Relation
from records import journal
from records.models import JournalEntry
from search import building, indexing, making, visitor
from search.documents import ROLE_GROUPS
from search.engines import engine
from search.engines.base import EngineUnavailableError
from search.fallback import FallbackEntry
from search.requests import SearchRequest
from tests.factories import (
    Description,
    Event,
    Maker,
    Material,
    make_agent,
    make_object,
    make_place,
    make_term,
    publish,
    text,
)
from tests.search.conftest import catch_up
from vocabularies.models import AgentName, TermLabel

pytestmark = pytest.mark.django_db(transaction=True)  # changes are noted once per transaction


@pytest.fixture(autouse=True)
def _engine(museum_search):
    return museum_search


def found(query, audience="public", **parts):
    page = visitor.run(visitor.parse_request(QueryDict(query)), audience, **parts)
    return [hit.display.get("number") or next(iter(hit.display["title"].values())) for hit in page.hits]


def test_a_published_object_is_found_by_title_number_maker_material_and_description():
    agent, bronze = make_agent("Katsushika Hokusai"), make_term("bronze")
    make_object(
        "BT 7.1",
        "Trống đồng",
        rows={
            "makers": [Maker(agent=agent)],
            "materials": [Material(term=bronze, role="material")],
            "descriptions": [Description(text=text("Flying birds around a star"), kind="content")],
            "events": [Event(kind="production", place=make_place("Huế"), date_earliest=-500, date_latest=-100)],
        },
    )
    catch_up()
    for query in (
        "q=trong+dong",
        "q=BT7.1",
        "q=hokusai&kind=object",
        "q=bronze&kind=object",
        "q=bird",
        "q=hue&kind=object",
        "from=-200&to=-150",
    ):
        assert found(query) == ["BT 7.1"], query


def test_a_draft_is_found_by_curators_only():
    make_object("BT 7.2", "Bình gốm", public=False)
    catch_up()
    assert found("q=binh") == [] and found("q=binh", "curatorial") == ["BT 7.2"]


def test_an_unpublished_object_is_gone_from_the_public_index_and_a_published_one_is_back():
    artifact = make_object("BT 7.3", "Bình gốm")
    catch_up()
    artifact.unpublish()
    catch_up()
    assert found("q=binh") == [] and found("q=binh", "curatorial") == ["BT 7.3"]
    artifact.refresh_from_db()
    publish(artifact)
    catch_up()
    assert found("q=binh") == ["BT 7.3"]


def test_a_withdrawn_object_is_gone_from_the_public_index():
    artifact = make_object("BT 7.4", "Bình gốm")
    catch_up()
    publishing.withdraw(artifact, reason="Sold by mistake")
    catch_up()
    assert found("q=binh") == []


def test_a_deleted_object_is_gone_from_both():
    artifact = make_object("BT 7.5", "Bình gốm")
    catch_up()
    artifact.delete()
    catch_up()
    assert found("q=binh") == [] and found("q=binh", "curatorial") == []


def test_a_curator_finds_a_live_record_by_its_newest_draft():
    artifact = make_object("BT 7.6", "Bình gốm")
    (title,) = artifact.titles.all()
    title.text = "Chậu sứ"
    artifact.titles.set([title])
    artifact.save_revision()
    artifact.refresh_from_db()
    journal.changed("object", artifact.pk)
    catch_up()
    assert found("q=chau", "curatorial") == ["BT 7.6"] and found("q=chau") == []
    assert found("q=binh") == ["BT 7.6"]


def test_a_renamed_maker_renames_her_objects():
    agent = make_agent("Old Name")
    make_object("BT 7.7", rows={"makers": [Maker(agent=agent)]})
    catch_up()
    agent.label = text("Fresh Name")
    agent.save()
    catch_up()
    assert found("q=fresh&kind=object") == ["BT 7.7"] and found("q=old&kind=object") == []


def test_objects_are_found_by_other_names_of_their_maker_and_misspellings_of_their_terms():
    agent, bronze = make_agent("Nguyễn Phúc Đảm"), make_term("bronze")
    AgentName.objects.create(agent=agent, text="Minh Mạng", language="vi")
    TermLabel.objects.create(term=bronze, text="bronzze", language="en", kind="hidden")
    make_object("BT 7.8", rows={"makers": [Maker(agent=agent)], "materials": [Material(term=bronze, role="material")]})
    catch_up()
    assert found("q=minh+mang&kind=object") == ["BT 7.8"] and found("q=bronzze&kind=object") == ["BT 7.8"]
    page = visitor.run(visitor.parse_request(QueryDict("q=bronzze")))
    assert all("bronzze" not in highlight.html for hit in page.hits for highlight in hit.highlights)
    assert visitor.suggest("bronzz") == []


def test_notes_for_staff_are_found_by_staff_and_restrictions_by_their_roles_only():
    from artifacts.models import Right

    make_object("BT 7.9", "Bình gốm", staff_notes="canary in the cellar", rows={"rights": [Right(restrictions="zyzzyva clause")]})
    catch_up()
    assert found("q=canary") == [] and found("q=zyzzyva") == []
    assert found("q=canary", "curatorial") == ["BT 7.9"] and found("q=zyzzyva", "curatorial") == []
    assert found("q=zyzzyva", "curatorial", groups=("p", "s", "r_registrar")) == ["BT 7.9"]
    assert "r_registrar" in ROLE_GROUPS


def test_people_places_and_terms_are_found_and_suggested():
    make_agent("Katsushika Hokusai")
    make_place("Huế")
    make_term("bronze")
    catch_up()
    assert found("q=hokusai&kind=agent") == ["Katsushika Hokusai"]
    assert found("q=hue") == ["Huế"] and found("q=bronze") == ["bronze"]
    assert [s.label for s in visitor.suggest("kats")] == ["Katsushika Hokusai"]


def test_many_saves_of_a_record_are_one_document_and_leave_the_journal_empty():
    artifact = make_object("BT 7.10")
    for _ in range(5):
        journal.changed("object", artifact.pk)
    assert JournalEntry.objects.filter(consumer=building.CONSUMER).count() >= 5
    catch_up()
    assert found("q=BT+7.10") == ["BT 7.10"]
    assert not JournalEntry.objects.filter(consumer__startswith="search").exists()


def test_a_record_that_cannot_be_built_is_tried_again_and_does_not_stop_the_others(monkeypatch):
    good, bad = make_object("BT 7.11", "Bình gốm"), make_object("BT 7.12", "Bình sứ")
    builder = building.builders["object"]

    def build(pks, audience):
        if bad.pk in pks:
            raise RuntimeError("broken")
        return builder.build(pks, audience)

    monkeypatch.setitem(
        building.builders, "object", building.Builder("object", builder.every_key, builder.identify, build, builder.public_ids)
    )
    catch_up()
    assert found("q=binh") == ["BT 7.11"]
    (entry,) = {e.record_pk: e for e in JournalEntry.objects.filter(consumer=building.CONSUMER, kind="object")}.values()
    assert entry.record_pk == bad.pk and entry.attempts == 1 and "cannot be made" in entry.error
    monkeypatch.undo()
    JournalEntry.objects.update(not_before=None)
    catch_up()
    assert sorted(found("q=binh")) == ["BT 7.11", "BT 7.12"]
    assert good.pk != bad.pk


def test_a_late_build_does_not_overwrite_a_newer_one():
    artifact = make_object("BT 7.13", "Bình gốm")
    version = journal.next_version()
    late, _ = building.built("object", [artifact.pk], "public", version)
    title = artifact.titles.all()[0]
    title.text = "Chậu sứ"
    artifact.titles.set([title])
    artifact.save()
    publish(artifact)
    catch_up()
    engine().index_documents("public", late.values())
    engine().refresh("public")
    assert found("q=chau") == ["BT 7.13"] and found("q=binh") == []


def test_changes_wait_without_losing_a_try_while_the_engine_is_away(away):
    make_object("BT 7.14", "Bình gốm")
    assert indexing.catch_up() == 0
    entries = JournalEntry.objects.filter(consumer=building.CONSUMER, kind="object")
    assert entries.exists() and all(entry.attempts == 0 and not entry.dead and "does not answer" in entry.error for entry in entries)
    with pytest.raises(EngineUnavailableError):
        engine().search("public", SearchRequest())


def _many(monkeypatch, made):
    monkeypatch.setattr(indexing, "MANY", 2)
    monkeypatch.setattr(indexing, "BATCH", 2)
    monkeypatch.setattr(indexing, "BATCH_OF_MANY", 2)
    called = []
    real = indexing.make_all
    monkeypatch.setattr(indexing, "default_processes", lambda: 2)
    monkeypatch.setattr(
        indexing, "make_all", lambda batches, audiences, processes: called.append(processes) or made(real, batches, audiences)
    )
    return called


def test_many_changes_are_made_beside_and_what_waits_for_the_fallback_goes_with_them(museum_search, monkeypatch):
    shown = [make_object(f"BT 9.{number}", f"Bình {number}") for number in range(5)]
    hidden = make_object("BT 9.9", public=False)
    called = _many(monkeypatch, lambda real, batches, audiences: real(batches, audiences, 1))
    assert indexing.catch_up() > 5 and called == [2]
    engine().refresh("public")
    assert len(found("q=binh")) == 5
    assert set(FallbackEntry.objects.filter(kind="object").values_list("record_pk", flat=True)) == {one.pk for one in shown}
    assert not JournalEntry.objects.filter(consumer__in=[building.CONSUMER, building.FALLBACK_CONSUMER], record_pk=hidden.pk).exists()


def test_what_a_person_does_is_found_before_the_thousands_that_wait(museum_search, monkeypatch):
    many = [make_object(f"BT 9.{number}", f"Bình {number}") for number in range(6)]
    catch_up()
    called = _many(monkeypatch, lambda real, batches, audiences: real(batches, audiences, 1))
    monkeypatch.setattr(indexing, "BATCH", 50)
    monkeypatch.setattr(indexing, "BATCH_OF_MANY", 50)
    JournalEntry.objects.all().delete()
    monkeypatch.setattr(journal, "_SINGLE_ACT", 3)
    journal.changed("object", [one.pk for one in many])
    act = make_object("BT 9.8", "Trống")
    assert indexing.catch_up() > 0
    engine().refresh("public")
    assert found("q=trong") == ["BT 9.8"] and called == [1]
    assert not JournalEntry.objects.filter(record_pk=act.pk, consumer__in=[building.CONSUMER, building.FALLBACK_CONSUMER]).exists()
    assert JournalEntry.objects.filter(consumer=building.CONSUMER, in_bulk=True).count() == 6


def test_what_a_person_does_between_the_batches_of_thousands_stands(museum_search, monkeypatch):
    """A takedown and a new title of records whose older documents are made already: neither comes back with them."""
    many = [make_object(f"BT 9.{number}", f"Bình {number}") for number in range(6)]
    catch_up()
    JournalEntry.objects.all().delete()
    monkeypatch.setattr(journal, "_SINGLE_ACT", 3)
    journal.changed("object", [one.pk for one in many])
    seen = []

    def between(real, batches, audiences):
        made = list(real(batches, audiences, 1))
        yield from made[:1]
        if len(made) < 2 or seen:  # acts by themselves
            yield from made[1:]
            return
        many[5].titles.update(text="Mới")
        journal.changed("object", many[5].pk)
        publishing.withdraw(many[4], "Loan")
        for number, one in enumerate(made[1:]):
            yield one
            if number == 0:
                engine().refresh("public")
                seen.append(found("q=moi"))

    _many(monkeypatch, between)
    while indexing.catch_up():
        pass
    engine().refresh("public")
    assert seen == [["BT 9.5"]] and found("q=moi") == ["BT 9.5"]
    assert sorted(found("q=binh")) == ["BT 9.0", "BT 9.1", "BT 9.2", "BT 9.3"]
    assert not FallbackEntry.objects.filter(record_pk=many[4].pk).exists()
    assert "moi" in FallbackEntry.objects.get(record_pk=many[5].pk).words


def test_the_fallback_waits_for_the_engine_only_while_that_is_well(museum_search, monkeypatch):
    for number in range(3):
        make_object(f"BT 9.{number}")
    monkeypatch.setattr(indexing, "BATCH", 2)
    monkeypatch.setattr(indexing, "BATCH_OF_MANY", 2)
    assert indexing.catch_up_fallback() == 0
    journal.failed(journal.take(building.CONSUMER), "away", count_attempt=False)
    assert indexing.catch_up_fallback() > 0


def test_documents_are_made_here_where_other_processes_do_not_live(museum_search, monkeypatch):
    make_object("BT 9.1", "Bình"), make_object("BT 9.2", "Bình")

    def dies(real, batches, audiences):
        raise BrokenProcessPool("killed")

    called = _many(monkeypatch, dies)
    monkeypatch.setattr(indexing, "_alone", threading.Event())
    first = indexing.make_all
    monkeypatch.setattr(
        indexing,
        "make_all",
        lambda batches, audiences, processes: (
            first(batches, audiences, processes) if processes > 1 else making.make_all(batches, audiences, 1)
        ),
    )
    assert indexing.catch_up() > 0 and called == [2] and indexing._alone.is_set()
    while indexing.catch_up():
        pass
    engine().refresh("public")
    assert len(found("q=binh")) == 2


def test_a_renamed_type_renames_its_objects():
    kind = ObjectType.objects.create(code="vessels", label=text("Vessels"))
    make_object("BT 1", title="Thing", object_type=kind)
    catch_up()
    assert found("q=vessels") == ["BT 1"]
    kind.label = text("Containers")
    kind.save()
    catch_up()
    assert (found("q=vessels"), found("q=containers")) == ([], ["BT 1"])


@pytest.mark.parametrize("way", ["relation", "whole"])
def test_an_object_that_only_a_draft_names_is_renamed_in_it(way):
    artifact, named, other = make_object("BT 1", versions=True), make_object("BT 2", "Trống đồng"), make_object("BT 3", "Bình gốm")
    draft = artifact.get_latest_revision_as_object()
    if way == "relation":
        draft.relations.add(Relation(other=named))
    else:
        draft.part_of = named
    draft.save_revision()
    catch_up()
    before = _versions()[artifact.public_id]
    other.titles.model.objects.get(artifact=other).save()
    catch_up()
    assert _versions()[artifact.public_id] == before
    title = named.titles.model.objects.get(artifact=named)
    title.text = "Chiêng đồng"
    title.save()
    catch_up()
    assert _versions()[artifact.public_id] > before


def _versions():
    return {hit.id.partition(":")[2]: hit.version for hit in engine().iterate("curatorial", display=False)}


def test_a_maker_whom_only_a_draft_names_is_renamed_in_it():
    artifact = make_object("BT 1", versions=True)
    maker, other = make_agent("Lê Văn Miến"), make_agent("Trần Văn Cẩn")
    draft = artifact.get_latest_revision_as_object()
    draft.makers.add(Maker(agent=maker))
    draft.save_revision()
    catch_up()
    assert found("q=miến&kind=object", "curatorial") == ["BT 1"]
    maker.label = text("Huỳnh Phương Đông", "vi")
    maker.save()
    other.label = text("Tô Ngọc Vân", "vi")
    other.save()
    catch_up()
    assert (found("q=miến&kind=object", "curatorial"), found("q=huỳnh&kind=object", "curatorial")) == ([], ["BT 1"])
