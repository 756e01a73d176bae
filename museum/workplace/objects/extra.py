"""Additional fields of an object type: one input each, stored together in ``Artifact.extra``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from records.models import in_current_language

Schema = Sequence[Mapping[str, Any]]


class ExtraFieldsWidget(forms.Widget):
    """Inputs by the type's schema (``ObjectType.extra_schema``)."""

    def __init__(self, schema: Schema, attrs: dict | None = None) -> None:
        super().__init__(attrs)
        self.schema = schema

    def id_for_label(self, id_: str) -> str:
        return ""

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        held = value if isinstance(value, dict) else {}
        base = (attrs or {}).get("id", name)
        inputs = format_html_join("", "{}", ((_input(field, name, base, held.get(field["name"], "")),) for field in self.schema))
        return format_html('<div class="fields" role="group" aria-labelledby="{}-label">{}</div>', base, inputs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        typed = {field["name"]: data.get(f"{name}__{field['name']}", "").strip() for field in self.schema}
        return {key: value for key, value in typed.items() if value}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}__{field['name']}" in data for field in self.schema)


def _input(field: Mapping[str, Any], name: str, base: str, value: Any) -> SafeString:
    field_id, field_name = f"{base}__{field['name']}", f"{name}__{field['name']}"
    label = format_html('<label class="w-field__label" for="{}">{}</label>', field_id, label_of(field))
    if field["type"] == "choice":
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((choice, mark_safe(" selected") if str(choice) == str(value) else "", choice) for choice in ["", *field.get("choices", [])]),
        )
        control = format_html('<select name="{}" id="{}">{}</select>', field_name, field_id, options)
    else:
        mode = mark_safe(' inputmode="decimal"') if field["type"] == "number" else ""
        control = format_html('<input type="text" name="{}" id="{}" value="{}"{}>', field_name, field_id, value, mode)
    return format_html('<div class="field w-field">{}{}</div>', label, control)


def label_of(field: Mapping[str, Any]) -> str:
    """The field's label: a plain word or a language map."""
    label = field.get("label") or field["name"]
    return in_current_language(label, field["name"]) if isinstance(label, dict) else str(label)


class ExtraFieldsField(forms.Field):
    """The values, checked by the schema. What an earlier type of the object left is kept."""

    def __init__(self, schema: Schema, before: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(widget=ExtraFieldsWidget(schema), required=False, **kwargs)
        self.schema, self.before = schema, before

    def clean(self, value: Any) -> dict[str, Any]:
        names = {field["name"] for field in self.schema}
        found = {key: kept for key, kept in self.before.items() if key not in names}
        for field in self.schema:
            typed = (value or {}).get(field["name"], "")
            if typed:
                found[field["name"]] = _checked(field, typed)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or {}) != {**self.before, **(data or {})}


def _checked(field: Mapping[str, Any], typed: str) -> Any:
    if field["type"] == "choice" and typed not in [str(choice) for choice in field.get("choices", [])]:
        raise ValidationError(_("%(field)s: choose one of the list.") % {"field": label_of(field)})
    if field["type"] != "number":
        return typed
    try:
        number = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or len(typed) > 30:
        raise ValidationError(_("%(field)s: “%(value)s” is not a number.") % {"field": label_of(field), "value": typed})
    return int(number) if number == number.to_integral_value() else float(number)
