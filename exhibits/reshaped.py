"""Details of pictures on pages go where the pixels went when a picture is turned or replaced, on the page as it is and in its draft."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from artifacts.models import ArtifactMedia
from exhibits.following import exhibitions_of
from exhibits.models import ExhibitionPage, HomePage
from media.reshaping import Reshaped
from records import journal


def follow(asset_pk: int, reshaped: Reshaped) -> None:
    """Details are of an object's main picture: move them where this asset is one. Earlier versions of pages stay what they were."""
    objects = set(ArtifactMedia.objects.filter(asset=asset_pk, primary=True).values_list("artifact_id", flat=True))
    if not objects:
        return
    exhibitions = list(ExhibitionPage.objects.filter(pk__in=exhibitions_of(objects)))
    for page in exhibitions:
        if move(page.body.raw_data, objects, reshaped):
            ExhibitionPage.objects.filter(pk=page.pk).update(body=page.body)
        _field(page, "cover", objects, reshaped)
    homes = list(HomePage.objects.filter(hero_object__in=objects))
    for home in homes:
        _field(home, "hero", objects, reshaped)
    for either in (*exhibitions, *homes):
        _draft(either, objects, reshaped)
    journal.changed("exhibition", [page.pk for page in exhibitions])


def move(blocks: Iterable[Any], objects: set[int], reshaped: Reshaped) -> bool:
    """Move the regions of blocks that show one of the objects; True when there was one."""
    moved = False
    for block in blocks:
        value = block.get("value")
        if isinstance(value, dict) and value.get("region") and value.get("object") in objects:
            value["region"] = reshaped.region(value["region"])
            moved = True
    return moved


def _field(page: Any, name: str, objects: set[int], reshaped: Reshaped) -> None:
    """``cover_object`` with ``cover_region``, ``hero_object`` with ``hero_region``."""
    region = getattr(page, f"{name}_region")
    if region and getattr(page, f"{name}_object_id") in objects:
        type(page)._default_manager.filter(pk=page.pk).update(**{f"{name}_region": reshaped.region(region)})


def _draft(page: Page, objects: set[int], reshaped: Reshaped) -> None:
    revision = page.latest_revision
    if revision is None:
        return
    content = revision.content
    blocks = json.loads(content.get("body") or "[]") if isinstance(content.get("body"), str) else content.get("body") or []
    if move(blocks, objects, reshaped):
        content["body"] = json.dumps(blocks, ensure_ascii=False)
    for name in ("cover", "hero"):
        if content.get(f"{name}_region") and content.get(f"{name}_object") in objects:
            content[f"{name}_region"] = reshaped.region(content[f"{name}_region"])
    revision.content = content
    revision.save(update_fields=["content"])
