"""The museum's synonyms in the workplace, with what a rule would change shown before it is saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, UpdatedAtColumn
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet

from museum.workplace.choosing import ChoosingOnly
from records import languages
from search import outage, vocabulary
from search.documents import PUBLIC
from search.engines import engine
from search.engines.base import EngineError
from search.models import SynonymRule
from search.requests import Hit, SearchRequest
from search.synonyms import Synonyms, as_one

SHOWN = 5
MOST_COUNTED = 200  # hits that are compared to name some that are new


@dataclass(frozen=True, slots=True)
class Effect:
    """What a search for one expression finds for visitors: now, and with the rule; titles of some that it adds."""

    text: str
    now: int
    then: int
    added: tuple[str, ...]


def effects(rule: SynonymRule) -> list[Effect]:
    """The effect of a rule (saved or not) on a search for each of its expressions. Raises EngineError while search is away."""
    others = vocabulary.stored(without=rule.pk)
    before, after = Synonyms(vocabulary.stored()), Synonyms([*others, *([rule.rule()] if rule.active else [])])
    found = []
    for expression in rule.rule().expressions:
        request = SearchRequest(text=expression.text, groups=(PUBLIC,), limit=MOST_COUNTED, highlight=False)
        now = engine().search("public", replace(request, synonyms=before))
        then = engine().search("public", replace(request, synonyms=after))
        known = {hit.id for hit in now.hits}
        added = tuple(_title(hit) for hit in then.hits if hit.id not in known)[:SHOWN] if then.total > now.total else ()
        found.append(Effect(expression.text, now.total, then.total, added))
    return found


def _title(hit: Hit) -> str:
    _language, title = languages.pick(hit.display.get("title") or {}, (get_language() or "en",))
    return title or str(hit.display.get("number") or hit.id)


class Preview(View):
    """A piece of HTML: the effect of the rule as it stands in the form."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        policy = policy_registry.get_by_type(SynonymRule)
        if not policy.user_has_any_permission(request.user, ["add", "change", "view"]):
            return HttpResponse(status=403)
        key = request.GET.get("pk", "")
        rule = SynonymRule(
            pk=int(key) if key.isascii() and key.isdigit() and len(key) < 19 else None,
            words=request.GET.get("words", "")[:2000],
            direction="first" if request.GET.get("direction") == "first" else "both",
            active=request.GET.get("active") != "no",
        )
        context: dict[str, Any] = {}
        try:
            rule.clean()
            with outage.bounded(3):
                context["effects"] = effects(rule)
        except ValidationError as error:
            context["problem"] = " ".join(error.messages)
        except EngineError:
            context["problem"] = _("Search does not answer just now, so the effect cannot be shown. The rule can be saved all the same.")
        return render(request, "workplace/synonyms/effects.html", context)


class AddSynonym(CreateView):
    """The form of a new rule; ``?words=`` fills it, as the list of searches without results does."""

    def get_initial_form_instance(self) -> SynonymRule:
        words = as_one(self.request.GET.get("words", ""))[:200]
        return SynonymRule(words=f"{words}, " if words else "")


class SynonymViewSet(SnippetViewSet):
    """Synonyms, in the menu of vocabularies."""

    model = SynonymRule
    add_view_class = AddSynonym
    chooser_viewset_class = ChoosingOnly
    icon = "search"
    menu_label = _("Synonyms")
    menu_order = 950
    add_to_admin_menu = False
    add_to_reference_index = False
    copy_view_enabled = False
    list_filter = ["active", "direction"]
    search_fields = ["words", "note"]
    list_per_page = 50

    @cached_property
    def list_display(self) -> list[Any]:
        return ["__str__", "get_direction_display", BooleanColumn("active", label=_("In use")), "note", UpdatedAtColumn()]

    @cached_property
    def edit_handler(self) -> Any:
        return ObjectList(
            [
                FieldPanel("words"),
                FieldPanel("direction"),
                FieldPanel("active"),
                FieldPanel("note"),
                HelpPanel(template="workplace/synonyms/preview.html", heading=_("What it changes")),
            ]
        )
