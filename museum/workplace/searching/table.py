"""The table of the list of objects, drawn without a template per cell: fifty rows of eight cells would take longer than all the rest.

The HTML is that of Wagtail's own table and columns, so that its styles, tooltips and bulk actions hold.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.admin.utils import quote
from django.utils import timezone
from django.utils.dateformat import DateFormat
from django.utils.formats import get_format
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.templatetags.wagtailadmin_tags import timesince_simple
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn, StatusTagColumn, Table, TitleColumn


class ObjectTable(Table):
    """A table whose rows are drawn in one go."""

    template_name = "workplace/objects/table.html"

    def body(self) -> SafeString:
        """The rows."""
        columns = list(self.columns.values())
        rows = ("<tr>" + "".join(column.drawn(instance) for column in columns) + "</tr>" for instance in self.data)
        return mark_safe("\n".join(rows))  # noqa: S308


class _Drawn:
    """A column that draws its cells itself."""

    def drawn(self, instance: Any) -> SafeString:
        """The cell of a row."""
        raise NotImplementedError

    def render_cell_html(self, instance: Any, parent_context: Any) -> SafeString:
        """The same, where Wagtail asks for one cell."""
        return self.drawn(instance)


class TextColumn(_Drawn, Column):
    """A text, or HTML that is marked as safe."""

    def drawn(self, instance: Any) -> SafeString:
        value = self.get_value(instance)
        return mark_safe("<td>" + ("" if value is None else conditional_escape(value)) + "</td>")  # noqa: S308


class StateColumn(_Drawn, StatusTagColumn):
    """A word on a coloured ground."""

    def drawn(self, instance: Any) -> SafeString:
        classes = "w-status w-status--primary" if self.get_primary(instance) else "w-status"
        return format_html('<td><span class="{}">{}</span></td>', classes, self.get_value(instance))


class WhenColumn(_Drawn, DateColumn):
    """How long ago; the moment itself as a tooltip. Records that came together were often changed in the same minute: its words are made once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: dict[datetime, tuple[str, str]] = {}

    @cached_property
    def moment_format(self) -> str:
        return get_format("DATETIME_FORMAT") or "N j, Y, P"

    def drawn(self, instance: Any) -> SafeString:
        moment: datetime | None = self.get_value(instance)
        if moment is None:
            return mark_safe("<td></td>")
        local = timezone.localtime(moment)
        told, ago = self._words(moment)
        return format_html(
            '<td><button type="button" class="w-human-readable-date" data-controller="w-tooltip" data-w-tooltip-content-value="{}" '
            'data-w-tooltip-placement-value="top"><time class="w-human-readable-date__date" datetime="{}">{}</time></button></td>',
            told,
            local.isoformat(),
            ago,
        )

    def _words(self, moment: datetime) -> tuple[str, str]:
        """The moment in the words of the language, and how long ago it is."""
        minute = moment.replace(second=0, microsecond=0)
        if minute not in self._told:
            self._told[minute] = DateFormat(timezone.localtime(moment)).format(self.moment_format), capfirst(timesince_simple(moment))
        return self._told[minute]


class NumberColumn(_Drawn, TitleColumn):
    """The accession number, which leads to the record: the row's header for screen readers and for Wagtail's bulk actions."""

    def drawn(self, instance: Any) -> SafeString:
        text = format_html(
            '<span id="{}">{}</span>', f"snippet_{quote(instance.pk)}_title", self.get_value(instance) or self.empty_value_display
        )
        address = self.get_link_url(instance, {})
        linked = format_html('<a href="{}">{}</a>', address, text) if address else text
        return format_html('<td class="title"><div class="title-wrapper">{}</div></td>', linked)


class TickColumn(_Drawn, BulkActionsCheckboxColumn):
    """The box that chooses a row."""

    @cached_property
    def select(self) -> SafeString:
        return escape(_("Select"))

    def drawn(self, instance: Any) -> SafeString:
        return format_html(
            '<td class="bulk-action-checkbox-cell"><input type="checkbox" data-object-id="{}" data-bulk-action-checkbox '
            'class="bulk-action-checkbox" aria-label="{}" aria-describedby="{}"></td>',
            quote(instance.pk),
            self.select,
            self.get_aria_describedby(instance),
        )
