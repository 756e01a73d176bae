"""Withdraw, restore, merge; the account of what is published; health; vocabularies; roles."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import WorkflowContentType

from artifacts.completeness import completeness
from artifacts.dependents import mentions
from artifacts.models import Artifact, Material, ObjectType, Title
from media.models import Asset
from museum.workplace import roles, status
from records.models import JournalEntry
from records.projection import preview_of
from records.publication import CURATORIAL
from tests.exhibits.scene import exhibition, site
from tests.factories import add_picture, make_department, make_object, make_term
from tests.museum.workplace.people import client_of, make_user
from vocabularies.models import Term
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


def test_withdrawing_asks_for_a_reason_and_can_be_undone():
    artifact = make_object()
    client = client_of(make_user(Role.CURATOR, artifact.department))
    address = reverse("workplace:withdraw", args=[artifact.pk])
    assert client.post(address, {"reason": " "}).status_code == 200
    assert client.post(address, {"reason": "Claimed by its community"}).status_code == 302
    artifact.refresh_from_db()
    assert not artifact.is_public
    assert artifact.withdrawn_reason == "Claimed by its community"
    client.post(reverse("workplace:restore", args=[artifact.pk]))
    artifact.refresh_from_db()
    assert artifact.is_public


@pytest.mark.parametrize("act", ["withdraw", "merge"])
def test_who_takes_an_object_out_of_sight_is_told_which_exhibitions_show_it(act: str):
    shown, other = make_object("A 1"), make_object("A 2")
    site()
    exhibition([shown])
    client = client_of(make_user(Role.CURATOR, shown.department))
    told = "The exhibition “Water that remembers” shows it; it vanishes from there."
    assert told in client.get(reverse(f"workplace:{act}", args=[shown.pk])).content.decode()
    assert (
        "vanishes from there"
        not in client_of(make_user(Role.ADMINISTRATOR)).get(reverse(f"workplace:{act}", args=[other.pk])).content.decode()
    )


def test_a_duplicate_is_merged_into_the_object_that_stays():
    stays, duplicate = make_object("A 1"), make_object("A 1 bis")
    client = client_of(make_user(Role.CURATOR, stays.department))
    client.post(reverse("workplace:merge", args=[duplicate.pk]), {"into": stays.pk})
    duplicate.refresh_from_db()
    assert duplicate.merged_into == stays


def test_a_cataloguer_neither_withdraws_nor_merges():
    artifact = make_object()
    client = client_of(make_user(Role.CATALOGUER, artifact.department))
    client.post(reverse("workplace:withdraw", args=[artifact.pk]), {"reason": "no"})
    artifact.refresh_from_db()
    assert artifact.is_public


def test_the_record_tells_why_it_is_not_public():
    artifact = make_object(public=False)
    use = add_picture(artifact)
    Asset.objects.filter(pk=use.asset_id).update(state="failed", failure="The file is damaged.")
    lines = [line.text for _heading, told in status.told(artifact, None) for line in told]
    assert "A draft: nobody outside sees it." in lines
    assert any("The file is damaged." in line for line in lines)
    curator = client_of(make_user(Role.CURATOR, artifact.department))
    page = curator.get(reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk]))
    address = reverse("workplace:standing", args=[artifact.pk])
    assert f'data-standing="{address}"' in page.content.decode()
    assert "The file is damaged." in curator.get(address).content.decode()


def test_completeness_counts_what_a_record_has():
    artifact = make_object(public=False)
    before = completeness(preview_of("object", artifact, CURATORIAL))
    artifact.materials.add(Material(term=make_term()))
    artifact.titles.add(Title(text="Bronze drum", language="en"))
    after = completeness(preview_of("object", artifact, CURATORIAL))
    gained = {check.code for check in before.missing} - {check.code for check in after.missing}
    assert gained == {"material", "title-en"}
    assert 0 < before.score < after.score < 100
    assert {check.section for check in after.checks} <= {
        "identity",
        "making",
        "physical",
        "texts",
        "subject",
        "rights",
        "record",
        "pictures",
    }


def test_failed_files_are_tried_again_from_the_health_page(django_capture_on_commit_callbacks: Any):
    artifact = make_object()
    use = add_picture(artifact)
    Asset.objects.filter(pk=use.asset_id).update(state="failed", failure="No memory.")
    client = client_of(make_user(Role.CURATOR, artifact.department))
    assert "No memory." in client.get(reverse("workplace:health")).content.decode()
    client.post(reverse("workplace:health"), {"act": "files", "asset": use.asset.public_id})
    assert Asset.objects.get(pk=use.asset_id).state == Asset.State.WAITING


def test_only_administrators_have_dead_changes_tried_again():
    entry = JournalEntry.objects.create(consumer="search", kind="object", record_pk=1, dead=True, attempts=8, error="broken")
    client_of(make_user(Role.CURATOR, make_department())).post(reverse("workplace:health"), {"act": "journal"})
    entry.refresh_from_db()
    assert entry.dead
    client_of(make_user(Role.ADMINISTRATOR)).post(reverse("workplace:health"), {"act": "journal", "entry": entry.pk})
    entry.refresh_from_db()
    assert (entry.dead, entry.attempts) == (False, 0)


def test_making_the_roles_again_changes_nothing_and_keeps_what_a_museum_added():
    group = Group.objects.get(name=Role.CATALOGUER)
    extra = Group.objects.get(name=Role.CURATOR).permissions.get(codename="publish_artifact")
    group.permissions.add(extra)
    before = sorted(group.permissions.values_list("codename", flat=True))
    roles.make()
    assert sorted(group.permissions.values_list("codename", flat=True)) == before
    assert WorkflowContentType.objects.get(content_type__model="artifact").workflow.name == "Curator’s review"


def test_a_term_in_use_is_not_deleted_and_tells_its_usage():
    term = make_term("bronze")
    artifact = make_object(rows={"materials": [Material(term=term)]})
    client = client_of(make_user(Role.ADMINISTRATOR))
    assert mentions(Term, [term.pk]) == {term.pk: 1}
    page = client.get(reverse("wagtailsnippets_vocabularies_term:edit", args=[term.pk])).content.decode()
    assert "Used by 1 object" in page
    assert artifact.accession_number in page
    client.post(reverse("wagtailsnippets_vocabularies_term:delete", args=[term.pk]))
    assert Term.objects.filter(pk=term.pk).exists()


def test_a_new_term_that_exists_already_is_added_only_when_confirmed():
    term = make_term("Bronze")
    address = reverse("wagtailsnippetchoosers_vocabularies_term:create")
    client = client_of(make_user(Role.CATALOGUER, make_department()))
    data = {"label__en": "bronze", "vocabulary": term.vocabulary_id}
    answer = client.post(address, data).json()
    assert answer["step"] == "reshow_creation_form"
    assert "There is already" in answer["htmlFragment"]
    assert Term.objects.count() == 1
    assert client.post(address, {**data, "confirmed": "bronze"}).json()["step"] == "chosen"
    assert Term.objects.count() == 2


def test_choosers_find_by_any_label_whatever_the_marks():
    make_term("wood")
    term = make_term("bronze")
    term.label = {"vi": {"text": "Đồng thau", "state": "source"}, "en": {"text": "bronze", "state": "human", "of": "vi"}}
    term.save()
    client = client_of(make_user(Role.CATALOGUER, make_department()))
    for words in ("dong thau", "BRONZE", "Đồng"):
        page = client.get(reverse("wagtailsnippetchoosers_vocabularies_term:choose_results"), {"q": words}).content.decode()
        assert f"/chosen/{term.pk}/" in page, words
        assert "wood" not in page


def test_many_objects_are_published_at_once_each_within_the_users_departments():
    ours = make_department()
    own, foreign = make_object("A 1", department=ours, public=False), make_object("B 1", department=make_department(), public=False)
    client = client_of(make_user(Role.CURATOR, ours))
    address = f"/admin/bulk/artifacts/artifact/publish/?id={own.pk}&id={foreign.pk}"
    page = client.get(address).content.decode()
    assert "A 1" in page
    assert "B 1" not in page
    client.post(address)
    assert Artifact.objects.get(pk=own.pk).is_public
    assert not Artifact.objects.get(pk=foreign.pk).live


def test_publishing_many_leaves_out_what_lacks_something_required_and_says_what():
    ours = make_department()
    kind = ObjectType.objects.create(code="painting", label={"en": {"text": "Painting", "state": "source"}}, required=["credit_line"])
    whole, lacking = make_object("A 1", department=ours, public=False), make_object("A 2", department=ours, public=False, object_type=kind)
    client = client_of(make_user(Role.CURATOR, ours))
    page = client.post(f"/admin/bulk/artifacts/artifact/publish/?id={whole.pk}&id={lacking.pk}", follow=True).content.decode()
    assert "A 2" in page
    assert "Credit line" in page
    assert Artifact.objects.get(pk=whole.pk).is_public
    assert not Artifact.objects.get(pk=lacking.pk).live


def test_an_approval_that_would_publish_less_than_is_required_is_refused_with_a_sentence():
    artifact = make_object("A 1", public=False)
    curator = make_user(Role.CURATOR, artifact.department)
    artifact.save_revision()
    state = artifact.get_workflow().start(artifact, curator)
    kind = ObjectType.objects.create(code="painting", label={"en": {"text": "Painting", "state": "source"}}, required=["credit_line"])
    artifact.object_type = kind
    artifact.save_revision()
    task = state.current_task_state
    edit = f"/admin/snippets/artifacts/artifact/edit/{artifact.pk}/"
    approve = f"/admin/snippets/artifacts/artifact/workflow/action/{artifact.pk}/approve/{task.pk}/"
    page = client_of(curator).post(approve, {"next": edit}, headers={"Referer": f"http://testserver{edit}"}, follow=True).content.decode()
    assert "Credit line" in page
    assert not Artifact.objects.get(pk=artifact.pk).live
    state.refresh_from_db()
    assert state.status == state.STATUS_IN_PROGRESS


def test_the_workplace_has_a_policy_for_scripts():
    client = client_of(make_user(Role.CURATOR, make_department()))
    policy = client.get("/admin/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "object-src 'none'" in policy


def test_wagtails_own_pictures_and_documents_have_no_menu():
    page = client_of(make_user(Role.ADMINISTRATOR)).get("/admin/").content.decode()
    assert "/admin/images/" not in page
    assert "/admin/documents/" not in page


def test_the_first_page_offers_what_one_changed_last_within_ones_departments():
    ours = make_department()
    own, foreign = make_object("A 1", "Drum", department=ours, public=False), make_object("B 1", "Bell", department=make_department())
    user = make_user(Role.CATALOGUER, ours)
    for artifact in (own, foreign):
        log(artifact, "wagtail.edit", user=user)
    page = client_of(user).get("/admin/").content.decode()
    assert "Drum" in page
    assert "Bell" not in page
    assert "1 object was never published" in page
