"""The list as a file: exactly what the question finds for this person, in the chosen columns, streamed in batches of 400."""

from __future__ import annotations

import csv
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from artifacts.models import Artifact
from artifacts.permissions import within_departments
from museum.workplace.searching import asking, cells
from museum.workplace.searching.columns import names_of
from museum.workplace.searching.saved import StaffPage, keys_of, list_address
from search.engines.base import EngineError
from search.language import QueryError, Reader, fields, reader_of
from search.language.fields import Field

BATCH = 400
FORMATS = ("csv", "xlsx", "json")
MOST_ROWS_OF_A_SHEET = 1_048_575  # Excel's own limit, less the heading
LONGEST_CELL = 32_767
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula; a plain negative number stays one."""
    if text.startswith(_FORMULA) and not _is_number(text):
        return f"'{text}"
    return text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii() and not text.startswith(("\t", "\r", "\n"))


def columns_of(names: Sequence[str], reader: Reader) -> list[Field]:
    """The fields behind the columns of the list, the accession number first."""
    behind = {"picture": "pictures", "visible": "is_public"}
    wanted = ["accession_number", *(behind.get(name, name) for name in names)]
    return [one for name in dict.fromkeys(wanted) if (one := fields.find(name, reader))]


def rows(keys: Sequence[int], columns: Sequence[Field], user: Any) -> Iterator[dict[str, str]]:
    """Every object's cells, in the order of the keys. Departments are looked at again in each batch."""
    for start in range(0, len(keys), BATCH):
        chunk = list(keys[start : start + BATCH])
        own = set(within_departments(user, Artifact.objects.filter(pk__in=chunk)).values_list("pk", flat=True))
        made = cells.cells([key for key in chunk if key in own], columns, user, plain=True)
        yield from (made[key] for key in chunk if key in made)


class _Echo:
    def write(self, text: str) -> str:
        return text


def as_csv(header: Sequence[str], names: Sequence[str], found: Iterable[dict[str, str]]) -> Iterator[bytes]:
    """UTF-8 with its mark, so that spreadsheets read the tone marks."""
    writer = csv.writer(_Echo())
    yield "\ufeff".encode() + writer.writerow([harmless(one) for one in header]).encode()
    for row in found:
        yield writer.writerow([harmless(row[name]) for name in names]).encode()


def as_json(names: Sequence[str], found: Iterable[dict[str, str]]) -> Iterator[bytes]:
    """A list of objects, one a line."""
    yield b"["
    for count, row in enumerate(found):
        yield (",\n" if count else "\n").encode() + json.dumps({name: row[name] for name in names}, ensure_ascii=False).encode()
    yield b"\n]\n"


def as_xlsx(header: Sequence[str], names: Sequence[str], found: Iterable[dict[str, str]], path: str) -> None:
    """A workbook, written row by row to a file: memory does not grow with it. Nothing in it is a formula or a link."""
    book = xlsxwriter.Workbook(
        path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for at, text in enumerate(header):
        sheet.write_string(0, at, text, bold)
    for line, row in enumerate(found, 1):
        if line > MOST_ROWS_OF_A_SHEET:
            break
        for at, name in enumerate(names):
            if row[name]:
                sheet.write_string(line, at, row[name][:LONGEST_CELL])
    sheet.freeze_panes(1, 0)
    book.close()


class Export(StaffPage):
    """``/export/csv?<the list's own address>``."""

    def get(self, request: HttpRequest, form: str) -> HttpResponseBase:  # type: ignore[override]
        if form not in FORMATS:
            raise Http404("No such format.")
        reader = reader_of(request.user)
        try:
            keys = keys_of(asking.asked(request.GET, request.user), request.user)
        except (QueryError, EngineError) as error:
            messages.error(request, _("Nothing was exported: %(why)s") % {"why": error})
            return redirect(list_address(asking.address(request.GET)))
        columns = columns_of(names_of(request.user, reader), reader)
        names, header = [one.name for one in columns], [str(one.label) for one in columns]
        found = rows(keys, columns, request.user)
        stamp: datetime = timezone.localtime()
        title = f"objects-{stamp:%Y-%m-%d-%H%M}.{form}"
        if form == "xlsx":
            return self._workbook(header, names, found, title)
        body, kind = (
            (as_csv(header, names, found), "text/csv; charset=utf-8") if form == "csv" else (as_json(names, found), "application/json")
        )
        return StreamingHttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{title}"'})

    def _workbook(self, header: list[str], names: list[str], found: Iterator[dict[str, str]], title: str) -> FileResponse:
        file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "objects.xlsx"
            as_xlsx(header, names, found, str(path))
            with path.open("rb") as made:
                while part := made.read(1 << 20):
                    file.write(part)
        file.seek(0)
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return FileResponse(file, as_attachment=True, filename=title, content_type=kind)
