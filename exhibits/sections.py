"""The objects that written sections name, as views: read once for a whole page."""

from __future__ import annotations

from typing import Any

from artifacts.models import Artifact
from exhibits.blocks import object_keys
from records.projection import View, views


def with_objects(body: Any, *others: int | None) -> dict[str, dict[int, View]]:
    """``{"shown_objects": {primary key: view}}`` of the public objects that sections (and others) name; hidden ones are not there."""
    keys = dict.fromkeys([*object_keys(body.raw_data), *(key for key in others if key)])
    by_id = {view["id"]: view for view in views("object", keys)}
    rows = Artifact.objects.filter(public_id__in=by_id).values_list("pk", "public_id")
    found = {pk: by_id[public_id] for pk, public_id in rows}
    return {"shown_objects": {key: found[key] for key in keys if key in found}}
