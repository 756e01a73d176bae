"""The list as a workbook: sent while it is made, and read by other people's programs as what was written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from lxml import etree
from openpyxl.utils.escape import unescape

from museum.workplace.searching import workbook

ODD = [
    "=1+1",
    "https://example.org",
    " a\tb\nc ",
    "Trống đồng 銅鼓 𡨸",
    "<b>&amp;\"'",
    "back\x08space",
    "_x0041_",
    "007",
    "-400",
    "\ud7ff\uffff",
]


def read(body: bytes) -> list[list[str | None]]:
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert all(cell.data_type == "s" for row in sheet.iter_rows() for cell in row if cell.value is not None)
    # openpyxl leaves characters that XML does not hold as they are written; Excel shows them
    return [[cell.value and unescape(cell.value) for cell in row] for row in sheet.iter_rows()]


def test_every_text_is_read_as_it_was_written() -> None:
    rows = read(b"".join(workbook.stream(["Number", "Title"], ([f"A {at}", text] for at, text in enumerate(ODD)))))
    assert rows[0] == ["Number", "Title"]
    assert [row[1] for row in rows[1:]] == ODD


def test_cells_without_text_are_left_out_and_long_ones_are_cut_where_a_cell_ends() -> None:
    rows = read(b"".join(workbook.stream(["A", "B", "C"], [["", "b", ""], ["a", "", "c" * 40_000]])))
    assert rows[1:] == [[None, "b", None], ["a", None, "c" * 32_767]]


def test_a_list_of_nothing_is_a_heading() -> None:
    assert read(b"".join(workbook.stream(["A"], []))) == [["A"]]


def test_it_leaves_while_rows_are_still_made() -> None:
    made = 0

    def rows() -> Iterator[list[str]]:
        nonlocal made
        for number in range(60_000):
            made += 1
            yield [f"{number * 7919 % 1_000_003}", f"text {number * 104_729 % 1_000_003}"]

    body = workbook.stream(["A", "B"], rows())
    first = next(body)
    assert first.startswith(b"PK") and made < 30_000
    parts = [first, *body]
    assert max(map(len, parts)) < 2 * workbook.AT_ONCE
    archive = zipfile.ZipFile(io.BytesIO(b"".join(parts)))
    assert archive.testzip() is None
    sheet = etree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    lines = sheet.findall(".//{*}row")
    assert [line.get("r") for line in lines[-2:]] == ["60000", "60001"]
    assert sheet.find(".//{*}dimension") is None and sheet.find(".//{*}pane").get("state") == "frozen"


def test_a_row_of_another_width_is_not_written_askew() -> None:
    with pytest.raises(ValueError, match="zip"):
        list(workbook.stream(["A", "B"], [["only one"]]))
