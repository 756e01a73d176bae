"""The furniture around the panels of a form, kept between requests: an object form has three dozen, and only what stands inside is the record's own."""

from __future__ import annotations

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.admin.panels import Panel

# Where the panel's content goes in the kept frame.
_CONTENT = "panel-content-mark"
_REQUIRED = mark_safe('<span class="w-required-mark">*</span>')


def framed(child: Panel.BoundPanel, prefix: str, identifier: str) -> SafeString:
    """The panel in Wagtail's own frame: heading, switch, anchors."""
    before, after = _frame(
        get_language() or "en",
        prefix,
        identifier,
        str(child.heading),
        " ".join(child.classes()),
        child.icon,
        child.id_for_label() or "",
        child.is_required(),
        tuple(child.attrs.items()),
    )
    return mark_safe(before + child.render_html() + after)  # noqa: S308 Wagtail's template around the panel's own HTML


@lru_cache(maxsize=1_000)
def _frame(
    language: str,
    prefix: str,
    identifier: str,
    heading: str,
    classname: str,
    icon: str,
    id_for_label: str,
    is_required: bool,
    attrs: tuple[tuple[str, str], ...],
) -> tuple[str, str]:
    """What stands before and after the content. Everything that the template reads is named here."""
    context = {
        "id_prefix": prefix,
        "id": identifier,
        "heading": heading,
        "heading_size": "label",
        "classname": classname,
        "icon": icon,
        "id_for_label": id_for_label,
        "is_required": is_required,
        "attrs": dict(attrs),
        "children": _CONTENT,
    }
    before, _mark, after = render_to_string("wagtailadmin/shared/panel.html", context).partition(_CONTENT)
    return before, after


def wrapped(child: Panel.BoundPanel) -> SafeString:
    """A part of a group of fields, with its heading, as Wagtail wraps it. Parts are groups themselves, so no label points to them."""
    mark = _REQUIRED if child.is_required() else ""
    heading = format_html('<h3 class="w-field__label">{}{}</h3>', child.heading, mark) if child.heading else ""
    return format_html('<div class="{}">{}{}</div>', " ".join(["w-panel__wrapper", *child.classes()]), heading, child.render_html())
