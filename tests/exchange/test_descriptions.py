"""Descriptions for other software: our own JSON and its schema, addresses, what manifests and pages name."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client

from artifacts import publishing
from artifacts.models import Artifact, Event, Right
from exchange import descriptions, plain
from records.projection import view_of
from tests import factories
from tests.iiif.presentation.cookbook import manifest_of

NOBODY = "zzzzzzzzzzzz"


@pytest.fixture
def drum(db) -> Artifact:
    rows = {
        "events": [
            Event(
                kind="production", date_text="200 BC", date_earliest=-199, date_latest=-199, date_edtf="-0199", place=factories.make_place()
            )
        ],
        "rights": [Right(applies_to="image", statement="http://creativecommons.org/publicdomain/mark/1.0/")],
    }
    artifact = factories.make_object(rows=rows)
    factories.add_picture(artifact, primary=True)
    return artifact


def sent(client: Client, path: str) -> dict[str, Any]:
    response = client.get(path)
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (200, "*"), path
    return json.loads(response.content)


def test_our_json_says_what_everybody_may_read_and_keeps_to_its_schema(drum: Artifact, client: Client, settings) -> None:
    found = sent(client, f"/data/object/{drum.public_id}.json")
    schema = sent(client, found["$schema"].removeprefix(settings.MUSEUM_ORIGIN))
    assert schema["$id"] == found["$schema"]
    jsonschema_rs.meta.validate(schema)
    assert list(jsonschema_rs.validator_for(schema).iter_errors(found)) == []
    view = view_of("object", drum.pk)
    assert view is not None and found["title"] == view["title"] and found["date"]["earliest"] == -199
    assert found["uri"] == f"{settings.MUSEUM_ORIGIN}/o/{drum.public_id}"
    assert found["media"][0]["address"] == f"{settings.MUSEUM_ORIGIN}/iiif/3/{view['media'][0]['asset']}"
    assert view.keys() - found.keys() == {"staff", "accession_sort"}
    broken = {**found, "title": "Trống đồng", "media": [{**found["media"][0], "width": "wide"}]}
    assert {error.instance_path[0] for error in jsonschema_rs.validator_for(schema).iter_errors(broken)} == {"title", "media"}


def test_our_json_does_not_tell_how_a_restricted_picture_looks(db: None, client: Client) -> None:
    artifact = factories.make_object()
    looks = {"color": "#123456", "palette": [{"color": "#123456", "share": 1}], "perceptual_hash": "4869616d331a9296"}
    factories.add_picture(artifact, asset=factories.make_asset(**looks), publication_class="restricted")
    factories.add_picture(artifact, asset=factories.make_asset(color="#654321"))
    sent_as = client.get(f"/data/object/{artifact.public_id}.json").content.decode()
    restricted, public = json.loads(sent_as)["media"]
    assert restricted["restricted"] and (restricted["color"], restricted["palette"]) == ("", []) and public["color"] == "#654321"
    assert "123456" not in sent_as and "4869616d331a9296" not in sent_as


def test_every_description_is_named_by_manifest_and_page_and_answers_as_it_is_named(drum: Artifact, client: Client, settings) -> None:
    named = {link["id"]: link for link in manifest_of(drum)["seeAlso"]}
    offered = descriptions.offered("object")
    assert len(offered) >= 2 and len(named) == len(offered)
    page = client.get(f"/en/objects/{drum.public_id}/trong-dong/").content.decode()
    for one in offered:
        path = one.path(drum.public_id)
        link = named[f"{settings.MUSEUM_ORIGIN}{path}"]
        assert (link["type"], link["format"]) == ("Dataset", one.media_type) and link["profile"].startswith("http")
        assert f'<a href="{path}">' in page and f'type="{one.media_type}"' in page.replace("&quot;", '"')
        response = client.get(path)
        assert response["Content-Type"] == one.media_type
        again = client.get(path, headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.head(path)["ETag"] == response["ETag"]
        assert client.post(path).status_code == 405


def test_a_description_follows_its_object(drum: Artifact, client: Client) -> None:
    other = factories.make_object(title="Another")
    gone = factories.make_object(title="Given back")
    publishing.withdraw(gone, "given back")
    publishing.merge(drum, other)
    for one in descriptions.offered("object"):
        response = client.get(one.path(drum.public_id))
        assert (response.status_code, response["Location"]) == (301, one.path(other.public_id))
        assert client.get(one.path(gone.public_id)).status_code == 410
        assert client.get(one.path(NOBODY)).status_code == 404
    assert client.get(f"/data/object/{other.public_id}.nothing").status_code == 404


def test_the_schema_knows_every_field_of_the_view() -> None:
    schema = plain.schema()
    assert schema["properties"]["materials"] == {"type": "array", "items": {"type": "object", "additionalProperties": {}}}
    assert schema["properties"]["museum"] == {"anyOf": [{"$ref": "#/$defs/Ref"}, {"type": "null"}]}
    assert schema["$defs"]["Ref"]["properties"]["path"] == {"type": "array", "items": {"$ref": "#/$defs/Ref"}}
    assert "links" not in schema["$defs"]["Ref"]["required"]
