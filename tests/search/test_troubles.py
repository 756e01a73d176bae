"""Elasticsearch away, slow, busy, read-only, during edits: nothing is lost, nobody waits, nothing hidden is shown (row 9 of what it must survive)."""

from __future__ import annotations

import json
import os
import secrets
import signal
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from records import journal
from search.engines import engine
from tests.search.troubles import CATCHES_UP_WITHIN, LONGEST_ANSWER, Account, Between, drill

pytestmark = [pytest.mark.conformance, pytest.mark.django_db(transaction=True)]  # they wait for time-outs


def judged(account: Account, saves: int) -> None:
    assert account.failed_saves == 0 and account.saves == saves
    assert account.ghosts == []
    assert account.slowest <= LONGEST_ANSWER, f"a visitor waited {account.slowest:.2f} s"
    assert account.degraded > 0, "the fallback was never needed: the drill drilled nothing"
    assert account.catching_up < CATCHES_UP_WITHIN
    assert journal.lag_seconds("search") == 0
    assert account.differences == []


@pytest.fixture
def between(elasticsearch_server: str, settings: Any) -> Iterator[Between]:
    proxy = Between(elasticsearch_server)
    settings.SEARCH_URL = f"elasticsearch://{proxy.address}/troubles-{secrets.token_hex(4)}"
    yield proxy
    proxy.trouble = ""
    engine().drop()
    proxy.close()


def test_edits_through_every_trouble(between: Between) -> None:
    def trouble(name: str) -> Any:
        return lambda: setattr(between, "trouble", name)

    troubles = [trouble(name) for name in ("", "slow", "away", "busy", "read-only")]
    judged(drill(50, 5, troubles, trouble("")), 55)


class OwnServer:
    """An Elasticsearch of the drill's own, on a port of its own, that may be stopped, killed and started again with its data."""

    def __init__(self) -> None:
        import service_catalogue

        class Drilled(service_catalogue.Elasticsearch):
            name, port, variable = "elasticsearch-drill", 9269, "TEST_ELASTICSEARCH_DRILL_URL"

        self.service = Drilled()
        self.address = self.service.address

    def pid(self) -> int:
        return int((self.service.run / "pid").read_text())

    def stop(self) -> None:
        os.kill(self.pid(), signal.SIGSTOP)

    def go_on(self) -> None:
        os.kill(self.pid(), signal.SIGCONT)

    def block(self, blocked: bool) -> None:
        body = json.dumps({"index.blocks.read_only_allow_delete": True if blocked else None}).encode()
        address = f"http://{self.address}/_all/_settings"
        request = urllib.request.Request(address, data=body, method="PUT", headers={"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=30).close()


def test_a_thousand_edits_and_a_hundred_deletes_while_a_real_server_suffers(settings: Any) -> None:
    server = OwnServer()
    if server.service.missing():
        pytest.skip(server.service.missing())
    server.service.start()
    settings.SEARCH_URL = f"elasticsearch://{server.address}/drill-{secrets.token_hex(4)}"
    try:

        def stopped() -> None:
            server.stop()

        def read_only() -> None:
            server.go_on()
            time.sleep(2)
            server.block(True)

        def well() -> None:
            server.block(False)

        account = drill(1000, 100, [lambda: None, stopped, read_only, well, stopped], server.go_on)
        judged(account, 1100)
    finally:
        server.go_on()
        server.service.stop()
