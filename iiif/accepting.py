"""The header Accept, read once for pictures and for manifests (RFC 9110, 12.5.1)."""

from __future__ import annotations

LD, JSON = "application/ld+json", "application/json"


def ranges(accept: str) -> list[tuple[str, str, float]]:
    """(media type, profile, quality) of an Accept header, in small letters. A profile may hold commas of no meaning to us: none does."""
    found = []
    for part in accept.lower().split(","):
        media_type, *parameters = (piece.strip() for piece in part.split(";"))
        values = dict(piece.split("=", 1) for piece in parameters if "=" in piece)
        try:
            quality = float(values.get("q", "1").strip())
        except ValueError:
            quality = 1.0
        found.append((media_type, values.get("profile", "").strip().strip('"'), quality))
    return found


def likes(accept: str) -> tuple[float, float]:
    """How much JSON-LD and plain JSON are wanted by their names, 0 to 1: 0 for what is not named. Of two that are not wanted by name, the
    one that is refused by it (``q=0``) is below 0.
    """
    named: dict[str, list[float]] = {LD: [], JSON: []}
    for media_type, profile, quality in ranges(accept):
        if media_type in named and (quality or not profile):  # one profile that is refused does not refuse the others
            named[media_type].append(quality)
    linked, plain = (max(said, default=0.0) if any(said) else -float(bool(said)) for said in (named[LD], named[JSON]))
    return linked, plain
