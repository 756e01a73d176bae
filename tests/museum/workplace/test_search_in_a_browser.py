"""A curator's way under a real browser: query, form, saved search, batch edit, undo, export."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from artifacts.models import Artifact
from museum.workplace.batches import running
from museum.workplace.models import BatchEdit, SavedSearch
from tests.factories import make_department, make_object, make_term
from tests.museum.workplace.people import log_in, make_user
from tests.search.conftest import catch_up, museum_search
from vocabularies.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.conformance]
__all__ = ["museum_search"]
PATIENCE = 120_000  # milliseconds: servers and judges run beside it
LIST = "/admin/snippets/artifacts/artifact/"
PASTED = """(text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    const field = document.getElementById("query");
    field.focus();
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_a_curators_way(page: Any, museum_server: str, museum_search: Any):
    ours = make_department()
    for number, title in enumerate(("Blue bowl", "Blue dish", "Brown jar"), 1):
        make_object(f"HUE {number}", title, department=ours, public=number == 2)
    bronze = make_term("bronze")
    catch_up()
    user = make_user(Role.CURATOR, ours)
    page.set_default_timeout(PATIENCE)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    log_in(page, museum_server, user)
    page.goto(museum_server + LIST)

    # what is wrong is told while it is typed; the form shows and edits the same query
    page.fill("#query", "title:blue -titel:x")
    page.wait_for_selector("[data-query-trouble]:has-text('no field')")
    page.fill("#query", "title:blue -date:*")
    page.wait_for_selector("[data-query-trouble]:empty", state="attached")
    page.goto(f"{museum_server}{LIST}?q=" + quote("𡦂𡨸 -titel:x"))  # each of these characters is two for the browser
    assert (
        page.evaluate("(() => { const q = document.querySelector('#query'); return q.value.slice(q.selectionStart, q.selectionEnd) })()")
        == "titel:"
    )
    page.goto(museum_server + LIST)
    page.fill("#query", "title:blue -date:*")
    page.click("summary:has-text('Form')")
    page.wait_for_selector(".builder-row >> nth=1")
    assert page.locator(".builder-row").count() == 2
    page.locator(".builder-row >> nth=1").locator("button").click()
    expect(page.locator("#query")).to_have_value("title:blue", timeout=PATIENCE)
    expect(page.locator(".builder-row >> nth=0").locator("button")).to_be_focused()
    page.fill("#query", "title:(blue")  # what cannot be read stays what it is, in the form, too
    expect(page.locator(".builder-row input[type=text]")).to_have_value("title:(blue", timeout=PATIENCE)
    page.fill("#query", "")
    page.evaluate(PASTED, "HUE 1\r\nHUE 2\n")
    expect(page.locator("#query")).to_have_value("HUE 1, HUE 2")
    page.fill("#query", "title:blue")
    expect(page.locator(".builder-row input[type=text]")).to_have_value("blue", timeout=PATIENCE)
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate(
        "[...document.querySelectorAll('.builder-row > *')].every((part) => part.getBoundingClientRect().right <= innerWidth)"
    )
    page.set_viewport_size({"width": 1280, "height": 900})
    page.click("[data-builder] button[type=submit]")
    page.wait_for_selector(".found__total:has-text('2 objects')")
    assert page.locator("text=Brown jar").count() == 0
    violations = Axe().run(page).response["violations"]
    assert [v["id"] for v in violations if v["impact"] in {"critical", "serious"}] == []

    # saved
    page.click("summary:has-text('Save')")
    page.fill("#save-name", "Blue things")
    page.click("form:has(#save-name) button[type=submit]")
    page.wait_for_selector("td:has-text('Blue things')")
    page.set_viewport_size({"width": 390, "height": 900})
    name = "document.querySelector('.w-breadcrumbs li:last-child > *').getBoundingClientRect()"
    page.wait_for_function(f"{name}.right <= innerWidth && {name}.height <= 50")  # in the bar, and not cut
    page.set_viewport_size({"width": 1280, "height": 900})
    assert SavedSearch.objects.get().question["tree"]["name"] == "title"
    page.click("a:has-text('Blue things')")
    page.wait_for_selector(".found__total:has-text('2 objects')")

    # changed in one go, and put back
    page.click("button:has-text('Batch edit…')")
    page.select_option("#batch-field", "material")
    page.select_option("#batch-act", "add")
    page.fill("#batch-new", "bronze")
    page.click("button:has-text('Show what would change')")
    page.wait_for_selector("ins:has-text('bronze')")
    page.click("button:has-text('Change 2 objects')")
    page.wait_for_selector("button:has-text('Stop')")
    batch = BatchEdit.objects.get()
    assert running.run_batch.call(batch.pk) == "finished"
    page.wait_for_selector("button:has-text('Undo the whole batch')")
    assert {row.materials.get().term for row in Artifact.objects.filter(titles__text__startswith="Blue")} == {bronze}
    page.click("button:has-text('Undo the whole batch')")
    page.wait_for_selector("button:has-text('Stop')")
    assert running.undo_batch.call(batch.pk) == "undone"
    page.wait_for_selector("text=restored 2")
    assert not Artifact.objects.filter(materials__isnull=False).exists()

    # exported
    page.goto(f"{museum_server}{LIST}?q=title:blue")
    page.click("summary:has-text('Export')")
    with page.expect_download() as download:
        page.click("a:has-text('CSV')")
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert [line.partition(",")[0] for line in lines[1:]] == ["HUE 1", "HUE 2"]

    for width in (390, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{museum_server}{LIST}?q=title:blue")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
    assert errors == []


def test_without_scripts_the_list_stands_on_a_phone_too(browser: Any, museum_server: str, museum_search: Any):
    """Wagtail says that it wants scripts; the ground of its menu lay over half of what is there all the same."""
    ours = make_department()
    make_object("HUE 1", "Blue bowl", department=ours)
    catch_up()
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    log_in(page, museum_server, make_user(Role.CURATOR, ours))
    page.goto(f"{museum_server}{LIST}?q=blue")
    above = "(() => { const at = document.querySelector('#query').getBoundingClientRect(); return document.elementFromPoint(at.x + 10, at.y + 10).id })()"
    assert page.evaluate(above) == "query"
    page.fill("#query", "title:blue -bowl")
    page.click("button:has-text('Find')")
    page.wait_for_url("**q=title%3Ablue+-bowl**")
    assert "0 objects" in page.inner_text("main")
    context.close()
