"""From an address of the list to a question, and back: ``q``, facet values by name, ``worklist``, ``ordering``. Also as stored values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from museum.workplace.models import Worklist
from search import curators
from search.curators import Question
from search.language import from_json, to_json

# Sort key of a column → order of the search
ORDERINGS = {
    "accession_sort": "number",
    "accession_number": "number",
    "title": "title",
    "maker": "maker",
    "date": "oldest",
    "added": "added",
    "changed": "changed",
}
MOST_IN_WORKLIST = 10_000
# Everything that an address of the list may hold, in its order.
PARAMETERS = ("q", *curators.FACETS, "worklist", "ordering", "p")


def asked(params: QueryDict, user: Any) -> Question:
    """What the address asks. Raises QueryError with the place of what is wrong in the query."""
    ordering = params.get("ordering", "")
    sort = ORDERINGS.get(ordering.removeprefix("-"), "")
    made = curators.asked(
        params.get("q", "").strip(), {name: [v for v in params.getlist(name) if len(v) <= 200] for name in curators.FACETS}, sort
    )
    # the newest come first by themselves
    reverse = bool(sort) and ordering.startswith("-") != (sort in {"changed", "added"})
    return replace(made, reverse=reverse, ids=ids_of(params.get("worklist", ""), user))


def ids_of(worklist: str, user: Any) -> tuple[str, ...] | None:
    """Public ids of the objects on a worklist that the person may see; empty for one that is not there; None when none is named."""
    if not worklist:
        return None
    found = (
        Worklist.objects.seen_by(user).filter(pk=worklist).first()
        if worklist.isascii() and worklist.isdigit() and len(worklist) < 19
        else None
    )
    if found is None:
        return ()
    return tuple(found.entries.values_list("artifact__public_id", flat=True)[:MOST_IN_WORKLIST])


def address(params: QueryDict | Mapping[str, Any], *, drop: tuple[str, ...] = ("p",), **changes: Any) -> str:
    """The list's own parameters as an address, in one spelling, with changes (None takes a name out)."""
    pairs: list[tuple[str, str]] = []
    for name in PARAMETERS:
        if name in changes:
            pairs += [(name, str(changes[name]))] if changes[name] not in (None, "") else []
        elif name not in drop:
            pairs += _pairs(params, name)
    return urlencode(pairs)


def _pairs(params: QueryDict | Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    values = params.getlist(name) if isinstance(params, QueryDict) else [params[name]] if params.get(name) else []
    return [(name, text) for value in values if (text := str(value).replace("\0", ""))]  # PostgreSQL keeps no NUL


class Toggles:
    """The addresses with one value of a facet chosen, or no longer; on the first page, in the spelling of ``address``."""

    def __init__(self, params: QueryDict, name: str) -> None:
        at = PARAMETERS.index(name)
        self.name, self.values = name, [value for value in params.getlist(name) if value]
        self.before = urlencode([pair for other in PARAMETERS[:at] for pair in _pairs(params, other)])
        self.after = urlencode([pair for other in PARAMETERS[at + 1 :] if other != "p" for pair in _pairs(params, other)])

    def __call__(self, value: str) -> str:
        values = [one for one in self.values if one != value] if value in self.values else [*self.values, value]
        own = urlencode([(self.name, one) for one in values])
        return "&".join(part for part in (self.before, own, self.after) if part)


def stored(params: QueryDict, user: Any) -> dict[str, Any]:
    """The question of an address as it is kept. Raises QueryError."""
    question = asked(params, user)
    return {
        "tree": to_json(question.tree),
        "filters": {name: list(values) for name, values in question.filters.items()},
        "numbers": list(question.numbers),
        "ordering": params.get("ordering", ""),
        "worklist": params.get("worklist", ""),
    }


def params_of(question: Mapping[str, Any]) -> QueryDict:
    """A kept question as the parameters of an address. Raises QueryError for a tree that cannot be read."""
    params = QueryDict(mutable=True)
    text = ", ".join(question.get("numbers") or ()) or Question(from_json(question.get("tree") or {"is": "everything"})).text
    params["q"] = text
    for name, values in (question.get("filters") or {}).items():
        params.setlist(name, list(values))
    for name in ("ordering", "worklist"):
        params[name] = str(question.get(name) or "")
    return params


def restored(question: Mapping[str, Any], user: Any) -> Question:
    """A kept question, asked by this person now."""
    return asked(params_of(question), user)
