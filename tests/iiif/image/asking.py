"""A picture is asked for by the Image API."""

from __future__ import annotations

from typing import Any

from django.test import Client

from media.models import Asset


def get(client: Client, asset: Asset, rest: str, version: int = 3, **headers: str) -> Any:
    return client.get(f"/iiif/{version}/{asset.public_id}/{rest}", headers=headers or None)
