"""Batch edits as curators see them: choose a change, see what it does to every object, start, watch, stop, go on, undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from artifacts.models import Artifact
from artifacts.permissions import within_departments
from museum.workplace.batches import running, trying
from museum.workplace.batches.changing import ACTS, ChangeError, Target, change_of, targets
from museum.workplace.models import BatchEdit, BatchRow
from museum.workplace.searching import asking
from museum.workplace.searching.saved import LIST, StaffPage, keys_of, list_address
from records import languages
from search.engines.base import EngineError
from search.language import QueryError, reader_of
from vocabularies.roles import works_everywhere

MOST = 100_000
SHOWN = 50
LONGEST = 5_000  # characters of a text that is sent
FACTS = ("field", "act", "language", "old", "new")
TRIAL = {BatchEdit.State.TRYING, BatchEdit.State.PREPARED}
# What a dry run says of an object.
EXPECTED: dict[str, Any] = {
    BatchRow.Outcome.WAITING: gettext_lazy("not tried yet"),
    BatchRow.Outcome.CHANGED: gettext_lazy("will change"),
    BatchRow.Outcome.SAME: gettext_lazy("already so"),
    BatchRow.Outcome.CONFLICT: gettext_lazy("in conflict"),
    BatchRow.Outcome.REFUSED: gettext_lazy("refused"),
}


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

    @cached_property
    def fields(self) -> dict[str, Target]:
        """The fields that whoever looks may read today, by name."""
        return {one.name: one for one in targets(reader_of(self.request.user))}

    def field_of(self, batch: BatchEdit) -> str | Promise:
        """What the field of a batch is called, as far as it may be read: it may be long since the batch ran."""
        target = self.fields.get(batch.change.get("field", ""))
        return target.label if target else _("a field that you may not read")


class NewBatch(BatchPage):
    """The form; sending it has the change tried on every object of the list, which changes none."""

    of_a_list = True
    template_name = "workplace/batches/new.html"
    page_title = gettext_lazy("Batch edit")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sent = self.request.POST if self.request.method == "POST" else self.request.GET
        trouble, keys = self._keys()
        return super().get_context_data(
            **{
                "state": self.params.urlencode(),
                "query": self.params.get("q", ""),
                "back": list_address(self.params.urlencode()),
                "total": len(keys),
                "most": MOST,
                "told": {name: sent.get(name, "")[:LONGEST] for name in FACTS},
                "trouble": trouble,
                "targets": list(self.fields.values()),
                "acts": ACTS,
                "languages": [(tag, languages.name(tag)) for tag in languages.OFFERED],
                "may_publish": self.may_publish,
                "publish": "publish" in sent or "field" not in sent,
                **kwargs,
            }
        )

    def _keys(self) -> tuple[str, list[int]]:
        try:
            return "", keys_of(asking.asked(self.params, self.request.user), self.request.user, most=MOST + 1)
        except (QueryError, EngineError) as error:
            return str(error), []

    def post(self, request: HttpRequest) -> HttpResponseBase:
        told = {name: request.POST.get(name, "")[:LONGEST] for name in FACTS}
        trouble, keys = self._keys()
        try:
            change_of(told, reader_of(request.user))
        except ChangeError as error:
            return self.render_to_response(self.get_context_data(trouble=str(error)))
        if trouble or not keys or len(keys) > MOST:
            return self.render_to_response(self.get_context_data(trouble=trouble or _("There is nothing to change, or too much at once.")))
        publish = "publish" in request.POST and self.may_publish
        question = asking.stored(self.params, request.user)
        batch = running.prepare(request.user, question, self.params.get("q", ""), keys, told, publish=publish)
        trying.begin(batch)
        return redirect("workplace:batch", batch.pk)


class Batches(BatchPage):
    """The person's batch edits; administrators see all."""

    template_name = "workplace/batches/list.html"
    page_title = gettext_lazy("Batch edits")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = BatchEdit.objects.select_related("user")
        if not works_everywhere(self.request.user):
            found = found.filter(user=self.request.user)
        page = Paginator(found, SHOWN).get_page(self.request.GET.get("p"))
        return super().get_context_data(batches=page, told=[(batch, self.field_of(batch)) for batch in page], **kwargs)


class OneBatch(BatchPage):
    """What would change, then how far it has come, every row that was not changed and why; begin, stop, go on, undo."""

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
        batch, counts = self.batch, self.batch.counts
        trial = batch.state in TRIAL
        chosen = self.request.GET.get("outcome", "")
        rows = batch.rows.select_related("artifact")
        if chosen in BatchRow.Outcome.values:
            rows = rows.filter(**{"expected" if trial else "outcome": chosen})
        elif trial:
            rows = rows.exclude(expected="")
        done, total = self._progress()
        readable = batch.change.get("field") in self.fields
        page = Paginator(rows, SHOWN).get_page(self.request.GET.get("p"))
        self._keep_to_what_may_be_read(page, field=readable)
        for row in page:
            row.code = row.expected if trial else row.outcome  # type: ignore[attr-defined]
            row.said = EXPECTED[row.code] if trial else row.get_outcome_display()  # type: ignore[attr-defined]
        halted = {BatchEdit.State.STOPPED, BatchEdit.State.FAILED}
        return super().get_context_data(
            batch=batch,
            readable=readable,
            field=self.field_of(batch),
            act=ACTS.get(batch.change.get("act", ""), ""),
            counts=[
                (name, EXPECTED[name] if trial else label, counts[name]) for name, label in BatchRow.Outcome.choices if counts.get(name)
            ],
            trial=trial,
            changing=counts.get(BatchRow.Outcome.CHANGED, 0),
            done=done,
            of=total,
            chosen=chosen,
            page_query=f"&outcome={chosen}" if chosen else "",
            rows=page,
            moving=batch.state in {BatchEdit.State.RUNNING, BatchEdit.State.UNDOING},
            trying=batch.state == BatchEdit.State.TRYING and not batch.error,
            can_start=batch.state == BatchEdit.State.PREPARED and counts.get(BatchRow.Outcome.CHANGED),
            can_try=batch.state == BatchEdit.State.TRYING and bool(batch.error),
            can_go_on=batch.state in halted and done < batch.total,
            can_undo=batch.state in halted | {BatchEdit.State.FINISHED} and counts.get(BatchRow.Outcome.CHANGED),
            can_undo_rest=batch.state == BatchEdit.State.UNDONE and counts.get(BatchRow.Outcome.KEPT),
            back=list_address(self._state()),
            form=self._form(),
            **kwargs,
        )

    def _progress(self) -> tuple[int, int]:
        """(rows that are done with, of how many): of an undo those that the batch had changed, else all that the list held."""
        counts = self.batch.counts
        if self.batch.state in {BatchEdit.State.UNDOING, BatchEdit.State.UNDONE}:
            done = counts.get(BatchRow.Outcome.RESTORED, 0) + counts.get(BatchRow.Outcome.KEPT, 0)
            return done, done + counts.get(BatchRow.Outcome.CHANGED, 0)
        waiting = 0 if self.batch.state in TRIAL else counts.get(BatchRow.Outcome.WAITING, 0)
        return sum(counts.values()) - waiting, self.batch.total

    def _keep_to_what_may_be_read(self, rows: Iterable[BatchRow], *, field: bool) -> None:
        """Rows of objects that have left the person's departments say nothing but their outcome, those of a closed field no texts."""
        shown = list(rows)
        keys = [row.artifact_id for row in shown if row.artifact_id]
        own = set(within_departments(self.request.user, Artifact.objects.filter(pk__in=keys)).values_list("pk", flat=True))
        for row in shown:
            if row.artifact_id not in own:
                gone = "" if row.artifact_id else _("The object is gone.")  # of those of other departments not even that is said
                row.artifact, row.before, row.after, row.message = None, "", "", gone
            elif not field:
                row.before = row.after = ""

    def _state(self) -> str:
        try:
            return asking.params_of(self.batch.question).urlencode()
        except QueryError:
            return ""

    def _form(self) -> str:
        """The address of the form with everything that was typed in it."""
        told = {name: self.batch.change.get(name, "") for name in FACTS} | ({"publish": "on"} if self.batch.publish else {})
        return f"{reverse('workplace:new_batch')}?{urlencode({'state': self._state(), **told})}"

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        match request.POST.get("act"):
            case "stop":
                BatchEdit.objects.filter(pk=self.batch.pk, state__in=[BatchEdit.State.RUNNING, BatchEdit.State.UNDOING]).update(
                    stopping=True
                )
            case "start" | "go on":
                running.start(self.batch)
            case "undo":
                running.start_undo(self.batch)
            case "try again":
                trying.try_again(self.batch)
            case "give up":
                form = self._form()
                trying.give_up(self.batch)
                return redirect(form)
        return redirect("workplace:batch", self.batch.pk)
