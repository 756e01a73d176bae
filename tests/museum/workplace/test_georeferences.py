"""Where a map lies on the earth: typed, clicked or pasted by staff, told when it cannot be, published in the manifest (Georeference Extension)."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.urls import reverse

from artifacts import annotating, georeferences
from artifacts.models import Annotation
from iiif.presentation import store
from iiif.presentation.check import problems
from media.models import Asset
from media.reshaping import Reshaped
from tests.factories import add_picture, make_object, publish
from tests.museum.workplace.people import client_of, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]
CONTEXT = "http://iiif.io/api/extension/georef/1/context.json"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
ALLMAPS = re.compile(r'<svg width="\d+" height="\d+"><polygon points="(-?[\d.]+,-?[\d.]+ ){2,}-?[\d.]+,-?[\d.]+"/></svg>')
POINTS = "400,300 16.48,107.56\n3600,300 16.48,107.60\n400,2700 16.45,107.56\n3600,2700 16.45,107.60"


@pytest.fixture
def use() -> Any:
    return add_picture(make_object(title="Bản đồ kinh thành"))


def save(use: Any, points: str, role: Role = Role.CURATOR, **fields: Any) -> Any:
    data = {
        "act": "save",
        "kind": "georeference",
        "publication_class": "public",
        "shape": "box",
        "places": "",
        "text": "{}",
        "transformation": "polynomial1",
        "control_points": points,
        **fields,
    }
    client = client_of(make_user(role, use.artifact.department))
    return client.post(reverse("workplace:regions", args=[use.artifact_id, use.public_id]), data, follow=True)


def shown(use: Any) -> dict[str, Any]:
    """The manifest as it is stored, the object published."""
    publish(use.artifact)
    annotating.publish(Annotation.objects.all(), user=None)
    store.refresh("object", [use.artifact_id])
    from django.test import Client

    made: dict[str, Any] = Client().get(f"/iiif/objects/{use.artifact.public_id}/manifest.json").json()
    return made


def test_a_map_is_placed_by_typed_points_and_its_manifest_says_so(use: Any, client: Any) -> None:
    page = save(use, POINTS)
    note = Annotation.objects.get()
    assert note.control_points[0] == [400, 300, 107.56, 16.48] and note.points == [[0, 0], [4000, 3000]]
    assert "4 control points" in page.content.decode()
    manifest = shown(use)
    assert manifest["@context"][0] == CONTEXT and problems(manifest, thorough=True) == []
    canvas = manifest["items"][0]
    (page_of_map,) = [page for page in canvas["annotations"] if page["id"].endswith("/georeference")]
    (found,) = page_of_map["items"]
    assert found["motivation"] == "georeferencing" and found["target"] == canvas["id"]
    assert found["body"]["type"] == "FeatureCollection"
    assert found["body"]["transformation"] == {"type": "polynomial", "options": {"order": 1}}
    assert found["body"]["features"][0] == {
        "type": "Feature",
        "properties": {"resourceCoords": [400, 300]},
        "geometry": {"type": "Point", "coordinates": [107.56, 16.48]},
    }
    for address in (page_of_map["id"], found["id"]):
        answer = client.get(address.replace("http://localhost:8000", "")).json()
        assert answer["@context"][0] == CONTEXT
        (alone,) = answer.get("items") or [answer]
        assert alone["body"] == found["body"] and MOMENT.fullmatch(alone["created"])
        # by itself it says what canvas that is, and always which part of it (what Allmaps reads)
        source = {
            "id": canvas["id"],
            "type": "Canvas",
            "width": 4000,
            "height": 3000,
            "partOf": [{"id": manifest["id"], "type": "Manifest"}],
        }
        assert alone["target"]["source"] == source and ALLMAPS.fullmatch(alone["target"]["selector"]["value"])
    old = client.get(f"/iiif/objects/{use.artifact.public_id}/manifest-v2.json").json()
    assert problems(old, thorough=True) == []


def test_what_is_not_published_or_removed_is_in_no_manifest(use: Any) -> None:
    save(use, POINTS, publication_class="staff")
    publish(use.artifact)
    store.refresh("object", [use.artifact_id])
    assert annotating.georeferenced([use.public_id]) == {} and annotating.maps_of(use.public_id) == []
    save(use, POINTS)
    waiting = Annotation.objects.get(publication_class="public")
    assert annotating.maps_of(use.public_id) == []
    annotating.publish([waiting], user=None)
    assert annotating.maps_of(use.public_id) == [waiting]
    assert annotating.of_pictures([use.public_id]) == [] and not annotating.has_any(use.artifact.public_id)
    annotating.remove(waiting, user=None)
    assert annotating.maps_of(use.public_id) == []


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ("", "at least 3 control points"),
        ("1,1 16.4,107.5\n9,9 16.5,107.6", "at least 3 control points (at most 500); there are 2"),
        ("1,1 16.4,107.5\nnorth gate\n9,9 16.5,107.6", "Line 2, “north gate”"),
        ("1,1 16.4,107.5\n9,1 16.5,107.6\n1,9 107.5,16.4", "Control point 3: latitudes go from -90 to 90"),
        ("1,1 16.4,107.5\n5000,1 16.5,107.6\n1,9 16.7,107.4", "Control point 2 lies beyond the picture of 4000 × 3000 pixels"),
        ("1,1 16,107\n2,2 17,108\n3,3 18,109", "lie on one line"),
        ("1,1 nan,107\n2,2 17,108\n3,9 18,109", "Line 1: these are no places"),
        ('{"type": "Annotation", "body": {"type": "TextualBody"}}', "no Georeference Annotation"),
        ("[[[", "no Georeference Annotation"),
        ("1,1 16.4,107.5\n" * 14_000, "at most 200000 characters"),
        (
            '{"body": {"type": "FeatureCollection", "features": [{"properties": {"resourceCoords": [1, 1]},'
            ' "geometry": {"coordinates": [1' + "0" * 400 + ', 1]}}]}, "target": "x"}',
            "no Georeference Annotation",
        ),
    ],
)
def test_points_that_cannot_be_are_told_where_they_stand_and_stay_typed(use: Any, points: str, told: str) -> None:
    page = save(use, points).content.decode()
    assert told in page.replace("&quot;", '"') and not Annotation.objects.exists()
    assert points.split("\n")[-1].split('"')[0] in page


def test_more_bent_transformations_want_more_points(use: Any) -> None:
    assert "at least 6 control points" in save(use, POINTS, transformation="polynomial2").content.decode()
    save(use, POINTS, transformation="thinPlateSpline")
    assert annotating.as_web_annotation(Annotation.objects.get())["body"]["transformation"] == {"type": "thinPlateSpline"}


def test_an_annotation_of_another_editor_is_taken_over_at_our_size(use: Any) -> None:
    """Allmaps' form: the image service with another size, a mask, the finished extension's names."""
    features = [
        {"type": "Feature", "properties": {"resourceCoords": [x / 2, y / 2]}, "geometry": {"type": "Point", "coordinates": [lon, lat]}}
        for x, y, lat, lon in ((400, 300, 16.48, 107.56), (3600, 300, 16.48, 107.6), (400, 2700, 16.45, 107.56))
    ]
    pasted = {
        "type": "AnnotationPage",
        "items": [
            {"type": "Annotation", "motivation": "commenting", "body": [{"type": "TextualBody", "value": "a map"}], "target": "x"},
            {
                "type": "Annotation",
                "motivation": "georeferencing",
                "target": {
                    "type": "SpecificResource",
                    "source": {"id": "https://m.example/iiif/3/abc", "type": "ImageService3", "width": 2000, "height": 1500},
                    "selector": {
                        "type": "SvgSelector",
                        "value": '<svg width="2000" height="1500"><polygon points="10,10 1990,10 1990,1400" /></svg>',
                    },
                },
                "body": {"type": "FeatureCollection", "transformation": {"type": "thinPlateSpline"}, "features": features},
            },
        ],
    }
    save(use, json.dumps(pasted))
    note = Annotation.objects.get()
    assert note.control_points[1] == [3600, 300, 107.6, 16.48] and note.transformation == "thinPlateSpline"
    assert (note.shape, note.points) == ("polygon", [[20, 20], [3980, 20], [3980, 2800]])
    target = annotating.as_web_annotation(note)["target"]
    assert target["selector"]["type"] == "SvgSelector" and "20,20 3980,20 3980,2800" in target["selector"]["value"]
    again = json.dumps(annotating.as_web_annotation(note))
    assert georeferences.read(again, 4000, 3000) == georeferences.Written(
        [tuple(point) for point in note.control_points], [(20, 20), (3980, 20), (3980, 2800)], "thinPlateSpline"
    )


def test_a_point_that_is_mistyped_stands_out(use: Any) -> None:
    exact = georeferences.read(POINTS, 4000, 3000).points
    assert max(georeferences.distances(exact, "polynomial1")) < 1
    wrong = [*exact, (2000.0, 1500.0, 107.58, 16.475)]
    found = georeferences.distances(wrong, "polynomial1")
    assert max(found) == found[4] and 800 < found[4] < 1200  # a hundredth of a degree is 1.1 km, of which the others take a fifth
    assert georeferences.distances(wrong, "thinPlateSpline") == []
    page = save(use, georeferences.written(wrong))
    assert "m</li>" in page.client.get(f"{page.request['PATH_INFO']}?note={Annotation.objects.get().public_id}").content.decode()


def test_points_turn_with_their_picture_and_versions_of_before_can_be_restored(use: Any) -> None:
    save(use, POINTS)
    note = Annotation.objects.get()
    Asset.objects.update(width=3000, height=4000)
    annotating.follow(use.asset_id, Reshaped(4000, 3000, 3000, 4000, turn=90))
    note.refresh_from_db()
    assert note.control_points[0] == [2700, 400, 107.56, 16.48]
    first = note.versions.get(number=1)
    annotating.restore(note, first, user=None)
    note.refresh_from_db()
    assert note.control_points[0] == [2700, 400, 107.56, 16.48]


def test_a_cover_that_is_a_point_is_refused(use: Any) -> None:
    page = save(use, POINTS, shape="point", places="5,5").content.decode()
    assert "a box or a polygon" in page and not Annotation.objects.exists()


def test_a_mask_may_be_a_rectangle() -> None:
    body = georeferences.body([(1, 1, 107.5, 16.4), (90, 1, 107.6, 16.4), (1, 90, 107.5, 16.3)], "polynomial1", "https://m.example/a")
    target = {
        "source": "https://m.example/canvas",
        "selector": {"type": "SvgSelector", "value": '<svg><rect width="50" x="5" y="6" height="40"/></svg>'},
    }
    read = georeferences.read(json.dumps({"type": "Annotation", "body": body, "target": target}), 100, 100)
    assert read.mask == [(5, 6), (55, 6), (55, 46), (5, 46)] and read.transformation == "polynomial1"
