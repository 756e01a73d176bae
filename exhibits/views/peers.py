"""``/peers/<id>.jpg``: our copy of another museum's picture."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from exchange.models import PeerObject
from exhibits.caching import public_page
from media import storage
from media.errors import MediaError


@public_page
def picture(request: HttpRequest, public_id: str) -> HttpResponse:
    """The copy that is kept; 404 when none is."""
    name = PeerObject.objects.filter(public_id=public_id).exclude(picture="").values_list("picture", flat=True).first()
    if name is None:
        raise Http404
    try:
        body = b"".join(storage.chunks("default", name))
    except MediaError as error:
        raise Http404 from error
    response = HttpResponse(body, content_type="image/jpeg")
    response["X-Robots-Tag"] = "noindex"
    return response
