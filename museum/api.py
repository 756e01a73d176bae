"""The JSON API: mounts each room's router under /api/v1/, readable from every site, with errors as JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError

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

    def create_response(
        self, request: HttpRequest, data: Any, *, status: int | None = None, temporal_response: HttpResponse | None = None
    ) -> HttpResponse:
        if temporal_response is None:  # an error
            temporal_response = self.create_temporal_response(request)
            temporal_response.status_code = status or temporal_response.status_code
        return super().create_response(request, data, status=status, temporal_response=temporal_response)

    def _get_urls(self) -> list[Any]:
        patterns: list[Any] = super()._get_urls()
        for pattern in patterns:
            pattern.callback = _for_every_reader(pattern.callback)
        return patterns


api = PublicAPI(
    title="Museum API",
    version="1.0",
    description="What the museum publishes. Open data; no key is needed.",
    openapi_url="/openapi.json",
    docs_url="/docs",
    urls_namespace="api",
)
api.add_router("", search_router)


@api.exception_handler(ValidationError)
def refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What is wrong with each parameter, as one sentence: ``detail`` is text in every answer."""
    told = "; ".join(f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in error.errors)
    return api.create_response(request, {"detail": f"{told}."}, status=422)


def _for_every_reader(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """HEAD is GET without a body, which the server leaves out; browsers ask with OPTIONS before they send a header of their own."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return allowed()
        if request.method == "HEAD":
            request.method = "GET"
        return view(request, *args, **kwargs)

    return asked


def allowed() -> HttpResponse:
    """The answer to OPTIONS at every address."""
    response = HttpResponse(status=204, headers=CORS)
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    return response


def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Any other address below /api/: 404 as JSON; OPTIONS is answered for all of them."""
    if request.method == "OPTIONS":
        return allowed()
    body: dict[str, Any] = {"detail": "Nothing is published at this address. /api/v1/docs lists what there is."}
    return JsonResponse(body, status=404, headers=CORS)
