"""The counts of the whole catalogue are not asked of the same index twice, and nobody is given those of another reader."""

from __future__ import annotations

from typing import Any

import pytest

from search import curators, kept
from search.curators import Question
from search.documents import PUBLIC, STAFF
from search.engines import engine
from search.language import Reader, read
from tests.factories import make_department, make_object
from tests.search.conftest import catch_up

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_stack]


@pytest.fixture
def asked(museum_search: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the engine was asked; two departments with one object each are in its index."""
    for number, code in (("A 1", "ours"), ("B 1", "theirs")):
        make_object(number, "Bowl", department=make_department(code=code))
    catch_up()
    requests: list[Any] = []
    search = engine().search
    monkeypatch.setattr(engine(), "search", lambda *request: requests.append(request) or search(*request))
    return requests


def counts(reader: Reader, question: Question | None = None) -> int:
    return curators.search(question or Question(), reader, limit=0, facets=True).total


def test_the_whole_catalogue_is_counted_once_until_the_index_changes(asked):
    assert counts(Reader()) == counts(Reader(user=7, names=("Lan",))) == 2
    assert len(asked) == (1 if engine().generation("curatorial") else 2)
    make_object("A 2", "Dish", department=make_department(code="third"))
    catch_up()
    assert counts(Reader()) == 3


def test_each_reader_has_the_counts_of_his_own_departments_and_roles(asked):
    from vocabularies.models import Department

    ours = Department.objects.get(code="ours").public_id
    assert counts(Reader()) == 2
    assert counts(Reader(departments=(ours,))) == 1
    assert counts(Reader(departments=())) == 0
    assert counts(Reader(groups=(PUBLIC, STAFF, "r_registrar"))) == 2
    assert len(asked) == 4
    assert counts(Reader(departments=(ours,))) == 1


def test_a_question_is_asked_whenever_it_comes(asked):
    bowls = Question(read("title:bowl"))
    assert counts(Reader(), bowls) == counts(Reader(), bowls) == 2
    assert len(asked) == 2


def test_no_more_answers_are_kept_than_fit(asked, monkeypatch):
    monkeypatch.setattr(kept, "KEPT_ANSWERS", 2)
    for number in range(5):
        counts(Reader(departments=(f"d{number}",)))
    assert len(kept._answers) <= 2
