"""Follows the change feed of another museum (Change Discovery 1.0, section 4) until our list is what theirs is.

Two steps that can both be interrupted. *Reading*: from the newest page backwards to where the last reading ended; of each
manifest only the newest activity counts; what is to be done is committed as a whole, with the place reached. *Fetching*: one
manifest after the other, each committed by itself. Whoever stops in the middle goes on there the next time.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.models import Harvested, PeerFeed
from exchange.peers.fetching import Fetched, PeerError, fetch

ACCEPT = 'application/ld+json;profile="http://iiif.io/api/discovery/1/context.json", application/json;q=0.5'
MANIFEST = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json", application/json;q=0.5'
MOST_PAGES = 100_000
MOST_ATTEMPTS = 5  # of runs that find no manifest where the feed says there is one
LONGEST = 500  # characters of a manifest's address
_LONGEST_TAG = 200
APPEARS = frozenset({"Create", "Update", "Add"})
VANISHES = frozenset({"Delete", "Remove"})
Say = Callable[[str], None]


@dataclass
class Outcome:
    """What a harvest did, and what it could not do."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    tried: set[tuple[int, datetime]] = field(default_factory=set)  # what this run has asked for: each change of a manifest once


@dataclass(frozen=True)
class _Wish:
    """The newest that the feed says of a manifest: it is there (as of ``when``), or it is gone."""

    there: bool
    when: datetime


def harvest(address: str, *, say: Say, dry_run: bool = False, documents: bool = True) -> Outcome:
    """Follow the feed whose OrderedCollection is at ``address`` to its end. Raises PeerError when the feed itself cannot be read.

    ``documents``: also fetch each new or changed manifest, to know its label and its bytes' hash.
    """
    outcome = Outcome()
    feed = PeerFeed.objects.filter(address=address).first()
    if feed is None:
        feed = PeerFeed(address=address)
        if not dry_run:
            feed.save()
    if not dry_run and documents:
        _fetch_waiting(feed, outcome, say)  # what an earlier run left
    while True:
        wishes, newest, pages = _wishes(feed, say)
        outcome.counts["pages read"] += pages
        if dry_run:
            _count(feed, wishes, outcome)
            return outcome
        _commit(feed, wishes, newest, outcome, documents)
        if documents:
            _fetch_waiting(feed, outcome, say)
        if not wishes:
            break
    feed.harvested_at = timezone.now()
    feed.save(update_fields=["harvested_at"])
    return outcome


# --- reading ----------------------------------------------------------------------------------------------------------


def _wishes(feed: PeerFeed, say: Say) -> tuple[dict[str, _Wish], tuple[datetime, list[str]] | None, int]:
    """(newest activity of each manifest since the last reading, the place reached, pages read).

    Activities of the very moment at which the last reading ended are read again, unless it has seen them: more of them may
    have come since.
    """
    wishes: dict[str, _Wish] = {}
    newest: tuple[datetime, list[str]] | None = None
    pages = 0
    for page in _pages_backwards(feed.address):
        pages += 1
        older = False
        for activity in reversed(_activities(page)):
            when = _moment(activity)
            if feed.reached_at and when < feed.reached_at:
                older = True
                break
            key = _key(activity)
            if newest is None or when > newest[0]:
                newest = (when, [])
            if when == newest[0]:
                newest[1].append(key)
            if feed.reached_at and when == feed.reached_at and key in feed.reached_keys:
                continue
            if activity.get("type") == "Refresh":
                continue
            for uri, there in _meant(activity):
                wishes.setdefault(uri, _Wish(there, when))
        say(f"{pages:,} pages read, {len(wishes):,} manifests to look at")
        if older:
            break
    return wishes, newest, pages


def _pages_backwards(address: str) -> Iterator[dict[str, Any]]:
    collection = _json(fetch(address, accept=ACCEPT))
    if collection.get("type") != "OrderedCollection":
        raise PeerError(_("At this address is no change feed (an OrderedCollection of IIIF Change Discovery)."))
    if collection.get("totalItems") == 0:
        return
    following = _id(collection.get("last"))
    seen: set[str] = set()
    while following and following not in seen and len(seen) < MOST_PAGES:
        seen.add(following)
        page = _json(fetch(following, accept=ACCEPT))
        yield page
        following = _id(page.get("prev"))


def _json(fetched: Fetched) -> dict[str, Any]:
    try:
        found = orjson.loads(fetched.body or b"")
    except orjson.JSONDecodeError:
        raise PeerError(_("%(address)s is no JSON.") % {"address": fetched.address}) from None
    if not isinstance(found, dict):
        raise PeerError(_("%(address)s is no JSON object.") % {"address": fetched.address})
    return found


def _activities(page: dict[str, Any]) -> list[dict[str, Any]]:
    found = page.get("orderedItems", [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise PeerError(_("A page of the feed has no list of activities: it cannot be followed."))
    return found


def _id(value: Any) -> str:
    """An address; what is none, or too long to be kept, counts as not said."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) and len(found) <= LONGEST and found.startswith(("http://", "https://")) else ""


def _moment(activity: dict[str, Any]) -> datetime:
    try:
        found = datetime.fromisoformat(activity.get("endTime") or activity.get("startTime") or "")
    except (TypeError, ValueError):
        raise PeerError(_("The feed has an activity without a readable endTime: it cannot be followed.")) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _key(activity: dict[str, Any]) -> str:
    return _id(activity) or f"{activity.get('type')} {_id(activity.get('object'))} {_id(activity.get('target'))}"


def _meant(activity: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """(manifest, whether it is there afterwards) of an activity; a move concerns two."""
    target = activity.get("object")
    if isinstance(target, dict) and target.get("type", "Manifest") not in {"Manifest", "sc:Manifest"}:
        return
    uri, kind = _id(target), activity.get("type")
    if uri and kind in APPEARS:
        yield uri, True
    elif uri and kind in VANISHES:
        yield uri, False
    elif uri and kind == "Move":
        yield uri, False
        if _id(activity.get("target")):
            yield _id(activity.get("target")), True


def _count(feed: PeerFeed, wishes: dict[str, _Wish], outcome: Outcome) -> None:
    known = set(Harvested.objects.filter(feed=feed).values_list("uri", flat=True)) if feed.pk else set()
    for uri, wish in wishes.items():
        name = ("changed" if uri in known else "new") if wish.there else ("removed" if uri in known else "gone before we knew it")
        outcome.counts[name] += 1


@transaction.atomic
def _commit(feed: PeerFeed, wishes: dict[str, _Wish], newest: tuple[datetime, list[str]] | None, outcome: Outcome, documents: bool) -> None:
    _count(feed, wishes, outcome)
    there = [(uri, wish) for uri, wish in wishes.items() if wish.there]
    gone = [uri for uri, wish in wishes.items() if not wish.there]
    for start in range(0, len(gone), 400):
        Harvested.objects.filter(feed=feed, uri__in=gone[start : start + 400]).delete()
    rows = [Harvested(feed=feed, uri=uri, changed_at=wish.when, waiting=documents) for uri, wish in there]
    Harvested.objects.bulk_create(
        rows, batch_size=200, update_conflicts=True, unique_fields=["feed", "uri"], update_fields=["changed_at", "waiting"]
    )
    if newest:
        same = feed.reached_at == newest[0]
        feed.reached_keys = sorted({*newest[1], *(feed.reached_keys if same else [])})
        feed.reached_at = newest[0]
        feed.save(update_fields=["reached_at", "reached_keys"])


# --- fetching ---------------------------------------------------------------------------------------------------------


def _fetch_waiting(feed: PeerFeed, outcome: Outcome, say: Say) -> None:
    after = 0
    while True:
        waiting = Harvested.objects.filter(feed=feed, waiting=True, pk__gt=after).order_by("pk")[:100]
        rows = list(waiting)
        if not rows:
            return
        for row in rows:
            after = row.pk
            if (row.pk, row.changed_at) not in outcome.tried:
                outcome.tried.add((row.pk, row.changed_at))
                _fetch_one(row, outcome)
        say(f"{outcome.counts['fetched']:,} manifests fetched")


def _fetch_one(row: Harvested, outcome: Outcome) -> None:
    try:
        fetched = fetch(row.uri, accept=MANIFEST, etag=row.etag)
        if fetched.body is not None:
            manifest = _json(fetched)
            row.label = _label(manifest.get("label"))
            row.sha256 = hashlib.sha256(fetched.body).hexdigest()
            row.etag = fetched.etag if len(fetched.etag) <= _LONGEST_TAG else ""
        row.waiting, row.attempts, row.problem = False, 0, ""
        row.save()
        outcome.counts["fetched"] += 1
    except PeerError as error:
        if error.status in {404, 410}:
            _not_there(row, error, outcome)
            return
        Harvested.objects.filter(pk=row.pk).update(attempts=row.attempts + 1, problem=str(error)[:500])
        outcome.failures.append(f"{row.uri}: {error}")


def _not_there(row: Harvested, error: PeerError, outcome: Outcome) -> None:
    """It vanished after the feed was read, and the next reading says so; or it was away for a moment, of which no feed has to tell.

    So it is asked for again by the next runs, and dropped when it is never there. Other troubles before do not count.
    """
    attempts = row.attempts + 1 if row.problem == str(error)[:500] else 1
    if attempts >= MOST_ATTEMPTS:
        row.delete()
        outcome.counts["never there"] += 1
        return
    Harvested.objects.filter(pk=row.pk).update(attempts=attempts, problem=str(error)[:500])
    outcome.counts["not there now"] += 1


def _label(said: Any) -> dict[str, list[str]]:
    """``{lang: [text, …]}`` of a label of 3.0, or of whatever stands there. No database takes the character 0."""
    found = said if isinstance(said, dict) and "@value" not in said else {"none": [_word(said)]}
    return {
        str(lang)[:40].replace("\0", ""): [_word(text) for text in (texts if isinstance(texts, list) else [texts])]
        for lang, texts in found.items()
    }


def _word(text: Any) -> str:
    if isinstance(text, dict):
        text = text.get("@value")
    if isinstance(text, list):
        text = text[0] if text else ""
    return str(text or "").replace("\0", "")


def waiting(feed: PeerFeed) -> int:
    """How many manifests are still to be fetched."""
    return Harvested.objects.filter(Q(feed=feed), waiting=True).count()
