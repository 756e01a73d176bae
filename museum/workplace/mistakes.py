"""What keeps a form from being saved, in the order in which it is drawn, each with the way to its field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField
from django.forms.formsets import ORDERING_FIELD_NAME
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, InlinePanel, PublishingPanel, TabbedInterface

from museum.workplace.compact import Fields


@dataclass(frozen=True, slots=True)
class Mistake:
    """``place``: where it is, in words; ``target``: id of the element that the link leads to, empty when it is nowhere in particular."""

    place: str
    message: str
    target: str = ""


def mistakes(form: Any, panel: Any = None) -> list[Mistake]:
    """All of them. ``panel``: the bound panel that draws the form; without one the form's own order counts."""
    found = [Mistake("", str(error)) for error in form.non_field_errors()]
    if panel is None:
        return found + [mistake for bound in form for mistake in _of_field(bound, ())]
    drawn: set[str] = set()
    found += _of_panel(panel, (), drawn)
    rest = (bound for bound in form if bound.name not in drawn)
    return found + [mistake for bound in rest for mistake in _of_field(bound, ())]


def _of_panel(panel: Any, trail: tuple[str, ...], drawn: set[str]) -> Iterator[Mistake]:
    if isinstance(panel, InlinePanel.BoundPanel):
        yield from _of_rows(panel, trail)
    elif isinstance(panel, Fields.BoundPanel):
        for bound, child in panel.shown():
            drawn.add(bound.name)
            yield from _of_field(bound, trail, child.heading)
    elif isinstance(panel, FieldPanel.BoundPanel):
        if panel.bound_field is not None:
            drawn.add(panel.field_name)
            yield from _of_field(panel.bound_field, trail, panel.heading)
    else:
        tabs = isinstance(panel, TabbedInterface.BoundPanel)
        if isinstance(panel, PublishingPanel.BoundPanel):
            trail = (_("Schedule"),)  # it has a window of its own
        for child in getattr(panel, "children", ()):
            yield from _of_panel(child, (*trail, str(child.heading)) if tabs else trail, drawn)


def _of_rows(panel: Any, trail: tuple[str, ...]) -> Iterator[Mistake]:
    formset = panel.formset
    relation = panel.panel.relation_name
    add = f"id_{formset.prefix}-ADD"
    asked = getattr(panel.form, "asked_rows", {}).get(relation)
    for message in [*formset.non_form_errors(), *([asked] if asked else [])]:
        yield Mistake(_place(*trail, panel.heading), str(message), add)
    kept = [child for child in panel.children if not formset._should_delete_form(child.form)]
    for number, child in enumerate(kept, 1):
        yield from _of_row(child.form, (*trail, f"{capfirst(panel.label or panel.heading)} {number}"))


def _of_row(form: Any, trail: tuple[str, ...]) -> Iterator[Mistake]:
    for error in form.non_field_errors():
        yield Mistake(_place(*trail), str(error), f"inline_child_{form.prefix}-heading")
    for bound in form:
        if bound.name != ORDERING_FIELD_NAME and bound.errors:
            yield from _of_field(bound, trail)


def _of_field(bound: BoundField, trail: tuple[str, ...], label: Any = "") -> Iterator[Mistake]:
    for error in bound.errors:
        yield Mistake(_place(*trail, label or bound.label), str(error), "" if bound.is_hidden else bound.auto_id)


def _place(*names: Any) -> str:
    return " › ".join(str(capfirst(name)) for name in names if name)
