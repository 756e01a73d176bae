"""The nine tabs of the object form, and the form of all of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, PublishingPanel

from artifacts.permissions import SEE_RESTRICTED
from museum.workplace.media.panel import Pictures
from museum.workplace.objects.panels import ObjectForm, Section, assertion, date_details, group, row, rows, section


def identity() -> Section:
    return section(
        "identity",
        _("Identity"),
        group(
            "number",
            _("Number and place in the museum"),
            row(FieldPanel("museum"), FieldPanel("department")),
            FieldPanel("accession_number", required_on_save=True),
            row("object_type", "record_level"),
            row("status", "object_count"),
        ),
        group(
            "titles",
            _("Titles"),
            rows("titles", _("Titles"), _("Title"), ["text", row("language", "kind"), "preferred", assertion()]),
            "sort_title",
        ),
        group(
            "names",
            _("Object names and classification"),
            rows("object_names", _("Object names"), _("Object name"), [row("term", "role"), assertion()]),
        ),
        group(
            "numbers",
            _("Other numbers"),
            rows(
                "identifiers",
                _("Other numbers"),
                _("Number"),
                [row("value", "kind"), row("issuer", "current"), row("valid_from", "valid_to")],
            ),
            folded=True,
        ),
        group(
            "belonging",
            _("Collections and parts"),
            rows("sets", _("Collections"), _("Collection"), ["set"]),
            row("part_of", "part_order"),
            folded=True,
        ),
    )


def making() -> Section:
    return section(
        "making",
        _("Making"),
        group(
            "events",
            _("Production and other events"),
            rows(
                "events",
                _("Events"),
                _("Event"),
                [row("kind", "date_text"), row("place", "period"), "culture", date_details(), "note", assertion()],
            ),
        ),
        group(
            "makers",
            _("Makers"),
            rows(
                "makers",
                _("Makers"),
                _("Maker"),
                [row("agent", "role"), row("qualifier", "part_done"), "name_as_written", assertion()],
            ),
            "makers_display",
        ),
    )


def physical() -> Section:
    return section(
        "physical",
        _("Physical"),
        group(
            "materials",
            _("Materials and techniques"),
            rows(
                "materials",
                _("Materials and techniques"),
                _("Material or technique"),
                [row("term", "role"), row("part", "extent"), assertion()],
            ),
            "materials_display",
        ),
        group(
            "measurements",
            _("Measurements"),
            "dimensions_text",
            rows(
                "measurements",
                _("Measurements"),
                _("Measurement"),
                [row("kind", "value", "unit"), row("upper_value", "part", "qualifier"), row("method", "display"), assertion()],
            ),
            "measurements_display",
        ),
        group("appearance", _("Appearance"), "style", "shape", "colour", "edition", "distinguishing_features", folded=True),
    )


def texts() -> Section:
    return section(
        "texts",
        _("Texts"),
        group(
            "descriptions",
            _("Descriptions"),
            rows("descriptions", _("Descriptions"), _("Description"), [row("kind", "audience"), "text", assertion()]),
        ),
        group(
            "inscriptions",
            _("Inscriptions and marks"),
            rows(
                "inscriptions",
                _("Inscriptions and marks"),
                _("Inscription"),
                [
                    row("kind", "language"),
                    "original",
                    row("transcription", "reading"),
                    "translation",
                    "position",
                    "interpretation",
                    "region",
                    assertion(),
                ],
            ),
        ),
    )


def subject() -> Section:
    return section(
        "subject",
        _("Subject"),
        group(
            "subjects",
            _("What it shows"),
            rows("subjects", _("Subjects"), _("Subject"), [row("term", "agent"), row("place", "iconclass"), "extent", assertion()]),
        ),
        group(
            "relations",
            _("Related objects"),
            rows(
                "relations",
                _("Related objects"),
                _("Related object"),
                [row("kind", "other"), row("other_uri", "other_label"), "note", assertion()],
            ),
            folded=True,
        ),
        group(
            "references",
            _("References"),
            rows("references", _("References"), _("Reference"), [row("reference", "pages")]),
            folded=True,
        ),
    )


def rights() -> Section:
    return section(
        "rights",
        _("Rights"),
        group(
            "rights",
            _("Rights"),
            rows(
                "rights",
                _("Rights"),
                _("Right"),
                [
                    row("applies_to", "kind"),
                    "statement",
                    row("holder", "holder_text"),
                    row("jurisdiction", "valid_from", "valid_to"),
                    "credit_line",
                    FieldPanel("restrictions", permission=SEE_RESTRICTED),
                ],
            ),
        ),
        group("credit", _("Credit line and licence of the data"), "credit_line", "data_licence"),
        group(
            "acquisition",
            _("Acquisition and ownership"),
            row("acquisition_method", "acquired_text"),
            "acquired_year",
            "acquisition_summary",
            row("owner", "custodian"),
        ),
        group(
            "provenance",
            _("Provenance"),
            rows(
                "provenance",
                _("Provenance"),
                _("Step"),
                [
                    "text",
                    "date_text",
                    row("from_agent", "to_agent"),
                    row("method", "place"),
                    date_details(),
                    row(FieldPanel("price_amount", permission=SEE_RESTRICTED), FieldPanel("price_currency", permission=SEE_RESTRICTED)),
                    row("gap", "risk_flags"),
                    "evidence",
                    assertion(),
                ],
            ),
            folded=True,
        ),
    )


def care() -> Section:
    return section(
        "care",
        _("Care"),
        group("access", _("Sensitivity and access"), row("sensitivity", "access_limit"), "care_warning", "embargo_until"),
        group(
            "notices",
            _("Notices of communities"),
            rows("care_notices", _("Notices"), _("Notice"), ["label", "uri", "community", "protocol"]),
            folded=True,
        ),
        group("display", _("On display"), "gallery"),
    )


def pictures() -> Section:
    return section(
        "pictures",
        _("Pictures"),
        Pictures(heading=_("Pictures, sound, film, models")),
        group("reading", _("How several pictures are shown"), row("page_display", "viewing_direction"), folded=True),
    )


def record() -> Section:
    return section(
        "record",
        _("Record"),
        group("record", _("The record itself"), "recorder", row("source", "source_id"), "staff_notes"),
        group("extra", _("Additional fields of the object type"), "extra"),
        PublishingPanel(),
    )


def object_form(base_form_class: type) -> ObjectForm:
    """The whole form."""
    return ObjectForm(
        [identity(), making(), physical(), texts(), subject(), rights(), care(), pictures(), record()],
        base_form_class=base_form_class,
    )


# Codes that ObjectType.panels may name.
SECTIONS = ("identity", "making", "physical", "texts", "subject", "rights", "care", "pictures", "record")
