"""What machines ask a site for: sitemaps, robots, search description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import override
from wagtail.models import Page

from artifacts.loading import resolve
from artifacts.models import Artifact
from exhibits import addresses
from exhibits.caching import public_page
from exhibits.house import house
from iiif.image.addresses import thumbnail_url
from records import languages
from vocabularies.models import Agent, Period, Place, Term

IN_A_PART = 2000
_CHUNK = 400
SECTIONS: dict[str, Any] = {"objects": Artifact, "people": Agent, "places": Place, "terms": Term, "periods": Period}
_KINDS = {"people": "agent", "places": "place", "terms": "term", "periods": "period"}


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt: everything but the workplace and the endless states of the search."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        *(f"Disallow: /{code}/search/suggest/" for code, _name in settings.LANGUAGES),
        *(f"Disallow: /{code}/objects/*/sheet.pdf" for code, _name in settings.LANGUAGES),
        *(f"Disallow: /{code}/search/?*" for code, _name in settings.LANGUAGES),
        f"Sitemap: {addresses.absolute('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public_page
def opensearch(request: HttpRequest) -> HttpResponse:
    """The OpenSearch 1.1 description of the museum's search."""
    with override(settings.LANGUAGE_CODE):
        context = {
            "house": house(request),
            "search": addresses.absolute(addresses.search()),
            "api": addresses.absolute("/api/v1/search"),
            "icon": addresses.absolute(static("exhibits/icon.svg")),
        }
        return render(request, "exhibits/opensearch.xml", context, content_type="application/opensearchdescription+xml; charset=utf-8")


@public_page
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look without being told."""
    return HttpResponsePermanentRedirect(static("exhibits/icon.svg"))


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    """The sitemap index: pages, then parts of each kind of record."""
    parts: list[tuple[str, Any]] = [("/sitemap-pages-1.xml", None)]
    for section, model in SECTIONS.items():
        count, newest = model.objects.public().count(), model.objects.public().aggregate(newest=Max("updated_at"))["newest"]
        parts += [(f"/sitemap-{section}-{part}.xml", newest) for part in range(1, -(-count // IN_A_PART) + 1)]
    context = {"parts": [(addresses.absolute(path), newest) for path, newest in parts]}
    return render(request, "exhibits/sitemap_index.xml", context, content_type="application/xml; charset=utf-8")


@public_page
def sitemap_part(request: HttpRequest, section: str, part: int) -> HttpResponse:
    """One part of the sitemap, each address in every language."""
    if part < 1:
        raise Http404
    if section == "pages" and part == 1:
        entries = list(_pages())
    elif section == "objects":
        entries = list(_objects(part))
    elif section in SECTIONS:
        entries = list(_records(section, part))
    else:
        raise Http404
    if not entries and part != 1:
        raise Http404
    return render(request, "exhibits/sitemap.xml", {"entries": entries}, content_type="application/xml; charset=utf-8")


def _objects(part: int) -> Iterator[dict[str, Any]]:
    rows = Artifact.objects.public().order_by("pk").values_list("pk", "updated_at")[(part - 1) * IN_A_PART : part * IN_A_PART]
    changed = dict(rows)
    keys = list(changed)
    for start in range(0, len(keys), _CHUNK):
        found = resolve(set(keys[start : start + _CHUNK]))
        for pk in keys[start : start + _CHUNK]:
            picture = found[pk]["picture"]
            image = addresses.absolute(thumbnail_url(picture["asset"], 1600)) if picture else ""
            yield _entry({code: addresses.page(found[pk], code) for code, _name in settings.LANGUAGES}, changed[pk], image)


def _records(section: str, part: int) -> Iterator[dict[str, Any]]:
    rows = SECTIONS[section].objects.public().order_by("pk").values("public_id", "label", "updated_at")
    for row in rows[(part - 1) * IN_A_PART : part * IN_A_PART]:
        ref = {"kind": _KINDS[section], "id": row["public_id"], "label": languages.plain(row["label"] or {})}
        yield _entry({code: addresses.page(ref, code) for code, _name in settings.LANGUAGES}, row["updated_at"])


def _pages() -> Iterator[dict[str, Any]]:
    groups: dict[Any, dict[str, str]] = {}
    changed: dict[Any, Any] = {}
    for page in Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("path"):
        url = page.get_url()
        if url:
            groups.setdefault(page.translation_key, {})[page.locale.language_code] = url
            changed[page.translation_key] = max(filter(None, [changed.get(page.translation_key), page.last_published_at]), default=None)
    for key, urls in groups.items():
        yield _entry(urls, changed[key])


def _entry(paths: dict[str, str], changed: Any, image: str = "") -> dict[str, Any]:
    return {"urls": {code: addresses.absolute(path) for code, path in paths.items()}, "changed": changed, "image": image}
