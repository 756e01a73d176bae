"""The object form: numbers, dates, dimensions, texts in languages, what a type requires, restricted fields."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from artifacts.models import Artifact, Event, ObjectType, ProvenanceStep, Right
from tests.factories import make_department, make_museum, make_object, text
from tests.museum.workplace.people import client_of, form_data, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]
LIST = "wagtailsnippets_artifacts_artifact:list"


@pytest.fixture
def curator() -> Any:
    museum = make_museum(accession_pattern="HUE {year}.{number:3}")
    return make_user(Role.CURATOR, make_department(code="ours", museum=museum))


def edit(artifact: Artifact, user: Any, **changes: Any) -> Any:
    draft = Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object()
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    return client_of(user).post(address, form_data(draft, user, **changes))


def draft_of(artifact: Artifact) -> Artifact:
    return Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object()


def test_a_draft_may_lack_everything_but_its_number(curator: Any):
    department = curator.department_memberships.get().department
    fresh = Artifact(museum=department.museum, department=department, accession_number="")
    add = reverse("wagtailsnippets_artifacts_artifact:add")
    answer = client_of(curator).post(add, form_data(fresh, curator))
    assert answer.status_code == 200
    assert not Artifact.objects.exists()
    answer = client_of(curator).post(add, form_data(fresh, curator, accession_number="HUE 1"))
    assert answer.status_code == 302
    assert not Artifact.objects.get().live


def test_two_objects_of_a_museum_do_not_bear_one_number(curator: Any):
    make_object("HUE 1", public=False)
    second = make_object("HUE 2", public=False)
    answer = edit(second, curator, accession_number="HUE 1")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "HUE 1 Trống đồng” bears this number" in page


def test_the_number_is_checked_while_it_is_typed(curator: Any):
    taken = make_object("HUE 2026.001", "Drum", public=False)
    client = client_of(curator)
    address = reverse("workplace:number")
    answer = client.get(address, {"museum": taken.museum_id, "number": "HUE 2026.001"}).json()
    assert answer["free"] is False
    assert "Drum" in answer["message"]
    assert client.get(address, {"museum": taken.museum_id, "number": "HUE 2026.001", "object": taken.pk}).json()["free"] is True
    alike = client.get(address, {"museum": taken.museum_id, "number": "hue 2026-001"}).json()
    assert alike["free"] is True
    assert "HUE 2026.001" in alike["message"]


def test_the_next_number_follows_the_museums_pattern(curator: Any):
    museum = curator.department_memberships.get().department.museum
    year = timezone.localdate().year
    make_object(f"HUE {year}.007", public=False)
    answer = client_of(curator).get(reverse("workplace:number"), {"museum": museum.pk}).json()
    assert answer["suggestion"] == f"HUE {year}.008"


def test_a_visitor_contributor_gets_no_answers():
    answer = client_of(make_user(Role.CONTRIBUTOR)).get(reverse("workplace:number"), {"museum": 1})
    assert answer.status_code == 302


def test_what_a_date_means_is_shown_and_stored(curator: Any):
    told = client_of(curator).get(reverse("workplace:date"), {"text": "Minh Mạng năm thứ 17"}).json()
    assert told["understood"] == "= 1836"
    artifact = make_object(public=False, rows={"events": [Event(date_text="")]})
    edit(artifact, curator, **{"events-0-date_text": "Minh Mạng năm thứ 17"})
    event = draft_of(artifact).events.get()
    assert (event.date_earliest, event.date_latest, event.date_era_year) == (1836, 1836, 17)
    assert event.date_text == "Minh Mạng năm thứ 17"
    page = client_of(curator).get(reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])).content.decode()
    assert "= 1836" in page


def test_new_words_replace_what_was_understood_of_the_old_ones(curator: Any):
    artifact = make_object(public=False, rows={"events": [Event(date_text="")]})
    edit(artifact, curator, **{"events-0-date_text": "1836"})
    edit(artifact, curator, **{"events-0-date_text": "1911"})
    event = draft_of(artifact).events.get()
    assert (event.date_earliest, event.date_latest, event.date_edtf) == (1911, 1911, "1911")


def test_a_form_that_has_saved_itself_does_not_take_its_old_ticks_for_the_cataloguers_will(curator: Any):
    artifact = make_object(public=False, rows={"events": [Event(date_text="")]})
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    opened = form_data(artifact, curator, **{"events-0-date_text": "khoảng 1820"})
    for _again in range(2):  # the same page sends itself twice: its box “circa” was drawn before the words were typed
        client_of(curator).post(address, opened)
        assert draft_of(artifact).events.get().date_circa
    reopened = form_data(draft_of(artifact), curator)
    assert reopened.pop("events-0-date_circa") is True  # now somebody unticks it
    for _again in range(2):
        client_of(curator).post(address, reopened)
        assert not draft_of(artifact).events.get().date_circa
    edit(artifact, curator)
    assert not draft_of(artifact).events.get().date_circa


def test_the_museums_own_years_win_over_what_was_understood(curator: Any):
    artifact = make_object(public=False, rows={"events": [Event(date_text="")]})
    edit(artifact, curator, **{"events-0-date_text": "c. 1836", "events-0-date_earliest": "1830", "events-0-date_latest": "1835"})
    event = draft_of(artifact).events.get()
    assert (event.date_earliest, event.date_latest) == (1830, 1835)
    edit(artifact, curator, **{"events-0-date_text": "about 1840"})
    event = draft_of(artifact).events.get()
    assert (event.date_earliest, event.date_latest) == (1830, 1835)


def test_dimensions_that_are_typed_become_rows(curator: Any):
    artifact = make_object(public=False)
    assert edit(artifact, curator, dimensions_text="12 × 8 cm").status_code == 302
    rows = [(row.kind, row.value, row.unit, row.display) for row in draft_of(artifact).measurements.all()]
    assert rows == [("height", 12, "cm", "12 × 8 cm"), ("width", 8, "cm", "12 × 8 cm")]


def test_dimensions_that_are_not_understood_are_kept_in_the_form_with_a_sentence(curator: Any):
    artifact = make_object(public=False)
    answer = edit(artifact, curator, dimensions_text="rather big")
    assert answer.status_code == 200
    assert "No measurement was understood in “rather big”" in answer.content.decode()


def test_dimensions_half_typed_are_left_alone_by_the_autosave(curator: Any):
    artifact = make_object(public=False)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    answer = client_of(curator).post(
        address, form_data(draft_of(artifact), curator, dimensions_text="12 × 8 cm"), headers={"Accept": "application/json"}
    )
    assert answer.json()["success"]
    assert not draft_of(artifact).measurements.exists()


def test_texts_are_posted_language_by_language_without_a_script(curator: Any):
    artifact = make_object(public=False)
    data = form_data(draft_of(artifact), curator)
    del data["credit_line"]
    data |= {"credit_line__vi": "Tặng phẩm", "credit_line__vi__state": "", "credit_line__en": "Gift", "credit_line__en__state": ""}
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    assert client_of(curator).post(address, data).status_code == 302
    assert draft_of(artifact).credit_line == {
        "vi": {"text": "Tặng phẩm", "state": "source"},
        "en": {"text": "Gift", "state": "human", "of": "vi"},
    }


def test_a_translation_is_out_of_date_once_its_original_changes(curator: Any):
    line = {"vi": {"text": "Tặng phẩm", "state": "source"}, "en": {"text": "Gift", "state": "human", "of": "vi"}}
    artifact = make_object(public=False, credit_line=line)
    edit(artifact, curator, credit_line=json.dumps({**line, "vi": {"text": "Mua năm 1990", "state": "source"}}))
    assert draft_of(artifact).credit_line["en"]["state"] == "stale"


def test_a_type_requires_its_fields_before_publishing_but_not_in_a_draft(curator: Any):
    drum = ObjectType.objects.create(code="drum", label=text("Drum"), required=["materials", "credit_line"])
    artifact = make_object(public=False, object_type=drum)
    assert edit(artifact, curator).status_code == 302
    answer = edit(artifact, curator, **{"action-publish": "1"})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Before an object of the type “Drum” is published" in page
    assert "Material" in page
    assert "Credit line" in page
    assert not Artifact.objects.get(pk=artifact.pk).live


def test_the_type_decides_the_order_of_the_tabs(curator: Any):
    book = ObjectType.objects.create(code="book", label=text("Book"), panels=["texts", "pictures", "identity"])
    artifact = make_object(public=False, object_type=book)
    page = client_of(curator).get(reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])).content.decode()
    places = [page.index(f'id="tab-label-{code}"') for code in ("texts", "pictures", "identity", "making")]
    assert places == sorted(places)


def test_additional_fields_of_a_type_are_inputs_of_their_own(curator: Any):
    schema = [
        {"name": "ply", "label": "Ply", "type": "number"},
        {"name": "weave", "label": "Weave", "type": "choice", "choices": ["plain", "twill"]},
    ]
    basket = ObjectType.objects.create(code="basket", label=text("Basket"), extra_schema=schema)
    artifact = make_object(public=False, object_type=basket, extra={"old": "kept"})
    data = form_data(draft_of(artifact), curator)
    data.pop("extra", None)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    wrong = client_of(curator).post(address, {**data, "extra__ply": "many", "extra__weave": "twill"})
    assert "“many” is not a number" in wrong.content.decode()
    assert client_of(curator).post(address, {**data, "extra__ply": "3", "extra__weave": "twill"}).status_code == 302
    assert draft_of(artifact).extra == {"old": "kept", "ply": 3, "weave": "twill"}


def test_restricted_fields_are_neither_shown_nor_lost_by_those_who_may_not_read_them(curator: Any):
    artifact = make_object(
        public=False,
        rows={
            "rights": [Right(statement="http://rightsstatements.org/vocab/InC/1.0/", restrictions="SECRET-LOAN-TERMS")],
            "provenance": [ProvenanceStep(price_amount="4711.00", price_currency="VND")],
        },
    )
    artifact.save_revision()
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    for name in ("edit", "inspect", "copy"):
        page = client_of(curator).get(reverse(f"wagtailsnippets_artifacts_artifact:{name}", args=[artifact.pk])).content.decode()
        assert "SECRET-LOAN-TERMS" not in page
        assert "4711" not in page
    hacked = form_data(draft_of(artifact), curator) | {"rights-0-restrictions": "none", "provenance-0-price_amount": "1"}
    assert client_of(curator).post(address, hacked).status_code == 302
    draft = draft_of(artifact)
    assert draft.rights.get().restrictions == "SECRET-LOAN-TERMS"
    assert draft.provenance.get().price_amount == 4711
    registrar = make_user(Role.REGISTRAR, artifact.department)
    assert "SECRET-LOAN-TERMS" in client_of(registrar).get(address).content.decode()


def test_a_form_with_too_many_fields_is_refused_in_readable_words(curator: Any):
    artifact = make_object(public=False)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    answer = client_of(curator).post(address, {f"field-{n}": "" for n in range(10_001)})
    assert answer.status_code == 413
    assert "more than 10,000 fields" in answer.content.decode()


def test_numbers_are_listed_as_people_count(curator: Any):
    for number, title in ((10, "Thứ mười"), (2, "Thứ hai"), (1, "Thứ nhất")):
        make_object(f"N {number}", title, public=False)
    page = client_of(curator).get(reverse(LIST), {"ordering": "accession_number"}).content.decode()
    assert page.index("Thứ nhất") < page.index("Thứ hai") < page.index("Thứ mười")
    page = client_of(curator).get(reverse(LIST), {"ordering": "-accession_number"}).content.decode()
    assert page.index("Thứ mười") < page.index("Thứ hai") < page.index("Thứ nhất")


def test_far_pages_hold_what_follows(curator: Any):
    for number in range(1, 53):
        make_object(f"N {number}", f"Object no. {number}.", public=False)
    page = client_of(curator).get(reverse(LIST), {"p": "2"}).content.decode()
    assert "Object no. 51." in page
    assert "Object no. 52." in page
    assert "Object no. 50." not in page


def test_an_object_type_is_edited_without_writing_code():
    client = client_of(make_user(Role.ADMINISTRATOR))
    data = {
        "label__en": "Basket",
        "code": "basket",
        "panels": "texts, identity",
        "required": ["materials", "credit_line"],
        "extra_schema": "[]",
    }
    add = reverse("wagtailsnippets_artifacts_objecttype:add")
    wrong = client.post(add, {**data, "panels": "texts, colours"})
    assert "There are no panels named colours" in wrong.content.decode()
    assert client.post(add, data).status_code == 302
    basket = ObjectType.objects.get()
    assert (basket.panels, sorted(basket.required)) == (["texts", "identity"], ["credit_line", "materials"])
    page = client.get(reverse("wagtailsnippets_artifacts_objecttype:edit", args=[basket.pk])).content.decode()
    assert 'value="texts, identity"' in page
