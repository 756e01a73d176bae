"""LIDO 1.1: what is written is valid, says everything in all its languages, and nothing that LIDO cannot hold as if it could."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from artifacts.models import (
    Artifact,
    ArtifactReference,
    ArtifactSet,
    CareNotice,
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
from exchange import lido
from records.projection import view_of
from tests import factories
from tests.exchange.lido_schema import LIDO, XML_LANG, faults
from vocabularies.models import AgentLink, CollectionSet, Period, Reference, TermLink

pytestmark = pytest.mark.one_stack
_N = {"l": LIDO, "skos": "http://www.w3.org/2004/02/skos/core#", "gml": "http://www.opengis.net/gml"}
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_T = "http://terminology.lido-schema.org/lido"
_BOTH = {
    "vi": {"text": "Trước đây để ở đình", "state": "source"},
    "en": {"text": "Once in the communal house", "state": "human", "of": "vi"},
}


def written(artifact: Artifact) -> etree._Element:
    """The record, read back."""
    view = view_of("object", artifact.pk)
    assert view is not None
    root = etree.fromstring(lido.write(view))
    assert faults(root) == []
    empty = [one.tag for one in root.iter() if not len(one) and not (one.text or "").strip()]
    assert empty == []
    return root


def said(root: etree._Element, path: str) -> list[str]:
    """The words of all elements at a path."""
    return [one.text or "" for one in root.iterfind(f".//{path}", _N)]


def in_languages(root: etree._Element, path: str) -> dict[str, str]:
    """The words of elements that stand there once for each language."""
    found = [(one.get(XML_LANG), one.text) for one in root.iterfind(f".//{path}", _N)]
    assert len({tag for tag, _text in found}) == len(found), found
    return dict(found)


def about(root: etree._Element, path: str) -> list[str]:
    """The URIs of concepts at a path."""
    return [one.get(_ABOUT) for one in root.iterfind(f".//{path}/skos:Concept", _N)]


def _made() -> list[Event]:
    country = factories.make_place("Đại Việt")
    village = factories.make_place("Bát Tràng", broader=country, latitude=20.97777, longitude=105.91234, public_precision="km")
    return [
        Event(
            kind="production",
            date_text="khoảng 400–200 TCN",
            date_display=_BOTH,
            date_edtf="-0399~/-0199~",
            date_earliest=-399,
            date_latest=-199,
            date_circa=True,
            place=village,
            culture=factories.make_term("Đông Sơn", "cultures"),
            period=Period.objects.create(label=factories.text("Metal Age")),
            certainty="probable",
        ),
        Event(kind="excavation", date_text="3/5/1968", date_edtf="1968-05-03", date_earliest=1968, date_latest=1968, note=_BOTH),
        Event(kind="use", superseded=True, date_text="never", date_earliest=1, date_latest=1),
        Event(kind="depiction", date_text="938", date_earliest=938, date_latest=938, place=country),
    ]


def _makers() -> list[Maker]:
    founder = factories.make_agent("Lò Bát Tràng", kind="workshop")
    master = factories.make_agent("Đặng Huyền Thông", birth_year=1550, death_year=1620, life_dates="1550–1620")
    AgentLink.objects.create(agent=master, uri="http://vocab.getty.edu/ulan/500000001", scheme="ULAN")
    role = factories.make_term("potter", "roles")
    return [
        Maker(agent=master, role=role, qualifier="attributed", certainty="possible", part_done="lid", name_as_written="Huyền Thông"),
        Maker(agent=founder),
        Maker(agent=factories.make_agent("Somebody else"), superseded=True),
    ]


@pytest.fixture
def full(db) -> Artifact:
    """An object of which everything is told."""
    bronze = factories.make_term("bronze")
    TermLink.objects.create(term=bronze, uri="http://vocab.getty.edu/aat/300010957", scheme="AAT")
    TermLink.objects.create(term=bronze, uri="http://www.wikidata.org/entity/Q34095", scheme="Wikidata", match="close")
    hidden = factories.make_agent("Canary", is_public=False)
    collection = CollectionSet.objects.create(label=factories.text("Gift of Ngà"))
    book = Reference.objects.create(label=factories.text("The drums"), citation="Nguyễn, The drums, 1990", uri="https://example.org/drums")
    rows: dict[str, list[Any]] = {
        "titles": [
            Title(text="鼓", language="lzh", kind="original", preferred=False),
            Title(text="Drum", language="en", kind="translated"),
        ],
        "object_names": [
            ObjectName(term=factories.make_term("drum", "object-names")),
            ObjectName(role="classification", term=factories.make_term("archaeology", "classification")),
        ],
        "identifiers": [Identifier(value="D. 104", kind="former", issuer="Inventory D"), Identifier(value="BARCODE-7", kind="barcode")],
        "events": _made(),
        "makers": [*_makers(), Maker(agent=hidden)],
        "materials": [
            Material(term=bronze, extent="body"),
            Material(term=factories.make_term("casting", "techniques"), role="technique", certainty="possible"),
        ],
        "measurements": [
            MeasurementRow(kind="height", value=Decimal("61.2000"), upper_value=Decimal(62), unit="cm", part="foot"),
            MeasurementRow(kind="weight", value=Decimal(83), unit="kg", qualifier="with stand"),
        ],
        "descriptions": [Description(kind="label", text=_BOTH, source_note="Old card")],
        "inscriptions": [
            Inscription(kind="seal", language="lzh", original="大吉", reading="Đại cát", translation=_BOTH, position=factories.text("foot"))
        ],
        "subjects": [
            Subject(term=factories.make_term("birds", "subjects"), extent="rim", certainty="possible"),
            Subject(agent=factories.make_agent("Lạc Long Quân")),
            Subject(place=factories.make_place("Cổ Loa")),
            Subject(iconclass="25F(+3)"),
        ],
        "relations": [
            Relation(kind="copy", other=factories.make_object("KC 2", "Elder drum"), note=_BOTH),
            Relation(kind="related", other_uri="https://example.org/1", other_label="A drum elsewhere"),
        ],
        "sets": [ArtifactSet(set=collection)],
        "references": [ArtifactReference(reference=book, pages="12–14")],
        "provenance": [
            ProvenanceStep(
                text=_BOTH, to_agent=factories.make_agent("Ngà"), method="gift", date_text="1990", date_earliest=1990, date_latest=1990
            ),
            ProvenanceStep(gap=True, date_text="1945–1950", date_earliest=1945, date_latest=1950),
        ],
        "rights": [
            Right(applies_to="work", kind="copyright", holder=factories.make_agent("Heirs"), valid_to=datetime.date(2040, 1, 1)),
            Right(applies_to="image", statement="https://creativecommons.org/licenses/by-sa/4.0/deed.vi", holder_text="The photographer"),
        ],
        "care_notices": [CareNotice(label=factories.text("Ask the community"), uri="https://localcontexts.org/label/tk-a")],
    }
    whole = factories.make_object("BO 1", "The pair of drums", record_level="set")
    artifact = factories.make_object(
        "KC 1968.1",
        rows=rows,
        part_of=whole,
        record_level="part",
        object_count=2,
        credit_line=_BOTH,
        gallery=factories.text("Room 2"),
        edition=factories.text("second state"),
        shape=factories.text("round"),
        colour=factories.text("green"),
        care_warning=factories.text("Sacred"),
        acquired_year=1990,
        acquisition_summary=factories.text("Given by Ngà"),
        makers_display=factories.text("Potters of Bát Tràng"),
    )
    factories.add_picture(artifact, primary=True, caption=factories.text("From above"), region="10,20,400,600")
    factories.add_picture(artifact, publication_class="restricted", caption=factories.text("restricted canary"))
    factories.add_picture(artifact, publication_class="staff", caption=factories.text("staff canary"))
    factories.add_picture(artifact, published=False, caption=factories.text("waiting canary"))
    return artifact


def test_a_full_record_is_valid_and_keeps_what_is_hidden(full: Artifact) -> None:
    text = etree.tostring(written(full), encoding="unicode")
    assert "canary" not in text.lower() and "Somebody else" not in text and "never" not in text and "BARCODE-7" not in text


def test_ids_type_and_names(full: Artifact, settings) -> None:
    root, origin = written(full), settings.MUSEUM_ORIGIN
    assert said(root, "l:lidoRecID") == [f"{origin}/data/object/{full.public_id}.lido.xml"]
    assert said(root, "l:objectPublishedID") == [f"{origin}/o/{full.public_id}"]
    assert about(root, "l:category") == [f"{_T}00096"]
    assert said(root, "l:objectWorkType/l:term") == ["drum"] and said(root, "l:classification/l:term") == ["archaeology"]
    titles = {one.text: (one.get(XML_LANG), one.get(f"{{{LIDO}}}pref")) for one in root.iterfind(".//l:titleSet/l:appellationValue", _N)}
    assert titles == {"Trống đồng": ("vi", f"{_T}00169"), "鼓": ("lzh", f"{_T}00169"), "Drum": ("en", f"{_T}00169")}
    assert said(root, "l:workID") == ["KC 1968.1", "D. 104 (Inventory D)"]
    assert in_languages(root, "l:displayRepository")["en"].endswith(", Room 2")
    assert [one.get(XML_LANG) for one in root.iterfind("l:descriptiveMetadata", _N)] == ["vi"]


def test_texts_stand_in_their_languages_with_their_sources(full: Artifact) -> None:
    root = written(full)
    label = root.find(".//l:objectDescriptionSet[@l:type='label']", _N)
    assert label is not None
    assert in_languages(label, "l:descriptiveNoteValue") == {"vi": "Trước đây để ở đình", "en": "Once in the communal house"}
    assert said(label, "l:sourceDescriptiveNote") == ["Old card"]
    assert in_languages(root, "l:inscriptionTranscription") == {"lzh": "大吉"}
    kinds = [one.get(f"{{{LIDO}}}type") for one in root.iterfind(".//l:inscriptionDescription", _N)]
    assert kinds == ["reading", "translation", "location"]
    assert said(root, "l:displayEdition") == ["second state"] and said(root, "l:shapeMeasurements") == ["round"]
    assert said(root, "l:objectDescriptionSet/l:descriptiveNoteID") == ["https://localcontexts.org/label/tk-a"]


def test_a_range_is_its_least_and_its_most(full: Artifact) -> None:
    sets = written(full).findall(".//l:objectMeasurementsSet[l:objectMeasurements]", _N)
    facts = [(said(one, f"l:measurementType/l:term[@{XML_LANG}='en']"), said(one, "l:measurementValue")) for one in sets]
    assert facts == [(["height"], ["61.2"]), (["height"], ["62"]), (["weight"], ["83"]), ([], []), (["count"], ["2"])]
    assert said(sets[0], "l:extentMeasurements") == ["foot"] and said(sets[0], "l:qualifierMeasurements/l:term") == []
    assert said(sets[0], "l:qualifierMeasurements") == ["minimum", "tối thiểu"] and said(sets[1], "l:qualifierMeasurements") == [
        "maximum",
        "tối đa",
    ]
    assert said(sets[2], "l:qualifierMeasurements") == ["with stand"]
    assert in_languages(sets[0], "l:displayObjectMeasurements")["en"] == "foot: height 61.2–62\N{NO-BREAK SPACE}cm"
    assert about(sets[0], "l:measurementUnit") == ["http://vocab.getty.edu/aat/300379098"]


def test_terms_name_those_of_authorities(full: Artifact, settings) -> None:
    root = written(full)
    bronze = root.find(f".//l:termMaterialsTech[@l:type='{_T}00132']", _N)
    assert bronze is not None and about(root, f"l:termMaterialsTech[@l:type='{_T}00132']") == ["http://vocab.getty.edu/aat/300010957"]
    own = said(bronze, "skos:exactMatch")
    assert own[0].startswith(f"{settings.MUSEUM_ORIGIN}/terms/") and said(bronze, "skos:closeMatch") == [
        "http://www.wikidata.org/entity/Q34095"
    ]
    assert said(bronze, "l:conceptID") == ["http://vocab.getty.edu/aat/300010957", *own]


def test_addresses_of_terms_people_places_and_periods_lead_to_their_pages(full: Artifact, client: Client, settings) -> None:
    root = written(full)
    own = {
        text.removeprefix(settings.MUSEUM_ORIGIN)
        for name in ("conceptID", "actorID", "placeID")
        for text in said(root, f"l:{name}")
        if text.startswith(f"{settings.MUSEUM_ORIGIN}/") and text != f"{settings.MUSEUM_ORIGIN}/"
    }
    assert {path.split("/")[1] for path in own} == {"terms", "people", "places", "periods"}
    for path in own:
        assert client.get(path, follow=True).status_code == 200, path


def test_events_have_one_type_and_one_date(full: Artifact) -> None:
    root = written(full)
    events = root.findall(".//l:eventSet", _N)
    assert about(root, "l:event/l:eventType") == [f"{_T}00007", f"{_T}00033", f"{_T}00001", f"{_T}00227", f"{_T}00227"]
    making, found, acquired, given, gap = events
    assert (said(making, "l:earliestDate"), said(making, "l:latestDate")) == (["1550", "-0399"], ["1620", "-0199"])
    date = making.find(".//l:eventDate/l:date/l:earliestDate", _N)
    assert date is not None and date.get(f"{{{LIDO}}}type") == f"{_T}00529"
    assert in_languages(making, "l:displayDate") == {"vi": "Trước đây để ở đình", "en": "Once in the communal house"}
    assert said(found, "l:earliestDate") == said(found, "l:latestDate") == ["1968-05-03"]
    assert said(acquired, "l:earliestDate") == ["1990"] and said(given, "l:eventMethod/l:term") == ["gift"]
    assert in_languages(gap, "l:displayEvent")["en"] == "Nothing is known of this time."
    assert said(making, "l:culture/l:term") == ["Đông Sơn"] and said(making, "l:periodName/l:term") == ["Metal Age"]
    assert in_languages(making, "l:eventPlace/l:displayPlace") == {"vi": "Bát Tràng, Đại Việt"}
    assert said(making, "gml:pos") == ["20.98 105.91"]
    assert said(making, "l:place/l:partOfPlace/l:namePlaceSet/l:appellationValue") == ["Đại Việt"]
    assert in_languages(making, "l:eventDescriptionSet[@l:type='certainty']/l:descriptiveNoteValue")["en"] == "probably"


def test_makers_keep_role_attribution_and_doubt(full: Artifact) -> None:
    making = written(full).find(".//l:eventSet", _N)
    assert making is not None
    display, first, second = making.findall(".//l:eventActor", _N)
    assert said(display, "l:displayActorInRole") == ["Potters of Bát Tràng"] and display.find("l:actorInRole", _N) is None
    assert in_languages(first, "l:displayActorInRole")["vi"].startswith("được cho là của Đặng Huyền Thông (1550–1620)")
    assert said(first, "l:actorID")[0] == "http://vocab.getty.edu/ulan/500000001"
    assert said(first, "l:appellationValue") == ["Đặng Huyền Thông", "Huyền Thông"]
    english = f"l:attributionQualifierActor/l:term[@{XML_LANG}='en']"
    assert said(first, english) == ["attributed to", "possibly"] and said(first, "l:extentActor") == ["lid"]
    assert said(first, "l:roleActor/l:term") == ["potter"] and second.find(".//l:attributionQualifierActor", _N) is None


def test_subjects_and_related_works(full: Artifact, settings) -> None:
    root = written(full)
    subjects = root.findall(".//l:subjectSet", _N)
    assert in_languages(subjects[0], "l:displaySubject") == {"en": "birds (possibly)"} and said(subjects[0], "l:extentSubject") == ["rim"]
    assert said(subjects[1], "l:displayActor") == ["Lạc Long Quân"] and said(subjects[2], "l:displayPlace") == ["Cổ Loa"]
    assert about(subjects[3], "l:subjectConcept") == ["https://iconclass.org/25F%28%2B3%29"]
    assert said(subjects[4], "l:subjectDate/l:date/l:earliestDate") == ["0938"]
    works = root.findall(".//l:relatedWorkSet", _N)
    kinds = [said(one, f"l:relatedWorkRelType/l:term[@{XML_LANG}='en']") for one in works]
    assert kinds == [["is part of"], ["copy after"], ["related to"], ["is documented in"]]
    assert about(works[0], "l:relatedWorkRelType") == [f"{_T}00574"] and about(works[1], "l:relatedWorkRelType") == []
    assert said(works[1], "l:objectNote") == ["Trước đây để ở đình", "Once in the communal house"]
    assert said(works[2], "l:objectWebResource") == ["https://example.org/1"]
    assert said(works[3], "l:displayObject") == ["Nguyễn, The drums, 1990, 12–14"]
    whole = full.part_of
    assert whole is not None
    assert about(written(whole), "l:relatedWorkRelType") == [f"{_T}00573"]


def test_rights_record_and_collections(full: Artifact, settings) -> None:
    root, origin = written(full), settings.MUSEUM_ORIGIN
    work = root.find(".//l:rightsWorkSet", _N)
    assert work is not None and said(work, "l:rightsType/l:term") == ["copyright"] and said(work, "l:latestDate") == ["2040-01-01"]
    assert said(work, "l:legalBodyName/l:appellationValue") == ["Heirs"]
    assert in_languages(work, "l:creditLine") == {"vi": "Trước đây để ở đình", "en": "Once in the communal house"}
    assert about(root, "l:recordType") == [f"{_T}00447"] and said(root, "l:recordID") == [full.public_id]
    assert about(root, "l:recordRights/l:rightsType") == ["http://creativecommons.org/publicdomain/zero/1.0/"]
    links = in_languages(root, "l:recordInfoSet[@l:type='http://terminology.lido-schema.org/lido00471']/l:recordInfoLink")
    assert links["vi"].startswith(f"{origin}/vi/objects/{full.public_id}/")
    moments = [one.get(f"{{{LIDO}}}type") for one in root.iterfind(".//l:recordMetadataDate", _N)]
    assert moments == [f"{_T}00472", f"{_T}00473"]
    assert said(root, "l:collection/l:object/l:objectName/l:appellationValue")[0] == "Gift of Ngà"
    assert said(root, "l:recordSource/l:legalBodyID") == [f"{origin}/"]


def test_pictures_with_thumbnail_service_manifest_and_their_rights(full: Artifact, settings) -> None:
    root, origin = written(full), settings.MUSEUM_ORIGIN
    manifest, picture = root.findall(".//l:resourceSet", _N)
    assert said(manifest, "l:linkResource") == [f"{origin}/iiif/objects/{full.public_id}/manifest.json"]
    asset = full.media.get(primary=True).asset.public_id
    service = f"{origin}/iiif/3/{asset}"
    assert said(picture, "l:linkResource") == [
        f"{service}/pct:0.25,0.666667,10,20/!400,400/0/default.jpg",
        f"{service}/pct:0.25,0.666667,10,20/max/0/default.jpg",
        f"{service}/info.json",
    ]
    assert about(picture, "l:rightsType") == ["http://creativecommons.org/licenses/by-sa/4.0/"]
    assert said(picture, "l:rightsType/l:term") == ["CC BY-SA 4.0"] and said(picture, "l:resourceDescription") == ["From above"]
    assert said(picture, "l:rightsHolder/l:legalBodyName/l:appellationValue") == ["The photographer"]


def test_it_is_served_at_its_address(full: Artifact, client: Client) -> None:
    response = client.get(f"/data/object/{full.public_id}.lido.xml")
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    root = etree.fromstring(response.content)
    assert faults(root) == [] and root.get("{http://www.w3.org/2001/XMLSchema-instance}schemaLocation", "").endswith("/lido-v1.1.xsd")
