"""Tables in our own layout, read back: objects are found by public id, else by source and id, else by museum and number.

The table's word is taken for every column it has; an object that was changed here after the table was exported is left alone.
"""

from __future__ import annotations

import copy
import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models

from artifacts.models import Artifact, ObjectType
from exchange import writing
from exchange.building.base import date_columns, understood
from exchange.errors import ExchangeError
from exchange.importing import Importer
from exchange.layout import SET_BY_PUBLISHING, Column, Unreadable, column_named, read, unguarded
from exchange.models import ImportRow
from exchange.plans import Plan, Row, content_fields, fit, relations
from exchange.sources import SourceRow, rows
from exchange.standings import Standings
from exchange.vocabulary import MODELS
from exchange.wanted import Wanted, WantedAgent
from records import fuzzydates, languages
from records.fields import LanguageMapField
from records.ids import is_public_id
from vocabularies.models import Agent, Department, Museum

KINDS = {model: kind for kind, model in MODELS.items()} | {Agent: "agent"}
LONGEST_NUMBER = Artifact._meta.get_field("accession_number").max_length or 0
CODED: tuple[type[models.Model], ...] = (Museum, Department, ObjectType)


class SheetImporter(Importer):
    """An import of a table in our own layout."""

    def _columns(self) -> list[tuple[str, Column]]:
        if not hasattr(self, "_known_columns"):
            found = [(name, column_named(name)) for name in self.source.header]
            self._known_columns = [(name, column) for name, column in found if column is not None]
            for name, column in found:
                if column is None and name:
                    self.source.findings.add("column_unknown", name)
            self._ids: dict[tuple[type[models.Model], str], int] = {}
            self._mentioned: dict[str, set[tuple[int, str]]] = defaultdict(set)
            for _, column in self._known_columns:
                self._mentioned[column.relation].add((column.number, column.field))
            self._by_code = {model: dict(model._default_manager.values_list("code", "pk")) for model in CODED}
            self._labels = {pk: languages.plain(label or {}) for pk, label in Department.objects.values_list("pk", "label")}
        return self._known_columns

    def _miss(self) -> None:
        """A table of our own holds whatever somebody chose to export: nothing is missed in it."""

    def run(self) -> Any:
        """Import the table. Raises ExchangeError."""
        if self.source.form != "csv":
            raise ExchangeError(f"{self.source.name} is not a table. Our own layout is CSV; see export_records.")
        self._columns()
        return super().run()

    def _read(self) -> Iterator[SourceRow]:
        """Every row; then the rows that refer to objects of the same file once more: these may have followed."""
        names = [name for name, column in self._columns() if column.field in ("part_of", "other")]
        self._coming = set()
        if names:
            for row in rows(self.source, self.profile):
                self._coming |= {
                    unguarded(value) for column in ("public_id", "accession_number", "number") if (value := row.record.get(column))
                }
        yield from super()._read()
        if self.dry_run or not names:
            return
        for row in rows(self.source, self.profile):
            if any(unguarded(row.record.get(name) or "") in self._coming for name in names):
                row.again = True
                row.findings.notes.clear()
                yield row

    def _apply(self, batch: list[SourceRow]) -> None:
        if not batch[0].again:
            super()._apply(batch)
            return
        left_out = self._left_out([row.number for row in batch])
        before = Counter(self.outcome.counts)
        super()._apply([row for row in batch if row.number not in left_out])
        linked = self.outcome.counts["updated"] - before["updated"]
        for name in ("read", "created", "updated", "unchanged"):
            self.outcome.counts[name] = before[name]
        self.outcome.counts["linked"] += linked

    def _left_out(self, numbers: list[int]) -> set[int]:
        """Rows that were refused or in conflict the first time."""
        assert self.job is not None
        outcomes = (ImportRow.Outcome.CONFLICT, ImportRow.Outcome.REFUSED)
        return set(self.job.rows.filter(row__in=numbers, outcome__in=outcomes).values_list("row", flat=True))

    def _key(self, row: SourceRow) -> str:
        record = row.record
        number = record.get("accession_number") or record.get("number") or ""
        key = record.get("public_id") or (f"{record['source']} {record['source_id']}" if record.get("source_id") else "") or number
        row.findings.key = key
        if not row.findings.refused and not number:
            row.findings.add("number_missing", "accession_number")
        elif len(unguarded(number)) > LONGEST_NUMBER:  # cut, it would not be found again
            row.findings.add("number_long", "accession_number", number, limit=LONGEST_NUMBER)
        return "" if row.findings.refused else key[:200]

    def _look_up(self, keyed: list[tuple[SourceRow, str]]) -> dict[str, Artifact]:
        records = {key: row.record for row, key in keyed if key}
        return Standings(records.values()).find_all(records)

    def _plan(self, row: SourceRow, key: str, digest: str) -> Plan:
        plan = Plan(key=key, row=row.number, record=row.record, digest="", findings=row.findings)
        self._again = row.again
        standing = self._standing.get(key)
        groups: dict[tuple[str, int], list[tuple[str, Column]]] = defaultdict(list)
        for name, column in self._columns():
            groups[column.relation, column.number].append((name, column))
        plan.columns = self._values(groups.pop(("", 0), []), plan)
        for relation in sorted(self._mentioned.keys() - {""}):
            plan.rows.setdefault(relation, [])
        for (relation, number), columns in sorted(groups.items()):
            if any(row.record.get(name) for name, _ in columns):
                values = self._values(columns, plan)
                if not row.findings.refused:
                    self._check_named(relation, number, values, plan, standing)
                if relation != "relations" or values.get("other_id") or values.get("other_uri"):
                    plan.rows[relation].append(values)
        self._settle(plan, row.record, standing)
        fit(plan)
        return plan

    def _check_named(self, relation: str, number: int, values: Row, plan: Plan, standing: Artifact | None) -> None:
        """A row that says something must name what it cannot be without: a maker the person, a material the term."""
        for field in content_fields(relations()[relation]):
            needed = field.is_relation and not field.null and (standing is None or (number, field.name) in self._mentioned[relation])
            if needed and values.get(field.attname) is None and values.get(field.name) is None:
                plan.findings.add("cell_missing", f"{relation}.{number}.{field.name}")

    def _settle(self, plan: Plan, record: Row, standing: Artifact | None) -> None:
        plan.public_id = record.get("public_id", "")
        if plan.public_id and not is_public_id(plan.public_id):
            plan.findings.add("not_understood", "public_id", plan.public_id, kind="a public id", example="12 characters of a-z and 0-9")
        plan.published = record.get("published", "yes").casefold() not in ("no", "false", "0", "không")
        if standing is None:
            self._settle_home(plan)
            if not any(row.get("text") for row in plan.rows.get("titles", ())):
                plan.findings.add("title_missing", "titles.1.text")
            for row in plan.rows.get("titles", ()):
                row.setdefault("language", self.profile.language if self.profile.language != "und" else "")
        else:
            plan.columns.pop("source", None)
            plan.columns.pop("source_id", None)
            for name in ("museum_id", "department_id"):
                if plan.columns.get(name) is None:
                    plan.columns.pop(name, None)
        for event in plan.rows.get("events", ()):
            if event.get("date_text") and not any(field.startswith("date_ea") for _, field in self._mentioned["events"]):
                date = understood(event["date_text"], self.profile.language)
                event.update(date_columns(date, event["date_text"]))
                if not self._again:
                    _doubt(event["date_text"], date, plan)
        for rows_ in plan.rows.values():
            for dated in rows_:
                self._put_in_order(dated, plan)

    def _put_in_order(self, row: Row, plan: Plan) -> None:
        """Years that stand the wrong way round are exchanged, and told."""
        earliest, latest = row.get("date_earliest"), row.get("date_latest")
        if earliest is None or latest is None or earliest <= latest:
            return
        row.update(date_earliest=latest, date_latest=earliest)
        if not self._again:
            facts = {"earliest": earliest, "latest": latest, "used": "the two were exchanged"}
            plan.findings.add("bounds_inverted", "date_earliest", f"{earliest} – {latest}", **facts)

    def _settle_home(self, plan: Plan) -> None:
        """A new object needs a museum and a department: those of the row, else the only ones there are."""
        if plan.columns.get("department_id") is None and len(self._by_code[Department]) == 1:
            plan.columns["department_id"] = next(iter(self._by_code[Department].values()))
        department = plan.columns.get("department_id")
        if plan.columns.get("museum_id") is None and department:
            plan.columns["museum_id"] = Department.objects.values_list("museum_id", flat=True).get(pk=department)
        if not department and not plan.findings.refused:
            plan.findings.add("museum_missing", "department")

    def _values(self, columns: list[tuple[str, Column]], plan: Plan) -> Row:
        values: Row = {}
        by_field: dict[str, list[tuple[str, Column]]] = defaultdict(list)
        for name, column in columns:
            by_field[column.field].append((name, column))
        for field_name, cells in by_field.items():
            if field_name in SET_BY_PUBLISHING:
                continue
            field = cells[0][1].model_field
            if isinstance(field, LanguageMapField):
                values[field_name] = self._language_map(cells, plan)
            elif field.is_relation:
                values.update(self._reference(field, {column.part: plan.record.get(name, "") for name, column in cells}, cells[0][0], plan))
            else:
                name = cells[0][0]
                try:
                    values[field_name] = read(field, plan.record.get(name, ""))
                except Unreadable as error:
                    plan.findings.add(error.code, name, plan.record.get(name, ""), **error.facts)
        return values

    def _language_map(self, cells: list[tuple[str, Column]], plan: Plan) -> dict[str, Any]:
        found: dict[str, dict[str, str]] = {}
        for name, column in cells:
            value = unguarded(plan.record.get(name, ""))
            if value:
                found.setdefault(column.language or self.profile.language, {})[column.part or "text"] = value
        try:
            return languages.clean({language: entry for language, entry in found.items() if entry.get("text")})
        except ValueError as error:
            plan.findings.add("not_understood", cells[0][0], str(error), kind="a text with its state", example="source, human or machine")
            return {}

    def _reference(self, field: models.Field, parts: dict[str, str], column: str, plan: Plan) -> Row:
        """A reference by code, by public id, or by name; a name that nobody bears makes a candidate."""
        model: type[models.Model] = field.related_model  # type: ignore[assignment]
        label, public_id = unguarded(parts.get("", "")), parts.get("id", "")
        if not label and not public_id:
            return {field.attname: None}
        if model in CODED:
            return self._coded(field, model, label, column, plan)
        if public_id:
            pk = self._by_public_id(model, public_id)
            if pk is not None:
                return {field.attname: pk}
            if not label and public_id not in self._coming:
                plan.findings.add("reference_unknown", column, public_id, kind=model._meta.verbose_name)
                return {}
        if model is Artifact:
            if not self._again and {label, public_id} & self._coming and not self._is_here(label, public_id):
                return {}
            pks = list(Artifact.objects.filter(accession_number=label).values_list("pk", flat=True)[:2])
            if len(pks) == 1:
                return {field.attname: pks[0]}
            plan.findings.add("reference_unknown", column, label, kind="object")
            return {}
        language = self.profile.language
        if model is Agent:
            return {field.name: WantedAgent(label, language, self.profile.source, column=column)}
        scope = parts.get("vocabulary") or _vocabulary_of(field.model, field.name)
        return {field.name: Wanted(KINDS[model], label, language, scope=scope if KINDS[model] == "term" else "")}

    def _is_here(self, label: str, public_id: str) -> bool:
        return Artifact.objects.filter(accession_number=label).exists() if label and not public_id else False

    def _by_public_id(self, model: type[models.Model], public_id: str) -> int | None:
        if (model, public_id) not in self._ids:
            pk = model._default_manager.filter(public_id=public_id).values_list("pk", flat=True).first()
            if pk is None:
                return None
            self._ids[model, public_id] = pk
        return self._ids[model, public_id]

    def _coded(self, field: models.Field, model: type[models.Model], code: str, column: str, plan: Plan) -> Row:
        pk = self._by_code[model].get(code)
        if pk is None and model is Department:
            pk = next((key for key, texts in self._labels.items() if code in texts.values()), None)
        if pk is None:
            known = ", ".join(sorted(self._by_code[model])[:20]) or "–"
            plan.findings.add("unknown_choice", column, code, choices=known)
            return {}
        return {field.attname: pk}

    def _compare(self, plan: Plan, stands: writing.Standing) -> writing.Change:
        self._fill_in(plan, stands)
        return writing.compare(plan, writing.Standing(stands.artifact, stands.rows, None), overwrite=True)

    def _fill_in(self, plan: Plan, stands: writing.Standing) -> None:
        """What the table has no column for stays as it is, row by row."""
        for relation, wanted in plan.rows.items():
            mentioned = {field for _, field in self._mentioned[relation]}
            untouched = [field.attname for field in content_fields(relations()[relation]) if field.name not in mentioned]
            for row, (_, here) in zip(wanted, stands.rows[relation], strict=False):
                for name in untouched:
                    row.setdefault(name, here[name])
            highest = max((number for number, _ in self._mentioned[relation]), default=0)
            wanted += [dict(here) for _, here in stands.rows[relation][highest:]]

    def _open(self, existing: dict[str, Plan], written: writing.Written) -> list[tuple[Plan, writing.Standing]]:
        """Objects that may be changed. One that says what the table says is no conflict, whatever happened to it meanwhile."""
        kept = []
        for plan, stands in super()._open(existing, written):
            exported = "" if self._again else self._too_late(plan, stands)
            if exported and self._would_change(plan, stands):
                plan.findings.add("changed_since_export", "updated_at", plan.key, when=exported)
                written.conflicts += 1
                written.rows.append(
                    ImportRow(
                        job=self.job, row=plan.row, source_id=plan.key, artifact_id=stands.artifact.pk, outcome=ImportRow.Outcome.CONFLICT
                    )
                )
            else:
                kept.append((plan, stands))
        return kept

    def _would_change(self, plan: Plan, stands: writing.Standing) -> bool:
        return bool(self._compare(copy.deepcopy(plan), stands).fields)

    def _too_late(self, plan: Plan, stands: writing.Standing) -> str:
        """When the object was changed after the table was exported; empty when it was not, or the table does not say."""
        exported = plan.record.get("updated_at", "")
        if not exported:
            return ""
        try:
            moment = datetime.datetime.fromisoformat(exported)
        except ValueError:
            return ""
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=datetime.UTC)
        return exported if stands.artifact.updated_at > moment + datetime.timedelta(seconds=1) else ""


def _doubt(text: str, date: fuzzydates.FuzzyDate, plan: Plan) -> None:
    """A date that says nothing, or names a day that no calendar has."""
    if not date.is_known:
        plan.findings.add("date_not_understood", "date", text)
    elif day := fuzzydates.impossible_day(text):
        plan.findings.add("day_impossible", "date", text, day=day)


def _vocabulary_of(model: type[models.Model], field: str) -> str:
    """The vocabulary in which a new name is filed when the table does not say."""
    return {
        "Material": "materials",
        "ObjectName": "object-names",
        "Maker": "roles",
        "Event": "cultures",
        "Subject": "subjects",
    }.get(model.__name__, "terms")
