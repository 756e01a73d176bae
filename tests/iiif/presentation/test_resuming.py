"""rebuild_manifests goes on where it was stopped, kind by kind."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from iiif.models import StoredManifest
from iiif.presentation import sources
from tests import factories

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    said = io.StringIO()
    call_command("rebuild_manifests", *arguments, stdout=said, stderr=said)
    return said.getvalue()


@pytest.fixture
def objects() -> list[Any]:
    made = [factories.make_object(f"RS {number}", title="Bát") for number in range(3)]
    for artifact in made:
        factories.add_picture(artifact)
        factories.publish(artifact)
    StoredManifest.objects.all().delete()
    return made


def stored() -> set[int]:
    return set(StoredManifest.objects.filter(kind="object").values_list("record_pk", flat=True))


def test_it_says_where_to_go_on_and_goes_on_there(objects: list[Any]) -> None:
    assert f"--after object:{objects[-1].pk}" in run("--kind", "object")
    StoredManifest.objects.all().delete()
    run("--after", f"object:{objects[0].pk}")
    assert stored() == {objects[1].pk, objects[2].pk}


def test_a_key_of_one_kind_leaves_the_kinds_that_follow_whole(objects: list[Any]) -> None:
    first, *later = sources.kinds()
    run("--after", f"{first}:{10**9}")
    assert ("object" in later) == bool(stored())


@pytest.mark.parametrize("place", ["7", "thing:7", "object:x"])
def test_a_place_that_is_none_is_refused(place: str) -> None:
    with pytest.raises(CommandError):
        run("--after", place)
