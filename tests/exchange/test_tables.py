"""Tables in our own layout: what export writes, import reads back; a table changed in a spreadsheet changes what it says."""

from __future__ import annotations

import csv
import datetime
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from artifacts.models import (
    Artifact,
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
from exchange.layout import guarded, unguarded, written
from exchange.models import ImportJob
from records.projection import view_of
from tests.exchange.conftest import catalogue_dump, problems, run
from tests.factories import make_agent, make_department, make_object, make_place, make_term, text
from vocabularies.models import Agent

TWO_LANGUAGES = {"vi": {"text": "Trống có mặt trời\nở giữa.", "state": "source"}, "en": {"text": "A drum.", "state": "machine", "of": "vi"}}


def rich_object() -> Artifact:
    """An object with something in every kind of field."""
    other = make_object("BT 2", title="Trống nhỏ")
    return make_object(
        "=BT 1",
        title="Trống đồng Ngọc Lũ",
        rows={
            "titles": [
                Title(text="Ngoc Lu drum", language="en", kind="translated", preferred=False, certainty="probable", source_note="label")
            ],
            "identifiers": [Identifier(value="-12", kind="barcode", current=True)],
            "object_names": [ObjectName(term=make_term("trống", "object-names"))],
            "events": [
                Event(date_text="c. 500 BC", date_earliest=-509, date_latest=-489, date_circa=True, place=make_place(), note=TWO_LANGUAGES)
            ],
            "makers": [
                Maker(agent=make_agent(), qualifier="workshop", role=make_term("founder", "roles"), asserted_on=datetime.date(2026, 5, 1))
            ],
            "materials": [Material(term=make_term()), Material(term=make_term("casting", "techniques"), role="technique", part="body")],
            "measurements": [MeasurementRow(kind="diameter", value=Decimal("79.3"), unit="cm", display="ĐK 79,3 cm")],
            "descriptions": [Description(kind="label", text=TWO_LANGUAGES), Description(kind="physical", text=text("Bronze."))],
            "inscriptions": [Inscription(original="'+1", language="lzh", translation=TWO_LANGUAGES)],
            "subjects": [Subject(iconclass="48C7"), Subject(agent=make_agent("Lạc Long Quân"))],
            "relations": [Relation(kind="pair", other=other), Relation(other_uri="https://example.org/o/1", other_label="elsewhere")],
            "provenance": [ProvenanceStep(text=text("Found."), price_amount=Decimal("12.50"), price_currency="VND", gap=True)],
            "rights": [
                Right(
                    applies_to="image", statement="http://creativecommons.org/publicdomain/zero/1.0/", valid_from=datetime.date(2020, 1, 1)
                )
            ],
        },
        credit_line=TWO_LANGUAGES,
        staff_notes="Two\nlines; “quoted”",
        part_of=other,
        acquired_year=-3,
        extra={"weight as written": "86 kg"},
        embargo_until=datetime.date(2020, 1, 1),
    )


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def exported(tmp_path: Path, name: str = "out.csv") -> Path:
    path = tmp_path / name
    call_command("export_records", str(path), verbosity=0)
    return path


def rewritten(path: Path, change) -> Path:
    rows = table(path)
    for row in rows:
        change(row)
    header = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.django_db
def test_a_table_that_was_only_exported_changes_nothing(tmp_path):
    rich_object()
    path = exported(tmp_path)
    before = catalogue_dump()
    outcome = run("csv", path)
    assert outcome.counts["unchanged"] == 2 and not outcome.job.problems.exists()
    assert catalogue_dump() == before


@pytest.mark.django_db
def test_exported_wiped_and_imported_again_nothing_is_lost(tmp_path):
    rich_object()
    make_object("BT 9", public=False)
    before = exported(tmp_path)
    Artifact.objects.update(part_of=None)
    Relation.objects.all().delete()
    Artifact.objects.all().delete()
    outcome = run("csv", before)
    assert outcome.counts["created"] == 3, list(outcome.job.problems.values_list("column", "message"))
    after = exported(tmp_path, "again.csv")

    def told(path: Path) -> list[dict[str, str]]:
        return [{name: cell for name, cell in row.items() if name != "updated_at"} for row in table(path)]

    for old, new in zip(told(before), told(after), strict=True):
        assert {name: (old.get(name), new.get(name)) for name in {*old, *new} if old.get(name) != new.get(name)} == {}
    assert list(Artifact.objects.order_by("accession_number").values_list("is_public", flat=True)) == [True, True, False]


@pytest.mark.django_db
def test_a_cell_changed_in_a_spreadsheet_changes_that_field(tmp_path):
    artifact = rich_object()
    path = exported(tmp_path)

    def change(row):
        if row["public_id"] == artifact.public_id:
            row["titles.1.text"] = "Trống đồng Ngọc Lũ I"
            row["credit_line@en"] = ""

    outcome = run("csv", rewritten(path, change))
    artifact.refresh_from_db()
    assert outcome.counts["updated"] == 1 and outcome.job.rows.get().fields == ["credit_line", "titles"]
    assert [title.text for title in artifact.titles.all()] == ["Trống đồng Ngọc Lũ I", "Ngoc Lu drum"]
    assert set(artifact.credit_line) == {"vi"} and artifact.makers.count() == 1
    assert run("csv", path).counts["unchanged"] == 2


@pytest.mark.django_db
def test_a_column_that_was_taken_out_of_the_table_leaves_its_field_alone(tmp_path):
    artifact = rich_object()
    path = exported(tmp_path)

    def change(row):
        for name in list(row):
            if name.startswith(("makers.1.role", "credit_line", "descriptions.2", "provenance")):
                del row[name]

    run("csv", rewritten(path, change))
    artifact.refresh_from_db()
    assert str(artifact.makers.get().role) == "founder" and set(artifact.credit_line) == {"vi", "en"}
    assert artifact.descriptions.count() == 2 and artifact.provenance.count() == 1


@pytest.mark.django_db
def test_an_object_changed_here_after_the_export_is_a_conflict(tmp_path):
    artifact = rich_object()
    path = exported(tmp_path)
    later = artifact.updated_at + datetime.timedelta(minutes=5)
    Artifact.objects.filter(pk=artifact.pk).update(staff_notes="changed meanwhile", updated_at=later)

    def change(row):
        if row["public_id"] == artifact.public_id:
            row["staff_notes"] = "changed in the table"

    outcome = run("csv", rewritten(path, change))
    artifact.refresh_from_db()
    assert artifact.staff_notes == "changed meanwhile" and problems(outcome)["changed_since_export"] == 1


@pytest.mark.django_db
def test_a_table_made_by_hand_needs_a_number_and_a_title(tmp_path):
    department = make_department()
    path = tmp_path / "hand.csv"
    path.write_text(
        "number;title;date;maker;medium@en;materials.1.term;materials.2.term\nBT 7;Bát sứ;thế kỷ 19;Lò Bát Tràng;porcelain;porcelain;\n",
        encoding="utf-8",
    )
    outcome = run("csv", path)
    artifact = Artifact.objects.get(accession_number="BT 7")
    assert outcome.counts["created"] == 1 and artifact.department == department and artifact.is_public
    event = artifact.events.get()
    assert (event.date_text, event.date_earliest, event.date_latest) == ("thế kỷ 19", 1800, 1899)
    assert str(artifact.makers.get().agent) == "Lò Bát Tràng" and artifact.makers.get().agent.status == "candidate"
    assert artifact.materials.get().term.vocabulary.code == "materials"
    assert run("csv", path).counts["unchanged"] == 1


@pytest.mark.django_db
def test_a_person_of_that_name_is_used_wherever_they_came_from(tmp_path):
    make_department()
    known = make_agent("Lê Văn Miến", source="elsewhere", source_id="7")
    path = tmp_path / "hand.csv"
    path.write_text("accession_number,title,maker\nBT 7,Bình văn,Lê Văn Miến\n", encoding="utf-8")
    run("csv", path)
    assert Artifact.objects.get().makers.get().agent == known and Agent.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("record_level", "piece", "“piece” is not a value of this field. Write one of: item, group"),
        ("acquired_year", "last year", "could not be read as a number"),
        ("embargo_until", "soon", "could not be read as a day"),
        ("department", "attic", "“attic” is not a value of this field"),
        ("makers.1.agent.id", "zzzzzzzzzzzz", "There is no person or group with this id here"),
        ("relations.1.other", "BT 99", "There is no object with this id here"),
        ("titles.1.preferred", "perhaps", "could not be read as yes or no"),
        ("measurements.1.value", "NaN", "could not be read as a number"),
        ("measurements.1.value", "Infinity", "could not be read as a number"),
        ("measurements.1.value", "1e400", "The value is not possible here"),
        ("measurements.1.value", "-5", "A measurement cannot be negative"),
        ("events.1.date_earliest", "99999999999", "it is larger than 2,147,483,647"),
    ],
)
def test_a_cell_that_cannot_be_is_refused_with_row_column_and_reason(tmp_path, column, cell, told):
    make_department()
    path = tmp_path / "hand.csv"
    path.write_text(f"accession_number,title,{column}\nBT 7,Bát sứ,{cell}\n", encoding="utf-8")
    outcome = run("csv", path)
    problem = outcome.job.problems.get(severity="error")
    assert (problem.row, problem.column) == (2, column)
    assert told in f"{problem.message} {problem.advice}"
    assert not Artifact.objects.exists() and outcome.counts["refused"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["data_licence", "relations.1.other_uri", "rights.1.statement"])
def test_what_is_no_web_address_is_told_and_becomes_no_link(tmp_path, column):
    make_department()
    path = tmp_path / "hand.csv"
    path.write_text(f"accession_number,title,{column}\nBT 7,Bát sứ,javascript:alert(1)\nBT 8,Đĩa,https://example.org/8\n", encoding="utf-8")
    outcome = run("csv", path)
    problem = outcome.job.problems.get(code="not_an_address")
    assert (problem.row, problem.column, problem.value) == (2, column, "javascript:alert(1)")
    first, second = (view_of("object", Artifact.objects.get(accession_number=number).pk) for number in ("BT 7", "BT 8"))
    assert "javascript" not in str(first)
    assert "https://example.org/8" in str(second)


@pytest.mark.django_db
def test_a_number_too_long_for_its_column_is_refused_as_it_would_not_be_found_again(tmp_path):
    make_department()
    path = tmp_path / "hand.csv"
    path.write_text(f"accession_number,title\n{'7' * 121},Bát sứ\n{'8' * 120},Đĩa\n", encoding="utf-8")
    outcome = run("csv", path)
    assert problems(outcome)["number_long"] == 1 and outcome.counts["created"] == 1
    assert run("csv", path).counts["unchanged"] == 1


@pytest.mark.django_db
def test_dates_that_cannot_be_and_titles_that_lack_are_told(tmp_path):
    make_department()
    path = tmp_path / "hand.csv"
    path.write_text(
        "number,title,date\nBT 1,Bát,31 February 1900\nBT 2,Đĩa,soon after\nBT 3,,1900\n\nBT 4,Vò,1890\n  , ,\n", encoding="utf-8"
    )
    outcome = run("csv", path)
    assert outcome.counts["created"] == outcome.counts["read"] == 4
    told = {problem.code: problem for problem in outcome.job.problems.all()}
    assert set(told) == {"day_impossible", "title_missing"}
    assert told["day_impossible"].row == 2 and "31 February 1900" in told["day_impossible"].message and told["title_missing"].row == 4
    assert ["date_not_understood", "date", "soon after", 1, 3] in outcome.notes.stored()


@pytest.mark.django_db
def test_years_the_wrong_way_round_are_exchanged_and_told(tmp_path):
    make_department()
    path = tmp_path / "hand.csv"
    path.write_text("number,title,events.1.date_earliest,events.1.date_latest\nBT 1,Bát,1950,1900\n", encoding="utf-8")
    outcome = run("csv", path)
    event = Artifact.objects.get().events.get()
    assert (event.date_earliest, event.date_latest) == (1900, 1950)
    assert problems(outcome)["bounds_inverted"] == 1 and run("csv", path).counts["unchanged"] == 1


@pytest.mark.django_db
def test_a_new_object_without_a_department_is_refused_when_there_are_several(tmp_path):
    make_department()
    make_department()
    path = tmp_path / "hand.csv"
    path.write_text("accession_number,title\nBT 7,Bát sứ\n", encoding="utf-8")
    assert problems(run("csv", path))["museum_missing"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("columns", "cells", "lacking"),
    [
        ("makers.1.agent,makers.1.name_as_written", ",Bùi Xuân Phái", "makers.1.agent"),
        ("materials.1.term.vocabulary", "materials", "materials.1.term"),
    ],
)
def test_a_row_that_does_not_name_what_it_is_about_is_refused_with_its_column(tmp_path, columns, cells, lacking):
    make_department()
    path = tmp_path / "hand.csv"
    path.write_text(f"accession_number,title,{columns}\nBT 7,Bát sứ,{cells}\nBT 8,Bát,{',' * columns.count(',')}\n", encoding="utf-8")
    outcome = run("csv", path)
    problem = outcome.job.problems.get(severity="error")
    assert (problem.code, problem.row, problem.column) == ("cell_missing", 2, lacking) and outcome.counts["created"] == 1


@pytest.mark.django_db
def test_an_export_holds_no_formula(tmp_path):
    rich_object()
    cells = [cell for row in table(exported(tmp_path)) for name, cell in row.items() if not name.endswith(("year", "earliest", "latest"))]
    assert "'=BT 1" in cells and not any(cell.startswith(("=", "+", "@", "-")) for cell in cells)


@pytest.mark.django_db
def test_an_unknown_department_is_told_with_those_there_are(tmp_path):
    make_department(code="ceramics")
    with pytest.raises(CommandError, match=r"There is no department “attic”\. Choose one of ceramics"):
        call_command("export_records", str(tmp_path / "out.csv"), department="attic")


@pytest.mark.django_db
def test_a_column_that_means_nothing_is_told(tmp_path):
    make_department()
    path = tmp_path / "hand.csv"
    path.write_text("accession_number,title,colour of the door\nBT 7,Bát sứ,green\n", encoding="utf-8")
    outcome = run("csv", path)
    assert outcome.job.problems.get(code="column_unknown").column == "colour of the door"
    assert ImportJob.objects.get().counts["created"] == 1


@pytest.mark.django_db
def test_headings_of_a_table_made_by_hand_may_be_typed_otherwise(tmp_path):
    make_department()
    path = tmp_path / "hand.csv"
    path.write_text("Accession Number,TITLE,Credit line@VI,Titles.2.Text\nBT 7,Bát sứ,Mua,Bowl\n", encoding="utf-8")
    outcome = run("csv", path)
    assert not outcome.job.problems.exists()
    artifact = Artifact.objects.get(accession_number="BT 7")
    assert artifact.credit_line["vi"]["text"] == "Mua" and [title.text for title in artifact.titles.all()] == ["Bát sứ", "Bowl"]


@pytest.mark.parametrize("text", ["=1+1", "a;=1+1", "a; =1+1", "a\n-1", "a\t+1", "x;'=1", "＝1", "a;＝1"])
def test_nothing_that_a_spreadsheet_may_take_for_a_cell_begins_with_a_sign_of_formulas(text):
    assert not re.search(r"(?:^|[;\t\r\n]\s*)[=+\-@＝＋－＠]", guarded(text)) and unguarded(guarded(text)) == text


def test_a_formula_within_json_stays_json():
    cell = written(Artifact._meta.get_field("extra"), {"note": "a;=1+1"})
    assert ";=" not in cell and json.loads(cell) == {"note": "a;=1+1"}


@given(st.text(alphabet="a=+-@'; \t\r\n\u00a0＝") | st.text())
def test_a_guarded_text_is_got_back(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
