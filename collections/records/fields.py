"""Model fields that every record uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from records.ids import LENGTH, PUBLIC_ID, new_public_id


class PublicIdField(models.CharField):
    """A record's opaque public id, given once at creation."""

    default_validators = [RegexValidator(rf"^{PUBLIC_ID}$", _("A public id has 12 characters, a-z and 0-9."))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        defaults = {"max_length": LENGTH, "unique": True, "editable": False, "default": new_public_id, "verbose_name": _("public id")}
        super().__init__(*args, **{**defaults, **kwargs})


class LanguageMapField(models.JSONField):
    """A text in many languages: ``{"vi": {"text": "…", "state": "source"}, "en": {"text": "…", "state": "human", "of": "vi"}}``.

    Keys are BCP 47 tags. See ``records.languages`` for the values' rules.
    """

    def __init__(self, *args: Any, multiline: bool = False, **kwargs: Any) -> None:
        self.multiline = multiline
        super().__init__(*args, **{"default": dict, "blank": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, args, kwargs = super().deconstruct()
        if self.multiline:
            kwargs["multiline"] = True
        return name, path, list(args), dict(kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """A record has dozens of these, read in a fifth of the standard library's time; what only that one reads, it does."""
        try:
            return orjson.loads(value)
        except (orjson.JSONDecodeError, TypeError):
            return super().from_db_value(value, expression, connection)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        from records import languages

        super().validate(value, model_instance)
        try:
            languages.validate(value)
        except ValueError as error:
            raise refused(error) from error

    def formfield(self, **kwargs: Any) -> Any:
        from records.forms import LanguageMapFormField

        return models.Field.formfield(self, **{"form_class": LanguageMapFormField, "multiline": self.multiline, **kwargs})


def refused(error: ValueError) -> ValidationError:
    """Why a language map was refused, in the language of the page."""
    from records.languages import LanguageMapError

    language = (get_language() or "en").split("-")[0]
    sentence = error.worded(gettext, language) if isinstance(error, LanguageMapError) else str(error)
    return ValidationError(sentence, code="language_map")


class DerivedField(models.CharField):
    """A column computed from its own row whenever the row is written (``save``, ``bulk_create``, ``bulk_update``).

    ``compute`` is a module-level function ``(instance) -> str``; it may read the instance's own columns and nothing else.
    """

    def __init__(self, *args: Any, compute: Callable[[Any], str], **kwargs: Any) -> None:
        self.compute = compute
        super().__init__(*args, **{"editable": False, "blank": True, "default": "", **kwargs})

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, path, args, kwargs = super().deconstruct()
        kwargs["compute"] = self.compute
        return name, path, list(args), dict(kwargs)

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        """Keys are compared bytewise on every database (PostgreSQL's own collation would fold and skip marks)."""
        parameters = super().db_parameters(connection)
        return {**parameters, "collation": "C"} if connection.vendor == "postgresql" else parameters

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.compute(model_instance)[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
