"""Columns, saved searches, notices of new hits, worklists: small forms around the list. Each is checked against whoever sends it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.permissions import policy_registry

from artifacts.models import Artifact
from artifacts.permissions import within_departments
from museum.workplace.models import Kept, ListColumns, SavedSearch, SearchNotice, Worklist, WorklistEntry
from museum.workplace.pages import WorkplacePage, storable
from museum.workplace.searching import alerts, asking
from museum.workplace.searching.columns import MOST, allowed
from museum.workplace.searching.ordering import by_database, in_order
from search import curators
from search.engines.base import EngineError
from search.language import QueryError, reader_of

LIST = "wagtailsnippets_artifacts_artifact:list"
LONGEST_STATE = 200_000  # characters of the state of a list: a query of the longest in any script, and its facets


def list_address(state: str = "") -> str:
    """The address of the list in that state."""
    return reverse(LIST) + (f"?{state}" if state else "")


class StaffPage(WorkplacePage):
    """A page for those who see objects."""

    header_icon = "clipboard-list"
    of_a_list = False  # a form that was sent is about the list that it names

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not policy_registry.get_by_type(Artifact).user_has_any_permission(request.user, ["view", "add", "change"]):
            raise PermissionDenied
        request.POST = storable(request.POST)  # type: ignore[assignment]
        if self.of_a_list and (unsaid := self.unsaid()):
            messages.error(request, unsaid)
            return redirect(list_address())
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": reverse(LIST), "label": _("Objects")}, {"url": "", "label": self.get_page_title()}]

    @property
    def _sent(self) -> str | None:
        return (self.request.POST if self.request.method == "POST" else self.request.GET).get("state")

    @property
    def params(self) -> QueryDict:
        """The state of the list from which the form was sent, in its one spelling."""
        state = self._sent or ""
        return QueryDict(asking.address(QueryDict(state if len(state) <= LONGEST_STATE else "")))

    def unsaid(self) -> str:
        """Why it is not clear which list is meant; empty when it is. A list that got lost on the way is not the whole catalogue."""
        if self._sent is None and self.request.method == "POST":
            return _("What was sent does not say which list of objects is meant. Go back to the list and begin there.")
        if len(self._sent or "") > LONGEST_STATE:
            return _("The list is described at too great a length. Put its objects on a worklist, and begin with that.")
        return ""


class Deed(StaffPage):
    """Something that is done by a button and has no page."""

    http_method_names = ["post", "options"]


class ChooseColumns(Deed):
    """Remember the ticked columns, in the order in which they were ticked or stand."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        sent = [name for name in request.POST.getlist("column") if name]
        names = allowed(sent, reader_of(request.user))
        if len(set(sent)) > MOST:
            messages.warning(request, _("A list has at most %(most)d columns; the others were left out.") % {"most": MOST})
        ListColumns.objects.update_or_create(user=request.user, defaults={"names": names})
        return redirect(list_address(self.params.urlencode()))


class SavedSearches(StaffPage):
    """The person's searches and those that are shared; notices of new hits; worklists."""

    of_a_list = True
    template_name = "workplace/searching/saved.html"
    page_title = gettext_lazy("Saved searches and worklists")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        searches = [(one, self._address(one)) for one in SavedSearch.objects.seen_by(user).select_related("owner")]
        notices = alerts.told(user)
        worklists = Worklist.objects.seen_by(user).select_related("owner")
        return super().get_context_data(searches=searches, notices=notices, worklists=worklists, list_url=reverse(LIST), **kwargs)

    def _address(self, search: SavedSearch) -> str:
        """What leads to the list. Empty for who may not ask this: what somebody else has typed about a closed field stands in it."""
        try:
            if search.owner_id != self.request.user.pk:
                curators.request_of(asking.restored(search.question, self.request.user), reader_of(self.request.user))
            return asking.params_of(search.question).urlencode()
        except QueryError:
            return ""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Save the state of the list under a name."""
        name = request.POST.get("name", "").strip()[:120]
        try:
            question = asking.stored(self.params, request.user)
        except QueryError as error:
            messages.error(request, str(error))
            return redirect(list_address(self.params.urlencode()))
        if not name:
            messages.error(request, _("Give the search a name."))
            return redirect(list_address(self.params.urlencode()))
        kept = SavedSearch(owner=request.user, name=name, question=question, shared="shared" in request.POST, alert="alert" in request.POST)
        kept.columns = ListColumns.objects.filter(user=request.user).values_list("names", flat=True).first() or []
        self._begin_alert(kept)
        kept.save()
        messages.success(request, _("“%(name)s” is saved.") % {"name": name})
        return redirect("workplace:searches")

    def _begin_alert(self, kept: SavedSearch) -> None:
        if not kept.alert:
            return
        try:
            kept.known, kept.checked_at = alerts.hits_of(kept), timezone.now()
        except (alerts.TooManyError, EngineError, QueryError) as error:
            kept.alert = False
            messages.warning(self.request, str(error))


class ChangeKept(Deed):
    """Share or delete something that is kept, and what its kind offers besides by name: the owner's alone."""

    model: type[Kept]
    acts: tuple[str, ...] = ()

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        kept = get_object_or_404(self.model, pk=pk, owner=request.user)
        act = request.POST.get("act", "")
        if act == "delete":
            kept.delete()
        elif act == "share":
            kept.shared = not kept.shared
            kept.save()
        elif act in self.acts:
            getattr(self, act)(kept)
        return redirect("workplace:searches")


class ChangeSearch(ChangeKept):
    """A saved search can also tell of new hits, or cease to."""

    model = SavedSearch
    acts = ("alert",)

    def alert(self, search: SavedSearch) -> None:
        """Turn the notices on or off."""
        search.alert = not search.alert
        try:
            if search.alert:
                search.known, search.checked_at, search.error = alerts.hits_of(search), timezone.now(), ""
            search.save()
        except (alerts.TooManyError, EngineError, QueryError) as error:
            messages.error(self.request, str(error))


class ReadNotices(Deed):
    """The notices have been read."""

    def post(self, request: HttpRequest) -> HttpResponseBase:
        SearchNotice.objects.filter(search__owner=request.user, read_at=None).update(read_at=timezone.now())
        return redirect("workplace:searches")


class FillWorklist(Deed):
    """Put everything that the list shows on a worklist, new or known."""

    of_a_list = True

    def post(self, request: HttpRequest) -> HttpResponseBase:
        try:
            keys = keys_of(asking.asked(self.params, request.user), request.user)
        except (QueryError, EngineError) as error:
            messages.error(request, str(error))
            return redirect(list_address(self.params.urlencode()))
        worklist = self._worklist(request.user)
        if worklist is None:
            messages.error(request, _("Name the new worklist, or choose one of yours."))
            return redirect(list_address(self.params.urlencode()))
        present = set(worklist.entries.values_list("artifact_id", flat=True))
        fresh = [key for key in keys if key not in present]
        rows = [WorklistEntry(worklist=worklist, artifact_id=key) for key in fresh[: max(asking.MOST_IN_WORKLIST - len(present), 0)]]
        WorklistEntry.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        added = len(rows)
        if left := len(fresh) - added:
            messages.warning(
                request,
                ngettext(
                    "%(n)d object was left out: a worklist holds %(most)d.", "%(n)d objects were left out: a worklist holds %(most)d.", left
                )
                % {"n": left, "most": asking.MOST_IN_WORKLIST},
            )
        messages.success(
            request,
            ngettext("%(n)d object was added to “%(list)s”.", "%(n)d objects were added to “%(list)s”.", added)
            % {"n": added, "list": worklist},
        )
        return redirect(list_address(f"worklist={worklist.pk}"))

    def _worklist(self, user: AbstractBaseUser | Any) -> Worklist | None:
        chosen = self.request.POST.get("worklist", "")
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
            return Worklist.objects.filter(pk=chosen, owner=user).first()
        name = self.request.POST.get("name", "").strip()[:120]
        return Worklist.objects.create(owner=user, name=name, shared="shared" in self.request.POST) if name else None


class ChangeWorklist(ChangeKept):
    """Objects are put on it and taken off it in the list (``objects.worklisting``)."""

    model = Worklist


def keys_of(question: curators.Question, user: Any, *, most: int | None = None) -> list[int]:
    """Keys of everything that a question finds for this person, as the list has them. The database has the last word on departments."""
    own = within_departments(user, Artifact.objects.all())
    if by_database(question):
        return list(in_order(own, question).values_list("pk", flat=True)[:most])
    ids = [hit.id.partition(":")[2] for hit in curators.every(question, reader_of(user))]
    found: list[int] = []
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        keys = dict(own.filter(public_id__in=part).values_list("public_id", "pk"))
        found += [keys[ident] for ident in part if ident in keys]
    return found[:most]
