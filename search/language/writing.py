"""From a tree to the text that reads as the same tree, and to JSON and back (saved searches)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from search.language.errors import QueryError
from search.language.reading import BARE, DEEPEST, MOST_PARTS
from search.language.syntax import OPERATORS, And, Between, Compare, Everything, Not, Or, Present, Tree, Value, Words


def write(tree: Tree) -> str:
    """The query as text; ``read(write(tree)) == tree``."""
    match tree:
        case Everything():
            return ""
        case Words(value):
            return value_text(value)
        case Present(name):
            return f"{name}:*"
        case Compare(name, operator, value):
            return f"{name}:{'' if operator == ':' else operator}{value_text(value)}"
        case Between(name, low, high):
            return f"{name}:[{_bound(low)} TO {_bound(high)}]"
        case Not(part):
            said = _inner(part)
            return f"NOT {said}" if said[0] in "-−–" else f"-{said}"
        case And(parts):
            return " ".join(_inner(part) for part in parts)
        case Or(parts):
            return " OR ".join(f"({write(part)})" if isinstance(part, Or) else write(part) for part in parts)
    raise TypeError(f"{tree!r} is no query.")


def _inner(tree: Tree) -> str:
    return f"({write(tree)})" if isinstance(tree, And | Or | Not) else write(tree)


def _bound(value: Value | None) -> str:
    return "*" if value is None else value_text(value)


def value_text(value: Value) -> str:
    """A value as it is typed: in quotation marks where it was, or where it could not be read without."""
    if value.text == "\\" and not value.quoted:
        return "\\ "  # so that it takes nothing from what follows
    if not value.quoted and BARE.fullmatch(value.text):
        return value.text
    return f'"{value.text}"' if '"' not in value.text else f"“{value.text.replace('”', '')}”"


# -- JSON

_ONE = {"words": Words, "present": Present, "compare": Compare, "between": Between}


def to_json(tree: Tree) -> dict[str, Any]:
    """A tree as plain values."""
    match tree:
        case Everything():
            return {"is": "everything"}
        case Words(value):
            return {"is": "words", "value": _value(value)}
        case Present(name):
            return {"is": "present", "name": name}
        case Compare(name, operator, value):
            return {"is": "compare", "name": name, "operator": operator, "value": _value(value)}
        case Between(name, low, high):
            return {"is": "between", "name": name, "low": low and _value(low), "high": high and _value(high)}
        case Not(part):
            return {"is": "not", "part": to_json(part)}
        case And(parts):
            return {"is": "and", "parts": [to_json(part) for part in parts]}
        case Or(parts):
            return {"is": "or", "parts": [to_json(part) for part in parts]}
    raise TypeError(f"{tree!r} is no query.")


def from_json(stored: Any) -> Tree:
    """The tree back. Raises QueryError for what ``to_json`` does not make."""
    return _Rebuilt().tree(stored, 0)


def _value(value: Value) -> dict[str, Any]:
    return {"text": value.text, "quoted": True} if value.quoted else {"text": value.text}


class _Rebuilt:
    def __init__(self) -> None:
        self.parts = 0

    def tree(self, stored: Any, depth: int) -> Tree:
        kind = stored.get("is") if isinstance(stored, dict) else None
        self.parts += 1
        if depth > 2 * DEEPEST or self.parts > 4 * MOST_PARTS:
            raise QueryError(_("The stored query is too large."))
        if kind == "everything":
            return Everything()
        if kind == "not":
            return Not(self.tree(stored.get("part"), depth + 1))
        if kind in {"and", "or"} and isinstance(stored.get("parts"), list) and len(stored["parts"]) > 1:
            parts = tuple(self.tree(part, depth + 1) for part in stored["parts"])
            return And(parts) if kind == "and" else Or(parts)
        if kind == "words":
            return Words(self.value(stored.get("value")))
        name = stored.get("name") if isinstance(stored, dict) else None
        if isinstance(name, str) and name and kind in _ONE:
            return self.fact(kind, name, stored)
        raise QueryError(_("The stored query cannot be read."))

    def fact(self, kind: str, name: str, stored: dict[str, Any]) -> Tree:
        if kind == "present":
            return Present(name)
        if kind == "between":
            low, high = stored.get("low"), stored.get("high")
            return Between(name, self.value(low) if low else None, self.value(high) if high else None)
        operator = stored.get("operator")
        if operator != ":" and operator not in OPERATORS:
            raise QueryError(_("The stored query cannot be read."))
        return Compare(name, operator, self.value(stored.get("value")))

    def value(self, stored: Any) -> Value:
        if isinstance(stored, dict) and isinstance(stored.get("text"), str):
            return Value(stored["text"], bool(stored.get("quoted")))
        raise QueryError(_("The stored query cannot be read."))
