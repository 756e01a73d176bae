"""Which addresses speak a language."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/admin/nowhere/", "/iiif/objects/nowhere", "/api/v1/nowhere"])
def test_what_is_not_there_is_not_looked_for_in_a_language(address):
    response = Client().get(address)
    assert "/en/" not in response.headers.get("Location", "")


def test_a_page_without_a_language_leads_to_the_visitors_own():
    response = Client().get("/search/", headers={"accept-language": "vi"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/vi/search/"
