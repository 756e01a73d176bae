"""What was written or said about things: books, articles, archives, files, oral sources."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from vocabularies.models.base import VocabularyRecord, natural_key


class Reference(VocabularyRecord):
    """One source. ``csl`` holds it in CSL-JSON for citations."""

    class Kind(models.TextChoices):
        BOOK = "book", _("book")
        ARTICLE = "article", _("article")
        CATALOGUE = "catalogue", _("catalogue")
        ARCHIVE = "archive", _("archive")
        FILE = "file", _("file")
        ORAL = "oral", _("oral source")
        WEB = "web", _("web page")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.BOOK)
    citation = models.TextField(_("citation"), blank=True, help_text=_("As it is to be printed."))
    csl = models.JSONField(_("CSL-JSON"), default=dict, blank=True)
    uri = models.URLField(_("address"), max_length=500, blank=True)

    class Meta(VocabularyRecord.Meta):
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [natural_key("reference_natural_key")]
