"""The right to rebuild an index in Elasticsearch: one small document per audience that only one process can write, renewed while it works."""

from __future__ import annotations

import os
import secrets
import socket
import time
from typing import Any

from elasticsearch import ConflictError, Elasticsearch, NotFoundError

from search.documents import Audience
from search.engines.base import EngineError

LAPSES_AFTER = 120.0  # seconds without a sign of life: a rebuild that was killed on another machine
RENEWED_EVERY = 15.0


class Claim:
    """Held from its making until ``release``. Raises EngineError, with a sentence, while another process holds it."""

    def __init__(self, client: Elasticsearch, index: str, audience: Audience) -> None:
        self.client, self.index, self.audience = client, index, audience
        self.token = secrets.token_hex(8)
        self.released = False
        self._renewed = 0.0
        if not client.indices.exists(index=index):
            self._create_index()
        known = self._known()
        if known is not None and self._lives(known["_source"]):
            raise self._refusal(known["_source"])
        self._write(known)

    def renew(self) -> None:
        """A sign of life, now and then. Raises EngineError when somebody else has taken over meanwhile."""
        if time.monotonic() - self._renewed < RENEWED_EVERY:
            return
        known = self._known()
        if known is None or known["_source"]["token"] != self.token:
            raise EngineError(f"Another process has begun to rebuild the {self.audience} index, so this rebuild ends.")
        self._write(known)

    def release(self) -> None:
        """Others may rebuild from now on."""
        if self.released:
            return
        self.released = True
        known = self._known()
        if known is not None and known["_source"]["token"] == self.token:
            self.client.options(ignore_status=[404, 409]).delete(
                index=self.index, id=self.audience, if_seq_no=known["_seq_no"], if_primary_term=known["_primary_term"]
            )

    def _known(self) -> dict[str, Any] | None:
        try:
            return dict(self.client.get(index=self.index, id=self.audience))
        except NotFoundError:
            return None

    def _write(self, known: dict[str, Any] | None) -> None:
        body = {"token": self.token, "host": socket.gethostname(), "pid": os.getpid(), "at": time.time()}
        if known is None:
            condition: dict[str, Any] = {"op_type": "create"}
        else:
            condition = {"if_seq_no": known["_seq_no"], "if_primary_term": known["_primary_term"]}
        try:
            self.client.index(index=self.index, id=self.audience, document=body, **condition)
        except ConflictError:
            raise self._refusal(body) from None
        self._renewed = time.monotonic()

    def _create_index(self) -> None:
        settings = {"number_of_shards": 1, "auto_expand_replicas": "0-1"}
        self.client.options(ignore_status=[400]).indices.create(index=self.index, settings=settings, mappings={"dynamic": False})

    @staticmethod
    def _lives(source: dict[str, Any]) -> bool:
        if time.time() - source["at"] > LAPSES_AFTER:
            return False
        return source["host"] != socket.gethostname() or _is_running(source["pid"])

    def _refusal(self, source: dict[str, Any]) -> EngineError:
        return EngineError(
            f"The {self.audience} index is being rebuilt by another process (number {source['pid']} on {source['host']}); "
            "wait for it, or stop it first."
        )


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
