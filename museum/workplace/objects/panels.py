"""What forms of the workplace are made of: fields beside each other, repeatable rows, groups, and tabs chosen by the object's type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from museum.workplace.compact import DrawsMissingFields, Fields, KnowsFields, Rows
from museum.workplace.furniture import framed, wrapped
from museum.workplace.objects.forms import RowForm

# Repeatable facts come in sets of about thirty at most; what has no bound has a page of its own.
MOST_ROWS = 30

ASSERTION = ("certainty", "perspective", "visibility", "superseded", "source_note", "asserted_by", "asserted_on")
DATE_DETAILS = (
    "date_earliest",
    "date_latest",
    "date_circa",
    "date_uncertain",
    "date_calendar",
    "date_era",
    "date_era_year",
    "date_edtf",
    "date_display",
)


def row(*fields: str | Panel) -> Fields:
    """Fields beside each other."""
    return Fields(fields)


def assertion() -> Fields:
    """Who says so, since when, how sure."""
    return Fields(ASSERTION, heading=_("Who says so, how sure"), folded=True)


def date_details() -> Fields:
    """The years as understood, which the cataloguer may correct."""
    return Fields(DATE_DETAILS, heading=_("Years and calendar"), folded=True)


def rows(relation: str, heading: Any, label: Any, panels: Sequence[Panel | str]) -> Rows:
    """A repeatable fact of an object or a vocabulary record."""
    return Rows(
        relation,
        panels=_fields(panels),
        heading=heading,
        label=label,
        max_num=MOST_ROWS,
        row_form=RowForm,
    )


def _fields(panels: Sequence[Panel | str]) -> list[Panel]:
    """Names that stand beside each other in the list are drawn together."""
    found: list[Panel] = []
    names: list[str | Panel] = []
    for panel in [*panels, None]:
        if isinstance(panel, str | FieldPanel):
            names.append(panel)
            continue
        if names:
            found.append(Fields(names))
            names = []
        if panel is not None:
            found.append(panel)
    return found


class Coded:
    """A panel with a code that object types may name."""

    def __init__(self, *args: Any, code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "code": self.code}  # type: ignore[misc]


class Group(Coded, MultiFieldPanel):
    """A collapsible panel."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            return mark_safe("".join(wrapped(child) for child in self.visible_children))  # noqa: S308


def group(code: str, heading: Any, *children: Panel | str, folded: bool = False) -> Group:
    """A collapsible panel with a code that object types refer to."""
    return Group(
        _fields(children),
        heading=heading,
        classname="collapsed" if folded else "",
        code=code,
    )


class Section(Coded, ObjectList):
    """One tab of the form."""

    class BoundPanel(ObjectList.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            panels = "".join(framed(child, self.prefix, identifier) for child, identifier in self.visible_children_with_identifiers)
            return mark_safe(f'<div class="w-form-width">{panels}</div>')  # noqa: S308


class ObjectForm(KnowsFields, TabbedInterface):
    """The tabs, in the order that the object's type asks for. Those it does not name follow behind, so that nothing is out of reach."""

    class BoundPanel(DrawsMissingFields, TabbedInterface.BoundPanel):
        @cached_property
        def children(self) -> list[Panel.BoundPanel]:
            bound = super().children
            wanted = list(getattr(getattr(self.instance, "object_type", None), "panels", None) or [])
            if not wanted:
                return bound
            place = {code: position for position, code in enumerate(wanted)}
            return sorted(bound, key=lambda child: place.get(child.panel.code, len(wanted)))

        @cached_property
        def visible_children_with_identifiers(self) -> list[tuple[Panel.BoundPanel, str]]:
            return [(child, child.panel.code) for child in self.children if child.is_shown()]


def section(code: str, heading: Any, *groups: Panel) -> Section:
    """A tab."""
    return Section(list(groups), heading=heading, code=code)
