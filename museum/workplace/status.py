"""Why a record, a picture or a manifest is or is not published: sentences from every room, gathered through a small registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from artifacts import publishing
from artifacts.models import Artifact, ArtifactMedia
from media.models import Asset
from records.models import JournalEntry

Tone = Literal["ok", "wait", "bad", "plain"]


@dataclass(frozen=True)
class Line:
    """One sentence. ``tone`` is shown by a sign and a colour; ``url`` is where something can be done about it."""

    text: str
    tone: Tone = "plain"
    url: str = ""


# The journal's consumers, in words for staff.
CONSUMERS = {
    "search": gettext_lazy("search"),
    "search-fallback": gettext_lazy("search, for when its engine is away"),
    "page-texts": gettext_lazy("search in the texts of pages"),
    "manifests": gettext_lazy("manifests for other museums"),
    "dependents": gettext_lazy("records that show what was changed"),
    "institution": gettext_lazy("the museum’s name and logo in manifests"),
}


def consumer_name(name: str) -> str:
    """Where a change is on its way to, in words."""
    return str(CONSUMERS.get(name, name))


Teller = Callable[[Artifact, Any], Iterable[Line]]
_tellers: dict[str, tuple[Any, Teller]] = {}


def register(name: str, heading: Any, teller: Teller) -> None:
    """Let a room tell what it knows of an object: ``teller(artifact, user)`` gives lines under ``heading``."""
    _tellers[name] = (heading, teller)


def told(artifact: Artifact, user: Any) -> list[tuple[Any, list[Line]]]:
    """All headings with their lines; headings without lines are left out."""
    found = [(heading, list(teller(artifact, user))) for heading, teller in _tellers.values()]
    return [(heading, lines) for heading, lines in found if lines]


def publication(artifact: Artifact, user: Any) -> Iterable[Line]:
    """Draft, live, public, embargo, withdrawn; and what the clock will do."""
    if artifact.withdrawn_on:
        yield Line(
            _("Withdrawn on %(date)s: %(reason)s") % {"date": _day(artifact.withdrawn_on), "reason": artifact.withdrawn_reason}, "bad"
        )
    elif artifact.merged_into_id:
        yield Line(_("Merged into %(object)s: its address leads there.") % {"object": artifact.merged_into}, "bad")
    elif not artifact.live:
        if artifact.expired and artifact.expire_at:
            yield Line(_("Expired: since %(date)s nobody outside sees it.") % {"date": _moment(artifact.expire_at)}, "wait")
        else:
            yield Line(_("A draft: nobody outside sees it."), "wait")
    elif artifact.is_public and artifact.first_published_on:
        yield Line(_("Public since %(date)s.") % {"date": _day(artifact.first_published_on)}, "ok")
    elif artifact.embargo_until:
        yield Line(_("Live, but not public before %(date)s.") % {"date": date_format(artifact.embargo_until, "SHORT_DATE_FORMAT")}, "wait")
    yield from _schedule(artifact)
    lacking = publishing.refused_schedule(artifact)
    if lacking:
        yield Line(_("It was not published as scheduled: it lacks %(fields)s.") % {"fields": ", ".join(lacking)}, "bad")
    if artifact.live and artifact.has_unpublished_changes:
        yield Line(_("There are changes that are not published yet."), "wait")
    if artifact.access_limit == Artifact.Access.LIMITED:
        yield Line(_("Access is limited: descriptions, inscriptions and pictures are for staff only."), "plain")


def _schedule(artifact: Artifact) -> Iterable[Line]:
    """What happens by itself. A time that was only written into a draft does nothing before somebody publishes."""
    coming = artifact.scheduled_revision
    if coming is not None:
        when = _moment(coming.approved_go_live_at)
        told = _("Its changes go live: %(date)s, within a minute.") if artifact.live else _("It goes live: %(date)s, within a minute.")
        yield Line(told % {"date": when}, "wait")
    elif artifact.go_live_at and artifact.go_live_at > timezone.now():
        told = _("%(date)s is set as the time to go live, but nothing is scheduled before “Schedule to publish” is pressed.")
        yield Line(told % {"date": _moment(artifact.go_live_at)}, "bad")
    if artifact.live and artifact.expire_at:
        yield Line(_("It expires: %(date)s, within a minute.") % {"date": _moment(artifact.expire_at)}, "wait")


def _moment(value: datetime) -> str:
    return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")


def _day(value: datetime) -> str:
    return date_format(timezone.localtime(value), "SHORT_DATE_FORMAT")


def pictures(artifact: Artifact, user: Any) -> Iterable[Line]:
    """How the object's files stand."""
    uses = ArtifactMedia.objects.filter(artifact=artifact)
    if not uses.exists():
        yield Line(_("No pictures: it has a page, but no manifest."), "plain")
        return
    waiting = uses.filter(asset__state__in=[Asset.State.WAITING, Asset.State.PROCESSING]).count()
    if waiting:
        yield Line(ngettext("%(n)d file is being prepared.", "%(n)d files are being prepared.", waiting) % {"n": waiting}, "wait")
    for use in uses.filter(asset__state=Asset.State.FAILED).select_related("asset")[:5]:
        yield Line(f"{use.asset.original_filename}: {_(use.asset.failure) if use.asset.failure else _('Processing failed.')}", "bad")
    held = uses.filter(published=False).count()
    if held and artifact.live:
        yield Line(ngettext("%(n)d picture waits for publishing.", "%(n)d pictures wait for publishing.", held) % {"n": held}, "wait")
    shown = uses.filter(asset__state=Asset.State.READY, published=True).exclude(publication_class="staff").count()
    if shown:
        yield Line(ngettext("%(n)d picture is ready and shown.", "%(n)d pictures are ready and shown.", shown) % {"n": shown}, "ok")


def journeys(artifact: Artifact, user: Any) -> Iterable[Line]:
    """Changes that have not arrived everywhere yet."""
    entries = JournalEntry.objects.filter(kind="object", record_pk=artifact.pk)
    waiting = sorted(set(entries.filter(dead=False).values_list("consumer", flat=True)))
    if waiting:
        yield Line(
            _("The last change is on its way to: %(names)s.") % {"names": ", ".join(consumer_name(name) for name in waiting)}, "wait"
        )
    for entry in entries.filter(dead=True)[:3]:
        yield Line(_("%(name)s has given up: %(error)s") % {"name": consumer_name(entry.consumer), "error": entry.error[:200]}, "bad")


def manifest(artifact: Artifact, user: Any) -> Iterable[Line]:
    """The IIIF manifest, and what is wrong with it."""
    from iiif.models import StoredManifest

    stored = StoredManifest.objects.filter(kind="object", record_pk=artifact.pk).defer("body").first()
    for problem in stored.problems if stored else []:
        yield Line(": ".join(str(part) for part in problem) if isinstance(problem, list) else str(problem), "bad")
    if stored and stored.sha256 and artifact.is_public:
        yield Line(_("Its manifest is served."), "ok", f"/iiif/objects/{artifact.public_id}/manifest.json")
