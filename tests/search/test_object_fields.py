"""Objects in the curators' index: every field of the catalogue can be asked for, by those who may read it and by nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps

from artifacts.loading import SOURCE
from artifacts.models import Artifact, Event, ProvenanceStep, Right, Title
from records.publication import FieldClass, tables
from search import curators
from search.builders.object_columns import APART, SPLIT
from search.builders.object_fields import object_fields
from search.columns import place
from search.language import QueryError, Reader, fields, reader_of
from search.language.fields import ORDERED, spelled
from tests.factories import make_agent, make_department, make_object, make_term, text
from tests.museum.workplace.people import make_user
from tests.search.conftest import catch_up, museum_search
from vocabularies.roles import Role

__all__ = ["museum_search"]
ROLES = [Role.CATALOGUER, Role.CURATOR, Role.REGISTRAR, Role.CONSERVATOR, Role.PHOTOGRAPHER, Role.PUBLISHER, Role.ADMINISTRATOR]


def found(query: str, reader: Reader) -> set[str]:
    result = curators.search(curators.asked(query), reader)
    return set(
        Artifact.objects.filter(public_id__in=[hit.id.partition(":")[2] for hit in result.hits]).values_list("accession_number", flat=True)
    )


def test_every_field_of_the_catalogue_can_be_asked_for():
    named = {column for one in object_fields() for column in one.columns}
    missing = []
    for relation, label in {"": "artifacts.Artifact", **SOURCE.child_models}.items():
        columns = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        for name, field_class in tables()[label].items():
            if field_class is FieldClass.INTERNAL or name in APART or name not in columns or name == SPLIT.get(relation):
                continue
            wanted = f"{relation}.{name}".lstrip(".")
            if not any(
                column == wanted or (relation and column.startswith(f"{relation}:") and column.endswith(f".{name}")) for column in named
            ):
                missing.append(f"{label}.{name}")
    assert missing == []


def test_no_two_columns_of_numbers_lie_in_one_place():
    columns = {column for one in object_fields() if one.kind in ORDERED for column in one.columns}
    assert len({place(column) for column in columns}) == len(columns)


def test_short_names_are_nobody_elses():
    seen: dict[str, str] = {}
    for one in object_fields():
        for name in (one.name, *(one.aliases if one.main else ())):
            assert seen.setdefault(spelled(name), one.name) == one.name, name


def test_every_short_field_has_a_vietnamese_name():
    bare = [one.name for one in object_fields() if one.main and all(alias.isascii() for alias in one.aliases)]
    assert bare == ["circumference"]  # chu vi


@pytest.mark.django_db
def test_a_record_is_found_by_what_its_fields_say(museum_search: Any):
    ceramics = make_term("ceramics")
    porcelain = make_term("porcelain", broader=ceramics)
    hoa = make_agent("Lê Thị Hoa")
    artifact = make_object(
        "HUE 1",
        "Bát men lam",
        public=False,
        credit_line=text("Gift of the family", "en"),
        acquired_year=1987,
        embargo_until=date(2099, 1, 1),
        extra={"kiln": "Bát Tràng", "firing": 1280},
        rows={
            "events": [Event(kind="production", date_text="1820-1840", date_earliest=1820, date_latest=1840)],
            "makers": [_row("Maker", agent=hoa)],
            "materials": [_row("Material", term=porcelain, role="material")],
            "measurements": [_row("MeasurementRow", kind="height", value=70, unit="mm")],
        },
    )
    artifact.titles.add(Title(text="Former title", language="en", superseded=True))
    artifact.save()
    other = make_object("HUE 2", "Trống", public=False)
    catch_up()
    reader = reader_of(make_user(Role.CATALOGUER, artifact.department))
    for query in (
        "title:bát", "material:ceramics", "material:porcelain", f"material:{ceramics.public_id}", "maker:hoa", "credit_line:gift",
        "acquired_year:1987", "date:1830", "production_date:1840", "height:7", "cao:<8cm", "embargo_until:>2098", "extra:tràng",
        "state:rights_missing AND number:HUE-1", "title.superseded:yes", f"department:{artifact.department.public_id} title:bát",
        "state:draft height:*", "language:vi title:bát", "created:today HUE-1", "-title:trống",
    ):  # fmt: skip
        assert found(query, reader) == {"HUE 1"}, query
    assert found("title:former", reader) == set()
    assert found("", reader) == {"HUE 1", "HUE 2"}
    assert other.pk


def _row(model: str, **values: Any) -> Any:
    return apps.get_model("artifacts", model)(**values)


CANARY = "zqkanarixyz"


@pytest.fixture
def priced(museum_search: Any) -> Artifact:
    artifact = make_object(
        "HUE 1",
        "Drum",
        public=False,
        staff_notes="a note for staff",
        rows={
            "provenance": [ProvenanceStep(text=text("Bought"), price_amount=120_000, price_currency="USD")],
            "rights": [Right(restrictions=CANARY)],
        },
    )
    make_object("HUE 2", "Bell", public=False, rows={"provenance": [ProvenanceStep(text=text("Given"))]})
    catch_up()
    return artifact


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_may_not_read_it_can_neither_ask_nor_guess(priced: Artifact, role: Role):
    reader = reader_of(make_user(role, priced.department))
    may_read = role in {Role.REGISTRAR, Role.ADMINISTRATOR}
    assert found("staff_notes:note", reader) == {"HUE 1"}
    for query in (
        "price:>100000",
        "restrictions:" + CANARY,
        "provenance.price_amount:*",
        "right.restrictions:*",
        "provenance.price_currency:usd",
    ):
        if may_read:
            assert found(query, reader) == {"HUE 1"}, query
        else:
            with pytest.raises(QueryError, match="There is no field"):
                found(query, reader)
    # neither by a word alone, nor by a field that gathers others, nor by what is missing
    for query in (CANARY, f"rights:{CANARY}", f"provenance:{CANARY}", f"{CANARY[:6]}*", "120000"):
        assert found(query, reader) == ({"HUE 1"} if may_read and query in {CANARY, f"{CANARY[:6]}*"} else set()), query
    assert found("rights:*", reader) == set() and found("-rights:*", reader) == {"HUE 1", "HUE 2"}
    names = {one.name for one in fields.readable(reader)}
    assert ("price" in names) is may_read and ("right.restrictions" in names) is may_read
    result = curators.search(curators.asked(CANARY), reader, facets=True)
    assert may_read or not any(bucket.count for facet in result.facets.values() for bucket in facet.buckets)
    assert may_read or CANARY not in repr(result)


@pytest.mark.django_db
def test_another_departments_record_is_not_there(priced: Artifact):
    reader = reader_of(make_user(Role.REGISTRAR, make_department()))
    assert found("", reader) == found("drum", reader) == found("-drum", reader) == found("price:*", reader) == set()
    result, reasons = curators.why(curators.asked("drum"), reader, priced.public_id)
    assert result.total == 0 and not any(reason.met for reason in reasons)


@pytest.mark.django_db(transaction=True)  # the journal notes a record once in a transaction
def test_the_state_follows_review_and_draft(museum_search: Any):
    from wagtail.models import Workflow

    artifact = make_object("HUE 1", "Drum")
    user = make_user(Role.CURATOR, artifact.department)
    artifact.titles.set([Title(text="Kettledrum", language="en")])
    artifact.save_revision(user=user)
    Workflow.objects.get(name="Curator’s review").start(artifact, user)
    catch_up()
    reader = reader_of(user)
    for query in ("state:changed", "state:review", "reviewer:me", "changed_by:me", "state:no_picture", "state:live"):
        assert found(query, reader) == {"HUE 1"}, query
    assert found("reviewer:me", reader_of(make_user(Role.CATALOGUER, artifact.department))) == set()
    artifact.current_workflow_task_state.approve(user=user)
    catch_up()
    artifact.refresh_from_db()
    assert (artifact.has_unpublished_changes, artifact.workflow_states.get().status) == (False, "approved")
    assert found("state:review", reader) == found("state:changed", reader) == set()


@pytest.mark.django_db
def test_why_a_record_is_found_is_told_condition_by_condition(priced: Artifact):
    reader = reader_of(make_user(Role.CURATOR, priced.department))
    found_, reasons = curators.why(curators.asked("drum staff_notes:note height:*"), reader, priced.public_id)
    assert found_.total == 0
    assert [(reason.text, reason.met) for reason in reasons] == [("drum", True), ("staff_notes:note", True), ("height:*", False)]
    assert reasons[0].places == ("title",)
    _, reasons = curators.why(curators.asked("-drum NOT (height:* OR -staff_notes:note)"), reader, priced.public_id)
    assert [(reason.text, reason.met) for reason in reasons] == [("-drum", False), ("-height:*", True), ("staff_notes:note", True)]
    assert reasons[0].places == ("title",)
