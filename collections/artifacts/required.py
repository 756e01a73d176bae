"""What an object's type asks for before the object is published: checked wherever an object is published, by hand, in bulk or by schedule."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from records.models import RecordError


class NotComplete(RecordError):
    """The object lacks what its type asks for before publishing."""


def missing(artifact: Any) -> list[str]:
    """Names, for people, of the required fields and facts that this object (a row or a draft) does not have."""
    if not artifact.object_type_id:
        return []
    return [_name(artifact, field) for field in artifact.object_type.required or [] if not _has(artifact, field)]


def check(artifact: Any) -> None:
    """Raises NotComplete, with the object and what it lacks."""
    names = missing(artifact)
    if names:
        raise NotComplete(f"{artifact}: {sentence(artifact.object_type, names)}")


def sentence(object_type: Any, names: list[str]) -> str:
    """What must be filled, in words."""
    return _(
        "Before an object of the type “%(type)s” is published or sent for review, these must be filled: %(fields)s. Saving a draft needs none of them."
    ) % {"type": object_type, "fields": get_text_list([capfirst(name) for name in names], _("and"))}


def _has(artifact: Any, field: str) -> bool:
    value: Any = getattr(artifact, field, None)
    return bool(value.exists()) if hasattr(value, "exists") else bool(value)


def _name(artifact: Any, field: str) -> str:
    """The field's name; a repeatable fact is named by its model."""
    try:
        found = artifact._meta.get_field(field)
    except FieldDoesNotExist:
        return field
    return str(found.related_model._meta.verbose_name if found.one_to_many else found.verbose_name)
