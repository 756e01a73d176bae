"""Headers of the image service: CORS on everything, how long pixels may be kept, entity tags, links."""

from __future__ import annotations

from django.conf import settings

from iiif.image.limits import INFO_MAX_AGE, TILE_MAX_AGE
from iiif.image.pictures import PUBLIC, Known

CORS = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "Accept-Ranges, Content-Range, ETag, Link, Location, Retry-After"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
)
PREFLIGHT = (
    ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
    ("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, If-None-Match, If-Range, Range"),
    ("Access-Control-Max-Age", "86400"),
    ("Allow", "GET, HEAD, OPTIONS"),
)
LEVEL = {3: "http://iiif.io/api/image/3/level2.json", 2: "http://iiif.io/api/image/2/level2.json"}


def keep(picture: Known, seconds: int = TILE_MAX_AGE) -> str:
    """Cache-Control: shared for public pictures, never by others than the asker's browser for the rest."""
    return f"public, max-age={seconds}" if picture.tier == PUBLIC else f"private, max-age={min(seconds, INFO_MAX_AGE)}"


def links(version: int, public_id: str, canonical: str) -> str:
    """The Link header: canonical address (4.7) and compliance level (5.2 / 6)."""
    return f'<{settings.MUSEUM_ORIGIN}/iiif/{version}/{public_id}/{canonical}>;rel="canonical", <{LEVEL[version]}>;rel="profile"'


def etag(picture: Known, what: str | int) -> str:
    """An entity tag that says nothing of the original: the derivatives' version and which of them."""
    return f'"{picture.version}.{what}"'


def matches(sent: str, tag: str) -> bool:
    """True when If-None-Match names the tag (weak comparison, RFC 9110, 13.1.2)."""
    return bool(sent) and (sent.strip() == "*" or tag in sent)
