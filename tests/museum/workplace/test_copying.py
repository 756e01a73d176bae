"""A copy of an object is a record of its own: what one object alone is known by stays with that one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from artifacts.models import Artifact, Identifier, Right
from tests.factories import add_picture, make_department, make_object, text
from tests.museum.workplace.people import client_of, form_data, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


def test_a_copy_of_an_imported_object_is_saved_as_a_draft_of_its_own():
    department = make_department()
    original = make_object(
        "BT 7",
        department=department,
        source="cmoa",
        source_id="cmoa:things/7",
        access_limit=Artifact.Access.LIMITED,
        embargo_until=timezone.localdate() + timedelta(days=30),
        expire_at=timezone.now() + timedelta(days=60),
        rows={"identifiers": [Identifier(value="OLD 7")], "rights": [Right(credit_line=text("Gift of Lan"))]},
    )
    add_picture(original, publication_class="restricted")
    client = client_of(make_user(Role.CURATOR, department))
    page = client.get(reverse("wagtailsnippets_artifacts_artifact:copy", args=[original.pk]))
    copy = page.context["form"].instance
    data = form_data(copy, accession_number="BT 8")
    answer = client.post(reverse("wagtailsnippets_artifacts_artifact:add"), data)
    assert answer.status_code == 302, page.content.decode()[:300]
    made = Artifact.objects.get(accession_number="BT 8")
    assert (made.live, made.is_public, made.source, made.source_id, made.expire_at) == (False, False, "", "", None)
    assert (made.access_limit, made.embargo_until) == (original.access_limit, original.embargo_until)
    assert made.public_id != original.public_id
    assert [title.text for title in made.titles.all()] == [title.text for title in original.titles.all()]
    assert [right.credit_line["en"]["text"] for right in made.rights.all()] == ["Gift of Lan"]
    assert not made.identifiers.exists()
    assert not made.media.exists()
    original.refresh_from_db()
    assert (original.accession_number, original.titles.count(), original.identifiers.count()) == ("BT 7", 1, 1)


def test_a_key_of_a_source_that_another_object_has_is_said_in_a_sentence():
    department = make_department()
    make_object("BT 7", department=department, source="cmoa", source_id="7")
    other = make_object("BT 8", department=department)
    client = client_of(make_user(Role.CURATOR, department))
    data = form_data(other, source="cmoa", source_id="7")
    page = client.post(reverse("wagtailsnippets_artifacts_artifact:edit", args=[other.pk]), data).content.decode()
    assert "Another object came from this source under the same key." in page
    assert "artifact_natural_key" not in page
