"""The list as a file: exactly what the question finds for this person, in the chosen columns, streamed in batches of 400."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from artifacts.models import Artifact
from artifacts.permissions import within_departments
from museum.workplace.searching import asking, cells, workbook
from museum.workplace.searching.columns import names_of
from museum.workplace.searching.saved import StaffPage, keys_of, list_address
from search.engines.base import EngineError
from search.language import QueryError, Reader, fields, reader_of
from search.language.fields import Field

BATCH = 400
FORMATS = ("csv", "xlsx", "json")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Where lists are parted by semicolons (Vietnam, most of Europe), Excel cuts a line there and at its ends, whatever quotation marks say.
_LATER_CELL = re.compile(r"([;\t\r\n][ \u00a0]*)(?=[=+\-@＝＋－＠])")


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, nor any part of it where the line may be cut; a plain negative number stays one."""
    if _is_number(text):
        return text
    marked = _LATER_CELL.sub(r"\1'", text)
    return f"'{marked}" if text.startswith(_FORMULA) else marked


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
        if form == "xlsx" and len(keys) > workbook.MOST_ROWS:
            messages.error(
                request, _("Nothing was exported: an Excel sheet holds %(most)d rows. Choose CSV.") % {"most": workbook.MOST_ROWS}
            )
            return redirect(list_address(asking.address(request.GET)))
        columns = columns_of(names_of(request.user, reader), reader)
        names, header = [one.name for one in columns], [str(one.label) for one in columns]
        found = rows(keys, columns, request.user)
        stamp: datetime = timezone.localtime()
        title = f"objects-{stamp:%Y-%m-%d-%H%M}.{form}"
        body, kind = self._written(form, header, names, found)
        return StreamingHttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{title}"'})

    def _written(self, form: str, header: list[str], names: list[str], found: Iterator[dict[str, str]]) -> tuple[Iterator[bytes], str]:
        if form == "csv":
            return as_csv(header, names, found), "text/csv; charset=utf-8"
        if form == "json":
            return as_json(names, found), "application/json"
        cells = ([row[name] for name in names] for row in found)
        return workbook.stream(header, cells), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
