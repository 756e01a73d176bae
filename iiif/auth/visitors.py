"""Who is asking: where from, and whether that alone opens restricted pictures (terminals in the house, networks)."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest

from iiif.auth.passes import ReaderPass, new
from iiif.image import rules
from vocabularies.models import Museum

PERMISSION = "media.view_restricted"


def address_of(request: HttpRequest) -> str:
    """The visitor's network address: what the outermost of our own proxies (MUSEUM_PROXIES) has seen. Nobody else is believed."""
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    while forwarded and rules.covers(settings.MUSEUM_PROXIES, address):
        address = forwarded.pop()
    return address


def line_of(request: HttpRequest) -> str:
    """What attempts are counted by: the address, or its /64, of which whoever has one IPv6 address has all."""
    try:
        address = ipaddress.ip_address(address_of(request))
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)
    return str(address)


def logged_in() -> ReaderPass | None:
    """The pass of whoever has logged in: for the museums that show restricted pictures so; None when none does."""
    others = [museum for museum, held in rules.every().items() if held.pattern != rules.ACTIVE]
    if not others:
        return new(None)
    museums = list(Museum.objects.exclude(pk__in=others).values_list("pk", flat=True))
    return new(museums) if museums else None


def brought_along(request: HttpRequest, *patterns: str) -> ReaderPass | None:
    """The pass of whoever stands in a network that a museum with one of these patterns has named."""
    address = address_of(request)
    museums = [museum for museum, held in rules.every().items() if held.pattern in patterns and rules.covers(held.networks, address)]
    return new(museums) if museums else None


def trusts(origin: str) -> bool:
    """True for our own pages, and for viewers elsewhere that a museum has named."""
    allowed = {entry for held in rules.every().values() for entry in held.origins}
    return origin == settings.MUSEUM_ORIGIN or origin in allowed or ("*" in allowed and origin.startswith(("https://", "http://")))
