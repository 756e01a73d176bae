"""How an object is described for its manifest, from its public view alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from artifacts.models import Maker
from iiif.presentation.sources import Fact, Link, ManifestSource, Picture, Text

INTERFACE = ("en", "vi")
PAGED_TYPES = {"book", "manuscript", "album"}


def describe(view: Mapping[str, Any]) -> ManifestSource | None:
    """The source of an object's manifest; None when it has no picture that the public may know of."""
    pictures = [_picture(use, number) for number, use in enumerate(view["media"], start=1) if use["type"] == "image" and use["width"]]
    if not pictures:
        return None
    return ManifestSource(
        kind="object",
        id=view["id"],
        label=view["title"] or {"und": view["accession_number"]},
        pictures=pictures,
        summary=_summary(view["descriptions"]),
        facts=list(_facts(view)),
        attribution=view["credit_line"] or (view["museum"] or {}).get("label", {}),
        rights=_rights(view["rights"]),
        provider=(view["museum"] or {}).get("label", {}),
        homepages=[
            Link(f"/{lang}/objects/{view['id']}/{view['slug']}/", view["title"] or {"und": view["accession_number"]}, "text/html", lang)
            for lang in INTERFACE
        ],
        behaviors=_behaviors(view, len(pictures)),
        nav_year=(view["date"] or {}).get("earliest"),
    )


def _picture(use: Mapping[str, Any], number: int) -> Picture:
    return Picture(
        id=use["id"],
        asset=use["asset"],
        width=use["width"],
        height=use["height"],
        label=use["label"] or {"und": str(number)},
        caption=use["caption"],
        alt=use["alt"],
        restricted=use["restricted"],
    )


def _summary(descriptions: Sequence[Mapping[str, Any]]) -> Text:
    for kind in ("label", "summary", "significance", "content", "physical"):
        found = next((text["text"] for text in descriptions if text.get("kind") == kind and text["text"]), None)
        if found:
            return found
    return {}


def _rights(rights: Sequence[Mapping[str, Any]]) -> str:
    """The statement on the pictures, else on the work. Licences are identified by their http: URIs (Presentation 3.0, rights)."""
    for subject in ("image", "work"):
        found = next((right["statement"] for right in rights if right.get("applies_to") == subject and right.get("statement")), "")
        if found:
            uri = (
                found.replace("https://", "http://", 1)
                if "//creativecommons.org/" in found or "//rightsstatements.org/" in found
                else found
            )
            return uri.split("/deed.")[0] + "/" if "/deed." in uri else uri
    return ""


def _behaviors(view: Mapping[str, Any], count: int) -> list[str]:
    if count < 2:
        return []
    return ["paged"] if (view["object_type"] or {}).get("code") in PAGED_TYPES else ["individuals"]


def _facts(view: Mapping[str, Any]) -> Iterable[Fact]:
    yield from _fact(_("Number"), [{"und": view["accession_number"]}])
    yield from _fact(_("Object name"), [term["label"] for term in view["object_names"]])
    yield from _fact(
        _("Maker"),
        [view["makers_display"]] if view["makers_display"] else [_maker(maker) for maker in view["makers"] if not maker.get("superseded")],
    )
    yield from _fact(_("Date"), [_date(view["date"])] if view["date"] else [])
    for label, name in ((_("Place"), "place"), (_("Culture"), "culture"), (_("Period"), "period")):
        yield from _fact(label, [event[name]["label"] for event in view["events"] if event.get(name)])
    if view["materials_display"]:
        yield from _fact(_("Material and technique"), [view["materials_display"]])
    else:
        yield from _fact(_("Material"), [use["term"]["label"] for use in view["materials"]])
        yield from _fact(_("Technique"), [use["term"]["label"] for use in view["techniques"]])
    yield from _fact(_("Measurements"), [view["measurements_display"]] if view["measurements_display"] else [])
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


def in_interface_languages(label: Any) -> Text:
    """A label of ours in each language of the interface."""
    found = {}
    for lang in INTERFACE:
        with translation.override(lang):
            found[lang] = str(label)
    return found


_QUALIFIERS = dict(Maker.Qualifier.choices)


def _maker(maker: Mapping[str, Any]) -> Text:
    name = maker["agent"]["label"]
    if not maker.get("qualifier"):
        return name
    found = {}
    for lang in INTERFACE:
        with translation.override(lang):
            found[lang] = f"{_QUALIFIERS[maker['qualifier']]} {name.get(lang) or next(iter(name.values()), '')}"
    return found


def _date(date: Mapping[str, Any]) -> Text:
    if date["display"]:
        return date["display"]
    if date["text"]:
        return {"und": date["text"]}
    return {"und": date["edtf"]} if date["edtf"] else {}
