"""What visitors searched for in vain, with the way from there to a synonym. ``search.missed`` counts; here it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from museum.workplace.pages import WorkplacePage, storable
from search import missed, outage, vocabulary
from search.documents import PUBLIC
from search.engines import engine
from search.engines.base import EngineError
from search.requests import SearchRequest

SHOWN = 25
DAYS = (7, 30, missed.KEPT_DAYS)
ADD = "wagtailsnippets_search_synonymrule:add"


class MissedSearches(WorkplacePage):
    """The list, most frequent first; those who may add synonyms begin one from each line, or take a line off."""

    template_name = "workplace/missed.html"
    page_title = gettext_lazy("Searches without results")
    header_icon = "search"
    permissions = ("search.view_synonymrule",)

    @property
    def days(self) -> int:
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        return next((days for days in DAYS if str(days) == sent.get("days")), DAYS[1])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(missed.most_missed(self.days), SHOWN).get_page(self.request.GET.get("p"))
        now = found_now([row["typed"] for row in page])
        add = reverse(ADD)
        rows = [
            {**row, "now": now.get(row["typed"]), "synonym": f"{add}?{urlencode({'words': row['typed']})}", "search": _public(row["typed"])}
            for row in page
        ]
        return super().get_context_data(
            rows=rows,
            page=page,
            away=bool(rows) and not now,
            days=self.days,
            choices=DAYS,
            query=f"&days={self.days}",
            kept=missed.KEPT_DAYS,
            may_add=self.request.user.has_perm("search.add_synonymrule"),
            may_forget=self.request.user.has_perm("search.delete_synonymrule"),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Take the ticked texts off the list."""
        if not request.user.has_perm("search.delete_synonymrule"):
            raise PermissionDenied
        chosen = storable(request.POST).getlist("text")[:SHOWN]
        if chosen:
            missed.forget(chosen)
            count = len(chosen)
            messages.success(request, ngettext("%(n)d line was taken off.", "%(n)d lines were taken off.", count) % {"n": count})
        else:
            messages.error(request, _("Tick the lines that are to be taken off."))
        return redirect(f"{reverse('workplace:missed')}?days={self.days}")


def found_now(texts: list[str]) -> dict[str, int]:
    """How many public records a visitor finds for each text now, with the synonyms as they are; empty while search is away."""
    rules = vocabulary.synonyms()
    asked = SearchRequest(groups=(PUBLIC,), limit=0, highlight=False, synonyms=rules)
    try:
        with outage.bounded(3):
            return {text: engine().search("public", replace(asked, text=text)).total for text in texts}
    except EngineError:
        return {}


def _public(text: str) -> str:
    return f"{reverse('search')}?{urlencode({'q': text})}"
