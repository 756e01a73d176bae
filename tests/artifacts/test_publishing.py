"""What makes an object visible, and what hides it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision

from artifacts import publishing
from artifacts.models import Artifact, ObjectType
from artifacts.required import NotComplete
from media.models import Asset
from records.models import JournalEntry, RecordError
from records.projection import view_of
from tests.factories import add_picture, make_object, publish

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_public():
    artifact = make_object(public=False)
    assert not Artifact.objects.public().exists()
    assert view_of("object", artifact.pk) is None


def test_a_published_object_is_public_and_remembers_since_when():
    artifact = make_object()
    assert artifact.is_public
    assert artifact.first_published_on is not None


def test_an_unpublished_object_was_public_and_is_not_now():
    artifact = make_object()
    artifact.unpublish()
    artifact.refresh_from_db()
    assert not artifact.is_public
    assert list(Artifact.objects.was_public()) == [artifact]


def test_an_embargo_hides_a_live_object_until_its_day():
    tomorrow = timezone.localdate() + timedelta(days=1)
    artifact = make_object(embargo_until=tomorrow)
    assert artifact.live
    assert not artifact.is_public
    assert artifact.first_published_on is None
    Artifact.objects.filter(pk=artifact.pk).update(embargo_until=timezone.localdate())
    assert publishing.tick() == 1
    artifact.refresh_from_db()
    assert artifact.is_public


def test_an_embargo_set_on_a_public_object_takes_effect_at_the_next_tick():
    artifact = make_object()
    Artifact.objects.filter(pk=artifact.pk).update(embargo_until=timezone.localdate() + timedelta(days=3))
    publishing.tick()
    artifact.refresh_from_db()
    assert not artifact.is_public


def test_scheduled_publishing_makes_an_object_public_when_it_is_due():
    artifact = make_object(public=False, go_live_at=timezone.now() + timedelta(hours=1))
    artifact.save_revision().publish()
    artifact.refresh_from_db()
    assert not artifact.is_public
    revision = artifact.scheduled_revision
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = revision.approved_go_live_at.isoformat()
    revision.save()
    publishing.run_schedule()
    artifact.refresh_from_db()
    assert artifact.is_public


def test_an_expired_object_vanishes():
    artifact = make_object()
    Artifact.objects.filter(pk=artifact.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    publishing.run_schedule()
    artifact.refresh_from_db()
    assert not artifact.is_public


def test_a_withdrawal_needs_a_reason_and_hides_the_object():
    artifact = make_object()
    with pytest.raises(RecordError, match="why"):
        publishing.withdraw(artifact, "  ")
    publishing.withdraw(artifact, "Returned to its community")
    assert not artifact.is_public
    publishing.restore(artifact)
    assert artifact.is_public


def test_a_merged_object_leads_to_the_other_even_through_a_chain():
    first, second, third = make_object(), make_object(), make_object()
    publishing.merge(first, second)
    publishing.merge(second, third)
    first.refresh_from_db()
    assert first.merged_into == third
    assert not first.is_public
    with pytest.raises(RecordError):
        publishing.merge(third, first)


def test_a_picture_added_to_a_public_object_waits_for_the_next_publish():
    artifact = make_object()
    use = add_picture(artifact, published=False)
    assert use.asset.tier == Asset.Tier.HIDDEN
    assert view_of("object", artifact.pk)["media"] == []
    publish(artifact)
    use.asset.refresh_from_db()
    assert use.asset.tier == Asset.Tier.PUBLIC
    assert [media["id"] for media in view_of("object", artifact.pk)["media"]] == [use.public_id]


def test_a_picture_has_the_tier_of_its_widest_public_use():
    shown, other = make_object(), make_object()
    restricted = add_picture(shown, publication_class="restricted")
    assert Asset.objects.get(pk=restricted.asset_id).tier == Asset.Tier.RESTRICTED
    add_picture(other, asset=restricted.asset)
    assert Asset.objects.get(pk=restricted.asset_id).tier == Asset.Tier.PUBLIC
    other.unpublish()
    assert Asset.objects.get(pk=restricted.asset_id).tier == Asset.Tier.RESTRICTED
    shown.unpublish()
    assert Asset.objects.get(pk=restricted.asset_id).tier == Asset.Tier.HIDDEN


def test_pictures_of_an_object_with_limited_access_are_hidden():
    artifact = make_object(access_limit="limited")
    use = add_picture(artifact)
    assert Asset.objects.get(pk=use.asset_id).tier == Asset.Tier.HIDDEN
    assert view_of("object", artifact.pk)["media"] == []


@pytest.mark.django_db(transaction=True)
def test_each_change_of_visibility_is_in_the_journal():
    artifact = make_object()
    JournalEntry.objects.all().delete()
    publishing.withdraw(artifact, "because")
    assert JournalEntry.objects.filter(kind="object", record_pk=artifact.pk).exists()


def of_a_type_that_requires(*fields: str, **values):
    kind = ObjectType.objects.create(code="painting", label={"en": {"text": "Painting", "state": "source"}}, required=list(fields))
    return make_object(public=False, object_type=kind, **values)


def test_what_a_type_requires_is_asked_for_however_an_object_is_published():
    artifact = of_a_type_that_requires("credit_line", "materials")
    with pytest.raises(NotComplete, match="Credit line and Material"):
        artifact.save_revision().publish()
    artifact.go_live_at = timezone.now() + timedelta(hours=1)
    with pytest.raises(NotComplete):
        artifact.save_revision().publish()
    artifact.refresh_from_db()
    assert not artifact.live
    assert artifact.scheduled_revision is None


def test_an_object_that_lacks_what_is_required_when_its_time_comes_stays_a_draft_and_says_why():
    artifact = of_a_type_that_requires(go_live_at=timezone.now() + timedelta(hours=1))
    artifact.save_revision().publish()
    ObjectType.objects.update(required=["credit_line"])
    Revision.objects.filter(pk=artifact.scheduled_revision.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    publishing.run_schedule()
    artifact = Artifact.objects.get(pk=artifact.pk)
    assert (artifact.live, artifact.go_live_at, artifact.scheduled_revision) == (False, None, None)
    assert publishing.refused_schedule(artifact) == ["credit line"]
    ObjectType.objects.update(required=[])
    artifact.get_latest_revision().publish()
    assert not publishing.refused_schedule(artifact)
