"""A table of our own between two imports of a source: what the table says is the museum's own word, not the source's."""

from __future__ import annotations

import csv

import pytest
from django.core.management import call_command

from artifacts.models import Artifact, Title
from exchange.standings import Standings
from exchange.undoing import undo
from tests.exchange.conftest import painting, run

pytestmark = pytest.mark.django_db


def exported(tmp_path):
    path = tmp_path / "out.csv"
    call_command("export_records", path)
    return path


def test_a_curators_text_survives_a_table_that_changed_nothing_and_then_its_source(lines, tmp_path):
    run("cmoa", lines(painting()))
    Artifact.objects.update(credit_line={"en": {"text": "Ours", "state": "source"}})
    Title.objects.update(text="Our title")
    assert run("csv", exported(tmp_path)).counts["unchanged"] == 1
    run("cmoa", lines(painting(item_width=40.0)))
    artifact = Artifact.objects.get()
    assert artifact.credit_line["en"]["text"] == "Ours" and artifact.titles.get().text == "Our title"


def test_what_a_table_changed_survives_its_source(lines, tmp_path):
    run("cmoa", lines(painting()))
    path = exported(tmp_path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["credit_line@en"], rows[0]["titles.1.text"] = "Ours", "Our title"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0])
        table.writeheader()
        table.writerows(rows)
    assert run("csv", path).counts["updated"] == 1
    run("cmoa", lines(painting(item_width=40.0)))
    artifact = Artifact.objects.get()
    assert artifact.credit_line["en"]["text"] == "Ours" and artifact.titles.get().text == "Our title"


def test_what_the_source_says_anew_after_a_table_is_taken(lines, tmp_path):
    run("cmoa", lines(painting()))
    run("csv", exported(tmp_path))
    outcome = run("cmoa", lines(painting(credit_line="Gift", title="New title")))
    artifact = Artifact.objects.get()
    assert artifact.credit_line["en"]["text"] == "Gift" and artifact.titles.get().text == "New title"
    assert outcome.counts["conflict"] == 0


def test_a_table_is_undone_to_what_the_source_had_said(lines, tmp_path):
    run("cmoa", lines(painting()))
    path = exported(tmp_path)
    path.write_text(path.read_text(encoding="utf-8-sig").replace("Purchase", "Ours"), encoding="utf-8")
    job = run("csv", path).job
    assert Artifact.objects.get().credit_line["en"]["text"] == "Ours"
    assert undo(job).counts == {"restored": 1} and Artifact.objects.get().credit_line["en"]["text"] == "Purchase"
    assert run("cmoa", lines(painting(credit_line="Gift"))).counts["updated"] == 1


def test_a_batch_of_rows_finds_its_objects_with_few_questions(lines, django_assert_max_num_queries):
    run("cmoa", lines(*map(painting, range(1, 31))))
    by_id = {f"id {n}": {"source": "cmoa", "source_id": f"cmoa:things/{n}"} for n in range(1, 16)}
    by_number = {f"number {n}": {"number": f"00.{n}"} for n in range(16, 31)}
    records = {**by_id, **by_number, "none": {"number": "1"}, "elsewhere": {"number": "00.1", "museum": "other"}}
    with django_assert_max_num_queries(4):
        found = Standings(records.values()).find_all(records)
    assert found.keys() == by_id.keys() | by_number.keys()
    assert found["number 16"].source_id == "cmoa:things/16"
