"""A workbook (Office Open XML, ISO/IEC 29500) that is sent while it is made: its first bytes leave at once, whatever the number of its rows.

XlsxWriter makes the package with the heading; the rows are put into its sheet one by one as strings, so that nothing is a formula or a link.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from html import escape

MOST_ROWS = 1_048_575  # Excel's own limit, less the heading
LONGEST_CELL = 32_767
AT_ONCE = 1 << 16  # bytes that are gathered before they are sent
_SHEET = "xl/worksheets/sheet1.xml"
# Characters that XML does not hold are written as _x0001_ (ISO/IEC 29500-1, 22.9.2.19), and what looks like that has its own _ written so.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class _Gathered(io.RawIOBase):
    """What the archive writes, until it is taken. It cannot be gone back in, so the archive writes sizes behind its members."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._parts.append(bytes(data))
        self.size += len(data)
        return len(data)

    def taken(self) -> bytes:
        parts, self._parts, self.size = b"".join(self._parts), [], 0
        return parts


def stream(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """The workbook's bytes: the heading, then each row. Texts are cut at 32,767 characters, the most that a cell holds."""
    from xlsxwriter.utility import xl_col_to_name  # two megabytes, which every web process would hold from its start

    empty = _with_heading(header)
    before, after = _without_rows(empty.read(_SHEET).decode())
    gathered = _Gathered()
    with zipfile.ZipFile(gathered, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in empty.namelist():
            if name != _SHEET:
                archive.writestr(name, empty.read(name))
        with archive.open(_SHEET, "w", force_zip64=True) as sheet:
            sheet.write(before.encode())
            names = [xl_col_to_name(column) for column in range(len(header))]
            for line, cells in enumerate(rows, 2):
                sheet.write(_row(line, names, cells).encode())
                if gathered.size >= AT_ONCE:
                    yield gathered.taken()
            sheet.write(after.encode())
    yield gathered.taken()


def _with_heading(header: Sequence[str]) -> zipfile.ZipFile:
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, bold)
        sheet.freeze_panes(1, 0)
    return zipfile.ZipFile(data)


def _without_rows(sheet: str) -> tuple[str, str]:
    """What stands before and after the rows to come. The area that is filled is left out: nobody knows yet how far it goes."""
    before, end, after = re.sub(r"<dimension [^>]*/>", "", sheet).partition("</sheetData>")
    return before, end + after


def _row(line: int, names: Sequence[str], cells: Sequence[str]) -> str:
    written = "".join(
        f'<c r="{name}{line}" t="inlineStr"><is><t xml:space="preserve">{_text(text)}</t></is></c>'
        for name, text in zip(names, cells, strict=True)
        if text
    )
    return f'<row r="{line}">{written}</row>'


def _text(text: str) -> str:
    return escape(_UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text[:LONGEST_CELL]), quote=False)
