"""Answers kept manifests and collections before Django sees the request, as ``iiif.image.gate`` answers tiles.

Only what is public and whole: everything else goes on to Django, which explains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from iiif.asking import or_django
from iiif.presentation import documents, http

Environ = dict[str, Any]
Application = Callable[..., Iterable[bytes]]
_PREFIX = "/iiif/"
_END = ".json"


class Gate:
    """A WSGI application in front of another."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """PEP 3333."""
        path: str = environ.get("PATH_INFO", "")
        if path.startswith(_PREFIX) and path.endswith(_END) and environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            answer = or_django(lambda: _answer(path, environ))
            if answer is not None:
                return _sent(answer, environ["REQUEST_METHOD"], start_response)
        return self.application(environ, start_response)


def _answer(path: str, environ: Environ) -> http.Answer | None:
    asked = documents.split(path)
    if asked is None:
        return None
    own, own_v2 = asked
    # RFC 9111 §5.2.1.4: who says so is given nothing that was kept
    anew = "no-cache" in environ.get("HTTP_CACHE_CONTROL", "").lower()
    document = documents.find(own, asked_anew=anew).document
    if document is None:
        return None
    wanted = http.Wanted(environ.get("HTTP_ACCEPT", ""), environ.get("HTTP_ACCEPT_ENCODING", ""), environ.get("HTTP_IF_NONE_MATCH", ""))
    return http.document(document, wanted, own, own_v2=own_v2)


def _sent(answer: http.Answer, method: str, start_response: Callable[..., Any]) -> list[bytes]:
    status = HTTPStatus(answer.status)
    lines = list(answer.headers.items())
    if status is HTTPStatus.OK:
        lines.append(("Content-Length", str(len(answer.body))))
    start_response(f"{status.value} {status.phrase}", lines)
    return [answer.body] if answer.body and method == "GET" else []
