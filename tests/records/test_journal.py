"""How changes leave their transaction."""

import pytest
from django.db import transaction

from artifacts import dependents
from records import journal
from records.models import JournalEntry
from tests.factories import Maker, Material, make_agent, make_object, make_term, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def listener(monkeypatch):
    monkeypatch.setattr(journal, "consumers", {})
    journal.register("listener")
    return "listener"


def waiting():
    return [(entry.kind, entry.record_pk) for entry in journal.take("listener")]


@pytest.mark.django_db(transaction=True)
def test_one_save_of_a_record_with_many_rows_writes_one_entry():
    artifact = make_object(public=False)
    JournalEntry.objects.all().delete()
    with transaction.atomic():
        artifact.accession_number = "BT 1"
        artifact.save()
        artifact.titles.all()[0].save()
        journal.changed("object", artifact.pk)
    assert waiting() == [("object", artifact.pk)]


@pytest.mark.django_db(transaction=True)
def test_a_change_noted_in_a_savepoint_that_rolled_back_is_noted_again():
    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            journal.changed("object", 7)
            raise RuntimeError
        journal.changed("object", 7)
        journal.changed("object", 7)
    assert waiting() == [("object", 7)]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_rolls_back_leaves_nothing_and_the_next_one_is_heard():
    with pytest.raises(RuntimeError), transaction.atomic():
        journal.changed("object", 8)
        raise RuntimeError
    assert waiting() == []
    journal.changed("object", 8)
    assert waiting() == [("object", 8)]


def test_a_failed_entry_waits_longer_each_time_and_is_given_up_in_the_end():
    journal.changed("object", 9)
    entries = journal.take("listener")
    journal.failed(entries, "boom")
    assert journal.take("listener") == []
    for _ in range(journal.MAX_ATTEMPTS):
        journal.failed(entries, "boom")
    assert JournalEntry.objects.get().dead


def test_an_engine_that_is_away_does_not_use_up_attempts():
    journal.changed("object", 9)
    entries = journal.take("listener")
    for _ in range(50):
        journal.failed(entries, "away", count_attempt=False)
    assert not JournalEntry.objects.get().dead


def test_versions_only_grow():
    first = journal.next_version(5)
    assert journal.next_version() == first + 5


@pytest.mark.django_db(transaction=True)
def test_renaming_an_agent_reaches_every_object_that_shows_it():
    journal.register(dependents.CONSUMER, dependents.MODELS, dependents.process)
    agent = make_agent()
    artifact = make_object(rows={"makers": [Maker(agent=agent)]})
    other = make_object()
    JournalEntry.objects.all().delete()
    agent.label = text("Nguyễn Văn B", "vi")
    agent.save()
    dependents.process()
    assert ("object", artifact.pk) in waiting()
    assert ("object", other.pk) not in waiting()


def test_renaming_a_broader_term_reaches_objects_of_the_narrower_ones():
    alloy = make_term("alloy")
    bronze = make_term("bronze", broader=alloy)
    artifact = make_object(rows={"materials": [Material(term=bronze)]})
    assert list(dependents.dependents(alloy)) == [artifact.pk]
    assert dependents.count(bronze) == 1


@pytest.mark.django_db(transaction=True)
def test_a_part_that_changes_reaches_its_whole_and_does_not_go_round_in_circles():
    journal.register(dependents.CONSUMER, dependents.MODELS, dependents.process)
    whole = make_object()
    part = make_object(part_of=whole)
    JournalEntry.objects.all().delete()
    part.save()
    dependents.process()
    assert ("object", whole.pk) in waiting()
    assert dependents.process() == 0


def test_single_acts_go_before_what_was_noted_in_bulk():
    journal.changed("object", range(1000, 1000 + journal._SINGLE_ACT + 1))
    journal.changed("object", 7)
    assert [entry.record_pk for entry in journal.take("listener", 2)] == [7, 1000]
    assert [entry.record_pk for entry in journal.take("listener", single=True)] == [7]


@pytest.mark.django_db(transaction=True)
def test_a_new_record_is_told_once_and_not_to_those_who_carry_changes_on():
    journal.register(dependents.CONSUMER, dependents.MODELS, dependents.process, fresh=["object"])
    with transaction.atomic():
        agent = make_agent()
        agent.save()
    assert waiting() == [("agent", agent.pk)]
    assert journal.take(dependents.CONSUMER) == []
    agent.save()
    assert [entry.record_pk for entry in journal.take(dependents.CONSUMER)] == [agent.pk]


@pytest.mark.django_db(transaction=True)
def test_a_new_part_reaches_its_whole():
    journal.register(dependents.CONSUMER, dependents.MODELS, dependents.process, fresh=["object"])
    whole = make_object()
    JournalEntry.objects.all().delete()
    make_object(part_of=whole)
    dependents.process()
    assert ("object", whole.pk) in waiting()
