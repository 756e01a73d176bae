"""The harvester follows our own feed over HTTP and ends with exactly what the database says, whatever happens on the way."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exchange.models import Harvested, PeerFeed
from exchange.peers import harvesting
from exchange.peers.fetching import PeerError
from iiif.changes import pages
from iiif.models import StoredManifest
from iiif.presentation.addresses import PLACEHOLDER
from tests.iiif.changes import random_changes
from tests.iiif.changes.random_changes import settle


@pytest.fixture
def feed(museum_server: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the feed of a museum with objects; pages of few activities."""
    settings.MUSEUM_PEER_HOSTS = ("localhost",)
    monkeypatch.setattr(pages, "PER_PAGE", 10)
    return f"{museum_server}/iiif/changes/collection.json"


def run(feed: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("harvest", feed, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def in_the_database(origin: str) -> dict[str, str]:
    """Address → hash of what is served, of everything that is public now."""
    random_changes.published()
    rows = StoredManifest.objects.filter(kind="object").exclude(sha256="").values_list("public_id", "body")
    return {
        f"{origin}/iiif/objects/{public_id}/manifest.json": hashlib.sha256(
            bytes(body).replace(PLACEHOLDER.encode(), origin.encode())
        ).hexdigest()
        for public_id, body in rows
    }


def harvested() -> dict[str, str]:
    return dict(Harvested.objects.values_list("uri", "sha256"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.one_stack
def test_after_random_changes_the_harvest_is_what_the_database_says(feed: str, museum_server: str) -> None:
    dice = random.Random(20261128)
    pks = [one.pk for one in random_changes.objects(15)]
    settle()
    acts = 0
    for _round in range(5):
        for _act in range(24):
            acts += random_changes.change(dice, pks) != "nothing"
        settle()
        run(feed)
        assert harvested() == in_the_database(museum_server)
    assert acts > 60
    assert "0 pages" not in run(feed)
    assert not Harvested.objects.filter(waiting=True).exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.one_stack
def test_a_harvest_that_is_interrupted_goes_on_and_a_dry_run_writes_nothing(
    feed: str, museum_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    random_changes.objects(15)
    settle()
    assert "10 new" in run(feed, dry_run=True)
    assert not PeerFeed.objects.exists()
    real, calls = harvesting.fetch, []

    def breaking(address: str, **options: Any) -> Any:
        calls.append(address)
        if len(calls) > 6:
            raise KeyboardInterrupt
        return real(address, **options)

    monkeypatch.setattr(harvesting, "fetch", breaking)
    with pytest.raises(KeyboardInterrupt):
        run(feed)
    assert 0 < Harvested.objects.filter(waiting=True).count() < 10
    monkeypatch.setattr(harvesting, "fetch", real)
    run(feed)
    assert harvested() == in_the_database(museum_server)


def answering(status: int) -> Callable[..., Any]:
    """``harvesting.fetch`` for a museum whose feed is well, and which answers so for every manifest."""
    real = harvesting.fetch

    def fetch(address: str, **options: Any) -> Any:
        if address.endswith("manifest.json"):
            raise PeerError(f"The other museum answered with status {status}.", status)
        return real(address, **options)

    return fetch


@pytest.mark.django_db(transaction=True)
@pytest.mark.one_stack
def test_what_is_away_for_a_moment_is_not_lost(feed: str, museum_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An object that is taken back and published again before the worker looks has no activity: the feed never tells of it again."""
    random_changes.objects(6)
    settle()
    real = harvesting.fetch
    gone = answering(410)
    monkeypatch.setattr(harvesting, "fetch", gone)
    assert "4 not there now" in run(feed)
    monkeypatch.setattr(harvesting, "fetch", real)
    run(feed)
    assert harvested() == in_the_database(museum_server)
    Harvested.objects.update(waiting=True, attempts=7, problem="The other museum answered with status 503.")
    monkeypatch.setattr(harvesting, "fetch", gone)
    for _run in range(harvesting.MOST_ATTEMPTS):
        assert Harvested.objects.exists()
        run(feed)
    assert not Harvested.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.one_stack
def test_what_cannot_be_fetched_fails_the_run_and_is_tried_again(feed: str, museum_server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    random_changes.objects(6)
    settle()
    real = harvesting.fetch
    monkeypatch.setattr(harvesting, "fetch", answering(503))
    with pytest.raises(CommandError, match="4 manifests could not be fetched"):
        run(feed)
    monkeypatch.setattr(harvesting, "fetch", real)
    run(feed)
    assert harvested() == in_the_database(museum_server)
    with pytest.raises(CommandError, match="no change feed"):
        run(f"{museum_server}/iiif/collection.json")
