"""Our own layout of a table: every field of an object as a column, child rows numbered. What export writes, import reads.

``field``, ``field@vi`` (a text in Vietnamese), ``relation.2.field`` (of the second row), ``relation.2.field.id`` (the public id of
what it refers to, which wins over its name), ``relation.2.term.vocabulary``, ``field@en.state`` and ``field@en.of`` (of a translation).
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext

from artifacts.models import Artifact
from exchange.plans import content_fields, relations
from records import languages
from records.fields import LanguageMapField

# the object's own columns that a table holds, in this order
OWN = (
    "public_id", "updated_at", "published", "museum", "department", "accession_number", "record_level", "object_type", "object_count", "status", "part_of",
    "part_order", "sort_title", "makers_display", "materials_display", "measurements_display", "style", "shape", "colour", "edition",
    "distinguishing_features", "sensitivity", "care_warning", "access_limit", "credit_line", "owner", "custodian", "acquisition_method", "acquired_text",
    "acquired_year", "acquisition_summary", "gallery", "staff_notes", "source", "source_id", "recorder", "data_licence", "embargo_until", "extra",
)  # fmt: skip
# always there, so that a table can be filled in by hand
ESSENTIAL = ("public_id", "updated_at", "published", "museum", "department", "accession_number", "titles.1.text", "titles.1.language")
ALIASES = {
    "number": "accession_number",
    "title": "titles.1.text",
    "date": "events.1.date_text",
    "maker": "makers.1.agent",
    "medium": "materials_display",
    "dimensions": "measurements_display",
    "description": "descriptions.1.text",
}
LARGEST = 2**31 - 1  # what every database keeps as a whole number
SET_BY_PUBLISHING = ("public_id", "updated_at", "published")
_NAME = re.compile(
    r"(?:(?P<relation>[a-z_]+)\.(?P<number>[1-9]\d{0,3})\.)?(?P<field>[a-z_]+)(?:@(?P<language>[A-Za-z0-9-]+))?(?:\.(?P<part>id|vocabulary|state|of))?$"
)
_YES = frozenset({"yes", "true", "1", "y", "có", "x"})
_NO = frozenset({"no", "false", "0", "n", "không", ""})
# Where a spreadsheet begins a cell: at the beginning of ours, and, if its lists are parted by semicolons (Vietnam, most of Europe), behind
# each of these and at each line's beginning, whatever quotation marks say.
_BEGINNING = r"(?:^(?='*[\t\r])|(?:^|[;\t\r\n][ \u00a0]*)(?='*[=+\-@＝＋－＠]))"
_UNGUARDED = re.compile(_BEGINNING)
_UNGUARDED_SIGN = re.compile(r"(;[ \u00a0]*)([=+\-@＝＋－＠])")
_GUARDED = re.compile(rf"({_BEGINNING})'")


@dataclass(frozen=True)
class Column:
    """One column of a table. ``relation`` is empty for the object's own; ``number`` counts rows from 1."""

    name: str
    field: str
    relation: str = ""
    number: int = 0
    language: str = ""
    part: str = ""

    @property
    def model_field(self) -> models.Field:
        """The column of the database that it stands for."""
        return field_of(self.relation, self.field)


@cache
def field_of(relation: str, name: str) -> models.Field:
    """A field of the object or of one of its relations. Raises KeyError."""
    found: dict[str, Any]
    if relation:
        found = {field.name: field for field in content_fields(relations()[relation])}
    else:
        found = {field.name: field for field in Artifact._meta.concrete_fields if field.name in OWN}
    return found[name]


def column_named(name: str) -> Column | None:
    """The column that a header means, None when it means nothing here."""
    bare, at, rest = name.strip().partition("@")
    full = ALIASES.get(bare, bare) + at + rest
    match = _NAME.match(full)
    if match is None:
        return None
    relation, field, part = match["relation"] or "", match["field"], match["part"] or ""
    if not relation and field == "published":
        return Column(name, field)
    try:
        found = field_of(relation, field)
        language = languages.canonical(match["language"]) if match["language"] else ""
    except (KeyError, ValueError):
        return None
    if isinstance(found, LanguageMapField) != bool(language) and not isinstance(found, LanguageMapField):
        return None
    return Column(name, field, relation, int(match["number"] or 0), language, part)


def guarded(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one apostrophe wherever it may begin a cell, which ``unguarded`` takes away."""
    return _UNGUARDED.sub(lambda match: f"{match[0]}'", text)


def unguarded(text: str) -> str:
    """What ``guarded`` was given."""
    return _GUARDED.sub(lambda match: match[1], text) if "'" in text else text


def written(field: models.Field, value: Any) -> str:
    """A plain value as a cell."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    if isinstance(field, models.JSONField):
        return _UNGUARDED_SIGN.sub(_escaped, json.dumps(value, ensure_ascii=False, sort_keys=True)) if value else ""
    return guarded(value) if isinstance(value, str) else str(value)


def _escaped(match: re.Match[str]) -> str:
    return f"{match[1]}\\u{ord(match[2]):04x}"


class Unreadable(ValueError):
    """A cell that cannot be what its column holds: ``code`` and ``facts`` of the problem."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def read(field: models.Field, text: str) -> Any:
    """A cell as the plain value that its column holds; empty is the column's default. Raises Unreadable."""
    if text == "":
        return field.get_default()
    for kind, reader in _READERS:
        if isinstance(field, kind):
            return _possible(field, reader(text))
    text = unguarded(text)
    if field.choices:
        return _chosen(field, text)
    return _address(field, text) if isinstance(field, models.URLField) else text


def _address(field: models.URLField, text: str) -> str:
    """What the form would take as an address: others, such as ``javascript:``, would be links on public pages."""
    try:
        for check in field.default_validators:
            check(text)
    except ValidationError:
        raise Unreadable("not_an_address") from None
    return text


def _possible(field: models.Field, value: Any) -> Any:
    """A number that its column can hold; what a database would cut, refuse or choke on is told before."""
    if isinstance(value, Decimal) and not value.is_finite():
        raise Unreadable("not_understood", kind="a number", example="12.5")
    if not isinstance(field, models.DecimalField | models.IntegerField):
        return value
    if isinstance(field, models.IntegerField) and abs(value) > LARGEST:
        raise Unreadable("not_possible", why=gettext("it is larger than %(largest)s.") % {"largest": f"{LARGEST:,}"})
    try:
        field.run_validators(value)
    except ValidationError as error:
        raise Unreadable("not_possible", why=" ".join(error.messages)) from None
    return value


def _chosen(field: models.Field, text: str) -> str:
    sought = text.casefold()
    values = [str(value) for value, _ in field.flatchoices if value]
    for value in values:
        if value.casefold() == sought:
            return value
    for value, label in field.flatchoices:  # labels are translated, which takes its time
        if value and str(label).casefold() == sought:
            return str(value)
    raise Unreadable("unknown_choice", choices=", ".join(values))


def _boolean(text: str) -> bool:
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise Unreadable("not_understood", kind="yes or no", example="yes or no")


def _number(make: Callable[[str], Any], example: str) -> Callable[[str], Any]:
    def reader(text: str) -> Any:
        try:
            return make(text)
        except (ValueError, InvalidOperation):
            raise Unreadable("not_understood", kind="a number", example=example) from None

    return reader


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Unreadable("not_understood", kind="a day", example="2026-11-24") from None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise Unreadable("not_understood", kind="JSON", example='{"label": "value"}') from None


_READERS: tuple[tuple[type[models.Field], Callable[[str], Any]], ...] = (
    (models.BooleanField, _boolean),
    (models.DecimalField, _number(Decimal, "12.5")),
    (models.IntegerField, _number(int, "12")),
    (models.DateField, _date),
    (models.JSONField, _json),
)
