"""Every public address of the house, asked for every record there is, hidden ones too: who adds an address says here how it is asked."""

from __future__ import annotations

import base64
import gzip
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.test import Client
from django.urls import resolve
from django.utils.translation import override
from pypdf import PdfReader
from wagtail.models import Page, PageViewRestriction

from artifacts.models import Artifact, ArtifactMedia
from exchange import descriptions
from exhibits.models import ExhibitionPage
from iiif.image.gate import Gate
from iiif.presentation.gate import Gate as ManifestGate
from media.models import Asset
from museum.addresses import AddressClass, class_of, patterns
from tests.house.canaries import MARK
from vocabularies.models import Agent, CollectionSet, Department, Period, Place, Term

NEVER = "zzzzzzzzzzzz"
LANGUAGES = ("en", "vi")
REGIONS = ("full", "square", "0,0,512,512", "pct:0,0,50,50")
SEARCHES = ("", "q=trống", f"q={MARK}", "q=public&sort=added&size=96", "show=map&all=maker&within=z", "kind=agent", "from=-3000&to=3000")
# Answered 404 whoever asks, and the form of a page's password.
NOTHING_THERE = {"iiif-nowhere", "api-nowhere", "api-root", "wagtailcore_authenticate_with_password"}


@dataclass
class Records:
    """Public ids of what the museum has, whatever its state."""

    objects: list[str] = field(default_factory=lambda: [*Artifact.objects.values_list("public_id", flat=True), NEVER])
    assets: list[str] = field(default_factory=lambda: [*Asset.objects.values_list("public_id", flat=True), NEVER])
    uses: list[ArtifactMedia] = field(
        default_factory=lambda: list(ArtifactMedia.objects.select_related("artifact").prefetch_related("annotations"))
    )
    exhibitions: list[str] = field(default_factory=lambda: list(ExhibitionPage.objects.values_list("public_id", flat=True)))

    def folders(self) -> Iterator[tuple[str, str]]:
        """(folder, public id) of every IIIF collection of a record."""
        for folder, model in (("departments", Department), ("sets", CollectionSet), ("people", Agent), ("places", Place)):
            yield from ((folder, public_id) for public_id in model.objects.values_list("public_id", flat=True))
        yield from (("exhibitions", public_id) for public_id in self.exhibitions)


Asked = Callable[[Records], Iterator[str]]


def _pages(folder: str, model: Any) -> dict[str, Asked]:
    def ids() -> Any:
        return model.objects.values_list("public_id", flat=True)

    return {
        model.__name__.lower().replace("artifact", "object"): lambda _: (
            f"/{lang}/{folder}/{one}/any/" for one in ids() for lang in LANGUAGES
        ),
        model.__name__.lower().replace("artifact", "object") + "-short": lambda _: (f"/en/{folder}/{one}/" for one in ids()),
    }


def _of_pictures(ending: str) -> Asked:
    return lambda records: (f"/data/object/{use.artifact.public_id}/text/{use.public_id}{ending}" for use in records.uses)


def _images(version: int) -> Asked:
    def addresses(records: Records) -> Iterator[str]:
        for public_id in records.assets:
            for identifier in (public_id, f"{public_id}-small"):
                yield f"/iiif/{version}/{identifier}"
                yield f"/iiif/{version}/{identifier}/info.json"
            yield from (f"/iiif/{version}/{public_id}/{region}/200,/0/default.jpg" for region in REGIONS)

    return addresses


def _parts(records: Records) -> Iterator[str]:
    for use in records.uses:
        whole = f"/iiif/objects/{use.artifact.public_id}"
        canvas = f"{whole}/canvas/{use.public_id}"
        yield canvas
        yield f"{whole}/sequence/normal"
        yield from (f"{canvas}/page/{name}" for name in ("image", "lines", "words", "regions", "lines-v2", "regions-v2"))
        names = [f"{use.public_id}-line-0", f"{use.public_id}-word-0-0", *(note.public_id for note in use.annotations.all())]
        yield from (f"{whole}/annotation/{name}" for name in names)


def _manifests(records: Records) -> Iterator[str]:
    for kind, ids in (("object", records.objects), ("exhibition", records.exhibitions)):
        yield from (f"/iiif/{kind}s/{one}/{name}" for one in ids for name in ("manifest.json", "manifest-v2.json"))


def _collections(records: Records) -> Iterator[str]:
    yield from (f"/iiif/collections/{name}/collection.json" for name in ("departments", "sets", "people", "places", "exhibitions", "all/0"))
    yield from (f"/iiif/collections/{folder}/{one}/collection.json" for folder, one in records.folders())


def _searched(base: str) -> Iterator[str]:
    yield from (f"{base}/{act}?q={MARK[:4]}" for act in ("search", "search-v1", "autocomplete", "autocomplete-v1"))


def _states(records: Records) -> Iterator[str]:
    for use in records.uses:
        manifest = f"http://localhost/iiif/objects/{use.artifact.public_id}/manifest.json"
        canvas = {"id": manifest.replace("manifest.json", f"canvas/{use.public_id}"), "type": "Canvas", "partOf": [{"id": manifest}]}
        yield f"/iiif/view?iiif-content={base64.urlsafe_b64encode(json.dumps(canvas).encode()).decode().rstrip('=')}"


def _written(_: Records) -> Iterator[str]:
    for page in Page.objects.filter(depth__gt=1):
        url = page.get_url()
        if url:
            yield url


def _files(records: Records) -> Iterator[str]:
    yield from (f"/iiif/files/{one}.{ending}" for one in records.assets for ending in ("pdf", "vtt"))


def _everywhere(*addresses: str) -> Asked:
    return lambda _: iter(addresses)


PUBLIC: dict[str, Asked] = {
    "iiif-image-3": _images(3),
    "iiif-image-2": _images(2),
    "iiif-file": _files,
    "iiif-auth-login": _everywhere("/iiif/auth/login?next=/en/"),
    "iiif-auth-terminal": _everywhere("/iiif/auth/terminal"),
    "iiif-auth-token": _everywhere("/iiif/auth/token?messageId=1&origin=http://localhost:8000"),
    "iiif-auth-logout": _everywhere("/iiif/auth/logout"),
    "iiif-auth-probe": lambda records: (f"/iiif/auth/probe/{one}" for one in records.assets),
    "iiif-auth-open": lambda records: (f"/iiif/auth/open/{one}" for one in records.assets),
    "iiif-search": lambda records: (address for one in records.objects for address in list(_searched(f"/iiif/objects/{one}"))[::2]),
    "iiif-search-everything": lambda _: _searched("/iiif/collections/all"),
    "iiif-search-collection": lambda records: (
        address for folder, one in records.folders() for address in list(_searched(f"/iiif/collections/{folder}/{one}"))[::2]
    ),
    "iiif-changes": _everywhere("/iiif/changes/collection.json"),
    "iiif-changes-page": _everywhere("/iiif/changes/1.json"),
    "iiif-collection": _everywhere("/iiif/collection.json", "/iiif/collection-v2.json"),
    "iiif-collection-part": _collections,
    "iiif-manifest": _manifests,
    "iiif-group": lambda records: (f"/iiif/objects/{one}/collection.json" for one in records.objects),
    "iiif-part": _parts,
    "iiif-nowhere": _everywhere("/iiif/objects/none/manifest.json"),
    "openapi-json": _everywhere("/api/v1/openapi.json"),
    "openapi-view": _everywhere("/api/v1/docs"),
    "search": lambda _: (
        f"{page}?{asked}{more}"
        for asked in SEARCHES
        for page, more in (("/en/search/", ""), ("/vi/search/", ""), ("/api/v1/search", "&facets=500&histogram=true&size=100"))
        if "api" not in page or not asked.startswith(("show", "q=public"))
    ),
    "suggest": lambda _: (
        f"{page}?q={typed}" for page in ("/en/search/suggest/", "/api/v1/suggest") for typed in (MARK[:2], MARK, "tr", "public")
    ),
    "api-root": _everywhere("/api/v1/"),
    "api-nowhere": _everywhere("/api/v1/nothing"),
    "object-uri": lambda records: (f"/o/{one}" for one in records.objects),
    "object-sheet": lambda records: (f"/{lang}/objects/{one}/sheet.pdf" for one in records.objects for lang in LANGUAGES),
    "object-data": lambda records: (
        f"/data/object/{one}.{form.suffix}" for one in records.objects for form in descriptions.answered("object")
    ),
    "object-schema": _everywhere("/data/object.schema.json"),
    "content-state": _states,
    "page-text": _of_pictures(f".json?q={MARK}"),
    "page-text-plain": _of_pictures(".txt"),
    "page-text-original": _of_pictures("/original"),
    "peer-picture": _everywhere(f"/peers/{NEVER}.jpg"),
    "opensearch": _everywhere("/opensearch.xml"),
    "robots": _everywhere("/robots.txt"),
    "sitemap": _everywhere("/sitemap.xml"),
    "sitemap-part": lambda _: (f"/sitemap-{name}-1.xml" for name in ("objects", "people", "places", "terms", "periods", "pages")),
    "favicon": _everywhere("/favicon.ico"),
    "compare": lambda records: (f"/en/compare/?object={one}&q={MARK}" for one in records.objects),
    "mirador": _everywhere("/en/mirador/"),
    "embed": lambda records: (f"/embed/{one}/" for one in records.objects),
    **_pages("objects", Artifact),
    **_pages("people", Agent),
    **_pages("places", Place),
    **_pages("terms", Term),
    **_pages("periods", Period),
    "wagtailcore_authenticate_with_password": lambda _: (
        f"/en/_util/authenticate_with_password/{one.pk}/{one.page_id}/" for one in PageViewRestriction.objects.all()
    ),
    "wagtailcore_login": _everywhere("/en/_util/login/"),
    "wagtail_serve": _written,
}
# Their own form of the answer is asked for besides.
BY_ACCEPT = {
    "object-uri": ("application/ld+json", "application/json"),
    "iiif-manifest": ('application/ld+json;profile="http://iiif.io/api/presentation/2/context.json"',),
}
MAY_BE_MISSING = NOTHING_THERE | {
    "iiif-image-3",
    "iiif-image-2",
    "iiif-file",
    "peer-picture",
    "iiif-auth-terminal",
    "iiif-group",
    "sitemap-part",
}


def without_a_way() -> set[str]:
    """Names of public addresses that the walk does not know how to ask."""
    names = {pattern.name or route for route, pattern in patterns() if class_of(route, pattern) is AddressClass.PUBLIC}
    return names - set(PUBLIC)


@dataclass(frozen=True)
class Step:
    """One address of the walk, and what it answered: the status, and everything that was sent, headers too."""

    name: str
    address: str
    status: int
    sent: str


def walk(only: set[str] | None = None) -> Iterator[Step]:
    """Ask for all of them as a stranger, redirects followed; what the gates before Django answer comes besides."""
    client, records = Client(), Records()
    for name, asked in PUBLIC.items():
        if only is not None and name not in only:
            continue
        for address in asked(records):
            _known(name, address)
            for accept in ("", *BY_ACCEPT.get(name, ())):
                yield Step(name, address, *_followed(client, address, {"accept": accept} if accept else {}))
            if address.startswith("/iiif/") and (sent := _by_the_gates(address)):
                yield Step(name, f"{address} (gate)", 200, sent)


def _followed(client: Client, address: str, headers: dict[str, str]) -> tuple[int, str]:
    """The last status, and everything that was sent on the way there."""
    response = client.get(address, headers=headers)
    sent = body_of(response)
    for _ in range(4):
        onward = response.headers.get("Location", "").removeprefix(settings.MUSEUM_ORIGIN)
        if not 300 <= response.status_code < 400 or not onward.startswith("/"):
            break
        response = client.get(onward, headers=headers)
        sent += body_of(response)
    return response.status_code, sent


def _known(name: str, address: str) -> None:
    """The address is really one of that name."""
    path = address.partition("?")[0]
    with override("vi" if path.startswith("/vi/") else "en"):
        found = resolve(path)
    assert found.url_name == name, f"{address} is {found.url_name}, not {name}"


def body_of(response: Any) -> str:
    """What was sent, unpacked, with its headers."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Encoding") == "gzip":
        content = gzip.decompress(content)
    if content.startswith(b"%PDF-"):
        content = _printed(content).encode()
    return content.decode("utf-8", "replace") + str(dict(response.headers))


def _printed(content: bytes) -> str:
    """What can be read in a PDF, its title and keywords too, with nothing between: a word may go on in the next line."""
    document = PdfReader(io.BytesIO(content))
    said = (
        " ".join(page.extract_text() for page in document.pages)
        + str(document.metadata)
        + str(document.xmp_metadata and document.xmp_metadata.dc_title)
    )
    return re.sub(r"[\s\u200b]+", "", said)


def _by_the_gates(address: str) -> str:
    """What stands before Django says, if it says anything."""
    said: list[Any] = []

    def start(status: str, lines: list[tuple[str, str]], *_: Any) -> None:
        said.append((status, lines))

    environ = {"PATH_INFO": address.partition("?")[0], "REQUEST_METHOD": "GET"}
    body = b"".join(Gate(ManifestGate(lambda *_: []))(environ, start))
    return body.decode("utf-8", "replace") + str(said) if said else ""
