"""Alerts: saved searches that are run again by the worker, as their owners, and say what is new in the workplace and by e-mail."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.permissions import policy_registry

from artifacts.models import Artifact
from artifacts.permissions import within_departments
from museum.workplace.models import SavedSearch, SearchNotice
from museum.workplace.searching import asking
from search import curators
from search.engines.base import EngineError
from search.language import QueryError, reader_of

logger = logging.getLogger("museum.workplace")
MOST_HITS = 10_000
EVERY_SECONDS = 300
NAMED = 20


class TooManyError(Exception):
    """A search that finds too much to be watched."""


def hits_of(search: SavedSearch) -> list[str]:
    """Public ids of what the search finds for its owner now. Raises TooManyError, QueryError, EngineError."""
    question = asking.restored(search.question, search.owner)
    reader = reader_of(search.owner)
    total = curators.count(question, reader)
    if total > MOST_HITS:
        raise TooManyError(_("The search finds %(n)d objects; an alert needs at most %(most)d.") % {"n": total, "most": MOST_HITS})
    return sorted(hit.id.partition(":")[2] for hit in curators.every(question, reader))


def check_all() -> int:
    """Run every watched search; returns how many notices were written. One that fails says so to its owner and stops nobody else."""
    told = 0
    for search in SavedSearch.objects.filter(alert=True, owner__is_active=True).select_related("owner"):
        if not may_find(search.owner):  # no longer works here; the alert stays for the day when that changes again
            continue
        try:
            told += check(search)
        except EngineError:
            logger.warning("The search engine does not answer; saved searches are checked later.")
            return told
        except (QueryError, TooManyError) as error:
            SavedSearch.objects.filter(pk=search.pk).update(error=str(error), checked_at=timezone.now())
    return told


def may_find(user: Any) -> bool:
    """True for those who may open the list of objects at all."""
    policy = policy_registry.get_by_type(Artifact)
    return user.has_perm("wagtailadmin.access_admin") and policy.user_has_any_permission(user, ["view", "add", "change"])


def told(user: Any, most: int = 50) -> list[SearchNotice]:
    """The person's notices, the newest first; of objects that have left the person's departments they say the number of them alone."""
    notices = list(SearchNotice.objects.filter(search__owner=user).select_related("search")[:most])
    named = {number for notice in notices for number in notice.numbers}
    own = within_departments(user, Artifact.objects.filter(accession_number__in=named))
    seen = set(own.values_list("accession_number", flat=True)) if may_find(user) else set()
    for notice in notices:
        notice.numbers = [number for number in notice.numbers if number in seen]
    return notices


def check(search: SavedSearch) -> bool:
    """True when there was something new to tell."""
    with translation.override(_language(search.owner)):
        found = hits_of(search)
        numbers = _numbers(sorted(set(found) - set(search.known)), search.owner)
        with transaction.atomic():
            # each worker has its rounds: the one that comes second with what it has found tells nothing
            mine = SavedSearch.objects.filter(pk=search.pk, alert=True, checked_at=search.checked_at)
            if not mine.update(known=found, checked_at=timezone.now(), error="") or not numbers:
                return False
            notice = SearchNotice.objects.create(search=search, count=len(numbers), numbers=numbers[:NAMED])
        _mail(notice)
        return True


def _numbers(public_ids: list[str], user: Any) -> list[str]:
    """The numbers of these objects, as far as the database, which knows of departments before the index does, has them for the person."""
    found: list[tuple[str, str]] = []
    for start in range(0, len(public_ids), 500):
        own = within_departments(user, Artifact.objects.filter(public_id__in=public_ids[start : start + 500]))
        found += own.values_list("accession_sort", "accession_number")
    return [number for _sort, number in sorted(found)]


def _language(user: Any) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile.get_preferred_language() if profile else "") or "en"


def _mail(notice: SearchNotice) -> None:
    """To the owner's address, if there is one; a post office that is shut is written down, not lost."""
    from django.conf import settings

    search = notice.search
    if not search.owner.email:
        return
    address = settings.MUSEUM_ORIGIN + reverse("workplace:searches")
    lines = [
        ngettext("“%(name)s” finds %(n)d new object:", "“%(name)s” finds %(n)d new objects:", notice.count)
        % {"name": search.name, "n": notice.count},
        *notice.numbers,
        *(["…"] if notice.count > len(notice.numbers) else []),
        "",
        address,
    ]
    try:
        subject = _("New hits of “%(name)s”") % {"name": " ".join(search.name.split())}
        send_mail(subject, "\n".join(lines), None, [search.owner.email])
        notice.mailed = True
    except (OSError, SMTPException) as error:
        logger.warning("No e-mail to the owner of saved search %s: %s", search.pk, error)
        notice.error = str(error)
    notice.save(update_fields=["mailed", "error"])
