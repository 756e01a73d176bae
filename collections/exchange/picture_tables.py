"""Tables of pictures: which file goes to which object, with labels, places and chapters."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from artifacts.models import ArtifactMedia
from exchange.errors import ExchangeError
from exchange.sources import DELIMITERS

FILE, RECORD, LABEL, POSITION = (
    ("file", "filename", "path"),
    ("record", "record_id", "accession_number"),
    ("label", "page_label"),
    ("page_no", "order"),
)


@dataclass(frozen=True)
class Wish:
    """One picture for one object: ``row`` of the table (0: by file name)."""

    path: Path
    record: str
    label: str = ""
    position: int | None = None
    row: int = 0
    chapter: str = ""
    chapter_level: int = 1
    leaf: str = ""


def wishes_of_table(table: Path, folder: Path) -> list[Wish]:
    """The wishes of a table with the columns file and record, and perhaps label and page_no. Raises ExchangeError."""
    header, rows = _table(table)
    files = Files(folder)
    columns = {
        name: next((c for c in choices if c in header), "")
        for name, choices in (("file", FILE), ("record", RECORD), ("label", LABEL), ("page_no", POSITION))
    }
    for name in ("file", "record"):
        if not columns[name]:
            raise ExchangeError(f"{table.name} has no column “{name}”. Its columns are {', '.join(header)}. Name one of them “{name}”.")
    wishes = []
    for number, row in enumerate(rows, 2):
        named = (row[columns["file"]] or "").strip()
        if not named and not (row[columns["record"]] or "").strip():
            continue
        if not named:
            raise ExchangeError(
                f"{table.name}, row {number}: the file is not named. Fill the column “{columns['file']}”, or leave out the row."
            )
        wishes.append(
            Wish(
                files.named(named),
                (row[columns["record"]] or "").strip(),
                (row.get(columns["label"]) or "").strip(),
                _position(row.get(columns["page_no"]), table, number),
                number,
                (row.get("chapter") or "").strip(),
                _level(row.get("chapter_level"), table, number),
                _leaf(row.get("leaf"), table, number),
            )
        )
    return wishes


def _table(table: Path) -> tuple[list[str], list[dict[str, Any]]]:
    """Header and rows of a table parted by commas, semicolons or tabs, in UTF-8 or in UTF-16 with its mark."""
    try:
        content = table.read_bytes()
        marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(f"{table.name} is not UTF-8 (byte {error.start}). Save it as “CSV UTF-8”.") from error
    except OSError as error:
        raise ExchangeError(f"{table} cannot be read ({error.strerror}). Check the path.") from error
    if not text.strip():
        raise ExchangeError(f"{table.name} is empty. It needs a line with the names of its columns, and one for each picture.")
    first = text.lstrip().splitlines()[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count))
    try:
        header = [_heading(name) for name in reader.fieldnames or ()]
        reader.fieldnames = header
        rows = list(reader)
    except csv.Error as error:
        raise ExchangeError(
            f"{table.name}, line {reader.line_num}: {error}. Look for an unclosed quotation mark before that line."
        ) from error
    for number, row in enumerate(rows, 2):
        if None in row:
            raise ExchangeError(
                f"{table.name}, row {number} has more cells than the header: its values stand in the wrong columns. "
                "Look for a stray separator or an unclosed quotation mark in this row or the one before."
            )
    return header, rows


def _heading(name: str) -> str:
    """Page No, PAGE_NO and page-no are one."""
    return re.sub(r"[\s\-]+", "_", name.strip("\ufeff\u200b \t").casefold())


def _position(text: str | None, table: Path, number: int) -> int | None:
    position = (text or "").strip()
    if position and not (position.isdecimal() and len(position) < 7):
        raise ExchangeError(f"{table.name}, row {number}: the place of a page is a whole number, not “{position}”.")
    return int(position) if position else None


def _level(text: str | None, table: Path, number: int) -> int:
    level = (text or "1").strip() or "1"
    if not (level.isdigit() and 1 <= int(level) <= 6):
        raise ExchangeError(f"{table.name}, row {number}: the level of a chapter is a number from 1 to 6, not “{level}”.")
    return int(level)


def _leaf(text: str | None, table: Path, number: int) -> str:
    leaf = (text or "").strip().lower()
    if leaf in {"page", ""}:
        return ""
    if leaf not in ArtifactMedia.Leaf.values:
        raise ExchangeError(f"{table.name}, row {number}: “leaf” is page, spread or insert, not “{leaf}”.")
    return leaf


class Files:
    """The files below a folder by the names that a table gives them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._real = folder.resolve()
        self._names: dict[Path, dict[str, list[str]]] = {}

    def named(self, name: str) -> Path:
        """The file of that name, never outside the folder; one that is not there keeps the name."""
        try:
            path = self.folder / name
            if not path.resolve().is_relative_to(self._real):
                path = self.folder / Path(name).name
            return path if path.exists() else self._otherwise_written(path)
        except (OSError, ValueError):  # a zero byte, or longer than any file's name
            return self.folder / "".join(c for c in name[:200] if c.isprintable() and c != "/")

    def _otherwise_written(self, path: Path) -> Path:
        """The one file that is called so but for its accents' form (NFC, NFD) or its capitals (.JPG); else ``path``."""
        folder = path.parent
        if folder not in self._names:
            self._names[folder] = {}
            for other in folder.iterdir() if folder.is_dir() else ():
                self._names[folder].setdefault(_form(other.name), []).append(other.name)
        found = self._names[folder].get(_form(path.name), ())
        return path.parent / found[0] if len(found) == 1 else path


def _form(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
