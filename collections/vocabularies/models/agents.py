"""People, families, groups, peoples and workshops."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from records.models import ExternalLinkColumns, FuzzyDateColumns
from vocabularies.models.base import VocabularyRecord, natural_key


class Agent(VocabularyRecord):
    """Somebody who made, owned, gave, used or is shown."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        FAMILY = "family", _("family")
        GROUP = "group", _("group or organisation")
        PEOPLE = "people", _("people or culture")
        WORKSHOP = "workshop", _("workshop")
        UNKNOWN = "unknown", _("unknown")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PERSON)
    nationality = models.ForeignKey(
        "vocabularies.Term", verbose_name=_("nationality or culture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    gender = models.CharField(_("gender"), max_length=40, blank=True)
    life_dates = models.CharField(_("life dates as shown"), max_length=200, blank=True)
    birth_year = models.IntegerField(
        _("earliest year"), null=True, blank=True, help_text=_("Birth or beginning; years BC are negative: 1 BC is 0.")
    )
    death_year = models.IntegerField(_("latest year"), null=True, blank=True)

    class Meta(VocabularyRecord.Meta):
        verbose_name = _("person or group")
        verbose_name_plural = _("people and groups")
        constraints = [natural_key("agent_natural_key")]


class AgentName(Orderable):
    """Another name of an agent: in another script, a reign or temple name, a courtesy name, a maiden name."""

    class Kind(models.TextChoices):
        VARIANT = "variant", _("variant")
        BIRTH = "birth", _("birth name")
        PSEUDONYM = "pseudonym", _("pseudonym")
        REIGN = "reign", _("reign name")
        TEMPLE = "temple", _("temple name")
        POSTHUMOUS = "posthumous", _("posthumous name")
        COURTESY = "courtesy", _("courtesy name")
        ART = "art", _("art name")

    agent = ParentalKey(Agent, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("name"), max_length=300)
    language = models.CharField(_("language"), max_length=20, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.VARIANT)

    def __str__(self) -> str:
        return self.text


class AgentDate(Orderable, FuzzyDateColumns):
    """A date in a life: birth, death, years of activity, reign."""

    class Kind(models.TextChoices):
        BIRTH = "birth", _("birth")
        DEATH = "death", _("death")
        ACTIVE = "active", _("active")
        REIGN = "reign", _("reign")
        FOUNDED = "founded", _("founded")
        DISSOLVED = "dissolved", _("dissolved")

    agent = ParentalKey(Agent, on_delete=models.CASCADE, related_name="dates")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.BIRTH)
    place = models.ForeignKey(
        "vocabularies.Place", verbose_name=_("place"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.date_text}"


class AgentRelation(Orderable):
    """How two agents belong together."""

    class Kind(models.TextChoices):
        TEACHER = "teacher", _("teacher of")
        PARENT = "parent", _("parent of")
        SPOUSE = "spouse", _("spouse of")
        MEMBER = "member", _("member of")
        SUCCESSOR = "successor", _("successor of")
        RELATED = "related", _("related to")

    agent = ParentalKey(Agent, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.RELATED)
    other = models.ForeignKey(Agent, verbose_name=_("other agent"), on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.other}"


class AgentLink(Orderable, ExternalLinkColumns):
    """The agent in ULAN, Wikidata, VIAF …"""

    agent = ParentalKey(Agent, on_delete=models.CASCADE, related_name="links")

    def __str__(self) -> str:
        return self.uri
