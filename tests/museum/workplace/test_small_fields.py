"""Figures, languages and regions as people type them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from artifacts.models import Artifact, Inscription, MeasurementRow, ProvenanceStep
from museum.workplace.objects import small
from tests.factories import make_object
from tests.museum.workplace.people import client_of, form_data, make_user
from vocabularies.roles import Role

pytestmark = pytest.mark.one_stack


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3,5", "3.5"),
        ("3.5", "3.5"),
        (" 12 ", "12"),
        ("-3,25", "-3.25"),
        ("1.200.000", "1200000"),
        ("1,200,000", "1200000"),
        ("1.200.000,50", "1200000.50"),
        ("1 200 000", "1200000"),
        ("1,200.50", "1200.50"),
        ("1.250", "1.250"),
        ("0,125", "0.125"),
        ("1.2.3", "1.2.3"),
        ("twelve", "twelve"),
    ],
)
def test_figures_may_have_a_comma_a_point_or_thousands(typed: str, meant: str):
    assert small.plain_figures(typed) == meant


def test_figures_that_can_be_read_in_two_ways_are_asked_about():
    with pytest.raises(ValidationError, match=r"write 1250 or 1\.250"):
        small.plain_figures("1,250")


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("vi", "vi"),
        ("EN", "en"),
        ("english", "en"),
        ("Tiếng Việt", "vi"),
        ("Vietnamese", "vi"),
        ("Hán văn", "lzh"),
        ("zh-hant", "zh-Hant"),
        ("", ""),
    ],
)
def test_a_language_is_typed_by_tag_or_by_name(typed: str, tag: str):
    assert small.language(typed) == tag


@pytest.mark.django_db
def test_a_row_keeps_the_figure_that_was_typed_and_refuses_what_is_no_language_or_region():
    artifact = make_object(
        public=False,
        rows={
            "measurements": [MeasurementRow(kind="height", value="1.5", unit="cm")],
            "inscriptions": [Inscription(original="永")],
            "provenance": [ProvenanceStep(text={})],
        },
    )
    user = make_user(Role.REGISTRAR, artifact.department)
    client = client_of(user)
    address = f"/admin/snippets/artifacts/artifact/edit/{artifact.pk}/"
    data = form_data(
        artifact, user, **{"measurements-0-value": "3,5", "titles-0-language": "Vietnamese", "provenance-0-price_amount": "1.200.000,50"}
    )
    assert client.post(address, data).status_code == 302
    draft = Artifact.objects.get(pk=artifact.pk).get_latest_revision_as_object()
    assert float(draft.measurements.get().value) == 3.5
    assert draft.titles.first().language == "vi"
    assert float(draft.provenance.get().price_amount) == 1_200_000.5
    page = client.post(address, {**data, "titles-0-language": "klingonese", "inscriptions-0-region": "xyz"})
    told = page.content.decode()
    assert page.status_code == 200
    assert "“klingonese” is not a language here" in told
    assert "Write four whole numbers" in told
    assert 'value="klingonese"' in told
