"""Questions that every page asks, with their SQL made once: for one record Django takes longer to make it than the database to answer it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any, cast

from django.core.exceptions import ImproperlyConfigured
from django.db import connections, models
from django.db.models.sql.compiler import SQLCompiler

from records import sharing

Key = int | str
Build = Callable[[Sequence[Any]], models.QuerySet[Any, Any]]
# The sizes for which SQL is kept; fewer keys are filled up with the last one. More are asked in Django's way.
SIZES = (1, 2, 4, 8, 16)
_MARK = 1_900_000_000  # no key: it marks a parameter's place, and fits into every integer column


@dataclass(frozen=True, slots=True)
class _Statement:
    sql: str
    params: tuple[Any, ...]
    places: tuple[int, ...]  # which parameter each key is
    names: tuple[str, ...]
    compiler: SQLCompiler
    converters: dict[int, Any]

    def rows(self, keys: Sequence[Key], *, shared: bool) -> Iterable[Sequence[Any]]:
        params = list(self.params)
        for place, key in zip(self.places, chain(keys, repeat(keys[-1])), strict=False):
            params[place] = key
        using = cast(str, self.compiler.using)
        with sharing.cursor(using) if shared else connections[using].cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        return self.compiler.apply_converters(found, self.converters) if self.converters else found


class Prepared:
    """Rows as dictionaries for some keys: ``Prepared(lambda keys: Term.objects.filter(pk__in=keys).values("id", "label"))``.

    The query that ``build`` makes may depend on nothing but the keys, has each of them once, and ends in ``values()``.
    ``of``: what the keys are, numbers or texts (public ids, names). ``shared``: asked over the connection that the threads of a web process
    share (``records.sharing``), for what is answered in an instant and asked in front of Django.
    """

    def __init__(self, build: Build, of: type[Key] = int, *, shared: bool = False) -> None:
        self._build = build
        self._of = of
        self._shared = shared
        self._kept: dict[int, _Statement] = {}

    def __call__(self, keys: Sequence[Key]) -> list[dict[str, Any]]:
        """The rows; none without keys."""
        statement = self._statement(keys)
        if statement is None:
            return list(self._build(keys)) if keys else []
        return [dict(zip(statement.names, row, strict=True)) for row in statement.rows(keys, shared=self._shared)]

    def tuples(self, keys: Sequence[Key]) -> list[tuple[Any, ...]]:
        """The same without names, in the order of ``values()``, where rows are many."""
        statement = self._statement(keys)
        if statement is None:
            return [tuple(row.values()) for row in self._build(keys)] if keys else []
        return [tuple(row) for row in statement.rows(keys, shared=self._shared)]

    def prepare(self) -> None:
        """Make the SQL for one key now, so that nobody who asks waits for it. Needs no connection."""
        self._statement([self._of(_MARK)])

    def _statement(self, keys: Sequence[Key]) -> _Statement | None:
        """None for no keys, and for more of them than SQL is kept for."""
        size = next((size for size in SIZES if size >= len(keys)), None) if keys else None
        if size is None:
            return None
        statement = self._kept.get(size)
        if statement is None:
            statement = self._kept[size] = self._made(size)
        return statement

    def _made(self, size: int) -> _Statement:
        marks = [self._of(_MARK + number) for number in range(size)]
        query = self._build(marks)
        if query.query.distinct and query.ordered:
            raise ImproperlyConfigured("A prepared query of distinct rows has no order: what it is ordered by would be selected, too.")
        compiler = query.query.get_compiler(query.db)
        sql, params = compiler.as_sql()
        places = [place for place, value in enumerate(params) if value in marks]
        if [params[place] for place in places] != marks:
            raise ImproperlyConfigured(f"A prepared query must have each key once: {sql}")
        selected = [one[0] for one in compiler.select[: compiler.col_count]]
        names = query.query.selected or [*query.query.values_select, *query.query.annotation_select]
        return _Statement(sql, tuple(params), tuple(places), tuple(names), compiler, compiler.get_converters(selected))
