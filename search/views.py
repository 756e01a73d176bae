"""Content Search over HTTP: ``…/search``, ``…/autocomplete`` (2.0), ``…/search-v1``, ``…/autocomplete-v1`` (1.0), for the public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from artifacts.standing import State, standing
from iiif.accepting import likes
from iiif.presentation import documents, http
from iiif.presentation.addresses import PLACEHOLDER
from iiif.presentation.collection_kinds import folders
from iiif.presentation.documents import Document
from iiif.presentation.views import machine_readable
from search import content_search, outage
from search.building import logger
from search.engines.base import EngineError
from search.texts import finding, pages

LONGEST_QUERY = 1_000
MOST_PAGES = finding.DEEPEST // finding.PAGE_SIZE
# 2.0 and 1.0 know these parameters; what is not used is said so in the answer.
IGNORED = ("date", "user")
# Motivations by the kind of document in which they are found.
KINDS = {
    "supplementing": pages.TEXT,
    "painting": pages.TEXT,
    "describing": pages.REGION,
    "commenting": pages.REGION,
    "tagging": pages.REGION,
}
RETRY_SECONDS = 10

Say = Callable[[str, HttpRequest, str, bool], dict[str, Any] | str]


@machine_readable
def of_object(request: HttpRequest, public_id: str, act: str) -> HttpResponse:
    """Search within one object."""
    found = standing(public_id)
    if found.state is State.MOVED:
        return http.moved(f"{settings.MUSEUM_ORIGIN}/iiif/objects/{found.moved_to}/{act}")
    if found.state is State.GONE:
        return http.gone(found.public_id, found.since)
    if found.state is not State.PUBLIC:
        return http.nothing_here()
    return _answer(request, act, f"/iiif/objects/{public_id}", public_id)


@machine_readable
def of_collection(request: HttpRequest, folder: str, public_id: str, act: str) -> HttpResponse:
    """Search within everything that belongs to a department, a set, a person or a place."""
    if folder not in folders or not folders[folder].entries(public_id):
        return http.nothing_here()
    return _answer(request, act, f"/iiif/collections/{folder}/{public_id}", public_id, everywhere=True)


@machine_readable
def of_everything(request: HttpRequest, act: str) -> HttpResponse:
    """Search within the whole museum."""
    return _answer(request, act, "/iiif/collections/all", "", everywhere=True)


def _answer(request: HttpRequest, act: str, base: str, scope: str, *, everywhere: bool = False) -> HttpResponse:
    text = request.GET.get("q", "")
    if len(text) > LONGEST_QUERY:
        return _refused(f"q may have {LONGEST_QUERY} characters at most.")
    try:
        with outage.bounded():
            said = (_search if act.startswith("search") else _complete)(request, act, base, scope, text, everywhere)
    except EngineError as error:
        logger.warning("Content Search cannot answer: %s", error)
        response = http.with_cors(
            HttpResponse("The search does not answer at the moment. Try again.\n", status=503, content_type="text/plain; charset=utf-8")
        )
        response.headers["Retry-After"] = str(RETRY_SECONDS)
        return response
    if isinstance(said, str):
        return _refused(said)
    body = documents.filled(said)
    answer = http.document(Document(body, documents.digest_of(body)), http.Wanted.of(request.headers), "")
    if answer is None:
        return http.nothing_here()
    response = answer.for_django()
    if response.status_code == 200:
        response.headers["Content-Type"] = _media_type(request, act)
    return response


def _media_type(request: HttpRequest, act: str) -> str:
    """JSON-LD with the context as profile; plain JSON for those who ask for that, and for 1.0."""
    linked, plain = likes(request.headers.get("Accept", ""))
    if act.endswith("-v1") or plain > linked:
        return "application/json"
    return f'application/ld+json;profile="{content_search.V2}"'


def _search(request: HttpRequest, act: str, base: str, scope: str, text: str, everywhere: bool) -> dict[str, Any] | str:
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) < 7 and 1 <= int(number) <= MOST_PAGES):
        return f"page is a whole number from 1 to {MOST_PAGES}."
    motivation = request.GET.get("motivation", "")
    answer = finding.find(
        text, scope, number=int(number), kinds=_kinds(motivation), motivations=motivation.split(), in_order=not everywhere
    )
    asked = {"q": text, "motivation": motivation}
    say = content_search.list_1 if act.endswith("-v1") else content_search.page_2
    return say(f"{PLACEHOLDER}{base}/{act}", asked, answer, _ignored(request), everywhere=everywhere)


def _kinds(motivation: str) -> tuple[str, ...]:
    """2.0, 3.2: several motivations, separated by spaces, are alternatives; one that nothing here has finds nothing."""
    if not motivation:
        return (pages.TEXT, pages.REGION)
    return tuple(sorted({KINDS[one] for one in motivation.split() if one in KINDS}))


def _complete(request: HttpRequest, act: str, base: str, scope: str, text: str, everywhere: bool) -> dict[str, Any] | str:
    if not text.strip():
        return "Say with q how the word begins."
    old = act.endswith("-v1")
    search = f"{PLACEHOLDER}{base}/search{'-v1' if old else ''}"
    say = content_search.terms_1 if old else content_search.terms_2
    ignored = [*_ignored(request), *(["motivation"] if "motivation" in request.GET else [])]
    return say(f"{PLACEHOLDER}{base}/{act}", search, {"q": text}, finding.words(text, scope), ignored)


def _ignored(request: HttpRequest) -> list[str]:
    return [name for name in IGNORED if name in request.GET]


def _refused(sentence: str) -> HttpResponse:
    return http.with_cors(HttpResponse(f"{sentence}\n", status=400, content_type="text/plain; charset=utf-8"))
