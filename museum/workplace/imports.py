"""Imports as the staff see them: what ran, what it came to, every problem with row, column, value and what to do."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange import reporting
from exchange.models import ImportJob, ImportRow
from exchange.problems import CONFLICT, ERROR, NOTE, WARNING, Notes, note_texts
from museum.workplace.pages import WorkplacePage

SHOWN = 100
# source values may belong to any department: administrators alone
PERMISSIONS = ("wagtailadmin.access_admin", "exchange.view_importjob")
SEVERITIES = {
    ERROR: gettext_lazy("Refused"),
    CONFLICT: gettext_lazy("In conflict"),
    WARNING: gettext_lazy("To look at"),
    NOTE: gettext_lazy("Noted"),
}


class ImportsPage(WorkplacePage):
    """All imports, the newest first."""

    template_name = "workplace/imports/list.html"
    page_title = gettext_lazy("Imports")
    header_icon = "download"
    permissions = PERMISSIONS

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        jobs = Paginator(ImportJob.objects.select_related("user"), SHOWN)
        return super().get_context_data(jobs=jobs.get_page(self.request.GET.get("p")), **kwargs)


class _OneImport(WorkplacePage):
    permissions = PERMISSIONS
    header_icon = "download"

    @cached_property
    def job(self) -> ImportJob:
        return get_object_or_404(ImportJob, pk=self.kwargs["pk"])


class ImportPage(_OneImport):
    """One import with its problems, by severity, in pages."""

    template_name = "workplace/imports/one.html"

    def get_page_title(self) -> str:
        return _("Import %(number)s") % {"number": self.job.pk}

    def get_page_subtitle(self) -> str:
        return self.job.file_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("workplace:imports"), "label": _("Imports")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        totals = dict(self.job.problems.order_by().values_list("severity").annotate(n=Count("pk")))
        notes = sorted(Notes(self.job.notes).stored(), key=lambda note: -note[3])
        totals[NOTE] = len(notes)
        chosen = self.request.GET.get("severity", "")
        if chosen not in SEVERITIES:
            chosen = next((name for name in SEVERITIES if totals.get(name)), ERROR)
        problems: Any = [_as_problem(note) for note in notes] if chosen == NOTE else self.job.problems.filter(severity=chosen)
        page = Paginator(problems, SHOWN).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            job=self.job,
            chosen=chosen,
            severities=[(name, label, totals.get(name, 0)) for name, label in SEVERITIES.items()],
            problems=page,
            objects=_objects(self.job, page) if chosen != NOTE else {},
            **kwargs,
        )


def _objects(job: ImportJob, problems: Any) -> dict[int, int]:
    """Row → key of the object that it became, for the problems of a page."""
    rows = [problem.row for problem in problems]
    return dict(ImportRow.objects.filter(job=job, row__in=rows, artifact__isnull=False).values_list("row", "artifact_id"))


def _as_problem(note: list[Any]) -> dict[str, Any]:
    code, column, value, rows, first = note
    return {"row": first, "rows": rows, "column": column, "value": value, "told": note_texts(code)}


class ImportReport(_OneImport):
    """The whole report as a table."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> StreamingHttpResponse:  # type: ignore[override]
        lines = reporting.table(reporting.job_lines(self.job))
        name = f"import-{self.job.pk}.csv"
        return StreamingHttpResponse(
            lines, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )
