"""The editor of annotations in a real browser: drawn by pointer and by keys, on a picture that is really there."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from artifacts.models import Annotation
from tests.exhibits.scene import picture
from tests.factories import make_department, make_object
from tests.museum.workplace.people import log_in, make_user
from vocabularies.roles import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(page: Any, museum_server: str) -> Any:
    """The editor of one picture, with a curator before it; an error of a script fails the test."""
    artifact = make_object(department=make_department())
    use = picture(artifact)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    log_in(page, museum_server, make_user(Role.CURATOR, artifact.department))
    page.goto(museum_server + reverse("workplace:regions", args=[artifact.pk, use.public_id]))
    page.wait_for_selector("[data-tool=point]:visible")
    page.wait_for_selector(".regions__layer", state="attached")
    yield page
    assert errors == []


def _edges(page: Any) -> tuple[float, float, float, float]:
    box = page.locator(".viewer-canvas").bounding_box()
    return box["x"], box["y"], box["width"], box["height"]


def _save(page: Any) -> None:
    with page.expect_navigation():
        page.click("#region-form [value=save]")


def test_what_is_typed_after_a_point_is_the_words(editor: Any):
    x, y, width, height = _edges(editor)
    editor.click("[data-tool=point]")
    editor.mouse.click(x + width / 2, y + height / 2)
    editor.keyboard.type("A crack")
    _save(editor)
    note = Annotation.objects.get()
    assert note.text["en"]["text"] == "A crack" and note.shape == "point"


def test_a_box_may_be_drawn_beyond_the_edge(editor: Any):
    x, y, width, height = _edges(editor)
    editor.click("[data-tool=box]")
    editor.mouse.move(x + width / 2, y + height / 2)
    editor.mouse.down()
    editor.mouse.move(x + width / 2 + 5, y + height / 2 + 5)
    editor.mouse.move(x + width + 60, y + height + 30)
    editor.mouse.up()
    editor.keyboard.type("The corner")
    _save(editor)
    note = Annotation.objects.get()
    assert note.points[1] == [note.use.asset.width, note.use.asset.height]


def test_a_polygon_is_drawn_by_keys_and_is_still_drawn_after_an_error(editor: Any):
    editor.focus("[data-tool=polygon]")
    editor.keyboard.press("Enter")
    for moves in (["ArrowLeft"] * 2, ["Shift+ArrowRight"], ["Shift+ArrowDown", "ArrowDown"]):
        for move in moves:
            editor.keyboard.press(move)
        editor.keyboard.press("Enter")
    editor.keyboard.press("Enter")
    assert editor.evaluate("document.activeElement.name") == "text__en"
    editor.keyboard.type("A leaf")
    editor.select_option("[name=kind]", "condition")
    editor.select_option("[name=publication_class]", "public")
    _save(editor)
    editor.wait_for_selector(".regions__layer polygon.regions__one--new", state="attached")
    assert not Annotation.objects.exists() and editor.input_value("[name=text__en]") == "A leaf"
    editor.select_option("[name=publication_class]", "staff")
    _save(editor)
    note = Annotation.objects.get()
    assert (note.kind, note.shape, len(note.points)) == ("condition", "polygon", 3)


def test_a_drawing_that_is_given_up_leaves_the_form_as_it_was(editor: Any):
    x, y, width, height = _edges(editor)
    editor.fill("[name=places]", "1,2 30,40")
    for tool, clicks in (("polygon", ((0.4, 0.4), (0.6, 0.4), (0.5, 0.6))), ("point", ())):
        editor.click(f"[data-tool={tool}]")
        for across, down in clicks:
            editor.mouse.click(x + width * across, y + height * down)
    editor.keyboard.press("Escape")
    assert editor.input_value("[name=places]") == "1,2 30,40"
    assert editor.input_value("[name=shape]") == "box"
    assert editor.locator(".regions__one--new").count() == 1


def test_of_a_map_points_are_clicked_and_their_degrees_typed(editor: Any):
    assert editor.is_hidden("[name=control_points]")
    editor.select_option("[name=kind]", "georeference")
    editor.click("[data-tool=point]")
    degrees = [(0.4, 0.45, "16.48,107.56"), (0.6, 0.45, "16.48,107.60"), (0.5, 0.55, "16.45,107.58")]
    for across, down, typed in degrees:
        editor.locator(".viewer-canvas").scroll_into_view_if_needed()
        x, y, width, height = _edges(editor)
        editor.mouse.click(x + width * across, y + height * down)
        assert editor.evaluate("document.activeElement.name") == "control_points"
        editor.keyboard.type(typed)
    assert editor.locator(".regions__number").all_text_contents() == ["1", "2", "3"]
    _save(editor)  # no box was drawn: the map covers all of its picture
    note = Annotation.objects.get()
    size = [note.use.asset.width, note.use.asset.height]
    assert (note.kind, note.shape, note.points) == ("georeference", "box", [[0, 0], size])
    assert [point[2:] for point in note.control_points] == [[107.56, 16.48], [107.6, 16.48], [107.58, 16.45]]
