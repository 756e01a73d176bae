"""Looking at an object without editing it: every field that the reader's role may read, repeatable facts included."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.formats import localize
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from modelcluster.models import get_all_child_relations
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import InspectView

from records import languages
from records.fields import LanguageMapField
from records.publication import readable_fields
from vocabularies.roles import audience_of


class ObjectInspect(InspectView):
    """The record as a table: the row first, then each repeatable fact."""

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        return [
            *super().header_more_buttons,
            Button(_("Pictures"), url=reverse("workplace:pictures", args=[self.object.pk]), icon_name="image", priority=30),
        ]

    def get_fields_context(self) -> list[dict[str, Any]]:
        audience = audience_of(self.request.user)
        latest = self.object.get_latest_revision_as_object()
        shown = _facts(latest, readable_fields(latest._meta.label, audience))
        for relation in get_all_child_relations(type(latest)):
            readable = readable_fields(relation.related_model._meta.label, audience)
            rows = [_facts(row, readable) for row in getattr(latest, relation.get_accessor_name()).all()]
            if rows:
                shown.append(_line(relation.related_model._meta.verbose_name_plural, _list(rows)))
        return shown


def _facts(record: models.Model, readable: frozenset[str]) -> list[dict[str, Any]]:
    """Filled fields of one row, with their labels."""
    found = []
    for field in record._meta.concrete_fields:
        value = getattr(record, field.attname)
        is_usual = field.choices and value == field.get_default()
        if field.name in readable and not is_usual and value not in (None, "", {}, [], False):
            found.append(_line(field.verbose_name, _shown(record, field)))
    return found


def _line(label: Any, value: Any) -> dict[str, Any]:
    return {"label": capfirst(str(label)), "value": value, "component": None}


def _shown(record: models.Model, field: Any) -> Any:
    value = getattr(record, field.name)
    if isinstance(field, LanguageMapField):
        texts = languages.plain(value)
        return format_html_join(" ", '<span lang="{0}">{1} <code>{0}</code></span>', texts.items())
    if field.choices:
        return getattr(record, f"get_{field.name}_display")()
    return localize(value)


def _list(rows: list[list[dict[str, Any]]]) -> Any:
    items = format_html_join(
        "", "<li>{}</li>", ((format_html_join(" · ", "{}: {}", ((fact["label"], fact["value"]) for fact in row)),) for row in rows)
    )
    return format_html("<ul>{}</ul>", items)
