"""References to assets, as views carry them."""

from __future__ import annotations

from typing import Any

from media.models import Asset
from records import languages, references
from records.prepared import Prepared

_COLUMNS = (
    "id",
    "public_id",
    "kind",
    "state",
    "width",
    "height",
    "duration",
    "color",
    "palette",
    "perceptual_hash",
    "version",
    "alt_text",
    "blob__mime",
    "original_filename",
    "failure",
)

_rows = Prepared(lambda keys: Asset.objects.filter(pk__in=keys).order_by().values(*_COLUMNS))


def register() -> None:
    """Make references to assets resolvable."""
    references.register("media.Asset", resolve)


def resolve(pks: set[int]) -> dict[int, dict[str, Any]]:
    """``{"kind": "asset", "id", "type": image|…, "mime", "width", "height", "duration", "color", "palette", "hash", "version", "alt": {lang: text},
    "public"}``.

    ``public`` says that the asset can be shown at all (it is ready); who may see it is decided by its use.
    """
    found: dict[int, dict[str, Any]] = {}
    todo = list(pks)
    for start in range(0, len(todo), 400):
        for row in _rows(todo[start : start + 400]):
            found[row["id"]] = {
                "kind": "asset",
                "id": row["public_id"],
                "type": row["kind"],
                "mime": row["blob__mime"],
                "width": row["width"],
                "height": row["height"],
                "duration": row["duration"],
                "color": row["color"],
                "palette": row["palette"] or [],
                "hash": row["perceptual_hash"],
                "version": row["version"],
                "alt": languages.plain(row["alt_text"] or {}),
                "public": row["state"] == Asset.State.READY,
                "state": row["state"],
            }
    return found
