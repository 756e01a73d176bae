"""How the client talks to a node: within the time that it has, whatever becomes of the answer on its way."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

from elastic_transport import ConnectionError as NotConnected
from elastic_transport import ConnectionTimeout, NodeConfig, Urllib3HttpNode
from elastic_transport.client_utils import DEFAULT
from urllib3 import Timeout
from urllib3.exceptions import EmptyPoolError

from search.engines import patience

CONNECTIONS = 64  # per node and process; more than a process has threads, so that no question waits for another's answer
PIECE = 65_536  # bytes


class Node(Urllib3HttpNode):
    """The client's limit of time holds for each step of a question: connecting, sending, each piece of the answer. Here it holds for the whole.

    Its own node also waits without an end for a free connection, and takes an answer without a body for one.
    """

    def __init__(self, config: NodeConfig) -> None:
        super().__init__(config)
        self._open, self.pool.urlopen = self.pool.urlopen, self._asked  # type: ignore[assignment,method-assign]

    def perform_request(self, method: str, target: str, *args: Any, **kwargs: Any) -> Any:
        patience.left(0)
        answer = super().perform_request(method, target, *args, **kwargs)
        if method != "HEAD" and not answer[1]:
            raise NotConnected("The answer was cut off.")
        return answer

    def _asked(self, method: str, target: str, *, timeout: Any = DEFAULT, **rest: Any) -> Any:
        seconds: Any = self.config.request_timeout if timeout is DEFAULT else timeout
        seconds = patience.left(seconds)
        until = time.monotonic() + seconds
        limits: dict[str, Any] = {"timeout": Timeout(total=seconds), "pool_timeout": seconds}
        try:
            response = self._open(method, target, preload_content=False, **limits, **rest)
        except EmptyPoolError as error:
            raise ConnectionTimeout("No connection was free.", errors=(error,)) from error
        try:
            data = _whole(response, until)
        except BaseException:
            response.close()  # what still comes on this connection is no answer to anything
            raise
        response.release_conn()
        return SimpleNamespace(status=response.status, headers=response.headers, data=data)


def _whole(response: Any, until: float) -> bytes:
    pieces = []
    while piece := response.read1(PIECE):
        pieces.append(piece)
        if time.monotonic() > until:
            raise ConnectionTimeout("The answer came too slowly.")
    if response.length_remaining:
        raise NotConnected("The answer was cut off.")
    return b"".join(pieces)
