"""The Authorization Flow of a viewer on another origin, in a real browser: its page knows nothing but the specification."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.cache import cache

from iiif.image import pictures
from iiif.models import PictureRules
from tests.factories import add_picture, make_object

pytestmark = pytest.mark.browser


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Another origin with the viewer's page; of the same site, since a browser may keep cookies from other sites' pages altogether."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(Path(__file__).parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def viewer(page: Any, museum_server: str, elsewhere: str, make_picture: Any, settings: Any) -> Any:
    """Opens the page of the viewer for a restricted picture whose museum has these rules."""
    cache.clear()
    settings.SESSION_COOKIE_SECURE = True  # as on https: only then do cookies come along to another site's page
    artifact, asset = make_object(), make_picture()
    add_picture(artifact, asset=asset, publication_class="restricted")

    def opened(**values: Any) -> Any:
        PictureRules.objects.create(museum=artifact.museum, small=400, origins=elsewhere, **values)
        pictures.forget()
        page.goto(f"{elsewhere}/foreign_viewer.html?service={museum_server}/iiif/3/{asset.public_id}")
        _until(page, "found.ready || found.failed")
        assert page.evaluate("found.failed") is None
        before = page.evaluate("found.before")
        assert before["probed"]["status"] == 401 and before["probed"]["heading"] and before["probed"]["note"]
        assert max(page.evaluate("found.substitute")) == 400
        return page

    return opened


def _until(page: Any, truth: str) -> None:
    for _ in range(600):
        if page.evaluate(f"Boolean({truth})"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"This never became true: {truth}; {page.evaluate('JSON.stringify(found)')}")


def _closed_again(page: Any) -> None:
    with page.expect_popup():
        page.click("#logout")
    _until(page, "found.after")
    after = page.evaluate("found.after")
    assert (after["seen"], after["same"], after["said"]["type"]) == (None, None, "AuthAccessTokenError2")


def test_by_logging_in_and_out_again(viewer: Any) -> None:
    user = User.objects.create_user("reader", password="a long enough password")
    user.user_permissions.add(Permission.objects.get(codename="view_restricted"))
    page = viewer(pattern="active")
    assert page.evaluate("[found.before.said.profile, found.before.seen]") == ["missingAspect", None]
    with page.expect_popup() as window:
        page.click("#access")
    popup = window.value
    popup.get_by_label("User name").fill("reader")
    page.wait_for_timeout(500)
    assert page.evaluate("found.handle") == "open"  # the viewer sees that the visitor is not yet done
    popup.get_by_label("Password").fill("a long enough password")
    with popup.expect_event("close"):
        popup.get_by_role("button", name="Log in").click()
    _until(page, "found.done")
    assert page.evaluate("[found.said.type, found.probed.status, found.seen]") == ["AuthAccessToken2", 200, [256, 256]]
    _closed_again(page)


def test_on_a_terminal_of_the_museum_without_a_question(viewer: Any) -> None:
    page = viewer(pattern="kiosk", networks="127.0.0.0/8\n::1/128")
    assert page.evaluate("[found.access.profile, found.before.said.profile, found.before.seen]") == ["kiosk", "missingAspect", None]
    page.click("#access")
    _until(page, "found.done")
    assert page.evaluate("[found.said.type, found.probed.status, found.seen]") == ["AuthAccessToken2", 200, [256, 256]]
    _closed_again(page)


def test_by_the_network_without_any_window(viewer: Any) -> None:
    page = viewer(pattern="external", networks="127.0.0.0/8\n::1/128")
    assert page.evaluate("[found.access.profile, found.access.id ?? null]") == ["external", None]
    page.click("#access")
    _until(page, "found.done")
    assert page.evaluate("[found.probed.status, found.seen]") == [200, [256, 256]]


def test_a_site_that_nobody_named_gets_no_token(viewer: Any, elsewhere: str) -> None:
    page = viewer(pattern="external", networks="127.0.0.0/8\n::1/128")
    PictureRules.objects.update(origins="https://another.example")
    pictures.forget()
    page.click("#access")
    _until(page, "found.done")
    assert page.evaluate("[found.said.profile, found.probed.status]") == ["invalidOrigin", 401]
