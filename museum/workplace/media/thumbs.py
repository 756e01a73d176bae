"""Addresses of small pictures at the museum's image service."""

from __future__ import annotations

from django.conf import settings


def thumbnail_url(asset_id: str, width: int) -> str:
    """A picture of at most ``width`` pixels in both directions."""
    base = settings.IMAGE_SERVICE_URL or "/iiif/3"
    return f"{base}/{asset_id}/full/!{width},{width}/0/default.jpg"
