"""What is wrong with a query, where, in a sentence for the person who typed it."""

from __future__ import annotations

from django.utils.translation import gettext as _


class QueryError(ValueError):
    """``reason``: the sentence; ``start`` and ``end``: the characters that it is about (from 0, end excluded)."""

    def __init__(self, reason: str, start: int = 0, end: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.start = start
        self.end = max(end, start)

    def __str__(self) -> str:
        return _("%(reason)s (At character %(at)d.)") % {"reason": self.reason, "at": self.start + 1}
