"""Writing to Elasticsearch: bulk requests of bounded size, and what became of each document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson
from elasticsearch import ApiError, Elasticsearch

from search.engines.base import EngineUnavailableError
from search.engines.compiled import Compiled
from search.engines.elasticsearch.mapping import body
from search.requests import BulkResult

LONGEST = 8_000_000  # bytes
BUSY = {408, 429, 500, 502, 503, 504}
READ_ONLY = 403
TOO_LONG = 413
CLOSED = "index_closed_exception"  # by an administrator, until it is opened again
Operation = list[bytes]  # what to do, and with which document


def send(client: Elasticsearch, alias: str, documents: list[Compiled], deleted: list[tuple[str, int]]) -> BulkResult:
    """Write and delete by version. A version conflict is a stale write, which is what versions are for."""
    operations = [[_action("index", one.id, one.version), body(one)] for one in documents]
    operations += [[_action("delete", ident, version)] for ident, version in deleted]
    written = stale = 0
    failed: dict[str, str] = {}
    for batch in _batches(operations):
        for outcome in _sent(client, alias, batch):
            if outcome["status"] < 300 or (outcome["status"] == 404 and "error" not in outcome):
                written += 1
            elif outcome["status"] == 409:
                stale += 1
            elif passes(outcome["status"], outcome.get("error")) or outcome["status"] == 404:
                raise EngineUnavailableError(f"Elasticsearch does not take writes now: {_reason(outcome)}")
            else:
                failed[outcome["_id"]] = _reason(outcome)
    return BulkResult(written, stale, failed)


def passes(status: int | None, error: Any) -> bool:
    """Whether what Elasticsearch refuses is taken some time later: it is busy, read-only, or the index is closed. Nothing is given up then."""
    return status in BUSY | {READ_ONLY} or (isinstance(error, dict) and error.get("type") == CLOSED)


def _sent(client: Elasticsearch, alias: str, operations: list[Operation]) -> list[dict[str, Any]]:
    """What became of each. What a proxy on the way finds too long goes in halves; a document that is too long by itself failed."""
    try:
        lines: list[Any] = [line for operation in operations for line in operation]  # the client's types know only dictionaries
        return [next(iter(item.values())) for item in client.bulk(index=alias, operations=lines, require_alias=True)["items"]]
    except ApiError as error:
        if error.status_code != TOO_LONG:
            raise
    if len(operations) > 1:
        half = len(operations) // 2
        return [*_sent(client, alias, operations[:half]), *_sent(client, alias, operations[half:])]
    ident = next(iter(orjson.loads(operations[0][0]).values()))["_id"]
    reason = "Elasticsearch, or a proxy in front of it, does not take so many bytes at once"
    return [{"_id": ident, "status": TOO_LONG, "error": {"type": "too long", "reason": reason}}]


def _action(what: str, ident: str, version: int) -> bytes:
    return orjson.dumps({what: {"_id": ident, "version": version, "version_type": "external_gte"}})


def _batches(operations: list[Operation]) -> Iterator[list[Operation]]:
    batch: list[Operation] = []
    size = 0
    for lines in operations:
        weight = sum(map(len, lines))
        if batch and size + weight > LONGEST:
            yield batch
            batch, size = [], 0
        batch.append(lines)
        size += weight
    if batch:
        yield batch


def _reason(outcome: dict[str, Any]) -> str:
    error = outcome.get("error", {})
    return f"{error.get('type', outcome['status'])}: {error.get('reason', '')}"[:500]
