"""IIIF Content State 1.0: what is understood, what is written, what is refused."""

from __future__ import annotations

import base64
import json

import pytest

from iiif import content_state
from iiif.content_state import ContentStateError, Target

# The worked example of the specification, section 6.3.
ENCODED = (
    "JTdCJTIyaWQlMjIlM0ElMjJodHRwcyUzQSUyRiUyRmV4YW1wbGUub3JnJTJGb2JqZWN0MSUyRmNhbnZhczclMjN4eXdoJTNEMTAwMCUyQzIwMDAlMkMxMDAwJTJDMjAwMCUyMiUyQyUyMnR5cGUl"
    "MjIlM0ElMjJDYW52YXMlMjIlMkMlMjJwYXJ0T2YlMjIlM0ElNUIlN0IlMjJpZCUyMiUzQSUyMmh0dHBzJTNBJTJGJTJGZXhhbXBsZS5vcmclMkZvYmplY3QxJTJGbWFuaWZlc3QlMjIlMkMlMjJ0eXBl"
    "JTIyJTNBJTIyTWFuaWZlc3QlMjIlN0QlNUQlN0Q"
)
MANIFEST, CANVAS = "https://example.org/object1/manifest", "https://example.org/object1/canvas7"


def test_the_specifications_own_example_is_read() -> None:
    assert content_state.read(ENCODED) == [Target(MANIFEST, CANVAS, (1000, 2000, 1000, 2000))]


def test_what_is_written_is_read_again_and_needs_no_escaping() -> None:
    targets = [
        Target(MANIFEST, CANVAS, (1, 2, 3, 4)),
        Target(MANIFEST, CANVAS, begins=9.5),
        Target("https://other.example/ố/manifest.json"),
    ]
    text = content_state.encode(content_state.annotation(targets))
    assert content_state.read(text) == targets
    assert not set(text) - set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


@pytest.mark.parametrize(
    ("state", "target"),
    [
        (MANIFEST, Target(MANIFEST)),
        (f"{CANVAS}#xywh=1,2,3,4", Target("", CANVAS, (1, 2, 3, 4))),
        (f'{{"id": "{MANIFEST}", "type": "Manifest"}}', Target(MANIFEST)),
        (f'{{"id": "{MANIFEST}/range/2", "type": "Range", "partOf": "{MANIFEST}"}}', Target(MANIFEST)),
        (f'{{"type": "Annotation", "target": {{"id": "{CANVAS}#xywh=percent:5,10,20,40", "type": "Canvas", "partOf": "{MANIFEST}"}}}}',
         Target(MANIFEST, CANVAS, (5, 10, 20, 40), True)),
        (f'{{"type": "SpecificResource", "source": {{"id": "{CANVAS}", "type": "Canvas", "partOf": [{{"id": "{MANIFEST}", "type": "Manifest"}}]}},'
         ' "selector": {"type": "FragmentSelector", "value": "xywh=1,2,3,4"}}', Target(MANIFEST, CANVAS, (1, 2, 3, 4))),
        (f'{{"type": "SpecificResource", "source": {{"id": "{CANVAS}", "type": "Canvas", "partOf": "{MANIFEST}"}},'
         ' "selector": {"type": "PointSelector", "t": 14.5}}', Target(MANIFEST, CANVAS, begins=14.5)),
        (f'{{"id": "{CANVAS}#t=30,60&xywh=1,2,3,4", "type": "Canvas", "partOf": "{MANIFEST}"}}', Target(MANIFEST, CANVAS, (1, 2, 3, 4), begins=30)),
        (base64.urlsafe_b64encode(MANIFEST.encode()).decode(), Target(MANIFEST)),
        (f'{{"id": "{MANIFEST}", "type": ["Manifest", "Thing"]}}', Target(MANIFEST)),
        (f'{{"id": "{MANIFEST}", "type": {{"a": 1}}}}', Target(MANIFEST)),
        (f'{{"id": "{CANVAS}", "type": "Canvas", "partOf": [{{"id": "http://["}}, {{"id": "{MANIFEST}"}}]}}', Target(MANIFEST, CANVAS)),
        (f"{CANVAS}#xywh=1,1,{'9' * 400},1", Target("", CANVAS)),
        (f"{ENCODED}==", Target(MANIFEST, CANVAS, (1000, 2000, 1000, 2000))),
        (base64.b64encode(json.dumps({"id": MANIFEST, "type": "Manifest", "label": "~~~???"}).encode()).decode().replace("+", " "), Target(MANIFEST)),
    ],
)  # fmt: skip
def test_every_form_of_a_target_is_understood(state: str, target: Target) -> None:
    assert content_state.read(state) == [target]


@pytest.mark.parametrize(
    "state",
    [
        "",
        "   ",
        "%%%",
        "Zm9v",
        "bnVsbA",
        "javascript:alert(1)",
        '{"type": "Canvas"}',
        "[]",
        "[[[[[[[1]]]]]]]",
        "x" * 20_000,
        '{"id": ',
        "[" * 9000,
        ENCODED[:-40],
        ENCODED[3:],
        '{"id": 7}',
        "http://[::1",
        '{"id": "http://[", "type": "Manifest"}',
        '{"id": "http://x.example/\\ud800", "type": "Manifest"}',
    ],
)
def test_what_is_none_is_refused_with_a_sentence(state: str) -> None:
    with pytest.raises(ContentStateError, match=r"\.$"):
        content_state.read(state)


def test_percent_become_pixels_of_the_picture() -> None:
    assert Target("", CANVAS, (50, 10, 25, 80), percent=True).pixels(2000, 1000) == "1000,100,500,800"
