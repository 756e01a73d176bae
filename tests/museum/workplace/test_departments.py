"""No view of the workplace shows an object, or lets it be changed, outside the user's departments; and members can work."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import NoReverseMatch, reverse
from wagtail.models import Revision, Workflow
from wagtail.snippets.models import get_snippet_models

from artifacts.models import Artifact, ArtifactMedia, Title
from media.models import Asset
from museum.workplace import urls as workplace_urls
from tests.factories import add_picture, make_agent, make_department, make_museum, make_object, make_term
from tests.museum.workplace.people import client_of, form_data, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]

CANARIES = ("KANARIA", "CANARY-77", "canary-file.jpg")
STAFF = [role for role in Role if role not in {Role.ADMINISTRATOR}]


@pytest.fixture
def ours() -> Any:
    return make_department(code="ours")


@pytest.fixture
def hidden_object(ours: Any) -> Artifact:
    """An object of another department, with revisions, a workflow under way and a picture."""
    theirs = make_department(code="theirs")
    artifact = make_object("CANARY-77", "KANARIA one", department=theirs)
    artifact.titles.set([Title(text="KANARIA two", language="en")])
    artifact.save_revision()
    asset = add_picture(artifact).asset
    asset.original_filename = "canary-file.jpg"
    asset.save()
    return artifact


def _named(artifact: Artifact) -> dict[str, Any]:
    """What the addresses name beside a record's key."""
    revisions = list(Revision.objects.for_instance(artifact).order_by("pk").values_list("pk", flat=True))
    return {
        "revision_id": revisions[0],
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "action_name": "approve",
        "task_state_id": 1,
        "task_id": 1,
        "workflow_state_id": 1,
        "use": artifact.media.get().public_id,
        "form": "csv",
        "kind": "agent",
        "public_id": artifact.public_id,
    }


def _addresses(namespace: str, patterns: Any, values: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """(address, whether it names the hidden record)."""
    for pattern in patterns:
        groups = pattern.pattern.regex.groupindex
        yield reverse(f"{namespace}:{pattern.name}", kwargs={name: values[name] for name in groups}), "pk" in groups


def every_address(artifact: Artifact) -> list[tuple[str, bool]]:
    """Every address of every snippet viewset and chooser, and the workplace's own, pointing at the hidden object where they can."""
    named = _named(artifact)
    keys = {Artifact: artifact.pk, Asset: Asset.objects.get(uses__artifact=artifact).pk}
    found: list[tuple[str, bool]] = []
    for model in get_snippet_models():
        values = {**named, "pk": keys.get(model, artifact.pk)}
        for viewset in (model.snippet_viewset, model.snippet_viewset.chooser_viewset):
            for address, names in _addresses(viewset.url_namespace, viewset.get_urlpatterns(), values):
                found.append((address, names and model in keys))
    for address, names in _addresses("workplace", workplace_urls.urlpatterns, {**named, "pk": artifact.pk}):
        found.append((address, names and not address.endswith("/answers/number/")))
    return found


def around(artifact: Artifact) -> list[str]:
    """Wagtail's own pages that tell of records of any kind."""
    museum = artifact.museum_id
    asked = [
        "/admin/",
        "/admin/reports/site-history/",
        "/admin/reports/workflow/",
        "/admin/reports/workflow_tasks/",
        "/admin/reports/locked/",
        f"/admin/bulk/artifacts/artifact/delete/?id={artifact.pk}",
        reverse("wagtailsnippets_artifacts_artifact:list") + "?q=CANARY",
        reverse("wagtailsnippets_artifacts_artifact:list_results") + "?q=KANAR",
        reverse("wagtailsnippets_media_asset:list_results") + "?q=canary",
        reverse("wagtailsnippetchoosers_artifacts_artifact:choose_results") + "?q=KANAR",
        reverse("wagtailsnippetchoosers_artifacts_artifact:chosen_multiple") + f"?id={artifact.pk}",
        reverse("wagtailsnippetchoosers_media_asset:choose_results") + "?q=canary",
        reverse("workplace:number") + f"?museum={museum}&number=CANARY 77",
        reverse("workplace:number") + f"?museum={museum}&number=CANARY-77",
    ]
    return asked


def _answer(client: Any, method: str, address: str) -> Any:
    """The answer; where nothing is found, what the same address says under the reader's language."""
    response = getattr(client, method)(address)
    if response.status_code == 302 and response["Location"] == f"/en{address}":
        response = client.get(response["Location"])
        assert response.status_code == 404
    return response


def assert_nothing_shown(response: Any, address: str) -> None:
    body = (
        response.content.decode(errors="replace")
        if not response.streaming
        else b"".join(response.streaming_content).decode(errors="replace")
    )
    typed = {"CANARY-77"} if "number=CANARY-77" in address else set()
    for canary in CANARIES:
        if canary in typed:
            continue
        assert canary not in body, f"{address} shows {canary}"


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("method", ["get", "post"])
def test_no_address_shows_or_changes_an_object_of_another_department(role: Role, method: str, ours: Any, hidden_object: Artifact):
    client = client_of(make_user(role, ours))
    before = Artifact.objects.filter(pk=hidden_object.pk).values().get()
    revisions = Revision.objects.for_instance(hidden_object).count()
    pictures = list(ArtifactMedia.objects.values_list("pk", "published", "primary", "sort_order"))
    walked = 0
    for address, names_hidden in every_address(hidden_object):
        response = _answer(client, method, address)
        assert_nothing_shown(response, address)
        if names_hidden:
            walked += 1
            assert response.status_code in {302, 403, 404, 405}, f"{method} {address}: {response.status_code}"
            if response.status_code == 302:
                assert response["Location"] == "/admin/" or response["Location"].startswith("/admin/login/"), address
    assert walked >= 30
    for address in around(hidden_object):
        assert_nothing_shown(getattr(client, method)(address), address)
    assert Artifact.objects.filter(pk=hidden_object.pk).values().get() == before
    assert Revision.objects.for_instance(hidden_object).count() == revisions
    assert list(ArtifactMedia.objects.values_list("pk", "published", "primary", "sort_order")) == pictures


def test_the_public_meets_the_log_in_page_at_every_address(client: Any, hidden_object: Artifact):
    for address, _names in every_address(hidden_object):
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("role", [Role.CATALOGUER, Role.CURATOR, Role.REGISTRAR])
def test_members_of_a_department_work_on_its_objects(role: Role, ours: Any):
    artifact = make_object("OURS 1", "Ours", department=ours)
    add_picture(artifact)
    user = make_user(role, ours)
    client = client_of(user)
    for name in ("edit", "history", "inspect", "usage", "copy", "workflow_history"):
        assert client.get(reverse(f"wagtailsnippets_artifacts_artifact:{name}", args=[artifact.pk])).status_code == 200, name
    assert b"OURS 1" in client.get(reverse("wagtailsnippets_artifacts_artifact:list")).content
    chooser = client.get(reverse("wagtailsnippetchoosers_artifacts_artifact:choose_results") + "?q=OURS").content.decode()
    assert "OURS 1" in chooser
    assert reverse("wagtailsnippetchoosers_artifacts_artifact:chosen", args=[artifact.pk]) in chooser
    assert client.get(reverse("workplace:pictures", args=[artifact.pk])).status_code == 200
    data = form_data(artifact, user, **{"titles-0-text": "Ours, renamed"})
    answer = client.post(reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk]), data)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    assert Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object().titles.all()[0].text == "Ours, renamed"
    artifact.refresh_from_db()
    assert artifact.titles.get().text == "Ours", "a draft of a live object does not change its row"


def test_a_cataloguer_saves_drafts_but_does_not_publish(ours: Any):
    artifact = make_object(department=ours, public=False)
    user = make_user(Role.CATALOGUER, ours)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    answer = client_of(user).post(address, form_data(artifact, user, **{"action-publish": "1"}))
    assert answer.status_code == 302
    artifact.refresh_from_db()
    assert not artifact.live


def test_a_curator_publishes(ours: Any):
    artifact = make_object(department=ours, public=False)
    user = make_user(Role.CURATOR, ours)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    client_of(user).post(address, form_data(artifact, user, **{"action-publish": "1"}))
    artifact.refresh_from_db()
    assert artifact.live
    assert artifact.is_public


def test_what_a_cataloguer_submits_a_curator_approves(ours: Any):
    artifact = make_object(department=ours, public=False)
    cataloguer, curator = make_user(Role.CATALOGUER, ours), make_user(Role.CURATOR, ours)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    client_of(cataloguer).post(address, form_data(artifact, cataloguer, **{"action-submit": "1"}))
    artifact = Artifact.objects.get(pk=artifact.pk)
    state = artifact.current_workflow_task_state
    assert state is not None
    approve = reverse("wagtailsnippets_artifacts_artifact:workflow_action", args=[artifact.pk, "approve", state.pk])
    client_of(curator).post(approve, {"comment": "well done"})
    artifact.refresh_from_db()
    assert artifact.is_public


def test_a_reviewer_of_the_current_task_is_let_into_another_departments_object(ours: Any):
    theirs = make_department()
    artifact = make_object(department=theirs, public=False)
    artifact.save_revision()
    reviewer = make_user(Role.CURATOR, ours)
    edit = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    assert _answer(client_of(reviewer), "get", edit).status_code == 404
    Workflow.objects.get(name="Curator’s review").start(artifact, make_user(Role.CATALOGUER, theirs))
    assert client_of(reviewer).get(edit).status_code == 200


def test_an_object_is_not_created_in_another_department(ours: Any):
    theirs = make_department()
    user = make_user(Role.CATALOGUER, ours)
    fresh = Artifact(museum=theirs.museum, department=theirs, accession_number="NEW 1")
    data = form_data(fresh, user, department=theirs.pk, museum=theirs.museum_id)
    answer = client_of(user).post(reverse("wagtailsnippets_artifacts_artifact:add"), data)
    assert answer.status_code == 200
    assert not Artifact.objects.filter(accession_number="NEW 1").exists()
    data["department"] = ours.pk
    assert client_of(user).post(reverse("wagtailsnippets_artifacts_artifact:add"), data).status_code == 302
    assert Artifact.objects.get(accession_number="NEW 1").department == ours


def test_an_object_is_not_moved_into_another_department_nor_tied_to_its_objects(ours: Any, hidden_object: Artifact):
    artifact = make_object(department=ours)
    user = make_user(Role.CURATOR, ours)
    address = reverse("wagtailsnippets_artifacts_artifact:edit", args=[artifact.pk])
    moved = client_of(user).post(address, form_data(artifact, user, department=hidden_object.department_id))
    assert moved.status_code == 200
    tied = client_of(user).post(address, form_data(artifact, user, part_of=hidden_object.pk))
    assert tied.status_code == 200
    artifact = Artifact.objects.get(pk=artifact.pk)
    assert artifact.department == ours
    assert artifact.get_latest_revision_as_object().part_of is None


def test_an_administrator_works_in_every_department(hidden_object: Artifact):
    client = client_of(make_user(Role.ADMINISTRATOR))
    assert client.get(reverse("wagtailsnippets_artifacts_artifact:edit", args=[hidden_object.pk])).status_code == 200


def test_vocabularies_open_to_every_role_that_reads_them(ours: Any):
    term, agent = make_term(), make_agent()
    make_museum()
    client = client_of(make_user(Role.CATALOGUER, ours))
    for record in (term, agent):
        assert client.get(reverse(record.snippet_viewset.get_url_name("edit"), args=[record.pk])).status_code == 200
    with pytest.raises(NoReverseMatch):
        reverse("wagtailsnippets_artifacts_artifact:delete", args=[1])
