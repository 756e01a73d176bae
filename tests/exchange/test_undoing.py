"""An import can be taken back, wherever nobody has touched the objects since."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from artifacts.models import Artifact, Title
from exchange.errors import ExchangeError
from exchange.models import ImportJob, Imprint
from exchange.undoing import undo
from tests.exchange.conftest import painting, run
from tests.factories import add_picture

pytestmark = pytest.mark.django_db
CHANGED = {"title": "Changed", "credit_line": "Gift", "item_width": 12.0, "accession_number": "00.99"}


def facts() -> list:
    """The object and its rows, without keys and times."""
    artifact = Artifact.objects.get(source_id="cmoa:things/1")
    own = {name: getattr(artifact, name) for name in ("accession_number", "accession_norm", "accession_sort", "credit_line", "source_hash")}
    rows = [
        [row.text for row in artifact.titles.all()],
        [(row.kind, row.value, row.unit) for row in artifact.measurements.all()],
        [str(row.agent) for row in artifact.makers.all()],
    ]
    imprint = Imprint.objects.get(artifact=artifact)
    return [own, rows, imprint.columns, imprint.rows, imprint.record]


def test_a_changed_object_gets_back_what_it_had(lines):
    run("cmoa", lines(painting()))
    before = facts()
    job = run("cmoa", lines(painting(**CHANGED))).job
    assert facts() != before
    done = undo(job)
    assert done.counts == {"restored": 1} and facts() == before
    job.refresh_from_db()
    assert job.state == ImportJob.State.UNDONE


def test_a_new_object_that_was_public_is_withdrawn_and_its_address_says_so(lines):
    job = run("cmoa", lines(painting())).job
    assert undo(job).counts == {"withdrawn": 1}
    artifact = Artifact.objects.get()
    assert artifact.withdrawn_on and not artifact.is_public and artifact.first_published_on


def test_what_an_undo_withdrew_comes_back_with_the_same_file(lines):
    path = lines(painting())
    undo(run("cmoa", path).job)
    outcome = run("cmoa", path)
    artifact = Artifact.objects.get()
    assert artifact.is_public and artifact.withdrawn_on is None
    assert (outcome.counts["updated"], outcome.counts["created"]) == (1, 0)
    assert run("cmoa", path).counts["unchanged"] == 1


def test_what_an_undo_withdrew_comes_back_as_a_draft_when_drafts_are_imported(lines):
    path = lines(painting())
    undo(run("cmoa", path).job)
    run("cmoa", path, draft=True)
    artifact = Artifact.objects.get()
    assert artifact.withdrawn_on is None and not artifact.live and not artifact.is_public


def test_one_that_comes_back_with_a_conflict_is_counted_once(lines):
    undo(run("cmoa", lines(painting())).job)
    Title.objects.update(text="Ours")
    outcome = run("cmoa", lines(painting(title="Theirs")))
    assert outcome.counts["conflicts"] == 1 and Title.objects.get().text == "Ours"
    assert (outcome.counts["read"], outcome.counts["updated"], outcome.counts["conflict"]) == (1, 1, 0)


def test_a_new_object_that_was_never_public_is_deleted(lines):
    job = run("cmoa", lines(painting()), draft=True).job
    assert undo(job).counts == {"deleted": 1} and not Artifact.objects.exists()


def test_an_object_that_somebody_edited_since_is_left_alone(lines):
    run("cmoa", lines(painting()))
    job = run("cmoa", lines(painting(**CHANGED))).job
    artifact = Artifact.objects.get()
    artifact.titles.add(Title(text="Bản dịch", language="vi"))
    artifact.save()
    done = undo(job)
    assert done.counts == {"kept": 1} and "edited since" in done.kept[0]
    assert Artifact.objects.get().titles.count() == 2


def test_an_object_with_pictures_is_left_alone(lines):
    job = run("cmoa", lines(painting())).job
    add_picture(Artifact.objects.get())
    assert "pictures" in undo(job).kept[0] and Artifact.objects.get().is_public


def test_an_older_import_waits_until_the_later_one_is_undone(lines):
    first = run("cmoa", lines(painting())).job
    second = run("cmoa", lines(painting(title="Changed"))).job
    assert "later import" in undo(first, dry_run=True).kept[0]
    undo(second)
    assert undo(first).counts == {"withdrawn": 1}


def test_a_dry_run_of_an_undo_changes_nothing(lines):
    run("cmoa", lines(painting()))
    job = run("cmoa", lines(painting(**CHANGED))).job
    after = facts()
    assert undo(job, dry_run=True).counts == {"restored": 1} and facts() == after
    job.refresh_from_db()
    assert job.state == ImportJob.State.FINISHED


def test_an_undo_cannot_be_done_twice(lines):
    job = run("cmoa", lines(painting())).job
    undo(job)
    job.refresh_from_db()
    with pytest.raises(ExchangeError, match="has been undone already"):
        undo(job)


def test_the_command_lists_the_imports_and_names_one_that_is_not_there(lines, capsys):
    job = run("cmoa", lines(painting())).job
    call_command("undo_import")
    assert f"{job.pk:>5}" in capsys.readouterr().out
    with pytest.raises(CommandError, match="There is no import 999999"):
        call_command("undo_import", 999999)
    call_command("undo_import", job.pk)
    assert "1 withdrawn" in capsys.readouterr().out
