"""Who may see an asset: its tier is the widest public use of it. Each room that shows assets tells what it uses (in ``ready()``)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from media.models import Asset

CHUNK = 400
WIDEST_FIRST = (Asset.Tier.PUBLIC, Asset.Tier.RESTRICTED)
Uses = Callable[[Sequence[int]], Mapping[int, str]]
_uses: dict[str, Uses] = {}


def register(name: str, uses: Uses) -> None:
    """Let a room say what it shows: of these assets (primary keys), the tier that its use gives them; those it does not show are left out."""
    _uses[name] = uses


def refresh_tiers(asset_ids: Iterable[int]) -> None:
    """Give each asset the tier of its widest public use; hidden is what nobody shows."""
    todo = sorted(set(asset_ids))
    for start in range(0, len(todo), CHUNK):
        chunk = todo[start : start + CHUNK]
        told = [uses(chunk) for uses in _uses.values()]
        left = set(chunk)
        for tier in WIDEST_FIRST:
            of_this = {pk for pk in left if any(each.get(pk) == tier for each in told)}
            set_tier(of_this, tier)
            left -= of_this
        set_tier(left, Asset.Tier.HIDDEN)


def set_tier(asset_ids: Iterable[int], tier: str) -> int:
    """Give assets (by primary key) a tier; returns how many changed."""
    todo = list(asset_ids)
    changed = 0
    for start in range(0, len(todo), CHUNK):
        changed += Asset.objects.filter(pk__in=todo[start : start + CHUNK]).exclude(tier=tier).update(tier=tier)
    return changed
