"""Books, sets and what lies together, as the recipes of the IIIF Cookbook have them (see ``cookbook``)."""

from __future__ import annotations

import pytest

from tests.iiif.presentation.cookbook import (
    ENGLISH,
    MENTION,
    PAGE,
    book,
    chapters,
    collection_at,
    like,
    manifest_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


def test_0009_book_1():
    like(manifest_of(book(5, page_display="paged")), {"behavior": ["paged"], "items": [PAGE] * 5})


@pytest.mark.parametrize("direction", ["right-to-left", "top-to-bottom"])
def test_0010_book_2_viewing_direction(direction):
    made = manifest_of(book(3, page_display="paged", viewing_direction=direction))
    like(made, {"viewingDirection": direction, "items": [PAGE] * 3})


@pytest.mark.parametrize("behavior", ["continuous", "individuals"])
def test_0011_book_3_behavior(behavior):
    like(manifest_of(book(3, page_display=behavior)), {"behavior": [behavior], "items": [PAGE] * 3})


def test_0024_book_4_toc():
    artifact = book(6)
    chapters(artifact, (0, "Part one", 1), (1, "First story", 2), (3, "Second story", 2), (4, "Part two", 1))
    made = manifest_of(artifact)
    page = {"id": str, "type": "Canvas"}
    story = {"id": str, "type": "Range", "label": ENGLISH}
    like(
        made["structures"],
        [
            {
                "id": str,
                "type": "Range",
                "label": {"en": ["Part one"]},
                "items": [page, {**story, "items": [page] * 2}, {**story, "items": [page]}],
            },
            {"id": str, "type": "Range", "label": {"en": ["Part two"]}, "items": [page] * 2},
        ],
    )
    assert made["structures"][1]["items"][0]["id"] == made["items"][4]["id"]


def test_0031_bound_multivolume():
    artifact = book(4)
    chapters(artifact, (0, "Volume one", 1), (2, "Volume two", 1))
    structures = manifest_of(artifact)["structures"]
    assert [(one["type"], one["label"]["en"], len(one["items"])) for one in structures] == [
        ("Range", ["Volume one"], 2),
        ("Range", ["Volume two"], 2),
    ]


def test_0030_multi_volume():
    whole = book(1, record_level="set")
    volumes = [book(1, part_of=whole, part_order=number) for number in (1, 2)]
    made = collection_at(f"/iiif/objects/{whole.public_id}/collection.json")
    like(made, {"type": "Collection", "label": {"vi": [str]}, "behavior": ["multi-part"], "items": [MENTION] * 3})
    volume = manifest_of(volumes[0])
    assert {"id": made["id"], "type": "Collection"} in [{"id": one["id"], "type": one["type"]} for one in volume["partOf"]]


def test_0032_collection():
    book(1)
    book(1)
    made = collection_at("/iiif/collection.json")
    like([item for item in made["items"] if item["type"] == "Manifest"], [MENTION] * 2)
    assert made["@context"][-1] == "http://iiif.io/api/presentation/3/context.json"  # after those of the services
    like(made, {"id": str, "type": "Collection", "label": ENGLISH})


def test_0035_foldouts():
    artifact = book(4, page_display="paged")
    fold_out, spread = artifact.media.all()[1:3]
    fold_out.leaf, spread.leaf = "insert", "spread"
    fold_out.save()
    spread.save()
    made = manifest_of(artifact)
    like(made, {"behavior": ["paged"], "items": [PAGE, {**PAGE, "behavior": ["non-paged"]}, {**PAGE, "behavior": ["facing-pages"]}, PAGE]})
    assert "behavior" not in made["items"][0]


def test_0202_start_canvas():
    artifact = book(3)
    first, _second, third = artifact.media.all()
    first.primary, third.primary = False, True
    first.save()
    third.save()
    made = manifest_of(artifact)
    like(made["start"], {"id": made["items"][2]["id"], "type": "Canvas"})
    assert made["thumbnail"] == made["items"][2]["thumbnail"]
