"""What is typed into small fields: figures with a comma or a point, languages by tag or name, regions of pictures."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import register_form_field_override

from records import languages

LANGUAGES = "known-languages"  # the id of the list that fields for a language propose
_REGION = re.compile(r"\d{1,9},\d{1,9},[1-9]\d{0,8},[1-9]\d{0,8}", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}([.,]\d{3})+", re.ASCII)
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}", re.ASCII)


class Figures:
    """A number as people write it. Browsers drop the comma in fields for numbers, so that 3,5 became 35: this one takes text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "widget": forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})})

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_figures(value) if isinstance(value, str) else value)  # type: ignore[misc]

    def prepare_value(self, value: Any) -> Any:
        """Without the zeros that the column adds."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class DecimalFigures(Figures, forms.DecimalField):
    pass


class FloatFigures(Figures, forms.FloatField):
    pass


register_form_field_override(models.DecimalField, override={"form_class": DecimalFigures})
register_form_field_override(models.FloatField, override={"form_class": FloatFigures})


def plain_figures(text: str) -> str:
    """“3,5” → “3.5”, “1.200.000,50” → “1200000.50”. A ValidationError for “1,250”, which is 1250 to some and 1.25 to others."""
    text = re.sub(r"[\s’']", "", text)
    last = max(text.rfind(","), text.rfind("."))
    if last < 0:
        return text
    point, whole, part = text[last], text[:last], text[last + 1 :]
    if point in whole:  # twice the same sign: it parts thousands
        return text.replace(point, "") if _GROUPED.fullmatch(text) else text
    if "," in whole or "." in whole:
        return f"{re.sub('[.,]', '', whole)}.{part}" if _GROUPED.fullmatch(whole) else text
    if point == "," and _EITHER.fullmatch(text):
        raise ValidationError(
            _("“%(text)s” can be read in two ways: write %(whole)s or %(part)s.")
            % {"text": text, "whole": whole + part, "part": f"{whole}.{part}"}
        )
    return f"{whole}.{part}"


def language(text: str) -> str:
    """The tag of a language that is typed by tag or by name; empty for none."""
    if not text.strip():
        return ""
    try:
        return languages.from_words(text)
    except languages.LanguageMapError:
        raise ValidationError(
            _("“%(text)s” is not a language here: choose one of the list, or write a tag such as vi, en, vi-Hani or lzh.") % {"text": text}
        ) from None


def region(text: str) -> str:
    """“120, 80, 640, 480” → “120,80,640,480”: left, top, width, height in pixels; empty for none."""
    tidy = text.replace(" ", "")
    if tidy and not _REGION.fullmatch(tidy):
        raise ValidationError(_("Write four whole numbers: left, top, width, height in pixels, such as 120,80,640,480."))
    return tidy


def language_list() -> SafeString:
    """What fields for a language propose, with names in the reader's language."""
    reader = get_language() or "en"
    tags = (*languages.OFFERED, *languages.SUGGESTED)
    options = format_html_join("", '<option value="{}">{}</option>', ((tag, languages.name(tag, reader)) for tag in tags))
    return format_html('<datalist id="{}">{}</datalist>', LANGUAGES, options)
