"""Merging duplicates: nothing that named one is lost, nothing stands twice, addresses lead on."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from artifacts.dependents import count
from artifacts.models import Artifact, Event, Maker, Material, Subject, Title
from records.models import JournalEntry, RecordError
from tests.factories import add_picture, make_agent, make_department, make_object, make_place, make_term, text
from tests.museum.workplace.people import client_of, make_user
from vocabularies import merging
from vocabularies.models import Agent, AgentLink, AgentName, AgentRelation, MergedRecord, Place, Term, TermLabel, TermLink
from vocabularies.roles import Role

pytestmark = pytest.mark.django_db


def test_every_mention_becomes_one_of_the_record_that_stays():
    stays, twin = (
        make_term("porcelain", label=text("porcelain")),
        make_term("chinaware", label={**text("chinaware"), **text("đồ sứ", "vi")}),
    )
    below = make_term("blue-and-white", broader=twin)
    related = make_term("kaolin")
    related.related.add(twin)
    user_of_twin = make_object(rows={"materials": [Material(term=twin, extent="half")], "subjects": [Subject(term=twin)]})
    user_of_both = make_object(rows={"materials": [Material(term=stays), Material(term=twin)]})
    JournalEntry.objects.all().delete()
    del connection._museum_journal_notes  # as in a transaction of its own
    merging.merge(twin, stays)
    assert list(user_of_twin.materials.values_list("term", "extent")) == [(stays.pk, "half")]
    assert user_of_twin.subjects.get().term == stays
    assert [row.term for row in user_of_both.materials.all()] == [stays]
    below.refresh_from_db()
    assert below.broader == stays
    assert list(related.related.all()) == [stays]
    assert count(stays) == 2
    assert not Term.objects.filter(pk=twin.pk).exists()
    told = set(JournalEntry.objects.values_list("kind", "record_pk"))
    assert {("term", stays.pk), ("term", below.pk)} <= told
    assert JournalEntry.objects.filter(kind="term", record_pk=twin.pk, op=JournalEntry.Op.DELETED).exists()


def test_what_the_record_that_stays_lacks_is_taken_over_once():
    stays = make_agent("Lê Văn A", life_dates="", description=text("A painter", "en"))
    twin = make_agent(
        "Le Van A",
        life_dates="1890–1960",
        description={**text("Another text", "en"), **text("Họa sĩ", "vi")},
        source="cmoa",
        source_id="77",
    )
    AgentName.objects.create(agent=stays, text="Master A", sort_order=0)
    for place, name in enumerate(("Master A", "lê văn a", "Thanh Sơn")):
        AgentName.objects.create(agent=twin, text=name, sort_order=place)
    AgentLink.objects.create(agent=stays, uri="https://www.wikidata.org/wiki/Q1", scheme="Wikidata")
    for uri in ("https://www.wikidata.org/wiki/Q1", "http://vocab.getty.edu/ulan/5"):
        AgentLink.objects.create(agent=twin, uri=uri, scheme="Wikidata" if "wikidata" in uri else "ULAN")
    pupil = make_agent("Pupil")
    AgentRelation.objects.create(agent=stays, kind="related", other=twin)
    AgentRelation.objects.create(agent=pupil, kind="related", other=twin)
    AgentRelation.objects.create(agent=twin, kind="teacher", other=pupil)
    merging.merge(twin, stays)
    stays = Agent.objects.get(pk=stays.pk)
    assert [name.text for name in stays.names.all()] == ["Master A", "Le Van A", "Thanh Sơn"]
    assert {link.uri for link in stays.links.all()} == {"https://www.wikidata.org/wiki/Q1", "http://vocab.getty.edu/ulan/5"}
    assert stays.links.count() == 2
    assert stays.life_dates == "1890–1960"
    assert stays.description["en"]["text"] == "A painter"
    assert stays.description["vi"]["text"] == "Họa sĩ"
    assert (stays.source, stays.source_id) == ("cmoa", "77")
    assert [(row.kind, row.other) for row in stays.relations.all()] == [("teacher", pupil)]
    assert pupil.relations.get().other == stays
    kept = MergedRecord.objects.get()
    assert kept.content["description"]["en"]["text"] == "Another text"


def test_a_draft_and_an_older_version_name_the_record_that_stays():
    stays, twin = make_term("bronze"), make_term("bronce")
    artifact = make_object(versions=True, rows={"materials": [Material(term=twin)]})
    older = artifact.latest_revision
    draft = artifact.get_latest_revision_as_object()
    draft.titles.add(Title(text="Another title", language="en"))
    draft.save_revision()
    merging.merge(twin, stays)
    artifact = Artifact.objects.get(pk=artifact.pk)
    assert [row.term for row in artifact.get_latest_revision_as_object().materials.all()] == [stays]
    assert [row.term for row in older.as_object().materials.all()] == [stays]
    artifact.latest_revision.publish()
    assert artifact.materials.get().term == stays


def test_what_cannot_be_one_is_refused_and_nothing_changes():
    wide = make_term("ceramics")
    narrow = make_term("porcelain", broader=wide)
    elsewhere = make_term("porcelain", vocabulary="subjects")
    for duplicate, into, words in [
        (wide, narrow, "stands below"),
        (narrow, narrow, "itself"),
        (narrow, elsewhere, "different vocabularies"),
        (narrow, make_agent(), "one kind"),
    ]:
        with pytest.raises(RecordError, match=words):
            merging.merge(duplicate, into)
    assert not MergedRecord.objects.exists()
    merging.merge(narrow, wide)
    assert TermLabel.objects.get(term=wide).text == "porcelain"


def test_addresses_lead_to_the_record_that_stays_only_where_both_are_public(client):
    hue, other, secret = make_place("Huế"), make_place("Phú Xuân"), make_place("Kho", is_public=False)
    merging.merge(other, hue)
    merging.merge(secret, hue)
    answer = client.get(f"/en/places/{other.public_id}/phu-xuan/")
    assert answer.status_code == 301
    assert answer["Location"] == f"/en/places/{hue.public_id}/hue/"
    assert client.get(f"/en/places/{secret.public_id}/kho/").status_code == 404
    artifact = make_object(rows={"events": [Event(place=hue)]})
    add_picture(artifact)
    moved = client.get(f"/iiif/collections/places/{other.public_id}/collection.json")
    assert moved.status_code == 301
    assert moved["Location"].endswith(f"/iiif/collections/places/{hue.public_id}/collection.json")
    third = make_place("Kinh đô")
    merging.merge(hue, third)
    assert client.get(f"/en/places/{other.public_id}/phu-xuan/")["Location"] == f"/en/places/{third.public_id}/kinh-do/"
    Place.objects.filter(pk=third.pk).update(is_public=False)
    assert client.get(f"/en/places/{other.public_id}/phu-xuan/").status_code == 404


def test_nothing_that_is_for_staff_becomes_public():
    hue = make_place("Huế")
    secret = make_place("Kho", is_public=False, description=text("Third door on the left"), latitude=16.4, longitude=107.5)
    merging.merge(secret, hue)
    hue.refresh_from_db()
    assert not hue.description
    assert not hue.names.exists()
    assert hue.latitude is None
    rough = make_place("Kinh thành", latitude=16.47, longitude=107.58, public_precision="district")
    merging.merge(rough, hue)
    hue.refresh_from_db()
    assert (hue.latitude, hue.public_precision) == (16.47, "district")


def test_an_import_that_comes_again_finds_the_record_that_stays():
    from exchange.vocabulary import Resolver
    from exchange.wanted import Wanted

    stays = make_term("oil paint", source="cmoa", source_id="materials:oil paint")
    twin = make_term("huile", source="cmoa", source_id="materials:oil on canvas")
    TermLink.objects.create(term=twin, uri="http://vocab.getty.edu/aat/1")
    merging.merge(twin, stays)
    TermLabel.objects.all().delete()
    resolver = Resolver("cmoa", None)
    wanted = Wanted("term", "oil on canvas", scope="materials")
    resolver._make("term", [wanted])
    assert resolver.key_of(wanted) == stays.pk


def test_a_curator_merges_by_the_page_and_a_cataloguer_does_not():
    stays, twin = make_agent("Nguyễn Văn A"), make_agent("Nguyen Van A")
    make_object(rows={"makers": [Maker(agent=twin)]})
    department = make_department()
    address = reverse("workplace:merge_word", args=["agent", twin.pk])
    assert client_of(make_user(Role.CATALOGUER, department)).get(address).status_code in {302, 403}
    client = client_of(make_user(Role.CURATOR, department))
    assert address in client.get(reverse("wagtailsnippets_vocabularies_agent:edit", args=[twin.pk])).content.decode()
    page = client.get(address)
    assert "1 object shows it" in page.content.decode()
    refused = client.post(address, {"into": twin.pk})
    assert refused.status_code == 200
    done = client.post(address, {"into": stays.pk}, follow=True)
    assert "1 mention was moved." in done.content.decode()
    assert stays in [maker.agent for maker in Maker.objects.all()]
    history = client.get(reverse("wagtailsnippets_vocabularies_agent:history", args=[stays.pk])).content.decode()
    assert "Nguyen Van A" in history
    assert client.get(reverse("workplace:merge_word", args=["museum", 1])).status_code == 404
