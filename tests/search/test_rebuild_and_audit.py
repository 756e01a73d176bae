"""rebuild_search and audit_search."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from records import journal
from records.models import JournalEntry
from search import building, indexing, making, rebuilding, visitor
from search.documents import AUDIENCES
from search.engines import engine
from search.engines.base import EngineError
from search.fallback import FallbackEntry
from search.requests import SearchRequest
from tests.factories import make_agent, make_object
from tests.search.conftest import catch_up

pytestmark = pytest.mark.django_db(transaction=True)  # changes are noted once per transaction


@pytest.fixture(autouse=True)
def _engine(museum_search):
    return museum_search


def run(command, *arguments):
    out = StringIO()
    call_command(command, *arguments, stdout=out, stderr=out)
    return out.getvalue()


def ids(audience="public"):
    engine().refresh(audience)
    return {hit.id for hit in engine().search(audience, SearchRequest(limit=100)).hits}


def test_a_rebuild_indexes_everything_from_the_database():
    shown, hidden = make_object("BT 1"), make_object("BT 2", public=False)
    agent = make_agent()
    JournalEntry.objects.all().delete()
    out = run("rebuild_search")
    assert ids() >= {f"object:{shown.public_id}", f"agent:{agent.public_id}"} and f"object:{hidden.public_id}" not in ids()
    assert f"object:{hidden.public_id}" in ids("curatorial")
    assert "public: " in out and "documents" in out
    assert set(FallbackEntry.objects.values_list("document", flat=True)) == ids()


def test_a_rebuild_takes_ghosts_out_of_index_and_fallback():
    artifact = make_object("BT 1")
    catch_up()
    type(artifact).objects.filter(pk=artifact.pk).update(is_public=False)
    run("rebuild_search", "--audience", "public")
    assert f"object:{artifact.public_id}" not in ids()
    assert not FallbackEntry.objects.filter(document=f"object:{artifact.public_id}").exists()


def test_a_save_during_a_rebuild_is_in_the_new_index(monkeypatch):
    artifact = make_object("BT 1", "Trống đồng")
    catch_up()

    def meanwhile(kind, count):
        if kind == "object":
            later = make_object("BT 2", "Bình gốm")
            catch_up()
            assert f"object:{later.public_id}" in ids()
            monkeypatch.setattr(rebuilding, "_refuse_losses", lambda report, force: None)

    report = rebuilding.rebuild("public", progress=meanwhile)
    assert report.stats.documents >= 2 and len([one for one in ids() if one.startswith("object:")]) == 2
    assert f"object:{artifact.public_id}" in ids()


def waiting():
    return set(JournalEntry.objects.filter(consumer__in=[building.CONSUMER, building.FALLBACK_CONSUMER]).values_list("record_pk", "kind"))


def test_after_a_rebuild_only_what_was_saved_meanwhile_waits_for_the_worker():
    earlier = make_object("BT 1")
    later = []
    assert (earlier.pk, "object") in waiting()

    def meanwhile(kind, count):
        if not later:
            later.append(make_object("BT 2"))

    others = JournalEntry.objects.exclude(consumer__in=[building.CONSUMER, building.FALLBACK_CONSUMER]).count()
    rebuilding.rebuild_all(["public", "curatorial"], progress=meanwhile)
    assert (later[0].pk, "object") in waiting() and (earlier.pk, "object") not in waiting()
    assert JournalEntry.objects.exclude(consumer__in=[building.CONSUMER, building.FALLBACK_CONSUMER]).count() >= others


def test_a_rebuild_of_one_index_leaves_what_waits_for_the_other():
    artifact = make_object("BT 1")
    rebuilding.rebuild("public")
    assert (artifact.pk, "object") in waiting()


def test_a_rebuild_in_which_something_failed_leaves_what_waits(monkeypatch):
    artifact = make_object("BT 1")
    builder = building.builders["object"]

    def broken(pks, audience):
        raise RuntimeError("broken")

    monkeypatch.setitem(
        building.builders, "object", building.Builder("object", builder.every_key, builder.identify, broken, builder.public_ids)
    )
    reports = rebuilding.rebuild_all(["public", "curatorial"], force=True)
    assert any(report.failed for report in reports)
    assert (artifact.pk, "object") in waiting()


def test_a_record_that_breaks_in_the_middle_of_its_batch_takes_no_other_with_it_and_none_comes_twice(monkeypatch):
    first, broken, last = (make_object(f"BT {n}") for n in (1, 2, 3))
    builder = building.builders["object"]

    def one_by_one(pks, audience):
        if broken.pk in pks:
            raise RuntimeError("broken")
        yield from builder.build(pks, audience)

    def together(pks):
        for pk, documents in builder.both(pks):
            if pk == broken.pk:
                raise RuntimeError("broken")
            yield pk, documents

    changed = building.Builder("object", builder.every_key, builder.identify, one_by_one, builder.public_ids, both=together)
    monkeypatch.setitem(building.builders, "object", changed)
    made = making.make(making.Batch("object", (first.pk, broken.pk, last.pk), 1), AUDIENCES)
    for audience in AUDIENCES:
        assert [one.id for one in made.compiled[audience]] == [f"object:{first.public_id}", f"object:{last.public_id}"]
        assert list(made.failed[audience]) == [f"object {broken.pk}"]
    assert [entry.record_pk for entry in made.entries] == [first.pk, last.pk]


def test_documents_made_together_are_those_made_for_each_audience(monkeypatch):
    hidden = make_object("BT 2")
    hidden.unpublish()
    pks = (make_object("BT 1").pk, hidden.pk)
    together = making.make(making.Batch("object", pks, 1), AUDIENCES)
    for audience in AUDIENCES:
        assert together.compiled[audience] == making.make(making.Batch("object", pks, 1), [audience]).compiled[audience]


def test_a_rebuild_in_which_most_documents_fail_keeps_the_old_index(monkeypatch):
    made = [make_object(f"BT {n}") for n in range(12)]
    catch_up()
    before = ids()
    builder = building.builders["object"]

    def broken(pks, audience):
        raise RuntimeError("broken")

    monkeypatch.setitem(
        building.builders, "object", building.Builder("object", builder.every_key, builder.identify, broken, builder.public_ids)
    )
    with pytest.raises(CommandError, match="old index stays"):
        run("rebuild_search", "--audience", "public")
    assert ids() == before and len(made) == 12


def test_a_rebuild_only_if_needed_does_nothing_when_all_is_current():
    run("rebuild_search")
    assert "up to date" in run("rebuild_search", "--if-needed")


def test_a_rebuild_only_if_needed_fills_an_engine_that_the_museum_has_moved_to():
    make_object("BT 1")
    catch_up()
    there = ids()
    engine().drop()
    for audience in ("public", "curatorial"):
        engine().ensure(audience)  # any process that asks the new engine first
    assert not ids()
    assert "public: " in run("rebuild_search", "--if-needed")
    assert ids() == there
    assert "up to date" in run("rebuild_search", "--if-needed")


def test_an_index_that_was_deleted_behind_the_museums_back_is_built_by_the_worker():
    make_object("BT 1")
    changed = make_object("BT 2")
    catch_up()
    there = ids()
    engine().drop()
    journal.changed("object", [changed.pk])  # one save: an index of that alone would look whole
    indexing.catch_up()
    assert ids() == there and ids("curatorial") >= there
    engine().drop()
    indexing.catch_up()  # the worker looks now and then although nothing waits
    assert ids() == there


@pytest.mark.one_stack
@pytest.mark.parametrize("what", ["", "meta.json"])
def test_an_embedded_index_whose_folder_is_harmed_is_built_by_the_worker(what):
    make_object("BT 1")
    catch_up()
    there = ids()
    folder = engine().folders["public"]
    harmed = folder.path / folder.current() / what
    harmed.unlink() if what else shutil.rmtree(harmed)
    assert visitor.run(SearchRequest()).degraded
    indexing.catch_up()
    assert ids() == there


def test_an_index_lost_while_a_few_records_wait_many_times_is_built_whole():
    make_object("BT 1")
    changed = make_object("BT 2")
    catch_up()
    there = ids()
    engine().drop()
    for _ in range(2 * rebuilding.total()):  # each save is an entry of its own
        with transaction.atomic():
            journal.changed("object", [changed.pk])
    catch_up()
    assert ids() == there and ids("curatorial") >= there


def test_an_index_that_is_deleted_while_the_worker_makes_documents_is_built_whole(monkeypatch):
    make_object("BT 1")
    changed = make_object("BT 2")
    catch_up()
    there = ids()
    journal.changed("object", [changed.pk])
    makes = indexing.make_all

    def make_all(*parts):
        for made in makes(*parts):
            engine().drop()
            yield made

    with monkeypatch.context() as patched:
        patched.setattr(indexing, "make_all", make_all)
        indexing.catch_up()
    assert not engine().exists("public"), "one document alone would look whole"
    JournalEntry.objects.update(not_before=None)
    catch_up()
    assert ids() == there


def test_an_index_that_is_deleted_while_another_lost_one_is_built_is_built_next(monkeypatch):
    make_object("BT 1")
    changed = make_object("BT 2")
    catch_up()
    there = ids()
    engine().drop()
    journal.changed("object", [changed.pk])
    builds, left = rebuilding.rebuild_all, [1]

    def rebuild_all(*parts, **more):
        made = builds(*parts, **more)
        if left and left.pop():
            engine().drop()
        return made

    monkeypatch.setattr(rebuilding, "rebuild_all", rebuild_all)
    catch_up()
    assert ids() == there


def test_while_a_lost_index_cannot_be_built_what_waits_goes_on_waiting(monkeypatch):
    make_object("BT 1")
    changed = make_object("BT 2")
    catch_up()
    engine().drop()
    journal.changed("object", [changed.pk])

    def refused(*_, **__):
        raise EngineError("It is being rebuilt by another process.")

    with monkeypatch.context() as patched:
        patched.setattr(rebuilding, "rebuild_all", refused)
        assert indexing.catch_up() == 0
    assert not engine().exists("public") and not engine().exists("curatorial")
    assert JournalEntry.objects.get(consumer="search", record_pk=changed.pk, kind="object").attempts == 0
    page = visitor.run(SearchRequest())
    assert page.degraded and page.total >= 2, "visitors are answered by the database meanwhile"


def test_searches_find_no_empty_index_while_a_lost_one_is_built(monkeypatch):
    make_object("BT 1")
    catch_up()
    engine().drop()
    seen = []
    take = rebuilding._take
    monkeypatch.setattr(rebuilding, "_take", lambda *parts: (seen.append(engine().exists("public")), take(*parts)))
    run("rebuild_search", "--if-needed")
    assert seen and not any(seen) and ids()


def test_what_waits_for_the_worker_needs_no_rebuild():
    make_object("BT 1")
    assert "up to date" in run("rebuild_search", "--if-needed")


def test_an_audit_of_an_index_that_is_true_says_so():
    make_object("BT 1")
    catch_up()
    assert "0 differences" in run("audit_search", "--contents")


def test_an_audit_names_what_is_missing_what_is_a_ghost_and_what_is_outdated_and_mends_it():
    missing, ghost, outdated = make_object("BT 1"), make_object("BT 2"), make_object("BT 3", "Trống đồng")
    catch_up()
    engine().delete("public", [(f"object:{missing.public_id}", journal.next_version())])
    type(ghost).objects.filter(pk=ghost.pk).update(is_public=False)
    outdated.titles.model.objects.filter(artifact=outdated).update(text="Bình gốm")
    with pytest.raises(CommandError, match="differences"):
        run("audit_search", "--contents")
    from search.auditing import audit

    findings = audit("public", contents=True)
    assert findings.missing == [f"object:{missing.public_id}"] and findings.ghosts == [f"object:{ghost.public_id}"]
    assert findings.outdated == [f"object:{outdated.public_id}"]
    run("audit_search", "--contents", "--repair")
    assert "0 differences" in run("audit_search", "--contents")
    assert f"object:{missing.public_id}" in ids() and f"object:{ghost.public_id}" not in ids()


def test_an_audit_leaves_out_what_still_waits():
    make_object("BT 1")
    engine().ensure("public")
    engine().ensure("curatorial")
    assert "0 differences" in run("audit_search")
