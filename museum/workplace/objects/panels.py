"""The object form: tabs of collapsible panels, chosen and ordered by the object's type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)

from artifacts.permissions import SEE_RESTRICTED
from museum.workplace.compact import Fields, Rows
from museum.workplace.media.panel import Pictures
from museum.workplace.objects.forms import RowForm

# Repeatable facts come in sets of about thirty at most; what has no bound has a page of its own.
MOST_ROWS = 30

ASSERTION = ("certainty", "perspective", "visibility", "superseded", "source_note", "asserted_by", "asserted_on")
DATE_DETAILS = (
    "date_earliest",
    "date_latest",
    "date_circa",
    "date_uncertain",
    "date_calendar",
    "date_era",
    "date_era_year",
    "date_edtf",
    "date_display",
)


def row(*fields: str | Panel) -> Fields:
    """Fields beside each other."""
    return Fields(fields)


def assertion() -> Fields:
    """Who says so, since when, how sure."""
    return Fields(ASSERTION, heading=_("Who says so, how sure"), folded=True)


def date_details() -> Fields:
    """The years as understood, which the cataloguer may correct."""
    return Fields(DATE_DETAILS, heading=_("Years and calendar"), folded=True)


def rows(relation: str, heading: Any, label: Any, panels: Sequence[Panel | str]) -> Rows:
    """A repeatable fact of an object or a vocabulary record."""
    return Rows(
        relation,
        panels=_fields(panels),
        heading=heading,
        label=label,
        max_num=MOST_ROWS,
        row_form=RowForm,
    )


def _fields(panels: Sequence[Panel | str]) -> list[Panel]:
    """Names that stand beside each other in the list are drawn together."""
    found: list[Panel] = []
    names: list[str | Panel] = []
    for panel in [*panels, None]:
        if isinstance(panel, str | FieldPanel):
            names.append(panel)
            continue
        if names:
            found.append(Fields(names))
            names = []
        if panel is not None:
            found.append(panel)
    return found


class Coded:
    """A panel with a code that object types may name."""

    def __init__(self, *args: Any, code: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "code": self.code}  # type: ignore[misc]


class Group(Coded, MultiFieldPanel):
    """A collapsible panel."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        pass


def group(code: str, heading: Any, *children: Panel | str, folded: bool = False) -> Group:
    """A collapsible panel with a code that object types refer to."""
    return Group(
        _fields(children),
        heading=heading,
        classname="collapsed" if folded else "",
        code=code,
    )


class Section(Coded, ObjectList):
    """One tab of the form."""

    class BoundPanel(ObjectList.BoundPanel):
        pass


class ObjectForm(TabbedInterface):
    """The tabs, in the order that the object's type asks for. Those it does not name follow behind, so that nothing is out of reach."""

    class BoundPanel(TabbedInterface.BoundPanel):
        @cached_property
        def children(self) -> list[Panel.BoundPanel]:
            bound = super().children
            wanted = list(getattr(getattr(self.instance, "object_type", None), "panels", None) or [])
            if not wanted:
                return bound
            place = {code: position for position, code in enumerate(wanted)}
            return sorted(bound, key=lambda child: place.get(child.panel.code, len(wanted)))

        @cached_property
        def visible_children_with_identifiers(self) -> list[tuple[Panel.BoundPanel, str]]:
            return [(child, child.panel.code) for child in self.children if child.is_shown()]


def section(code: str, heading: Any, *groups: Panel) -> Section:
    """A tab."""
    return Section(list(groups), heading=heading, code=code)


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
