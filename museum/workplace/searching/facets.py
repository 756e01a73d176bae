"""The facets beside the list: names, counts and the address that choosing a value leads to."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from museum.workplace.searching import asking
from records import languages
from search.curators import FACETS
from search.documents import NONE_GIVEN
from search.requests import Bucket, SearchResult

NAMES: dict[str, str | Promise] = {
    "department": _("Department"),
    "status": _("State"),
    "type": _("Kind of object"),
    "material": _("Material"),
    "technique": _("Technique"),
    "period": _("Period"),
    "culture": _("Culture"),
    "place": _("Place"),
    "maker": _("Maker"),
    "subject": _("Subject"),
    "collection": _("Collection"),
    "exhibition": _("Exhibition"),
    "rights": _("Rights"),
    "image": _("Picture"),
    "on_display": _("On display"),
}


CURRENT = mark_safe(' aria-current="true"')


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet."""

    label: str
    count: int
    selected: bool
    address: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A facet."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    open: bool

    def drawn(self) -> SafeString:
        """Its values as the items of a list: a hundred of them stand beside every list of objects."""
        return format_html_join(
            "",
            '<li><a href="?{}"{}><span>{}</span> <span class="found__count">{}</span></a></li>',
            ((one.address, CURRENT if one.selected else "", one.label, intcomma(one.count)) for one in self.choices),
        )


def shown(result: SearchResult, params: QueryDict) -> list[Shown]:
    """The facets that have something to choose."""
    found = []
    for name in FACETS:
        facet = result.facets.get(name)
        if facet is None:
            continue
        address = asking.Toggles(params, name)
        choices = [_choice(bucket, address) for bucket in facet.buckets if bucket.count or bucket.selected]
        if facet.missing or facet.missing_selected:
            choices.append(Choice(str(_("not stated")), facet.missing, facet.missing_selected, address(NONE_GIVEN)))
        if choices:
            found.append(Shown(name, str(NAMES[name]), tuple(choices), any(choice.selected for choice in choices)))
    return found


def _choice(bucket: Bucket, address: asking.Toggles) -> Choice:
    label = languages.pick(bucket.label, [get_language() or "en"])[1] or bucket.id
    return Choice(label, bucket.count, bucket.selected, address(bucket.id))


def chosen(facets: list[Shown]) -> list[tuple[str, Choice]]:
    """(facet's name, value) of everything that is chosen, to be taken off again."""
    return [(one.label, choice) for one in facets for choice in one.choices if choice.selected]
