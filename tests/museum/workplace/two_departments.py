"""Four objects of two departments, findable: what curators search, keep, export and change."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from artifacts.models import Artifact, ProvenanceStep
from museum.workplace.models import BatchEdit
from tests.factories import make_department, make_object, text
from tests.museum.workplace.people import client_of
from tests.search.conftest import catch_up, museum_search

__all__ = ["house", "museum_search"]


@pytest.fixture
def house(museum_search: Any) -> dict[str, Any]:
    ours, theirs = make_department(), make_department()
    price = [ProvenanceStep(text=text("Bought"), price_amount=120_000, price_currency="VND")]
    found = {
        "ours": ours,
        "bowl": make_object(
            "A 1", "Blue bowl", department=ours, public=False, credit_line=text("Gift of Mrs Lê"), rows={"provenance": price}
        ),
        "dish": make_object("A 2", "Blue dish", department=ours),
        "jar": make_object("A 10", "Brown jar", department=ours, public=False),
        "secret": make_object("B 1", "Blue secret", department=theirs),
    }
    catch_up()
    return found


def order(user: Any, query: str, **change: str) -> BatchEdit:
    told = {"field": "", "act": "", "language": "", "old": "", "new": "", "publish": "on", "state": f"q={query}", **change}
    client = client_of(user)
    preview = client.post(reverse("workplace:new_batch"), told, follow=True)
    body = preview.content.decode()
    assert "Nothing has been changed yet" in body or "Nothing would change" in body, body[:3000]
    batch = BatchEdit.objects.latest("pk")
    client.post(reverse("workplace:batch", args=[batch.pk]), {"act": "start"})
    return BatchEdit.objects.get(pk=batch.pk)


def draft(artifact: Artifact) -> Artifact:
    return Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object()
