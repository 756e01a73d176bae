"""Reading what was given: plain or gzip, CSV or JSON Lines, in the encoding it is in. Rows stream; nothing is held."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from exchange.errors import ExchangeError
from exchange.headings import delimited_columns, recognised
from exchange.layout import ALIASES
from exchange.problems import Findings
from exchange.profile import Profile, Table
from exchange.repairs import repaired
from exchange.unpacking import scan, unpacked

LONGEST_CELL = 16 * 1024 * 1024
DELIMITERS = (",", ";", "\t", "|")
Record = dict[str, Any]


@dataclass
class SourceFile:
    """A file that has been looked through once: its digest (of the unpacked bytes), encoding, form and columns."""

    path: Path
    digest: str
    encoding: str
    form: str
    delimiter: str = ","
    header: list[str] = field(default_factory=list)
    header_at: int = 1
    findings: Findings = field(default_factory=lambda: Findings(0))
    size: int = 0

    @property
    def name(self) -> str:
        """The file's name without folders."""
        return self.path.name


@dataclass(slots=True)
class SourceRow:
    """One record as it came, repaired; ``number`` counts as a spreadsheet does (header = 1), a JSON line by line.

    ``again``: it comes a second time, for its references to objects that followed it in the file.
    """

    number: int
    record: Record
    findings: Findings
    again: bool = False


def inspect(path: Path, profile: Profile, encoding: str = "") -> SourceFile:
    """Look the whole file through before anything is written. Raises ExchangeError with a sentence."""
    if path.is_dir():
        raise ExchangeError(f"{path} is a folder. Name the file in it that is to be imported.")
    if path.exists() and not path.is_file():
        raise ExchangeError(f"{path} is a pipe or a device, which cannot be read twice. Save what it gives as a file and import that.")
    if not path.is_file():
        raise ExchangeError(f"There is no file {path}. Check the path.")
    try:
        found, digest, wrong = scan(path, encoding)
    except (EOFError, zlib.error) as error:
        raise ExchangeError(f"{path.name} ends in the middle of its compressed data: it was cut off. Fetch the file again.") from error
    except gzip.BadGzipFile as error:
        raise ExchangeError(f"{path.name} is damaged ({error}). Fetch the file again.") from error
    except OSError as error:
        raise ExchangeError(f"{path.name} cannot be read ({error.strerror or error}).") from error
    source = SourceFile(path, digest, found, _form(path, found), size=path.stat().st_size)
    if wrong:
        source.findings.add("read_as", value=path.name, byte=f"0x{wrong[0]:02X}", line=wrong[1], encoding="Windows-1252")
    if source.form == "csv":
        _read_header(source, profile)
    return source


def _form(path: Path, encoding: str) -> str:
    with unpacked(path)[0] as stream, io.TextIOWrapper(stream, encoding=encoding) as text:
        first = text.read(200).lstrip()
    if first.startswith("["):
        raise ExchangeError(f"{path.name} is one JSON list. Write JSON Lines instead: one record per line, without the outer brackets.")
    return "jsonl" if first.startswith("{") else "csv"


def _read_header(source: SourceFile, profile: Profile) -> None:
    with unpacked(source.path)[0] as stream, io.TextIOWrapper(stream, encoding=source.encoding, newline="") as text:
        start = text.read(LONGEST_CELL // 16)
    readings, places = {}, {}
    for delimiter in DELIMITERS:
        try:
            first, places[delimiter] = _first_row(csv.reader(io.StringIO(start, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        readings[delimiter] = recognised(first, profile)
    meant = {d: [ALIASES.get(name, name) for name in header] if profile.layout else header for d, header in readings.items()}
    best = max(readings, key=lambda d: (sum(c in meant[d] for c in profile.required), len(readings[d])), default=",")
    header = readings.get(best, [])
    missing = [column for column in profile.required if column not in meant.get(best, [])]
    if missing:
        raise ExchangeError(
            f"{source.name} is not in the layout of the profile “{profile.name}”: its first line lacks {_quoted(missing)}. "
            f"It has {_quoted(header[:12])}{' …' if len(header) > 12 else ''}. Choose another profile, or name the columns as the profile does."
        )
    twice = [name for name, means in zip(header, meant[best], strict=True) if means and meant[best].count(means) > 1]
    if twice:
        same = _quoted(sorted(set(twice)))
        raise ExchangeError(f"{source.name} has the column {same} twice (or two names of it). Rename or remove one of the two.")
    source.delimiter, source.header, source.header_at = best, header, places[best]
    if len(start) < LONGEST_CELL // 16 and not _has_rows(start, source):
        raise ExchangeError(f"{source.name} has the names of columns and no record below them. Check that the file is complete.")
    if profile.layout:
        return
    known = delimited_columns(profile)
    for column in header:
        if column and column not in known:
            source.findings.add("column_unknown", column)
    for column in known - set(header) - profile.optional:
        source.findings.add("column_missing", column)


def _first_row(reader: Iterator[list[str]]) -> tuple[list[str], int]:
    """The first row that says something, and its number; empty rows and Excel's “sep=;” may stand before it."""
    for number, cells in enumerate(reader, 1):
        if any(cell.strip() for cell in cells) and not (len(cells) <= 2 and cells[0].lower().startswith("sep=")):
            return cells, number
    return [], 1


def _has_rows(start: str, source: SourceFile) -> bool:
    reader = csv.reader(io.StringIO(start, newline=""), delimiter=source.delimiter)
    try:
        return any(any(cell.strip() for cell in cells) for number, cells in enumerate(reader, 1) if number > source.header_at)
    except csv.Error:
        return True


class _Lines:
    """The lines of a table; ``ended`` once more of them were wanted than there are."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self.ended = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            return next(self._text)
        except StopIteration:
            self.ended = True
            raise


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def rows(source: SourceFile, profile: Profile, progress: Callable[[float], None] | None = None) -> Iterator[SourceRow]:
    """Every record of the file in order. ``progress`` hears the share of the file read (0 to 1)."""
    csv.field_size_limit(LONGEST_CELL)
    stream, position = unpacked(source.path)
    with stream, io.TextIOWrapper(stream, encoding=source.encoding, newline="") as text:
        read = _json_rows if source.form == "jsonl" else _csv_rows
        for count, row in enumerate(read(text, source, profile)):
            if progress and count % 100 == 0:
                progress(min(position() / max(source.size, 1), 1.0))
            yield row


def _csv_rows(text: IO[str], source: SourceFile, profile: Profile) -> Iterator[SourceRow]:
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=source.delimiter)
    pending: SourceRow | None = None
    number = source.header_at
    for _ in range(number):
        next(reader, None)
    while True:
        number += 1
        findings = Findings(number)
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise ExchangeError(
                f"{source.name}, row {number} (line {reader.line_num}): {error}. Look for an unclosed quotation mark before that line."
            ) from error
        if not any(cell.strip() for cell in cells):
            continue
        record = dict(zip(source.header, cells, strict=False))
        if len(cells) != len(source.header):
            findings.add("cells", value=source.delimiter.join(cells)[:200], found=len(cells), expected=len(source.header))
            shaped: Record = {}
        elif lines.ended:  # while this row was read
            findings.add("unclosed", source.header[-1], cells[-1][:200])
            shaped = {}
        else:
            shaped = _from_cells(record, profile, findings)
        row = SourceRow(number, shaped, findings)
        if not profile.group:
            yield row
            continue
        if pending is not None and shaped and pending.record.get(profile.key) == shaped.get(profile.key):
            _merge_group(pending, row, profile)
            continue
        if pending is not None:
            yield pending
        pending = row
    if pending is not None:
        yield pending


def _merge_group(first: SourceRow, row: SourceRow, profile: Profile) -> None:
    """Several lines of one record: the grouped columns become lists, the others are the first line's."""
    for column, value in row.record.items():
        before = first.record[column]
        if column in profile.group:
            first.record[column] = [*(before if isinstance(before, list) else [before]), value]
        elif before != value:
            first.findings.add("lines_disagree", column, value, row=row.number, before=before)
    first.findings.notes += row.findings.notes
    first.findings.problems += row.findings.problems


def _from_cells(cells: dict[str, str], profile: Profile, findings: Findings) -> Record:
    record: Record = {}
    grouped = {column.split(".", 1)[1] for table in profile.tables for column in table.columns}
    for column, value in cells.items():
        if column in grouped:
            continue
        if column in profile.lists:
            record[column] = [repaired(part, column, findings) for part in value.split(profile.separator)] if value else []
        else:
            record[column] = repaired(value, column, findings)
            if profile.separator and profile.separator in value:
                findings.add("separator_in_value", column, value, separator=profile.separator)
    for table in profile.tables:
        record[table.name] = _table_from_cells(cells, table, profile, findings)
    return record


def _table_from_cells(cells: dict[str, str], table: Table, profile: Profile, findings: Findings) -> list[dict[str, str]]:
    names = [column.split(".", 1)[1] for column in table.columns]
    keys = cells.get(table.key, "")
    if not any(cells.get(name) for name in names):
        return []
    count = len(keys.split(profile.separator))
    lines: list[dict[str, str]] = [{} for _ in range(count)]
    for name in names:
        cell = cells.get(name, "")
        parts = cell.split(profile.separator) if cell else [""] * count
        if len(parts) != count:
            findings.add("list_lengths", name, cell, found=len(parts), expected=count)
            parts = [""] * count
        for line, part in zip(lines, parts, strict=True):
            line[name] = repaired(part, f"{table.name}.{name}", findings)
    return lines


def _json_rows(text: IO[str], source: SourceFile, profile: Profile) -> Iterator[SourceRow]:
    for number, line in enumerate(text, 1):
        if not line.strip():
            continue
        findings = Findings(number)
        record: Record = {}
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            findings.add("json", value=line[:200].strip(), why=str(error))
        else:
            if isinstance(data, dict):
                record = _from_json(data, profile, findings)
            else:
                findings.add("json", value=line[:200].strip(), why="it is a list or a single value")
        yield SourceRow(number, record, findings)


def _from_json(data: dict[str, Any], profile: Profile, findings: Findings) -> Record:
    record: Record = {}
    lists = {place: (column, item) for column, (place, item) in profile.nested.items()}
    tables = {table.name: table for table in profile.tables}
    for name, value in data.items():
        if name in lists:
            column, item = lists[name]
            record[column] = [
                repaired(_plain(part.get(item) if isinstance(part, dict) else part), column, findings) for part in _listed(value)
            ]
        elif name in tables:
            known = [column.split(".", 1)[1] for column in tables[name].columns]
            record[name] = [
                {key: repaired(_plain(line.get(key)), f"{name}.{key}", findings) for key in [*known, *(k for k in line if k not in known)]}
                for line in _listed(value)
                if isinstance(line, dict)
            ]
        elif name in profile.lists:
            record[name] = [repaired(_plain(part), name, findings) for part in _listed(value)]
        else:
            record[name] = repaired(_plain(value), name, findings)
    for column in [*profile.lists, *tables]:
        record.setdefault(column, [])
    return record


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)
