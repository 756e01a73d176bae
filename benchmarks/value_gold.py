"""How well dates and dimensions are understood, measured on what museums themselves entered.

``python -m benchmarks.value_gold [--folder GOLD] [--misses FILE]``

The folder (or the environment variable MUSEUM_GOLD) holds tables in UTF-8:

* ``<museum>_dates.csv``: date_text, earliest, latest (years as that museum counts them), records (how many bear the text),
  distinct_ranges_for_this_text. A text is right when both bounds are within 10 years, 25 when it speaks of centuries; a text without a
  range, or with 0-0, when the reader says that it is unknown. Texts to which the museum gave several ranges are counted apart.
* ``<museum>_dimensions.csv``: dimensions_text, element_type, height_cm, width_cm, depth_cm (0: unknown), optionally records.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(1, str(ROOT / "collections"))

from records.fuzzydates import parse  # noqa: E402
from records.fuzzydates.lexer import tokens  # noqa: E402
from records.fuzzydates.value import FuzzyDate  # noqa: E402
from records.measurements import UNITS, Measurement, centimetres, parse_dimensions  # noqa: E402

T = TypeVar("T")
YEARS, CENTURY_YEARS = 10, 25
DATE_COLUMNS = ("date_text", "earliest", "latest")
DIMENSION_COLUMNS = ("dimensions_text", "element_type", "height_cm", "width_cm", "depth_cm")


class NoGold(Exception):
    """The gold tables cannot be read; the message says what to do."""


@dataclass
class Score:
    """Counts of records, by whether the text was understood as the museum did; "apart" are texts with several ranges."""

    name: str
    counts: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    texts: int = 0
    seconds: float = 0.0

    def line(self) -> str:
        """One line of figures."""
        text = f"{self.name}: {self._share('right', 'wrong')} of {self.counts['right'] + self.counts['wrong']:,} records right"
        if self.counts["right apart"] + self.counts["wrong apart"]:
            text += f"; texts with several ranges: {self._share('right apart', 'wrong apart')} of {self.counts['right apart'] + self.counts['wrong apart']:,}"
        return text + f"; {self.texts / max(self.seconds, 1e-9):,.0f} different texts a second"

    def _share(self, right: str, wrong: str) -> str:
        total = self.counts[right] + self.counts[wrong]
        return f"{self.counts[right] / total:.1%}" if total else "none"


def date_is_right(text: str, earliest: str, latest: str, date: FuzzyDate) -> bool:
    """Whether a date text was understood as the museum's own years say."""
    if earliest.strip() in ("", "0") and latest.strip() in ("", "0"):
        return not date.is_known
    if date.earliest is None or date.latest is None:
        return False
    try:
        first, last = int(earliest), int(latest)
    except ValueError:
        return False
    margin = CENTURY_YEARS if speaks_of_centuries(text) else YEARS
    return abs(date.earliest - first) <= margin and abs(date.latest - last) <= margin


def speaks_of_centuries(text: str) -> bool:
    """True for a text with the word century, or its abbreviation, in any language of the parser."""
    return (
        any(kind in ("century", "nth century") for kind, _ in tokens(text))
        or re.search(r"\d(st|nd|rd|th) c\b", text, re.IGNORECASE) is not None
    )


def dimensions_are_right(row: dict[str, str], found: Iterable[Measurement]) -> bool:
    """Whether one named part of a text was measured as the museum's own columns say (within 1.5 mm or 1 %)."""
    wanted = {kind: value for kind in ("height", "width", "depth") if (value := _decimal(row[f"{kind}_cm"]))}
    element = row["element_type"].strip().casefold()
    of_part: dict[str, Decimal] = {}
    for measurement in found:
        part = measurement.part.casefold()
        if UNITS[measurement.unit][0] == "length" and (part == element or (not part and element in ("", "overall"))):
            of_part.setdefault(measurement.kind, centimetres(measurement))
    return all(kind in of_part and abs(of_part[kind] - value) <= max(Decimal("0.15"), value / 100) for kind, value in wanted.items())


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text.strip() or 0)
    except InvalidOperation:
        return Decimal(0)


def score_dates(path: Path) -> Score:
    """The score of one table of date texts."""
    rows = _rows(path, DATE_COLUMNS)
    score, dates = _timed(path, [row["date_text"] for row in rows], parse)
    for row, date in zip(rows, dates, strict=True):
        right = date_is_right(row["date_text"], row["earliest"], row["latest"], date)
        apart = " apart" if int(row.get("distinct_ranges_for_this_text") or 1) > 1 else ""
        count = int(row.get("records") or 1)
        score.counts[("right" if right else "wrong") + apart] += count
        if not right:
            score.misses.append(
                f"{count}{apart}\t{row['date_text']}\t{row['earliest']}..{row['latest']}\t{date.earliest}..{date.latest}\t{date.edtf}"
            )
    return score


def score_dimensions(path: Path) -> Score:
    """The score of one table of dimension texts."""
    rows = _rows(path, DIMENSION_COLUMNS)
    score, found = _timed(path, [row["dimensions_text"] for row in rows], parse_dimensions)
    for row, measurements in zip(rows, found, strict=True):
        right = dimensions_are_right(row, measurements)
        count = int(row.get("records") or 1)
        score.counts["right" if right else "wrong"] += count
        if not right:
            wanted = " × ".join(row[f"{kind}_cm"] for kind in ("height", "width", "depth"))
            read = "; ".join(f"{m.part} {m.kind} {m.value} {m.unit}" for m in measurements)
            score.misses.append(f"{count}\t{row['dimensions_text']}\t{row['element_type']}: {wanted}\t{read}")
    return score


def _timed(path: Path, texts: list[str], read: Callable[[str], T]) -> tuple[Score, list[T]]:
    read(" ")  # builds the tables of words
    start = time.process_time()
    found = [read(text) for text in texts]
    return Score(path.stem, texts=len(texts), seconds=time.process_time() - start), found


def _rows(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise NoGold(f"{path.name} has no column “{missing[0]}”. Its first line must name {', '.join(columns)}.")
        return list(reader)


def scores(folder: Path) -> list[Score]:
    """The scores of every table in the folder."""
    if not folder.is_dir():
        raise NoGold(f"There is no folder {folder}. Give the folder with the gold tables by --folder or in MUSEUM_GOLD.")
    found = [score_dates(path) for path in sorted(folder.glob("*_dates.csv"))]
    found += [score_dimensions(path) for path in sorted(folder.glob("*_dimensions.csv"))]
    if not found:
        raise NoGold(f"{folder} holds no table named …_dates.csv or …_dimensions.csv.")
    return found


def main(arguments: list[str] | None = None) -> int:
    """Print the figures and write the misses to a list; 0 when every table could be read, or none was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.value_gold", description="How well dates and dimensions are understood.")
    parser.add_argument(
        "--folder", type=Path, default=os.environ.get("MUSEUM_GOLD"), help="folder with the gold tables (default: MUSEUM_GOLD)"
    )
    default = Path(os.environ.get("MUSEUM_VAR", ROOT / "var")) / "value_misses.tsv"
    parser.add_argument("--misses", type=Path, default=default, help=f"where the misses are listed (default: {default})")
    options = parser.parse_args(arguments)
    if not options.folder:
        print("Left out: no gold tables. Give their folder by --folder or in the environment variable MUSEUM_GOLD.")
        return 0
    try:
        results = scores(Path(options.folder))
    except NoGold as error:
        print(error, file=sys.stderr)
        return 2
    for score in results:
        print(score.line())
    options.misses.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{score.name}\t{miss}" for score in results for miss in score.misses]
    options.misses.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{len(lines):,} texts understood otherwise than the museum did: {options.misses}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
