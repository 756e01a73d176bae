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
    get = params.getlist if isinstance(params, QueryDict) else lambda name: [params[name]] if params.get(name) else []
    for name in ("q", *curators.FACETS, "worklist", "ordering", "p"):
        values = get(name) if name not in changes else ([changes[name]] if changes[name] not in (None, "") else [])
        if name not in drop or name in changes:
            pairs += [(name, str(value)) for value in values if str(value)]
    return urlencode(pairs)


def toggled(params: QueryDict, name: str, value: str) -> str:
    """The address with one value of a facet chosen, or no longer."""
    changed = params.copy()
    values = changed.getlist(name)
    changed.setlist(name, [one for one in values if one != value] if value in values else [*values, value])
    return address(changed)


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
