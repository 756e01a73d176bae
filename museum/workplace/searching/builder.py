"""The form builder: a query as rows that a form can show, and rows as the query that reads so. What a row cannot say stays as it was typed."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from museum.workplace.objects.answers import Staff
from search.language import QueryError, compile_tree, read, reader_of, reading, write
from search.language.comparing import Asked
from search.language.syntax import OPERATORS, And, Between, Compare, Everything, Not, Or, Present, Tree, Value, Words
from search.queries import pasted_numbers

MOST_ROWS = 50
# What the form says; the script takes it from the page.
WORDS = {
    "words": gettext_lazy("any text"),
    "contains": gettext_lazy("has"),
    "exactly": gettext_lazy("is exactly"),
    "over": gettext_lazy("over"),
    "least": gettext_lazy("at least"),
    "under": gettext_lazy("under"),
    "most": gettext_lazy("at most"),
    "between": gettext_lazy("between … TO …"),
    "given": gettext_lazy("is given"),
    "typed": gettext_lazy("as typed"),
    "not": gettext_lazy("not"),
    "remove": gettext_lazy("Remove this condition"),
    "field": gettext_lazy("Field"),
    "operator": gettext_lazy("Comparison"),
    "value": gettext_lazy("Value"),
    "more": gettext_lazy("More fields"),
}


def rows_of(tree: Tree) -> dict[str, Any]:
    """``{"any": bool, "rows": [{"field", "operator", "value", "not"}]}``; a row without a field is words, one of ``typed`` is a part as typed."""
    if isinstance(tree, Everything):
        return {"any": False, "rows": []}
    parts = tree.parts if isinstance(tree, And | Or) else (tree,)
    return {"any": isinstance(tree, Or), "rows": [_row(part) for part in parts]}


def _row(tree: Tree) -> dict[str, Any]:
    negated = isinstance(tree, Not)
    part = tree.part if isinstance(tree, Not) else tree
    row: dict[str, Any] = {"field": "", "operator": ":", "value": "", "not": negated}
    match part:
        case Words(value):
            return row | {"value": write(Words(value))}
        case Present(name):
            return row | {"field": name, "operator": "*"}
        case Compare(name, operator, value):
            return row | {"field": name, "operator": operator, "value": write(Words(value))}
        case Between(name, low, high):
            ends = [write(Words(end)) if end else "*" for end in (low, high)]
            return row | {"field": name, "operator": "[]", "value": " TO ".join(ends)}
    return {"field": "", "operator": "typed", "value": write(tree), "not": False}


def tree_of(told: Any) -> Tree:
    """The query of the rows. Raises QueryError."""
    if not isinstance(told, dict) or not isinstance(told.get("rows"), list) or len(told["rows"]) > MOST_ROWS:
        raise QueryError(_("The form cannot be read."))
    parts = [part for row in told["rows"] if isinstance(row, dict) and (part := _part(row)) is not None]
    if not parts:
        return Everything()
    if len(parts) == 1:
        return parts[0]
    return Or(tuple(parts)) if told.get("any") else And(tuple(parts))


def _part(row: dict[str, Any]) -> Tree | None:
    name, operator, typed = (str(row.get(key) or "").strip() for key in ("field", "operator", "value"))
    part: Tree
    if operator == "*" and name:
        part = Present(name)
    elif not typed:
        return None
    elif operator == "typed" or not name:
        part = read(typed)
    elif operator == "[]":
        part = read(f"{name}:[{typed}]")
    else:
        sign = operator if operator in OPERATORS else ":"
        part = Compare(name, sign, _value(typed))  # type: ignore[arg-type]
    return Not(part) if row.get("not") else part


def _value(typed: str) -> Value:
    """Words that stand apart are a phrase, with or without quotation marks."""
    if len(typed) > 1 and typed[0] in '"“' and typed[-1] in '"”':
        return Value(typed[1:-1], quoted=True)
    return Value(typed, quoted=any(char.isspace() for char in typed))


def as_typed(text: str) -> dict[str, Any]:
    """One row that holds the whole text: a list of numbers, or what cannot be read yet. So the form never shows, or sends, another query."""
    return {"any": False, "rows": [{"field": "", "operator": "typed", "value": text, "not": False}] if text.strip() else []}


def _text_of(told: Any) -> str:
    """The query of the rows as text. Raises QueryError."""
    rows = told.get("rows") if isinstance(told, dict) else None
    one = rows[0] if isinstance(rows, list) and len(rows) == 1 and isinstance(rows[0], dict) else {}
    if one.get("operator") == "typed" and not one.get("not"):
        return str(one.get("value") or "")[: reading.LONGEST + 1]
    return write(tree_of(told))


class QueryAnswer(Staff):
    """``?q=`` → its rows; ``?rows=`` (JSON) → the query of the form. What is wrong comes with its place, and the text as one row."""

    def get(self, request: HttpRequest) -> JsonResponse:
        text = request.GET.get("q", "")
        try:
            if "rows" in request.GET:
                text = _text_of(json.loads(request.GET["rows"][:20_000]))
            if pasted_numbers(text):
                return JsonResponse({"q": text, **as_typed(text)})
            tree = read(text)
            compile_tree(tree, Asked(reader_of(request.user), timezone.localdate()))
        except QueryError as error:
            return JsonResponse({"trouble": str(error), "start": error.start, "end": error.end, **as_typed(text)})
        except (ValueError, RecursionError):  # no JSON, or nested without end
            return JsonResponse({"trouble": _("The form cannot be read."), "start": 0, "end": 0})
        rows = rows_of(tree)
        return JsonResponse({"q": write(tree), **(rows if len(rows["rows"]) <= MOST_ROWS else as_typed(text))})
