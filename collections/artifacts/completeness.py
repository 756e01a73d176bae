"""How complete a record is: a pure function over its staff view. A record can be published with the inventory minimum; the rest is shown, not forced.

Measured against Spectrum 5.1 (the inventory minimum and the primary units of information), LIDO 1.1 (its mandatory elements),
alternative text (WCAG 2.2, 1.1.1), languages, and rights.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SPECTRUM, LIDO, PICTURES, LANGUAGES, RIGHTS = "spectrum", "lido", "pictures", "languages", "rights"
GROUPS: dict[str, str | Promise] = {
    SPECTRUM: _("Spectrum core"),
    LIDO: _("LIDO mandatory"),
    PICTURES: _("Pictures and alternative text"),
    LANGUAGES: _("Languages"),
    RIGHTS: _("Rights"),
}
View = Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """One thing that a complete record has. ``section`` is the tab of the object form on which it is filled."""

    code: str
    group: str
    label: str | Promise
    section: str
    met: bool


@dataclass(frozen=True)
class Completeness:
    """All checks of a record, and their share that is met, in per cent."""

    checks: tuple[Check, ...]

    @property
    def score(self) -> int:
        return round(100 * sum(check.met for check in self.checks) / len(self.checks)) if self.checks else 0

    @property
    def missing(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if not check.met)

    def by_group(self) -> dict[str, tuple[Check, ...]]:
        """Checks by the standard that they come from."""
        return {group: tuple(check for check in self.checks if check.group == group) for group in GROUPS}


def completeness(view: View, languages: tuple[str, ...] = ("vi", "en")) -> Completeness:
    """What ``view`` (the staff's view of an object) has of what a complete record has. ``languages``: those the museum publishes in."""
    checks = [Check(code, group, label, section, bool(met(view))) for code, group, label, section, met in _RULES if _concerns(code, view)]
    for language in languages:
        checks.append(Check(f"title-{language}", LANGUAGES, _title_in(language), "identity", bool(view["title"].get(language))))
        described = any(text["text"].get(language) for text in view["descriptions"])
        checks.append(Check(f"description-{language}", LANGUAGES, _description_in(language), "texts", described))
    return Completeness(tuple(checks))


def _title_in(language: str) -> str | Promise:
    from django.utils.text import format_lazy

    return format_lazy("{} ({})", _("Title"), language)


def _description_in(language: str) -> str | Promise:
    from django.utils.text import format_lazy

    return format_lazy("{} ({})", _("Description"), language)


def _concerns(code: str, view: View) -> bool:
    """Alternative texts are asked for only where there are pictures."""
    return code != "alt" or any(use["type"] == "image" for use in view["media"])


def _stated(right: Mapping[str, Any], what: str) -> bool:
    return right.get("applies_to") == what and bool(right.get("statement"))


_Rule = tuple[str, str, str | Promise, str, Callable[[View], Any]]
_RULES: tuple[_Rule, ...] = (
    ("number", SPECTRUM, _("Accession number"), "identity", lambda view: view["accession_number"]),
    ("name", SPECTRUM, _("Object name"), "identity", lambda view: view["object_names"]),
    ("title", SPECTRUM, _("Title or short description"), "identity", lambda view: view["title"] or view["descriptions"]),
    ("date", SPECTRUM, _("Date of production"), "making", lambda view: view["date"]),
    ("maker", SPECTRUM, _("Maker or culture"), "making", lambda view: view["makers"] or view["makers_display"] or _culture(view)),
    ("place", SPECTRUM, _("Place of production"), "making", lambda view: _produced(view, "place")),
    ("material", SPECTRUM, _("Material"), "physical", lambda view: view["materials"] or view["materials_display"]),
    ("technique", SPECTRUM, _("Technique"), "physical", lambda view: view["techniques"] or view["materials_display"]),
    ("size", SPECTRUM, _("Measurements"), "physical", lambda view: view["measurements"] or view["measurements_display"]),
    ("acquired", SPECTRUM, _("Acquisition"), "rights", lambda view: _acquired(view)),
    ("recorder", SPECTRUM, _("Recorder"), "record", lambda view: view["staff"].get("recorder")),
    ("work-type", LIDO, _("Object or work type"), "identity", lambda view: view["object_names"] or view["object_type"]),
    ("record-title", LIDO, _("A title"), "identity", lambda view: view["title"]),
    ("keeper", LIDO, _("Museum that keeps it"), "identity", lambda view: view["museum"]),
    ("subject", LIDO, _("Subject or classification"), "subject", lambda view: view["subjects"] or view["classification"]),
    ("picture", PICTURES, _("A picture that is ready"), "pictures", lambda view: any(use["state"] == "ready" for use in view["media"])),
    ("alt", PICTURES, _("Alternative text of every picture"), "pictures", lambda view: _all_alt(view)),
    ("right-work", RIGHTS, _("Rights statement of the work"), "rights", lambda view: any(_stated(r, "work") for r in view["rights"])),
    ("right-image", RIGHTS, _("Rights statement of its pictures"), "rights", lambda view: any(_stated(r, "image") for r in view["rights"])),
    ("credit", RIGHTS, _("Credit line"), "rights", lambda view: view["credit_line"]),
    ("licence", RIGHTS, _("Licence of the data"), "rights", lambda view: view["data_licence"]),
)


def _produced(view: View, name: str) -> bool:
    return any(event.get(name) for event in view["events"] if event.get("kind") == "production")


def _culture(view: View) -> bool:
    return _produced(view, "culture")


def _acquired(view: View) -> Any:
    return view["acquired_text"] or view["acquired_year"] or view["acquisition_summary"] or view["staff"].get("acquisition_method")


def _all_alt(view: View) -> bool:
    return all(use["alt"] for use in view["media"] if use["type"] == "image")
