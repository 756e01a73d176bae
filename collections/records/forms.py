"""Form fields for the records' values: language maps with one tab per language."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class LanguageMapWidget(forms.Widget):
    """One text per language, drawn as tabs by the workplace's script; plain text fields below each other without it."""

    template_name = "records/language_map.html"

    def __init__(self, *, multiline: bool = False, attrs: dict | None = None) -> None:
        super().__init__(attrs)
        self.multiline = multiline

    def get_context(self, name: str, value: Any, attrs: dict | None) -> dict[str, Any]:
        from records import languages

        context = super().get_context(name, value, attrs)
        stored = _decoded(value)
        offered = [*languages.OFFERED, *(tag for tag in stored if tag not in languages.OFFERED)]
        context["widget"]["multiline"] = self.multiline
        context["widget"]["texts"] = [
            {
                "tag": tag,
                "name": languages.name(tag),
                "direction": languages.direction(tag),
                "text": (stored.get(tag) or {}).get("text", ""),
                "state": (stored.get(tag) or {}).get("state", ""),
                "of": (stored.get(tag) or {}).get("of", ""),
            }
            for tag in offered
        ]
        context["widget"]["states"] = languages.STATES
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        from records import languages

        if name in data:  # the whole map as JSON: scripts, imports, revisions
            return data[name]
        found = {}
        prefix = f"{name}__"
        for key in data:
            if key.startswith(prefix) and not key.endswith(("__state", "__of")):
                tag = key.removeprefix(prefix)
                text = data.get(key, "").strip()
                if text:
                    found[tag] = {"text": text, "state": data.get(f"{key}__state") or languages.STATES[0]}
                    if data.get(f"{key}__of"):
                        found[tag]["of"] = data[f"{key}__of"]
        return json.dumps(found, ensure_ascii=False)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(key == name or key.startswith(f"{name}__") for key in data)


class LanguageMapFormField(forms.Field):
    """A language map: ``{"vi": {"text": "…", "state": "source"}}``."""

    widget = LanguageMapWidget

    def __init__(self, *, multiline: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", LanguageMapWidget(multiline=multiline))
        for unused in ("encoder", "decoder", "max_length"):
            kwargs.pop(unused, None)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dict:
        from records import languages

        try:
            found = _decoded(value)
            languages.validate(found)
        except ValueError as error:
            raise ValidationError(str(error), code="language_map") from error
        return found

    def prepare_value(self, value: Any) -> Any:
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return _decoded(initial) != _decoded(data)
        except ValueError:
            return True


def _decoded(value: Any) -> dict:
    if not value:
        return {}
    found = json.loads(value) if isinstance(value, str) else value
    if not isinstance(found, dict):
        raise ValueError("A text in languages is a table of language tags and texts.")
    return found
