"""The one place where the environment is read: names, defaults, and one clear sentence for each wrong value."""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}
SHORTEST_SECRET = 50
SHORTEST_TOKEN = 16
HOST = re.compile(r"[a-z0-9.-]+|[0-9a-f:.]*:[0-9a-f:.]*")  # what Django takes for a host: a name, or an IPv6 address
SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")  # libpq's


@dataclass(frozen=True)
class Environment:
    """Every value that an operator may set, checked. See docs/operating.md for what each one means."""

    var: Path
    port: int
    origin: str
    debug: bool
    secret_key: str
    database: dict[str, Any]
    search_url: str
    storage: dict[str, Any]
    image_service_url: str
    cache: dict[str, Any]
    autosave_interval: int
    max_pixels: int
    image_cache_mb: int
    proxies: tuple[Any, ...]
    metrics_token: str
    mail: dict[str, Any]
    basemap_url: str = ""
    basemap_attribution: str = ""
    peer_hosts: tuple[str, ...] = ()
    search_rebuild_batch: int = 500

    @property
    def production(self) -> bool:
        """An https origin means production."""
        return self.origin.startswith("https://")


def read(env: Mapping[str, str] = os.environ, *, base: Path) -> Environment:
    """Checked settings out of ``env``. Raises ImproperlyConfigured with a sentence that names the variable."""
    var = _folder(env, base)
    port = _integer(env, "PORT", 8000, low=1, high=65535)
    origin = _origin(env, port)
    production = origin.startswith("https://")
    debug = _boolean(env, "DEBUG")
    if debug and production:
        raise ImproperlyConfigured(
            "DEBUG is on while MUSEUM_ORIGIN is an https address: a production museum never shows its insides. Unset DEBUG."
        )
    return Environment(
        var=var,
        port=port,
        origin=origin,
        debug=debug,
        secret_key=_secret_key(env, var, production),
        database=_database(env, var),
        search_url=_search(env),
        storage=_storage(env, var),
        image_service_url=_image_service(env),
        cache=_cache(env),
        autosave_interval=_integer(env, "MUSEUM_AUTOSAVE_INTERVAL", 3000, low=0, high=600_000),
        max_pixels=_integer(env, "MUSEUM_MAX_PIXELS", 2_000_000_000, low=1_000_000, high=100_000_000_000),
        image_cache_mb=_integer(env, "MUSEUM_IMAGE_CACHE_MB", 1024, low=0, high=10_000_000),
        proxies=_proxies(env),
        metrics_token=_token(env),
        mail=_mail(env),
        basemap_url=_basemap(env),
        basemap_attribution=env.get("BASEMAP_ATTRIBUTION", "").strip()[:200],
        peer_hosts=tuple(host.strip().lower() for host in env.get("MUSEUM_PEER_HOSTS", "").split(",") if host.strip()),
    )


def _proxies(env: Mapping[str, str]) -> tuple[Any, ...]:
    """Networks of our own proxies, which say truly where a visitor comes from."""
    found = []
    for word in env.get("MUSEUM_PROXIES", "127.0.0.0/8 ::1").replace(",", " ").split():
        try:
            found.append(ipaddress.ip_network(word))
        except ValueError as error:
            raise ImproperlyConfigured(
                f"MUSEUM_PROXIES: {word!r} is no network, such as 172.16.0.0/12. Separate several by spaces."
            ) from error
    return tuple(found)


def _token(env: Mapping[str, str]) -> str:
    token = env.get("METRICS_TOKEN", "").strip()
    if token and len(token) < SHORTEST_TOKEN:
        raise ImproperlyConfigured(f"METRICS_TOKEN is too short: use at least {SHORTEST_TOKEN} random characters, or unset it.")
    return token


def _folder(env: Mapping[str, str], base: Path) -> Path:
    try:
        var = Path(env.get("MUSEUM_VAR") or base / "var").expanduser()
    except RuntimeError:
        raise ImproperlyConfigured(f"MUSEUM_VAR is {env['MUSEUM_VAR']!r}: there is no such user. Write the whole path.") from None
    if not var.is_absolute():
        var = base / var
    try:
        var.mkdir(parents=True, exist_ok=True)
        probe = var / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise ImproperlyConfigured(
            f"MUSEUM_VAR: the folder {var} cannot be written ({error.strerror}). Make it writable or choose another folder."
        ) from error
    return var


def _integer(env: Mapping[str, str], name: str, default: int, *, low: int, high: int) -> int:
    raw = env.get(name, "").strip()
    if not raw:
        return default
    try:
        value = int(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {raw!r}: it must be a whole number from {low} to {high}.") from None
    if not low <= value <= high:
        raise ImproperlyConfigured(f"{name} is {value}: it must be a whole number from {low} to {high}.")
    return value


def _boolean(env: Mapping[str, str], name: str) -> bool:
    raw = env.get(name, "").strip().lower()
    if raw in TRUE:
        return True
    if raw in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {raw!r}: write 1 or 0.")


def _origin(env: Mapping[str, str], port: int) -> str:
    """Scheme and host in small letters, as browsers send them: what is compared with it later decides about production and cookies."""
    raw = (env.get("MUSEUM_ORIGIN") or f"http://localhost:{port}").strip().rstrip("/")
    try:
        parts = urlsplit(raw)
        host, number = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:  # a port that is no number, a bracket too many, a label too long
        host, number = "", None
    if not HOST.fullmatch(host) or parts.scheme not in {"http", "https"} or set(raw) & set("@?#") or parts.path:
        raise ImproperlyConfigured(f"MUSEUM_ORIGIN is {raw!r}: write scheme and host alone, such as https://collection.example.org.")
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{f':{number}' if number else ''}"


def _secret_key(env: Mapping[str, str], var: Path, production: bool) -> str:
    key = env.get("SECRET_KEY", "")
    if key:
        if production and (len(key) < SHORTEST_SECRET or len(set(key)) < 5 or key.startswith("django-insecure")):
            raise ImproperlyConfigured(f"SECRET_KEY is too weak for production: use at least {SHORTEST_SECRET} random characters.")
        return key
    if production:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set: a production museum (https origin) needs its own, at least 50 random characters."
        )
    kept = var / "secret_key"
    if not kept.exists():
        fresh = kept.with_name(f"secret_key.{os.getpid()}")
        fresh.write_text(secrets.token_urlsafe(64))
        fresh.chmod(0o600)
        try:  # two processes may start together: the first link wins, both read that one
            os.link(fresh, kept)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text().strip()


def _database(env: Mapping[str, str], var: Path) -> dict[str, Any]:
    raw = env.get("DATABASE_URL") or f"sqlite:///{quote(str(var))}/museum.sqlite3"
    parts = _split(raw, "DATABASE_URL")
    if parts.scheme == "sqlite":
        name = unquote(raw.removeprefix("sqlite:///"))
        if not raw.startswith("sqlite:///") or not name:
            raise ImproperlyConfigured("DATABASE_URL: write sqlite:///relative/file or sqlite:////absolute/file.")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            # IMMEDIATE: a reader that turns writer waits its turn instead of failing with "database is locked".
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                # Every thread has a connection. Pages of the file that are mapped (SQLite's most, two gigabytes) are one copy for all of them;
                # those that a connection keeps (KiB) are its own: 64 MB of them made a web process a gigabyte large.
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-8000;PRAGMA mmap_size=2147418112;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        if not parts.hostname or not parts.path.strip("/"):
            raise ImproperlyConfigured(
                "DATABASE_URL lacks a host or a database name: write postgres://user:password@host:5432/museum (percent-encoded)."
            )
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname,
            "PORT": str(_port(parts, "DATABASE_URL") or 5432),
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": _postgresql_options(parts.query),
        }
    raise ImproperlyConfigured(f"DATABASE_URL starts with {parts.scheme!r}: only sqlite:///… and postgres://… are known.")


def _postgresql_options(query: str) -> dict[str, Any]:
    """What stands behind the ``?``: ``sslmode`` and ``sslrootcert``, as libpq knows them."""
    given = {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}
    if unknown := sorted(given.keys() - {"sslmode", "sslrootcert"}):
        raise ImproperlyConfigured(f"DATABASE_URL has ?{unknown[0]}=: only sslmode and sslrootcert are known there.")
    if given.get("sslmode", SSL_MODES[0]) not in SSL_MODES:
        raise ImproperlyConfigured(f"DATABASE_URL has sslmode={given['sslmode']!r}: write one of {', '.join(SSL_MODES)}.")
    return {"connect_timeout": 5, **given}


def _search(env: Mapping[str, str]) -> str:
    raw = (env.get("SEARCH_URL") or "tantivy://").strip()
    scheme = raw.partition("://")[0]
    if scheme not in {"tantivy", "elasticsearch", "elasticsearch+https"}:
        raise ImproperlyConfigured(
            f"SEARCH_URL starts with {scheme!r}: only tantivy://, elasticsearch://… and elasticsearch+https://… are known."
        )
    return raw


def _storage(env: Mapping[str, str], var: Path) -> dict[str, Any]:
    """Plain facts of the storage: {"kind": "file", "root": Path} or {"kind": "s3", endpoint, key, secret, bucket, prefix, region}."""
    raw = (env.get("STORAGE_URL") or "file://").strip()
    parts = _split(raw, "STORAGE_URL")
    if parts.scheme == "file":
        if parts.netloc:
            raise ImproperlyConfigured(f"STORAGE_URL is {raw!r}: write file:// or, with three strokes, file:///absolute/folder.")
        return {"kind": "file", "root": Path(unquote(parts.path)) if parts.path.strip("/") else var}
    if parts.scheme != "s3":
        raise ImproperlyConfigured(f"STORAGE_URL starts with {parts.scheme!r}: only file:// and s3://… are known.")
    bucket, _, prefix = unquote(parts.path.strip("/")).partition("/")
    if not (parts.hostname and parts.username and parts.password and bucket):
        raise ImproperlyConfigured(
            "STORAGE_URL is incomplete: write s3://key:secret@host:port/bucket, key and secret percent-encoded (/ is %2F, @ is %40)."
        )
    query = parse_qs(parts.query)
    if unknown := sorted(query.keys() - {"region", "tls"}):
        raise ImproperlyConfigured(f"STORAGE_URL has ?{unknown[0]}=: only region and tls are known there.")
    tls = query.get("tls", ["yes"])[0].lower()
    if tls not in TRUE | {"no", "0", "off", "false"}:
        raise ImproperlyConfigured(f"STORAGE_URL has tls={tls!r}: write tls=yes or tls=no.")
    port = _port(parts, "STORAGE_URL")
    host = f"{parts.hostname}:{port}" if port else parts.hostname
    return {
        "kind": "s3",
        "endpoint": f"{'https' if tls in TRUE else 'http'}://{host}",
        "key": unquote(parts.username),
        "secret": unquote(parts.password),
        "bucket": bucket,
        "prefix": prefix.strip("/"),
        "region": query.get("region", ["us-east-1"])[0],
    }


def _image_service(env: Mapping[str, str]) -> str:
    raw = (env.get("IMAGE_SERVICE_URL") or "").strip().rstrip("/")
    parts = _split(raw, "IMAGE_SERVICE_URL")
    if raw and (parts.scheme not in {"http", "https"} or not parts.hostname):
        raise ImproperlyConfigured(
            f"IMAGE_SERVICE_URL is {raw!r}: write the base address of a IIIF image service, such as https://images.example.org/iiif/3."
        )
    return raw


def _basemap(env: Mapping[str, str]) -> str:
    raw = env.get("BASEMAP_URL", "").strip()
    if not raw:
        return ""
    parts = _split(raw, "BASEMAP_URL")
    if parts.scheme not in {"http", "https"} or not parts.hostname or not all(part in raw for part in ("{z}", "{x}", "{y}")):
        raise ImproperlyConfigured(
            f"BASEMAP_URL is {raw!r}: write the address of Web Mercator tiles with {{z}}, {{x}} and {{y}}, such as https://tiles.example.org/{{z}}/{{x}}/{{y}}.png."
        )
    if set(re.findall(r"\{(\w*)\}", raw)) != {"z", "x", "y"}:
        raise ImproperlyConfigured(f"BASEMAP_URL is {raw!r}: only {{z}}, {{x}} and {{y}} may stand in braces.")
    return raw


def _cache(env: Mapping[str, str]) -> dict[str, Any]:
    raw = (env.get("CACHE_URL") or "").strip()
    if not raw:
        return {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "museum", "OPTIONS": {"MAX_ENTRIES": 5000}}
    parts = _split(raw, "CACHE_URL")
    if parts.scheme not in {"redis", "rediss"}:
        raise ImproperlyConfigured(f"CACHE_URL starts with {parts.scheme!r}: only redis://… and rediss://… are known.")
    if not parts.hostname:
        raise ImproperlyConfigured("CACHE_URL lacks a host: write redis://host:6379/0.")
    _port(parts, "CACHE_URL")
    return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": raw}


def _mail(env: Mapping[str, str]) -> dict[str, Any]:
    """Django's settings for e-mail. Without a server none is tried: a review would wait for it, and the log be full of failures."""
    raw = env.get("MAIL_URL", "").strip()
    if not raw:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = _split(raw, "MAIL_URL")
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(
            "MAIL_URL must be smtp://user:password@host:587?from=museum@example.org, or smtps://… with TLS from the start."
        )
    query = parse_qs(parts.query)
    sender = query.get("from", [""])[0]
    if not re.fullmatch(r"[^\s@]+@[^\s@]+", sender):
        raise ImproperlyConfigured("MAIL_URL has no sender: add ?from= and the museum's own address.")
    implicit = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": _port(parts, "MAIL_URL") or (465 if implicit else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": implicit,
        "EMAIL_USE_TLS": not implicit and query.get("tls", ["yes"])[0].lower() in TRUE,
        "EMAIL_TIMEOUT": 10,
        "DEFAULT_FROM_EMAIL": sender,
        "SERVER_EMAIL": sender,
    }


def _port(parts: Any, name: str) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} has a port that is not a number from 1 to 65535.") from None


def _split(raw: str, name: str) -> SplitResult:
    """The parts of an address. What stands in it is never repeated in a message: a sign that is not encoded may lie in the password."""
    try:
        return urlsplit(raw)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is no address: percent-encode user, password and key in it ([ is %5B, ] is %5D).") from None
