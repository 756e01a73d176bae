"""What the workplace says of schedules: the state of an object in a word, and what the clock will do, in the museum's own time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from artifacts import publishing
from artifacts.models import Artifact, Title
from museum.workplace import status
from museum.workplace.objects.showing import listed, state_of
from tests.factories import make_department, make_object
from tests.museum.workplace.people import client_of, form_data, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


@pytest.fixture
def curator() -> Any:
    return make_user(Role.CURATOR, make_department())


def state(artifact: Artifact, user: Any) -> str:
    return state_of(listed(user).get(pk=artifact.pk))


def told(artifact: Artifact, user: Any) -> str:
    return " ".join(line.text for line in status.publication(Artifact.objects.get(pk=artifact.pk), user))


def test_a_time_that_only_stands_in_a_draft_schedules_nothing(curator: Any):
    artifact = make_object(public=False, go_live_at=timezone.now() + timedelta(hours=1))
    artifact.save_revision()
    assert state(artifact, curator) == "draft"
    assert "nothing is scheduled before" in told(artifact, curator)
    artifact.latest_revision.publish()
    assert state(artifact, curator) == "scheduled"
    assert "It goes live: " in told(artifact, curator)


@override_settings(TIME_ZONE="Asia/Ho_Chi_Minh")
def test_times_are_those_of_the_museums_clock(curator: Any):
    when = datetime(2099, 3, 31, 20, 30, tzinfo=UTC)
    artifact = make_object(public=False, go_live_at=when)
    artifact.save_revision().publish()
    assert "04/01/2099 3:30 a.m." in told(artifact, curator)


def test_an_object_that_expired_is_not_called_scheduled(curator: Any):
    artifact = make_object(expire_at=timezone.now() + timedelta(hours=1))
    assert "It expires: " in told(artifact, curator)
    past = timezone.now() - timedelta(minutes=1)
    Artifact.objects.filter(pk=artifact.pk).update(expire_at=past, go_live_at=past - timedelta(minutes=1))
    publishing.run_schedule()
    assert state(artifact, curator) == "expired"
    said = told(artifact, curator)
    assert "Expired: since" in said
    assert "goes live" not in said


def test_an_imported_object_stays_on_view_while_its_changes_wait(curator: Any):
    """Imported objects have no versions; Wagtail takes off what has no live one."""
    artifact = make_object(title="As imported")
    assert artifact.live_revision is None
    draft = artifact.get_latest_revision_as_object()
    draft.titles.set([Title(text="From tomorrow on", language="vi")])
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    revision = draft.save_revision()
    revision.publish()
    artifact = Artifact.objects.get(pk=artifact.pk)
    assert artifact.live
    assert artifact.is_public
    assert artifact.titles.get().text == "As imported"
    assert artifact.latest_revision == revision
    assert revision.is_latest_revision()
    assert artifact.live_revision.as_object().titles.get().text == "As imported"
    passed = timezone.now() - timedelta(seconds=1)
    content = {**revision.content, "go_live_at": passed.isoformat()}
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=passed, content=content)
    publishing.run_schedule()
    assert Artifact.objects.get(pk=artifact.pk).titles.get().text == "From tomorrow on"


def test_changes_of_a_live_object_that_wait_for_their_hour_are_called_scheduled(curator: Any):
    artifact = make_object()
    artifact.go_live_at = timezone.now() + timedelta(hours=1)
    artifact.save_revision().publish()
    assert Revision.objects.exclude(approved_go_live_at=None).exists()
    assert state(artifact, curator) == "live, scheduled"
    assert "Its changes go live: " in told(artifact, curator)


def expired(artifact: Artifact) -> Artifact:
    """The object after its time to expire has come."""
    artifact.expire_at = timezone.now() - timedelta(minutes=2)
    artifact.save_revision()
    Artifact.objects.filter(pk=artifact.pk).update(expire_at=artifact.expire_at)
    publishing.run_schedule()
    return Artifact.objects.get(pk=artifact.pk)


def test_what_expired_is_edited_and_published_without_looking_for_its_schedule(curator: Any):
    artifact = expired(make_object("BT 7", "Drum", department=curator.department_memberships.get().department))
    assert not artifact.live
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    data = {**form_data(artifact, curator), "titles-0-text": "Trống"}
    assert data["expire_at"]
    assert client_of(curator).post(address, data).status_code == 302
    artifact.refresh_from_db()
    assert artifact.titles.get().text == "Trống"
    assert client_of(curator).post(address, {**form_data(artifact, curator), "action-publish": "1"}).status_code == 302
    publishing.run_schedule()
    artifact.refresh_from_db()
    assert artifact.live


def test_a_time_to_expire_that_is_typed_anew_and_lies_in_the_past_is_refused(curator: Any):
    artifact = make_object("BT 7", "Drum", department=curator.department_memberships.get().department)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    answer = client_of(curator).post(address, {**form_data(artifact, curator), "expire_at": "2001-01-01 10:00"})
    assert answer.status_code == 200
    assert "expire_at" in answer.context["form"].errors


def test_what_expired_stays_when_it_is_published_from_the_list(curator: Any):
    artifact = expired(make_object("BT 7", "Drum", department=curator.department_memberships.get().department))
    artifact.latest_revision.publish()
    publishing.run_schedule()
    artifact.refresh_from_db()
    assert artifact.live
    assert artifact.is_public
