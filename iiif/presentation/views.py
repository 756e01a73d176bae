"""Manifests, their parts and collections over HTTP: whatever the gate in front of Django has not answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from artifacts.standing import State
from iiif.presentation import addresses, documents, http, maps, version2
from iiif.presentation.build import CONTEXT
from iiif.presentation.contributions import annotation, offers
from iiif.presentation.documents import Document, Found
from iiif.presentation.texts import in_interface_languages, language_map

View = Callable[..., HttpResponse]
_V2 = "-v2"
_PARTS = {"Canvas", "AnnotationPage", "Annotation", "Range"}


def machine_readable(view: View) -> View:
    """GET, HEAD and OPTIONS alone, all of them readable from other sites."""

    @csrf_exempt  # nothing is ever changed here: a POST is told so (405), not asked for a form's token
    @wraps(view)
    def answer(request: HttpRequest, **arguments: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return http.preflight()
        if request.method not in {"GET", "HEAD"}:
            return http.with_cors(HttpResponseNotAllowed(["GET", "HEAD", "OPTIONS"]))
        return view(request, **arguments)

    return answer


@machine_readable
def document(request: HttpRequest, **_: Any) -> HttpResponse:
    """A manifest or collection, at its own address or at that of its 2.1 form."""
    asked = documents.split(request.path)
    if asked is None:
        return http.nothing_here()
    path, own_v2 = asked
    found = documents.fresh(path)
    if found.document is None:
        return _hidden(found, addresses.version_2(found.elsewhere) if own_v2 and found.elsewhere else found.elsewhere)
    answer = http.document(found.document, http.Wanted.of(request.headers), path, own_v2=own_v2)
    return answer.for_django() if answer else http.nothing_here()


@machine_readable
def part(request: HttpRequest, kind: str, public_id: str, rest: str) -> HttpResponse:
    """A canvas, annotation page, annotation, range or sequence by its own id, cut out of the manifest; annotation pages of other rooms."""
    path = addresses.manifest(kind, public_id)
    found = documents.fresh(path)
    if found.document is None:
        return _hidden(found, found.elsewhere.removesuffix("manifest.json") + rest)
    manifest = orjson.loads(found.document.form(3) or b"{}")
    if rest == version2.SEQUENCE:
        return _sequence(request, manifest)
    in_version_2 = rest.endswith(_V2) and "/page/" in rest
    own = f"{settings.MUSEUM_ORIGIN}/iiif/{kind}s/{public_id}/{rest.removesuffix(_V2) if in_version_2 else rest}"
    noted = _notes(manifest, own)
    piece = _cut(manifest, own, kind, public_id, rest) if noted is None else noted
    if piece is None:
        return http.nothing_here()
    made = version2.annotation_list(piece) if in_version_2 else {"@context": _contexts(manifest), **piece}
    if not in_version_2 and piece["type"] in {"Canvas", "Range"}:
        made["partOf"] = [{"id": settings.MUSEUM_ORIGIN + path, "type": "Manifest", "label": manifest["label"]}]
    body = documents.filled(made)
    if in_version_2:
        return http.old_part(Document(body, documents.digest_of(body)), http.Wanted.of(request.headers)).for_django()
    answer = http.document(Document(body, documents.digest_of(body)), http.Wanted.of(request.headers), "")
    return answer.for_django() if answer else http.nothing_here()


def _cut(manifest: Any, own: str, kind: str, public_id: str, rest: str) -> dict[str, Any] | None:
    """What has this id in the manifest, or in another room; which says more of the place of a map by itself than within its canvas."""
    found = _find(manifest, own)
    return found if found and not maps.is_georeference(found) else _offered(kind, public_id, rest)


def _contexts(manifest: Any) -> str | list[str]:
    """What a piece of the manifest needs: the extensions of annotations that the manifest holds, too, where there are any."""
    said = manifest["@context"]
    held = {context for offered in offers.annotation_pages.values() if offered.embedded for context in offered.contexts}
    needed = [context for context in said if context in held] if isinstance(said, list) else []
    return [*needed, CONTEXT] if needed else CONTEXT


def _sequence(request: HttpRequest, manifest: Any) -> HttpResponse:
    """The order of the canvases, which 2.1 gives an id of its own."""
    second = version2.converted(manifest, own_address=False) if manifest else None
    if second is None:
        return http.nothing_here()
    body = documents.filled({"@context": version2.CONTEXT, **second["sequences"][0], "within": version2.version_2(second["@id"])})
    return http.old_part(Document(body, documents.digest_of(body)), http.Wanted.of(request.headers)).for_django()


def _notes(manifest: Any, own: str) -> dict[str, Any] | None:
    """An annotation page that another room offers for a canvas of this manifest."""
    canvas, _, name = own.partition("/page/")
    offered = offers.annotation_pages.get(name)
    if offered is None or not any(one["id"] == canvas for one in manifest["items"]):
        return None
    items = offered.items(canvas.rpartition("/")[2], canvas)
    if items is None:
        return None
    label = language_map(in_interface_languages(offered.label))
    said = offered.facts(canvas.rpartition("/")[2], canvas) if offered.facts else {}
    return {"@context": [*offered.contexts, CONTEXT], "id": own, "type": "AnnotationPage", "label": label, **said, "items": list(items)}


def _offered(kind: str, public_id: str, rest: str) -> dict[str, Any] | None:
    """One annotation of another room by its own address."""
    step, _, name = rest.partition("/")
    return annotation(public_id, name) if kind == "object" and step == "annotation" else None


@machine_readable
def nowhere(request: HttpRequest, **_: Any) -> HttpResponse:
    """Any other address below /iiif/: a plain 404 that other sites' scripts may read."""
    return http.nothing_here()


def _hidden(found: Found, elsewhere: str) -> HttpResponse:
    if found.standing.state is State.GONE:
        return http.gone(found.standing.public_id, found.standing.since)
    if found.standing.state is State.MOVED:
        return http.moved(settings.MUSEUM_ORIGIN + elsewhere)
    return http.nothing_here()


def _find(value: Any, wanted: str) -> dict[str, Any] | None:
    """The resource of that id where it is written out."""
    if isinstance(value, dict):
        if value.get("id") == wanted and value.get("type") in _PARTS and ("items" in value or "body" in value):
            return value
        children: Any = value.values()
    elif isinstance(value, list):
        children = value
    else:
        return None
    return next((found for child in children if (found := _find(child, wanted)) is not None), None)
