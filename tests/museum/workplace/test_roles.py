"""Each role is offered what it may do, and nothing else; what is locked is not changed by the dozen either."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Workflow

from artifacts.models import Artifact
from tests.factories import make_department, make_object, publish, text
from tests.museum.workplace.people import client_of, form_data, log_in, make_user
from vocabularies.models import CollectionSet, Department
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]

LISTS = {"put-on-worklist", "take-off-worklist"}
ACTS = {
    Role.CATALOGUER: LISTS | {"add-to-collection"},
    Role.CURATOR: LISTS | {"add-to-collection", "publish", "unpublish"},
    Role.REGISTRAR: LISTS | {"add-to-collection"},
    Role.CONSERVATOR: LISTS | {"add-to-collection"},
    Role.PHOTOGRAPHER: LISTS,
    Role.PUBLISHER: LISTS | {"add-to-collection", "publish", "unpublish"},
}
SAVE, SUBMIT, PUBLISH = "action-edit", "action-submit", "action-publish"


@pytest.fixture
def department() -> Department:
    return make_department()


def page_of(user: Any, address: str) -> str:
    return client_of(user).get(address).content.decode()


def bulk(act: str, artifact: Artifact) -> str:
    return f"{reverse('wagtail_bulk_action', args=['artifacts', 'artifact', act])}?id={artifact.pk}"


@pytest.mark.parametrize("role", ACTS)
def test_the_list_offers_what_the_role_may_do_with_ticked_objects(role: Role, department: Department):
    make_object("BT 7", department=department)
    page = page_of(make_user(role, department), reverse("wagtailsnippets_artifacts_artifact:list"))
    assert set(re.findall(r'href="/admin/bulk/artifacts/artifact/([\w-]+)/"', page)) == ACTS[role]


@pytest.mark.parametrize(
    ("role", "publishes", "withdraws"),
    [
        (Role.CATALOGUER, False, False),
        (Role.CURATOR, True, True),
        (Role.REGISTRAR, False, True),
        (Role.CONSERVATOR, False, False),
        (Role.PUBLISHER, True, True),
    ],
)
def test_the_form_offers_what_the_role_may_do_and_refuses_the_rest(role: Role, publishes: bool, withdraws: bool, department: Department):
    artifact = make_object("BT 7", "Drum", department=department, public=False)
    user = make_user(role, department)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    page = page_of(user, address)
    assert ("action-publish" in page) is publishes
    assert 'name="action-submit"' in page
    assert ("/withdraw/" in page) is withdraws
    client_of(user).post(address, form_data(artifact, user, **{PUBLISH: "1", "titles-0-text": "Bronze drum"}))
    assert Artifact.objects.get(pk=artifact.pk).live is publishes
    answer = client_of(user).get(reverse("workplace:withdraw", args=[artifact.pk]))
    assert answer.status_code == (200 if withdraws else 302)


def test_a_cataloguer_submits_and_a_publisher_of_another_department_approves(department: Department):
    artifact = make_object("BT 7", "Drum", department=department, public=False)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    lan, hoa = make_user(Role.CATALOGUER, department, first_name="Lan"), make_user(Role.PUBLISHER, make_department())
    assert client_of(hoa).get(address).status_code == 404
    client_of(lan).post(address, form_data(artifact, lan, **{SUBMIT: "1"}))
    assert 'data-workflow-action-name="approve"' in page_of(hoa, address)
    assert 'data-workflow-action-name="approve"' not in page_of(lan, address)
    state = Artifact.objects.get(pk=artifact.pk).current_workflow_state.current_task_state
    client_of(hoa).post(address, form_data(artifact, hoa, **{"action-workflow-action": "1", "workflow-action-name": "approve"}))
    state.refresh_from_db()
    assert state.status == "approved"
    assert Artifact.objects.get(pk=artifact.pk).live
    assert client_of(hoa).get(address).status_code == 404


def test_what_somebody_else_has_locked_is_not_changed_by_the_dozen(department: Department):
    artifact = make_object("BT 7", department=department, public=False)
    artifact.locked, artifact.locked_by = True, make_user(Role.REGISTRAR, department)
    artifact.save()
    client = client_of(make_user(Role.CURATOR, department))
    page = client.get(bulk("publish", artifact)).content.decode()
    assert "Locked by somebody else" in page
    client.post(bulk("publish", artifact))
    assert not Artifact.objects.get(pk=artifact.pk).live


def test_who_had_the_form_open_when_it_was_locked_is_told_by_whom_and_may_save_afterwards(department: Department):
    artifact = make_object("BT 7", "Drum", department=department, public=False)
    user = make_user(Role.CATALOGUER, department)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    typed = form_data(artifact, user, **{"titles-0-text": "Bronze drum"})
    artifact.locked, artifact.locked_by = True, make_user(Role.REGISTRAR, department, first_name="Hoa", last_name="Lê")
    artifact.save()
    for said in (
        client_of(user).post(address, typed).content.decode(),
        client_of(user).post(address, typed, headers={"Accept": "application/json"}).json()["error_message"],
    ):
        assert "Hoa Lê has locked this object. What you typed stands below" in said
    page = client_of(user).post(address, typed).content.decode()
    assert 'value="Bronze drum"' in page
    assert "content-locked" not in page
    assert "Save draft" in page
    assert Artifact.objects.get(pk=artifact.pk).latest_revision is None
    Artifact.objects.filter(pk=artifact.pk).update(locked=False, locked_by=None)
    assert client_of(user).post(address, typed).status_code == 302
    assert Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object().titles.get().text == "Bronze drum"


@pytest.mark.parametrize(("role", "at_once"), [(Role.CATALOGUER, False), (Role.CURATOR, True)])
def test_who_may_not_publish_puts_a_live_object_into_a_collection_by_its_draft(role: Role, at_once: bool, department: Department):
    artifact = make_object("BT 7", department=department)
    bronzes = CollectionSet.objects.create(label=text("Bronzes"), is_public=True)
    client_of(make_user(role, department)).post(bulk("add-to-collection", artifact), {"collection": bronzes.pk})
    artifact = Artifact.objects.get(pk=artifact.pk)
    assert artifact.sets.exists() is at_once
    assert [member.set for member in artifact.get_latest_revision_as_object().sets.all()] == [bronzes]
    assert artifact.has_unpublished_changes is not at_once


def test_a_collection_given_by_the_dozen_stays_when_the_object_is_edited_afterwards(department: Department):
    artifact = make_object("BT 7", "Drum", department=department)
    publish(artifact)  # it has a version of its own now
    user = make_user(Role.CURATOR, department)
    bronzes = CollectionSet.objects.create(label=text("Bronzes"), is_public=True)
    client_of(user).post(bulk("add-to-collection", artifact), {"collection": bronzes.pk})
    page = client_of(user).get(reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk]))
    assert [member.set for member in page.context["form"].instance.sets.all()] == [bronzes]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_object_in_review_is_read_and_not_filled_in_by_who_sent_it(page: Any, museum_server: str):
    department = make_department()
    artifact = make_object("BT 7", "Drum", department=department, public=False)
    user = make_user(Role.CATALOGUER, department)
    log_in(page, museum_server, user)
    address = f"{museum_server}/admin/snippets/artifacts/artifact/edit/{artifact.pk}/"
    artifact.save_revision()
    Workflow.objects.get(name="Curator’s review").start(artifact, user)
    page.goto(address)
    page.wait_for_selector("#id_titles-0-text:disabled")
    page.click("#tab-label-texts")
    page.wait_for_selector("#id_descriptions-ADD:disabled")
    page.click("button:has-text('Cancel workflow')")
    page.wait_for_selector("#id_titles-0-text:enabled", state="attached")
    assert Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object().titles.get().text == "Drum"
