"""What a museum could use instead of a search engine: full text in its database, facets by SQL. Measured beside the engines, on the same words.

Both are given the ready words of the public document, so that no analysis differs; a stem, a synonym or a number in another spelling
finds nothing here. A question is answered as the engines answer it: how many, the first 24 with their cards, six facets.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import orjson
import psycopg
from psycopg import sql

from search.documents import NONE_GIVEN, Document
from search.engines.compiled import compile_document
from search.text import words

FIELDS = ("title", "maker", "subject", "place", "text")
FACETS = ("type", "maker", "period", "place", "material", "department")
HITS, VALUES = 24, 10


class Alternative(Protocol):
    """Full text and facets in a database."""

    name: str

    def add(self, documents: Sequence[Document]) -> None: ...

    def finish(self) -> None: ...

    def ask(self, text: str) -> int: ...

    def bytes(self) -> int: ...

    def drop(self) -> None: ...


class _Row:
    """A document as rows of tables."""

    def __init__(self, number: int, document: Document) -> None:
        compiled = compile_document(document, "public")
        self.number = number
        self.words = [compiled.words.get(f"p.{name}", "") for name in FIELDS]
        self.display = orjson.dumps(document.display).decode()
        self.facets = [
            (number, place, value) for place, name in enumerate(FACETS) for value in compiled.facets[f"facet.{name}"] if value != NONE_GIVEN
        ]


class Fts5:
    """SQLite with FTS5; facets from a clustered table."""

    name = "SQLite FTS5, facets by SQL"

    def __init__(self, folder: str) -> None:
        self.path = Path(folder) / "fts5.sqlite3"
        self.connection = sqlite3.connect(self.path)
        self.count = 0
        self.connection.executescript(
            f"""PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
            CREATE VIRTUAL TABLE found USING fts5({", ".join(FIELDS)}, content='', tokenize='unicode61');
            CREATE TABLE card (id INTEGER PRIMARY KEY, display TEXT);
            CREATE TABLE facet (doc INTEGER, name INTEGER, value TEXT, PRIMARY KEY (doc, name, value)) WITHOUT ROWID;"""
        )

    def add(self, documents: Sequence[Document]) -> None:
        rows = [_Row(self.count + place, document) for place, document in enumerate(documents)]
        self.count += len(rows)
        with self.connection as db:
            marks = ", ".join("?" * len(FIELDS))
            db.executemany(
                f"INSERT INTO found (rowid, {', '.join(FIELDS)}) VALUES (?, {marks})",
                [(row.number, *row.words) for row in rows],
            )
            db.executemany("INSERT INTO card VALUES (?, ?)", [(row.number, row.display) for row in rows])
            db.executemany("INSERT OR IGNORE INTO facet VALUES (?, ?, ?)", [facet for row in rows for facet in row.facets])

    def finish(self) -> None:
        self.connection.execute("INSERT INTO found (found) VALUES ('optimize')")
        self.connection.execute("ANALYZE")
        self.connection.commit()

    def ask(self, text: str) -> int:
        asked = " AND ".join(f'"{word}"' for word in words(text).folded)
        total = 0
        if asked:
            chosen, given = "SELECT rowid AS id FROM found WHERE found MATCH ?", (asked,)
            self.connection.execute(
                "SELECT display FROM (SELECT rowid FROM found WHERE found MATCH ? ORDER BY bm25(found, 6, 4, 3, 2, 1) LIMIT ?) JOIN card ON id = rowid",
                (asked, HITS),
            ).fetchall()
        else:
            chosen, given = "SELECT id FROM card", ()
            self.connection.execute("SELECT display FROM card ORDER BY id LIMIT ?", (HITS,)).fetchall()
        counted = self.connection.execute(
            f"""WITH chosen AS MATERIALIZED ({chosen}),
            counted AS (SELECT name, value, count(*) AS number FROM chosen JOIN facet ON doc = chosen.id GROUP BY name, value)
            SELECT -1, '', (SELECT count(*) FROM chosen), 0 UNION ALL
            SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY name ORDER BY number DESC) AS place FROM counted) WHERE place <= {VALUES}""",
            given,
        ).fetchall()
        total = next(number for name, _, number, _ in counted if name == -1)
        return int(total)

    def bytes(self) -> int:
        self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self.path.stat().st_size

    def drop(self) -> None:
        self.connection.close()


class Postgres:
    """PostgreSQL's full text, in a schema of its own that is dropped afterwards."""

    name = "PostgreSQL full text, facets by SQL"

    def __init__(self, url: str) -> None:
        self.schema = f"search_speed_{secrets.token_hex(4)}"
        self.connection = psycopg.connect(url, autocommit=True)
        self.count = 0
        self._run(f"CREATE SCHEMA {self.schema}")
        self._run(f"SET search_path TO {self.schema}")
        self._run("CREATE TABLE card (id integer, display jsonb, words tsvector)")
        self._run("CREATE TABLE facet (doc integer, name smallint, value text)")

    def add(self, documents: Sequence[Document]) -> None:
        rows = [_Row(self.count + place, document) for place, document in enumerate(documents)]
        self.count += len(rows)
        weighted = " || ".join(f"setweight(to_tsvector('simple', %s), '{weight}')" for weight in "ABCDD")
        with self.connection.transaction(), self.connection.cursor() as cursor:
            cursor.executemany(
                sql.SQL("INSERT INTO card VALUES (%s, %s, " + weighted + ")"),  # type: ignore[arg-type]
                [(row.number, row.display, *row.words) for row in rows],
            )
            with cursor.copy("COPY facet FROM STDIN") as copy:
                for facet in {facet for row in rows for facet in row.facets}:
                    copy.write_row(facet)

    def finish(self) -> None:
        self._run("CREATE INDEX ON card USING gin (words)")
        self._run("CREATE UNIQUE INDEX ON card (id)")
        self._run("CREATE INDEX ON facet (doc) INCLUDE (name, value)")
        self._run("VACUUM ANALYZE card")
        self._run("VACUUM ANALYZE facet")

    def ask(self, text: str) -> int:
        asked = " ".join(words(text).folded)
        where, given = ("words @@ plainto_tsquery('simple', %(asked)s)", {"asked": asked}) if asked else ("true", {})
        order = "ts_rank('{0.2,0.33,0.66,1}', words, plainto_tsquery('simple', %(asked)s)) DESC" if asked else "id"
        self._run(f"SELECT display FROM card WHERE {where} ORDER BY {order} LIMIT {HITS}", given).fetchall()
        counted = self._run(
            f"""WITH chosen AS MATERIALIZED (SELECT id FROM card WHERE {where}),
            counted AS (SELECT name, value, count(*) AS number FROM chosen JOIN facet ON doc = chosen.id GROUP BY name, value)
            SELECT -1, '', (SELECT count(*) FROM chosen), 0 UNION ALL
            SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY name ORDER BY number DESC) AS place FROM counted) ranked
            WHERE place <= {VALUES}""",
            given,
        ).fetchall()
        return int(next(number for name, _, number, _ in counted if name == -1))

    def bytes(self) -> int:
        row = self._run("SELECT pg_total_relation_size('card') + pg_total_relation_size('facet')").fetchone()
        return int(row[0]) if row else 0

    def drop(self) -> None:
        self._run(f"DROP SCHEMA {self.schema} CASCADE")
        self.connection.close()

    def _run(self, statement: str, given: dict[str, Any] | None = None) -> Any:
        return self.connection.execute(sql.SQL(statement), given)  # type: ignore[arg-type]


def alternatives(folder: str, postgres: str) -> list[Alternative]:
    """Those that can be measured here; ``postgres`` is the address of a database, or empty."""
    return [Fts5(folder), *([Postgres(postgres)] if postgres else [])]
