"""The JSON API: mounts each room's router under /api/v1/, readable from every site, with errors as JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI

from search.api import router as search_router

CORS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link, Retry-After"}
SECONDS = 20  # as pages: with the ticker's 30 s a takedown holds everywhere within 60 s


class PublicAPI(NinjaAPI):
    """An API whose every answer, errors too, may be read by other sites' scripts and kept for a moment by caches."""

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        response = super().create_temporal_response(request)
        for name, value in CORS.items():
            response.headers[name] = value
        response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
        return response


api = PublicAPI(
    title="Museum API",
    version="1.0",
    description="What the museum publishes. Open data; no key is needed.",
    openapi_url="/openapi.json",
    docs_url="/docs",
    urls_namespace="api",
)
api.add_router("", search_router)


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address below /api/: 404 as JSON; OPTIONS is answered for all of them."""
    if request.method == "OPTIONS":
        response = HttpResponse(status=204, headers=CORS)
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
        return response
    body: dict[str, Any] = {"detail": "Nothing is published at this address. /api/v1/docs lists what there is."}
    return JsonResponse(body, status=404, headers=CORS)
