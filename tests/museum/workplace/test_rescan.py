"""The page on which a picture is turned or replaced: by whom, with what is shown meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from artifacts import attaching
from artifacts.models import ArtifactMedia
from iiif.image import access, pictures
from media import derive
from media.models import Asset, Replacement
from museum.workplace.media.permissions import within_departments
from tests.factories import add_picture, make_asset, make_department, make_object, publish
from tests.media.test_rescans import corners, taken_in
from tests.museum.workplace.people import client_of, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


@pytest.fixture
def use() -> ArtifactMedia:
    artifact = make_object(department=make_department())
    use = attaching.attach(artifact, taken_in(corners(600, 400)))
    publish(artifact)
    use.asset.refresh_from_db()
    return use


def address(use: ArtifactMedia) -> str:
    return reverse("workplace:scan", args=[use.artifact_id, use.public_id])


def better(name: str = "better.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, corners(1200, 800, "PNG"))


def member(use: ArtifactMedia, role: Role = Role.CURATOR) -> Any:
    return client_of(make_user(role, use.artifact.department))


def test_the_way_leads_from_the_form_and_from_the_pictures_to_the_buttons(use: ArtifactMedia):
    client = member(use)
    for page in (
        reverse("wagtailsnippets_artifacts_artifact:edit", args=[use.artifact_id]),
        reverse("workplace:pictures", args=[use.artifact_id]),
        reverse("workplace:picture", args=[use.artifact_id, use.public_id]),
    ):
        assert f'href="{address(use)}"' in client.get(page).content.decode(), page
    page = client.get(address(use)).content.decode()
    assert 'value="left"' in page and 'value="right"' in page and 'value="half"' in page


def test_a_turn_is_told_while_it_is_made_and_then_drawn_from_a_fresh_address(use: ArtifactMedia):
    client = member(use, Role.PHOTOGRAPHER)
    before = client.get(address(use)).content.decode()
    page = client.post(address(use), {"act": "turn", "way": "right"}, follow=True).content.decode()
    assert "is being turned" in page
    assert 'data-unfinished="true"' in page
    derive.prepare(use.asset_id)
    page = client.get(address(use)).content.decode()
    assert 'data-unfinished="false"' in page
    assert "a quarter to the right" in page
    asset = Asset.objects.get(pk=use.asset_id)
    assert f"?v={asset.version}" in page
    assert f"?v={asset.version}" not in before


def test_ticked_pages_are_turned_in_one_go(use: ArtifactMedia):
    second = attaching.attach(use.artifact, taken_in(corners(300, 200), "second.jpg"))
    third = attaching.attach(use.artifact, taken_in(corners(300, 300), "third.jpg"))
    data = {"act": "turn_left", "use": [use.public_id, second.public_id]}
    page = member(use).post(reverse("workplace:pictures", args=[use.artifact_id]), data, follow=True)
    assert "2 pictures are being turned." in page.content.decode()
    assert [Asset.objects.get(pk=each.asset_id).turn for each in (use, second, third)] == [270, 270, 0]


def test_a_scan_is_compared_and_put_in_place_by_one_who_publishes(use: ArtifactMedia):
    photographer, curator = member(use, Role.PHOTOGRAPHER), member(use)
    page = photographer.post(address(use), {"act": "offer", "file": better()}, follow=True).content.decode()
    assert "Compare it with the picture" in page
    derive.prepare(Replacement.objects.get().scan_id)
    page = photographer.get(address(use)).content.decode()
    assert 'value="place"' not in page
    assert "somebody who publishes compares the two" in page
    assert "somebody who publishes has to" in photographer.post(address(use), {"act": "place"}, follow=True).content.decode()
    assert 'value="place"' in curator.get(address(use)).content.decode()
    curator.post(address(use), {"act": "place"})
    derive.prepare(use.asset_id)
    asset = Asset.objects.get(pk=use.asset_id)
    assert (asset.width, asset.original_filename, asset.public_id) == (1200, "better.png", use.asset.public_id)
    page = curator.get(address(use)).content.decode()
    assert "Former scans" in page and "view.jpg" in page
    curator.post(address(use), {"act": "back", "former": asset.former_originals.get().pk})
    derive.prepare(use.asset_id)
    assert Asset.objects.get(pk=use.asset_id).width == 600


def test_a_scan_of_another_shape_is_asked_about(use: ArtifactMedia):
    client = member(use)
    client.post(address(use), {"act": "offer", "file": SimpleUploadedFile("tall.jpg", corners(400, 600))})
    derive.prepare(Replacement.objects.get().scan_id)
    assert "It has another shape than the picture" in client.get(address(use)).content.decode()
    client.post(address(use), {"act": "turn_scan", "way": "left"})
    derive.prepare(Replacement.objects.get().scan_id)
    assert "It has another shape than the picture" not in client.get(address(use)).content.decode()


@pytest.mark.parametrize(
    ("file", "sentence"),
    [(b"MZ not a picture at all", "not"), (b"%PDF-1.4\n%%EOF", "")],
)
def test_what_is_no_picture_is_refused_and_nothing_is_left(use: ArtifactMedia, file: bytes, sentence: str):
    count = Asset.objects.count()
    page = member(use).post(address(use), {"act": "offer", "file": SimpleUploadedFile("scan.jpg", file)}, follow=True)
    assert sentence in page.content.decode()
    assert not Replacement.objects.exists()
    assert Asset.objects.count() == count


def test_a_scan_that_waits_is_seen_with_its_picture_alone(use: ArtifactMedia):
    curator = make_user(Role.CURATOR, use.artifact.department)
    client_of(curator).post(address(use), {"act": "offer", "file": better()})
    scan = Replacement.objects.get().scan
    derive.prepare(scan.pk)
    stranger = make_user(Role.CURATOR, make_department())
    assert not within_departments(stranger, Asset.objects.filter(pk=scan.pk)).exists()
    pictures.forget()
    found = pictures.find(scan.public_id)
    assert found is not None
    assert found.departments == {use.artifact.department_id}
    held, other = access.pass_of(curator), access.pass_of(stranger)
    assert held is not None and held.opens(found)
    assert other is not None and not other.opens(found)


def test_of_another_department_nobody_turns_and_lookers_have_no_buttons(use: ArtifactMedia):
    stranger = client_of(make_user(Role.CURATOR, make_department()))
    assert stranger.get(address(use)).status_code in {302, 403, 404}
    stranger.post(address(use), {"act": "turn", "way": "left"})
    publisher = member(use, Role.PUBLISHER)
    assert 'value="left"' not in publisher.get(address(use)).content.decode()
    publisher.post(address(use), {"act": "turn", "way": "left"})
    assert Asset.objects.get(pk=use.asset_id).turn == 0


def test_a_locked_object_is_not_touched(use: ArtifactMedia):
    use.artifact.locked = True
    use.artifact.locked_by = make_user(Role.CURATOR, use.artifact.department)
    use.artifact.save()
    client = member(use)
    assert 'value="left"' not in client.get(address(use)).content.decode()
    client.post(address(use), {"act": "turn", "way": "left"})
    assert Asset.objects.get(pk=use.asset_id).turn == 0


def test_sound_is_not_turned(use: ArtifactMedia):
    sound = add_picture(use.artifact, asset=make_asset(kind="audio"))
    client = member(use)
    assert client.get(reverse("workplace:scan", args=[use.artifact_id, sound.public_id])).status_code == 404
    page = client.post(
        reverse("workplace:pictures", args=[use.artifact_id]), {"act": "turn_left", "use": sound.public_id}, follow=True
    ).content.decode()
    assert "Only pictures can be turned." in page
