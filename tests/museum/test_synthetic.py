"""Synthetic records: as many as are wanted, from the museum's own words."""

from __future__ import annotations

import pytest

from artifacts.models import Artifact
from museum.demo import synthetic
from tests.factories import make_term
from vocabularies.models import Term

pytestmark = pytest.mark.django_db


def test_they_use_the_words_that_the_museum_has():
    ceramic = make_term("ceramic", "materials")
    porcelain = make_term("porcelain", "materials", broader=ceramic)
    assert synthetic.add(40, lambda done, total: None) == 40
    assert not Term.objects.filter(label__en__text="porcelain").exclude(pk=porcelain.pk).exists()
    assert Term.objects.get(label__en__text="stoneware").broader == ceramic
    assert Artifact.objects.filter(materials__term=porcelain).exists()


def test_a_second_run_makes_nothing_twice():
    synthetic.add(3, lambda done, total: None)
    words = Term.objects.count()
    assert synthetic.add(5, lambda done, total: None) == 2
    assert Term.objects.count() == words
    assert Artifact.objects.filter(source=synthetic.SOURCE).count() == 5
