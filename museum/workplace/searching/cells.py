"""What stands in a column of the list, the export and the preview of a change: any field that this person may read, as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records import languages, projection
from records.projection import RecordData, View
from search.builders import object_work
from search.builders.object_columns import told
from search.builders.objects import as_drafted
from search.language import Reader, fields
from search.language.fields import Field, Kind
from vocabularies.roles import audience_of

JOINT = "; "
WORK = {
    "created",
    "changed",
    "created_by",
    "changed_by",
    "locked_by",
    "reviewer",
    "state",
    "pictures",
    "date",
    "exhibition",
    "languages",
    "stale",
}


def offered(reader: Reader) -> list[Field]:
    """Fields that may be a column."""
    return fields.readable(reader)


def chosen(names: Sequence[str], reader: Reader) -> list[Field]:
    """The fields of these names; those that this reader has none of are left out."""
    return [one for name in names if (one := fields.find(name, reader))]


def cells(pks: Sequence[int], columns: Sequence[Field], user: Any, *, plain: bool = False) -> dict[int, dict[str, str]]:
    """Key → field name → text, for a batch of objects, as their newest drafts have them. ``plain``: dates and numbers for machines."""
    loaded = as_drafted(list(projection.kind("object").load(list(pks))))
    audience = audience_of(user)
    views = list(projection.with_contributions(loaded, audience))
    work = object_work.works(pks)
    found: dict[int, dict[str, str]] = {}
    for data, view in zip(loaded, views, strict=True):
        if data.pk is None:
            continue
        said = _said(projection.filtered(data, audience), plain)
        said |= _worked(data, view, work.get(data.pk) or object_work.Work(), plain)
        found[data.pk] = {one.name: JOINT.join(_of(one, said)) for one in columns}
    return found


def _of(one: Field, said: Mapping[str, list[str]]) -> list[str]:
    if one.kind is Kind.EXTENT:
        return list(dict.fromkeys(said.get(f"measured.{one.name}", ())))
    if one.kind is Kind.YEARS and not one.own_years:
        names = [f"{column.removesuffix('.years')}.date_text" for column in one.columns]
    else:
        names = list(one.columns)
    return list(dict.fromkeys(text for name in names for text in said.get(name, ()) if text))


def _said(data: RecordData, plain: bool) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for column, facts, value in told(data):
        found[column] += _texts(facts.kind, facts.source, value, plain)
    for row in data.children.get("measurements", ()):
        if not row.get("superseded") and row.get("value") is not None:
            upper = f"–{_number(row['upper_value'])}" if row.get("upper_value") is not None else ""
            found[f"measured.{row['kind']}"].append(f"{_number(row['value'])}{upper} {row['unit']}")
    return found


def _texts(kind: Kind, source: Any, value: Any, plain: bool) -> list[str]:
    match kind:
        case Kind.REFERENCE:
            return [_label(value)] if isinstance(value, Mapping) else []
        case Kind.FLAG:
            return [_("yes") if value else _("no")]
        case Kind.CODE:
            return [str(dict(source.flatchoices).get(value, value))]
        case Kind.NUMBER:
            return [_number(value)]
        case Kind.DAY:
            return [_day(value, plain)]
    if isinstance(value, Mapping):
        return _of_map(value)
    return [str(value)]


def _of_map(value: Mapping[str, Any]) -> list[str]:
    if all(isinstance(entry, Mapping) and "text" in entry for entry in value.values()):
        return [f"{text} [{tag}]" if len(value) > 1 else text for tag, text in languages.plain(value).items()]
    return [f"{key}: {entry}" for key, entry in value.items()]


def _label(ref: Mapping[str, Any]) -> str:
    if ref.get("kind") == "asset":
        return str(ref["id"])
    label = languages.pick(ref.get("label") or {}, [get_language() or "en"])[1]
    return " ".join(filter(None, (ref.get("number"), label))) or str(ref.get("code") or ref["id"])


def _number(value: Any) -> str:
    text = f"{value:f}" if hasattr(value, "as_tuple") else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(value: Any, plain: bool) -> str:
    day = timezone.localdate(value) if isinstance(value, datetime) and timezone.is_aware(value) else value
    return day.isoformat() if plain else formats.date_format(day, "SHORT_DATE_FORMAT")


def _worked(data: RecordData, view: View, work: object_work.Work, plain: bool) -> dict[str, list[str]]:
    """The columns that no field of the record holds."""
    stated = [str(object_work.STATES[name]) for name in object_work.states(data, view, work)]
    day = view["date"]
    found = {
        "state": stated,
        "pictures": [str(len(view["media"]))],
        "date": [day["text"] or _span(day)] if day else [],
        "exhibition": [_label(ref) for ref in view.get("exhibitions", ())],
        "reviewer": sorted(work.reviewers),
        "languages": sorted({title.get("language") or "" for title in view["titles"]} - {""}),
    }
    for name in ("created", "changed"):
        moment: date | None = getattr(work, name)
        found[name] = [_day(moment, plain)] if moment else []
    for name in ("created_by", "changed_by", "locked_by"):
        person = getattr(work, name)
        found[name] = [person[1][0]] if person else []
    return found


def _span(day: Mapping[str, Any]) -> str:
    return f"{day['earliest']}–{day['latest']}" if day["earliest"] != day["latest"] else str(day["earliest"])
