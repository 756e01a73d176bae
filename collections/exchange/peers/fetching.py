"""Fetches documents and pictures of other museums, and nothing else: no way into private networks, no endless answers.

A name is resolved once and the connection goes to that very address, so that no second answer of a name server can lead
elsewhere (DNS rebinding); every redirect is checked like the first address. What could tell an inside from an outside that
does not answer is one and the same sentence.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.errors import ExchangeError

PORTS = frozenset({80, 443, 8080, 8443})
REDIRECTS = 5
PATIENCE = 10.0  # seconds for a connection, and between two pieces of an answer
_CHUNK = 64 * 1024
# set apart by IANA, and global to Python: protocol assignments, the old anycast of 6to4, documentation
_SET_APART = [ipaddress.ip_network(one) for one in ("192.0.0.0/24", "192.88.99.0/24", "3fff::/20")]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_AGENT = "Museum/1.0 (IIIF; +{})"
NOTHING = gettext_lazy("The museum can read nothing at this address. Check it; addresses inside private networks are not opened.")


class PeerError(ExchangeError):
    """What another museum's address gave cannot be used; the message says why, for a curator. ``status``: its HTTP status, if it answered."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Limits:
    """How long all of a fetch may take, redirects included, and how large the answer may be (decompressed)."""

    seconds: float = 20.0
    bytes: int = 20 * 1024 * 1024


DOCUMENT = Limits()
PICTURE = Limits(seconds=60.0, bytes=40 * 1024 * 1024)


@dataclass(frozen=True)
class Fetched:
    """An answer: where it came from in the end, its media type in small letters, its tag, its bytes. 304: ``body`` is None."""

    address: str
    media_type: str
    etag: str
    body: bytes | None


def fetch(address: str, *, accept: str = "*/*", limits: Limits = DOCUMENT, etag: str = "") -> Fetched:
    """What is at ``address``. ``etag``: of what is had already. Raises PeerError."""
    until = time.monotonic() + limits.seconds
    for _step in range(REDIRECTS + 1):
        where = checked(address)
        connection = _connected(where, until)
        # whatever trickles in, headers too: at the deadline the line is cut
        deadline = threading.Timer(max(until - time.monotonic(), 0.01), connection.cut)
        deadline.daemon = True
        deadline.start()
        try:
            answer = _asked(connection, where, accept, etag)
            if answer.status in {301, 302, 303, 307, 308}:
                address = _next(address, answer.getheader("Location"))
                continue
            if answer.status == 304 and etag:
                return Fetched(address, "", etag, None)
            if answer.status != 200:
                raise PeerError(_("The other museum answered with status %(status)d.") % {"status": answer.status}, answer.status)
            body = b"".join(_read(answer, limits.bytes, until))
            media_type = (answer.getheader("Content-Type") or "").split(";")[0].strip().lower()
            return Fetched(address, media_type, answer.getheader("ETag") or "", body)
        except (OSError, ValueError, http.client.HTTPException, zlib.error) as error:
            _left(until)
            raise PeerError(_("The other museum’s answer broke off. Try again later.")) from error
        finally:
            deadline.cancel()
            connection.close()
    raise PeerError(_("The address leads from one redirect to the next without end."))


def fetch_each(addresses: Iterable[str], *, accept: str = "*/*") -> Iterator[bytes]:
    """One document after the other, as they are taken; all together have the time of one. Raises PeerError."""
    until = time.monotonic() + DOCUMENT.seconds
    for address in addresses:
        yield fetch(address, accept=accept, limits=Limits(_left(until), DOCUMENT.bytes)).body or b""


@dataclass(frozen=True)
class Where:
    """An address taken apart; ``host`` in ASCII."""

    secure: bool
    host: str
    port: int
    path: str
    trusted: bool


def checked(address: str) -> Where:
    """The address, if it is one that may be opened at all. Raises PeerError."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").encode("idna").decode().rstrip(".").lower()
    except (ValueError, UnicodeError):
        raise PeerError(_("This is no web address.")) from None
    if parts.scheme not in {"http", "https"} or not host:
        raise PeerError(_("Only addresses that begin with https:// or http:// can be opened."))
    if parts.username is not None or parts.password is not None:
        raise PeerError(_("Addresses with a user name or password are not opened."))
    named = settings.MUSEUM_PEER_HOSTS
    trusted = host in named or f"{host}:{port}" in named
    if port not in PORTS and not trusted:
        raise PeerError(str(NOTHING))
    path = urlunsplit(("", "", quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"), quote(parts.query, safe="=&%/:?@!$'()*+,;~-._[]"), ""))
    return Where(parts.scheme == "https", host, port, path, trusted)


def is_public(text: str) -> bool:
    """True when an IP address is one of the open internet, also when it is written inside another one."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if address.is_site_local:  # fec0::/10 (RFC 3879): some networks still use it inside, and Python calls it global
            return False
    if any(address in network for network in _SET_APART if network.version == address.version):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _resolved(where: Where) -> list[str]:
    try:
        found = socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except OSError:
        raise PeerError(str(NOTHING)) from None
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    # one inside address among others is refused with all of them: whoever names it means harm
    if not numbers or (not where.trusted and not all(is_public(number) for number in numbers)):
        raise PeerError(str(NOTHING))
    return numbers


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise PeerError(_("The other museum took too long to answer. Try again later."))
    return left


class _Line(http.client.HTTPConnection):
    """A connection over a socket that is open already."""

    def __init__(self, where: Where, wire: socket.socket) -> None:
        super().__init__(where.host, where.port)
        self.auto_open = 0
        self.sock = self.wire = wire

    def cut(self) -> None:
        """End it now, whoever is reading."""
        with contextlib.suppress(OSError):
            self.wire.shutdown(socket.SHUT_RDWR)


def _connected(where: Where, until: float) -> _Line:
    """A connection to the address that was resolved, and to no other."""
    for number in _resolved(where):
        try:
            plain = socket.create_connection((number, where.port), timeout=min(_left(until), PATIENCE))
        except OSError:
            continue
        try:
            ready = ssl.create_default_context().wrap_socket(plain, server_hostname=where.host) if where.secure else plain
        except OSError:
            plain.close()
            continue
        return _Line(where, ready)
    raise PeerError(str(NOTHING))


def _asked(connection: http.client.HTTPConnection, where: Where, accept: str, etag: str) -> http.client.HTTPResponse:
    usual = where.port == (443 if where.secure else 80)
    host = f"[{where.host}]" if ":" in where.host else where.host
    headers = {
        "Host": host if usual else f"{host}:{where.port}",
        "Accept": accept,
        "Accept-Encoding": "gzip",
        "Cache-Control": "no-cache",  # a change that was just told must not be answered from what was kept before it
        "User-Agent": _AGENT.format(settings.MUSEUM_ORIGIN),
        "Connection": "close",
        **({"If-None-Match": etag} if etag else {}),
    }
    connection.request("GET", where.path, headers=headers)
    return connection.getresponse()


def _next(address: str, location: str | None) -> str:
    if not location:
        raise PeerError(_("The other museum redirects to nowhere."))
    onward = urljoin(address, location)
    if address.startswith("https:") and onward.startswith("http:"):
        raise PeerError(_("The other museum redirects from a secure address to one that is not."))
    return onward


def _read(answer: http.client.HTTPResponse, most: int, until: float) -> Iterator[bytes]:
    """The body, decompressed. However small it looks, it ends with the limit."""
    packed = (answer.getheader("Content-Encoding") or "").lower() in {"gzip", "x-gzip"}
    unpack = zlib.decompressobj(wbits=31) if packed else None
    total = 0
    while chunk := answer.read1(_CHUNK):
        _left(until)
        piece = unpack.decompress(chunk, most - total + 1) if unpack else chunk
        total += len(piece)
        if total > most or (unpack and unpack.unconsumed_tail):
            raise PeerError(_("The other museum’s answer is larger than %(n)d MB.") % {"n": most // (1024 * 1024)})
        yield piece
    _left(until)
    if answer.length or (unpack and not unpack.eof):
        raise http.client.IncompleteRead(b"")
