"""A form that was opened before its picture was turned writes no place back where it does not lie any more."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from artifacts import attaching, rescanning
from artifacts.models import Artifact, ArtifactMedia, Inscription
from media import derive
from museum.workplace.objects.lying import FIELD, written
from tests.factories import make_department, make_object
from tests.media.test_rescans import corners, taken_in
from tests.museum.workplace.people import client_of, form_data, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]
BEFORE, TURNED = "10,20,30,40", "340,10,40,30"  # of 600 × 400 pixels, and a quarter to the right


@pytest.fixture
def use() -> ArtifactMedia:
    artifact = make_object("BT 8", "Drum", department=make_department(), public=False)
    use = attaching.attach(artifact, taken_in(corners(600, 400)))
    artifact.inscriptions.add(Inscription(original="大吉", region=BEFORE))
    artifact.save()
    artifact.save_revision()
    return use


def opened(use: ArtifactMedia) -> tuple[Any, str, dict[str, Any]]:
    """Somebody's form as it is now: who, where, and what it would send."""
    user = make_user(Role.CURATOR, use.artifact.department)
    client = client_of(user)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[use.artifact_id])
    page = client.get(address)
    lies = re.search(rf'name="{FIELD}" value="([^"]+)"', page.content.decode())
    assert lies
    return client, address, {**form_data(page.context["form"].instance, user), FIELD: lies[1]}


def turn(use: ArtifactMedia, degrees: int) -> None:
    use.asset.refresh_from_db()
    rescanning.turn([use], degrees, user=make_user(Role.CURATOR, use.artifact.department))
    derive.prepare(use.asset_id)


def region(use: ArtifactMedia) -> str:
    return Artifact.objects.get(pk=use.artifact_id).get_latest_revision_as_object().inscriptions.get().region


def test_a_place_follows_into_the_version_that_is_saved(use: ArtifactMedia):
    client, address, data = opened(use)
    assert data["inscriptions-0-region"] == BEFORE
    turn(use, 90)
    assert client.post(address, data).status_code == 302
    assert region(use) == TURNED


def test_a_refused_form_shows_the_place_where_it_lies_now_and_is_sent_again(use: ArtifactMedia):
    client, address, data = opened(use)
    turn(use, 90)
    page = client.post(address, {**data, "accession_number": ""})
    body = page.content.decode()
    assert page.status_code == 200 and f'value="{TURNED}"' in body
    lies = re.search(rf'name="{FIELD}" value="([^"]+)"', body)
    assert lies and (written(lies[1]).turn, written(lies[1]).width) == (90, 400)
    again = {**data, "inscriptions-0-region": TURNED, FIELD: lies[1]}
    assert client.post(address, again).status_code == 302
    assert region(use) == TURNED


def test_a_form_that_says_nothing_or_nonsense_is_saved_as_it_is(use: ArtifactMedia):
    client, address, data = opened(use)
    turn(use, 180)
    for said in ("", "x", "abc:def:45:0x0", f"{use.asset.public_id}::90:99999999x1", f"{'a' * 12}::90:600x400"):
        assert client.post(address, {**data, FIELD: said}).status_code == 302
        assert region(use) == BEFORE
