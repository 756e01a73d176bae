"""A form that is refused keeps everything, says what is to be mended, and leads there; rows are put in order by keyboard."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from artifacts.models import Artifact, Event, Inscription, ObjectType, Title
from museum.workplace.mistakes import mistakes
from tests.factories import make_department, make_museum, make_object, make_term, text
from tests.museum.workplace.people import client_of, form_data, log_in, make_user
from vocabularies.roles import Role

ADD = "/admin/snippets/artifacts/artifact/add/"
pytestmark = pytest.mark.one_stack


@pytest.mark.django_db
def test_each_mistake_has_its_place_and_the_way_to_it():
    department = make_department()
    artifact = make_object("BT 7", "Drum", department=department, public=False, rows={"events": [Event(date_text="")]})
    artifact.inscriptions.add(Inscription(original="福"))
    artifact.save()
    user = make_user(Role.CURATOR, department)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    changes = {"accession_number": "", "events-0-date_earliest": "1900", "events-0-date_latest": "1800", "inscriptions-0-region": "abc"}
    page = client_of(user).post(address, form_data(artifact, user, **changes))
    found = [(mistake.place, mistake.target) for mistake in mistakes(page.context["form"], page.context["panel"])]
    assert found == [
        ("Identity › Accession number", "id_accession_number"),
        ("Making › Event 1 › Latest year", "id_events-0-date_latest"),
        ("Texts › Inscription 1 › Region of the picture", "id_inscriptions-0-region"),
    ]
    html = page.content.decode()
    assert html.count("data-mistakes") == 1
    assert all(f'href="#{target}"' in html and f'id="{target}"' in html for _place, target in found)


@pytest.mark.django_db
def test_a_schedule_has_a_window_of_its_own():
    department = make_department()
    artifact = make_object("BT 7", "Drum", department=department, public=False)
    user = make_user(Role.CURATOR, department)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    page = client_of(user).post(address, form_data(artifact, user, expire_at="2020-01-01 10:00"))
    found = [(mistake.place, mistake.target) for mistake in mistakes(page.context["form"], page.context["panel"])]
    assert found == [("Schedule › Expiry date/time", "id_expire_at")]


@pytest.mark.django_db
def test_rows_that_the_type_asks_for_are_led_to_as_well():
    department = make_department()
    drum = ObjectType.objects.create(code="drum", label=text("Drum"), required=["materials", "credit_line"])
    artifact = make_object("BT 7", "Drum", department=department, public=False, object_type=drum)
    user = make_user(Role.CURATOR, department)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    page = client_of(user).post(address, form_data(artifact, user, **{"action-publish": "1"}))
    targets = [mistake.target for mistake in mistakes(page.context["form"], page.context["panel"])]
    assert targets == ["", "id_materials-ADD", "id_credit_line"]


@pytest.mark.django_db
def test_rows_of_a_refused_form_stand_in_the_order_in_which_they_were_put():
    department = make_department()
    artifact = make_object("BT 7", "One", department=department, public=False)
    artifact.titles.add(Title(text="Two"))
    artifact.save()
    user = make_user(Role.CURATOR, department)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    order = {"titles-0-ORDER": "2", "titles-1-ORDER": "1", "titles-0-language": "no such language"}
    page = client_of(user).post(address, form_data(artifact, user, **order)).content.decode()
    assert page.index('value="Two"') < page.index('value="One"')
    assert "Title 2 › Language" in page


@pytest.mark.django_db
def test_rows_added_texts_in_languages_and_chosen_records_stay_in_a_refused_form():
    department = make_department()
    artifact = make_object("BT 7", "Drum", department=department, public=False)
    user = make_user(Role.CURATOR, department)
    data = form_data(artifact, user, accession_number="", dimensions_text="12 × 8 cm", credit_line="")
    del data["credit_line"]
    data |= {"credit_line__vi": "Tặng phẩm", "credit_line__zh-Hant": "捐贈", "credit_line__zh-Hant__state": "machine"}
    data |= {"object_names-TOTAL_FORMS": "1", "object_names-0-term": make_term("bronze drum").pk, "object_names-0-ORDER": "1"}
    page = client_of(user).post(reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk]), data)
    html = page.content.decode()
    assert 'id="id_object_names-0-term-title">bronze drum</div>' in re.sub(r"\s+<", "<", re.sub(r">\s+", ">", html))
    assert 'value="12 × 8 cm"' in html
    assert 'lang="vi" dir="ltr" value="Tặng phẩm"' in html
    assert 'lang="zh-Hant" dir="ltr" value="捐贈"' in html
    assert re.search(r'name="credit_line__zh-Hant__state".*?<option value="machine" selected>', html, re.DOTALL)


@pytest.mark.django_db
def test_forms_of_the_vocabularies_say_it_too():
    page = client_of(make_user(Role.CATALOGUER, make_department())).post("/admin/snippets/vocabularies/agent/add/", {})
    assert "Not saved yet" in page.content.decode()


@pytest.fixture
def workplace(page: Any, museum_server: str) -> Any:
    """The page, with a cataloguer of the only department logged in; an error of a script fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    log_in(page, museum_server, make_user(Role.CATALOGUER, make_department(museum=make_museum()), username="lan"))
    yield page
    assert errors == []


def add_titles(page: Any, *titles: str) -> None:
    for title in titles:
        page.focus("#id_titles-ADD")
        page.keyboard.press("Enter")
        page.keyboard.type(title)


def standing(page: Any) -> list[str]:
    return page.locator("#id_titles-FORMS > :not(.deleted) input[name$='-text']").evaluate_all(
        "fields => fields.map((field) => field.value)"
    )


@pytest.mark.browser
def test_the_list_of_mistakes_has_the_focus_and_leads_into_another_tab(workplace: Any, museum_server: str):
    page = workplace
    page.goto(museum_server + ADD)
    page.wait_for_load_state("networkidle")
    add_titles(page, "Drum", "Trống")
    page.click("#tab-label-making")
    page.click("#id_events-ADD")
    page.locator("#inline_child_events-0 summary").first.click()
    page.fill("#id_events-0-date_earliest", "1900")
    page.fill("#id_events-0-date_latest", "1800")
    page.click("#tab-label-rights")
    line = page.locator("#id_credit_line")
    line.locator("input[lang=vi]").evaluate("field => (field.value = 'Tặng phẩm')")
    page.click("button:has-text('Save draft')")
    page.wait_for_selector("[data-mistakes]:focus")
    page.wait_for_selector("#id_accession_number", state="visible")  # the first tab with a mistake is open
    assert standing(page) == ["Drum", "Trống"]
    page.locator("[data-mistakes] a", has_text="Latest year").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_events-0-date_latest:focus")
    assert page.input_value("#id_events-0-date_earliest") == "1900"
    assert line.locator("input[lang=vi]").input_value() == "Tặng phẩm"


@pytest.mark.browser
def test_rows_are_put_in_order_and_taken_away_by_keyboard_and_it_is_said(workplace: Any, museum_server: str):
    page = workplace
    page.goto(museum_server + ADD)
    page.wait_for_load_state("networkidle")
    add_titles(page, "A", "B", "C")
    page.focus("#inline_child_titles-2 [data-inline-panel-child-move-up]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#inline_child_titles-2 [data-inline-panel-child-move-up]:focus")
    page.wait_for_selector("[role=status] >> text=Title 3 is now at place 2 of 3.")
    page.keyboard.press("Enter")
    page.wait_for_selector("#inline_child_titles-2-heading:focus")  # it has arrived at the top
    page.keyboard.press("Enter")
    assert standing(page) == ["C", "A", "B"]
    page.focus("#inline_child_titles-0 [id$='-DELETE-button']")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=status] >> text=Title 2 was taken away; 2 left.")
    page.wait_for_selector("#id_titles-1-DELETE-button:focus")
    page.fill("#id_accession_number", "HUE 7")
    page.click("button:has-text('Save draft')")
    page.wait_for_selector(".messages >> text=HUE 7")  # “created”, or “updated” where the form was quicker to save itself
    assert [title.text for title in Artifact.objects.get().get_latest_revision_as_object().titles.all()] == ["C", "B"]


@pytest.mark.browser
def test_who_saves_after_the_log_in_has_ended_loses_nothing(workplace: Any, museum_server: str):
    page = workplace
    artifact = make_object("HUE 9", "Drum", public=False, department=make_department(museum=make_museum()))
    artifact.department.memberships.create(user_id=Session.objects.get().get_decoded()["_auth_user_id"])
    page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/edit/{artifact.pk}/")
    page.wait_for_load_state("networkidle")
    page.fill("#id_titles-0-text", "Bronze drum")
    Session.objects.all().delete()
    page.click("button:has-text('Save draft')")
    page.wait_for_selector("text=Nothing is lost")
    with page.context.expect_page() as opened:
        page.click("text=Log in (in a new tab)")
    beside = opened.value
    beside.fill("#id_username", "lan")
    beside.fill("#id_password", "a-long-password-1")
    beside.click("button[type=submit]")
    beside.wait_for_selector("text=You are logged in again")
    with page.expect_response("**/answers/session/"):
        page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.click("text=send the form again")
    page.wait_for_selector(".messages >> text=updated")
    assert Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object().titles.get().text == "Bronze drum"
