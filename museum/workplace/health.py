"""How the museum is doing, for its staff: what is on its way, what has given up, which files failed, how search is."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from artifacts.models import Artifact, ArtifactMedia
from artifacts.permissions import within_departments
from exhibits.models import ExhibitionPage
from iiif.models import StoredManifest
from iiif.presentation import store
from media import tasks
from media.models import Asset
from media.status import counts
from museum.demo import pictures
from museum.queue import living_workers
from museum.workplace.media.permissions import within_departments as files_within
from museum.workplace.pages import WorkplacePage
from museum.workplace.status import consumer_name
from records import journal
from records.models import JournalEntry
from search import health as search_health
from vocabularies.roles import works_everywhere

SHOWN = 50


class HealthPage(WorkplacePage):
    """Health. Everybody who works here may look; files are tried again by those who may change them, the journal by administrators."""

    template_name = "workplace/health.html"
    page_title = gettext_lazy("Health")
    header_icon = "success"
    permissions = ("wagtailadmin.access_admin",)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        failed = files_within(user, Asset.objects.filter(state=Asset.State.FAILED))
        return super().get_context_data(
            consumers=consumers(),
            dead=JournalEntry.objects.filter(dead=True).order_by("-id")[:SHOWN] if works_everywhere(user) else [],
            dead_count=JournalEntry.objects.filter(dead=True).count(),
            media=counts(),
            failed=[_with_object(asset, user) for asset in failed.order_by("-id")[:SHOWN]],
            failed_count=failed.count(),
            drawing=pictures.standing(),
            drawing_troubles=pictures.troubles()[:SHOWN],
            manifests=refused_manifests(user),
            search=search_health.status(),
            workers=len(living_workers()),
            may_retry_files=user.has_perm("media.change_asset"),
            may_retry_journal=works_everywhere(user),
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponseBase:
        act = request.POST.get("act", "")
        if act == "journal":
            self._retry_journal(request.POST.getlist("entry"))
        elif act == "files":
            self._retry_files(request.POST.getlist("asset"))
        elif act == "drawings":
            self._draw_again()
        else:
            messages.error(request, _("Choose what to try again."))
        return redirect("workplace:health")

    def _retry_journal(self, chosen: list[str]) -> None:
        """Give dead entries all their attempts back: the chosen ones, or all."""
        if not works_everywhere(self.request.user):
            raise PermissionDenied
        entries = JournalEntry.objects.filter(dead=True)
        if chosen:
            entries = entries.filter(pk__in=[key for key in chosen if key.isascii() and key.isdigit()])
        count = entries.update(dead=False, attempts=0, not_before=None)
        messages.success(self.request, ngettext("%(n)d entry is tried again.", "%(n)d entries are tried again.", count) % {"n": count})

    def _retry_files(self, chosen: list[str]) -> None:
        if not self.request.user.has_perm("media.change_asset"):
            raise PermissionDenied
        failed = files_within(self.request.user, Asset.objects.filter(state=Asset.State.FAILED))
        if chosen:
            failed = failed.filter(public_id__in=chosen)
        todo = list(failed)
        for asset in todo:
            tasks.retry(asset)
        messages.success(self.request, ngettext("%(n)d file is tried again.", "%(n)d files are tried again.", len(todo)) % {"n": len(todo)})

    def _draw_again(self) -> None:
        """Order those of the demo museum's pictures again that could not be drawn."""
        if not self.request.user.has_perm("media.change_asset"):
            raise PermissionDenied
        count = pictures.order_failed_again()
        messages.success(self.request, ngettext("%(n)d picture is drawn again.", "%(n)d pictures are drawn again.", count) % {"n": count})


def consumers() -> list[dict[str, Any]]:
    """Each consumer of the journal: how much waits for it, since when, how much it has given up."""
    rows = (
        JournalEntry.objects.order_by()
        .values("consumer")
        .annotate(waiting=Count("pk", filter=Q(dead=False)), dead=Count("pk", filter=Q(dead=True)))
    )
    found: dict[str, Any] = {row["consumer"]: row for row in rows}
    none = {"waiting": 0, "dead": 0}
    return [
        {
            "name": consumer_name(name),
            "waiting": found.get(name, none)["waiting"],
            "dead": found.get(name, none)["dead"],
            "lag": round(journal.lag_seconds(name)),
        }
        for name in sorted({*journal.consumers, *found})
    ]


def refused_manifests(user: Any) -> list[dict[str, Any]]:
    """Manifests whose newest build has a fault, each with its record's editor as far as the user may know of it."""
    refused = list(StoredManifest.objects.filter(refused=True).defer("body", "pages").order_by("-built_at")[:SHOWN])
    keys = [row.record_pk for row in refused if row.kind == "object"]
    objects = {each.pk: each for each in within_departments(user, Artifact.objects.filter(pk__in=keys))}
    pages = ExhibitionPage.objects.in_bulk([row.record_pk for row in refused if row.kind == "exhibition"])
    told: list[dict[str, Any]] = []
    for row in refused:
        record = objects.get(row.record_pk) if row.kind == "object" else pages.get(row.record_pk)
        if record is None:
            continue
        name = "wagtailsnippets_artifacts_artifact:edit" if row.kind == "object" else "wagtailadmin_pages:edit"
        told.append({"record": record, "url": reverse(name, args=[record.pk]), "problems": store.problems_of(row.kind, row.record_pk)})
    return told


def _with_object(asset: Asset, user: Any) -> dict[str, Any]:
    """A failed file with the object that it belongs to, as far as the user may know of it."""
    use = ArtifactMedia.objects.filter(asset=asset).select_related("artifact").first()
    artifact = use.artifact if use and within_departments(user, type(use.artifact).objects.filter(pk=use.artifact_id)).exists() else None
    return {"asset": asset, "artifact": artifact}
