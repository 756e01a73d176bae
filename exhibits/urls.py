"""The visitor's addresses (architecture, "Addresses"): machines' ones without a language, people's pages under it."""

from typing import Any

from django.urls import path, re_path, register_converter

from exhibits.views import comparing, data, embedding, machine, mirador, objects, peers, records, search, sheets, states, texts
from records.ids import PUBLIC_ID


class PublicIdConverter:
    """A record's public id in an address."""

    regex = PUBLIC_ID

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PublicIdConverter, "id")

machine_patterns = [
    path("o/<id:public_id>", objects.uri, name="object-uri"),
    path("embed/<id:public_id>/", embedding.show, name="embed"),
    path("data/object/<id:public_id>.<str:suffix>", data.description, name="object-data"),
    path("data/object.schema.json", data.schema, name="object-schema"),
    path("iiif/view", states.view, name="content-state"),
    path("data/object/<id:public_id>/text/<id:use>.json", texts.words, name="page-text"),
    path("data/object/<id:public_id>/text/<id:use>.txt", texts.plain, name="page-text-plain"),
    path("data/object/<id:public_id>/text/<id:use>/original", texts.original, name="page-text-original"),
    path("peers/<id:public_id>.jpg", peers.picture, name="peer-picture"),
    path("opensearch.xml", machine.opensearch, name="opensearch"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", machine.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:part>.xml", machine.sitemap_part, name="sitemap-part"),
    path("favicon.ico", machine.favicon, name="favicon"),
]


def _record(folder: str, name: str, view: Any) -> list:
    return [
        path(f"{folder}/<id:public_id>/<str:slug>/", view, name=name),
        re_path(rf"^{folder}/(?P<public_id>{PUBLIC_ID})/?$", view, {"slug": ""}, name=f"{name}-short"),
    ]


page_patterns = [
    path("search/", search.show, name="search"),
    path("compare/", comparing.show, name="compare"),
    path("mirador/", mirador.show, name="mirador"),
    path("search/suggest/", search.suggest, name="suggest"),
    path("objects/<id:public_id>/sheet.pdf", sheets.show, name="object-sheet"),
    *_record("objects", "object", objects.show),
    *_record("people", "agent", records.agent),
    *_record("places", "place", records.place),
    *_record("terms", "term", records.term),
    *_record("periods", "period", records.period),
]
