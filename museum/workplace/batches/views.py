"""Batch edits as curators see them: choose a change, see its differences, start, watch, stop, go on, undo."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from artifacts.models import Artifact
from museum.workplace.batches import running
from museum.workplace.batches.changing import ACTS, Change, ChangeError, change_of, targets
from museum.workplace.models import BatchEdit, BatchRow
from museum.workplace.searching import asking
from museum.workplace.searching.saved import LIST, StaffPage, keys_of, list_address
from records import languages
from search.engines.base import EngineError
from search.language import QueryError, reader_of
from vocabularies.roles import works_everywhere

MOST = 100_000
SHOWN = 50
FACTS = ("field", "act", "language", "old", "new")


class BatchPage(StaffPage):
    """For those who may change objects."""

    header_icon = "edit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not policy_registry.get_by_type(Artifact).user_has_permission(request.user, "change"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def may_publish(self) -> bool:
        return policy_registry.get_by_type(Artifact).user_has_permission(self.request.user, "publish")


class NewBatch(BatchPage):
    """The form with its preview; ``act=start`` begins."""

    template_name = "workplace/batches/new.html"
    page_title = gettext_lazy("Batch edit")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = {name: self.request.POST.get(name, "") for name in FACTS}
        trouble, keys = self._keys()
        return super().get_context_data(
            **{
                "state": self.params.urlencode(),
                "query": self.params.get("q", ""),
                "back": list_address(self.params.urlencode()),
                "total": len(keys),
                "most": MOST,
                "told": told,
                "trouble": trouble,
                "targets": targets(reader_of(self.request.user)),
                "acts": ACTS,
                "languages": [(tag, languages.name(tag)) for tag in languages.OFFERED],
                "may_publish": self.may_publish,
                "publish": "publish" in self.request.POST or self.request.method == "GET",
                **kwargs,
            }
        )

    def _keys(self) -> tuple[str, list[int]]:
        try:
            return "", keys_of(asking.asked(self.params, self.request.user), self.request.user, most=MOST + 1)
        except (QueryError, EngineError) as error:
            return str(error), []

    def post(self, request: HttpRequest) -> HttpResponseBase:
        told = {name: request.POST.get(name, "")[:5_000] for name in FACTS}
        trouble, keys = self._keys()
        try:
            change = change_of(told, reader_of(request.user))
        except ChangeError as error:
            return self.render_to_response(self.get_context_data(trouble=str(error)))
        if trouble or not keys or len(keys) > MOST:
            return self.render_to_response(self.get_context_data(trouble=trouble or _("There is nothing to change, or too much at once.")))
        if request.POST.get("step") == "start":
            return self._start(told, keys)
        return self._preview(change, keys)

    def _preview(self, change: Change, keys: list[int]) -> HttpResponseBase:
        rows, counts = running.rehearse(keys, change, self.request.user, SHOWN)
        shown = [(name, label, counts[name]) for name, label in BatchRow.Outcome.choices if counts[name]]
        return self.render_to_response(self.get_context_data(rows=rows, counts=shown, tried=len(rows), previewed=True))

    def _start(self, told: dict[str, str], keys: list[int]) -> HttpResponseBase:
        publish = "publish" in self.request.POST and self.may_publish
        question = asking.stored(self.params, self.request.user)
        batch = running.prepare(self.request.user, question, self.params.get("q", ""), keys, told, publish=publish)
        running.start(batch)
        return redirect("workplace:batch", batch.pk)


class Batches(BatchPage):
    """The person's batch edits; administrators see all."""

    template_name = "workplace/batches/list.html"
    page_title = gettext_lazy("Batch edits")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = BatchEdit.objects.select_related("user")
        if not works_everywhere(self.request.user):
            found = found.filter(user=self.request.user)
        return super().get_context_data(batches=Paginator(found, SHOWN).get_page(self.request.GET.get("p")), **kwargs)


class OneBatch(BatchPage):
    """How far it has come, every row that was not changed and why; stop, go on, undo."""

    template_name = "workplace/batches/one.html"

    @cached_property
    def batch(self) -> BatchEdit:
        found = get_object_or_404(BatchEdit.objects.select_related("user"), pk=self.kwargs["pk"])
        if found.user_id != self.request.user.pk and not works_everywhere(self.request.user):
            raise PermissionDenied
        return found

    def get_page_title(self) -> str:
        return _("Batch edit %(number)s") % {"number": self.batch.pk}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(LIST), "label": _("Objects")},
            {"url": reverse("workplace:batches"), "label": _("Batch edits")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch = self.batch
        counts = batch.counts
        chosen = self.request.GET.get("outcome", "")
        rows = batch.rows.select_related("artifact")
        if chosen in BatchRow.Outcome.values:
            rows = rows.filter(outcome=chosen)
        done = batch.total - counts.get(BatchRow.Outcome.WAITING, 0) if counts else 0
        target = next((one for one in targets(reader_of(batch.user)) if one.name == batch.change.get("field")), None)
        return super().get_context_data(
            batch=batch,
            field=target.label if target else batch.change.get("field"),
            act=ACTS.get(batch.change.get("act", ""), ""),
            counts=[(name, label, counts[name]) for name, label in BatchRow.Outcome.choices if counts.get(name)],
            done=done,
            chosen=chosen,
            page_query=f"&outcome={chosen}" if chosen else "",
            rows=Paginator(rows, SHOWN).get_page(self.request.GET.get("p")),
            moving=batch.state in {BatchEdit.State.RUNNING, BatchEdit.State.UNDOING},
            can_go_on=batch.state in {BatchEdit.State.STOPPED, BatchEdit.State.FAILED, BatchEdit.State.PREPARED} and done < batch.total,
            can_undo=batch.state in {BatchEdit.State.FINISHED, BatchEdit.State.STOPPED, BatchEdit.State.FAILED} and counts.get("changed"),
            back=self._back(),
            **kwargs,
        )

    def _back(self) -> str:
        try:
            return list_address(asking.params_of(self.batch.question).urlencode())
        except QueryError:
            return list_address()

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        match request.POST.get("act"):
            case "stop":
                BatchEdit.objects.filter(pk=self.batch.pk, state__in=[BatchEdit.State.RUNNING, BatchEdit.State.UNDOING]).update(
                    stopping=True
                )
            case "go on":
                running.start(self.batch)
            case "undo":
                running.start_undo(self.batch)
        return redirect("workplace:batch", self.batch.pk)
