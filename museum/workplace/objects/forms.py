"""The forms behind the object form: who may choose what, what must be filled before publishing, what was understood."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm

from artifacts import numbering, required
from artifacts.models import Artifact
from artifacts.permissions import within_departments
from museum.workplace.compact import kept_media, takes_files
from museum.workplace.objects import dates, dimensions, restricted, small
from museum.workplace.objects.answers import told_taken
from museum.workplace.objects.extra import ExtraFieldsField
from records.forms import forget_expiry, mark_stale
from vocabularies.models import Department, Museum
from vocabularies.roles import departments_of, works_everywhere

DATED_FROM = "date_text_drawn"


class DrawnWith(forms.CharField):
    """What a field held when the form was drawn. It says nothing of the record, and so never that a row was changed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, widget=forms.HiddenInput, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class RowForm(WagtailAdminModelForm):
    """One row of a repeatable fact. Restricted fields do not exist for those who may not read them, and stay as they are."""

    def __init__(self, *args: Any, for_user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, for_user=for_user, **kwargs)
        restricted.remove_from_row(self, for_user)
        limit_objects(self, for_user)
        if "date_text" in self.fields:
            self.fields[DATED_FROM] = DrawnWith(initial=self.initial.get("date_text") or "")
        if "language" in self.fields:
            self.fields["language"].widget.attrs["list"] = small.LANGUAGES

    def clean_language(self) -> str:
        return small.language(self.cleaned_data["language"])

    def clean_region(self) -> str:
        return small.region(self.cleaned_data["region"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        mark_stale(self, cleaned)
        dates.fill(cleaned, self._words_of_the_years())
        restricted.put_back(self, cleaned)
        return cleaned

    def _words_of_the_years(self) -> str:
        """The words out of which the years and ticks of this form were read: those it was drawn with, and not what it has meanwhile saved by itself."""
        return self.data.get(self.add_prefix(DATED_FROM), self.initial.get("date_text")) or ""

    def understood(self, name: str) -> str:
        """What stands under a field: for a date, the years it means."""
        if name != "date_text":
            return ""
        return dates.told(self.instance.date_text, self.instance.date_earliest, self.instance.date_latest)


class ArtifactForm(WagtailAdminModelForm):
    """The object form.

    ``in_passing``: saved by the autosave, while something may still be half typed.
    ``asked_rows``: repeatable facts that lack the row which the object's type asks for, each with a sentence.
    """

    in_passing = False
    asked_rows: Mapping[str, str] = {}
    dimensions_text = forms.CharField(
        label=gettext_lazy("Add measurements by writing them"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Such as 12 × 8 cm (height × width × depth), or diameter 30 cm, 2.5 kg. They become rows when you save."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        restricted.remove(self, self.for_user)
        limit_objects(self, self.for_user)
        self._limit_departments()
        self._ask_for_extra_fields()
        if self.instance.pk is None:
            self._suggest()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        mark_stale(self, cleaned)
        forget_expiry(self, cleaned)
        self._check_department(cleaned)
        self._check_number(cleaned)
        self._check_dimensions(cleaned)
        if not self.is_deferred_validation:
            self._check_required(cleaned)
        return cleaned

    @property
    def media(self) -> forms.Media:
        return kept_media(type(self), lambda: super(ArtifactForm, self).media)

    def is_multipart(self) -> bool:
        return takes_files(type(self))

    def save(self, commit: bool = True) -> Artifact:
        artifact = super().save(commit=commit)
        found = [] if self.in_passing else dimensions.understood(self.cleaned_data.get("dimensions_text") or "")
        if found:
            artifact.measurements.add(*dimensions.rows(found))
            if commit:
                artifact.measurements.commit()
        return artifact

    def _check_dimensions(self, cleaned: dict[str, Any]) -> None:
        text = cleaned.get("dimensions_text") or ""
        if text and not self.in_passing and not dimensions.understood(text):
            self.add_error(
                "dimensions_text",
                _("No measurement was understood in “%(text)s”. Write figures with a unit, such as 12 × 8 cm.") % {"text": text},
            )

    def _limit_departments(self) -> None:
        """A cataloguer's objects lie, and stay, in the cataloguer's departments."""
        field = self.fields.get("department")
        if field is None or self.for_user is None or works_everywhere(self.for_user):
            return
        allowed = Q(pk__in=departments_of(self.for_user))
        if self.instance.pk and self.instance.department_id:
            allowed |= Q(pk=self.instance.department_id)
        field.queryset = Department.objects.filter(allowed)
        field.error_messages["invalid_choice"] = _("You do not work in this department: choose one of yours.")

    def _ask_for_extra_fields(self) -> None:
        """The additional fields of the object's type; none when the type has none. Another type's appear once it is saved."""
        schema = self.instance.object_type.extra_schema if self.instance.object_type_id else []
        if schema and "extra" in self.fields:
            self.fields["extra"] = ExtraFieldsField(schema, self.instance.extra or {}, label=self.fields["extra"].label)
        else:
            self.fields.pop("extra", None)

    def _suggest(self) -> None:
        """Fill in what there is only one choice for: the one department, and the one museum of all departments that may be chosen."""
        department = self.fields.get("department")
        if department is None:
            return
        choices = list(department.queryset[:2])
        if len(choices) == 1:
            self._fill("department", choices[0].pk)
        museums = set(department.queryset.order_by().values_list("museum", flat=True).distinct()[:2])
        museums = museums or set(Museum.objects.order_by().values_list("pk", flat=True)[:2])
        if len(museums) == 1:
            self._fill("museum", museums.pop())

    def _fill(self, name: str, value: Any) -> None:
        """Wagtail gives an empty object for a new one, so that every field has an initial value: none."""
        if self.initial.get(name) is None:
            self.initial[name] = value

    def _check_department(self, cleaned: dict[str, Any]) -> None:
        museum, department = cleaned.get("museum"), cleaned.get("department")
        if museum and department and department.museum_id != museum.pk:
            self.add_error(
                "department",
                _("“%(department)s” is a department of another museum: choose one of %(museum)s.")
                % {"department": department, "museum": museum},
            )

    def _check_number(self, cleaned: dict[str, Any]) -> None:
        """A number that is taken is told where it was typed, with the object that bears it and the next free one."""
        museum, number = cleaned.get("museum"), cleaned.get("accession_number")
        if not (museum and number):
            return
        taken = numbering.bearer(museum, number, but=self.instance.pk)
        if taken is None:
            return
        told = (
            told_taken(taken, number, self.for_user) if self.for_user else _("Another object of this museum bears this accession number.")
        )
        free = numbering.next_number(museum)
        self.add_error("accession_number", f"{told} {_('The next free number is %(number)s.') % {'number': free}}" if free else told)

    def _check_required(self, cleaned: dict[str, Any]) -> None:
        """What the object's type asks for before publishing."""
        object_type = cleaned.get("object_type")
        missing = []
        self.asked_rows = {}
        for name in (object_type.required if object_type else None) or []:
            if name in self.formsets:
                rows = [form for form in self.formsets[name].forms if _is_kept(form)]
                if not rows:
                    self.asked_rows[name] = _("An object of this type is published only with at least one of these.")
                    missing.append(str(self.formsets[name].model._meta.verbose_name))
            elif name in self.fields and not cleaned.get(name):
                self.add_error(name, _("An object of this type is published only with this field filled."))
                missing.append(str(self.fields[name].label))
        if missing:
            raise ValidationError(required.sentence(object_type, missing))


def _is_kept(form: forms.BaseForm) -> bool:
    """True for a row that is filled and not marked for deletion."""
    if not hasattr(form, "cleaned_data"):
        form.is_valid()
    cleaned = getattr(form, "cleaned_data", {})
    return bool(form.has_changed() or form.instance.pk) and not cleaned.get("DELETE")  # type: ignore[attr-defined]


def limit_objects(form: Any, user: Any) -> None:
    """Offer only objects of the user's departments, and the one that is already chosen."""
    if user is None:
        return
    for name, field in form.fields.items():
        queryset = getattr(field, "queryset", None)
        if queryset is not None and queryset.model is Artifact:
            chosen = Artifact.objects.filter(pk=getattr(form.instance, f"{name}_id", None))
            field.queryset = within_departments(user, Artifact.objects.all()) | chosen
