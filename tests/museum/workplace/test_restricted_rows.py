"""Who may not read restricted fields saves and copies objects without losing or seeing them."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from artifacts.models import Artifact, ProvenanceStep, Right
from tests.factories import make_department, make_object, text
from tests.museum.workplace.people import client_of, form_data, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]
SECRETS = ("LOAN-TERMS", "4711")


def dear(department: Any, **values: Any) -> Artifact:
    rows = {
        "rights": [Right(holder_text="Lan"), Right(holder_text="Minh", restrictions="LOAN-TERMS")],
        "provenance": [ProvenanceStep(text=text("Bought"), price_amount="4711.00", price_currency="VND")],
    }
    return make_object("BT 7", department=department, rows=rows, **values)


def view(name: str, artifact: Artifact) -> str:
    return reverse(f"wagtailsnippets_artifacts_artifact:{name}", args=[artifact.pk])


def sent_from(page: Any, user: Any, **changes: Any) -> dict[str, Any]:
    """What the form on this page would post: its values, hidden ones too."""
    form = page.context["form"]
    data = form_data(form.instance, user)
    for formset in form.formsets.values():
        for row in formset.forms:
            data |= {bound.html_name: bound.value() or "" for bound in row if bound.is_hidden}
    return {**data, **changes}


def draft_of(artifact: Artifact) -> Artifact:
    return Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object()


def kept(artifact: Artifact) -> list[Any]:
    rights = [(right.holder_text, right.restrictions) for right in artifact.rights.all()]
    return [*rights, *((float(step.price_amount or 0), step.price_currency) for step in artifact.provenance.all())]


ALL = [("Lan", ""), ("Minh", "LOAN-TERMS"), (4711.0, "VND")]


@pytest.mark.parametrize("role", [Role.CATALOGUER, Role.CURATOR])
def test_a_copy_keeps_them_without_showing_them(role: Role):
    department = make_department()
    user = make_user(role, department)
    page = client_of(user).get(view("copy", dear(department)))
    assert not [secret for secret in SECRETS if secret in page.content.decode()]
    answer = client_of(user).post(reverse("wagtailsnippets_artifacts_artifact:add"), sent_from(page, user, accession_number="BT 8"))
    assert answer.status_code == 302
    assert kept(Artifact.objects.get(accession_number="BT 8").get_latest_revision_as_object()) == ALL


def test_the_rows_of_an_unpublished_draft_of_a_live_object_keep_them():
    """They have no key of their own before they are published, so every save makes them anew."""
    department = make_department()
    artifact = make_object("BT 7", department=department)
    artifact.rights.set([Right(holder_text="Lan"), Right(holder_text="Minh", restrictions="LOAN-TERMS")])
    artifact.provenance.set([ProvenanceStep(text=text("Bought"), price_amount="4711.00", price_currency="VND")])
    artifact.save_revision()
    assert draft_of(artifact).rights.all()[1].pk is None
    user = make_user(Role.CATALOGUER, department)
    for title in ("Drum of Huế", "Drum of the river"):
        page = client_of(user).get(view("edit", artifact))
        assert not [secret for secret in SECRETS if secret in page.content.decode()]
        data = sent_from(page, user, **{"titles-0-text": title})
        data |= {"rights-0-ORDER": "2", "rights-1-ORDER": "1"}
        assert client_of(user).post(view("edit", artifact), data).status_code == 302
        draft = draft_of(artifact)
        assert draft.titles.all()[0].text == title
        assert sorted(kept(draft), key=str) == sorted(ALL, key=str)


def test_a_restored_version_has_its_own_and_not_those_of_the_latest():
    department = make_department()
    artifact = make_object("BT 7", department=department)
    artifact.rights.set([Right(holder_text="Lan"), Right(holder_text="Minh", restrictions="LOAN-TERMS")])
    older = artifact.save_revision()
    artifact.rights.set([Right(holder_text="Hoa", restrictions="OTHER-TERMS")])
    artifact.save_revision()
    user = make_user(Role.CATALOGUER, department)
    address = reverse("wagtailsnippets_artifacts_artifact:revisions_revert", args=[artifact.pk, older.pk])
    page = client_of(user).get(address)
    assert "TERMS" not in page.content.decode()
    answer = client_of(user).post(page.context["action_url"], sent_from(page, user))
    assert answer.status_code == 302
    assert [(right.holder_text, right.restrictions) for right in draft_of(artifact).rights.all()] == [("Lan", ""), ("Minh", "LOAN-TERMS")]


def test_a_word_on_where_they_stand_cannot_be_made_up():
    department = make_department()
    user = make_user(Role.CATALOGUER, department)
    page = client_of(user).get(view("copy", dear(department)))
    data = sent_from(page, user, accession_number="BT 8")
    name = next(name for name, value in data.items() if name.endswith("restricted_from") and value)
    data[name] = data[name][:-2] + ("AA" if not data[name].endswith("AA") else "BB")
    answer = client_of(user).post(reverse("wagtailsnippets_artifacts_artifact:add"), data)
    assert answer.status_code == 200
    assert "would be lost" in answer.content.decode()
    assert not Artifact.objects.filter(accession_number="BT 8").exists()


def test_the_word_of_one_kind_of_row_says_nothing_in_another():
    department = make_department()
    user = make_user(Role.CATALOGUER, department)
    page = client_of(user).get(view("copy", dear(department)))
    data = sent_from(page, user, accession_number="BT 8")
    bought = next(name for name, value in data.items() if name.startswith("provenance") and name.endswith("restricted_from") and value)
    lent = next(name for name, value in data.items() if name.startswith("rights") and name.endswith("restricted_from") and value)
    data[lent] = data[bought]
    answer = client_of(user).post(reverse("wagtailsnippets_artifacts_artifact:add"), data)
    assert answer.status_code == 200
    assert "would be lost" in answer.content.decode()
    assert not Artifact.objects.filter(accession_number="BT 8").exists()


def test_who_reads_them_has_the_fields_themselves():
    department = make_department()
    page = client_of(make_user(Role.REGISTRAR, department)).get(view("edit", dear(department))).content.decode()
    assert "LOAN-TERMS" in page
    assert "restricted_from" not in page
