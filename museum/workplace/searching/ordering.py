"""The orders of the list that the database has itself: they need no engine, and hold what the engine has not heard of yet."""

from __future__ import annotations

from django.db.models import QuerySet

from museum.workplace.objects.showing import changed
from search.curators import Question
from search.requests import SORT_KEYS

# Order of the search → what the rows are put in order by
_COLUMNS = {"": "accession_sort", "number": "accession_sort", "changed": "changed"}


def by_database(question: Question) -> bool:
    """True for the whole catalogue in an order that the database has."""
    return not question.asks and question.sort in _COLUMNS


def in_order(rows: QuerySet, question: Question) -> QuerySet:
    """Objects in the order that is asked for; by their numbers when the database does not have it."""
    name = _COLUMNS.get(question.sort, "accession_sort")
    _key, descending = SORT_KEYS.get(question.sort, ("", False))
    rows = rows.annotate(changed=changed()) if name == "changed" else rows
    return rows.order_by(f"-{name}" if descending != question.reverse else name, "pk")
