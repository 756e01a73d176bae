"""Two versions of an object: the curator reads what changed, in words, and nothing else."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from artifacts.models import Artifact, Description, Material, MeasurementRow, ProvenanceStep, Title
from tests.factories import make_object, make_term
from tests.museum.workplace.people import client_of, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


def compared(artifact: Artifact, role: Role = Role.CURATOR) -> str:
    client = client_of(make_user(role, artifact.department))
    address = reverse("wagtailsnippets_artifacts_artifact:revisions_compare", args=[artifact.pk, "earliest", "latest"])
    page = client.get(address).content.decode()
    return re.sub(r"\s+", " ", strip_tags(page[page.index("compared__versions") :].replace("<", " <")))


def changed_object() -> Artifact:
    bronze = make_term("bronze")
    artifact = make_object(
        "A 1",
        "Drum",
        public=False,
        rows={
            "measurements": [MeasurementRow(kind="height", value=Decimal("53.0000"), unit="cm")],
            "descriptions": [Description(text={"en": {"text": "A drum.", "state": "source"}})],
        },
    )
    artifact.save_revision()
    artifact.titles.add(Title(text="Trống đồng", language="vi"))
    artifact.materials.add(Material(term=bronze, role="material"))
    row = artifact.measurements.get()
    row.value = Decimal("53.5")
    artifact.measurements.add(row)
    artifact.provenance.add(ProvenanceStep(text={"en": {"text": "Bought.", "state": "source"}}, price_amount=Decimal(98765)))
    artifact.acquired_year = 1968
    artifact.save_revision(user=make_user(Role.CATALOGUER, artifact.department, first_name="Lan", last_name="Nguyễn"))
    return artifact


def test_what_changed_is_told_in_words():
    artifact = changed_object()
    told = compared(artifact)
    assert "by Lan Nguyễn" in told
    assert "New Title Trống đồng Language vi" in told
    assert "Changed: height · cm Value 53 53.5" in told
    assert "bronze" in told
    assert str(artifact.materials.first().term_id) not in re.findall(r"\d+", told[told.index("Materials") : told.index("Measurements")])
    assert "English (original text): Bought." in told


def test_what_did_not_change_and_what_is_empty_is_left_out():
    told = compared(changed_object())
    assert "A drum." not in told
    assert "1 other row is as it was" in told  # the first title
    for noise in ("None", "True", "False", "Asserted by", "Perspective"):
        assert noise not in told


def test_prices_are_compared_only_by_those_who_may_read_them():
    artifact = changed_object()
    assert "98765" not in compared(artifact)
    assert "98765" in compared(artifact, Role.REGISTRAR)


def test_equal_versions_say_so():
    artifact = make_object("A 1", "Drum", public=False)
    artifact.save_revision()
    assert "There are no differences" in compared(artifact)
