"""How two versions of a text in languages are compared: language by language, as text."""

from __future__ import annotations

from typing import Any

from wagtail.admin.compare import TextFieldComparison, register_comparison_class

from records.fields import LanguageMapField


class LanguageMapComparison(TextFieldComparison):
    """``vi: …`` on one line, ``en: …`` on the next; a change of state shows, too."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        super().__init__(field, obj_a, obj_b)
        self.val_a: str = _lines(field.value_from_object(obj_a))
        self.val_b: str = _lines(field.value_from_object(obj_b))


def _lines(stored: Any) -> str:
    return "\n".join(f"{tag} ({item.get('state', '')}): {item.get('text', '')}" for tag, item in sorted((stored or {}).items()))


def register() -> None:
    """Make Wagtail use it."""
    register_comparison_class(LanguageMapField, comparison_class=LanguageMapComparison)
