"""Merging duplicates: one record takes the place of another wherever that was named, and its address leads on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log

from records import ids, journal, languages
from records.models import RecordError
from vocabularies.models import Agent, CollectionSet, MergedRecord, Period, Place, Reference, Term
from vocabularies.models.base import VocabularyRecord
from vocabularies.resolving import KINDS, MAX_DEPTH

MERGEABLE: tuple[type[VocabularyRecord], ...] = (Agent, Place, Term, Period, Reference, CollectionSet)
CHUNK = 400
# what a record keeps for itself
_OWN = {"status", "is_public", "broader", "vocabulary", "museum", "replaced_by", "label", "description"}
# where a place lies, and how exactly the public may know it: taken over as one or not at all
_POSITION = ("latitude", "longitude", "geometry", "public_precision")


@transaction.atomic
def merge(duplicate: VocabularyRecord, into: VocabularyRecord, user: Any = None) -> int:
    """Put ``into`` wherever ``duplicate`` is named, and delete the duplicate; its public address leads to the other from then on.

    The record that stays takes over names, links, dates and relations that it lacks, texts in languages that it lacks, and plain fields that
    are empty; a public record takes nothing of one that is for staff only. Answers how many mentions were moved. Raises RecordError when the
    two cannot be one.
    """
    model = type(duplicate)
    if type(into) is not model or model not in MERGEABLE:
        raise RecordError(_("Only two records of one kind can be merged."))
    both = {row.pk: row for row in model._default_manager.select_for_update().filter(pk__in=[duplicate.pk, into.pk]).order_by("pk")}
    if len(both) == 2:
        duplicate, into = both[duplicate.pk], both[into.pk]
    _refuse(duplicate, into)
    kind, old = KINDS[model], duplicate.pk
    content = duplicate.serializable_data()
    _take_number(duplicate, into)
    if duplicate.is_public or not into.is_public:
        _take_columns(duplicate, into)
        _take_names(duplicate, into)
        _take_rows(duplicate, into)
    moved = sum(_move(relation, old, into.pk) for relation in _mentions_of(model))
    MergedRecord.objects.filter(kind=kind, into_key=old).update(into_key=into.pk)
    MergedRecord.objects.create(
        kind=kind,
        old_key=old,
        public_id=duplicate.public_id,
        was_public=duplicate.is_public,
        into_key=into.pk,
        source=duplicate.source,
        source_id=duplicate.source_id,
        content=content,
        merged_by=user if getattr(user, "pk", None) else None,
    )
    name = str(duplicate)
    duplicate.delete()
    stays = model._default_manager.get(pk=into.pk)
    stays.save()  # the journal hears of it, and of everything that shows it
    stays.save_revision(user=user, log_action=False)
    log(stays, "vocabularies.merge", user=user, data={"record": name, "public_id": content["public_id"]})
    return moved


def _refuse(duplicate: Any, into: Any) -> None:
    if duplicate.pk == into.pk:
        raise RecordError(_("A record cannot be merged into itself."))
    if getattr(duplicate, "vocabulary_id", None) != getattr(into, "vocabulary_id", None):
        raise RecordError(_("The two terms stand in different vocabularies. Bring them into one first."))
    if duplicate.pk in _above(into):
        raise RecordError(
            _("“%(into)s” stands below “%(record)s”. Move it out of there first, or merge the other way round.")
            % {"into": into, "record": duplicate}
        )


def _above(record: Any) -> set[int]:
    """Keys of everything broader than a record."""
    found: set[int] = set()
    level = {record.pk}
    for _step in range(MAX_DEPTH):
        rows: set[int] = set()
        if _has(type(record), "broader"):
            rows |= set(type(record)._default_manager.filter(pk__in=level).values_list("broader", flat=True))
        if hasattr(record, "extra_broader"):
            extra = type(record).extra_broader.rel.related_model  # type: ignore[attr-defined]
            rows |= set(extra._default_manager.filter(term__in=level).values_list("broader", flat=True))
        level = {pk for pk in rows if pk is not None} - found
        found |= level
        if not level:
            break
    return found


def _has(model: type[models.Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _take_columns(duplicate: Any, into: Any) -> None:
    """Plain fields that are empty, and texts in languages that are missing."""
    for field in into._meta.concrete_fields:
        if field.editable and field.name not in {*_OWN, *_POSITION} and not field.primary_key:
            mine, theirs = getattr(into, field.attname), getattr(duplicate, field.attname)
            if mine in (None, "", {}) and theirs not in (None, "", {}):
                setattr(into, field.attname, theirs)
    for name in ("label", "description"):
        lacking = {
            language: text for language, text in (getattr(duplicate, name) or {}).items() if language not in (getattr(into, name) or {})
        }
        setattr(into, name, {**(getattr(into, name) or {}), **lacking})
    if _has(type(into), "latitude") and into.latitude is None and not into.geometry:
        for name in _POSITION:
            setattr(into, name, getattr(duplicate, name))
    into.save()


def _take_number(duplicate: Any, into: Any) -> None:
    """The number in the source, which one record alone may bear: imports go on finding it."""
    if not into.source_id and duplicate.source_id:
        type(duplicate)._default_manager.filter(pk=duplicate.pk).update(source="", source_id="")
        into.source, into.source_id = duplicate.source, duplicate.source_id
        into.save()


def _take_names(duplicate: Any, into: Any) -> None:
    """Labels that the record that stays does not bear become names of it."""
    if not hasattr(into, "names"):
        return
    borne = {name.text.casefold() for name in into.names.all()} | {text.casefold() for text in languages.plain(into.label or {}).values()}
    rows = type(into).names.rel.related_model
    column = type(into).names.rel.field.name
    for language, text in languages.plain(duplicate.label or {}).items():
        if text.casefold() not in borne:
            borne.add(text.casefold())
            rows.objects.create(**{column: into}, text=text, language=language, sort_order=_next(rows, column, into.pk))


def _next(rows: Any, column: str, pk: int) -> int:
    last = rows._default_manager.filter(**{column: pk}).aggregate(last=models.Max("sort_order"))["last"]
    return 0 if last is None else last + 1


def _take_rows(duplicate: Any, into: Any) -> None:
    """Names, links, dates and relations that the record that stays lacks. Rows that would tie it to itself are left."""
    for relation in get_all_child_relations(type(into)):
        rows, column = relation.related_model, relation.field.name
        present = {_said(row, column) for row in rows._default_manager.filter(**{column: into.pk})}
        if hasattr(into, "names") and relation.get_accessor_name() == "names":
            texts = {text.casefold() for text in languages.plain(into.label or {}).values()}
            texts |= {row.text.casefold() for row in rows._default_manager.filter(**{column: into.pk})}
        else:
            texts = None
        for row in rows._default_manager.filter(**{column: duplicate.pk}).order_by("sort_order"):
            itself = any(getattr(row, field.attname) in {into.pk, duplicate.pk} for field in _to(rows, type(into)) if field.name != column)
            if itself or _said(row, column) in present or (texts is not None and row.text.casefold() in texts):
                continue
            row.pk = None
            row._state.adding = True
            setattr(row, f"{column}_id", into.pk)
            row.sort_order = _next(rows, column, into.pk)
            row.save()


def _to(table: type[models.Model], model: type[models.Model]) -> list[Any]:
    return [field for field in table._meta.concrete_fields if isinstance(field, models.ForeignKey) and field.related_model is model]


def _said(row: Any, *but: str) -> str:
    """Everything that a row says, for comparison."""
    left_out = {*but, "sort_order"}
    return repr(
        [getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key and field.name not in left_out]
    )


def _mentions_of(model: type[models.Model]) -> Iterator[Any]:
    """Every foreign key of any table to ``model``, those of many-to-many tables too; not those of its own rows to their record."""
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.field.concrete:
            field = relation.field
            if not (isinstance(field, ParentalKey) and field.remote_field.model is model and _is_own_row(field.model, model)):
                yield field


def _is_own_row(table: type[models.Model], model: type[models.Model]) -> bool:
    return any(relation.related_model is table for relation in get_all_child_relations(model))


def _move(field: Any, old: int, new: int) -> int:
    """Let every row that names ``old`` by this field name ``new``; what then stands twice, or names itself, is taken away."""
    table = field.model
    moved = 0
    keys = list(table._base_manager.filter(**{field.name: old}).values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        try:
            with transaction.atomic():
                table._base_manager.filter(pk__in=chunk).update(**{field.name: new})
        except IntegrityError:
            for pk in chunk:
                _move_one(table, field, pk, new)
        _tell_owners(table, chunk)
        _take_away_doubles(table, field, chunk, new)
        moved += len(chunk)
    return moved


def _move_one(table: Any, field: Any, pk: Any, new: int) -> None:
    try:
        with transaction.atomic():
            table._base_manager.filter(pk=pk).update(**{field.name: new})
    except IntegrityError:  # the record that stays is named there already
        table._base_manager.filter(pk=pk).delete()


def _owner(table: type[models.Model]) -> ParentalKey | None:
    return next((field for field in table._meta.concrete_fields if isinstance(field, ParentalKey)), None)


def _take_away_doubles(table: Any, field: Any, keys: list[Any], new: int) -> None:
    """Rows that now say the same as another row of their record, or tie a record to itself."""
    owner = _owner(table)
    itself = [one.name for one in _to(table, field.related_model) if one.name != field.name]
    for name in itself:
        table._base_manager.filter(**{field.name: new, name: new}).delete()
    if owner is None:
        return
    moved = set(keys)
    owners = table._base_manager.filter(pk__in=keys).values_list(owner.attname, flat=True)
    seen: set[tuple[Any, str]] = set()
    rows = table._base_manager.filter(**{f"{owner.name}__in": list(owners), field.name: new})
    for row in sorted(rows, key=lambda row: (row.pk in moved, row.pk)):
        mark = (getattr(row, owner.attname), _said(row))
        if mark in seen and row.pk in moved:
            table._base_manager.filter(pk=row.pk).delete()
        seen.add(mark)


def _tell_owners(table: type[models.Model], keys: list[Any]) -> None:
    """Vocabulary records that show the one that stays are told; objects are told through its own change."""
    kind = KINDS.get(table)
    if kind:
        journal.changed(kind, list(keys))
        return
    owner = _owner(table)
    kind = KINDS.get(owner.related_model) if owner else None
    if owner and kind:
        journal.changed(kind, sorted(set(table._base_manager.filter(pk__in=keys).values_list(owner.attname, flat=True))))


def moved_to(kind: str, public_id: str) -> str:
    """The public id of the public record that a merged one's address leads to, or ""."""
    model = next((model for model, name in KINDS.items() if name == kind and model in MERGEABLE), None)
    key = MergedRecord.objects.filter(kind=kind, public_id=public_id, was_public=True).values_list("into_key", flat=True).first()
    if model is None or key is None:
        return ""
    return model._default_manager.filter(pk=key, is_public=True).values_list("public_id", flat=True).first() or ""


def moved(public_ids: Iterable[str]) -> dict[str, str]:
    """``{public id of a merged record: that of the public record that stays}``, of those that lead somewhere. What is no id leads nowhere."""
    asked = [one for one in public_ids if ids.is_public_id(one)]
    rows = MergedRecord.objects.filter(public_id__in=asked, was_public=True).values_list("kind", "public_id")
    return {public_id: target for kind, public_id in rows if (target := moved_to(kind, public_id))}


def stays(model: type[models.Model], key: int) -> int | None:
    """The key of the record that a merged one's became; None for one that was not merged."""
    return MergedRecord.objects.filter(kind=KINDS[model], old_key=key).values_list("into_key", flat=True).first()


def keys_by_source(kind: str, source: str) -> dict[str, int]:
    """``{id in the source: key of the record that stays}`` of merged records, for imports that come again."""
    rows = MergedRecord.objects.filter(kind=kind, source=source).exclude(source_id="")
    return dict(rows.values_list("source_id", "into_key"))


def followed(content: Mapping[str, Any], model: type[models.Model]) -> dict[str, Any]:
    """The content of an older version of a record of ``model``, naming the records that stay in the place of merged ones."""
    gone: dict[str, dict[int, int]] = {}
    for kind, old, new in MergedRecord.objects.values_list("kind", "old_key", "into_key"):
        gone.setdefault(kind, {})[old] = new
    if not gone:
        return dict(content)
    result = _renamed(content, model, gone)
    for relation in get_all_child_relations(model):
        name = relation.get_accessor_name()
        if isinstance(rows := content.get(name), list):
            result[name] = [_renamed(row, relation.related_model, gone) for row in rows]
    return result


def _renamed(values: Mapping[str, Any], model: type[models.Model], gone: Mapping[str, Mapping[int, int]]) -> dict[str, Any]:
    result = dict(values)
    for field in _keys_to_records(model):
        if field.name in values:
            result[field.name] = gone.get(KINDS[field.related_model], {}).get(values[field.name], values[field.name])
    return result


def _keys_to_records(model: type[models.Model]) -> Iterable[Any]:
    return [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey) and field.related_model in MERGEABLE]
