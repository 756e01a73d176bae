"""What can be wrong with a row, as sentences: what, why, and what to do. One table for reports, screens and documentation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

ERROR = "error"  # the row is not in the catalogue (or not changed): the command fails
CONFLICT = "conflict"  # the museum's own words were kept against the source's
WARNING = "warning"  # the record is in, somebody should look at it
NOTE = "note"  # a harmless repair or a decision of the profile, added up by column and value
SEVERITIES = (ERROR, CONFLICT, WARNING, NOTE)

# code: (severity, message, advice)
CATALOGUE: dict[str, tuple[str, str, str]] = {
    # the row itself
    "cells": (
        ERROR,
        _("The row has %(found)s cells, the header %(expected)s: its values stand in the wrong columns."),
        _("Look for an unclosed quotation mark or a stray separator in this row or the one before."),
    ),
    "cell_missing": (
        ERROR,
        _("“%(column)s” is empty, though other cells beside it say something of it."),
        _("Fill it, or empty the others of the same number."),
    ),
    "unclosed": (
        ERROR,
        _("The last row ends within quotation marks: the file was cut off, or a quotation mark before its end is not closed."),
        _("Fetch the file again, or close the mark."),
    ),
    "json": (ERROR, _("The line is not a JSON object (%(why)s)."), _("Write one record per line, each in braces.")),
    "key_missing": (ERROR, _("The record has no id (“%(column)s” is empty)."), _("Give it the id by which the source knows it.")),
    "key_twice": (
        ERROR,
        _("Row %(other)s of this file has the same id."),
        _("Give each record an id of its own, or leave out one of the two rows."),
    ),
    "key_long": (ERROR, _("The id is longer than %(limit)s characters."), _("Check that the right column holds the id.")),
    "number_missing": (ERROR, _("The record has no accession number."), _("Give it the number by which the museum knows the object.")),
    "number_long": (
        ERROR,
        _("The accession number is longer than %(limit)s characters."),
        _("Check that the right column holds the number."),
    ),
    "refused_by_database": (ERROR, _("The database refused the record: %(why)s"), _("Mend the values named and import the file again.")),
    "unknown_choice": (ERROR, _("“%(value)s” is not a value of this field."), _("Write one of: %(choices)s.")),
    "not_understood": (ERROR, _("The value could not be read as %(kind)s."), _("Write it as %(example)s.")),
    "not_possible": (ERROR, _("The value is not possible here: %(why)s"), _("Correct it in the source and import the file again.")),
    "reference_unknown": (ERROR, _("There is no %(kind)s with this id here."), _("Check the id, or leave it empty and give the name.")),
    "museum_missing": (ERROR, _("The record names neither museum nor department."), _("Fill the columns “museum” and “department”.")),
    # conflicts
    "draft": (
        CONFLICT,
        _("The object has an unpublished draft here; nothing of it was changed."),
        _("Publish or discard the draft, then import the file again."),
    ),
    "both_changed": (
        CONFLICT,
        _("“%(field)s” was changed here and in the source; our own text was kept."),
        _("Compare the two and enter what is right by hand."),
    ),
    "changed_since_export": (
        CONFLICT,
        _("The object was changed here after this file was exported (%(when)s); nothing of it was changed."),
        _("Export again and repeat the change in the fresh file."),
    ),
    "locked": (
        CONFLICT,
        _("The object is locked here; nothing of it was changed."),
        _("Unlock it, then import the file again."),
    ),
    "withdrawn": (
        CONFLICT,
        _("The object is withdrawn or merged here; nothing of it was changed."),
        _("Restore it first if the source’s record is to be taken."),
    ),
    # warnings
    "number_taken": (
        WARNING,
        _("The accession number “%(number)s” is already that of %(other)s. This record was kept as “%(given)s”."),
        _("Find out which of the two bears the number and correct the other, here or in the source."),
    ),
    "title_missing": (WARNING, _("The record has no title; it is shown by its number."), _("Give the object a title.")),
    "bounds_inverted": (
        WARNING,
        _("The earliest year (%(earliest)s) lies after the latest (%(latest)s). The text of the date was kept, %(used)s."),
        _("Correct the two years in the source."),
    ),
    "day_impossible": (
        WARNING,
        _("No calendar has the day “%(day)s”. The text of the date was kept, its year taken."),
        _("Correct the day in the source."),
    ),
    "year_not_understood": (
        WARNING,
        _("“%(value)s” is not a year or a date; it was left out of the indexed years."),
        _("Write a year such as 1897 or -500, or a date such as 1897-05-14."),
    ),
    "number_not_understood": (
        WARNING,
        _("“%(value)s” is not a number; the measurement was left out."),
        _("Write the number alone, with a point for decimals."),
    ),
    "measurements_differ": (
        WARNING,
        _("The text says %(text)s cm, the columns say %(columns)s cm. The text was taken."),
        _("Measure again, or correct the columns in the source."),
    ),
    "list_lengths": (
        WARNING,
        _("The cell has %(found)s values where %(expected)s were expected: it cannot be told which belongs to whom. It was left out."),
        _("Separate the values so that positions correspond; the separator must not occur inside a value."),
    ),
    "lines_disagree": (
        WARNING,
        _("Row %(row)s belongs to the same record but says something else here; the first line’s “%(before)s” was kept."),
        _("Make the lines of one record agree."),
    ),
    "separator_in_value": (
        WARNING,
        _("The value contains the separator of lists (“%(separator)s”), but this column holds one value; it was kept whole."),
        _("Check that it is one value; the JSON form of the same data cannot be misread."),
    ),
    "shared_link": (
        WARNING,
        _("The id is also that of “%(other)s”: two names, one id. It was not linked a second time."),
        _("Find out whose id it is and correct the other."),
    ),
    "second_link": (
        WARNING,
        _("“%(name)s” already has the id %(other)s: one name, two ids. The second was not linked."),
        _("Find out whether these are two people; if so, make a second record."),
    ),
    "odd_link": (WARNING, _("This is not an id of %(scheme)s."), _("Correct it in the source.")),
    "several_nationalities": (
        WARNING,
        _("Several nationalities were given; the first is in the record, all are in its note for staff."),
        _("Decide which one the record shall show."),
    ),
    "agents_disagree": (
        WARNING,
        _("The source says different things about “%(name)s” in different rows; what came first was kept."),
        _("Correct the person in the source."),
    ),
    "too_long": (
        WARNING,
        _("The value has %(length)s characters, the field %(limit)s; it was cut. The whole value is kept with the import."),
        _("Shorten it, or move the rest to a description."),
    ),
    "unknown_character": (
        WARNING,
        _("The value contains the control character U+%(codepoint)s, which stands for nothing known; it was kept."),
        _("Replace it in the source by what it should be."),
    ),
    "removed_character": (
        WARNING,
        _("The value contains a character that cannot be stored (%(what)s); it was left out."),
        _("Check the value in the source."),
    ),
    "double_encoding": (
        WARNING,
        _("The value looks as if it had been encoded twice; it would read “%(reading)s”. It was kept as it is."),
        _("If that reading is right, correct it in the source."),
    ),
    "not_an_address": (
        WARNING,
        _("This is not a web address; it was kept with the import only."),
        _("Write an address that begins with https://."),
    ),
    "column_unknown": (
        WARNING,
        _("The profile does not know this column. Its values are kept with the import of each record."),
        _("Add the column to the profile if it is to be catalogued."),
    ),
    "column_missing": (
        WARNING,
        _("The file lacks this column, which the profile knows."),
        _("Check that the file is complete; the fields it would fill stay empty."),
    ),
    "read_as": (
        WARNING,
        _("The file is not UTF-8 (byte %(byte)s in line %(line)s); it was read as %(encoding)s."),
        _(
            "Look at some accented letters; if they are wrong, undo the import and save the file as UTF-8, or name its --encoding "
            "(windows-1258 for Vietnamese)."
        ),
    ),
    "vanished": (
        WARNING,
        _("This record of the source is not in the file any more; the object stays as it is."),
        _("Withdraw the object by hand if it has left the collection."),
    ),
    "many_vanished": (
        WARNING,
        _("The file lacks %(number)s records that are here from the source “%(source)s”; these objects stay as they are."),
        _("Nothing, if this is another part of the source; else check that the file is complete."),
    ),
    # notes
    "character_repaired": (
        NOTE,
        _("Control characters that were Windows-1252 punctuation were put right."),
        _("Nothing; correct them in the source when convenient."),
    ),
    "spaces": (NOTE, _("Spaces before or after the value were left out."), ""),
    "value_dropped": (NOTE, _("By the profile this value says nothing: it is kept with the import only."), ""),
    "kept": (NOTE, _("The column is not catalogued; its values are kept with the import of each record."), ""),
    "zero_unknown": (NOTE, _("0 was understood as unknown."), ""),
    "first_of_january": (NOTE, _("The first of January stands for a year without a day; the year was taken."), ""),
    "medium_not_indexed": (
        NOTE,
        _("This part of the medium is no term of the lists of materials and techniques; it is shown in the text of the medium."),
        _("Add the term to the object by hand, or to the word list of the profile."),
    ),
    "not_a_maker": (NOTE, _("The maker’s name is a culture or a place, not a person; it was catalogued as such."), ""),
    "anonymous": (NOTE, _("The maker is not known by name; the words are kept as the makers’ text."), ""),
    "several_makers": (
        NOTE,
        _("The name may be that of several people; it was kept as one."),
        _("Split it by hand where it is."),
    ),
    "dimensions_not_understood": (
        NOTE,
        _("The text of the dimensions was not understood; it is shown as it is, the columns were taken for the search."),
        _("Enter the measurements by hand where they matter."),
    ),
    "date_not_understood": (NOTE, _("The text of the date was not understood; it is shown as it is."), _("Give the years by hand.")),
    "licence_http": (NOTE, _("The address of the rights statement was written with http:, which is its identifier."), ""),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem with one value: row as a spreadsheet counts (header = 1), 0 for the whole file."""

    code: str
    row: int
    key: str
    column: str
    value: str
    message: str
    advice: str
    facts: dict[str, str]  # what the sentences are filled with, so that another reader may have them in another language

    @property
    def severity(self) -> str:
        """How bad it is."""
        return CATALOGUE[self.code][0]


def told(code: str, column: str, value: str, facts: dict[str, str]) -> tuple[str, str]:
    """Message and advice of a problem, in the language that is active."""
    _severity, message, advice = CATALOGUE[code]
    facts = {**facts, "column": column, "value": value}
    return gettext(message) % facts, gettext(advice) % facts if advice else ""


class Findings:
    """Problems and notes met while one row is planned."""

    __slots__ = ("key", "notes", "problems", "row")

    def __init__(self, row: int, key: str = "") -> None:
        self.row = row
        self.key = key
        self.problems: list[Problem] = []
        self.notes: list[tuple[str, str, str]] = []

    def add(self, code: str, column: str = "", value: Any = "", **facts: Any) -> None:
        """Note a problem. Notes are added up by column and value and keep no facts of their own."""
        if CATALOGUE[code][0] == NOTE:
            self.notes.append((code, column, str(value)))
            return
        kept = {name: str(fact) for name, fact in facts.items()}
        self.problems.append(Problem(code, self.row, self.key, column, str(value), *told(code, column, str(value), kept), kept))

    @property
    def refused(self) -> bool:
        """True when the row cannot be let in."""
        return any(problem.severity == ERROR for problem in self.problems)


class Notes:
    """Notes added up: how many rows, and the first of them, for each code, column and value."""

    def __init__(self, stored: Iterable[list[Any]] = ()) -> None:
        self._sums: dict[tuple[str, str, str], list[int]] = {
            (code, column, value): [rows, first] for code, column, value, rows, first in stored
        }

    def add(self, findings: Findings) -> None:
        """Add the notes of a row; the same note twice in a row counts once."""
        for note in set(findings.notes):
            entry = self._sums.setdefault(note, [0, findings.row])
            entry[0] += 1

    def stored(self) -> list[list[Any]]:
        """As JSON: ``[[code, column, value, rows, first row]]``."""
        return [[*note, *sums] for note, sums in self._sums.items()]

    def __len__(self) -> int:
        return len(self._sums)


def note_texts(code: str) -> tuple[str, str]:
    """Message and advice of a note."""
    _severity, message, advice = CATALOGUE[code]
    return gettext(message), gettext(advice) if advice else ""
