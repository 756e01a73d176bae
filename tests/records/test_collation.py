"""Derived keys are compared byte by byte on both databases, as they were computed to be."""

import pytest
from django.apps import apps
from django.db import connection

from records.fields import DerivedField
from tests.factories import make_term
from vocabularies.models import Term

pytestmark = pytest.mark.django_db


def test_every_derived_column_is_compared_bytewise() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite compares bytes by itself")
    derived = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, DerivedField) and model._meta.app_label in {"artifacts", "vocabularies"}
    }
    assert len(derived) > 5
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns WHERE collation_name = 'C'")
        assert derived <= set(cursor.fetchall())


def test_labels_are_ordered_by_their_keys() -> None:
    terms = [make_term(text) for text in ("bát 10", "bát-sứ", "bat 9", "bata")]
    keys = list(Term.objects.filter(pk__in=[term.pk for term in terms]).order_by("sort_label").values_list("sort_label", flat=True))
    assert keys == sorted(keys)
