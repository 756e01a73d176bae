"""Prepared queries answer what Django's own answer, for any number of keys."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from artifacts.loading import SOURCE
from records.prepared import SIZES, Prepared
from tests.factories import add_picture, make_object, make_term
from vocabularies.models import Term

pytestmark = pytest.mark.django_db


def _terms(count: int) -> list[int]:
    return [make_term(f"Từ {number}", "prepared").pk for number in range(count)]


def _rows(keys):
    return Term.objects.filter(pk__in=keys).order_by("pk").values("id", "label", "created_at", "vocabulary__code")


@pytest.mark.parametrize("count", [1, 2, 3, 7, max(SIZES), max(SIZES) + 3])
def test_the_same_rows_as_django_gives_and_in_the_same_order(count, django_assert_num_queries):
    keys = _terms(count + 2)[:count]
    prepared = Prepared(_rows)

    assert prepared(keys) == list(_rows(keys))
    assert prepared.tuples(keys) == [tuple(row.values()) for row in _rows(keys)]
    assert prepared(keys[::-1]) == list(_rows(keys))  # the statement that was kept, with other keys
    with django_assert_num_queries(1):
        prepared(keys)


def test_no_keys_ask_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert Prepared(_rows)([]) == []


def test_keys_of_nothing_have_no_rows():
    assert Prepared(_rows)([999_999]) == []


def test_other_conditions_stay():
    keys = _terms(2)
    Term.objects.filter(pk=keys[1]).update(is_public=False)
    prepared = Prepared(lambda wanted: Term.objects.filter(pk__in=wanted, is_public=True, vocabulary__code="prepared").values("id"))

    assert prepared(keys) == [{"id": keys[0]}]
    assert prepared(keys[1:]) == []


def test_a_query_that_leaves_keys_out_is_refused():
    with pytest.raises(ImproperlyConfigured, match="each key once"):
        Prepared(lambda keys: Term.objects.filter(pk__gte=min(keys)).values("id"))([1, 2])


def test_every_table_of_an_object_is_read_as_it_is():
    artifact = make_object()
    add_picture(artifact)

    for name, (model, parent) in SOURCE.children.items():
        order = [field for field in ("sort_order",) if field in {one.name for one in model._meta.fields}]
        stored = model._default_manager.filter(**{parent: artifact.pk}).order_by(*order, "pk").values()
        assert SOURCE._children_of_one[name]([artifact.pk]) == list(stored), name


def test_keys_may_be_texts() -> None:
    keys = _terms(3)
    public_ids = list(Term.objects.filter(pk__in=keys).order_by("pk").values_list("public_id", flat=True))
    prepared = Prepared(lambda wanted: Term.objects.filter(public_id__in=wanted).order_by("pk").values("id"), of=str)
    assert [row["id"] for row in prepared(public_ids)] == keys
    assert prepared(["zzzzzzzzzzzz"]) == []


def test_distinct_rows_in_an_order_are_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="no order"):
        Prepared(lambda keys: Term.objects.filter(pk__in=keys).order_by("pk").values("vocabulary").distinct())([1])
