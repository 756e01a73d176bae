"""Import profiles: data that says which column of a source becomes which field of an object."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from exchange.errors import ExchangeError

FOLDER = Path(__file__).parent / "profiles"
# counts up when the meaning of profiles changes, so that a file imported before is looked at again
MAPPING = 1


@dataclass(frozen=True)
class Table:
    """Several columns of a delimited file whose list positions correspond: one row of a nested table for each position."""

    name: str
    key: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """A profile as loaded. ``columns`` maps every column of the source to what becomes of it."""

    name: str
    title: str
    source: str
    key: str
    language: str
    licence: str
    museum: dict[str, Any]
    department: dict[str, Any]
    fields: tuple[dict[str, Any], ...]
    required: tuple[str, ...]
    columns: dict[str, str]
    optional: frozenset[str] = frozenset()
    separator: str = ""
    lists: frozenset[str] = frozenset()
    tables: tuple[Table, ...] = ()
    nested: dict[str, tuple[str, str]] = field(default_factory=dict)
    group: tuple[str, ...] = ()
    layout: str = ""
    digest: str = ""

    def table_of(self, column: str) -> Table | None:
        """The table that a column belongs to."""
        return next((table for table in self.tables if column in table.columns), None)


def names() -> list[str]:
    """The profiles that are shipped."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def load(name: str) -> Profile:
    """The shipped profile ``name``, or the one in the file of that path. Raises ExchangeError with a sentence."""
    path = Path(name) if name.endswith((".yaml", ".yml")) else FOLDER / f"{name}.yaml"
    if not path.is_file():
        raise ExchangeError(f"There is no profile “{name}”. Choose one of {', '.join(names())}, or give the path of a .yaml file.")
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ExchangeError(f"The profile {path.name} is not valid YAML: {' '.join(str(error).split())}") from error
    try:
        return _from(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise ExchangeError(f"The profile {path.name} is incomplete or misshapen: {error!s} is missing or of the wrong kind.") from error


def _from(data: dict[str, Any]) -> Profile:
    from exchange.building import used_columns

    lists = data.get("lists") or {}
    tables = tuple(
        Table(name, table["key"], tuple(f"{name}.{column}" for column in table["columns"]))
        for name, table in (lists.get("tables") or {}).items()
    )
    columns: dict[str, str] = {data["key"]: "key"}
    for entry in data["fields"]:
        for column in used_columns(entry):
            columns.setdefault(column, entry["make"])
    columns |= {column: f"kept: {why}" for column, why in (data.get("kept") or {}).items() if column not in columns}
    columns |= {column: f"ignored: {why}" for column, why in (data.get("ignored") or {}).items() if column not in columns}
    digest = hashlib.sha256(json.dumps([MAPPING, data, _word_lists(data)], sort_keys=True, default=str).encode()).hexdigest()
    return Profile(
        name=data["name"],
        title=data["title"],
        source=data["source"],
        key=data["key"],
        language=data.get("language", "und"),
        licence=data.get("licence", ""),
        museum=data.get("museum") or {},
        department=data.get("department") or {},
        fields=tuple(data["fields"]),
        required=tuple(data.get("required") or [data["key"]]),
        columns=columns,
        optional=frozenset(data.get("optional") or ()),
        separator=lists.get("separator", ""),
        lists=frozenset(lists.get("columns") or ()),
        tables=tables,
        nested={column: (place["list"], place["item"]) for column, place in (data.get("nested") or {}).items()},
        group=tuple(data.get("group") or ()),
        layout=data.get("layout", ""),
        digest=digest,
    )


def _word_lists(data: dict[str, Any]) -> list[Any]:
    return [words(entry["words"]) for entry in data["fields"] if "words" in entry]


@cache
def _words(name: str) -> Any:
    return yaml.safe_load((FOLDER / "words" / f"{name}.yaml").read_text(encoding="utf-8"))


def words(name: str) -> Any:
    """A word list shipped beside the profiles (``profiles/words/<name>.yaml``)."""
    if not (FOLDER / "words" / f"{name}.yaml").is_file():
        raise ExchangeError(f"The profile names the word list “{name}”, which does not exist.")
    return _words(name)
