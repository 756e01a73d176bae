"""What an exhibition shows, in its order and in all its languages: an object or a detail of one, and what is said about it there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from exhibits.models import ExhibitionPage

Text = dict[str, str]


@dataclass(frozen=True)
class Hung:
    """One place on the wall. ``id`` is the block's own, ``object`` the object's primary key, ``region`` the detail."""

    id: str
    object: int
    region: str = ""
    text: Text = field(default_factory=dict)
    heading: Text = field(default_factory=dict)


def hung(public_id: str) -> list[Hung]:
    """The places of an exhibition as its leading page has them; translations add their words by the blocks' ids."""
    lead = ExhibitionPage.objects.select_related("locale").get(public_id=public_id)
    others = (
        ExhibitionPage.objects.live().public().filter(translation_key=lead.translation_key).exclude(pk=lead.pk).select_related("locale")
    )
    words = {page.locale.language_code: {block["id"]: block for block in page.body.raw_data if block.get("id")} for page in (lead, *others)}
    return [place for block in lead.body.raw_data for place in _places(block, words)]


def _places(block: Mapping[str, Any], words: Mapping[str, Mapping[str, Any]]) -> Iterator[Hung]:
    kind, value = block.get("type"), block.get("value") or {}
    if kind in {"object", "detail"} and value.get("object"):
        text = _said(block, words, "text" if kind == "detail" else "caption")
        yield Hung(_id(block), int(value["object"]), value.get("region") or "", text)
    elif kind == "objects":
        heading, text = _said(block, words, "heading"), _said(block, words, "caption")
        for number, item in enumerate(_items(value.get("objects") or [])):
            yield Hung(f"{_id(block)}-{number + 1}", item, text=text, heading=heading)


def _items(objects: Sequence[Any]) -> Iterator[int]:
    for item in objects:
        key = item.get("value") if isinstance(item, dict) else item
        if key:
            yield int(key)


def _id(block: Mapping[str, Any]) -> str:
    return str(block.get("id") or "").replace("-", "") or "x"


def _said(block: Mapping[str, Any], words: Mapping[str, Mapping[str, Any]], name: str) -> Text:
    """What a block says in each language, without markup."""
    found: Text = {}
    for language, blocks in words.items():
        twin = blocks.get(block.get("id") or "")
        text = unescape(strip_tags((twin or {}).get("value", {}).get(name) or "")).strip() if twin and twin["type"] == block["type"] else ""
        if text:
            found[language] = " ".join(text.split())
    return found
