"""What is left of a vocabulary record that was a duplicate: where its address leads, and all that it said."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class MergedRecord(models.Model):
    """A record that was merged into another one of its kind. The row itself is gone; nothing that it said is lost."""

    kind = models.CharField(_("kind"), max_length=12)
    old_key = models.BigIntegerField(_("former key"))
    public_id = models.CharField(_("public id"), max_length=20, unique=True)
    was_public = models.BooleanField(_("was public"))
    into_key = models.BigIntegerField(_("key of the record that stays"))
    source = models.CharField(_("source"), max_length=60, blank=True)
    source_id = models.CharField(_("id in the source"), max_length=200, blank=True)
    content = models.JSONField(_("what it said"), encoder=DjangoJSONEncoder)
    merged_at = models.DateTimeField(_("merged at"), auto_now_add=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("merged by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("merged record")
        verbose_name_plural = _("merged records")
        constraints = [models.UniqueConstraint(fields=["kind", "old_key"], name="merged_once")]
        indexes = [models.Index(fields=["kind", "into_key"], name="merged_into"), models.Index(fields=["source"], name="merged_source")]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"
