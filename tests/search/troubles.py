"""A drill: a museum is edited while its Elasticsearch goes through every trouble; what visitors see and what remains is judged."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.http import QueryDict

from artifacts.models import Title
from records.models import JournalEntry
from search import auditing, indexing, outage, visibility, visitor
from search.documents import AUDIENCES
from tests.factories import make_object

Trouble = Callable[[], None]
LONGEST_ANSWER = 1.5  # seconds that a visitor waits at most
CATCHES_UP_WITHIN = 60.0


class Between:
    """Stands between the museum and a real Elasticsearch: ``trouble`` is "", "away", "slow", "busy" or "read-only"."""

    def __init__(self, server: str) -> None:
        self.trouble = ""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, headers, answer = outer._answer(server, self.command, self.path, dict(self.headers), body)
                if not status:
                    self.close_connection = True
                    self.connection.close()
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(answer)

            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = answer

            def log_message(self, *args: Any) -> None:
                """Says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, server: str, method: str, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        product = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/json"}
        writes = method in {"PUT", "DELETE"} or "_bulk" in path
        if self.trouble == "away":
            return 0, {}, b""
        if self.trouble == "busy":
            return (
                429,
                product,
                json.dumps({"error": {"type": "es_rejected_execution_exception", "reason": "full"}, "status": 429}).encode(),
            )
        if self.trouble == "read-only" and writes:
            reason = "index blocked by: [FORBIDDEN/12/index read-only / allow delete (api)]"
            return 403, product, json.dumps({"error": {"type": "cluster_block_exception", "reason": reason}, "status": 403}).encode()
        if self.trouble == "slow":
            time.sleep(2.5)
        connection = http.client.HTTPConnection(server, timeout=60)
        try:
            kept = {name: value for name, value in headers.items() if name.lower() not in {"host", "connection", "accept-encoding"}}
            connection.request(method, path, body or None, kept)
            answer = connection.getresponse()
            content = answer.read()
        except OSError:  # the drill has ended, and the answer is nobody's
            return 0, {}, b""
        finally:
            connection.close()
        return answer.status, {**product, "Content-Type": answer.headers.get("Content-Type", "application/json")}, content


@dataclass(slots=True)
class Account:
    """What a drill saw."""

    saves: int = 0
    failed_saves: int = 0
    ghosts: list[str] = field(default_factory=list)
    slowest: float = 0.0
    degraded: int = 0
    catching_up: float = 0.0
    differences: list[str] = field(default_factory=list)


def drill(edits: int, deletes: int, troubles: list[Trouble], well: Trouble) -> Account:
    """``edits`` saves and ``deletes`` unpublished records, spread over the troubles; then the engine is well again."""
    account = Account()
    artifacts = [make_object(f"BT 55.{number}", f"Trống thử {number}") for number in range(max(deletes * 2, 20))]
    _work()
    acts = ["edit"] * edits
    for place in range(deletes):
        acts.insert(place * (edits // max(deletes, 1)) + place, "delete")
    gone: dict[str, float] = {}
    stage = -1
    looks = max(1, len(acts) // (len(troubles) * 4))
    for place, act in enumerate(acts):
        if place * len(troubles) // len(acts) != stage:
            stage = place * len(troubles) // len(acts)
            troubles[stage]()
            outage.over()
        _save(act, artifacts, place, gone, account)
        if place % looks == looks - 1:
            _work()
            _look(gone, account)
    well()
    began = time.monotonic()
    while JournalEntry.objects.filter(consumer="search").exists() and time.monotonic() - began < CATCHES_UP_WITHIN:
        _work()
        time.sleep(0.1)
    account.catching_up = time.monotonic() - began
    outage.over()
    visibility._looked = 0.0
    _look(gone, account)
    for audience in AUDIENCES:
        found = auditing.audit(audience, contents=True)
        account.differences += [*found.missing, *found.ghosts, *found.outdated]
    return account


def _save(act: str, artifacts: list[Any], place: int, gone: dict[str, float], account: Account) -> None:
    try:
        if act == "delete":
            artifact = artifacts.pop()
            artifact.unpublish()
            gone[artifact.public_id] = time.monotonic()
        else:
            title = Title.objects.filter(artifact=artifacts[place % len(artifacts)]).order_by("pk")[0]
            title.text = f"Trống thử lần {place}"
            title.save()
        account.saves += 1
    except Exception:
        account.failed_saves += 1
        raise


def _work() -> None:
    """What the worker does."""
    from artifacts import dependents

    while dependents.process():
        pass
    while indexing.catch_up():
        pass
    while indexing.catch_up_fallback():
        pass


def _look(gone: dict[str, float], account: Account) -> None:
    """A visitor's search: quick, and without anything that has not been public for longer than a process trusts what it knows."""
    began = time.monotonic()
    page = visitor.run(visitor.parse_request(QueryDict("q=trong+thu&size=96")))
    account.slowest = max(account.slowest, time.monotonic() - began)
    account.degraded += page.degraded
    long_gone = {public_id for public_id, since in gone.items() if began - since > visibility.LOOK_EVERY}
    account.ghosts += [hit.id for hit in page.hits if hit.id.partition(":")[2] in long_gone]
