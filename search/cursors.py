"""Cursors: where a walk through all results has come to. Signed, good for one search and one day."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from django.core import signing

from search.requests import SearchRequest

START = "*"
SALT = "search-cursor"
GOOD_FOR = 24 * 3600  # seconds


class CursorError(ValueError):
    """A cursor that cannot be followed; the message is a sentence."""


def written(request: SearchRequest, after: str) -> str:
    """The cursor that goes on after this document."""
    return signing.dumps([_digest(request), after], salt=SALT, compress=True)


def read(cursor: str, request: SearchRequest) -> str:
    """The id after which a walk goes on; empty at the start. Raises CursorError."""
    if cursor == START:
        return ""
    try:
        digest, after = signing.loads(cursor, salt=SALT, max_age=GOOD_FOR)
    except signing.SignatureExpired:
        raise CursorError("This cursor is older than a day: begin again with cursor=*.") from None
    except (signing.BadSignature, ValueError, TypeError):
        raise CursorError("This cursor was not made by this museum: begin with cursor=*, and go on with what next_cursor says.") from None
    if digest != _digest(request):
        raise CursorError("This cursor belongs to another search: keep every parameter as it was, or begin again with cursor=*.")
    return str(after)


def _digest(request: SearchRequest) -> str:
    bare = replace(request, offset=0, limit=0, facets=(), histogram=False, walk=None)
    facts = [bare.text, sorted((name, list(values)) for name, values in bare.filters.items()), bare.dates, bare.box, bare.numbers, bare.ids]
    return hashlib.blake2b(json.dumps(facts).encode(), digest_size=9).hexdigest()
