"""A restricted picture on its object's page: the substitute, the reason, the way to get access; and in a browser the picture after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.cache import cache
from django.test import Client

from iiif.image import pictures
from iiif.models import PictureRules
from media.models import Asset
from tests.factories import add_picture, make_object


def page_of(artifact: Any) -> str:
    return Client().get(f"/en/objects/{artifact.public_id}/", follow=True).content.decode()


@pytest.mark.django_db
def test_everybody_sees_the_substitute_and_the_way_to_get_access(make_picture: Callable[..., Asset]) -> None:
    artifact, asset = make_object(), make_picture()
    add_picture(artifact, asset=asset, publication_class="restricted")
    body = page_of(artifact)
    assert "With an account of the museum you can see it." in body
    assert f"/iiif/auth/login?next=%2Fen%2Fobjects%2F{artifact.public_id}%2F" in body
    assert "-small" not in body
    note = {"en": {"text": "Ask our librarian.", "state": "source"}}
    PictureRules.objects.create(museum=artifact.museum, small=400, pattern="kiosk", note=note)
    pictures.forget()
    body = page_of(artifact)
    assert f'src="/iiif/3/{asset.public_id}-small/full/max/0/default.jpg" width="400" height="292"' in body
    assert "Ask our librarian." in body
    assert "/iiif/auth/terminal?next=" in body
    assert "data-open-viewer" not in body


def test_in_a_browser_the_log_in_opens_the_picture(make_picture: Any, museum_server: str, page: Any) -> None:
    cache.clear()
    artifact, asset = make_object(), make_picture()
    add_picture(artifact, asset=asset, publication_class="restricted")
    PictureRules.objects.create(museum=artifact.museum, small=400)
    pictures.forget()
    user = User.objects.create_user("reader", password="a long enough password")
    user.user_permissions.add(Permission.objects.get(codename="view_restricted"))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{museum_server}/en/objects/{artifact.public_id}/x/")
    page.locator(".restricted-small").wait_for()
    assert page.locator(".restricted-canvas").count() == 0
    page.get_by_role("link", name="Log in to see it").click()
    page.get_by_label("User name").fill("reader")
    page.get_by_label("Password").fill("a long enough password")
    with page.expect_response(
        lambda response: f"/iiif/3/{asset.public_id}/0,0,512,512/512,512/" in response.url or f"{asset.public_id}/full/" in response.url
    ):
        page.get_by_role("button", name="Log in").click()
    page.locator(".restricted-canvas canvas").first.wait_for()
    assert f"/objects/{artifact.public_id}/" in page.url
    assert errors == []
