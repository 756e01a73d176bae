"""The workplace under a real browser: tabs of languages, answers while typing, uploads, accessibility."""

from __future__ import annotations

import io
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from artifacts.models import Artifact, Event, ObjectType
from museum.workplace.models import BatchEdit, BatchRow, SavedSearch
from tests.factories import add_picture, make_department, make_museum, make_object
from tests.museum.workplace.people import log_in, make_user
from vocabularies.roles import Role

pytestmark = pytest.mark.browser
FINE = {"critical", "serious", "moderate"}


@pytest.fixture
def artifact(museum_server: str) -> Artifact:
    museum = make_museum(accession_pattern="HUE {year}.{number:3}")
    return make_object("HUE 1", "Drum", department=make_department(museum=museum), public=False, rows={"events": [Event(date_text="")]})


@pytest.fixture
def workplace(page: Any, museum_server: str, artifact: Artifact) -> Any:
    """The page, with a curator logged in; an error of a script fails the test."""
    user = make_user(Role.CURATOR, artifact.department)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    log_in(page, museum_server, user)
    yield page
    assert errors == []


def test_the_side_panel_is_asked_for_when_it_is_opened(workplace: Any, museum_server: str, artifact: Artifact):
    page = workplace
    page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/edit/{artifact.pk}/")
    page.click("[data-side-panel-toggle=record]")
    page.wait_for_selector("[data-standing] >> text=A draft: nobody outside sees it.")


def test_the_form_answers_while_it_is_being_filled(workplace: Any, museum_server: str, artifact: Artifact):
    page = workplace
    page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/edit/{artifact.pk}/")
    page.click("#tab-label-making")
    page.fill("#id_events-0-date_text", "Minh Mạng năm thứ 17")
    page.wait_for_selector("text== 1836")
    page.click("#tab-label-rights")
    line = page.locator("#id_credit_line")
    line.locator("[role=tab][data-tag=vi]").click()
    line.locator("input[lang=vi]").fill("Tặng phẩm")
    line.locator(".language-map__add").select_option("zh-Hant")
    line.locator("input[lang=zh-Hant]").fill("捐贈")
    assert line.locator("[role=tab][data-tag=zh-Hant]").get_attribute("aria-selected") == "true"
    page.click("#tab-label-physical")
    page.fill("#id_dimensions_text", "12 × 8 cm")
    page.wait_for_selector("text=height 12 cm; width 8 cm")
    page.click("button.action-save, button:has-text('Save draft')")
    page.wait_for_selector(".messages >> text=updated")
    draft = Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object()
    assert draft.credit_line["vi"] == {"text": "Tặng phẩm", "state": "source"}
    assert draft.credit_line["zh-Hant"] == {"text": "捐贈", "state": "human", "of": "vi"}
    assert draft.events.get().date_earliest == 1836
    assert [row.kind for row in draft.measurements.all()] == ["height", "width"]


def test_what_is_typed_as_soon_as_the_form_opens_saves_itself(workplace: Any, museum_server: str, artifact: Artifact, settings: Any):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 500
    page = workplace
    page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/edit/{artifact.pk}/")
    with page.expect_response(lambda answer: answer.request.method == "POST" and f"/edit/{artifact.pk}/" in answer.url, timeout=15_000):
        page.locator("#id_titles-0-text").press_sequentially("A")
    assert Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object().titles.get().text in {"ADrum", "DrumA"}


def test_a_row_is_added_to_a_repeatable_fact(workplace: Any, museum_server: str, artifact: Artifact):
    page = workplace
    page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/edit/{artifact.pk}/")
    page.click("#id_titles-ADD")
    page.fill("#id_titles-1-text", "Bronze drum")
    page.fill("#id_titles-1-language", "en")
    page.click("button:has-text('Save draft')")
    page.wait_for_selector(".messages >> text=updated")
    draft = Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object()
    assert [title.text for title in draft.titles.all()] == ["Drum", "Bronze drum"]


def test_a_taken_number_is_told_and_the_next_one_offered(workplace: Any, museum_server: str, artifact: Artifact):
    page = workplace
    page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/add/")
    page.fill("#id_accession_number", "HUE 1")
    page.wait_for_selector("text=bears this number")
    page.click(".understood button")
    assert page.input_value("#id_accession_number").endswith(".001")


def test_the_focus_stays_at_the_field_for_which_something_was_chosen(workplace: Any, museum_server: str, artifact: Artifact):
    page = workplace
    ObjectType.objects.create(code="basket", label={"en": {"text": "Basket", "state": "source"}})
    page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/add/")
    page.wait_for_load_state("networkidle")
    page.focus("#id_object_type-chooser .unchosen button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".modal td a")
    # until the window has faded in it would take the focus from the list, and Enter would search
    page.wait_for_selector(".modal #id_q:focus")
    page.locator(".modal td a").first.press("Enter")
    page.wait_for_selector("#id_object_type-chooser .chosen button:focus")


def _send_one_good_and_one_refused(page: Any) -> None:
    body = io.BytesIO()
    Image.new("RGB", (40, 30), "#884422").save(body, "JPEG")
    page.set_input_files(
        "[data-pictures-files]",
        [
            {"name": "front.jpg", "mimeType": "image/jpeg", "buffer": body.getvalue()},
            {"name": "tool.exe", "mimeType": "application/octet-stream", "buffer": b"MZ nothing"},
        ],
    )


def test_files_are_sent_with_the_form_open_and_refused_ones_say_why(workplace: Any, museum_server: str, artifact: Artifact):
    page = workplace
    page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/edit/{artifact.pk}/")
    page.click("#tab-label-pictures")
    _send_one_good_and_one_refused(page)
    page.wait_for_selector(".pictures__refused:has-text('tool.exe')")
    page.wait_for_selector(".picture:has-text('front.jpg')")
    assert artifact.media.get().asset.original_filename == "front.jpg"


def test_who_sends_a_file_that_is_refused_is_told_of_the_others(workplace: Any, museum_server: str, artifact: Artifact):
    page = workplace
    page.goto(f"{museum_server}/admin/workplace/objects/{artifact.pk}/media/")
    _send_one_good_and_one_refused(page)
    page.click(".pictures__others:has-text('arrived: 1') a")
    page.wait_for_selector(".picture:has-text('front.jpg')")


def test_the_place_of_a_page_of_a_thick_book_can_be_read(workplace: Any, museum_server: str, artifact: Artifact):
    page = workplace
    page.goto(f"{museum_server}/admin/workplace/objects/{artifact.pk}/media/")
    _send_one_good_and_one_refused(page)
    page.click(".pictures__others:has-text('arrived: 1') a")
    page.fill(".picture__place", "1000")
    # an input does not say that it cuts its number off: the same number on paper has to fit beside the arrows
    room, needed = page.eval_on_selector(
        ".picture__place",
        """field => {
            const style = getComputedStyle(field), pen = document.createElement("canvas").getContext("2d");
            pen.font = `${style.fontSize} ${style.fontFamily}`;
            return [field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 18, pen.measureText("1000").width];
        }""",
    )
    assert needed <= room


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_form_list_and_pictures_are_accessible(workplace: Any, museum_server: str, artifact: Artifact, scheme: str):
    page = workplace
    page.emulate_media(color_scheme=scheme)
    add_picture(artifact, primary=True)
    found = {}
    for address in (
        f"/admin/snippets/artifacts/artifact/edit/{artifact.pk}/",
        "/admin/snippets/artifacts/artifact/",
        f"/admin/workplace/objects/{artifact.pk}/media/",
        "/admin/workplace/health/",
    ):
        page.goto(museum_server + address)
        page.wait_for_load_state("networkidle")
        violations = Axe().run(page).response["violations"]
        found[address] = [(v["id"], v["nodes"][0]["html"][:120]) for v in violations if v["impact"] in FINE]
    assert found == {address: [] for address in found}


def test_what_can_be_done_with_ticked_objects_is_in_view_on_a_phone(workplace: Any, museum_server: str, artifact: Artifact):
    page = workplace
    for number in range(12):
        make_object(f"HUE 2.{number}", "Drum", public=False, department=artifact.department)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{museum_server}/admin/snippets/artifacts/artifact/")
    page.locator("tbody input[type=checkbox]").first.check()
    buttons = page.locator("[data-bulk-action-button]")
    assert buttons.count() >= 4
    for button in buttons.all():
        expect(button).to_be_in_viewport(ratio=1)


def test_nothing_overflows_on_a_phone(workplace: Any, museum_server: str, artifact: Artifact):
    page = workplace
    page.set_viewport_size({"width": 390, "height": 844})
    for address in (f"/admin/snippets/artifacts/artifact/edit/{artifact.pk}/", f"/admin/workplace/objects/{artifact.pk}/media/"):
        page.goto(museum_server + address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_on_a_phone_every_column_of_saved_searches_and_of_batches_is_in_sight(page: Any, museum_server: str):
    user = make_user(Role.CURATOR, make_department())
    SavedSearch.objects.create(owner=user, name="Everything that was made before the citadel was built, without a picture")
    batch = BatchEdit.objects.create(
        user=user, query="date:<1804 -pictures:*", change={"field": "credit_line"}, state=BatchEdit.State.PREPARED
    )
    BatchRow.objects.create(batch=batch, expected=BatchRow.Outcome.CHANGED, before="Gift of the founder’s family", after="Gift")
    log_in(page, museum_server, user)
    page.set_viewport_size({"width": 390, "height": 900})
    for address in ("searches/", "batches/", f"batches/{batch.pk}/"):
        page.goto(f"{museum_server}/admin/workplace/{address}")
        sight = "(cells) => cells.every((cell) => cell.getBoundingClientRect().right <= innerWidth)"
        assert page.locator("table.listing td").evaluate_all(sight), address
    page.goto(f"{museum_server}/admin/workplace/batches/")
    assert page.locator("td.title").inner_text() == f"{batch.pk}: credit line"  # as the form calls it
