"""An import of object records: what it makes, what a second one changes, what it leaves alone."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from wagtail.models import ModelLogEntry

from artifacts.models import Artifact, Title
from exchange.models import ImportJob, ImportRow, Imprint
from records import journal
from records.models import JournalEntry
from tests.exchange.conftest import CREATOR, catalogue_dump, painting, problems, run
from vocabularies.models import Agent, Term

pytestmark = pytest.mark.django_db


def the_object(number: int = 1) -> Artifact:
    return Artifact.objects.get(source="cmoa", source_id=f"cmoa:things/{number}")


def test_a_record_becomes_a_public_object_with_all_its_parts(lines):
    outcome = run("cmoa", lines(painting()))
    artifact = the_object()
    assert outcome.counts["created"] == 1
    assert artifact.is_public and artifact.live and artifact.first_published_on
    assert artifact.accession_number == "00.1" and artifact.accession_norm == "00 1"
    assert artifact.museum.code == "cmoa" and str(artifact.department) == "Fine Arts"
    assert [title.text for title in artifact.titles.all()] == ["Fifth Avenue in Winter"]
    assert [(str(name.term), name.role) for name in artifact.object_names.all()] == [("Paintings", "classification")]
    event = artifact.events.get()
    assert (event.date_text, event.date_earliest, event.date_latest, event.date_circa) == ("c. 1892", 1887, 1897, True)
    assert {(str(use.term), use.term.vocabulary.code) for use in artifact.materials.all()} == {
        ("oil paint", "materials"),
        ("canvas", "materials"),
    }
    assert artifact.materials_display == {"en": {"text": "oil on canvas", "state": "source"}}
    sizes = {size.kind: (float(size.value), size.unit) for size in artifact.measurements.all()}
    assert sizes == {"height": (22, "[in_i]"), "width": (28, "[in_i]"), "depth": (3, "[in_i]")}
    assert artifact.provenance.get().text["en"]["text"] == PROVENANCE
    assert artifact.gallery["en"]["text"] == "Gallery 8, Scaife Galleries"
    assert (artifact.acquired_text, artifact.acquired_year) == ("1900", 1900)


PROVENANCE = "Childe Hassam, until 1900;\npurchased by Department of Fine Arts, January 1900."


def test_a_creator_becomes_a_candidate_person_with_life_and_origin(lines):
    run("cmoa", lines(painting(1), painting(2)))
    agent = Agent.objects.get(source="cmoa", source_id=CREATOR["artist_id"])
    assert (str(agent), agent.kind, agent.status, agent.is_public) == ("Childe Hassam", "person", "candidate", True)
    assert (agent.birth_year, agent.death_year, agent.life_dates) == (1859, 1935, "1859–1935")
    assert str(agent.nationality) == "American" and agent.nationality.vocabulary.code == "cultures"
    assert [name.text for name in agent.names.all()] == ["Hassam, Childe"]
    assert [(date.kind, str(date.place or "")) for date in agent.dates.all()] == [("birth", "Dorchester, Massachusetts"), ("death", "")]
    assert {maker.agent_id for artifact in Artifact.objects.all() for maker in artifact.makers.all()} == {agent.pk}


def test_every_column_of_the_source_is_kept_as_it_came(lines):
    record = painting()
    run("cmoa", lines(record))
    kept = Imprint.objects.get().record
    assert set(kept) == (set(record) - {"images"}) | {"image_url"}
    assert kept["image_url"] == ["http://collection.cmoa.org/1", "http://collection.cmoa.org/2"]
    assert kept["web_url"] == record["web_url"]
    assert kept["creator"][0]["birth_date"] == "1859-10-17"


def test_the_same_file_a_second_time_writes_nothing(lines):
    path = lines(painting(1), painting(2), painting(3, title=None))
    run("cmoa", path)
    before = catalogue_dump()
    second = run("cmoa", path)
    assert second.counts["unchanged"] == 3 and not second.counts["created"] and not second.counts["updated"]
    assert catalogue_dump() == before
    assert not second.job.rows.exists() and not second.job.problems.exists()


def test_a_changed_cell_changes_exactly_what_it_says(lines):
    run("cmoa", lines(painting(1), painting(2)))
    before = catalogue_dump()
    outcome = run("cmoa", lines(painting(1), painting(2, credit_line="Gift of the artist")))
    assert (outcome.counts["updated"], outcome.counts["unchanged"]) == (1, 1)
    after = catalogue_dump()
    changed = {
        (label, row["id"], name)
        for label, rows in after.items()
        if label.startswith(("artifacts.", "vocabularies."))
        for row, old in zip(rows, before[label], strict=True)
        for name in row
        if row[name] != old[name]
    }
    pk = the_object(2).pk
    assert changed == {("artifacts.Artifact", pk, name) for name in ("credit_line", "source_hash", "updated_at")}
    assert the_object(2).credit_line["en"]["text"] == "Gift of the artist"


def test_a_changed_row_replaces_that_row_and_no_other(lines):
    run("cmoa", lines(painting(creator=[CREATOR, {**CREATOR, "artist_id": "x", "full_name": "Kartell"}])))
    kept = the_object().makers.first().pk
    run("cmoa", lines(painting(creator=[CREATOR, {**CREATOR, "artist_id": "y", "full_name": "Philippe Starck", "cited_name": ""}])))
    assert [(maker.pk == kept, str(maker.agent)) for maker in the_object().makers.all()] == [
        (True, "Childe Hassam"),
        (False, "Philippe Starck"),
    ]


def test_a_value_that_disappears_from_the_source_disappears_here(lines):
    run("cmoa", lines(painting()))
    run("cmoa", lines(painting(credit_line=None, provenance_text=None)))
    assert the_object().credit_line == {} and not the_object().provenance.exists()


def test_a_curators_edit_of_another_field_survives_a_changed_file(lines):
    run("cmoa", lines(painting()))
    artifact = the_object()
    artifact.titles.add(Title(text="Đại lộ số 5 mùa đông", language="vi"))
    artifact.style = {"en": {"text": "Impressionism", "state": "source"}}
    artifact.save_revision().publish()
    run("cmoa", lines(painting(title="Fifth Avenue in Winter (Snow)")))
    artifact = the_object()
    assert {title.text for title in artifact.titles.all()} == {"Đại lộ số 5 mùa đông", "Fifth Avenue in Winter (Snow)"}
    assert artifact.style["en"]["text"] == "Impressionism"


def test_a_field_that_both_changed_is_a_conflict_and_keeps_our_text(lines):
    run("cmoa", lines(painting()))
    artifact = the_object()
    artifact.credit_line = {"en": {"text": "Bought by friends", "state": "source"}}
    artifact.save()
    outcome = run("cmoa", lines(painting(credit_line="Gift", medium="ink on paper")))
    assert problems(outcome)["both_changed"] == 1
    artifact = the_object()
    assert artifact.credit_line["en"]["text"] == "Bought by friends"
    assert artifact.materials_display["en"]["text"] == "ink on paper"
    conflict = outcome.job.problems.get(code="both_changed")
    assert (conflict.row, conflict.column, conflict.severity) == (1, "credit_line", "conflict")


def test_a_record_with_an_unpublished_draft_is_reported_and_not_touched(lines):
    run("cmoa", lines(painting()))
    artifact = the_object()
    artifact.staff_notes = "not yet"
    artifact.save_revision()
    before = catalogue_dump()
    outcome = run("cmoa", lines(painting(title="Another title")))
    assert outcome.counts["conflict"] == 1 and problems(outcome)["draft"] == 1
    assert catalogue_dump() == before
    assert outcome.job.rows.get().outcome == ImportRow.Outcome.CONFLICT


def test_an_old_revision_does_not_bring_the_old_text_back_into_the_form(lines):
    run("cmoa", lines(painting()))
    the_object().save_revision().publish()
    run("cmoa", lines(painting(title="A new title")))
    in_the_form = the_object().get_latest_revision_as_object()
    assert [title.text for title in in_the_form.titles.all()] == ["A new title"]
    assert the_object().revisions.count() == 1


def test_a_record_that_vanished_from_its_source_is_told_and_stays(lines):
    run("cmoa", lines(painting(1), painting(2)))
    outcome = run("cmoa", lines(painting(1)))
    problem = outcome.job.problems.get(code="vanished")
    assert (problem.severity, problem.column, problem.source_id, problem.value) == ("warning", "id", "cmoa:things/2", "cmoa:things/2")
    assert outcome.counts["warnings"] == 1 and Artifact.objects.get(source_id="cmoa:things/2").is_public
    assert [p.code for p in run("cmoa", lines(painting(1)), dry_run=True).problems] == ["vanished"]
    assert not run("cmoa", lines(painting(1), painting(2))).job.problems.filter(code="vanished").exists()


def test_another_part_of_a_source_is_not_told_record_by_record(lines):
    run("cmoa", lines(*map(painting, range(1, 25))))
    problem = run("cmoa", lines(painting(30))).job.problems.get(code="many_vanished")
    assert "lacks 24 records" in problem.message and "cmoa:things/1" in problem.value


def test_a_problem_is_told_in_the_readers_language(lines):
    run("cmoa", lines(painting(1), painting(2)))
    with translation.override("vi"):
        problem = run("cmoa", lines(painting(1))).job.problems.get(code="vanished")
    with translation.override("en"):
        assert problem.told[0].startswith("This record of the source")
    with translation.override("vi"):
        assert problem.told[0].startswith("Bản ghi này")
    problem.facts = None  # of an import before facts were kept
    assert problem.told == (problem.message, problem.advice)


def test_a_dry_run_writes_nothing_and_reports_the_same(lines):
    path = lines(painting(1), painting(2, title=None), painting(3, id=""), painting(4, accession_number="00.1"))
    before = catalogue_dump()
    dry = run("cmoa", path, dry_run=True)
    assert catalogue_dump() == before and not ImportJob.objects.exists()
    real = run("cmoa", path)
    assert dry.counts == real.counts
    told = sorted((p.row, p.column, p.value, p.message) for p in dry.problems)
    assert told == sorted((p.row, p.column, p.value, p.message) for p in real.job.problems.all())
    assert sorted(dry.notes.stored()) == sorted(real.notes.stored())


def test_an_import_as_drafts_shows_nothing_to_the_public(lines):
    run("cmoa", lines(painting()), draft=True)
    artifact = the_object()
    assert not artifact.live and not artifact.is_public and artifact.first_published_on is None
    outcome = run("cmoa", lines(painting(title="Changed in the source")), draft=True)
    assert outcome.counts["updated"] == 1 and not the_object().is_public


def test_the_history_and_the_journal_hear_of_each_changed_object_once(lines, monkeypatch):
    monkeypatch.setattr(journal, "consumers", {"listener": journal.Consumer("listener")})
    outcome = run("cmoa", lines(painting(1), painting(2)))
    objects = JournalEntry.objects.filter(kind="object").values_list("record_pk", flat=True)
    assert sorted(objects) == sorted(Artifact.objects.values_list("pk", flat=True))
    assert JournalEntry.objects.filter(kind="agent").count() == 1
    entries = ModelLogEntry.objects.filter(action="exchange.import")
    assert sorted(entry.object_id for entry in entries) == sorted(str(pk) for pk in objects)
    assert {entry.data["import"] for entry in entries} == {outcome.job.pk}
    JournalEntry.objects.all().delete()
    run("cmoa", lines(painting(1), painting(2, title="Changed")))
    assert list(JournalEntry.objects.values_list("kind", "record_pk")) == [("object", the_object(2).pk)]


def test_an_import_writes_no_revisions(lines):
    run("cmoa", lines(painting()))
    run("cmoa", lines(painting(title="Changed")))
    assert not the_object().revisions.exists()


def test_a_second_record_with_a_taken_number_is_kept_under_a_marked_one(lines):
    outcome = run("cmoa", lines(painting(1), painting(2, accession_number="00.1"), painting(3, accession_number="00.1")))
    numbers = list(Artifact.objects.order_by("pk").values_list("accession_number", flat=True))
    assert numbers == ["00.1", "00.1 [2]", "00.1 [3]"]
    told = outcome.job.problems.filter(code="number_taken").first()
    assert told.row == 2 and "row 1 of this file" in told.message and "00.1 [2]" in told.message
    assert the_object(2).identifiers.get().value == "00.1"
    again = run("cmoa", lines(painting(1), painting(2, accession_number="00.1", title="Changed"), painting(3, accession_number="00.1")))
    assert (again.counts["updated"], the_object(2).accession_number) == (1, "00.1 [2]")
    assert the_object(2).identifiers.count() == 1


def test_a_number_of_an_object_that_is_here_already_is_reported_with_its_name(lines):
    run("cmoa", lines(painting(1)))
    Artifact.objects.update(source="", source_id="")
    outcome = run("cmoa", lines(painting(2, accession_number="00.1")))
    assert "Fifth Avenue in Winter" in outcome.job.problems.get(code="number_taken").message


def test_a_record_given_twice_is_refused_with_both_rows(lines):
    outcome = run("cmoa", lines(painting(1), painting(2), painting(1, title="Again")))
    refused = outcome.job.problems.get(code="key_twice")
    assert (refused.row, refused.severity) == (3, "error") and "Row 1 of this file" in refused.message
    assert (outcome.counts["created"], outcome.counts["refused"]) == (2, 1)


def test_a_row_that_the_database_refuses_takes_no_other_with_it(lines, monkeypatch):
    from django.db import IntegrityError

    from exchange import writing

    real = writing.create

    def strict(plans, *rest):
        if any(plan.key.endswith("/2") for plan in plans):
            raise IntegrityError("it does not fit")
        real(plans, *rest)

    monkeypatch.setattr(writing, "create", strict)
    outcome = run("cmoa", lines(*(painting(number) for number in range(1, 6))))
    assert (outcome.counts["created"], outcome.counts["refused"], outcome.counts["read"]) == (4, 1, 5)
    assert sorted(Artifact.objects.values_list("source_id", flat=True)) == [f"cmoa:things/{number}" for number in (1, 3, 4, 5)]
    refused = outcome.job.problems.get()
    assert (refused.row, refused.code) == (2, "refused_by_database")
    assert outcome.job.cursor == 5


def test_a_person_whom_the_source_corrects_is_corrected_here(lines):
    run("cmoa", lines(painting()))
    run("cmoa", lines(painting(creator=[{**CREATOR, "birth_date": "1860-10-17"}])))
    agent = Agent.objects.get(source_id=CREATOR["artist_id"])
    assert agent.birth_year == 1860 and agent.dates.count() == 2


def test_a_person_whom_a_curator_changed_is_not_overwritten(lines):
    run("cmoa", lines(painting()))
    agent = Agent.objects.get(source_id=CREATOR["artist_id"])
    agent.life_dates = "1859–1935 (our research)"
    agent.save()
    outcome = run("cmoa", lines(painting(creator=[{**CREATOR, "birth_date": "1860-10-17"}])))
    agent.refresh_from_db()
    assert agent.life_dates == "1859–1935 (our research)" and problems(outcome)["both_changed"] == 1


def test_a_term_that_a_curator_renamed_is_found_again(lines):
    run("cmoa", lines(painting()))
    term = Term.objects.get(vocabulary__code="materials", source_id="materials:canvas")
    term.label = {"en": {"text": "linen canvas", "state": "source"}}
    term.save()
    run("cmoa", lines(painting(1), painting(2)))
    assert {str(use.term) for use in the_object(2).materials.all()} == {"oil paint", "linen canvas"}


def test_a_term_that_is_here_already_is_used_whoever_made_it(lines):
    from tests.factories import make_term

    ours = make_term("Canvas", "materials")
    run("cmoa", lines(painting()))
    assert ours.pk in {use.term_id for use in the_object().materials.all()}


def test_what_a_curator_entered_before_the_source_did_is_no_conflict(lines):
    run("cmoa", lines(painting()))
    Artifact.objects.update(credit_line={"en": {"text": "Gift", "state": "source"}})
    outcome = run("cmoa", lines(painting(credit_line="Gift")))
    assert not outcome.counts["conflict"] and not problems(outcome)["both_changed"]
    assert not outcome.counts["updated"]


def test_the_command_fails_when_a_record_was_refused_and_says_how_many(lines, capsys, tmp_path):
    report = tmp_path / "report.csv"
    with pytest.raises(CommandError, match="1 records were refused"):
        call_command("import_records", "cmoa", str(lines(painting(1), painting(2, accession_number=""))), report=report)
    told = report.read_text(encoding="utf-8-sig").splitlines()
    assert told[0] == "severity,row,record,column,value,problem,what to do,rows"
    assert any(line.startswith("error,2,cmoa:things/2,accession_number,,The record has no accession number.") for line in told)


def test_the_command_succeeds_when_only_precision_was_lost(lines, capsys):
    call_command("import_records", "cmoa", str(lines(painting(title=None))))
    assert "1 records read: 1 created" in capsys.readouterr().out


def test_no_cell_of_a_report_acts_as_a_formula(lines, tmp_path):
    report = tmp_path / "report.csv"
    call_command(
        "import_records", "cmoa", str(lines(painting(creation_date_earliest='=HYPERLINK("http://x")'))), report=report, verbosity=0
    )
    assert "'=HYPERLINK" in report.read_text(encoding="utf-8-sig")
