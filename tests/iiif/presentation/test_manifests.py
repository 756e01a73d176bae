"""Manifests: what is in them, who gets one, how they are answered."""

import gzip
import json

import pytest
from django.test import Client

from artifacts import publishing
from artifacts.models import Description, Inscription, MeasurementRow, Right
from iiif.image.parameters import largest
from iiif.models import StoredManifest
from iiif.presentation import build, collections, store
from iiif.presentation.check import problems
from tests.factories import Event, Maker, Material, add_picture, make_agent, make_object, make_term, publish, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def drum():
    artifact = make_object(
        "BT 1987.12",
        rows={
            "makers": [Maker(agent=make_agent(), qualifier="attributed")],
            "events": [Event(date_text="400–200 BC", date_earliest=-399, date_latest=-199)],
            "materials": [Material(term=make_term("bronze"))],
            "descriptions": [Description(kind="label", text=text("A drum of the river people."))],
            "inscriptions": [Inscription(original="銅鼓", language="lzh")],
            "rights": [Right(applies_to="image", statement="https://creativecommons.org/publicdomain/zero/1.0/deed.vi")],
        },
        credit_line=text("Gift of the river"),
    )
    add_picture(artifact, label=text("front"))
    add_picture(artifact)
    return artifact


def address(artifact):
    return f"/iiif/objects/{artifact.public_id}/manifest.json"


def served(client, artifact, **headers):
    return client.get(address(artifact), headers=headers)


def test_what_was_measured_is_told_part_by_part_where_no_words_are_given(client):
    rows = [
        MeasurementRow(kind="height", value="12", unit="[in_i]"),
        MeasurementRow(kind="width", value="8", unit="cm"),
        MeasurementRow(kind="diameter", value="3.5", unit="cm", part="lid"),
        MeasurementRow(kind="depth", value="99", unit="cm", superseded=True),
        MeasurementRow(kind="depth", value="98", unit="cm", certainty="rejected"),
    ]
    artifact = make_object(rows={"measurements": rows})
    add_picture(artifact)
    facts = {pair["label"]["en"][0]: pair["value"] for pair in served(client, artifact).json()["metadata"]}
    assert facts["Measurements"]["en"] == ["height 12\xa0in (30.5\xa0cm); width 8\xa0cm", "lid: diameter 3.5\xa0cm"]
    assert facts["Measurements"]["vi"] == ["cao 12\xa0in (30,5\xa0cm); rộng 8\xa0cm", "lid: đường kính 3,5\xa0cm"]


def test_a_manifest_says_what_the_record_says(client, drum, settings):
    settings.MUSEUM_ORIGIN = "https://collection.example.org"
    manifest = served(client, drum).json()
    assert problems(manifest, address=f"https://collection.example.org{address(drum)}") == []
    assert manifest["label"] == {"vi": ["Trống đồng"]}
    assert manifest["summary"] == {"en": ["A drum of the river people."]}
    assert manifest["rights"] == "http://creativecommons.org/publicdomain/zero/1.0/"
    assert manifest["navDate"] == "-0399-01-01T00:00:00Z"
    assert manifest["requiredStatement"]["value"] == {"en": ["Gift of the river"]}
    facts = {pair["label"]["en"][0]: pair["value"] for pair in manifest["metadata"]}
    assert facts["Number"] == {"none": ["BT 1987.12"]}
    assert facts["Maker"]["en"] == ["attributed to Nguyễn Văn A"]
    assert facts["Material"] == {"en": ["bronze"]}
    assert facts["Inscription"] == {"lzh": ["銅鼓"]}
    assert len(manifest["items"]) == 2
    assert "origin.invalid" not in json.dumps(manifest)


def test_canvases_have_the_true_size_and_are_painted_by_the_image_service(client, drum):
    canvas = served(client, drum).json()["items"][0]
    body = canvas["items"][0]["items"][0]["body"]
    assert (canvas["width"], canvas["height"]) == (4000, 3000)
    assert (body["width"], body["height"]) == largest(4000, 3000)
    assert body["service"][0] == {"id": body["id"].removesuffix("/full/max/0/default.jpg"), "type": "ImageService3", "profile": "level2"}
    thumbnail = canvas["thumbnail"][0]
    assert (thumbnail["width"], thumbnail["height"]) == (400, 300)


@pytest.mark.parametrize("part", ["canvas/{m}", "canvas/{m}/page/painting", "annotation/{m}-painting"])
def test_parts_are_found_at_their_own_ids(client, drum, settings, part):
    media = drum.media.first().public_id
    path = f"/iiif/objects/{drum.public_id}/{part.format(m=media)}"
    found = client.get(path).json()
    assert found["id"] == settings.MUSEUM_ORIGIN + path
    assert "@context" in found


def test_a_stored_manifest_is_served_as_it_was_built(client, drum):
    assert store.refresh("object", [drum.pk])["built"] == 1
    first = served(client, drum)
    assert StoredManifest.objects.get().problems == []
    assert store.refresh("object", [drum.pk])["unchanged"] == 1
    assert served(client, drum).headers["ETag"] == first.headers["ETag"]


def test_a_get_stores_nothing(client, drum):
    assert served(client, drum).status_code == 200
    assert not StoredManifest.objects.exists()


def test_a_manifest_is_not_sent_twice(client, drum):
    first = served(client, drum)
    again = served(client, drum, if_none_match=first.headers["ETag"])
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_a_moved_museum_changes_the_etag(client, drum, settings):
    first = served(client, drum).headers["ETag"]
    settings.MUSEUM_ORIGIN = "https://elsewhere.example.org"
    assert served(client, drum).headers["ETag"] != first


def test_compression_is_offered(client, drum):
    response = served(client, drum, accept_encoding="gzip")
    assert json.loads(gzip.decompress(response.content))["type"] == "Manifest"
    assert "Accept-Encoding" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/ld+json;profile="),
        ("*/*", "application/ld+json;profile="),
        ("application/json", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/ld+json;profile="),
        ('application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"', "application/ld+json;profile="),
    ],
)
def test_every_client_gets_version_3(client, drum, accept, expected):
    response = served(client, drum, accept=accept)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith(expected)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
@pytest.mark.parametrize("path", ["{manifest}", "/iiif/collection.json", "/iiif/objects/aaaaaaaaaaaa/manifest.json", "/iiif/objects/x/y"])
def test_every_answer_may_be_read_by_other_sites(client, drum, method, path):
    response = client.generic(method, path.format(manifest=address(drum)))
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    if method == "POST":
        assert response.status_code == 405
    if method == "OPTIONS":
        assert response.status_code == 204


def test_an_object_without_pictures_has_no_manifest(client):
    artifact = make_object()
    assert served(client, artifact).status_code == 404
    store.refresh("object", [artifact.pk])
    assert not StoredManifest.objects.exists()


def test_a_draft_answers_like_an_object_that_never_existed(client):
    draft = make_object(public=False)
    add_picture(draft)
    hidden, absent = served(client, draft), client.get("/iiif/objects/zzzzzzzzzzzz/manifest.json")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert dict(hidden.headers) == dict(absent.headers)


def test_an_object_that_was_public_is_gone(client, drum):
    store.refresh("object", [drum.pk])
    publishing.withdraw(drum, "secret reason")
    response = served(client, drum)
    assert response.status_code == 410
    assert drum.public_id in response.content.decode()
    assert "secret" not in response.content.decode()
    assert "Trống" not in response.content.decode()
    store.refresh("object", [drum.pk])
    assert not StoredManifest.objects.exists()


def test_a_merged_object_leads_to_the_other(client, drum, settings):
    duplicate = make_object()
    publishing.merge(duplicate, drum)
    response = served(client, duplicate)
    assert response.status_code == 301
    assert response.headers["Location"] == settings.MUSEUM_ORIGIN + address(drum)


def test_a_record_merged_before_it_was_public_never_existed(client, drum):
    duplicate = make_object(public=False)
    publishing.merge(duplicate, drum)
    assert served(client, duplicate).status_code == 404


def test_a_waiting_picture_is_not_in_the_manifest(client, drum):
    add_picture(drum, published=False)
    assert len(served(client, drum).json()["items"]) == 2
    publish(drum)
    assert len(served(client, drum).json()["items"]) == 3


def test_a_manifest_that_is_not_valid_is_not_published_and_the_last_good_one_stays(client, drum, monkeypatch):
    store.refresh("object", [drum.pk])
    good = served(client, drum).content
    monkeypatch.setattr(store, "build", lambda *source: {**build.build(*source), "behavior": ["paged", "continuous"]})
    assert store.refresh("object", [drum.pk])["refused"] == 1
    assert served(client, drum).content == good
    assert store.problems_of("object", drum.pk) == ["behavior: continuous and paged exclude each other."]


def test_a_manifest_that_never_was_valid_is_not_served(client, drum, monkeypatch):
    monkeypatch.setattr(store, "build", lambda *source: {**build.build(*source), "rights": "none of your business"})
    store.refresh("object", [drum.pk])
    assert served(client, drum).status_code == 404


def test_the_journal_brings_manifests_up_to_date(client, drum):
    while store.process():
        pass
    assert StoredManifest.objects.get().public_id == drum.public_id


def test_a_late_build_never_overwrites_a_newer_one(drum):
    store.refresh("object", [drum.pk])
    StoredManifest.objects.update(version=10**9, sha256="newer")
    store.refresh("object", [drum.pk])
    assert StoredManifest.objects.get().sha256 == "newer"


def test_the_top_collection_lists_what_has_a_manifest(client, drum):
    make_object()
    store.refresh("object", [drum.pk])
    collection = client.get("/iiif/collection.json").json()
    assert problems(collection) == []
    manifests = [item for item in collection["items"] if item["type"] == "Manifest"]
    assert [item["label"] for item in manifests] == [{"vi": ["Trống đồng"]}]


def test_a_large_collection_is_split(client, drum, monkeypatch):
    monkeypatch.setattr(collections, "MOST", 1)
    other = make_object()
    add_picture(other)
    store.refresh("object", [drum.pk, other.pk])
    top = client.get("/iiif/collection.json").json()
    assert problems(top) == []
    assert {item["type"] for item in top["items"]} == {"Collection"}
    parts = [part["id"] for part in top["items"] if "/collections/all/" in part["id"]]
    members = [item["id"] for part in parts for item in client.get(part).json()["items"]]
    assert len(members) == 2


def test_a_manifest_sets_no_cookie_and_does_not_vary_by_language(client, drum):
    response = Client().get(address(drum), headers={"accept-language": "vi"})
    assert not response.cookies
    assert response.headers["Vary"] == "Accept, Accept-Encoding"
    assert "Content-Language" not in response.headers
