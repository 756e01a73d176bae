"""Batch edits of what the list of objects shows: tried, run, stopped, taken back; faults and conflicts are told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from artifacts.models import Artifact, Event, ObjectType, Title
from museum.workplace.batches import changing, running, trying
from museum.workplace.models import BatchEdit, BatchRow, SavedSearch, Worklist
from records import languages
from search.language import reader_of
from tests.factories import make_term
from tests.museum.workplace.people import client_of, make_user
from tests.museum.workplace.two_departments import draft, house, museum_search, order
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_stack]
__all__ = ["house", "museum_search"]


def test_a_batch_changes_the_list_and_is_undone(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    bronze = make_term("bronze")
    batch = order(user, "title:blue", field="material", act="add", new="bronze")
    assert batch.total == 2 and not draft(house["bowl"]).materials.exists()
    assert running.run_batch.call(batch.pk) == "finished"
    for name in ("bowl", "dish"):
        assert [row.term_id for row in draft(house[name]).materials.all()] == [bronze.pk]
    dish = Artifact.objects.get(pk=house["dish"].pk)
    assert dish.live and not dish.has_unpublished_changes and dish.materials.count() == 1
    assert dish.latest_revision.user == user
    assert not draft(house["jar"]).materials.exists() and not draft(house["secret"]).materials.exists()
    # one is touched before the undo
    bowl = draft(house["bowl"])
    bowl.titles.add(Title(text="Another", language="en"))
    bowl.save()
    bowl.save_revision()
    running.start_undo(BatchEdit.objects.get(pk=batch.pk))
    assert running.undo_batch.call(batch.pk) == "undone"
    assert not draft(house["dish"]).materials.exists() and not Artifact.objects.get(pk=dish.pk).materials.exists()
    assert draft(house["bowl"]).materials.count() == 1
    outcomes = {row.artifact.accession_number: (row.outcome, row.message) for row in batch.rows.all()}
    assert outcomes["A 2"][0] == "restored"
    assert outcomes["A 1"] == ("kept", "It was edited since.")


def undo(batch: BatchEdit) -> dict[str, tuple[str, str]]:
    running.start_undo(BatchEdit.objects.get(pk=batch.pk))
    assert running.undo_batch.call(batch.pk) == "undone"
    return {row.artifact.accession_number: (row.outcome, row.message) for row in batch.rows.select_related("artifact")}


def test_batches_on_the_same_objects_are_undone_one_after_the_other(house: Any):
    """The last first; then the one before it is the last. A draft and a live object alike."""
    user = make_user(Role.CURATOR, house["ours"])
    make_term("bronze")
    changes: list[dict[str, str]] = [
        {"field": "material", "act": "add", "new": "bronze"},
        {"field": "credit_line", "act": "set", "language": "vi", "new": "Quà tặng"},
        {"field": "material", "act": "remove", "old": "bronze"},
    ]
    batches = []
    for change in changes:
        batches.append(order(user, "title:blue", **change))
        assert running.run_batch.call(batches[-1].pk) == "finished"
    first, second, third = batches
    assert set(undo(first).values()) == {("kept", "It was edited since.")}
    assert {outcome for outcome, _ in undo(third).values()} == {"restored"}
    assert draft(house["dish"]).materials.count() == 1
    assert {outcome for outcome, _ in undo(second).values()} == {"restored"}
    assert "vi" not in draft(house["dish"]).credit_line
    assert BatchEdit.objects.get(pk=first.pk).state == "undone"
    page = client_of(user).get(reverse("workplace:batch", args=[first.pk])).content.decode()
    assert "Try once more to undo what was left" in page
    client_of(user).post(reverse("workplace:batch", args=[first.pk]), {"act": "undo"})
    assert running.undo_batch.call(first.pk) == "undone"
    assert {row.outcome for row in first.rows.all()} == {"restored"}
    for name in ("bowl", "dish"):
        assert not draft(house[name]).materials.exists()
    assert not Artifact.objects.get(pk=house["dish"].pk).materials.exists()


def test_a_row_whose_object_is_gone_says_so(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    batch = order(user, "title:blue", field="style", act="set", language="en", new="Plain")
    running.run_batch.call(batch.pk)
    Artifact.objects.get(pk=house["dish"].pk).delete()
    running.start_undo(BatchEdit.objects.get(pk=batch.pk))
    running.undo_batch.call(batch.pk)
    body = client_of(user).get(reverse("workplace:batch", args=[batch.pk])).content.decode()
    assert "left as it is: The object is gone." in " ".join(body.split())


def test_who_came_between_two_batches_keeps_what_he_wrote(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    make_term("bronze")
    first = order(user, "title:dish", field="material", act="add", new="bronze")
    running.run_batch.call(first.pk)
    dish = draft(house["dish"])
    dish.credit_line = languages.mark_stale({}, {"en": {"text": "Bought by hand", "state": "source"}})
    dish.save_revision(user=user).publish()
    second = order(user, "title:dish", field="style", act="set", language="en", new="Plain")
    running.run_batch.call(second.pk)
    assert undo(second)["A 2"][0] == "restored"
    assert undo(first)["A 2"] == ("kept", "It was edited since.")
    assert draft(house["dish"]).credit_line["en"]["text"] == "Bought by hand" and draft(house["dish"]).materials.count() == 1


def test_what_is_locked_when_a_batch_is_undone_is_told_and_left(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    make_term("bronze")
    batch = order(user, "title:blue", field="material", act="add", new="bronze")
    running.run_batch.call(batch.pk)
    Artifact.objects.filter(pk=house["dish"].pk).update(locked=True)
    running.start_undo(BatchEdit.objects.get(pk=batch.pk))
    assert running.undo_batch.call(batch.pk) == "undone"
    outcomes = {row.artifact.accession_number: (row.outcome, row.message) for row in batch.rows.all()}
    assert outcomes["A 2"] == ("kept", "It is locked now.") and outcomes["A 1"][0] == "restored"


def test_drafts_locks_and_departments_are_reported(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    changed = draft(house["dish"])
    changed.titles.set([Title(text="Blue dish, again", language="en")])
    changed.save_revision()
    Artifact.objects.filter(pk=house["jar"].pk).update(locked=True)
    batch = running.prepare(
        user,
        {},
        "",
        [house[name].pk for name in ("bowl", "dish", "jar", "secret")],
        {"field": "style", "act": "set", "language": "en", "new": "Plain"},
        publish=True,
    )
    trying.begin(batch)
    running.start(batch)
    running.run_batch.call(batch.pk)
    outcomes = {row.artifact_id: row for row in batch.rows.all()}
    assert outcomes[house["bowl"].pk].outcome == "changed"
    assert "draft" in outcomes[house["dish"].pk].message and outcomes[house["dish"].pk].outcome == "conflict"
    assert outcomes[house["jar"].pk].outcome == "conflict"
    assert outcomes[house["secret"].pk].outcome == "refused"
    assert draft(house["secret"]).style in ({}, None)


def test_a_batch_stops_and_goes_on(house: Any, monkeypatch: Any):
    user = make_user(Role.CURATOR, house["ours"])
    batch = order(user, "title:blue", field="credit_line", act="set", language="vi", new="Quà tặng")
    BatchEdit.objects.filter(pk=batch.pk).update(stopping=True)
    with monkeypatch.context() as patched:
        patched.setattr(running, "CHUNK", 1)
        assert running.run_batch.call(batch.pk) == "stopped"
    assert batch.rows.filter(outcome="waiting").count() == 1
    running.start(BatchEdit.objects.get(pk=batch.pk))
    assert running.run_batch.call(batch.pk) == "finished"
    assert draft(house["bowl"]).credit_line["vi"]["text"] == "Quà tặng"
    assert draft(house["bowl"]).credit_line["en"]["text"] == "Gift of Mrs Lê"


def test_an_undone_batch_of_drafts_leaves_no_drafts(house: Any):
    cataloguer = make_user(Role.CATALOGUER, house["ours"])
    batch = order(cataloguer, "title:dish", field="style", act="set", language="en", new="Plain")
    running.run_batch.call(batch.pk)
    assert Artifact.objects.get(pk=house["dish"].pk).has_unpublished_changes and draft(house["dish"]).style
    running.start_undo(BatchEdit.objects.get(pk=batch.pk))
    running.undo_batch.call(batch.pk)
    dish = Artifact.objects.get(pk=house["dish"].pk)
    assert dish.live and not dish.has_unpublished_changes and not draft(dish).style
    assert order(cataloguer, "title:dish", field="style", act="set", language="en", new="Plain").rows.get().expected == "changed"


def test_progress_counts_what_is_done_and_not_what_is_expected(house: Any, monkeypatch: Any):
    user = make_user(Role.CURATOR, house["ours"])

    def shown() -> str:
        return client_of(user).get(reverse("workplace:batch", args=[batch.pk])).content.decode()

    batch = order(user, "title:blue", field="style", act="set", language="en", new="Plain")
    assert "0 of 2" in shown() and "waiting 2" in shown(), "nothing has been changed yet"
    running.run_batch.call(batch.pk)
    assert "2 of 2" in shown()
    Artifact.objects.filter(pk=house["bowl"].pk).update(gallery="Hall 3")
    running.start_undo(BatchEdit.objects.get(pk=batch.pk))
    assert "0 of 2" in shown() and '<progress max="2" value="0"' in shown()
    BatchEdit.objects.filter(pk=batch.pk).update(stopping=True)
    monkeypatch.setattr(running, "CHUNK", 1)
    assert running.undo_batch.call(batch.pk) == "stopped"
    running.start_undo(BatchEdit.objects.get(pk=batch.pk))
    assert "1 of 2" in shown()
    assert running.undo_batch.call(batch.pk) == "undone"
    assert "2 of 2" in shown() and "restored 1" in shown() and "left as it is 1" in shown()


def test_a_dry_run_goes_over_all_objects_and_changes_none(house: Any, monkeypatch: Any):
    user = make_user(Role.CURATOR, house["ours"])
    monkeypatch.setattr(trying, "AT_ONCE", 1)
    monkeypatch.setattr(trying, "CHUNK", 1)
    changed = draft(house["dish"])
    changed.titles.set([Title(text="Blue dish, again", language="en")])
    changed.save_revision()
    told = {"field": "style", "act": "set", "language": "en", "new": "Plain", "state": "q=title:blue"}
    before = Revision.objects.count()
    client_of(user).post(reverse("workplace:new_batch"), told)
    batch = BatchEdit.objects.get()
    assert batch.state == "trying", "many objects are tried by the worker"
    running.start(batch)
    assert BatchEdit.objects.get().state == "trying", "a batch that was not tried to its end is not begun"
    assert trying.try_batch.call(batch.pk) == "prepared"
    batch.refresh_from_db()
    assert batch.counts == {"changed": 1, "conflict": 1}
    body = client_of(user).get(reverse("workplace:batch", args=[batch.pk]), {"outcome": "conflict"}).content.decode()
    assert "There is an unpublished draft" in body and "A 1" not in body
    body = client_of(user).get(reverse("workplace:batch", args=[batch.pk]), {"outcome": "changed"}).content.decode()
    assert "<ins>Plain [en]</ins>" in body and "Change 1 object" in body
    assert Revision.objects.count() == before and draft(house["bowl"]).style in ({}, None)
    # given up: the form holds what was typed, and nothing is left of it
    answer = client_of(user).post(reverse("workplace:batch", args=[batch.pk]), {"act": "give up"}, follow=True)
    assert 'value="Plain"' in answer.content.decode() and not BatchEdit.objects.exists()
    assert trying.try_batch.call(batch.pk) == ""


def test_a_dry_run_says_what_publishing_would_refuse(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    kind = ObjectType.objects.create(code="dishes", label={"en": {"text": "Dishes", "state": "source"}}, required=["object_names"])
    Artifact.objects.filter(pk=house["dish"].pk).update(object_type=kind)
    batch = order(user, "title:dish", field="style", act="set", language="en", new="Plain")
    assert batch.rows.get().expected == "refused" and "must be filled" in batch.rows.get().message
    assert running.run_batch.call(batch.pk) == "finished"
    assert batch.rows.get().outcome == "refused" and "must be filled" in batch.rows.get().message


def test_what_was_tried_and_never_begun_is_forgotten(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    batch = running.prepare(user, {}, "", [house["bowl"].pk], {"field": "style", "act": "clear"}, publish=False)
    assert trying.forget() == 0
    BatchEdit.objects.filter(pk=batch.pk).update(created_at=timezone.now() - timedelta(days=trying.KEPT_DAYS + 1))
    assert trying.forget() == 1 and not BatchRow.objects.exists()


def test_values_are_replaced_removed_and_emptied(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    bronze, brass = make_term("bronze"), make_term("brass")

    def materials() -> list[int]:
        return [row.term_id for row in draft(house["bowl"]).materials.all()]

    for change, left in [
        ({"act": "add", "new": "bronze"}, [bronze.pk]),
        ({"act": "replace", "old": "bronze", "new": "brass"}, [brass.pk]),
        ({"act": "remove", "old": "bronze"}, [brass.pk]),
        ({"act": "remove", "old": "brass"}, []),
    ]:
        batch = order(user, "title:bowl", field="material", **change)
        assert running.run_batch.call(batch.pk) == "finished"
        assert materials() == left, change
    for change, said in [
        ({"act": "replace", "language": "en", "old": "Mrs Lê", "new": "Mr Trần"}, {"en": "Gift of Mr Trần"}),
        ({"act": "remove", "language": "en", "old": " of Mr Trần"}, {"en": "Gift"}),
        ({"act": "clear", "language": "en"}, {}),
    ]:
        running.run_batch.call(order(user, "title:bowl", field="credit_line", **change).pk)
        assert languages.plain(draft(house["bowl"]).credit_line) == said, change


def test_a_value_is_not_replaced_by_nothing(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    make_term("bronze")
    for field, old in (("material", "bronze"), ("status", "accessioned")):
        sent = {"field": field, "act": "replace", "old": old, "new": "", "state": "q=title:bowl"}
        answer = client_of(user).post(reverse("workplace:new_batch"), sent)
        assert "Say what stands in its place" in answer.content.decode(), field
    assert not BatchEdit.objects.exists()


def test_a_fault_of_the_software_is_logged_and_told_without_its_words(house: Any, monkeypatch: Any, caplog: Any):
    batch = order(make_user(Role.CURATOR, house["ours"]), "title:bowl", field="credit_line", act="set", language="vi", new="Quà tặng")
    monkeypatch.setattr(running, "tried", lambda *_: {}["an inner word"])
    assert running.run_batch.call(batch.pk) == "finished"
    row = batch.rows.get()
    assert row.outcome == "refused" and "log says more" in row.message and "inner word" not in row.message
    assert "inner word" in caplog.text


def test_a_busy_database_leaves_what_waits_for_another_start(house: Any, monkeypatch: Any):
    batch = order(make_user(Role.CURATOR, house["ours"]), "title:bowl", field="credit_line", act="set", language="vi", new="Quà tặng")

    def busy(*_: Any) -> Any:
        raise OperationalError("database is locked")

    with monkeypatch.context() as patched:
        patched.setattr(running, "tried", busy)
        assert running.run_batch.call(batch.pk) == "failed"
    assert batch.rows.get().outcome == "waiting"
    batch.refresh_from_db()
    assert "start it again" in batch.error and "locked" not in batch.error
    running.start(batch)
    assert running.run_batch.call(batch.pk) == "finished"
    assert batch.rows.get().outcome == "changed"


def test_texts_of_rows_are_read_and_checked_as_in_the_form(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    dish = house["dish"]
    Title.objects.filter(artifact=dish).update(language="en")
    Event.objects.create(artifact=dish, date_text="1836", date_earliest=1836, date_latest=1836, date_edtf="1836", sort_order=0)
    Event.objects.create(artifact=dish, date_text="about 1836", date_earliest=1801, date_latest=1850, date_edtf="1801/1850", sort_order=1)

    def changed(**change: str) -> tuple[str, str]:
        row = order(user, "title:dish", **change).rows.get()
        running.run_batch.call(row.batch_id)
        row.refresh_from_db()
        return row.outcome, row.message

    assert changed(field="event.date_text", act="regex", old="18(36)", new=r"17\1")[0] == "changed"
    events = Event.objects.filter(artifact=dish).order_by("sort_order")
    assert list(events.values_list("date_text", "date_earliest", "date_latest", "date_edtf")) == [
        ("1736", 1736, 1736, "1736"),
        ("about 1736", 1801, 1850, "1801/1850"),
    ], "years given by hand stay"
    assert changed(field="title.language", act="replace", old="en", new="Tiếng Việt")[0] == "changed"
    assert Artifact.objects.get(pk=dish.pk).titles.get().language == "vi"
    for change in (
        {"field": "title.language", "act": "replace", "old": "vi", "new": "nonsense words"},
        {"field": "title.text", "act": "replace", "old": "Blue dish", "new": ""},
    ):
        outcome, message = changed(**change)
        assert outcome == "refused" and message, change
    assert Artifact.objects.get(pk=dish.pk).titles.get().text == "Blue dish"


def test_what_may_not_be_read_may_not_be_changed(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    answer = client_of(user).post(
        reverse("workplace:new_batch"),
        {"field": "right.restrictions", "act": "replace", "old": "a", "new": "b", "state": ""},
    )
    assert "Choose a field" in answer.content.decode()
    assert client_of(make_user(Role.PHOTOGRAPHER, house["ours"])).get(reverse("workplace:new_batch")).status_code in {302, 403}
    batch = order(user, "title:blue", field="style", act="set", language="en", new="x")
    assert client_of(make_user(Role.CURATOR, house["ours"])).get(reverse("workplace:batch", args=[batch.pk])).status_code in {302, 403}
    assert BatchRow.objects.count() == 2


@pytest.mark.parametrize("state", [None, "q=" + "%E6%9D%B1" * 23_000])
@pytest.mark.parametrize("form", ["workplace:new_batch", "workplace:worklists", "workplace:searches"])
def test_a_form_that_lost_its_list_is_not_about_the_whole_catalogue(house: Any, form: str, state: str | None):
    told = {"name": "All of them", "field": "style", "act": "set", "language": "en", "new": "Plain", "publish": "on"}
    sent = told if state is None else {**told, "state": state}
    answer = client_of(make_user(Role.CURATOR, house["ours"])).post(reverse(form), sent, follow=True)
    body = answer.content.decode()
    assert ("which list of objects is meant" if state is None else "too great a length") in body
    assert not BatchEdit.objects.exists() and not Worklist.objects.exists() and not SavedSearch.objects.exists()


def test_a_batch_of_a_long_list_is_of_that_list_alone(house: Any):
    """Fifteen hundred numbers, and the department at the end: what stands at the end of a long address counts, too."""
    numbers = ", ".join(["A 1", "B 1", *(f"XYZ 1987.{n}" for n in range(2_000))])
    state = urlencode({"q": numbers, "department": house["ours"].public_id})
    told = {"field": "style", "act": "set", "language": "en", "new": "Plain", "state": state}
    client_of(make_user(Role.ADMINISTRATOR)).post(reverse("workplace:new_batch"), told)
    assert [row.artifact_id for row in BatchRow.objects.all()] == [house["bowl"].pk]


def test_one_row_of_a_batch_asks_the_database_for_nothing_twice(house: Any):
    """Five thousand rows are an hour or two, by how often each reads what it has read already: kinds of rows that are empty, its titles, its labels."""
    order(make_user(Role.CURATOR, house["ours"]), "title:dish", field="style", act="set", language="en", new="Plain")
    batch = BatchEdit.objects.select_related("user").get()
    change = changing.change_of(batch.change, reader_of(batch.user))
    with CaptureQueriesContext(connection) as captured:
        running._guarded(batch.rows.get(), batch, change, running._change_row)
    assert batch.rows.get().outcome == "changed"
    asked = [q["sql"] for q in captured if q["sql"].startswith("SELECT")]
    assert len([sql for sql in asked if 'FROM "artifacts_inscription"' in sql and "EXISTS" not in sql]) == 0
    assert len(captured) < 90
