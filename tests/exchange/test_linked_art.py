"""Linked Art: what an object's description says, in which words of the model, and that the API's rules let it be said."""

from __future__ import annotations

import json
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from artifacts.models import (
    ArtifactReference,
    ArtifactSet,
    Description,
    Event,
    Identifier,
    Inscription,
    Maker,
    Material,
    MeasurementRow,
    ObjectName,
    ProvenanceStep,
    Relation,
    Right,
    Subject,
    Title,
)
from exchange.linked_art import objects, visual
from records.projection import view_of
from tests import factories
from tests.exchange.linked_art_judge import faults
from tests.factories import text
from vocabularies.models import AgentLink, CollectionSet, Period, Reference, TermLink

AAT = "http://vocab.getty.edu/aat/"
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/deed.vi"


def described(pk: int) -> dict[str, Any]:
    view = view_of("object", pk)
    assert view is not None
    found = json.loads(objects.write(view))
    assert faults(found) == []
    return found


def seen(pk: int) -> dict[str, Any]:
    view = view_of("object", pk)
    assert view is not None
    found = json.loads(visual.write(view))
    assert faults(found) == []
    return found


def kinds(node: dict[str, Any]) -> list[str]:
    return [one["id"].removeprefix(AAT) for one in node.get("classified_as", [])]


def texts(found: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in found["referred_to_by"] if kind in kinds(one)]


def linked(name: str, vocabulary: str, uri: str, match: str = "exact") -> Any:
    term = factories.make_term(name, vocabulary)
    TermLink.objects.create(term=term, uri=uri, scheme="AAT", match=match)
    return term


def rows() -> dict[str, list[Any]]:
    """Something in every table."""
    maker, owner = factories.make_agent(), factories.make_agent("Bà Tư", kind="family")
    AgentLink.objects.create(agent=maker, uri="https://www.wikidata.org/wiki/Q1", scheme="Wikidata", match="exact")
    place, period = factories.make_place(), Period.objects.create(label=text("Đông Sơn", "vi"), kind="culture")
    found: dict[str, list[Any]] = {
        "titles": [Title(text="Bronze drum", language="en", kind="translated"), Title(text="銅鼓", language="vi-Hani", preferred=False)],
        "identifiers": [Identifier(value="D 12", kind="former", issuer="EFEO"), Identifier(value="0451", kind="barcode")],
        "object_names": [
            ObjectName(term=linked("drums", "object-names", "https://vocab.getty.edu/page/aat/300041755")),
            ObjectName(role="classification", term=factories.make_term("bronzes", "classes")),
        ],
        "events": [
            Event(kind="production", date_text="200–100 BC", date_edtf="-0199/-0099", date_earliest=-199, date_latest=-99, place=place, period=period,
                  culture=factories.make_term("Việt", "cultures"), certainty="probable", note=text("cast")),
            Event(kind="excavation", date_text="3 May 1936", date_edtf="1936-05-03", date_earliest=1936, date_latest=1936, place=place),
            Event(kind="use", note=text("in processions")),
            Event(kind="publication", date_earliest=1940, date_latest=1940),
            Event(kind="modification", date_text="later"),
            Event(kind="depiction", date_text="the rainy season", period=period),
            Event(kind="excavation", date_text="not so", superseded=True),
        ],
        "makers": [
            Maker(agent=maker, role=factories.make_term("caster", "roles"), part_done="the face"),
            Maker(agent=factories.make_agent("Nguyễn B")),
            Maker(agent=owner, qualifier="workshop"),
            Maker(agent=maker, qualifier="formerly"),
            Maker(agent=maker, certainty="possible"),
            Maker(agent=factories.make_agent("Nobody"), certainty="rejected"),
        ],
        "materials": [
            Material(term=linked("bronze", "materials", f"{AAT}300010957")),
            Material(term=linked("metal", "materials", f"{AAT}300010900", "broader"), part="lid"),
            Material(role="technique", term=factories.make_term("casting", "techniques")),
        ],
        "measurements": [
            MeasurementRow(kind="diameter", value=Decimal("30.5"), upper_value=Decimal("62"), unit="cm", part="face"),
            MeasurementRow(kind="volume", value=Decimal("12"), unit="L"),
            MeasurementRow(kind="duration", value=Decimal("0"), unit="min"),
            MeasurementRow(kind="other", value=Decimal("3"), unit=""),
        ],
        "descriptions": [Description(kind="summary", text={**text("A drum"), **text("Trống", "vi")}), Description(kind="history", text=text("Old"))],
        "inscriptions": [
            Inscription(kind="seal", language="lzh", original="敕命之寶", reading="Sắc mệnh chi bảo", translation=text("Seal"), position=text("below")),
            Inscription(kind="inscription", translation=text("Of the river")),
        ],
        "subjects": [
            Subject(term=factories.make_term("birds", "subjects"), extent="around the star"),
            Subject(agent=maker),
            Subject(place=place),
            Subject(iconclass="25F33(HERON)"),
        ],
        "relations": [Relation(kind="copy", other=factories.make_object(title="Model"), note=text("smaller")),
                      Relation(kind="related", other_uri="https://museum.example/1", other_label="Another")],
        "sets": [ArtifactSet(set=CollectionSet.objects.create(label=text("Drums")))],
        "provenance": [
            ProvenanceStep(text=text("sold"), from_agent=owner, to_agent=maker, method="purchase", date_earliest=1950, date_latest=1951, price_amount=3),
            ProvenanceStep(text=text("Nobody knows"), gap=True, date_text="1951–1960"),
        ],
        "rights": [Right(applies_to=what, statement=CC0, holder_text="The museum") for what in ("work", "image", "data")],
        "references": [ArtifactReference(reference=Reference.objects.create(label=text("Heger"), citation="Heger 1902"), pages="12–14")],
    }  # fmt: skip
    return found


@pytest.fixture
def drum(db: None) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "makers_display": text("Two casters"),
        "materials_display": text("bronze"),
        "style": text("Heger I"),
        "credit_line": text("Gift"),
        "gallery": text("Room 1"),
        "acquired_year": 1975,
        "acquisition_summary": text("By gift"),
        "care_warning": text("Sacred"),
        "object_count": 2,
    }
    artifact = factories.make_object(number="BT 1", rows=rows(), **plain)
    factories.make_object(title="Lid", part_of=artifact)
    factories.add_picture(artifact, primary=True, label=text("front"))
    factories.add_picture(artifact, publication_class="restricted", label=text("inside"))
    found = described(artifact.pk)
    return {"artifact": artifact, "found": found, "production": found["produced_by"]}


def test_names_and_numbers(drum: dict[str, Any], settings: Any) -> None:
    found = drum["found"]
    assert found["id"] == f"{settings.MUSEUM_ORIGIN}/o/{drum['artifact'].public_id}" and found["_label"] == "Bronze drum"
    names = {one["content"]: one for one in found["identified_by"]}
    assert kinds(names["Trống đồng"]) == ["300404670"] and kinds(names["Bronze drum"]) == ["300404670", "300417194"]
    assert names["Bronze drum"]["language"][0]["id"] == f"{AAT}300388277"
    assert names["Trống đồng"]["language"][0]["id"] == "http://id.loc.gov/vocabulary/iso639-1/vi"
    assert kinds(names["銅鼓"]) == ["300404670"]  # the only one in its language
    assert kinds(names["BT 1"]) == ["300312355"] and kinds(names["D 12"]) == ["300404621"] and "0451" not in names
    works = [one for one in found["classified_as"] if kinds(one) == ["300435443"]]
    assert [one["id"] for one in works] == [f"{AAT}300041755"]  # as people copy it from the thesaurus' pages
    assert works[0]["equivalent"][0]["id"].startswith(f"{settings.MUSEUM_ORIGIN}/terms/")


def test_making_with_years_before_our_era_and_attributions(drum: dict[str, Any]) -> None:
    made = drum["production"]
    assert (made["timespan"]["begin_of_the_begin"], made["timespan"]["end_of_the_end"]) == (
        "-0199-01-01T00:00:00Z",
        "-0099-12-31T23:59:59Z",
    )
    assert [one["content"] for one in made["timespan"]["identified_by"]] == ["200–100 BC"]
    assert (
        made["took_place_at"][0]["_label"] == "Huế"
        and made["during"][0]["_label"] == "Đông Sơn"
        and made["technique"][0]["_label"] == "casting"
    )
    assert [one["_label"] for one in made["carried_out_by"]] == ["Nguyễn B"]
    [share] = made["part"]
    assert share["_label"] == "caster" and share["carried_out_by"][0]["equivalent"][0]["id"] == "http://www.wikidata.org/entity/Q1"
    assigned = {tuple(kinds(one)): one["assigned"][0] for one in made["attributed_by"]}
    assert set(assigned) == {("300404274",), ("300404270", "300404908"), ("300435722",)}
    assert assigned["300404274",]["influenced_by"][0]["type"] == "Group" and "carried_out_by" not in assigned["300404274",]
    assert assigned["300435722",]["carried_out_by"][0]["_label"] == "Nguyễn Văn A"
    assert {one["_label"] for one in made["influenced_by"]} == {"Bà Tư", "Model"}
    assert {"probable", "cast", "Two casters"} <= {one["content"] for one in made["referred_to_by"]}
    assert "Nobody" not in str(drum["found"]["produced_by"])


def test_what_it_is_made_of_and_how_large_it_is(drum: dict[str, Any]) -> None:
    materials = {one["_label"]: one["id"] for one in drum["found"]["made_of"]}
    assert materials["bronze"] == f"{AAT}300010957" and "vocab.getty.edu" not in materials["metal"]  # broader is not the same
    sizes = {one.get("_label", "count"): one for one in drum["found"]["dimension"]}
    face = sizes["face: diameter 30.5–62\N{NO-BREAK SPACE}cm"]
    assert (face["value"], face["lower_value_limit"], face["upper_value_limit"]) == (30.5, 30.5, 62)
    assert kinds(face) == ["300055624"] and face["unit"]["id"] == f"{AAT}300379098"
    assert [one["value"] for one in sizes.values()] == [30.5, 12, 0, 3, 2] and sizes["count"]["unit"]["_label"] == "Components"
    assert "lid: metal" in [one["content"] for one in texts(drum["found"], "300435429")]


def test_its_life(drum: dict[str, Any]) -> None:
    found = drum["found"]
    [dug] = found["encountered_by"]
    assert (dug["timespan"]["begin_of_the_begin"], dug["timespan"]["end_of_the_end"]) == ("1936-05-03T00:00:00Z", "1936-05-03T23:59:59Z")
    assert [kinds(one) for one in found["used_for"]] == [[], ["300054686"]] and len(found["modified_by"]) == 1
    sold, given = found["changed_ownership_through"]
    assert sold["transferred_title_from"][0]["_label"] == "Bà Tư" and sold["transferred_title_to"][0]["_label"] == "Nguyễn Văn A"
    assert given["transferred_title_to"] == found["current_owner"] and given["timespan"]["begin_of_the_begin"].startswith("1975-")
    [unknown] = texts(found, "300435438")
    assert unknown["content"] == "Nobody knows" and unknown["referred_to_by"][0]["content"] == "1951–1960"
    assert {one["_label"] for one in found["member_of"]} >= {"Drums"}


def test_texts(drum: dict[str, Any]) -> None:
    found = drum["found"]
    assert {one["content"]: one["language"][0]["_label"] for one in texts(found, "300435416")} == {
        "A drum": "English",
        "Trống": "Vietnamese",
    }
    assert all(one["classified_as"][0]["classified_as"][0]["id"] == f"{AAT}300418049" for one in found["referred_to_by"])
    [seal] = texts(found, "300435420")
    assert seal["content"] == "敕命之寶" and {one["content"] for one in seal["referred_to_by"]} == {"Sắc mệnh chi bảo", "Seal", "below"}
    contents = {one["content"] for one in found["referred_to_by"]}
    assert {"Of the river", "Heger 1902, 12–14", "Gift", "Room 1", "Sacred", "Old", "Heger I"} <= contents
    assert [one["content"] for one in texts(found, "300435434")] == ["http://creativecommons.org/publicdomain/zero/1.0/; The museum"]


def test_relations_and_parts(drum: dict[str, Any], settings: Any) -> None:
    said = {one["identified_by"][0]["content"]: one for one in drum["found"]["attributed_by"]}
    assert said["copy after"]["assigned"][0]["_label"] == "Model" and said["related to"]["assigned"][0]["id"] == "https://museum.example/1"
    assert said["parts"]["assigned_property"] == "part" and said["parts"]["assigned"][0]["_label"] == "Lid"
    lid = drum["artifact"].parts.get()
    assert described(lid.pk)["part_of"]["id"] == drum["found"]["id"]


def test_pictures_that_everybody_may_see_and_where_to_read_more(drum: dict[str, Any], settings: Any) -> None:
    found, artifact = drum["found"], drum["artifact"]
    [front] = found["representation"]
    assert front["identified_by"][0]["content"] == "front"
    image, small = front["digitally_shown_by"]
    service = f"{settings.MUSEUM_ORIGIN}/iiif/3/{artifact.media.order_by('pk').first().asset.public_id}"
    assert image["digitally_available_via"][0]["access_point"][0]["id"] == service and image["access_point"][0]["id"].startswith(service)
    assert small["access_point"][0]["id"] == f"{service}/full/!400,400/0/default.jpg"
    assert image["subject_to"][0]["classified_as"][0]["id"] == "http://creativecommons.org/publicdomain/zero/1.0/"
    assert artifact.media.order_by("pk").last().asset.public_id not in str(found)
    carried = [one["digitally_carried_by"][0] for one in found["subject_of"]]
    assert [one["format"].partition(";")[0] for one in carried] == ["text/html", "text/html", "application/ld+json", "application/ld+json"]
    assert carried[2]["conforms_to"][0]["id"] == "http://iiif.io/api/presentation/3/context.json"
    assert (
        carried[3]["access_point"][0]["id"] == f"{settings.MUSEUM_ORIGIN}/data/object/{artifact.public_id}.jsonld"
        and carried[3]["subject_to"]
    )


def test_what_it_shows_is_a_description_of_its_own(drum: dict[str, Any], client: Client, settings: Any) -> None:
    [reference] = drum["found"]["shows"]
    answer = client.get(reference["id"].removeprefix(settings.MUSEUM_ORIGIN))
    found = json.loads(answer.content)
    assert found == seen(drum["artifact"].pk) and (found["id"], found["_label"]) == (reference["id"], reference["_label"])
    assert [one["_label"] for one in found["represents"]] == ["Nguyễn Văn A", "Huế"] and found["represents_instance_of_type"][0][
        "_label"
    ] == "birds"
    assert found["about"][0]["id"] == "https://iconclass.org/25F33(HERON)" and found["about"][1]["_label"] == "Đông Sơn"
    assert {one["content"] for one in found["referred_to_by"]} == {"birds: around the star", "the rainy season"} and found["subject_to"]
    page = client.get(f"/en/objects/{drum['artifact'].public_id}/trong-dong/").content.decode()
    assert visual.SUFFIX not in page  # the object's description leads there


def test_an_id_leads_those_who_ask_for_json_ld_to_the_document(drum: dict[str, Any], client: Client, settings: Any) -> None:
    path = drum["found"]["id"].removeprefix(settings.MUSEUM_ORIGIN)
    for accept in ("application/ld+json", 'application/ld+json;profile="https://linked.art/ns/v1/linked-art.json"'):
        answer = client.get(path, headers={"Accept": accept})
        assert answer.status_code == 303 and json.loads(client.get(answer["Location"]).content)["id"] == drum["found"]["id"]


@pytest.mark.django_db
def test_an_object_of_which_nothing_is_known() -> None:
    artifact = factories.make_object(number="X 1", status="loan")
    artifact.titles.all().delete()
    artifact.refresh_from_db()
    found = described(artifact.pk)
    assert found["_label"] == "X 1" and not {"produced_by", "shows", "representation", "current_owner", "made_of"} & found.keys()
    assert found["current_custodian"][0]["type"] == "Group"
    assert [one["digitally_carried_by"][0]["format"] for one in found["subject_of"]][:2] == ["text/html", "text/html"]
    assert len(found["subject_of"]) == 3  # no manifest, as there is nothing to see
    assert seen(artifact.pk).keys() == {"@context", "id", "type", "_label"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("date", "span"),
    [
        ({"date_earliest": 0, "date_latest": 0}, ("0000-01-01T00:00:00Z", "0000-12-31T23:59:59Z")),
        ({"date_earliest": -12000, "date_latest": None}, ("-12000-01-01T00:00:00Z", None)),
        ({"date_edtf": "1936-02", "date_earliest": 1936, "date_latest": 1936}, ("1936-02-01T00:00:00Z", "1936-02-29T23:59:59Z")),
        ({"date_edtf": "1936-05-03/1937", "date_earliest": 1936, "date_latest": 1937}, ("1936-05-03T00:00:00Z", "1937-12-31T23:59:59Z")),
        # what is about a day is years; a day of another calendar is none of ours
        ({"date_edtf": "1936-02~", "date_circa": True, "date_earliest": 1931, "date_latest": 1941}, ("1931-01-01T00:00:00Z", "1941-12-31T23:59:59Z")),
        (
            {"date_edtf": "1936-02", "date_calendar": "lunar", "date_earliest": 1936, "date_latest": 1936},
            ("1936-01-01T00:00:00Z", "1936-12-31T23:59:59Z"),
        ),
        ({"date_text": "nobody knows"}, (None, None)),
    ],
)  # fmt: skip
def test_dates(date: dict[str, Any], span: tuple[str | None, str | None]) -> None:
    found = described(factories.make_object(rows={"events": [Event(kind="production", **date)]}).pk)["produced_by"]["timespan"]
    assert (found.get("begin_of_the_begin"), found.get("end_of_the_end")) == span


@pytest.mark.django_db
def test_several_makings_are_parts_and_of_a_book_the_main_picture_is_enough() -> None:
    events = [Event(kind="production", date_earliest=year, date_latest=year) for year in (1800, 1900)]
    artifact = factories.make_object(rows={"events": events})
    for number in range(30):
        factories.add_picture(artifact, primary=number == 7)
    found = described(artifact.pk)
    assert [one["timespan"]["begin_of_the_begin"][:4] for one in found["produced_by"]["part"]] == ["1800", "1900"]
    [picture] = found["representation"]
    assert artifact.media.get(primary=True).asset.public_id in picture["digitally_shown_by"][0]["access_point"][0]["id"]


def test_the_judge_sees_what_is_wrong(drum: dict[str, Any]) -> None:
    broken = [
        (
            "/produced_by/0/timespan/0/begin_of_the_begin: no moment",
            lambda one: one["produced_by"]["timespan"].update(begin_of_the_begin="200 BC"),
        ),
        ("/dimension/0: without unit", lambda one: one["dimension"][0].pop("unit")),
        ("/dimension/0/value: not a number", lambda one: one["dimension"][0].update(value="30.5")),
        ("/shows/0/represents: not said of a VisualItem", lambda one: one["shows"][0].update(represents=[])),
        ("/part: not said of a HumanMadeObject", lambda one: one.update(part=[])),
        ("/made_of/0: Type instead of & or Material", lambda one: one["made_of"][0].update(type="Type")),
        ("/current_owner/0: a reference to nothing", lambda one: one["current_owner"][0].pop("id")),
        ("/member_of: one or many", lambda one: one.update(member_of=one["member_of"][0])),
        ("another @context", lambda one: one.update({"@context": "https://schema.org"})),
    ]
    for fault, breaks in broken:
        document = deepcopy(drum["found"])
        breaks(document)
        assert fault in faults(document)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("region", "asked"),
    [("400,300,2000,1500", "pct:10,10,50,50"), ("-5,0,10,10", "full"), ("3900,0,200,200", "full"), ("all of it", "full"), ("", "full")],
)
def test_a_part_of_a_picture(region: str, asked: str) -> None:
    artifact = factories.make_object()
    factories.add_picture(artifact, region=region)
    [picture] = described(artifact.pk)["representation"]
    assert f"/{asked}/max/0/default.jpg" in picture["digitally_shown_by"][0]["access_point"][0]["id"]
