"""Keeps the log readable while the museum asks clients to come again later."""

from __future__ import annotations

import logging
import threading
import time

SECONDS = 60  # between two lines of the same kind
SEGMENTS = 3  # of an address: all of /iiif/3/… is one kind
KINDS = 64  # that are remembered; addresses are the clients' own words


class Unavailable(logging.Filter):
    """A 503 is meant: a full queue, a storage or database that is away. Django logs each as an error, some with a traceback and a mail.

    Here it is a warning in one line, once a minute for each kind of address, that counts those that it stands for. What is broken
    is said by whoever found it (health, storage, search).
    """

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self.lock = threading.Lock()
        self.said: dict[str, float] = {}
        self.unsaid: dict[str, int] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """See ``logging.Filter``."""
        if getattr(record, "status_code", None) != 503:
            return True
        path = str(getattr(getattr(record, "request", None), "path", ""))
        more = self._stands_for("/".join(path.split("/")[:SEGMENTS]))
        if more is None:
            return False
        text = record.getMessage()
        cause = record.exc_info[1] if record.exc_info else None
        if cause is not None:
            text += f" ({type(cause).__name__}: {str(cause).strip().partition(chr(10))[0]})"
        if more:
            text += f", and {more} more since the last such line"
        record.msg, record.args, record.exc_info, record.exc_text = text, (), None, None
        record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        return True

    def _stands_for(self, kind: str) -> int | None:
        """How many were left out since the last line of this kind; None for one that is left out itself."""
        now = time.monotonic()
        with self.lock:
            if now - self.said.get(kind, now - SECONDS) < SECONDS:
                self.unsaid[kind] = self.unsaid.get(kind, 0) + 1
                return None
            if len(self.said) >= KINDS:
                self.said.clear()
                self.unsaid.clear()
            self.said[kind] = now
            return self.unsaid.pop(kind, 0)


class StrangeHost(logging.Filter):
    """A request for a host that is not ours is a scanner's, refused with 400. Django logs each as an error with a traceback; here it is one short warning."""

    def filter(self, record: logging.LogRecord) -> bool:
        """See ``logging.Filter``."""
        record.msg, record.args = record.getMessage().partition(". You may need")[0][:200], ()
        record.exc_info = record.exc_text = None
        record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
        return True
