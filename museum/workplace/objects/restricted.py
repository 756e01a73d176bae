"""Restricted fields in the forms of those who may not read them: not shown, and never lost by saving.

A stored row keeps what its form does not ask for. A row that is made anew from what was sent has nothing to keep it from: the rows of a
copy, those of a draft that is not published yet, one that somebody else took away meanwhile. Such a row carries a signed word on where
its restricted values stand; the values themselves never leave the house.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Revision

from artifacts.permissions import SEE_RESTRICTED
from records.publication import FieldClass, tables

FIELD = "restricted_from"


def remove(form: Any, user: Any) -> None:
    """Take fields of the class R out of the form unless the user's role reads them."""
    if user is None or user.has_perm(SEE_RESTRICTED):
        return
    for name in set(_names(form._meta.model)) & set(form.fields):
        del form.fields[name]


def remove_from_row(form: Any, user: Any) -> None:
    """The same for a row, which may then say where its restricted values stand."""
    names = set(_names(form._meta.model)) & set(form.fields)
    remove(form, user)
    if names - set(form.fields):
        form.fields[FIELD] = forms.CharField(required=False, widget=forms.HiddenInput)


def point(form: Any, revision: Revision | None = None) -> None:
    """Say in each row where its restricted values stand: in ``revision``, or without one in the rows of the database."""
    if form.is_bound:
        return
    for relation, formset in form.formsets.items():
        for place, row in enumerate(formset.initial_forms):
            if FIELD in row.fields and any(getattr(row.instance, name) for name in _names(row._meta.model)):
                source = [revision.pk, revision.created_at.isoformat(), relation, place] if revision else [0, "", relation, row.instance.pk]
                row.initial[FIELD] = signing.dumps(source, salt=_salt(row._meta.model), compress=True)


def put_back(row: Any, cleaned: dict[str, Any]) -> None:
    """Give a row that is made anew its restricted values. A ValidationError when they are not where they were."""
    token = cleaned.pop(FIELD, "")
    if not token or row.instance.pk:
        return
    source = _source(row._meta.model, token)
    if source is None:
        raise ValidationError(
            _(
                "Details of this row that you may not see were changed by somebody else meanwhile, and would be lost. "
                "Open the object anew in a second tab, and make your change of this row there."
            )
        )
    for name in _names(row._meta.model):
        setattr(row.instance, name, getattr(source, name))


def _source(model: Any, token: str) -> Any:
    try:
        revision_pk, written, relation, place = signing.loads(token, salt=_salt(model))
    except signing.BadSignature:
        return None
    if not revision_pk:
        return model._default_manager.filter(pk=place).first()
    revision = Revision.objects.filter(pk=revision_pk).first()
    if revision is None or revision.created_at.isoformat() != written:
        return None
    rows = list(getattr(revision.as_object(), relation).all())
    return rows[place] if place < len(rows) else None


def _salt(model: Any) -> str:
    """A word of one kind of row says nothing in a row of another."""
    return f"restricted-row {model._meta.label}"


def _names(model: Any) -> list[str]:
    table = tables().get(model._meta.label, {})
    return [name for name, found in table.items() if found is FieldClass.RESTRICTED]
