"""The help page of the query language: what can be typed, with examples that run on this museum's own records, and every field."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from museum.workplace.searching import asking
from museum.workplace.searching.saved import StaffPage, list_address
from search import curators, outage
from search.engines.base import EngineError
from search.language import QueryError, fields, reader_of
from search.language.fields import Kind

# what the values of a field are
KINDS = {
    Kind.TEXT: _("words"),
    Kind.REFERENCE: _("an entry of a vocabulary"),
    Kind.CODE: _("one of a list"),
    Kind.FLAG: _("yes or no"),
    Kind.NUMBER: _("a number"),
    Kind.EXTENT: _("a size"),
    Kind.YEARS: _("years"),
    Kind.DAY: _("a day"),
    Kind.PERSON: _("a user"),
    Kind.IDENTIFIER: _("a number in any spelling"),
}
# what it shows, the query
EXAMPLES = (
    (_("All words, anywhere in the record, with or without tone marks"), "bat men lam"),
    (_("Words side by side; without a word"), '"blue and white" -bowl'),
    (_("A word in one field, by its English or Vietnamese name"), "title:trống"),
    (_("The same, in Vietnamese"), "nhan_đề:trống"),
    (_("A material and everything below it in the thesaurus"), "material:ceramic"),
    (_("A wildcard, at the end or at the front"), "title:*men*"),
    (_("A number in any spelling, or its beginning"), "number:KC*"),
    (_("Years that overlap a span; years BC are negative"), "date:[1802 TO 1945]"),
    (_("A reign, a century, a decade"), 'date:"Minh Mạng 17"'),
    (_("Undated, and without a picture"), "-date:* state:no_picture"),
    (_("Larger than a metre"), "height:>1m"),
    (_("Changed in the last seven days, by me"), "changed:7d changed_by:me"),
    (_("What waits for my decision"), "reviewer:me"),
    (_("Drafts, or live objects with unpublished changes"), "state:(draft OR changed)"),
    (_("A translation is out of date, or no rights are stated"), "state:translation_stale OR state:rights_missing"),
    (_("Parentheses and negation"), "(bowl OR dish) -(material:porcelain state:public)"),
)


class QueryHelp(StaffPage):
    """Every example says how many objects it finds for whoever reads it."""

    template_name = "workplace/searching/help.html"
    page_title = _("The query language")
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reader = reader_of(self.request.user)
        known = fields.readable(reader)
        return super().get_context_data(
            examples=[self._example(what, query) for what, query in EXAMPLES],
            main=[(one, KINDS[one.kind]) for one in known if one.main],
            others=[one for one in known if not one.main],
            list_url=list_address(),
            **kwargs,
        )

    def _example(self, what: Any, query: str) -> dict[str, Any]:
        try:
            found: int | None = curators.count(curators.asked(query), reader_of(self.request.user))
        except (EngineError, QueryError):
            found = None
        return {"what": what, "query": query, "found": found, "address": list_address(asking.address({"q": query}))}


class Why(StaffPage):
    """Why an object is in the list, or is not: every condition by itself."""

    template_name = "workplace/searching/why.html"
    page_title = _("Why this result")
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from django.http import Http404

        from artifacts.models import Artifact
        from artifacts.permissions import within_departments

        artifact = within_departments(self.request.user, Artifact.objects.filter(public_id=self.kwargs["public_id"])).first()
        if artifact is None:
            raise Http404("No such object in your departments.")
        reasons, hit, trouble = [], None, ""
        try:
            question = asking.asked(self.params, self.request.user)
            with outage.bounded(3):
                result, reasons = curators.why(question, reader_of(self.request.user), artifact.public_id)
            hit = next(iter(result.hits), None)
        except (QueryError, EngineError) as error:
            trouble = str(error)
        return super().get_context_data(
            artifact=artifact,
            reasons=reasons,
            hit=hit,
            trouble=trouble,
            back=list_address(self.params.urlencode()),
            query=self.params.get("q", ""),
            **kwargs,
        )
