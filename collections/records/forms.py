"""Form fields for the records' values: language maps with one tab per language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from records import languages
from records.fields import refused

STATE_LABELS = {
    "source": gettext_lazy("original text"),
    "human": gettext_lazy("translation"),
    "machine": gettext_lazy("machine translation"),
    "reviewed": gettext_lazy("reviewed translation"),
    "stale": gettext_lazy("out of date: the original has changed"),
}
# Endings of field names that are not a text of their own.
_PARTS = ("__state", "__of")
# The language that is typed in when no script offers a list.
_NEW = "+"


class LanguageMapWidget(forms.Widget):
    """One text per language: tabs with the workplace's script (``<language-map>``), plain fields below each other without it.

    Posts ``<name>__<tag>``, ``<name>__<tag>__state`` and ``<name>__<tag>__of`` for each language. An empty state means that the
    first text is the original and every other one its translation.
    """

    def __init__(self, *, multiline: bool = False, attrs: dict | None = None) -> None:
        super().__init__(attrs)
        self.multiline = multiline

    @property
    def media(self) -> forms.Media:
        return forms.Media(js=[forms.Script("records/language-map.js", type="module")])  # type: ignore[list-item]

    def id_for_label(self, id_: str) -> str:
        """Each text has a label of its own; the widget as a whole is a group."""
        return ""

    def render(self, name: str, value: Any, attrs: dict | None = None, renderer: Any = None) -> SafeString:
        stored = _shown(value)
        widget_id = (attrs or {}).get("id", name)
        texts = [self._text(name, widget_id, tag, stored.get(tag) or {}, stored) for tag in _offered(stored)]
        return format_html(
            '<language-map class="language-map" role="group" aria-labelledby="{0}-label" id="{0}" data-name="{1}" data-multiline="{2}"{3}>'
            "{4}<noscript>{5}</noscript></language-map>",
            widget_id,
            name,
            "true" if self.multiline else "false",
            format_html(' aria-describedby="{}"', attrs["aria-describedby"]) if attrs and "aria-describedby" in attrs else "",
            mark_safe("".join(texts)),  # noqa: S308
            _another(name, widget_id),
        )

    def _text(self, name: str, widget_id: str, tag: str, item: Mapping[str, Any], stored: Mapping[str, Any]) -> SafeString:
        field_id, field_name = f"{widget_id}__{tag}", f"{name}__{tag}"
        common = format_html('name="{}" id="{}" lang="{}" dir="{}"', field_name, field_id, tag, languages.direction(tag))
        if self.multiline:
            control = format_html('<textarea {} rows="4" data-controller="w-autosize">{}</textarea>', common, "\n" + item.get("text", ""))
        else:
            control = format_html('<input type="text" {} value="{}">', common, item.get("text", ""))
        return format_html(
            '<div class="language-map__text" data-language="{0}"><label for="{1}">{2} <code>{0}</code></label>{3}'
            '<div class="language-map__state">{4}{5}</div></div>',
            tag,
            field_id,
            languages.name(tag, get_language() or "en"),
            control,
            _state(field_name, tag, item.get("state", "")),
            _of(field_name, tag, item.get("of", ""), stored),
        )

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if name in data:  # the whole map as JSON: scripts, imports, revisions
            return data[name]
        prefix = f"{name}__"
        found: dict[str, dict[str, str]] = {}
        for key in data:
            if not key.startswith(prefix) or key.endswith(_PARTS):
                continue
            tag, text = key.removeprefix(prefix), data.get(key, "").strip()
            if tag == _NEW:
                tag = data.get(f"{prefix}{_NEW}__of", "").strip()
            if tag and text:
                found[tag] = {"text": text, "state": data.get(f"{prefix}{tag}__state", ""), "of": data.get(f"{prefix}{tag}__of", "")}
        return json.dumps(with_states(found), ensure_ascii=False)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key == name or key.startswith(f"{name}__") for key in data)


def with_states(texts: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Texts with the states that nobody chose filled in: the first is the original, the others are its translations."""
    source = next((tag for tag, item in texts.items() if item.get("state") == "source"), None)
    source = source or next((tag for tag, item in texts.items() if not item.get("state")), None)
    found: dict[str, dict[str, str]] = {}
    for tag, item in texts.items():
        state = item.get("state") or ("source" if tag == source else "human")
        found[tag] = {"text": item["text"], "state": state}
        of = item.get("of") or (source if not item.get("state") else "")
        if of and state != "source" and of != tag:
            found[tag]["of"] = of
    return found


class LanguageMapFormField(forms.Field):
    """A language map: ``{"vi": {"text": "…", "state": "source"}}``."""

    widget = LanguageMapWidget

    def __init__(self, *, multiline: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", LanguageMapWidget(multiline=multiline))
        for unused in ("encoder", "decoder", "max_length"):
            kwargs.pop(unused, None)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dict:
        try:
            return languages.clean(_decoded(value))
        except ValueError as error:
            raise refused(error) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return _decoded(initial) != _decoded(data)
        except ValueError:
            return True


def mark_stale(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    """Set translations in ``cleaned`` whose original changed to “out of date”, unless their state was chosen anew in this form."""
    for name, field in form.fields.items():
        if not isinstance(field, LanguageMapFormField) or not cleaned.get(name):
            continue
        before = _shown(form.get_initial_for_field(field, name))
        after = languages.mark_stale(before, cleaned[name])
        for tag, item in cleaned[name].items():
            if item["state"] != (before.get(tag) or {}).get("state"):
                after[tag]["state"] = item["state"]
        cleaned[name] = after


def forget_expiry(form: forms.BaseForm, cleaned: dict[str, Any]) -> None:
    """Empty a time to expire that has come and was left as it stood. It has done its work; Wagtail would refuse every save of what expired
    until somebody finds the window of the schedule and empties it.
    """
    moment = cleaned.get("expire_at")
    if moment and moment <= timezone.now() and "expire_at" not in form.changed_data:
        cleaned["expire_at"] = None


def _offered(stored: Mapping[str, Any]) -> list[str]:
    return [*languages.OFFERED, *(tag for tag in stored if tag not in languages.OFFERED)]


def _state(field_name: str, tag: str, state: str) -> SafeString:
    options = format_html('<option value="">{}</option>', _("original or translation: as found"))
    for value, label in STATE_LABELS.items():
        options += format_html('<option value="{}"{}>{}</option>', value, _selected(value == state), label)
    name = languages.name(tag, get_language() or "en")
    return format_html(
        '<select name="{}__state" aria-label="{}">{}</select>',
        field_name,
        _("State of the text in %(language)s") % {"language": name},
        options,
    )


def _of(field_name: str, tag: str, of: str, stored: Mapping[str, Any]) -> SafeString:
    """From which language it was translated: asked only where there are others."""
    others = [other for other in _offered(stored) if other != tag]
    options = format_html('<option value="">{}</option>', _("translated from …"))
    for other in others:
        label = _("from %(language)s") % {"language": languages.name(other, get_language() or "en")}
        options += format_html('<option value="{}"{}>{}</option>', other, _selected(other == of), label)
    return format_html('<select name="{}__of" aria-label="{}">{}</select>', field_name, _("Translated from"), options)


def _another(name: str, widget_id: str) -> SafeString:
    return format_html(
        '<div class="language-map__text"><label for="{0}__new">{1}</label><input type="text" name="{2}__+" id="{0}__new">'
        '<label for="{0}__new__of">{3}</label><input type="text" name="{2}__+__of" id="{0}__new__of" size="10"></div>',
        widget_id,
        _("Text in another language"),
        name,
        _("Its language tag, such as zh-Hant"),
    )


def _selected(chosen: bool) -> SafeString:
    return mark_safe(" selected") if chosen else mark_safe("")


def _shown(value: Any) -> dict:
    """The map to draw. What was typed wrongly is drawn as far as it can be read."""
    try:
        return {tag: item for tag, item in _decoded(value).items() if isinstance(item, dict)}
    except ValueError:
        return {}


def _decoded(value: Any) -> dict:
    if not value:
        return {}
    found = json.loads(value) if isinstance(value, str) else value
    if not isinstance(found, dict):
        raise ValueError(_("A text in languages is a table of language tags and texts."))
    return found
