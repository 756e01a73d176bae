"""Which objects the rows of a table mean: by public id, else by source and id, else by museum and number. A batch at a time, few questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from artifacts.models import Artifact
from exchange.layout import unguarded
from exchange.plans import Row
from exchange.writing import CHUNK


class Standings:
    """The objects that the records of a batch may mean."""

    def __init__(self, records: Collection[Row]) -> None:
        self._by_public_id: dict[str, int] = {}
        self._by_source: dict[tuple[str, str], int] = {}
        self._by_number: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for ids in _chunks(record.get("public_id", "") for record in records):
            self._by_public_id |= Artifact.objects.filter(public_id__in=ids).values_list("public_id", "pk")
        for ids in _chunks(unguarded(record.get("source_id", "")) for record in records):
            # without this exclusion SQLite does not see that the index of natural keys will do
            named = Artifact.objects.filter(source_id__in=ids).exclude(source_id="")
            self._by_source |= {(source, key): pk for source, key, pk in named.values_list("source", "source_id", "pk")}
        for numbers in _chunks(_number(record) for record in records):
            found = Artifact.objects.filter(accession_number__in=numbers).values_list("accession_number", "museum__code", "pk")
            for number, museum, pk in found:
                self._by_number[number].append((museum, pk))

    def find_all(self, records: Mapping[str, Row]) -> dict[str, Artifact]:
        """The object of each record that has one."""
        meant = {key: pk for key, record in records.items() if (pk := self._find(record)) is not None}
        found: dict[int, Artifact] = {}
        for pks in _chunks(meant.values()):
            found |= Artifact.objects.in_bulk(pks)
        return {key: found[pk] for key, pk in meant.items()}

    def _find(self, record: Row) -> int | None:
        pk = self._by_public_id.get(record.get("public_id", ""))
        if pk is None and record.get("source_id"):
            pk = self._by_source.get((record.get("source", ""), unguarded(record["source_id"])))
        if pk is not None:
            return pk
        same = [pk for museum, pk in self._by_number.get(_number(record), ()) if not record.get("museum") or museum == record["museum"]]
        return same[0] if len(same) == 1 else None


def _number(record: Row) -> str:
    return unguarded(record.get("accession_number") or record.get("number") or "")


def _chunks(values: Iterator[object] | Collection[object]) -> Iterator[Sequence[object]]:
    distinct = [value for value in dict.fromkeys(values) if value]
    for start in range(0, len(distinct), CHUNK):
        yield distinct[start : start + CHUNK]
