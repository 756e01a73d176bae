"""SEARCH_URL: tantivy:// or elasticsearch://user:password@host:9200,host2:9200/prefix?api_key=…&ca_certs=…"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_PREFIX = re.compile(r"[a-z0-9][a-z0-9_-]{0,60}")
_KNOWN = {"api_key", "ca_certs", "verify_certs"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the index lives. Passwords are not shown by ``repr``."""

    scheme: str
    folder: Path = Path()
    hosts: tuple[str, ...] = ()
    prefix: str = "museum"
    user: str = ""
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)
    ca_certs: str = ""
    verify_certs: bool = True


def parse_address(url: str, var: str) -> Address:
    """The address in parts. Raises ImproperlyConfigured with a sentence that says what to write."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise ImproperlyConfigured("SEARCH_URL is no address: percent-encode user and password in it ([ is %5B, ] is %5D).") from None
    if parts.scheme == "tantivy":
        path = unquote(parts.netloc + parts.path)
        return Address("tantivy", folder=Path(path) if path.strip("/") else Path(var) / "search")
    if parts.scheme not in {"elasticsearch", "elasticsearch+https"}:
        raise ImproperlyConfigured(
            f"SEARCH_URL starts with {parts.scheme!r}: write tantivy://, elasticsearch://host:9200/prefix or elasticsearch+https://…"
        )
    credentials, _, hosts = parts.netloc.rpartition("@")
    user, _, password = credentials.partition(":")
    query = parse_qs(parts.query)
    unknown = set(query) - _KNOWN
    if unknown:
        raise ImproperlyConfigured(f"SEARCH_URL has {', '.join(sorted(unknown))}: only {', '.join(sorted(_KNOWN))} are known after the ?.")
    prefix = unquote(parts.path.strip("/")) or "museum"
    if not _PREFIX.fullmatch(prefix):
        raise ImproperlyConfigured(
            "SEARCH_URL has a prefix (its path) of other signs than small letters, digits, - and _: write museum, for example."
        )
    ca_certs = query.get("ca_certs", [""])[0]
    if ca_certs and not os.access(ca_certs, os.R_OK):
        raise ImproperlyConfigured(f"SEARCH_URL has ca_certs={ca_certs!r}: there is no such file, or it cannot be read.")
    return Address(
        parts.scheme,
        hosts=tuple(_host(host, "https" if parts.scheme.endswith("https") else "http") for host in hosts.split(",")),
        prefix=prefix,
        user=unquote(user),
        password=unquote(password),
        api_key=query.get("api_key", [""])[0],
        ca_certs=ca_certs,
        verify_certs=query.get("verify_certs", ["yes"])[0].lower() not in {"no", "0", "false", "off"},
    )


def _host(text: str, scheme: str) -> str:
    try:
        host = urlsplit(f"{scheme}://{text.strip()}")
        port = host.port or 9200
    except ValueError:
        raise ImproperlyConfigured(
            "SEARCH_URL has a port that is not a number from 1 to 65535. Percent-encode user and password (/ is %2F, @ is %40)."
        ) from None
    if not host.hostname:
        raise ImproperlyConfigured("SEARCH_URL lacks a host: write elasticsearch://user:password@host:9200/prefix.")
    name = f"[{host.hostname}]" if ":" in host.hostname else host.hostname
    return f"{scheme}://{name}:{port}"
