"""What a manifest tells of an object: pairs of label and value from its public view (Presentation 3.0, 3.1 metadata)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from artifacts.models import Maker
from iiif.presentation.sources import Fact, Text
from iiif.presentation.texts import in_interface_languages, interface_languages
from records.measurements import Measurement, for_reader, of_row
from records.models import Assertion


def facts(view: Mapping[str, Any]) -> Iterable[Fact]:
    """The facts of an object, in the order of its page; those that are not known are left out."""
    yield from _fact(_("Number"), [{"und": view["accession_number"]}])
    yield from _fact(_("Object name"), [term["label"] for term in view["object_names"]])
    yield from _fact(
        _("Maker"),
        [view["makers_display"]] if view["makers_display"] else [_maker(maker) for maker in view["makers"] if not maker.get("superseded")],
    )
    yield from _fact(pgettext_lazy("of an object", "Date"), [_date(view["date"])] if view["date"] else [])
    for label, name in ((_("Place"), "place"), (_("Culture"), "culture"), (_("Period"), "period")):
        yield from _fact(label, [event[name]["label"] for event in view["events"] if event.get(name)])
    if view["materials_display"]:
        yield from _fact(_("Material and technique"), [view["materials_display"]])
    else:
        yield from _fact(_("Material"), [use["term"]["label"] for use in view["materials"]])
        yield from _fact(_("Technique"), [use["term"]["label"] for use in view["techniques"]])
    yield from _fact(_("Measurements"), [view["measurements_display"]] if view["measurements_display"] else _sizes(view))
    yield from _fact(
        _("Subject"), [(row.get("term") or row.get("agent") or row.get("place") or {}).get("label", {}) for row in view["subjects"]]
    )
    yield from _fact(
        _("Inscription"), [{row.get("language") or "und": row["original"]} for row in view["inscriptions"] if row.get("original")]
    )
    yield from _fact(_("Department"), [view["department"]["label"]] if view["department"] else [])
    yield from _fact(_("Credit line"), [view["credit_line"]])


def _fact(label: Any, values: Sequence[Text]) -> Iterable[Fact]:
    unique = list({tuple(sorted(value.items())): value for value in values if value}.values())
    if unique:
        yield Fact(in_interface_languages(label), unique)


_QUALIFIERS = dict(Maker.Qualifier.choices)


def _maker(maker: Mapping[str, Any]) -> Text:
    name = maker["agent"]["label"]
    if not maker.get("qualifier"):
        return name
    found = {}
    for lang in interface_languages():
        with translation.override(lang):
            found[lang] = f"{_QUALIFIERS[maker['qualifier']]} {name.get(lang) or next(iter(name.values()), '')}"
    return found


def _sizes(view: Mapping[str, Any]) -> list[Text]:
    """What was measured of each part, in each language of the interface."""
    parts: dict[str, list[Measurement]] = {}
    for row in view["measurements"]:
        if not row.get("superseded") and row.get("certainty") != Assertion.Certainty.REJECTED:
            one = of_row(row)
            parts.setdefault(one.part, []).append(one)
    return [{lang: _size(part, measured, lang) for lang in interface_languages()} for part, measured in parts.items()]


def _size(part: str, measured: Sequence[Measurement], lang: str) -> str:
    text = "; ".join(for_reader(one, lang) for one in measured)
    return f"{part}: {text}" if part else text


def _date(date: Mapping[str, Any]) -> Text:
    if date["display"]:
        return date["display"]
    if date["text"]:
        return {"und": date["text"]}
    return {"und": date["edtf"]} if date["edtf"] else {}
