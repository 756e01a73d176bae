"""How two versions of a field are compared, in words: texts language by language, figures without their zeros, yes and no."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison, TextDiff, TextFieldComparison, register_comparison_class

from records import languages
from records.fields import LanguageMapField
from records.forms import STATE_LABELS


class LanguageMapComparison(TextFieldComparison):
    """``vi: …`` on one line, ``en: …`` on the next; a change of state shows, too."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a: str = _lines(field.value_from_object(obj_a))
        self.val_b: str = _lines(field.value_from_object(obj_b))


class PlainComparison(FieldComparison):
    """Figures, days, yes or no; nothing where nothing is said."""

    def htmldiff(self) -> SafeString:
        before, after = _said(self.val_a), _said(self.val_b)
        if before == after:
            return escape(after)
        return TextDiff([(kind, value) for kind, value in (("deletion", before), ("addition", after)) if value]).to_html()


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return date_format(value, "SHORT_DATE_FORMAT") if hasattr(value, "toordinal") else str(value)


def _lines(stored: Any) -> str:
    reader = get_language() or "en"
    found = []
    for tag, item in sorted((stored or {}).items()):
        state = item.get("state", "")
        found.append(f"{languages.name(tag, reader)} ({STATE_LABELS.get(state, state)}): {item.get('text', '')}")
    return "\n".join(found)


def register() -> None:
    """Make Wagtail use them."""
    register_comparison_class(LanguageMapField, comparison_class=LanguageMapComparison)
    for kind in (models.BooleanField, models.DecimalField, models.FloatField, models.IntegerField, models.DateField):
        register_comparison_class(kind, comparison_class=PlainComparison)
