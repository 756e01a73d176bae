"""The fallback: folded titles, makers and numbers in the database, for the time in which the engine is away."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FallbackEntry(models.Model):
    """One public record as the fallback finds and shows it. Derived: rebuild_search fills it, the journal's worker keeps it."""

    document = models.CharField(max_length=40, unique=True, help_text="kind:public id")
    kind = models.CharField(max_length=20)
    record_pk = models.BigIntegerField()
    version = models.BigIntegerField()
    words = models.TextField(help_text="Folded titles, makers and numbers, each word between spaces.")
    order = models.CharField(max_length=200, help_text="The key by which results are put in order.")
    display = models.JSONField()

    class Meta:
        verbose_name = _("fallback entry")
        verbose_name_plural = _("fallback entries")
        indexes = [
            models.Index(fields=["kind", "record_pk"], name="fallback_record"),
            models.Index(fields=["order"], name="fallback_order"),
        ]

    def __str__(self) -> str:
        return self.document
