"""A detail in an exhibition shows the same part of the picture after that was turned."""

from __future__ import annotations

import json

import pytest

from exhibits.models import ExhibitionPage
from media import derive, rescans
from tests.exhibits import scene
from tests.factories import make_object, publish

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


def regions(blocks: list) -> list[str]:
    return [block["value"]["region"] for block in blocks if block["type"] == "detail"]


def test_details_and_covers_turn_with_the_picture_on_the_page_and_in_its_draft() -> None:
    artifact = make_object("EX 1")
    use = scene.picture(artifact, (1200, 900), primary=True)
    publish(artifact)
    page = scene.exhibition([artifact])
    page.cover_object, page.cover_region = artifact, "0,0,300,200"
    page.save_revision().publish()
    page.title = "A draft"
    page.save_revision()
    assert regions(page.body.raw_data) == ["100,100,600,300"]
    rescans.turn(use.asset, 90)
    derive.prepare(use.asset_id)
    after = ExhibitionPage.objects.get(pk=page.pk)
    assert regions(after.body.raw_data) == ["500,100,300,600"]
    assert after.cover_region == "700,0,200,300"
    draft = after.get_latest_revision()
    assert draft.content["title"] == "A draft"
    assert regions(json.loads(draft.content["body"])) == ["500,100,300,600"]
    assert draft.content["cover_region"] == "700,0,200,300"
