"""Collections: departments, sets, people, places, exhibitions, objects with parts, pairs; who is in them, and how they are split."""

import pytest
from django.db import connection
from wagtail.models import Page

from artifacts import publishing
from artifacts.models import ArtifactSet, Event, Maker, Relation, Right, Subject
from exhibits.models import ExhibitionPage
from iiif.models import StoredManifest
from iiif.presentation import collections, store
from iiif.presentation.check import problems
from iiif.presentation.sources import kinds
from tests.factories import add_picture, make_agent, make_object, make_place, publish, text
from vocabularies.models import CollectionSet

pytestmark = pytest.mark.django_db
CC_BY = "http://creativecommons.org/licenses/by/4.0/"


def pictured(*args, **values):
    artifact = make_object(*args, **values)
    add_picture(artifact)
    return artifact


def built(*artifacts):
    store.refresh("object", [artifact.pk for artifact in artifacts])


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    made = response.json()
    assert problems(made, address=made["id"]) == []
    assert made["id"].endswith(path)
    return made


def path_of(address):
    return "/" + address.partition("://")[2].partition("/")[2]


def members(made, kind="Manifest"):
    return [item["id"].split("/")[-2] for item in made["items"] if item["type"] == kind]


def test_each_way_into_the_museum(client):
    agent, sitter = make_agent("Lan"), make_agent("Minh")
    country = make_place("Việt Nam")
    place = make_place("Huế", broader=country)
    whole = CollectionSet.objects.create(label=text("Archive"))
    inner = CollectionSet.objects.create(label=text("Letters"), broader=whole)
    artifact = pictured(
        rows={
            "makers": [Maker(agent=agent)],
            "subjects": [Subject(agent=sitter)],
            "events": [Event(place=place)],
            "sets": [ArtifactSet(set=inner)],
        }
    )
    other = pictured()
    built(artifact, other)
    department = artifact.department.public_id
    assert members(read(client, f"/iiif/collections/departments/{department}/collection.json")) == [artifact.public_id, other.public_id]
    for folder, record in (("people", agent), ("people", sitter), ("places", place), ("places", country), ("sets", inner)):
        assert members(read(client, f"/iiif/collections/{folder}/{record.public_id}/collection.json")) == [artifact.public_id]
    outer = read(client, f"/iiif/collections/sets/{whole.public_id}/collection.json")
    assert members(outer) == []
    assert [item["id"].split("/")[-2] for item in outer["items"]] == [inner.public_id]
    assert members(read(client, "/iiif/collections/sets/collection.json"), "Collection") == [whole.public_id]
    assert set(members(read(client, "/iiif/collections/people/collection.json"), "Collection")) == {agent.public_id, sitter.public_id}
    # the manifest names the collections that it is in, and all of them are there
    manifest = client.get(f"/iiif/objects/{artifact.public_id}/manifest.json").json()
    for collection in manifest["partOf"]:
        assert client.get(collection["id"]).status_code == 200, collection["id"]
    assert len(manifest["partOf"]) == 6


def test_every_collection_shows_a_picture_of_what_is_in_it(client):
    bare, drum, bell = make_object(), pictured(), pictured()
    agent, place = make_agent("Lan"), make_place("Huế")
    whole = CollectionSet.objects.create(label=text("Archive"))
    middle = CollectionSet.objects.create(label=text("Papers"), broader=whole)
    inner = CollectionSet.objects.create(label=text("Letters"), broader=middle)
    for artifact in (bare, drum):
        Subject.objects.create(artifact=artifact, agent=agent)
        Event.objects.create(artifact=artifact, place=place)
        ArtifactSet.objects.create(artifact=artifact, set=inner)
    Maker.objects.create(artifact=bell, agent=agent)
    built(bare, drum, bell)
    shown = {item["id"]: item["thumbnail"] for item in read(client, "/iiif/collection.json")["items"]}
    of = {one: shown[next(address for address in shown if one.public_id in address)] for one in (drum, bell)}

    def faces(path):
        made = read(client, path)
        assert "thumbnail" in client.get(path.replace(".json", "-v2.json")).json()
        return [made["thumbnail"], *(item["thumbnail"] for item in made["items"] if item["type"] == "Collection")]

    assert faces("/iiif/collection.json")[0] == of[drum]
    assert faces("/iiif/collections/departments/collection.json") == [of[drum]] * 2
    assert faces("/iiif/collections/places/collection.json") == [of[drum]] * 2
    assert faces("/iiif/collections/people/collection.json") == [of[bell]] * 2  # what was made by somebody goes first
    assert faces("/iiif/collections/sets/collection.json") == [of[drum]] * 2
    assert faces(f"/iiif/collections/sets/{whole.public_id}/collection.json") == [of[drum]] * 2


def test_the_parts_of_what_is_split_show_pictures_too(client, monkeypatch):
    monkeypatch.setattr(collections, "MOST", 2)
    objects = [pictured() for _ in range(5)]
    built(*objects)
    department = objects[0].department.public_id
    for path in ("/iiif/collection.json", f"/iiif/collections/departments/{department}/collection.json"):
        made = read(client, path)
        assert len(made["items"]) > 2 and all("thumbnail" in one for one in (made, *made["items"]))


def test_a_part_shows_what_is_in_it(client, monkeypatch):
    monkeypatch.setattr(collections, "MOST", 2)
    objects = [pictured() for _ in range(5)]
    built(*objects)
    for row in StoredManifest.objects.all():  # each its own
        StoredManifest.objects.filter(pk=row.pk).update(thumbnail={**row.thumbnail, "id": f"{row.thumbnail['id']}?{row.pk}"})
    made = read(client, f"/iiif/collections/departments/{objects[0].department.public_id}/collection.json")
    shown = [item["thumbnail"] for item in made["items"]]
    assert len({one[0]["id"] for one in shown}) == 3
    assert [client.get(path_of(item["id"])).json()["thumbnail"] for item in made["items"]] == shown


def test_a_person_s_collection_shows_what_its_mention_shows(client):
    agent = make_agent("Lan")
    shows, made = pictured(rows={"subjects": [Subject(agent=agent)]}), pictured(rows={"makers": [Maker(agent=agent)]})
    built(shows, made)
    mention = read(client, "/iiif/collections/people/collection.json")["items"][0]
    assert read(client, path_of(mention["id"]))["thumbnail"] == mention["thumbnail"]


def test_what_stands_beside_the_objects_counts_when_it_is_split(client, monkeypatch):
    whole = CollectionSet.objects.create(label=text("Archive"))
    inner = CollectionSet.objects.create(label=text("Letters"), broader=whole)
    rows = [{"sets": [ArtifactSet(set=one)]} for one in (whole, whole, inner)]
    objects = [pictured(rows=each) for each in rows]
    built(*objects)
    path = f"/iiif/collections/sets/{whole.public_id}"
    monkeypatch.setattr(collections, "MOST", 3)
    assert len(read(client, f"{path}/collection.json")["items"]) == 3
    assert client.get(f"{path}/0/collection.json").status_code == 404
    monkeypatch.setattr(collections, "MOST", 2)
    split = read(client, f"{path}/collection.json")["items"]
    assert [item["type"] for item in split] == ["Collection", "Collection"]
    assert len(read(client, path_of(split[1]["id"]))["items"]) == 2
    assert {item["type"] for item in read(client, "/iiif/collection.json")["items"]} == {"Collection"}


def test_no_index_names_a_collection_that_is_empty(client):
    agent, place = make_agent("Lan"), make_place("Huế")
    whole = CollectionSet.objects.create(label=text("Archive"))
    letters, _drafts = (CollectionSet.objects.create(label=text(label), broader=whole) for label in ("Letters", "Drafts"))
    everything = {
        "makers": [Maker(agent=agent)],
        "events": [Event(place=place)],
        "sets": [ArtifactSet(set=letters)],
    }
    bare = make_object(rows=everything)
    built(bare)
    assert read(client, "/iiif/collection.json")["items"] == []
    for folder, record in (("people", agent), ("places", place), ("departments", bare.department), ("sets", whole)):
        assert read(client, f"/iiif/collections/{folder}/collection.json")["items"] == []
        assert read(client, f"/iiif/collections/{folder}/{record.public_id}/collection.json")["items"] == []  # it may be filled tomorrow
    add_picture(bare)
    built(bare)
    assert len(read(client, "/iiif/collection.json")["items"]) == 5
    inner = read(client, f"/iiif/collections/sets/{whole.public_id}/collection.json")["items"]
    assert [item["label"]["en"] for item in inner] == [["Letters"]]


def test_a_collection_of_what_has_no_thumbnail_has_none(client):
    artifact = pictured()
    built(artifact)
    StoredManifest.objects.update(thumbnail=None)
    made = read(client, "/iiif/collections/departments/collection.json")
    assert not any("thumbnail" in one for one in (made, *made["items"]))


def test_a_collection_within_one_that_is_not_public_is_among_the_outermost(client):
    house = CollectionSet.objects.create(label=text("House"))
    estate = CollectionSet.objects.create(label=text("Estate"), broader=house, is_public=False)
    letters = CollectionSet.objects.create(label=text("Letters"), broader=estate)
    built(pictured(rows={"sets": [ArtifactSet(set=letters)]}), pictured(rows={"sets": [ArtifactSet(set=estate)]}))
    assert members(read(client, "/iiif/collections/sets/collection.json"), "Collection") == [letters.public_id]


def test_what_is_hidden_is_in_no_collection_at_once(client):
    secret = make_agent("Secret", is_public=False)
    agent = make_agent("Lan")
    artifact = pictured(rows={"makers": [Maker(agent=agent), Maker(agent=secret)]})
    hidden_claim = pictured(rows={"makers": [Maker(agent=agent, visibility="staff")]})
    built(artifact, hidden_claim)
    path = f"/iiif/collections/people/{agent.public_id}/collection.json"
    assert members(read(client, path)) == [artifact.public_id]
    assert client.get(f"/iiif/collections/people/{secret.public_id}/collection.json").status_code == 404
    assert secret.public_id not in client.get(f"/iiif/objects/{artifact.public_id}/manifest.json").content.decode()
    publishing.withdraw(artifact, "reason")
    assert members(read(client, path)) == []
    assert artifact.public_id not in client.get("/iiif/collection.json").content.decode()


def test_a_large_collection_of_a_record_is_split(client, monkeypatch):
    monkeypatch.setattr(collections, "MOST", 2)
    artifacts = [pictured() for _ in range(5)]
    built(*artifacts)
    path = f"/iiif/collections/departments/{artifacts[0].department.public_id}"
    parts = [item["id"] for item in read(client, f"{path}/collection.json")["items"]]
    assert [part.removesuffix("/collection.json").rpartition("/")[2] for part in parts] == ["0", "1", "2"]
    found = [member for part in parts for member in members(read(client, path_of(part)))]
    assert found == [artifact.public_id for artifact in artifacts]
    assert client.get(f"{path}/3/collection.json").status_code == 404


def test_a_pair_is_shown_together_and_a_set_has_its_parts(client):
    left, right = pictured("P 1"), pictured("P 2")
    left.relations.add(Relation(kind="pair", other=right))
    publish(left)
    whole = make_object("S 1", record_level="set")
    part = pictured("S 1.1", part_of=whole)
    built(left, right, part)
    pair = read(client, f"/iiif/objects/{left.public_id}/collection.json")
    assert (pair["behavior"], members(pair)) == (["together"], [left.public_id, right.public_id])
    assert read(client, f"/iiif/objects/{whole.public_id}/collection.json")["behavior"] == ["multi-part"]
    assert members(read(client, f"/iiif/objects/{whole.public_id}/collection.json")) == [part.public_id]
    assert client.get(f"/iiif/objects/{part.public_id}/collection.json").status_code == 404
    assert client.get(f"/iiif/objects/{whole.public_id}/manifest.json").status_code == 404


@pytest.fixture
def exhibition():
    first, second = pictured("E 1", title="Trống"), pictured("E 2", title="Bình")
    body = [
        ("object", {"object": first, "region": "", "caption": "<p>The <b>first</b> drum</p>", "side": "right"}),
        ("objects", {"heading": "Vases", "objects": [second, first], "caption": ""}),
        ("detail", {"object": second, "region": "100,100,500,400", "text": "<p>A crack</p>"}),
    ]
    page = ExhibitionPage(title="Bronze", summary="Of bronze", venue="Room 3", body=body)
    Page.objects.get(depth=1).add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    built(first, second)
    store.refresh("exhibition", [page.pk])
    return page


def test_an_exhibition_is_a_manifest_of_what_hangs_in_it(client, exhibition):
    made = read(client, f"/iiif/exhibitions/{exhibition.public_id}/manifest.json")
    assert [canvas["label"] for canvas in made["items"]] == [{"vi": ["Trống"]}, {"vi": ["Bình"]}, {"vi": ["Trống"]}, {"vi": ["Bình"]}]
    assert made["items"][0]["summary"] == {"en": ["The first drum"]}
    detail = made["items"][3]
    assert (detail["width"], detail["height"]) == (500, 400)
    assert detail["items"][0]["items"][0]["body"]["selector"]["region"] == "100,100,500,400"
    assert detail["homepage"][0]["type"] == "Text"
    assert [(one["label"], len(one["items"])) for one in made["structures"]] == [({"en": ["Vases"]}, 2)]
    canvas = made["items"][1]["id"]
    assert client.get(path_of(canvas)).json()["id"] == canvas


def test_each_object_of_an_exhibition_names_its_own_rights_and_those_who_gave_it(client):
    given = pictured("E 1", credit_line=text("Gift of Lan"), rows={"rights": [Right(applies_to="image", statement=CC_BY)]})
    bought = pictured("E 2")
    body = [("object", {"object": one, "region": "", "caption": "", "side": "right"}) for one in (given, bought)]
    page = ExhibitionPage(title="Two", summary="", venue="", body=body)
    Page.objects.get(depth=1).add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    store.refresh("exhibition", [page.pk])
    for version in ("", "-v2"):
        made = client.get(f"/iiif/exhibitions/{page.public_id}/manifest{version}.json").json()
        assert problems(made, thorough=True) == []
        first, second = made["sequences"][0]["canvases"] if version else made["items"]
        if version:
            assert (first["attribution"], first["license"]) == ({"@value": "Gift of Lan", "@language": "en"}, CC_BY)
        else:
            assert (first["requiredStatement"]["value"], first["rights"]) == ({"en": ["Gift of Lan"]}, CC_BY)
            assert second["requiredStatement"]["value"] == {"en": [bought.museum.label["en"]["text"]]}
        assert "license" not in second and "rights" not in second


def test_an_exhibition_is_a_collection_of_the_objects(client, exhibition):
    made = read(client, f"/iiif/collections/exhibitions/{exhibition.public_id}/collection.json")
    assert len(members(made)) == 3
    assert members(made)[0] == exhibition.public_id
    assert members(read(client, "/iiif/collections/exhibitions/collection.json"), "Collection") == [exhibition.public_id]


def test_an_object_that_is_withdrawn_leaves_the_exhibition(client, exhibition):
    from artifacts.models import Artifact

    while store.process():
        pass
    connection._museum_journal_notes = None  # the test is one transaction; in life this is another one
    publishing.withdraw(Artifact.objects.get(accession_number="E 2"), "reason")
    while store.process():
        pass
    made = read(client, f"/iiif/exhibitions/{exhibition.public_id}/manifest.json")
    assert [canvas["label"] for canvas in made["items"]] == [{"vi": ["Trống"]}, {"vi": ["Trống"]}]


def test_an_exhibition_that_is_over_is_gone_and_a_draft_never_was(client, exhibition):
    exhibition.unpublish()
    assert client.get(f"/iiif/exhibitions/{exhibition.public_id}/manifest.json").status_code == 410
    draft = ExhibitionPage(title="Draft", live=False)
    Page.objects.get(depth=1).add_child(instance=draft)
    assert client.get(f"/iiif/exhibitions/{draft.public_id}/manifest.json").status_code == 404
    assert client.get(f"/iiif/collections/exhibitions/{exhibition.public_id}/collection.json").status_code == 404


def test_exhibitions_are_rebuilt_by_the_command(exhibition):
    from django.core.management import call_command

    from iiif.models import StoredManifest

    assert set(kinds()) == {"object", "exhibition"}
    StoredManifest.objects.all().delete()
    call_command("rebuild_manifests", verbosity=0)
    assert set(StoredManifest.objects.values_list("kind", flat=True)) == {"object", "exhibition"}
