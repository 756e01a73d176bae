"""What the visitor's addresses answer: the table of hidden records, redirects, negotiation, caching."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from artifacts import publishing
from exhibits.views.objects import wanted_kind
from tests import factories

pytestmark = pytest.mark.django_db
NOBODY = "zzzzzzzzzzzz"


@pytest.fixture
def client() -> Client:
    return Client()


def path_of(artifact: Any, language: str = "en") -> str:
    return f"/{language}/objects/{artifact.public_id}/trong-dong/"


def plain(response: Any) -> tuple[int, bytes, dict[str, str]]:
    return response.status_code, response.content, dict(response.headers)


def test_a_public_object_has_a_page_in_each_language(client: Client) -> None:
    artifact = factories.make_object(title="Trống đồng")
    for language in ("en", "vi"):
        response = client.get(path_of(artifact, language))
        assert response.status_code == 200
        assert "Trống đồng" in response.content.decode()
        assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize("slug", ["", "anything/", "Trong-Dong/"])
def test_any_slug_leads_to_the_right_one(client: Client, slug: str) -> None:
    artifact = factories.make_object()
    response = client.get(f"/en/objects/{artifact.public_id}/{slug}?view=x")
    assert (response.status_code, response["Location"]) == (301, path_of(artifact) + "?view=x")


def hidden_objects() -> dict[str, Any]:
    """Objects that were never public, each for another reason."""
    never_released = factories.make_object(public=False)
    embargoed = factories.make_object(public=False, embargo_until=timezone.localdate() + timedelta(days=9))
    factories.publish(embargoed)
    merged_early = factories.make_object(public=False)
    publishing.merge(merged_early, factories.make_object())
    gone_target = factories.make_object()
    merged_into_gone = factories.make_object()
    publishing.merge(merged_into_gone, gone_target)
    publishing.withdraw(gone_target, "stolen goods")
    return {"draft": never_released, "embargo": embargoed, "merged early": merged_early, "merged into a hidden one": merged_into_gone}


def test_what_was_never_public_answers_like_what_never_was(client: Client) -> None:
    hidden = hidden_objects()
    for prefix in ("/en/objects/{}/trong-dong/", "/vi/objects/{}/trong-dong/", "/en/objects/{}/", "/o/{}", "/data/object/{}.jsonld"):
        nothing = plain(client.get(prefix.format(NOBODY)))
        assert nothing[0] == 404
        for reason, artifact in hidden.items():
            assert plain(client.get(prefix.format(artifact.public_id))) == nothing, reason


def test_what_was_public_is_gone_with_id_and_date_alone(client: Client) -> None:
    artifact = factories.make_object(title="Chiếc hộp kín", credit_line=factories.text("from the house of a family"))
    publishing.withdraw(artifact, "a secret reason")
    for path in (path_of(artifact), f"/o/{artifact.public_id}"):
        response = client.get(path)
        body = response.content.decode()
        assert response.status_code == 410
        assert artifact.public_id in body
        assert timezone.localdate().isoformat() in body
        for secret in ("Chiếc hộp kín", "secret reason", artifact.accession_number, "house of a family", "chiec-hop-kin"):
            assert secret not in body


def test_what_was_merged_leads_to_the_other(client: Client) -> None:
    first, second = factories.make_object(), factories.make_object()
    publishing.merge(first, second)
    response = client.get(path_of(first, "vi"))
    assert (response.status_code, response["Location"]) == (301, path_of(second, "vi"))
    assert client.get(f"/o/{first.public_id}")["Location"] == f"/o/{second.public_id}"


def test_a_get_writes_nothing_and_sets_no_cookie(client: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    artifact = factories.make_object()
    paths = [
        path_of(artifact),
        "/en/",
        "/en/search/?q=trong",
        "/en/exhibitions/",
        "/sitemap.xml",
        "/en/nowhere/",
        f"/o/{artifact.public_id}",
    ]
    for path in paths:
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        assert not response.cookies, path
        assert "Cookie" not in response.headers.get("Vary", ""), path
        assert not [query for query in queries if not re.match(r"\s*(SELECT|SAVEPOINT|RELEASE|BEGIN|PRAGMA)", query["sql"])], path
        assert "csrf" not in response.content.decode().lower(), path


def test_a_page_that_the_visitor_has_is_not_sent_again(client: Client) -> None:
    artifact = factories.make_object()
    first = client.get(path_of(artifact))
    assert "public" in first["Cache-Control"]
    assert first["Last-Modified"]
    again = client.get(path_of(artifact), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_change_of_the_record_changes_the_etag(client: Client) -> None:
    artifact = factories.make_object()
    before = client.get(path_of(artifact))["ETag"]
    artifact.credit_line = factories.text("Gift of the river")
    factories.publish(artifact)
    after = client.get(path_of(artifact), headers={"If-None-Match": before})
    assert after.status_code == 200
    assert b"Gift of the river" in after.content


def test_the_object_s_uri_leads_by_what_is_accepted(client: Client) -> None:
    artifact = factories.make_object()
    factories.add_picture(artifact)
    uri = f"/o/{artifact.public_id}"
    manifest = f"/iiif/objects/{artifact.public_id}/manifest.json"
    profile = 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"'
    wanted = {
        "text/html": path_of(artifact),
        "*/*": path_of(artifact),
        "application/json": manifest,
        profile: manifest,
        "application/ld+json": f"/data/object/{artifact.public_id}.jsonld",
    }
    for accept, target in wanted.items():
        response = client.get(uri, headers={"Accept": accept})
        assert (response.status_code, response["Location"]) == (303, target), accept
        assert "Accept" in response["Vary"]
    vietnamese = client.get(uri, headers={"Accept": "text/html", "Accept-Language": "vi"})
    assert vietnamese["Location"] == path_of(artifact, "vi")


def test_an_object_without_a_public_picture_has_data_in_the_place_of_a_manifest(client: Client) -> None:
    artifact = factories.make_object()
    response = client.get(f"/o/{artifact.public_id}", headers={"Accept": "application/json"})
    assert response["Location"] == f"/data/object/{artifact.public_id}.jsonld"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", "page"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "page"),
        ("application/ld+json;q=0.5, text/html;q=0.4", "data"),
        ("application/json, text/html;q=0.9", "manifest"),
        ("image/png", "page"),
        ("application/ld+json;q=abc", "page"),
    ],
)
def test_the_accept_header_is_read_with_its_weights(accept: str, kind: str) -> None:
    assert wanted_kind(accept) == kind


def test_people_places_terms_and_periods_have_pages_while_they_are_public(client: Client) -> None:
    agent, place, term = factories.make_agent(), factories.make_place(), factories.make_term()
    for folder, record, slug in [("people", agent, "nguyen-van-a"), ("places", place, "hue"), ("terms", term, "bronze")]:
        path = f"/en/{folder}/{record.public_id}/{slug}/"
        assert client.get(path).status_code == 200
        assert client.get(f"/en/{folder}/{record.public_id}/")["Location"] == path
        nothing = plain(client.get(f"/en/{folder}/{NOBODY}/{slug}/"))
        record.is_public = False
        record.save()
        assert plain(client.get(path)) == nothing


def test_a_replaced_term_leads_to_the_other(client: Client) -> None:
    old, new = factories.make_term("brass drum"), factories.make_term("bronze drum")
    old.replaced_by = new
    old.save()
    assert client.get(f"/en/terms/{old.public_id}/brass-drum/")["Location"] == f"/en/terms/{new.public_id}/bronze-drum/"


def test_the_sitemap_names_public_objects_in_each_language_and_no_hidden_one(client: Client) -> None:
    shown, hidden = factories.make_object(), factories.make_object(public=False)
    factories.add_picture(shown)
    index = client.get("/sitemap.xml").content.decode()
    assert "/sitemap-objects-1.xml" in index
    part = client.get("/sitemap-objects-1.xml").content.decode()
    for language in ("en", "vi"):
        assert f"<loc>http://localhost:8000{path_of(shown, language)}</loc>" in part
        assert f'hreflang="{language}"' in part
    assert "<image:loc>" in part
    assert hidden.public_id not in part
    assert client.get("/sitemap-objects-2.xml").status_code == 404


def test_robots_and_search_description_speak_of_the_museum_s_own_origin(client: Client, settings: Any) -> None:
    settings.MUSEUM_ORIGIN = "https://collection.example.org"
    assert "Sitemap: https://collection.example.org/sitemap.xml" in client.get("/robots.txt").content.decode()
    assert "https://collection.example.org/en/search/?q={searchTerms}" in client.get("/opensearch.xml").content.decode()


def test_the_host_header_never_reaches_a_page(client: Client) -> None:
    artifact = factories.make_object()
    response = client.get(path_of(artifact), headers={"Host": "127.0.0.1"})
    assert "http://127.0.0.1" not in response.content.decode()
