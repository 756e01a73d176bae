"""The fields that a query may name. A field is a name for people over one or more columns of the index.

``register`` is called by the room that fills the columns (``search.builders`` for objects); the list is made when it is first asked for.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.utils.functional import Promise

from search.language.readers import Reader
from search.text import fold


class Kind(StrEnum):
    """What a field's values are, and so how they are compared."""

    TEXT = "text"  # words, phrases, wildcards, exactly
    REFERENCE = "reference"  # the same over every name of a record of a vocabulary, and of what lies above it; or its id
    CODE = "code"  # one of a list
    FLAG = "flag"  # yes or no
    NUMBER = "number"
    EXTENT = "extent"  # a number with a unit
    YEARS = "years"  # a span of years that overlaps
    DAY = "day"
    PERSON = "person"  # a user of the workplace; "me"
    IDENTIFIER = "identifier"  # a number in any spelling


ORDERED = frozenset({Kind.NUMBER, Kind.EXTENT, Kind.YEARS, Kind.DAY})


@dataclass(frozen=True, slots=True)
class Field:
    """``columns``: where the values lie; ``aliases``: other names, folded; ``choices``: code → label (for CODE).

    ``restricted_to``: the roles that may read it (empty: all staff). ``unit``: that of a bare number. ``own_years``: the values
    are the document's own first and last year. ``main``: offered first in lists of fields.
    """

    name: str
    kind: Kind
    label: str | Promise
    columns: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    restricted_to: frozenset[str] = frozenset()
    choices: Mapping[str, str | Promise] | None = None
    unit: str = ""
    own_years: bool = False
    main: bool = False
    help: str | Promise = ""

    @property
    def also(self) -> tuple[str, ...]:
        """The other names, as they are typed: a blank would end a name."""
        return tuple(alias.replace(" ", "_") for alias in self.aliases)


_makers: list[Callable[[], Iterable[Field]]] = []


def register(make: Callable[[], Iterable[Field]]) -> None:
    """Let a room say which fields it fills; called once, when a query is first compiled."""
    _makers.append(make)
    _all.cache_clear()


def spelled(name: str) -> str:
    """A name as it is compared: without case, accents and tone marks, with one kind of joint."""
    return fold(name.replace("-", " ").replace("_", " ")).replace(" ", "_")


@lru_cache(maxsize=1)
def _all() -> tuple[dict[str, Field], dict[str, Field]]:
    """All fields by name, and by every spelling."""
    fields: dict[str, Field] = {}
    spellings: dict[str, Field] = {}
    for make in _makers:
        for one in make():
            fields[one.name] = one
    for one in fields.values():
        spellings[spelled(one.name)] = one
    for one in fields.values():
        for alias in one.aliases:
            spellings.setdefault(spelled(alias), one)
    return fields, spellings


def readable(reader: Reader) -> list[Field]:
    """The fields that this reader may name, in their order."""
    return [one for one in _all()[0].values() if reader.may_read(one.restricted_to)]


def find(name: str, reader: Reader) -> Field | None:
    """The field of that name, unless there is none for this reader."""
    one = _all()[1].get(spelled(name))
    return one if one is not None and reader.may_read(one.restricted_to) else None


def alike(name: str, reader: Reader) -> str:
    """The readable name that is spelled most like this one, or empty."""
    own = {spelling: one.name for spelling, one in _all()[1].items() if reader.may_read(one.restricted_to)}
    near = difflib.get_close_matches(spelled(name)[:60], own, 1, 0.7)
    return own[near[0]] if near else ""
