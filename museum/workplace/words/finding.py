"""Finding vocabulary records by any of their labels and names, without a search engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from records import identifiers, languages


def found(records: QuerySet, words: str) -> QuerySet:
    """Those of ``records`` that have ``words`` in a label or a name; marks do not matter in the label that they are sorted by."""
    words = words.strip()
    folded = identifiers.sort_key(words)
    if not words:
        return records
    matches = Q(label__vi__text__icontains=words) | Q(label__en__text__icontains=words)
    if folded:
        matches |= _folded(records, lambda key: folded in key, sort_label__contains=folded)
    names = _names(records.model)
    if names is not None:
        model, owner = names
        matches |= Q(Exists(model._default_manager.filter(**{owner: OuterRef("pk"), "text__icontains": words})))
    if hasattr(records.model, "code"):
        matches |= Q(code__icontains=words)
    return records.filter(matches)


def same_label(model: type[Model], label: Mapping[str, Any], *, vocabulary: Any = None, exclude: int | None = None) -> QuerySet:
    """Records of ``model`` that bear one of these labels already, whatever the marks and the case."""
    texts = list(languages.plain(label).values())
    keys = [identifiers.sort_key(text) for text in texts]
    matches = _folded(model._default_manager.all(), lambda key: key in keys, sort_label__in=keys)
    for tag, text in languages.plain(label).items():
        matches |= Q(**{f"label__{tag}__text__iexact": text}) if tag.isalnum() else Q()
    names = _names(model)
    if names is not None:
        names_model, owner = names
        named = Q()
        for text in texts:
            named |= Q(text__iexact=text)
        matches |= Q(Exists(names_model._default_manager.filter(named, **{owner: OuterRef("pk")})))
    records = model._default_manager.filter(matches).exclude(pk=exclude)
    return records.filter(vocabulary=vocabulary) if vocabulary is not None else records


def _folded(records: QuerySet, fits: Callable[[str], bool], **lookup: Any) -> Q:
    """By the label without its marks: kept in a column, or, for types of objects, of which there are a few dozen, read from the labels."""
    if hasattr(records.model, "sort_label"):
        return Q(**lookup)
    labels = records.values_list("pk", "label")
    return Q(pk__in=[pk for pk, label in labels if any(fits(identifiers.sort_key(text)) for text in languages.plain(label).values())])


def _names(model: type[Model]) -> tuple[type[Model], str] | None:
    """The table of other names, and its key to the record."""
    relation = getattr(model, "names", None)
    if relation is None:
        return None
    return relation.rel.related_model, relation.rel.field.name
