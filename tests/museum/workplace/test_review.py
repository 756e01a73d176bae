"""An object between two people: sent for review, sent back with a note, and saved by one while the other decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from artifacts import publishing
from artifacts.models import Artifact
from museum.workplace.objects import views
from tests.factories import make_object
from tests.museum.workplace.people import client_of, form_data, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


@pytest.fixture
def sent() -> dict[str, Any]:
    """An object that waits for the curator's decision."""
    artifact = make_object("A 1", "Drum", public=False)
    cataloguer = make_user(Role.CATALOGUER, artifact.department)
    curator = make_user(Role.CURATOR, artifact.department, first_name="Minh", last_name="Trần")
    artifact.save_revision(user=cataloguer)
    state = artifact.get_workflow().start(artifact, cataloguer)
    edit = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    return {"artifact": artifact, "cataloguer": cataloguer, "curator": curator, "state": state, "edit": edit}


def approval(sent: dict[str, Any]) -> dict[str, Any]:
    artifact = Artifact.objects.get(pk=sent["artifact"].pk)
    return form_data(
        artifact,
        sent["curator"],
        **{"action-workflow-action": "true", "workflow-action-name": "approve", "workflow-action-extra-data": "{}"},
    )


def test_the_cataloguer_reads_what_the_reviewer_asked_for(sent: dict[str, Any]):
    task = sent["state"].current_task_state
    task.task.specific.on_action(task, sent["curator"], "reject", comment="Please add a maker.")
    client = client_of(sent["cataloguer"])
    page = client.get(sent["edit"]).content.decode()
    assert "Minh Trần asks for changes: “Please add a maker.”" in page
    for shown in (
        page,
        client.get(reverse("wagtailsnippets_artifacts_artifact:list")).content.decode(),
        client.get("/admin/").content.decode(),
    ):
        assert "changes asked for" in shown
        assert "in review" not in shown


def test_a_form_that_saves_itself_presses_no_button(sent: dict[str, Any]):
    client = client_of(sent["curator"])
    answer = client.post(sent["edit"], approval(sent), headers={"Accept": "application/json"})
    assert answer.json()["success"]
    assert not Artifact.objects.get(pk=sent["artifact"].pk).live
    assert client.post(sent["edit"], approval(sent)).status_code == 302
    assert Artifact.objects.get(pk=sent["artifact"].pk).live


def test_a_second_decision_is_told_and_changes_nothing(sent: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    client = client_of(sent["curator"])
    data = approval(sent)
    actions = views.ObjectEdit.get_available_actions
    monkeypatch.setattr(
        views.ObjectEdit, "get_available_actions", lambda self: [*actions(self), "workflow-action"]
    )  # asked before the other decided
    assert client.post(sent["edit"], data).status_code == 302
    page = client.post(sent["edit"], data, follow=True)
    assert page.status_code == 200
    assert "somebody else has decided" in page.content.decode()
    assert Artifact.objects.get(pk=sent["artifact"].pk).live


@pytest.mark.parametrize("as_json", [True, False])
def test_saving_a_draft_does_not_undo_what_was_published_or_withdrawn_meanwhile(
    sent: dict[str, Any], monkeypatch: pytest.MonkeyPatch, as_json: bool
):
    artifact, plain = sent["artifact"], views.ObjectEdit.is_valid

    def meanwhile(view: Any, form: Any) -> bool:
        valid = plain(view, form)
        found = Artifact.objects.get(pk=artifact.pk)
        found.latest_revision.publish()
        publishing.withdraw(Artifact.objects.get(pk=artifact.pk), "Claimed by its community")
        return valid

    data = form_data(Artifact.objects.get(pk=artifact.pk), sent["curator"], **{"titles-0-text": "Bronze drum"})
    monkeypatch.setattr(views.ObjectEdit, "is_valid", meanwhile)
    client_of(sent["curator"]).post(sent["edit"], data, headers={"Accept": "application/json"} if as_json else {})
    found = Artifact.objects.get(pk=artifact.pk)
    assert found.live
    assert found.withdrawn_reason == "Claimed by its community"
    assert found.titles.get().text == "Drum"
    assert found.get_latest_revision_as_object().titles.get().text == "Bronze drum"
