"""Hidden and restricted pictures: what strangers are told of them, and who of the staff sees them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from iiif.image import access
from media.models import Asset
from tests.factories import add_picture, make_department, make_object
from tests.iiif.image.asking import get
from vocabularies.models import DepartmentMembership
from vocabularies.roles import Role

pytestmark = pytest.mark.django_db


def test_a_hidden_picture_answers_like_one_that_never_was(client: Client, make_picture: Callable[..., Asset]) -> None:
    hidden = make_picture(tier="hidden")
    for rest in ("", "/info.json", "/full/max/0/default.jpg", "/0,0,512,512/512,512/0/default.jpg", "/full/nonsense/0/default.jpg"):
        there = client.get(f"/iiif/3/{hidden.public_id}{rest}")
        never = client.get(f"/iiif/3/abcdefghijkl{rest}")
        assert there.status_code == never.status_code == 404
        assert there.content == never.content
        assert dict(there.headers) == dict(never.headers)


def test_a_restricted_picture_is_described_but_its_pixels_are_refused(
    client: Client, make_picture: Callable[..., Asset], admin_user: Any
) -> None:
    restricted = make_picture(tier="restricted")
    assert get(client, restricted, "info.json").status_code == 200
    refused = get(client, restricted, "full/200,/0/default.jpg")
    assert (refused.status_code, refused.headers["Cache-Control"]) == (401, "no-store")
    assert refused.headers["WWW-Authenticate"].startswith("IIIF realm=")
    client.cookies[access.COOKIE] = access.cookie_of(admin_user, access.Pass(None))
    shown = get(client, restricted, "full/200,/0/default.jpg")
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"].startswith("private")
    assert "Cookie" in shown.headers["Vary"]


@pytest.mark.parametrize("cookie", ["", "1.2", "9999999999." + "0" * 32, "²²².x", "9999999999.all.." + "0" * 32, "x" * 5000])
def test_a_forged_staff_cookie_opens_nothing(client: Client, make_picture: Callable[..., Asset], cookie: str) -> None:
    hidden = make_picture(tier="hidden")
    assert client.get(f"/iiif/3/{hidden.public_id}/info.json", headers={"Cookie": f"{access.COOKIE}={cookie}"}).status_code == 404


@pytest.mark.parametrize("others", ["old_{}=x; ", "a={}=x; ", " ;;{} ;", "b=1;"])
def test_another_cookie_with_a_like_name_closes_nothing(
    client: Client, make_picture: Callable[..., Asset], admin_user: Any, others: str
) -> None:
    hidden = make_picture(tier="hidden")
    cookies = f"{others.format(access.COOKIE)}{access.COOKIE}={access.cookie_of(admin_user, access.Pass(None))}"
    assert client.get(f"/iiif/3/{hidden.public_id}/info.json", headers={"Cookie": cookies}).status_code == 200


def test_staff_are_given_the_cookie_in_the_workplace_and_lose_it_at_log_out(admin_client: Client) -> None:
    response = admin_client.get("/admin/")
    cookie = response.cookies[access.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/iiif/", True, "Lax")
    held = access.staff_pass(f"{access.COOKIE}={cookie.value}")
    assert held is not None and held.departments is None, "an administrator works everywhere"
    ended = admin_client.post("/admin/logout/")
    assert ended.cookies[access.COOKIE].value == ""


def test_staff_see_the_hidden_pictures_of_their_own_departments_alone(
    client: Client, make_picture: Callable[..., Asset], django_user_model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = make_department(), make_department()
    user = django_user_model.objects.create_user("binh", password="x")
    user.groups.add(Group.objects.get(name=Role.CURATOR))
    DepartmentMembership.objects.create(user=user, department=ours)
    pictures_of = {}
    for department in (ours, theirs):
        artifact = make_object(public=False, department=department)
        pictures_of[department] = add_picture(artifact, asset=make_picture(tier="hidden"))
    unused = make_picture(tier="hidden")
    client.force_login(user)
    client.get("/admin/")
    assert get(client, pictures_of[ours].asset, "full/200,/0/default.jpg").status_code == 200
    assert get(client, unused, "full/200,/0/default.jpg").status_code == 200
    assert get(client, pictures_of[theirs].asset, "full/200,/0/default.jpg").status_code == 404
    assert get(client, pictures_of[theirs].asset, "info.json").status_code == 404

    sent = pictures_of[theirs].artifact
    ours_shown = f"/iiif/3/{pictures_of[ours].asset.public_id}/full/200,/0/default.jpg"
    sent.save_revision()
    sent.get_workflow().start(sent, user)  # the default workflow asks every curator
    client.get("/admin/")
    assert get(client, pictures_of[theirs].asset, "full/200,/0/default.jpg").status_code == 200

    user.groups.clear()  # the cookie is still held, and nothing of the workplace is asked that could take it
    now = access.time.monotonic()
    monkeypatch.setattr(access.time, "monotonic", lambda: now + 5.01)
    assert client.get(ours_shown).status_code == 404
    user.groups.add(Group.objects.get(name=Role.CURATOR))
    monkeypatch.setattr(access.time, "monotonic", lambda: now + 10.02)
    assert client.get(ours_shown).status_code == 200
    django_user_model.objects.filter(pk=user.pk).update(is_active=False)
    monkeypatch.setattr(access.time, "monotonic", lambda: now + 15.03)
    assert client.get(ours_shown).status_code == 404
