"""Imports in the workplace: what ran, every problem in pages, the report as a table; for administrators alone."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from tests.exchange.conftest import painting, run
from vocabularies.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(lines):
    return run("cmoa", lines(painting(1), painting(2, title=None), painting(3, accession_number=""))).job


def as_role(client, role: str) -> None:
    user = get_user_model().objects.create_user(username=role, password="x")
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)


def test_the_list_says_what_each_import_came_to(client, job):
    as_role(client, Role.ADMINISTRATOR)
    page = client.get(reverse("workplace:imports")).content.decode()
    assert "records.jsonl.gz" in page and reverse("workplace:import", args=[job.pk]) in page


def test_an_import_shows_its_worst_problems_first_and_the_others_on_request(client, job):
    as_role(client, Role.ADMINISTRATOR)
    address = reverse("workplace:import", args=[job.pk])
    assert "has no accession number" in client.get(address).content.decode()
    warnings = client.get(address, {"severity": "warning"}).content.decode()
    object_ = job.rows.get(row=2).artifact_id
    assert "has no title" in warnings and reverse("wagtailsnippets_artifacts_artifact:edit", args=[object_]) in warnings
    assert "Spaces before or after" in client.get(address, {"severity": "note"}).content.decode()
    assert client.get(address, {"severity": "<script>", "p": "nonsense"}).status_code == 200


def test_the_whole_report_can_be_taken_away(client, job):
    as_role(client, Role.ADMINISTRATOR)
    answer = client.get(reverse("workplace:import_report", args=[job.pk]))
    told = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert told[0].startswith("severity,row,record") and any(line.startswith("error,3,cmoa:things/3,accession_number") for line in told)


@pytest.mark.parametrize("role", [Role.CATALOGUER, Role.CURATOR, Role.REGISTRAR, Role.PUBLISHER])
@pytest.mark.parametrize("name", ["imports", "import", "import_report"])
def test_imports_are_for_administrators_alone(client, job, role, name):
    as_role(client, role)
    address = reverse(f"workplace:{name}", args=[] if name == "imports" else [job.pk])
    assert client.get(address).status_code in (302, 403)


def test_an_import_that_never_was_is_not_found(client):
    as_role(client, Role.ADMINISTRATOR)
    assert client.get(reverse("workplace:import", args=[999999]), follow=True).status_code == 404
