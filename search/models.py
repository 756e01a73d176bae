"""The fallback: folded titles, makers and numbers in the database, for the time in which the engine is away. And the museum's synonyms."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.synonyms import Rule, expressions_in


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


class SynonymRule(models.Model):
    """Words that mean the same to whoever searches here. Staff keep them; a change counts from the next search on, no index is built anew."""

    class Direction(models.TextChoices):
        BOTH = "both", _("each finds all the others")
        FIRST = "first", _("only the first finds the others")

    words = models.TextField(
        _("words"),
        help_text=_("By comma or line, up to six words each: sứ, porcelain, china. A word typed with other tone marks is another word."),
    )
    direction = models.CharField(_("direction"), max_length=10, choices=Direction.choices, default=Direction.BOTH)
    active = models.BooleanField(_("in use"), default=True)
    note = models.CharField(_("why"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]
        indexes = [models.Index(fields=["changed_at"], name="synonym_changed")]

    def __str__(self) -> str:
        return ", ".join(part.strip() for part in self.words.splitlines() if part.strip())[:120]

    def clean(self) -> None:
        """At least two expressions, each of which can be searched for."""
        try:
            found = expressions_in(self.words)
        except ValueError as error:
            raise ValidationError({"words": str(error)}) from None
        if len(found) < 2:
            raise ValidationError({"words": _("Write at least two words that mean the same.")})
        if len(found) > MOST_EXPRESSIONS:
            raise ValidationError(
                {"words": _("Write at most %d words in one rule; each makes every search for it slower.") % MOST_EXPRESSIONS}
            )

    def rule(self) -> Rule:
        """The rule as queries use it."""
        return Rule(tuple(expressions_in(self.words)), "first" if self.direction == self.Direction.FIRST else "both")


MOST_EXPRESSIONS = 20


class MissedSearch(models.Model):
    """What visitors typed that found nothing, or only something similar: how often on a day. Nothing says who typed it or when on that day."""

    day = models.DateField(_("day"))
    text = models.CharField(_("text"), max_length=80, help_text="Folded; searches that differ in case or marks alone are one.")
    typed = models.CharField(_("as it was typed first"), max_length=80)
    count = models.PositiveIntegerField(_("times"), default=0)
    similar = models.PositiveIntegerField(_("times something similar was shown"), default=0)

    class Meta:
        verbose_name = _("search without results")
        verbose_name_plural = _("searches without results")
        constraints = [models.UniqueConstraint(fields=["day", "text"], name="missed_once_a_day")]
        indexes = [models.Index(fields=["text"], name="missed_text")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day}: {self.typed}"
