"""The report of an import: every problem with row, column, value, reason and what to do, as CSV or JSON Lines, and a summary."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from exchange.errors import ExchangeError
from exchange.importing import Outcome
from exchange.layout import guarded
from exchange.models import ImportJob
from exchange.problems import CATALOGUE, NOTE, SEVERITIES, Notes, note_texts

COLUMNS = ("severity", "row", "record", "column", "value", "problem", "what to do", "rows")
EXAMPLES = 3


def lines(outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Problems by row, then notes added up (``rows``: how many rows each concerns, ``row`` the first of them)."""
    if outcome.job is not None:
        yield from job_lines(outcome.job, outcome.notes)
        return
    for p in sorted(outcome.problems, key=lambda problem: problem.row):
        yield _line(p.severity, p.row, p.key, p.column, p.value, p.message, p.advice, 1)
    yield from _note_lines(outcome.notes)


def job_lines(job: ImportJob, notes: Notes | None = None) -> Iterator[dict[str, Any]]:
    """The lines of a job that was run."""
    for p in job.problems.order_by("row", "pk").iterator(chunk_size=2000):
        yield _line(p.severity, p.row, p.source_id, p.column, p.value, *p.told, 1)
    yield from _note_lines(notes or Notes(job.notes))


def _note_lines(notes: Notes) -> Iterator[dict[str, Any]]:
    for code, column, value, rows, first in sorted(notes.stored()):
        message, advice = note_texts(code)
        yield _line(NOTE, first, "", column, value, message, advice, rows)


def _line(*values: Any) -> dict[str, Any]:
    return dict(zip(COLUMNS, values, strict=True))


def save(report: Iterable[dict[str, Any]], path: Path) -> int:
    """Write a report (``.jsonl`` as JSON Lines, else CSV, where no cell can act as a formula); returns the number of lines."""
    count = 0
    try:
        with path.open("w", encoding="utf-8" if path.suffix == ".jsonl" else "utf-8-sig", newline="") as file:
            table = None if path.suffix == ".jsonl" else csv.DictWriter(file, COLUMNS)
            if table:
                table.writeheader()
            for line in report:
                count += 1
                if table:
                    table.writerow({name: harmless(value) for name, value in line.items()})
                else:
                    file.write(json.dumps(line, ensure_ascii=False) + "\n")
    except OSError as error:
        raise ExchangeError(f"The report cannot be written to {path} ({error.strerror}). Choose another file.") from error
    return count


def table(report: Iterable[dict[str, Any]]) -> Iterator[str]:
    """A report as the lines of a CSV file, where no cell can act as a formula."""
    line = io.StringIO()
    writer = csv.DictWriter(line, COLUMNS)
    yield "\ufeff"
    writer.writeheader()
    for cells in report:
        writer.writerow({name: harmless(value) for name, value in cells.items()})
        if line.tell() > 16_384:
            yield line.getvalue()
            line.seek(0)
            line.truncate()
    yield line.getvalue()


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return guarded(value) if isinstance(value, str) else value


def summary(outcome: Outcome, *, dry_run: bool) -> list[str]:
    """What was done, and the problems by kind with their first examples."""
    counts = outcome.counts
    verb = "would be " if dry_run else ""
    told = [
        f"{counts['read']:,} records read: {counts['created']:,} {verb}created, {counts['updated']:,} {verb}changed, "
        f"{counts['unchanged']:,} unchanged, {counts['conflict']:,} in conflict, {counts['refused']:,} refused."
    ]
    if counts["linked"]:
        told.append(f"{counts['linked']:,} objects were joined to others that followed them in the file.")
    new = [f"{number:,} {kind.removeprefix('new_')}s" for kind, number in sorted(counts.items()) if kind.startswith("new_")]
    if new:
        told.append(f"New in the vocabularies (as candidates){': would be' if dry_run else ':'} {', '.join(new)}.")
    by_kind: dict[tuple[str, str], list[dict[str, Any]]] = {}
    rows: Counter[tuple[str, str]] = Counter()
    kinds = {code: (severity, message) for code, (severity, message, _advice) in CATALOGUE.items()}
    for code, line in _coded(outcome):
        kind = (kinds[code][0], code)
        rows[kind] += line["rows"]
        if len(by_kind.setdefault(kind, [])) < EXAMPLES:
            by_kind[kind].append(line)
    for kind in sorted(by_kind, key=lambda k: (SEVERITIES.index(k[0]), -rows[k])):
        told.append(f"{kind[0]}: {rows[kind]:,} × {kind[1].replace('_', ' ')}")
        told += [f"    {_shown(line)}" for line in by_kind[kind]]
    return told


def _coded(outcome: Outcome) -> Iterator[tuple[str, dict[str, Any]]]:
    if outcome.job is not None:
        for p in outcome.job.problems.order_by("row", "pk").iterator(chunk_size=2000):
            yield p.code, _line(p.severity, p.row, p.source_id, p.column, p.value, *p.told, 1)
    for problem in sorted(outcome.problems, key=lambda p: p.row):
        yield (
            problem.code,
            _line(problem.severity, problem.row, problem.key, problem.column, problem.value, problem.message, problem.advice, 1),
        )
    for code, column, value, rows, first in sorted(outcome.notes.stored(), key=lambda note: -note[3]):
        message, advice = note_texts(code)
        yield code, _line(NOTE, first, "", column, value, message, advice, rows)


def _shown(line: dict[str, Any]) -> str:
    where = f"row {line['row']}" if line["row"] else "file"
    if line["rows"] > 1:
        where = f"{line['rows']:,} rows, first {line['row']}"
    column = f", {line['column']}" if line["column"] else ""
    value = " ".join(str(line["value"]).split())
    value = f" “{value[:60]}{'…' if len(value) > 60 else ''}”" if value else ""
    return f"{where}{column}{value}: {line['problem']} {line['what to do']}".rstrip()
