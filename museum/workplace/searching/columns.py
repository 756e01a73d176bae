"""The columns of the list of objects: those it always could show, and any field of the catalogue; remembered for each person."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from museum.workplace.models import ListColumns
from museum.workplace.objects.showing import picture_of, standing_of, state_of, title_of
from museum.workplace.searching.offered import Offered
from museum.workplace.searching.table import StateColumn, TextColumn, WhenColumn
from search.language import Reader, fields

# Columns that are made from the row itself: name → label
BUILT_IN: dict[str, str | Promise] = {
    "picture": _("Picture"),
    "title": _("Title"),
    "department": _("Department"),
    "state": _("State"),
    "visible": _("Visible"),
    "changed": _("Changed"),
}
DEFAULT = list(BUILT_IN)
MOST = 20
SORTED = {"maker": "maker", "date": "date", "created": "added", "title": "title"}


class FieldColumn(TextColumn):
    """A field of the catalogue; its texts are fetched for a page at a time."""

    def __init__(self, name: str, label: Any) -> None:
        super().__init__(f"field_{name}", label=label, sort_key=SORTED.get(name))
        self.field = name

    def get_value(self, instance: Any) -> str:
        text = instance.cells.get(self.field, "") if hasattr(instance, "cells") else ""
        return text if len(text) <= 160 else text[:157] + "…"


def names_of(user: Any, reader: Reader) -> list[str]:
    """The names of the columns that this person has chosen, without those that may no longer be read."""
    kept = ListColumns.objects.filter(user=user).values_list("names", flat=True).first()
    return allowed(kept, reader) or list(DEFAULT)


def allowed(names: Any, reader: Reader) -> list[str]:
    """Those of the names that are columns for this reader, each once."""
    found = [name for name in names or () if isinstance(name, str) and (name in BUILT_IN or _readable(name, reader))]
    return list(dict.fromkeys(found))[:MOST]


def _readable(name: str, reader: Reader) -> bool:
    one = fields.find(name, reader)
    return one is not None and one.name == name


def choices_of(offer: Offered, names: list[str]) -> dict[str, Any]:
    """What the form of the columns offers, as (name, label): those of the list, those of interest to many; and a select's choices of all others."""
    built_in = {name: str(label) for name, label in BUILT_IN.items()}
    near = [*BUILT_IN, *(name for name in offer.main if name not in BUILT_IN)]
    return {
        "columns_shown": [(name, built_in.get(name) or offer.labels[name]) for name in names],
        "columns_near": [(name, built_in.get(name) or offer.labels[name]) for name in near if name not in names],
        "columns_other": SafeString(
            "".join(option for name, option in offer.options.items() if name not in names and name not in built_in)
        ),
    }


def columns(names: list[str], reader: Reader) -> list[Column]:
    """The columns of the table after the number."""
    made: list[Column] = []
    for name in names:
        if name in BUILT_IN:
            made.append(_built_in(name))
        elif one := fields.find(name, reader):
            made.append(FieldColumn(name, capfirst(str(one.label))))
    return made


def _built_in(name: str) -> Column:
    match name:
        case "picture":
            return TextColumn("picture", label=BUILT_IN[name], accessor=picture_of, width="5rem")
        case "title":
            return TextColumn("object_title", label=BUILT_IN[name], accessor=title_of, sort_key="title")
        case "department":
            return TextColumn("department", label=BUILT_IN[name])
        case "state":
            return StateColumn("state", label=BUILT_IN[name], accessor=state_of, primary=lambda artifact: artifact.live)
        case "visible":
            return TextColumn("standing", label=BUILT_IN[name], accessor=standing_of)
    return WhenColumn("changed", label=BUILT_IN[name], sort_key="changed", width="12%")
