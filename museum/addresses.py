"""Who may open which address: every URL pattern of the house has a class. One without a class fails a test.

The workplace, which guards its own addresses, is classified by its prefix; everything else by name, so that a new address
has to be thought about.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from django.urls import URLPattern, URLResolver, get_resolver


class AddressClass(StrEnum):
    """Who an address is for."""

    PUBLIC = "public"  # answers everybody from the public projection
    STAFF = "staff"  # asks for a log-in and for permission
    OPERATORS = "operators"  # health and metrics: no record's content


STAFF_PREFIXES = ("admin/",)

CLASSES: dict[str, AddressClass] = {
    "livez": AddressClass.OPERATORS,
    "readyz": AddressClass.OPERATORS,
    "metrics": AddressClass.OPERATORS,
    # Wagtail's pages: home, exhibitions
    "wagtail_serve": AddressClass.PUBLIC,
    "wagtailcore_authenticate_with_password": AddressClass.PUBLIC,
    "wagtailcore_login": AddressClass.PUBLIC,
    "iiif-collection": AddressClass.PUBLIC,
    "iiif-collection-part": AddressClass.PUBLIC,
    "iiif-manifest": AddressClass.PUBLIC,
    "iiif-group": AddressClass.PUBLIC,
    "iiif-part": AddressClass.PUBLIC,
    **dict.fromkeys(("iiif-changes", "iiif-changes-page"), AddressClass.PUBLIC),
    "iiif-nowhere": AddressClass.PUBLIC,
    "iiif-image-3": AddressClass.PUBLIC,
    "iiif-image-2": AddressClass.PUBLIC,
    "iiif-file": AddressClass.PUBLIC,
    **dict.fromkeys(
        ("iiif-auth-login", "iiif-auth-terminal", "iiif-auth-token", "iiif-auth-logout", "iiif-auth-probe", "iiif-auth-open"),
        AddressClass.PUBLIC,
    ),
    **dict.fromkeys(("iiif-search", "iiif-search-everything", "iiif-search-collection"), AddressClass.PUBLIC),
    # visitors
    **dict.fromkeys(("object", "agent", "place", "term", "period"), AddressClass.PUBLIC),
    **dict.fromkeys(("object-short", "agent-short", "place-short", "term-short", "period-short"), AddressClass.PUBLIC),
    **dict.fromkeys(
        ("search", "suggest", "object-uri", "object-data", "object-schema", "page-text", "page-text-plain", "page-text-original"),
        AddressClass.PUBLIC,
    ),
    "object-sheet": AddressClass.PUBLIC,
    **dict.fromkeys(("content-state", "compare", "mirador", "embed", "peer-picture"), AddressClass.PUBLIC),
    **dict.fromkeys(("opensearch", "robots", "sitemap", "sitemap-part", "favicon"), AddressClass.PUBLIC),
    # the API
    **dict.fromkeys(("api-root", "openapi-json", "openapi-view", "search_objects", "api-nowhere"), AddressClass.PUBLIC),
}


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(route, pattern) of every address of the house."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, route)
        else:
            yield route, entry


def class_of(route: str, pattern: URLPattern) -> AddressClass | None:
    """The class of an address; None when nobody has given it one."""
    if route.startswith(STAFF_PREFIXES):
        return AddressClass.STAFF
    return CLASSES.get(pattern.name or "")
