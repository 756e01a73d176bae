"""``set_up``: what takes long at the start is told."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from museum.management.commands import set_up
from records.models import JournalEntry
from tests.factories import make_object
from tests.search.conftest import museum_search

__all__ = ["museum_search"]
pytestmark = pytest.mark.django_db


def test_an_index_that_takes_minutes_is_told_and_only_made_when_needed(museum_search: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make_object("BT 1")
    JournalEntry.objects.all().delete()  # the worker has seen it, and the index was lost afterwards
    monkeypatch.setattr(set_up, "WORTH_SAYING", 1)
    museum_search.drop()
    said = StringIO()
    call_command("set_up", stdout=said)
    assert "Search index of" in said.getvalue()
    assert "public: " in said.getvalue()
    again = StringIO()
    call_command("set_up", stdout=again)
    assert "Search index" not in again.getvalue()
