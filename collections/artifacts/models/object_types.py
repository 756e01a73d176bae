"""Object types: which fields the form of a painting, a drum, a coin or a manuscript shows, requires and in which order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from records.fields import LanguageMapField
from records.models import PublicRecord, in_current_language


class ObjectType(PublicRecord):
    """A profile of the object form.

    ``panels`` lists the codes of the panels that the form shows, in order; ``required`` the fields that must be filled before
    publishing; ``extra_schema`` describes additional fields: ``[{"name", "label", "type": "text|number|choice", "choices"?}]``.
    """

    code = models.SlugField(_("code"), unique=True)
    label = LanguageMapField(_("label"), blank=False)
    panels = models.JSONField(_("panels"), default=list, blank=True, help_text=_("Codes of the panels shown, in order; empty shows all."))
    required = models.JSONField(_("required before publishing"), default=list, blank=True)
    extra_schema = models.JSONField(_("additional fields"), default=list, blank=True)

    class Meta:
        verbose_name = _("object type")
        verbose_name_plural = _("object types")
        ordering = ["code"]

    def __str__(self) -> str:
        return in_current_language(self.label, fallback=self.code)
