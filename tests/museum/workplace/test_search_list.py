"""The list of objects is the curators' search; what it shows can be kept, exported, and changed in one go."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core import mail
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from artifacts.models import Artifact, ObjectType, ProvenanceStep, Title
from museum.workplace.batches import running, trying
from museum.workplace.models import BatchEdit, BatchRow, ListColumns, SavedSearch, SearchNotice, Worklist
from museum.workplace.searching import alerts, exporting
from records import languages
from tests.factories import make_department, make_object, make_term, text
from tests.museum.workplace.people import client_of, make_user
from tests.search.conftest import catch_up, museum_search
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_stack]
LIST = "wagtailsnippets_artifacts_artifact:list"
__all__ = ["museum_search"]


@pytest.fixture
def house(museum_search: Any) -> dict[str, Any]:
    ours, theirs = make_department(), make_department()
    price = [ProvenanceStep(text=text("Bought"), price_amount=120_000, price_currency="VND")]
    found = {
        "ours": ours,
        "bowl": make_object(
            "A 1", "Blue bowl", department=ours, public=False, credit_line=text("Gift of Mrs Lê"), rows={"provenance": price}
        ),
        "dish": make_object("A 2", "Blue dish", department=ours),
        "jar": make_object("A 10", "Brown jar", department=ours, public=False),
        "secret": make_object("B 1", "Blue secret", department=theirs),
    }
    catch_up()
    return found


def page(user: Any, **asked: Any) -> str:
    return client_of(user).get(reverse(LIST), asked).content.decode()


def shown(user: Any, **asked: Any) -> set[str]:
    body = page(user, **asked)
    return {
        title
        for title in ("Blue bowl", "Blue dish", "Brown jar", "Blue secret")
        if f"{title}\n" in body or f">{title}<" in body or f" {title} " in body
    }


def test_the_list_answers_the_query_and_no_more(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    body = page(user, q="title:blue -state:live")
    assert "Blue bowl" in body and "Blue dish" not in body and "secret" not in body
    assert "1 object" in body
    body = page(user, q="number:A", ordering="-accession_number")
    assert body.index("A 10") < body.index("A 2") < body.index("A 1<" if "A 1<" in body else "A 1\n")
    wrong = page(user, q="titel:blue (")
    assert "There is no field" in wrong or "breaks off" in wrong
    assert "Blue bowl" not in wrong
    assert "price" not in page(user).split("query-fields")[1]


@pytest.mark.parametrize(
    "query", ['"', "(" * 5_000, "a " * 5_000, "*", "date:[9 TO 1]", "\x00\x1b", "<script>alert(1)</script>", "x" * 10_001]
)
def test_bad_queries_get_a_sentence(house: Any, query: str):
    answer = client_of(make_user(Role.CURATOR, house["ours"])).get(reverse(LIST), {"q": query, "p": "999999", "material": ["x"] * 1_000})
    assert answer.status_code == 200
    assert b"<script>alert(1)" not in answer.content


def test_columns_are_remembered_and_follow_permission(house: Any):
    registrar, curator = make_user(Role.REGISTRAR, house["ours"]), make_user(Role.CURATOR, house["ours"])
    for user in (registrar, curator):
        client_of(user).post(reverse("workplace:columns"), {"column": ["title", "credit_line", "price", "nonsense"], "state": "q=blue"})
    assert ListColumns.objects.get(user=registrar).names == ["title", "credit_line", "price"]
    assert ListColumns.objects.get(user=curator).names == ["title", "credit_line"]
    assert "120000" in page(registrar) and "Gift of Mrs Lê" in page(curator) and "120000" not in page(curator)
    ListColumns.objects.filter(user=curator).update(names=["price", "title"])
    assert "120000" not in page(curator)


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_export_is_the_list(house: Any):
    user = make_user(Role.REGISTRAR, house["ours"])
    house["jar"].credit_line = text("=HYPERLINK(1)")
    house["jar"].save()
    client = client_of(user)
    client.post(reverse("workplace:columns"), {"column": ["title", "credit_line", "price", "state"]})
    catch_up()
    lines = list(
        csv.reader(io.StringIO(body_of(client.get(reverse("workplace:export", args=["csv"]), {"q": "-title:dish"})).decode("utf-8-sig")))
    )
    assert [line[0] for line in lines[1:]] == ["A 1", "A 10"]
    assert lines[1][1:4] == ["Blue bowl", "Gift of Mrs Lê", "120000"]
    assert lines[2][2] == "'=HYPERLINK(1)"
    rows = json.loads(body_of(client.get(reverse("workplace:export", args=["json"]), {"q": "title:blue"})))
    assert [row["accession_number"] for row in rows] == ["A 1", "A 2"]
    book = openpyxl.load_workbook(io.BytesIO(body_of(client.get(reverse("workplace:export", args=["xlsx"])))))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)]
    assert [row[0] for row in cells] == ["A 1", "A 2", "A 10"]
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
    reader = make_user(Role.CURATOR, house["ours"])
    ListColumns.objects.create(user=reader, names=["price", "title"])
    curator = client_of(reader)
    assert b"120000" not in body_of(curator.get(reverse("workplace:export", args=["csv"])))
    assert client.get(reverse("workplace:export", args=["exe"])).status_code == 404


@pytest.mark.parametrize(
    ("cell", "made"),
    [
        ("=1+1", "'=1+1"),
        ("+84 234", "'+84 234"),
        ("-400", "-400"),
        ("@x", "'@x"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
        ("", ""),
        ("-x", "'-x"),
    ],
)
def test_formulas_are_made_harmless(cell: str, made: str):
    assert exporting.harmless(cell) == made


def test_a_search_is_saved_shared_and_authorised_anew(house: Any):
    registrar, curator = make_user(Role.REGISTRAR, house["ours"]), make_user(Role.CURATOR, house["ours"])
    client_of(registrar).post(reverse("workplace:searches"), {"name": "Dear", "state": "q=price%3A%3E1000", "shared": "on"})
    kept = SavedSearch.objects.get()
    assert kept.question["tree"] == {"is": "compare", "name": "price", "operator": ">", "value": {"text": "1000"}}
    assert "Dear" in client_of(curator).get(reverse("workplace:searches")).content.decode()
    assert "Blue bowl" in page(registrar, q="price:>1000")
    assert "There is no field" in page(curator, q="price:>1000")
    client_of(curator).post(reverse("workplace:search", args=[kept.pk]), {"act": "delete"})
    assert SavedSearch.objects.filter(pk=kept.pk).exists()


def test_new_hits_are_told_once_in_the_workplace_and_by_mail(house: Any):
    user = make_user(Role.CURATOR, house["ours"], email="hoa@museum.example")
    client_of(user).post(reverse("workplace:searches"), {"name": "Blue things", "state": "q=title%3Ablue", "alert": "on"})
    assert alerts.check_all() == 0
    make_object("A 3", "Blue cup", department=house["ours"], public=False)
    make_object("B 2", "Blue mug", department=house["secret"].department)
    catch_up()
    assert alerts.check_all() == 1 and alerts.check_all() == 0
    notice = SearchNotice.objects.get()
    assert (notice.count, notice.numbers, notice.mailed) == (1, ["A 3"], True)
    assert "Blue things" in mail.outbox[0].subject and "A 3" in mail.outbox[0].body and "B 2" not in mail.outbox[0].body
    assert "1 new object" in client_of(user).get(reverse("workplace:searches")).content.decode()


def test_a_worklist_is_filled_from_the_list_and_narrows_it(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    client_of(user).post(reverse("workplace:worklists"), {"name": "To photograph", "state": "q=title%3Ablue"})
    worklist = Worklist.objects.get()
    assert {entry.artifact.accession_number for entry in worklist.entries.all()} == {"A 1", "A 2"}
    body = page(user, worklist=worklist.pk)
    assert "Blue bowl" in body and "Brown jar" not in body
    assert "Blue bowl" not in page(make_user(Role.CURATOR, house["ours"]), worklist=worklist.pk)


def test_ticked_objects_go_on_and_off_a_worklist_of_ones_own(house: Any):
    user, other = make_user(Role.PHOTOGRAPHER, house["ours"]), make_user(Role.CURATOR, house["ours"])
    mine, foreign = (
        Worklist.objects.create(owner=user, name="To photograph"),
        Worklist.objects.create(owner=other, name="Not mine", shared=True),
    )
    ticked = f"id={house['bowl'].pk}&id={house['jar'].pk}&id={house['secret'].pk}&next={reverse(LIST)}%3Fworklist%3D{mine.pk}"
    put, off = (f"/admin/bulk/artifacts/artifact/{act}/?{ticked}" for act in ("put-on-worklist", "take-off-worklist"))
    client = client_of(user)
    form = client.get(put).content.decode()
    assert f'value="{mine.pk}" selected' in form and "Not mine" not in form and "Blue secret" not in form
    for _again in range(2):
        client.post(put, {"worklist": mine.pk})
    assert sorted(entry.artifact.accession_number for entry in mine.entries.all()) == ["A 1", "A 10"]
    client.post(off.replace(f"&id={house['jar'].pk}", ""), {"worklist": mine.pk})
    assert [entry.artifact.accession_number for entry in mine.entries.all()] == ["A 10"]
    client.post(put, {"worklist": foreign.pk})
    assert not foreign.entries.exists()


def test_the_form_and_the_query_are_one(house: Any):
    client = client_of(make_user(Role.CURATOR, house["ours"]))
    answer = client.get(reverse("workplace:query"), {"q": 'title:"blue bowl" -date:* (a OR b) height:[1 TO 2]'}).json()
    assert [row["operator"] for row in answer["rows"]] == [":", "*", "typed", "[]"]
    back = client.get(reverse("workplace:query"), {"rows": json.dumps({"any": answer["any"], "rows": answer["rows"]})}).json()
    assert back["q"] == answer["q"] and back["rows"] == answer["rows"]
    assert client.get(reverse("workplace:query"), {"q": "date:soon"}).json()["start"] == 5
    for broken in ("{", "[" * 20_000, '{"rows":' * 3_000, "null", '{"rows": [1]}'):
        assert client.get(reverse("workplace:query"), {"rows": broken}).status_code == 200
    assert "trouble" in client.get(reverse("workplace:query"), {"rows": "[" * 20_000}).json()


def test_help_and_why_answer(house: Any):
    client = client_of(make_user(Role.CURATOR, house["ours"]))
    assert "material:ceramic" in client.get(reverse("workplace:query_help")).content.decode()
    body = client.get(reverse("workplace:why", args=[house["bowl"].public_id]), {"state": "q=blue height%3A%2A"}).content.decode()
    assert "✓" in body and "✗" in body
    assert client.get(reverse("workplace:why", args=[house["secret"].public_id]), {"state": "q=blue"}).status_code == 404


# -- batch edits


def order(user: Any, query: str, **change: str) -> BatchEdit:
    told = {"field": "", "act": "", "language": "", "old": "", "new": "", "publish": "on", "state": f"q={query}", **change}
    client = client_of(user)
    preview = client.post(reverse("workplace:new_batch"), told, follow=True)
    body = preview.content.decode()
    assert "Nothing has been changed yet" in body or "Nothing would change" in body, body[:3000]
    batch = BatchEdit.objects.latest("pk")
    client.post(reverse("workplace:batch", args=[batch.pk]), {"act": "start"})
    return BatchEdit.objects.get(pk=batch.pk)


def draft(artifact: Artifact) -> Artifact:
    return Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object()


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
    assert batch.counts == {"refused": 1} and "must be filled" in batch.rows.get().message
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


def test_patterns_change_texts_and_none_hangs(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    batch = order(user, "credit_line:*", field="credit_line", act="regex", old=r"Gift of (Mrs|Mr) (\S+)", new=r"\2 family, gift")
    running.run_batch.call(batch.pk)
    row = batch.rows.get(outcome="changed")
    assert (row.before, row.after) == ("Gift of Mrs Lê [en]", "Lê family, gift [en]")
    batch = order(user, "title:blue", field="title.text", act="regex", old="(a+)+$", new="")
    assert running.run_batch.call(batch.pk) == "finished"
    refused = client_of(user).post(
        reverse("workplace:new_batch"), {"field": "title.text", "act": "regex", "old": "(?=x)", "state": "q=title:blue"}
    )
    assert "cannot be read" in refused.content.decode()


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
