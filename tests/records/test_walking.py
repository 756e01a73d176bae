"""Many rows are gone through while others write; a cursor that is still open would make SQLite refuse the writes of its connection."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db import connections

from artifacts import dependents
from artifacts.models import Material
from records import journal, walking
from records.models import Counter
from search.building import builders
from tests.factories import make_object, make_term
from vocabularies.models import Term

pytestmark = pytest.mark.django_db(transaction=True)


def somebody_else_writes() -> None:
    def write() -> None:
        Counter.objects.create(name=f"else {threading.get_ident()} {Counter.objects.count()}", value=1)
        connections.close_all()

    thread = threading.Thread(target=write)
    thread.start()
    thread.join()


def shown(term: Any) -> Iterable[int]:
    return dependents.dependents_of(Term, [term.pk])


@pytest.mark.parametrize(
    "walk",
    [
        lambda term: walking.in_portions(Term.objects.order_by("pk"), 2),
        lambda term: walking.keys(Term.objects.order_by("pk")),
        lambda term: builders["object"].every_key(),
        lambda term: builders["term"].every_key(),
        shown,
    ],
)
def test_who_goes_through_rows_may_write_although_others_do(walk: Callable[[Any], Iterable[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dependents, "BATCH", 2)
    terms = [make_term(f"term {n}") for n in range(5)]
    for number in range(5):
        make_object(f"W {number}", rows={"materials": [Material(term=terms[0])]})
    seen = 0
    for _ in walk(terms[0]):
        somebody_else_writes()
        journal.next_version()
        seen += 1
    assert seen >= 5


def test_rows_come_in_their_order_without_those_that_are_gone() -> None:
    terms = [make_term(f"term {n}") for n in range(5)]
    walked = walking.in_portions(Term.objects.filter(pk__in=[term.pk for term in terms]).order_by("-pk"), 2)
    first = next(walked)
    terms[1].delete()
    assert [first.pk, *(term.pk for term in walked)] == [terms[n].pk for n in (4, 3, 2, 0)]
