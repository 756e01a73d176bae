"""Reads other museums' manifests, Presentation 2.1 and 3.0, as they are: what is wrong or missing is passed over where one can.

Refused is only what holds no picture. All texts come out as plain texts; addresses that are no web addresses are left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import orjson
from django.utils.translation import gettext as _

from exchange.peers.fetching import PeerError

LONGEST_TEXT = 2000
LONGEST_ADDRESS = 1000
MOST_PICTURES = 5000
MOST_LAYERS = 16  # pictures that make up one canvas
FILLING = 0.9  # of a canvas: what covers so much is taken by itself
MOST_PAGES = 5  # that one canvas links
DEEPEST_TEXT = 3  # lists in lists
Text = dict[str, str]
Box = tuple[float, float, float, float]
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)
_TAG = re.compile(r"<[^>]*>")
_UNSEEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_REGION = re.compile(r"square|(?:pct:)?\d{1,7}(?:\.\d{1,9})?(?:,\d{1,7}(?:\.\d{1,9})?){3}")
_NUMBER = r"\d{1,7}(?:\.\d{1,9})?"
_PART = re.compile(rf"\bxywh=(?:(?P<unit>pixel|percent|pct):)?(?P<box>{_NUMBER}(?:,{_NUMBER}){{3}})")
_PLAYED = ("Sound", "Audio", "Video", "MovingImage", "dctypes:Sound", "dctypes:Video", "dctypes:MovingImage")
_TONGUE = re.compile(r"^[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*$")


@dataclass(frozen=True)
class ForeignPicture:
    """One canvas and what is painted on it. ``service``: the base of its image service, empty when there is none; ``quality``: what the
    service calls the picture as it is; ``region``: the part of it that the canvas shows, as the service is asked for it.

    ``box``: where on the canvas it is painted, left, top, width and height as parts of it. ``layers``: the pictures that make up the
    canvas together where none fills it, in the order in which they are painted.
    ``pages``: where it is written what is painted, if the manifest only links it, ``written`` what the canvas says by itself, links
    included; nothing but the canvas is known before (``from_pages``).
    """

    canvas: str
    label: Text
    width: int
    height: int
    image: str
    service: str = ""
    quality: str = "default"
    region: str = "full"
    pages: tuple[str, ...] = ()
    written: tuple[Any, ...] = ()
    box: Box = WHOLE
    layers: tuple[ForeignPicture, ...] = ()

    def address(self, side: int) -> str:
        """The picture within ``side`` × ``side`` pixels where a service makes it, else the picture itself."""
        return f"{self.service}/{self.region}/!{side},{side}/0/{self.quality}.jpg" if self.service else self.image


@dataclass(frozen=True)
class ForeignManifest:
    """What a manifest says that we can show. Texts by language, "und" where none is said."""

    id: str
    label: Text
    summary: Text
    provider: Text
    attribution: Text
    rights: str
    homepage: str
    pictures: list[ForeignPicture] = field(default_factory=list)


def read(body: bytes, address: str) -> ForeignManifest:
    """A manifest of either version. Raises PeerError with a sentence when it is none or shows no picture."""
    try:
        document = _json(body)
    except orjson.JSONDecodeError:
        raise PeerError(_("At this address is no IIIF manifest: it is not JSON. Look for the sign “IIIF” on the object’s page.")) from None
    if not isinstance(document, dict):
        raise PeerError(_("At this address is no IIIF manifest."))
    said = document.get("type") or document.get("@type") or ("Manifest" if "sequences" in document else "")
    kind = str(next(iter(said), "") if isinstance(said, list) else said).removeprefix("sc:")  # JSON-LD writes one type as a list, too
    if kind == "Collection":
        raise PeerError(_("This is a collection of manifests, not one object. Choose one of its manifests."))
    if kind != "Manifest":
        raise PeerError(_("At this address is no IIIF manifest. Look for the sign “IIIF” on the object’s page."))
    found = _version_2(document, address) if "sequences" in document or "@type" in document else _version_3(document, address)
    if not found.pictures:
        if _plays(document):
            raise PeerError(_("The manifest holds only sound or film, which cannot be shown here; only pictures can."))
        raise PeerError(_("The manifest shows no picture."))
    return found


def from_pages(picture: ForeignPicture, bodies: Iterable[bytes]) -> tuple[ForeignPicture | None, bool]:
    """The picture that linked annotation pages and those beside them paint on their canvas, put together of all of them unless one fills
    it (the pages after that one are not asked for), None when they paint none; and whether they paint sound or film.
    """
    pages = [page if isinstance(page, list) else [page] for page in picture.written]
    canvas: dict[str, Any] = {"width": picture.width, "height": picture.height, "items": [*chain(*pages)]}
    places = [number for number, page in enumerate(picture.written) if _link(page)]
    for place, body in zip(places, bodies, strict=False):
        try:
            page = _json(body)
        except orjson.JSONDecodeError:
            continue
        pages[place] = page if isinstance(page, list) else [page]
        canvas["items"] = [*chain(*pages)]
        if _is_filled(canvas):
            break
    found = _painted(canvas)
    return (replace(found, canvas=picture.canvas, label=picture.label) if found else None), _is_played(canvas)


def _json(body: bytes) -> Any:
    return orjson.loads(body.lstrip(b"\xef\xbb\xbf"))


# --- 3.0 --------------------------------------------------------------------------------------------------------------


def _version_3(document: dict[str, Any], address: str) -> ForeignManifest:
    statement = _first(document.get("requiredStatement"))
    provider = _first(document.get("provider"))
    return ForeignManifest(
        id=_address(document.get("id")) or address,
        label=text(document.get("label")),
        summary=text(document.get("summary")),
        provider=text(provider.get("label")),
        attribution=text(statement.get("value")),
        rights=_address(document.get("rights")),
        homepage=_address(_first(document.get("homepage")).get("id")) or _address(_first(provider.get("homepage")).get("id")),
        pictures=list(_pictures_3(document)),
    )


def _pictures_3(document: dict[str, Any]) -> Iterator[ForeignPicture]:
    for canvas in _several(document.get("items"))[:MOST_PICTURES]:
        picture = (None if _is_filled(canvas) else _linked(canvas)) or _painted(canvas)
        if picture:
            yield picture


def _painted(canvas: dict[str, Any]) -> ForeignPicture | None:
    return _largest(canvas, _address(canvas.get("id")), _shown(_contents(canvas)))


def _is_filled(canvas: dict[str, Any]) -> bool:
    return any(one.share() >= FILLING for one in _shown(_contents(canvas)))


def _shown(painted: Iterable[_Painted]) -> list[_Painted]:
    """The pictures among what is painted."""
    # a tuple: others write lists and objects here, which no set looks up
    pictures = (one for one in painted if one.body.get("type") in ("Image", "dctypes:Image"))
    return [one for one in pictures if _service(one.body)[0] or _image(one.body)]


def _linked(canvas: dict[str, Any]) -> ForeignPicture | None:
    """A canvas whose annotation pages lie at addresses of their own. It counts as a picture unless it has a duration: sound and film have."""
    items = canvas.get("items")
    written = tuple(items if isinstance(items, list) else [items])
    found = tuple(filter(None, map(_link, written)))[:MOST_PAGES]
    if not found or canvas.get("duration"):
        return None
    width, height = _size(canvas, {}, "width"), _size(canvas, {}, "height")
    named, label = _address(canvas.get("id")), text(canvas.get("label"))
    return ForeignPicture(named, label, width, height, image="", pages=found, written=written)


def _link(page: Any) -> str:
    """The address of an annotation page that is only named, or ""."""
    spelt_out = isinstance(page, dict) and (page.get("items") is not None or page.get("type") not in (None, "AnnotationPage"))
    return "" if spelt_out else _address(page)


def _contents(canvas: dict[str, Any]) -> Iterator[_Painted]:
    """Whatever is painted on a canvas, of a choice the first."""
    for page in _several(canvas.get("items")):
        for annotation in _several(page.get("items")):
            box = _box(canvas, annotation.get("target"))
            for body in _several(annotation.get("body")):
                inner, region = body, "full"
                if inner.get("type") == "Choice":
                    inner = _first(inner.get("items"))
                if inner.get("type") == "SpecificResource":
                    inner, region = _first(inner.get("source")), _region(inner)
                if inner.get("type") == "Choice":
                    inner = _first(inner.get("items"))
                yield _Painted(inner, region, box)


# --- 2.1 --------------------------------------------------------------------------------------------------------------


def _version_2(document: dict[str, Any], address: str) -> ForeignManifest:
    within = _first(document.get("related"))
    return ForeignManifest(
        id=_address(document.get("@id")) or address,
        label=text(document.get("label")),
        summary=text(document.get("description")),
        provider={},
        attribution=text(document.get("attribution")),
        rights=_address(document.get("license") if not isinstance(document.get("license"), list) else next(iter(document["license"]), "")),
        homepage=_address(within.get("@id") or document.get("related")),
        pictures=list(_pictures_2(document)),
    )


def _pictures_2(document: dict[str, Any]) -> Iterator[ForeignPicture]:
    # beside sound and film some put a picture of words, that the viewer knows no such thing
    sequences = [one for one in _several(document.get("sequences")) if one.get("compatibilityHint") != "displayIfContentUnsupported"]
    for sequence in sequences[:1]:
        for canvas in _several(sequence.get("canvases"))[:MOST_PICTURES]:
            named = _address(canvas.get("@id") or canvas.get("id"))
            picture = _largest(canvas, named, (_painted_2(canvas, one) for one in _several(canvas.get("images"))))
            if picture:
                yield picture


def _painted_2(canvas: dict[str, Any], annotation: dict[str, Any]) -> _Painted:
    resource = _first(annotation.get("resource"))
    if resource.get("@type") == "oa:Choice":
        resource = _first(resource.get("default"))
    return _Painted(_first(resource.get("full")) or resource, _region(resource), _box(canvas, annotation.get("on")))


# --- both -------------------------------------------------------------------------------------------------------------


class _Painted(NamedTuple):
    """What is painted on a canvas: the part ``region`` of ``body``, at ``box``; that is None when the canvas has no size to tell."""

    body: dict[str, Any]
    region: str
    box: Box | None

    def share(self) -> float:
        """How much of the canvas it covers."""
        return min(self.box[2], 1.0) * min(self.box[3], 1.0) if self.box else 0.0

    def fits(self) -> bool:
        return self.box is not None and 0 < self.box[2] <= 1 and 0 < self.box[3] <= 1


def _largest(canvas: dict[str, Any], named: str, pictures: Iterable[_Painted]) -> ForeignPicture | None:
    """Of the pictures on a canvas the one that covers most of it, the first of those that cover the same; with all of them if none fills it."""
    found = [one for one in pictures if _service(one.body)[0] or _image(one.body)]
    chosen = max(found, key=_Painted.share, default=None)
    if chosen is None:
        return None
    picture = _picture(canvas, chosen, named, text(canvas.get("label")))
    width, height = _size(canvas, {}, "width"), _size(canvas, {}, "height")
    if not 1 < len(found) <= MOST_LAYERS or chosen.share() >= FILLING or not (width and height and all(map(_Painted.fits, found))):
        return picture
    return replace(picture, width=width, height=height, layers=tuple(_picture(canvas, one) for one in found))


def _picture(canvas: dict[str, Any], painted: _Painted, named: str = "", label: Text | None = None) -> ForeignPicture:
    body = painted.body
    service, quality = _service(body)
    width, height = _size(canvas, body, "width"), _size(canvas, body, "height")
    box = painted.box or WHOLE
    return ForeignPicture(named, label or {}, width, height, _image(body), service, quality, painted.region, box=box)


def _image(body: dict[str, Any]) -> str:
    return _address(body.get("id") or body.get("@id"))


def _box(canvas: dict[str, Any], target: Any) -> Box | None:
    """Where on a canvas an annotation stands, in parts of the canvas; on all of it where it names no part."""
    whole = next(iter(target), None) if isinstance(target, list) else target
    said = [one.get("value") for one in _several(whole.get("selector"))] if isinstance(whole, dict) else []
    if isinstance(whole, dict):
        said += [whole.get("id"), whole.get("@id"), whole.get("source")]
    for one in (*said, whole):
        part = _PART.search(one) if isinstance(one, str) else None
        if part:
            left, top, width, height = map(float, part["box"].split(","))
            across, down = (100, 100) if part["unit"] in ("percent", "pct") else (_size(canvas, {}, "width"), _size(canvas, {}, "height"))
            return (left / across, top / down, width / across, height / down) if across and down else None
    return WHOLE


def _plays(document: dict[str, Any]) -> bool:
    """True when a manifest holds sound or film: in the way of 3.0, or as libraries wrote them into 2.1 (``mediaSequences``)."""
    elements = [element for sequence in _several(document.get("mediaSequences")) for element in _several(sequence.get("elements"))]
    return any(map(_is_played, _several(document.get("items")))) or any(element.get("@type") in _PLAYED for element in elements)


def _is_played(canvas: dict[str, Any]) -> bool:
    return bool(canvas.get("duration")) or any(painted.body.get("type") in _PLAYED for painted in _contents(canvas))


def text(value: Any) -> Text:
    """A text of either version as ``{language: text}``: a string, ``@value`` objects, or a map of lists. Markup is taken out."""
    found: dict[str, list[str]] = {}
    for language, words in _spoken(value):
        cleaned = plain(words)
        if cleaned:
            found.setdefault(language, []).append(cleaned)
    return {language: "; ".join(words)[:LONGEST_TEXT] for language, words in list(found.items())[:20]}


def _spoken(value: Any, depth: int = 0) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield "und", value
    elif isinstance(value, list) and depth < DEEPEST_TEXT:
        for one in value:
            yield from _spoken(one, depth + 1)
    elif isinstance(value, Mapping):
        if "@value" in value:
            yield _tongue(value.get("@language")), str(value["@value"])
            return
        for language, words in value.items():
            for one in words if isinstance(words, list) else [words]:
                if isinstance(one, str):
                    yield _tongue(language), one


def _tongue(value: Any) -> str:
    return value if isinstance(value, str) and value not in {"none", "@none"} and _TONGUE.match(value) else "und"


def plain(words: str) -> str:
    """Words without markup; entities become characters; what they would spell is text like any other. Scripts, styles and remarks are none."""
    return " ".join(html.unescape(_TAG.sub(" ", _UNSEEN.sub(" ", words[: LONGEST_TEXT * 4]))).split())


def _several(value: Any) -> list[dict[str, Any]]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict)]


def _first(value: Any) -> dict[str, Any]:
    return next(iter(_several(value)), {})


def _address(value: Any) -> str:
    if isinstance(value, Mapping):
        value = value.get("id") or value.get("@id")
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESS:
        return ""
    try:
        parts = urlsplit(value.strip())
    except ValueError:
        return ""
    return value.strip() if parts.scheme in {"http", "https"} and parts.hostname else ""


def _service(body: dict[str, Any]) -> tuple[str, str]:
    """The base of a body's image service, whichever version of the Image API it speaks, and its word for the picture as it is."""
    for service in _several(body.get("service")):
        kind = str(service.get("type") or service.get("@type") or "")
        said = f"{service.get('@context', '')} {service.get('profile', '')} {service.get('protocol', '')}"
        if kind.startswith("ImageService") or "/api/image" in said or "image-api" in said:
            first_version = kind == "ImageService1" or "/api/image/1/" in said or "image-api/1" in said
            return _address(service.get("id") or service.get("@id")).rstrip("/"), "native" if first_version else "default"
    return "", "default"


def _region(resource: dict[str, Any]) -> str:
    """The part of a picture that a selector of the Image API names."""
    for selector in _several(resource.get("selector")):
        said = selector.get("region")
        if isinstance(said, str) and _REGION.fullmatch(said):
            return said
    return "full"


def _size(canvas: dict[str, Any], body: dict[str, Any], side: str) -> int:
    for holder in (body, canvas):
        value = holder.get(side)
        if isinstance(value, (int, float)) and 0 < value < 10_000_000:
            return int(value)
    return 0
