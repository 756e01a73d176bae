"""schema.org descriptions of what the pages show (VisualArtwork, ExhibitionEvent, Person, BreadcrumbList)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from exhibits import addresses, cards, pictures, rights, words
from exhibits.cards import holds
from exhibits.facts import measurement

View = Mapping[str, Any]


def of_object(view: View) -> dict[str, Any]:
    """An object as schema.org VisualArtwork, in the page's language with all its titles."""
    title = words.said(view["title"], cards.untitled(view["accession_number"]))
    use = view.get("primary")
    picture = pictures.of_use(use, title) if use else None
    licence = rights.of_pictures(view["rights"])
    date = view.get("date") or {}
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "VisualArtwork",
            "@id": addresses.absolute(view["uri"]),
            "url": addresses.absolute(addresses.page(view)),
            "name": title.text,
            "alternateName": sorted(
                {one["text"] for one in view["titles"] if one.get("text") and one["text"] != title.text and holds(one)}
            ),
            "identifier": view["accession_number"],
            "dateCreated": _iso_years(date),
            "temporalCoverage": words.date(date).text,
            "creator": [
                _filled({"@type": "Person", "name": words.said(maker["agent"]["label"]).text, "sameAs": _same(maker["agent"])})
                for maker in view["makers"]
                if holds(maker) and not maker.get("qualifier")
            ],
            "artform": [words.said(term["label"]).text for term in view["object_names"]],
            "artMedium": words.said(view.get("materials_display")).text
            or [words.said(row["term"]["label"]).text for row in view["materials"] if holds(row)],
            "size": words.said(view.get("measurements_display")).text
            or "; ".join(measurement(row) for row in view["measurements"] if holds(row)),
            "image": addresses.absolute(picture.url(1600)) if picture else "",
            "license": licence.uri,
            "creditText": words.said(view.get("credit_line")).text,
            "isPartOf": {"@id": addresses.absolute(f"/o/{view['part_of']['id']}")} if view.get("part_of") else "",
            "maintainer": _filled({"@type": "Museum", "name": words.said(view["museum"]["label"]).text}) if view.get("museum") else "",
            "inLanguage": words.reader(),
            "dateModified": view["updated_at"].date().isoformat() if view.get("updated_at") else "",
        }
    )


def of_exhibition(facts: View) -> dict[str, Any]:
    """An exhibition as schema.org ExhibitionEvent; ``facts``: title, summary, url, picture, opens_on, closes_on, venue, museum."""
    return _filled(
        {
            "@context": "https://schema.org",
            "@type": "ExhibitionEvent",
            "name": facts["title"],
            "description": facts["summary"],
            "url": addresses.absolute(facts["url"]),
            "image": addresses.absolute(facts["picture"].url(1600)) if facts.get("picture") else "",
            "startDate": facts["opens_on"].isoformat() if facts.get("opens_on") else "",
            "endDate": facts["closes_on"].isoformat() if facts.get("closes_on") else "",
            "location": {"@type": "Place", "name": facts["venue"]} if facts.get("venue") else "",
            "inLanguage": words.reader(),
        }
    )


def breadcrumbs(steps: list[tuple[str, str]]) -> dict[str, Any]:
    """(name, path) of each step as schema.org BreadcrumbList."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": addresses.absolute(path)}
            for place, (name, path) in enumerate(steps, start=1)
        ],
    }


def _iso_years(date: View) -> str:
    """ISO 8601 years, with a sign and four digits where they are before year 1."""
    first, last = date.get("earliest"), date.get("latest")
    if first is None or last is None:
        return ""
    return _iso(first) if first == last else f"{_iso(first)}/{_iso(last)}"


def _iso(year: int) -> str:
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


def _same(ref: View) -> list[str]:
    return [link["uri"] for link in ref.get("links", []) if link.get("match") == "exact"]


def _filled(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value not in ("", None, [], {})}
