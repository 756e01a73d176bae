"""Whether an object is public, withdrawn or merged is said of the object, and changed by nothing that a version of its record holds."""

from __future__ import annotations

import pytest

from artifacts import publishing
from artifacts.models import Artifact
from tests.factories import make_object

pytestmark = pytest.mark.django_db


def test_publishing_an_older_draft_does_not_undo_a_withdrawal():
    artifact = make_object("A 1")
    draft = artifact.save_revision()
    publishing.withdraw(artifact, "Claimed by its community")
    draft.publish()
    artifact = Artifact.objects.get(pk=artifact.pk)
    assert artifact.withdrawn_on
    assert artifact.withdrawn_reason == "Claimed by its community"
    assert not artifact.is_public


def test_publishing_an_older_draft_does_not_undo_a_merger():
    artifact, other = make_object("A 1"), make_object("A 2")
    draft = artifact.save_revision()
    publishing.merge(artifact, other)
    draft.publish()
    artifact = Artifact.objects.get(pk=artifact.pk)
    assert artifact.merged_into == other
    assert not artifact.is_public


def test_the_day_of_the_first_publication_stays():
    artifact = make_object("A 1", public=False)
    draft = artifact.save_revision()
    draft.publish()
    first = Artifact.objects.get(pk=artifact.pk).first_published_on
    assert first
    draft.publish()
    assert Artifact.objects.get(pk=artifact.pk).first_published_on == first


def test_the_draft_of_a_withdrawn_object_knows_that_it_is_withdrawn():
    artifact = make_object("A 1", public=False)
    artifact.save_revision()
    publishing.withdraw(artifact, "Sold")
    assert artifact.get_latest_revision_as_object().withdrawn_on
