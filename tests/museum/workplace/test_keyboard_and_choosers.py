"""Searching in every list and chooser; and where the keyboard stands while an object is described."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.urls import reverse
from PIL import Image
from wagtail.snippets.models import get_snippet_models

from artifacts.models import Artifact, ObjectType
from tests.factories import make_department, make_museum, make_object, make_term
from tests.museum.workplace.people import client_of, log_in, make_user
from vocabularies.models import Department, Term
from vocabularies.roles import Role


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["bowl", "bát sứ", "12"])
def test_every_list_and_chooser_of_the_workplace_can_be_searched(words: str):
    client = client_of(make_user(Role.ADMINISTRATOR))
    answers = {}
    for model in get_snippet_models():
        viewset = model.snippet_viewset
        names = [viewset.get_url_name(name) for name in ("list", "list_results")]
        names += [viewset.chooser_viewset.get_url_name(name) for name in ("choose", "choose_results")]
        for name in names:
            answers[name] = client.get(reverse(name), {"q": words}).status_code
    assert answers == dict.fromkeys(answers, 200)


@pytest.mark.django_db
def test_types_of_objects_are_found_and_compared_whatever_the_marks():
    jar = ObjectType.objects.create(code="jar", label={"vi": {"text": "Bình gốm", "state": "source"}})
    drum = ObjectType.objects.create(code="drum", label={"vi": {"text": "Trống", "state": "source"}})
    client = client_of(make_user(Role.ADMINISTRATOR))
    page = client.get(reverse("wagtailsnippetchoosers_artifacts_objecttype:choose_results"), {"q": "binh gom"}).content.decode()
    assert f"/chosen/{jar.pk}/" in page
    assert f"/chosen/{drum.pk}/" not in page
    answer = client.post(reverse("wagtailsnippetchoosers_artifacts_objecttype:create"), {"label__vi": "trong", "code": "trong"}).json()
    assert "There is already" in answer["htmlFragment"]


@pytest.mark.django_db
def test_a_new_object_begins_with_the_only_museum_even_if_there_are_several_departments():
    museum = make_museum()
    ours, theirs = make_department(museum=museum), make_department(museum=museum)
    user = make_user(Role.CATALOGUER, ours, theirs)
    page = client_of(user).get("/admin/snippets/artifacts/artifact/add/").content.decode()
    assert f'name="museum" value="{museum.pk}"' in page
    assert f'name="department" value="{ours.pk}"' not in page


@pytest.fixture
def workplace(page: Any, museum_server: str) -> Any:
    """The page, with a cataloguer of the only department of the only museum logged in."""
    department = make_department(museum=make_museum())
    user = make_user(Role.CATALOGUER, department)
    log_in(page, museum_server, user)
    return page


@pytest.mark.browser
def test_the_keyboard_goes_into_new_rows_and_into_the_search_of_choosers(workplace: Any, museum_server: str):
    page = workplace
    make_term("bronze")
    page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/add/")
    page.focus("#id_titles-ADD")
    page.keyboard.press("Enter")
    page.keyboard.type("Drum")
    page.focus("#id_titles-ADD")
    page.keyboard.press("Enter")
    page.keyboard.type("Trống")
    assert [page.input_value(f"#id_titles-{row}-text") for row in (0, 1)] == ["Drum", "Trống"]
    page.focus("#id_titles-0-DELETE-button")
    page.keyboard.press("Enter")
    page.wait_for_selector("#id_titles-1-DELETE-button:focus")
    page.focus("#id_object_names-ADD")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # the first field of the row is a chooser
    page.wait_for_selector(".modal #id_q:focus")


@pytest.mark.browser
def test_a_term_is_added_while_choosing_with_its_vocabulary_and_the_term_above_it(workplace: Any, museum_server: str):
    page = workplace
    above = make_term("vessel", vocabulary="object-names")
    page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/add/")
    page.focus("#id_object_names-ADD")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.click(".modal [role=tab]:has-text('Add new')")
    page.fill("#id_new_label__en", "jade cup")
    for field, record in (("vocabulary", above.vocabulary), ("broader", above)):
        page.click(f"#id_new_{field}-chooser [data-chooser-action-choose]")
        page.click(f".modal tbody a:has-text('{record}')")
        page.wait_for_selector(f"#id_new_{field}-chooser .chosen button:focus")
        assert page.input_value("#id_new_label__en") == "jade cup"
    page.click("button:has-text('Add and choose')")
    page.wait_for_selector("#id_object_names-0-term-chooser .chosen button:focus")
    made = Term.objects.get(pk=page.input_value("#id_object_names-0-term"))
    assert (str(made), made.vocabulary, made.broader) == ("jade cup", above.vocabulary, above)


@pytest.mark.browser
def test_a_new_object_takes_pictures_as_soon_as_it_has_saved_itself(workplace: Any, museum_server: str):
    page = workplace
    page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/add/")
    page.fill("#id_accession_number", "HUE 7")
    for letters in range(60):  # Wagtail takes note of what a form begins with some seconds after it was opened
        page.fill("#id_sort_title", "a" * letters)
        page.wait_for_timeout(1000)
        if "/edit/" in page.url:
            break
    page.click("#tab-label-pictures")
    body = io.BytesIO()
    Image.new("RGB", (40, 30), "#884422").save(body, "JPEG")
    page.set_input_files("[data-pictures-files]", [{"name": "front.jpg", "mimeType": "image/jpeg", "buffer": body.getvalue()}])
    page.wait_for_selector(".picture:has-text('front.jpg')")
    assert Artifact.objects.get(accession_number="HUE 7").media.count() == 1
    page.click("[data-side-panel-toggle=record]")
    page.wait_for_selector("[data-side-panel=record] >> text=Completeness")


@pytest.mark.browser
def test_what_is_uploaded_by_number_is_counted_to_the_last_file(workplace: Any, museum_server: str):
    page = workplace
    artifact = make_object("HUE 8", public=False, department=Department.objects.get())
    body = io.BytesIO()
    Image.new("RGB", (40, 30), "#884422").save(body, "JPEG")
    page.goto(f"{museum_server}/admin/workplace/media/by-number/")
    page.set_input_files(
        "#files",
        [
            {"name": "HUE 8_front.jpg", "mimeType": "image/jpeg", "buffer": body.getvalue()},
            {"name": "HUE 8_back.jpg", "mimeType": "image/jpeg", "buffer": b"no picture at all"},
            {"name": "XYZ 1.jpg", "mimeType": "image/jpeg", "buffer": body.getvalue()},
        ],
    )
    page.wait_for_selector("text=2 files found their object, 1 did not.")
    page.click("[data-send]")
    page.wait_for_selector("text=1 file attached. 1 not taken: the reason stands beside each. 1 without an object: rename it")
    assert page.get_attribute(".matches td a", "href") == f"/admin/workplace/objects/{artifact.pk}/media/"


def type_until_noted(page: Any) -> str:
    """Types until the form has tried to save itself and says why it cannot; answers what it says."""
    for letters in range(60):
        page.fill("#id_titles-0-text", "Bronze drum" + "!" * letters)
        page.wait_for_timeout(1000)
        if note := page.query_selector(".session-note"):
            return str(note.inner_text())
    raise AssertionError("The form says nothing.")


@pytest.mark.browser
def test_whose_log_in_ends_keeps_what_was_typed_and_saves_it_after_a_new_one(workplace: Any, museum_server: str):
    page = workplace
    artifact = make_object("HUE 9", "Drum", public=False, department=Department.objects.get())
    page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/edit/{artifact.pk}/")
    Session.objects.all().delete()
    type_until_noted(page)
    with page.context.expect_page() as opened:
        page.click(".session-note a")
    beside = opened.value
    beside.fill("#id_username", get_user_model().objects.get().username)
    beside.fill("#id_password", "a-long-password-1")
    beside.click("button[type=submit]")
    beside.wait_for_selector("text=You are logged in again")
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_selector(".session-note", state="detached")
    page.click("button:has-text('Save draft')")
    page.wait_for_selector(".messages >> text=updated")
    assert Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object().titles.get().text.startswith("Bronze drum")


@pytest.mark.browser
def test_a_form_is_not_saved_under_the_name_of_somebody_who_logs_in_beside_it(workplace: Any, museum_server: str):
    page = workplace
    artifact = make_object("HUE 10", "Drum", public=False, department=Department.objects.get())
    with page.expect_response("**/answers/session/"):
        page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/edit/{artifact.pk}/")
    page.context.clear_cookies()
    log_in(page, museum_server, make_user(Role.CURATOR, Department.objects.get(), username="minh"))
    assert "minh is logged in now" in type_until_noted(page)
    assert Artifact.objects.get(pk=artifact.pk).latest_revision is None
