"""Addresses of files that are no pictures, for pages and manifests: ``/iiif/files/<asset>.<ending>``."""

from __future__ import annotations

from django.conf import settings

# media type → the ending of its address
ENDINGS = {
    "application/pdf": "pdf",
    "text/vtt": "vtt",
    "model/gltf-binary": "glb",
    "video/mp4": "mp4",
    "audio/mp4": "m4a",
    "video/quicktime": "mov",
    "audio/quicktime": "mov",
    "video/webm": "webm",
    "audio/webm": "webm",
    "audio/ogg": "ogg",
    "video/ogg": "ogv",
    "audio/mpeg": "mp3",
    "audio/flac": "flac",
    "audio/wav": "wav",
}


def file_path(asset_id: str, mime: str) -> str:
    """The address below the museum's origin, for stored documents with a placeholder origin. Raises KeyError for pictures, which have none."""
    return f"/iiif/files/{asset_id}.{ENDINGS[mime]}"


def file_url(asset_id: str, mime: str, *, origin: str | None = None) -> str:
    """The whole address. ``origin`` stands for the museum's own when given."""
    return (settings.MUSEUM_ORIGIN if origin is None else origin) + file_path(asset_id, mime)
