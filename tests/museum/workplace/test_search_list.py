"""The list of objects is the curators' search; what it shows can be kept, exported, and changed in one go."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
from django.core import mail
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from artifacts.models import Artifact
from museum.workplace.models import ListColumns, SavedSearch, SearchNotice, Worklist
from museum.workplace.searching import alerts, asking, columns, exporting
from museum.workplace.searching.table import WhenColumn
from search.engines import engine
from search.engines.base import EngineUnavailableError
from search.language import fields, reader_of
from tests.factories import add_picture, make_object, text
from tests.museum.workplace.people import client_of, make_user
from tests.museum.workplace.two_departments import house, museum_search
from tests.search.conftest import catch_up
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_stack]
LIST = "wagtailsnippets_artifacts_artifact:list"
__all__ = ["house", "museum_search"]


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


@pytest.mark.parametrize("asked", ["", "-title:nothing"])
@pytest.mark.parametrize("ordering", ["title", "-title", "accession_number", "-accession_number", "-changed"])
def test_the_export_has_the_order_of_the_list(house: Any, asked: str, ordering: str):
    client = client_of(make_user(Role.REGISTRAR, house["ours"]))
    shown = client.get(reverse(LIST), {"q": asked, "ordering": ordering}).context_data["object_list"]
    rows = json.loads(body_of(client.get(reverse("workplace:export", args=["json"]), {"q": asked, "ordering": ordering})))
    assert [row["accession_number"] for row in rows] == [one.accession_number for one in shown]
    assert len(rows) == 3


def test_columns_are_remembered_and_follow_permission(house: Any):
    registrar, curator = make_user(Role.REGISTRAR, house["ours"]), make_user(Role.CURATOR, house["ours"])
    for user in (registrar, curator):
        client_of(user).post(reverse("workplace:columns"), {"column": ["title", "credit_line", "price", "nonsense"], "state": "q=blue"})
    assert ListColumns.objects.get(user=registrar).names == ["title", "credit_line", "price"]
    assert ListColumns.objects.get(user=curator).names == ["title", "credit_line"]
    assert "120000" in page(registrar) and "Gift of Mrs Lê" in page(curator) and "120000" not in page(curator)
    ListColumns.objects.filter(user=curator).update(names=["price", "title"])
    assert "120000" not in page(curator)
    wide = [one.name for one in fields.readable(reader_of(curator))][: columns.MOST + 1]
    told = client_of(curator).post(reverse("workplace:columns"), {"column": wide, "state": ""}, follow=True)
    assert "at most 20 columns" in told.content.decode() and ListColumns.objects.get(user=curator).names == wide[:-1]


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
        ("\t=1", "'\t'=1"),
        ("a=1", "a=1"),
        ("", ""),
        ("-x", "'-x"),
        ("bowl;=1+1;", "bowl;'=1+1;"),
        ("bowl; -dish", "bowl; '-dish"),
        ("a\n@SUM(1)\r\n+1", "a\n'@SUM(1)\r\n'+1"),
        ("=a;=b", "'=a;'=b"),
        ("red; blue-green", "red; blue-green"),
    ],
)
def test_formulas_are_made_harmless(cell: str, made: str):
    assert exporting.harmless(cell) == made


def test_a_search_is_saved_shared_and_authorised_anew(house: Any):
    registrar, curator = make_user(Role.REGISTRAR, house["ours"]), make_user(Role.CURATOR, house["ours"])
    client_of(registrar).post(reverse("workplace:searches"), {"name": "Dear", "state": "q=price%3A%3E1000", "shared": "on"})
    kept = SavedSearch.objects.get()
    assert kept.question["tree"] == {"is": "compare", "name": "price", "operator": ">", "value": {"text": "1000"}}
    told = client_of(curator).get(reverse("workplace:searches")).content.decode()
    assert "Dear" in told and "may not read" in told and "1000" not in told, "the words of a closed field are its owner's"
    assert "q=price%3A%3E1000" in client_of(registrar).get(reverse("workplace:searches")).content.decode()
    assert "Blue bowl" in page(registrar, q="price:>1000")
    assert "There is no field" in page(curator, q="price:>1000")
    client_of(curator).post(reverse("workplace:search", args=[kept.pk]), {"act": "delete"})
    assert SavedSearch.objects.filter(pk=kept.pk).exists()


def test_nobody_waits_for_an_engine_that_hangs_before_a_walk(house: Any, monkeypatch: Any):
    client = client_of(make_user(Role.CURATOR, house["ours"]))
    walks: list[int] = []

    def hangs(*_: Any, **__: Any) -> Any:
        raise EngineUnavailableError("The engine does not answer.")

    monkeypatch.setattr(type(engine()), "search", hangs)
    monkeypatch.setattr(type(engine()), "iterate", lambda *_, **__: walks.append(1) or iter(()))
    assert "does not answer" in client.get(reverse("workplace:new_batch"), {"state": "q=title:blue"}).content.decode()
    told = client.get(reverse("workplace:export", args=["csv"]), {"q": "title:blue"}, follow=True).content.decode()
    assert "Nothing was exported" in told and not walks


def test_why_an_alert_does_not_run_is_told_to_its_owner_alone(house: Any):
    registrar, curator = make_user(Role.REGISTRAR, house["ours"]), make_user(Role.CURATOR, house["ours"])
    SavedSearch.objects.create(owner=registrar, name="Dear", shared=True, alert=True, error="The search finds 12345 objects.")
    told = {user: client_of(user).get(reverse("workplace:searches")).content.decode() for user in (registrar, curator)}
    assert "12345" in told[registrar]
    assert "Dear" in told[curator] and "12345" not in told[curator], "how many there are says something of what may not be read"


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


def test_two_workers_tell_of_a_hit_once_and_of_what_has_moved_away_nothing(house: Any):
    user = make_user(Role.CURATOR, house["ours"], email="hoa@museum.example")
    client_of(user).post(reverse("workplace:searches"), {"name": "Blue things", "state": "q=title%3Ablue", "alert": "on"})
    cup = make_object("A 3", "Blue cup", department=house["ours"], public=False)
    catch_up()
    first, second = SavedSearch.objects.get(), SavedSearch.objects.get()
    assert alerts.check(first) and not alerts.check(second)
    assert SearchNotice.objects.count() == len(mail.outbox) == 1
    SavedSearch.objects.update(known=[])
    Artifact.objects.exclude(pk=cup.pk).update(department=house["secret"].department)  # the index has not heard of it
    alerts.check(SavedSearch.objects.get())
    assert [(notice.count, notice.numbers) for notice in SearchNotice.objects.all()] == [(1, ["A 3"])] * 2


def test_a_worklist_is_filled_from_the_list_and_narrows_it(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    client_of(user).post(reverse("workplace:worklists"), {"name": "To photograph", "state": "q=title%3Ablue"})
    worklist = Worklist.objects.get()
    assert {entry.artifact.accession_number for entry in worklist.entries.all()} == {"A 1", "A 2"}
    body = page(user, worklist=worklist.pk)
    assert "Blue bowl" in body and "Brown jar" not in body
    assert "Blue bowl" not in page(make_user(Role.CURATOR, house["ours"]), worklist=worklist.pk)


def test_what_does_not_fit_on_a_worklist_is_told(house: Any, monkeypatch: Any):
    user = make_user(Role.CURATOR, house["ours"])
    client = client_of(user)
    monkeypatch.setattr(asking, "MOST_IN_WORKLIST", 2)
    sent = {"name": "To photograph", "state": "q=title%3Abowl"}
    client.post(reverse("workplace:worklists"), sent)
    mine = Worklist.objects.get()
    body = client.post(reverse("workplace:worklists"), {"worklist": mine.pk, "state": "q="}, follow=True).content.decode()
    assert "1 object was added" in body and "1 object was left out: a worklist holds 2." in body
    assert mine.entries.count() == 2  # what is on it takes no room of what comes
    client.post(reverse("workplace:worklists"), {"name": "Of nothing", "state": "q=..."})
    assert Worklist.objects.get() == mine


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


@pytest.mark.parametrize(
    "typed", ['title:"blue bowl" maker:(a', "titel:x", "A 1, A 2, A 10", "-broken " + " ".join(f"title:w{n}" for n in range(60))]
)
def test_what_the_form_cannot_show_stands_in_it_as_typed(house: Any, typed: str):
    client = client_of(make_user(Role.CURATOR, house["ours"]))
    answer = client.get(reverse("workplace:query"), {"q": typed}).json()
    assert answer["rows"] == [{"field": "", "operator": "typed", "value": typed, "not": False}]
    back = client.get(reverse("workplace:query"), {"rows": json.dumps({"any": False, "rows": answer["rows"]})}).json()
    assert back["rows"] == answer["rows"] and back.get("trouble") == answer.get("trouble")


def test_a_list_of_numbers_that_is_too_long_says_so(house: Any):
    listed = ", ".join(f"B {number}" for number in range(502))
    assert "its last 2 numbers were not looked up" in page(make_user(Role.CURATOR, house["ours"]), q=listed)


def test_help_and_why_answer(house: Any):
    client = client_of(make_user(Role.CURATOR, house["ours"]))
    assert "material:ceramic" in client.get(reverse("workplace:query_help")).content.decode()
    body = client.get(reverse("workplace:why", args=[house["bowl"].public_id]), {"state": "q=blue height%3A%2A"}).content.decode()
    assert "✓" in body and "✗" in body
    assert client.get(reverse("workplace:why", args=[house["secret"].public_id]), {"state": "q=blue"}).status_code == 404


def test_the_table_shows_texts_as_texts_and_leads_to_the_form(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    artifact = make_object("Q<1", "<b>&</b>", department=house["ours"])
    body = page(user)
    assert "&lt;b&gt;&amp;&lt;/b&gt;" in body and "<b>&</b>" not in body
    link = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    assert f'<a href="{link}"><span id="snippet_{artifact.pk}_title">Q&lt;1</span></a>' in body
    assert f'data-object-id="{artifact.pk}"' in body and f'aria-describedby="snippet_{artifact.pk}_title"' in body


def test_a_facet_leads_to_the_address_in_its_one_spelling():
    params = QueryDict("ordering=title&material=b&q=jar&material=a&p=3")
    material, place = asking.Toggles(params, "material"), asking.Toggles(params, "place")
    assert material("a") == "q=jar&material=b&ordering=title"
    assert material("c d") == "q=jar&material=b&material=a&material=c+d&ordering=title"
    assert place("x") == "q=jar&material=b&material=a&place=x&ordering=title"
    assert place("x") == asking.address(QueryDict(place("x")))


def test_a_list_of_many_asks_no_more_than_a_list_of_one(house: Any):
    user = make_user(Role.CURATOR, house["ours"])
    client = client_of(user)
    for artifact in (house["bowl"], house["dish"], house["jar"]):
        add_picture(artifact)
    for asked in ({}, {"ordering": "-changed"}, {"q": "title:blue OR title:brown"}):
        client.get(reverse(LIST), asked)
        with CaptureQueriesContext(connection) as many:
            assert client.get(reverse(LIST), asked).content.count(b"bulk-action-checkbox-cell") == 3
        Artifact.objects.exclude(pk=house["jar"].pk).update(department=house["secret"].department)
        with CaptureQueriesContext(connection) as one:
            assert client.get(reverse(LIST), asked).content.count(b"bulk-action-checkbox-cell") == 1
        assert len(one) == len(many), [query["sql"] for query in many]
        Artifact.objects.exclude(pk=house["secret"].pk).update(department=house["ours"])


def test_fields_are_offered_by_role_and_language_whoever_came_before(house: Any):
    registrar, curator, vietnamese = (make_user(role, house["ours"]) for role in (Role.REGISTRAR, Role.CURATOR, Role.CURATOR))
    UserProfile.objects.update_or_create(user=vietnamese, defaults={"preferred_language": "vi"})
    for _again in range(2):
        theirs, own, translated = page(registrar), page(curator), page(vietnamese)
        assert '"name": "price"' in theirs and 'name="column" value="price"' in theirs
        assert '"name": "price"' not in own and 'name="column" value="price"' not in own
        assert '"label": "credit line"' in own and '"label": "credit line"' not in translated
        assert '"name": "credit_line"' in translated


def test_the_menu_of_the_page_has_its_items(house: Any):
    body = page(make_user(Role.CURATOR, house["ours"]))
    menu = json.loads(body.split('id="wagtail-sidebar-props" type="application/json">')[1].split("</script>")[0])
    assert "wagtail.sidebar.LinkMenuItem" in json.dumps(menu) and "/admin/snippets/artifacts/artifact/" in json.dumps(menu)
    assert "wagtailadmin/js/sidebar" in body


def test_each_row_tells_its_own_moment():
    now = timezone.now()
    column = WhenColumn("changed")
    cells = [column.drawn(SimpleNamespace(changed=now - ago)) for ago in (timedelta(hours=2), timedelta(hours=2), timedelta(days=3))]
    assert cells[0] == cells[1] and "2\xa0hours ago" in cells[0] and "3\xa0days ago" in cells[2]
    assert timezone.localtime(now - timedelta(days=3)).isoformat() in cells[2]
