"""Addresses of pictures in the image service, for pages and manifests."""

from __future__ import annotations

from django.conf import settings

FIXED = (200, 400, 800, 1600)  # made once at ingest: pages ask for these


def base(*, version: int = 3, origin: str | None = None) -> str:
    """The image service's base, without a slash at the end. ``origin`` stands for the museum's own when given (a placeholder in stored bytes)."""
    if settings.IMAGE_SERVICE_URL and version == 3:
        return settings.IMAGE_SERVICE_URL
    return f"{settings.MUSEUM_ORIGIN if origin is None else origin}/iiif/{version}"


def service_url(asset_id: str, *, version: int = 3, origin: str | None = None) -> str:
    """The id of a picture's image service: its base URI, whose ``/info.json`` describes it."""
    return f"{base(version=version, origin=origin)}/{asset_id}"


def image_url(
    asset_id: str,
    region: str = "full",
    size: str = "max",
    rotation: str = "0",
    quality: str = "default",
    fmt: str = "jpg",
    *,
    origin: str | None = None,
) -> str:
    """The address of an image (Image API 3.0, 4). Parameters are the API's own words."""
    return f"{service_url(asset_id, origin=origin)}/{region}/{size}/{rotation}/{quality}.{fmt}"


def region_in_percent(box: tuple[int, int, int, int], width: int, height: int) -> str:
    """A part of a picture of ``width × height`` pixels, as it is addressed whatever size the picture is shown at: where rights limit it, its own
    pixels lie beside what the service has.
    """
    sides = (width, height, width, height)
    shares = (f"{100 * place / side:.6f}".rstrip("0").rstrip(".") for place, side in zip(box, sides, strict=True))
    return f"pct:{','.join(shares)}"


def thumbnail_url(asset_id: str, width: int = 400, *, origin: str | None = None) -> str:
    """The whole picture within ``width × width`` pixels, at the fixed size that is nearest above: those are made once and answered at once."""
    side = next((fixed for fixed in FIXED if fixed >= width), FIXED[-1])
    return image_url(asset_id, size=f"!{side},{side}", origin=origin)
