"""The one projection: what the public may see of a record, and nothing else."""

import pytest
from django.apps import apps

from artifacts.models import CareNotice, Description, Inscription, ProvenanceStep, Subject, Title
from records import projection, publication
from records.projection import preview_of, view_of
from records.publication import CURATORIAL, EVERYTHING, PUBLIC
from tests.factories import Event, Maker, add_picture, make_agent, make_object, make_term, text

ROOMS = ("records", "vocabularies", "artifacts", "media")
# the journal is not a record, and no projection knows it
NOT_RECORDS = {"records.JournalEntry", "records.Counter"}


def test_every_field_of_every_record_has_a_publication_class():
    missing = [
        f"{model._meta.label}.{field.name}"
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if model._meta.label not in NOT_RECORDS
        for field in [*model._meta.concrete_fields, *model._meta.local_many_to_many]
        if field.name not in publication.tables().get(model._meta.label, {})
    ]
    assert not missing, f"without a publication class: {', '.join(missing)}"


def test_no_publication_class_is_given_to_a_field_that_does_not_exist():
    stale = []
    for label, table in publication.tables().items():
        names = {field.name for field in apps.get_model(label)._meta.get_fields()}
        stale += [f"{label}.{name}" for name in table if name not in names]
    assert not stale


@pytest.mark.django_db
def test_staff_fields_and_staff_rows_are_not_in_the_public_view():
    agent = make_agent("Khách")
    artifact = make_object(
        distinguishing_features="canary-1",
        staff_notes="canary-2",
        rows={
            "provenance": [
                ProvenanceStep(to_agent=agent, price_amount=1234567, price_currency="VND", evidence="canary-3", risk_flags="canary-4")
            ],
            "care_notices": [CareNotice(label=text("Sacred"), protocol="canary-5")],
            "descriptions": [Description(text=text("canary-6"), visibility="staff")],
        },
    )
    seen = str(view_of("object", artifact.pk))
    assert "canary" not in seen
    assert "1234567" not in seen
    staff = str(view_of("object", artifact.pk, CURATORIAL))
    assert "canary-1" in staff
    assert "canary-6" in staff
    assert "1234567" not in staff
    assert "1234567" in str(view_of("object", artifact.pk, EVERYTHING))


@pytest.mark.django_db
def test_a_column_that_no_table_knows_is_in_no_view_whenever_it_turns_up():
    (data,) = projection.kind("object").load([make_object(rows={"titles": [Title(text="Trống", language="vi")]}).pk])
    for audience in (PUBLIC, CURATORIAL, EVERYTHING):
        before = projection.filtered(data, audience)
        data.row["made_up"] = data.children["titles"][0]["made_up"] = "canary"
        after = projection.filtered(data, audience)
        assert (after.row, after.children) == (before.row, before.children)
        assert data.row.pop("made_up") == data.children["titles"][0].pop("made_up") == "canary"


@pytest.mark.django_db
def test_limited_access_closes_texts_by_policy():
    artifact = make_object(
        access_limit="limited", rows={"descriptions": [Description(text=text("secret rite"))], "inscriptions": [Inscription(original="秘")]}
    )
    assert "secret" not in str(view_of("object", artifact.pk))
    assert "秘" not in str(view_of("object", artifact.pk))
    assert "secret" in str(view_of("object", artifact.pk, CURATORIAL))


@pytest.mark.django_db
def test_a_person_who_is_not_public_is_not_named():
    hidden = make_agent("Hidden donor", is_public=False)
    artifact = make_object(rows={"makers": [Maker(agent=hidden)], "subjects": [Subject(agent=hidden)]})
    assert "Hidden donor" not in str(view_of("object", artifact.pk))
    assert "Hidden donor" in str(view_of("object", artifact.pk, CURATORIAL))


@pytest.mark.django_db
def test_parts_that_are_not_public_are_not_listed():
    whole = make_object()
    make_object("PART-1", part_of=whole)
    make_object("PART-2", part_of=whole, public=False)
    assert [part["number"] for part in view_of("object", whole.pk)["parts"]] == ["PART-1"]


@pytest.mark.django_db
def test_a_stored_object_and_the_same_object_in_memory_have_the_same_view():
    term = make_term("drum", "names", broader=make_term("instrument", "names"))
    artifact = make_object(
        rows={
            "makers": [Maker(agent=make_agent(), qualifier="attributed")],
            "events": [Event(date_text="c. 1911", date_earliest=1906, date_latest=1916, date_circa=True)],
            "subjects": [Subject(term=term)],
        }
    )
    add_picture(artifact)
    stored = view_of("object", artifact.pk)
    assert preview_of("object", artifact) == stored
    assert stored["subjects"][0]["term"]["path"][0]["label"] == {"en": "instrument"}
    assert stored["date"]["earliest"] == 1906


@pytest.mark.django_db
def test_a_preview_shows_what_is_typed_and_not_what_is_stored():
    artifact = make_object(title="Old")
    draft = artifact.save_revision().as_object()
    draft.titles = [Title(text="New", language="vi")]
    assert preview_of("object", draft)["title"] == {"vi": "New"}
    assert view_of("object", artifact.pk)["title"] == {"vi": "Old"}


@pytest.mark.django_db
def test_every_view_has_every_key_whatever_the_record_holds():
    from artifacts.views import ObjectView

    bare = make_object()
    assert set(view_of("object", bare.pk)) >= set(ObjectView.__annotations__)


@pytest.mark.django_db
def test_many_records_are_loaded_like_each_by_itself_with_nothing_from_between_them():
    pks = [
        make_object(rows={"titles": [Title(text=f"{name} {at}", language="vi", sort_order=1 - at) for at in range(2)]}).pk
        for name in "abcdefghij"
    ]
    load = projection.kind("object").load
    for wanted in (pks, pks[:4] + pks[5:], pks[::3], [*reversed(pks)], pks[7:8], []):  # close together with a hole, far apart, one, none
        assert list(load(wanted)) == [next(iter(load([pk]))) for pk in sorted(wanted)]
