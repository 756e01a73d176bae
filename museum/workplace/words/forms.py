"""The forms behind vocabulary records."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modelcluster.models import get_all_child_relations
from wagtail.admin.forms.models import WagtailAdminModelForm

from artifacts.models import Artifact
from artifacts.numbering import pattern_problem
from records.forms import mark_stale
from vocabularies.models import DepartmentMembership


class WordForm(WagtailAdminModelForm):
    """Any vocabulary record."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        mark_stale(self, cleaned)
        return cleaned


class MuseumForm(WordForm):
    """A museum; its pattern of accession numbers must be one that can be filled in."""

    def clean_accession_pattern(self) -> str:
        pattern = self.cleaned_data["accession_pattern"].strip()
        if problem := pattern_problem(pattern):
            raise ValidationError(problem)
        return pattern


class DepartmentForm(WordForm):
    """A department, with the people who work in it."""

    people = forms.ModelMultipleChoiceField(
        get_user_model().objects.filter(is_active=True).order_by("username"),
        label=gettext_lazy("People"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "They see and work on the department’s objects, each within his or her roles. Administrators see all departments."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["people"] = list(self.instance.memberships.values_list("user_id", flat=True))

    def save(self, commit: bool = True) -> Any:
        department = super().save(commit=commit)
        if commit:
            chosen = {user.pk for user in self.cleaned_data.get("people", [])}
            department.memberships.exclude(user__in=chosen).delete()
            there = set(department.memberships.values_list("user_id", flat=True))
            DepartmentMembership.objects.bulk_create(
                DepartmentMembership(department=department, user_id=user) for user in sorted(chosen - there)
            )
        return department


def _panels_help() -> str:
    from museum.workplace.objects.sections import SECTIONS

    return _("Codes with commas between them; tabs that are not named follow behind. Known are: %(codes)s.") % {
        "codes": ", ".join(SECTIONS)
    }


def requirable() -> list[tuple[str, str]]:
    """Fields and repeatable facts of the object form that a type may require."""
    found = [
        (field.name, str(field.verbose_name))
        for field in Artifact._meta.concrete_fields
        if field.editable
        and field.name not in {"id", "live", "accession_number", "museum", "department"}
        and not field.name.startswith("part_")
    ]
    found += [
        (relation.get_accessor_name(), str(relation.related_model._meta.verbose_name)) for relation in get_all_child_relations(Artifact)
    ]
    return sorted(found, key=lambda pair: pair[1].lower())


class CodesField(forms.CharField):
    """A list of codes, written with commas: “identity, texts, pictures”."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [code for code in re.split(r"[\s,;]+", super().to_python(value) or "") if code]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class ObjectTypeForm(WagtailAdminModelForm):
    """An object type: panels and required fields are chosen from what the object form has."""

    panels = CodesField(
        label=gettext_lazy("Order of the tabs"),
        required=False,
        help_text=lazy(_panels_help, str)(),
    )
    required = forms.MultipleChoiceField(
        label=gettext_lazy("Required before publishing"), required=False, choices=lambda: requirable(), widget=forms.CheckboxSelectMultiple
    )

    def clean_panels(self) -> list[str]:
        from museum.workplace.objects.sections import SECTIONS

        return _known(self.cleaned_data["panels"], SECTIONS, _("panels"))

    def clean_extra_schema(self) -> list[dict[str, Any]]:
        schema = self.cleaned_data["extra_schema"] or []
        if not isinstance(schema, list):
            raise ValidationError(_("Write a list of fields, such as [{“name”: “ply”, “label”: “Ply”, “type”: “number”}]."))
        for field in schema:
            if not isinstance(field, dict) or not str(field.get("name", "")).isidentifier() or not field.get("label"):
                raise ValidationError(_("Each additional field needs a name (letters, digits, underscores) and a label."))
            if field.get("type") not in {"text", "number", "choice"}:
                raise ValidationError(_("“%(name)s”: the type is text, number or choice.") % {"name": field["name"]})
            if field["type"] == "choice" and not field.get("choices"):
                raise ValidationError(_("“%(name)s”: a choice needs its choices.") % {"name": field["name"]})
        return schema


def _known(value: Any, known: Any, what: str) -> list[str]:
    chosen = value or []
    if not isinstance(chosen, list):
        raise ValidationError(_("Write codes with commas between them, such as: identity, making."))
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise ValidationError(
            _("There are no %(what)s named %(unknown)s. Known are: %(known)s.")
            % {"what": what, "unknown": ", ".join(map(str, unknown)), "known": ", ".join(known)}
        )
    return chosen
