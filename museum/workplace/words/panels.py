"""The forms of vocabulary records."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, Panel

from museum.workplace.objects.panels import date_details, group, row, rows


def _links() -> Panel:
    return group(
        "links",
        _("The same in other authorities"),
        rows("links", _("Links"), _("Link"), ["uri", row("scheme", "match", "checked_on")]),
    )


def _standing(*more: str) -> Panel:
    return group("standing", _("Standing"), row("status", "is_public"), *more, "staff_note")


def _names(*fields: str) -> Panel:
    return group("names", _("Other names"), rows("names", _("Other names"), _("Name"), ["text", row(*fields)]))


def agent() -> list[Panel]:
    return [
        group("label", _("Name"), "label", row("kind", "gender"), "nationality"),
        _names("language", "kind"),
        group(
            "life",
            _("Life"),
            "life_dates",
            row("birth_year", "death_year"),
            rows("dates", _("Dates"), _("Date"), [row("kind", "date_text"), "place", date_details()]),
        ),
        group("description", _("About"), "description"),
        group("relations", _("Related people and groups"), rows("relations", _("Relations"), _("Relation"), [row("kind", "other")])),
        _links(),
        _standing(),
    ]


def place() -> list[Panel]:
    return [
        group("label", _("Name"), "label", row("kind", "broader")),
        group(
            "names",
            _("Historic and other names"),
            rows("names", _("Names"), _("Name"), [row("text", "language"), "date_text", date_details()]),
        ),
        group("position", _("Position"), row("latitude", "longitude"), "public_precision", "geometry"),
        group("description", _("About"), "description"),
        _links(),
        _standing(),
    ]


def term() -> list[Panel]:
    return [
        group("label", _("Term"), "label", row("vocabulary", "broader"), "notation"),
        _names("language", "kind"),
        group("meaning", _("Meaning"), "scope_note", "description"),
        group(
            "tree",
            _("Further relations"),
            rows("extra_broader", _("Further broader terms"), _("Broader term"), ["broader"]),
            "related",
            "replaced_by",
            folded=True,
        ),
        _links(),
        _standing(),
    ]


def vocabulary() -> list[Panel]:
    return [group("label", _("Vocabulary"), "label", row("code", "uri"), "description"), _standing()]


def period() -> list[Panel]:
    return [
        group("label", _("Period"), "label", row("kind", "broader"), row("earliest", "latest")),
        group("reign", _("Reign"), row("ruler", "year_one"), "calendar"),
        group("description", _("About"), "description"),
        _links(),
        _standing(),
    ]


def reference() -> list[Panel]:
    return [group("label", _("Reference"), "label", "kind", "citation", "uri", "description"), _standing()]


def museum() -> list[Panel]:
    return [
        group("label", _("Museum"), "label", row("code", "isil"), "place", "homepage", "description"),
        group("numbers", _("Numbers of objects"), "accession_pattern"),
        _standing(),
    ]


def department() -> list[Panel]:
    return [
        group("label", _("Department"), "label", row("code", "museum"), "workflow", "description"),
        group("people", _("Who works here"), FieldPanel("people")),
        _standing(),
    ]


def collection() -> list[Panel]:
    return [group("label", _("Collection"), "label", row("broader", "museum"), "description"), _standing()]


def object_type() -> list[Panel]:
    return [
        group("label", _("Object type"), "label", "code"),
        group("form", _("Its form"), FieldPanel("panels"), FieldPanel("required")),
        group("extra", _("Additional fields"), "extra_schema"),
    ]


def form(panels: list[Panel], base_form_class: Any) -> ObjectList:
    """A form of panels below each other."""
    return ObjectList(panels, base_form_class=base_form_class)
