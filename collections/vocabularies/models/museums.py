"""Museums, their departments with the people who work there, and named collections."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vocabularies.models.base import VocabularyRecord, natural_key
from vocabularies.models.places import Place, refuse_own_ancestor


class Museum(VocabularyRecord):
    """An institution that keeps objects. One instance may catalogue for several."""

    code = models.SlugField(_("code"), unique=True)
    isil = models.CharField(_("ISIL"), max_length=20, blank=True)
    place = models.ForeignKey(Place, verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    homepage = models.URLField(_("home page"), blank=True)
    accession_pattern = models.CharField(
        _("pattern of accession numbers"),
        max_length=80,
        blank=True,
        help_text=_("{year}, {month} and {number:4} are filled in, for example “SH {year}.{number:3}”."),
    )

    class Meta(VocabularyRecord.Meta):
        verbose_name = _("museum")
        verbose_name_plural = _("museums")
        constraints = [natural_key("museum_natural_key")]


class Department(VocabularyRecord):
    """A part of the museum that looks after objects; permissions are given by department."""

    code = models.SlugField(_("code"), unique=True)
    museum = models.ForeignKey(Museum, verbose_name=_("museum"), on_delete=models.PROTECT, related_name="departments")
    workflow = models.ForeignKey(
        "wagtailcore.Workflow", verbose_name=_("workflow"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(VocabularyRecord.Meta):
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        constraints = [natural_key("department_natural_key")]


class DepartmentMembership(models.Model):
    """Who works in which department. A user without any membership works in none (administrators in all)."""

    department = models.ForeignKey(Department, verbose_name=_("department"), on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="department_memberships"
    )

    class Meta:
        verbose_name = _("department membership")
        verbose_name_plural = _("department memberships")
        constraints = [models.UniqueConstraint(fields=["department", "user"], name="one_membership")]

    def __str__(self) -> str:
        return f"{self.user} – {self.department}"


class CollectionSet(VocabularyRecord):
    """A named collection or fonds, possibly within another one."""

    broader = models.ForeignKey("self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="narrower")
    museum = models.ForeignKey(Museum, verbose_name=_("museum"), null=True, blank=True, on_delete=models.PROTECT, related_name="sets")

    class Meta(VocabularyRecord.Meta):
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        constraints = [natural_key("set_natural_key")]

    def clean(self) -> None:
        super().clean()
        refuse_own_ancestor(self, "broader")
