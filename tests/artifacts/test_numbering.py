"""Accession numbers: unique in a museum, held by drafts, given by a pattern."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from artifacts import numbering
from artifacts.models import AccessionReservation
from records.models import RecordError
from tests.factories import make_department, make_museum, make_object, publish

pytestmark = pytest.mark.django_db


def test_two_objects_of_one_museum_cannot_bear_one_number():
    make_object("BT 1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_object("BT 1")


def test_two_museums_may_use_the_same_number():
    make_object("BT 1")
    other = make_museum()
    assert numbering.bearer(other, "BT 1") is None
    make_object("BT 1", department=make_department(museum=other))


def test_a_number_in_a_draft_of_a_live_object_is_taken():
    artifact, other = make_object("BT 1"), make_object("BT 2")
    artifact.accession_number = "BT 9"
    artifact.save_revision()
    assert numbering.bearer(artifact.museum, "BT 9") == artifact
    assert numbering.bearer(artifact.museum, "BT 9", but=artifact.pk) is None
    other.accession_number = "BT 9"
    with pytest.raises(ValidationError, match="draft"):
        other.save_revision()
    other.refresh_from_db()
    with pytest.raises(RecordError, match="taken"):
        numbering.reserve(other, other.museum_id, "BT 9")


def test_a_draft_that_takes_its_number_back_lets_it_go():
    artifact = make_object("BT 1")
    artifact.accession_number = "BT 9"
    artifact.save_revision()
    artifact.accession_number = "BT 1"
    artifact.save_revision()
    assert numbering.bearer(artifact.museum, "BT 9") is None


def test_publishing_turns_the_reservation_into_the_number():
    artifact = make_object("BT 1")
    artifact.accession_number = "BT 9"
    publish(artifact)
    assert artifact.accession_number == "BT 9"
    assert not AccessionReservation.objects.exists()
    assert numbering.bearer(artifact.museum, "BT 1") is None


@pytest.mark.parametrize(
    ("pattern", "taken", "expected"),
    [
        ("SH {year}.{number:3}", [], "SH 2026.001"),
        ("SH {year}.{number:3}", ["SH 2026.009", "SH 2026.7", "SH 2025.400", "SH 2026.x"], "SH 2026.010"),
        ("{number}/{year}", ["3/2026", "99/2025"], "4/2026"),
        ("", ["1"], ""),
    ],
)
def test_the_next_number_follows_the_museums_pattern(pattern, taken, expected):
    museum = make_museum(accession_pattern=pattern)
    department = make_department(museum=museum)
    for number in taken:
        make_object(number, department=department, public=False)
    assert numbering.next_number(museum, date(2026, 11, 24)) == expected


@pytest.mark.parametrize("pattern", ["{year}", "{number}{number}", "{day}.{number}", "{number"])
def test_a_pattern_that_cannot_work_is_refused_with_a_sentence(pattern):
    assert numbering.pattern_problem(pattern)


def test_good_patterns_have_no_problem():
    assert numbering.pattern_problem("SH {year}.{number:3}") == ""
    assert numbering.pattern_problem("") == ""
