"""A picture in a frame of somebody else's page: who may frame it, what stands in it, and what it keeps back."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from artifacts import publishing
from artifacts.models import CareNotice
from tests import factories

pytestmark = pytest.mark.django_db


def embedded(artifact: Any, query: str = "") -> Any:
    return Client().get(f"/embed/{artifact.public_id}/{query}")


def test_anybody_may_frame_it_and_no_other_page() -> None:
    artifact = factories.make_object(title="Trống đồng")
    factories.add_picture(artifact)
    answer = embedded(artifact)
    assert answer.status_code == 200
    assert "X-Frame-Options" not in answer and "frame-ancestors *" in answer["Content-Security-Policy"]
    page = Client().get(f"/en/objects/{artifact.public_id}/", follow=True)
    assert page["X-Frame-Options"] == "SAMEORIGIN" and "frame-ancestors 'self'" in page["Content-Security-Policy"]


def test_it_names_the_object_the_museum_and_the_rights_and_opens_their_page_in_a_window_of_its_own() -> None:
    artifact = factories.make_object(title="Trống đồng")
    factories.add_picture(artifact)
    body = embedded(artifact, "?lang=en").content.decode()
    links = re.findall(r'<a href="(https?://[^"]+)" target="_blank" rel="noopener">', body)
    assert [re.sub(r".*/en/objects/", "", link) for link in links] == [
        f"{artifact.public_id}/trong-dong/",
        f"{artifact.public_id}/trong-dong/#rights",
    ]
    assert '<base target="_blank">' in body  # no other page of the museum may stand in the frame
    assert "data-open-viewer" in body and 'name="robots" content="noindex"' in body
    assert "<header" not in body and "colophon" not in body


def test_its_language_and_its_picture_are_chosen_by_the_address() -> None:
    artifact = factories.make_object(title="Trống đồng")
    first, second = factories.add_picture(artifact), factories.add_picture(artifact)
    answer = embedded(artifact, f"?lang=vi&view={second.public_id}")
    body = answer.content.decode()
    assert answer["Content-Language"] == "vi"
    assert '<html lang="vi"' in body and second.asset.public_id in re.findall(r"<img src=\"([^\"]+)", body)[0]
    other = embedded(artifact, "?lang=xx&view=nothing")
    assert other.status_code == 200 and first.asset.public_id in re.findall(r"<img src=\"([^\"]+)", other.content.decode())[0]


def test_what_is_restricted_hidden_or_gone_is_not_in_it() -> None:
    artifact = factories.make_object()
    use = factories.add_picture(artifact, publication_class="restricted")
    body = embedded(artifact).content.decode()
    assert use.asset.public_id not in body and "data-stage" not in body
    sacred = factories.make_object(
        sensitivity="sacred",
        care_warning=factories.text("Only with consent."),
        rows={"care_notices": [CareNotice(label=factories.text("TK Notice"), uri="https://localcontexts.org/notice/tk-notice/")]},
    )
    factories.add_picture(sacred)
    body = embedded(sacred).content.decode()
    assert body.index("Only with consent.") < body.index('<details class="veil">') < body.index("stage-picture")
    assert embedded(factories.make_object(public=False)).status_code == 404
    gone = factories.make_object()
    publishing.withdraw(gone, "test")
    assert embedded(gone).status_code == 410


def test_the_object_s_page_has_the_html_for_it() -> None:
    artifact = factories.make_object(title='A "quoted" <b>title</b>')
    assert "embed-code" not in Client().get(f"/en/objects/{artifact.public_id}/", follow=True).content.decode()
    factories.add_picture(artifact)
    body = Client().get(f"/en/objects/{artifact.public_id}/", follow=True).content.decode()
    code = unescape(re.findall(r'id="embed-code" type="text" readonly value="([^"]+)"', body)[0])
    assert re.fullmatch(
        rf'<iframe src="https?://[^/]+/embed/{artifact.public_id}/\?lang=en" '
        r'title="A &quot;quoted&quot; &lt;b&gt;title&lt;/b&gt;" width="640" [^<>]*></iframe>',
        code,
    )
