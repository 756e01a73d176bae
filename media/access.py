"""Who may see an asset: its tier is the widest public use of it, kept by ``artifacts.publishing``."""

from __future__ import annotations

from collections.abc import Iterable

from media.models import Asset


def set_tier(asset_ids: Iterable[int], tier: str) -> int:
    """Give assets (by primary key) a tier; returns how many changed."""
    todo = list(asset_ids)
    changed = 0
    for start in range(0, len(todo), 400):
        changed += Asset.objects.filter(pk__in=todo[start : start + 400]).exclude(tier=tier).update(tier=tier)
    return changed
