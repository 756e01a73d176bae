"""Annotation pages of pictures: what is written on them, by lines and by words, and what is described on them.

Text granularity extension: ``textGranularity`` of supplementing annotations. All of it is asked of the database when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from artifacts import annotating, page_texts
from artifacts.models import TextLayer
from iiif.presentation import addresses, maps
from iiif.presentation.addresses import PLACEHOLDER
from iiif.presentation.contributions import AnnotationPages, Links, offer_annotations
from iiif.presentation.texts import in_interface_languages, language_map
from media.formats import ALTO, BY_KEY, HOCR, PAGE_XML
from media.textlayers import Box

Json = dict[str, Any]
GRANULARITY = "http://iiif.io/api/extension/text-granularity/context.json"
LINES, WORDS, REGIONS, MAPS = "lines", "words", "regions", "georeference"
PROFILES = {
    ALTO.key: "http://www.loc.gov/standards/alto/",
    PAGE_XML.key: "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15",
    HOCR.key: "http://kba.github.io/hocr-spec/1.2/",
}
ORIGINAL = _("The text as it was made")
PLAIN = _("Text of this page")


def register() -> None:
    """Offer them (in ``ready()``)."""
    offer_annotations(
        AnnotationPages(
            LINES,
            _("Text, line by line"),
            page_texts.formats,
            _lines,
            [GRANULARITY],
            single=_single_line,
            facts=_facts,
            links=_links,
        )
    )
    offer_annotations(
        AnnotationPages(
            WORDS,
            _("Text, word by word"),
            page_texts.having,
            _words,
            [GRANULARITY],
            single=_single_word,
            facts=_facts,
            beside=LINES,
        )
    )
    offer_annotations(AnnotationPages(REGIONS, _("Described parts of the picture"), annotating.having, _regions, single=_single_region))
    offer_annotations(
        AnnotationPages(
            MAPS,
            _("Place of the map on the earth"),
            annotating.georeferenced,
            _maps,
            [maps.CONTEXT],
            single=_single_map,
            embedded=_maps_inside,  # as the extension recommends (3.1)
        )
    )


def text_address(public_id: str, use: str, what: str) -> str:
    """Where the text of a page lies: ``what`` is "original" (the file as it came), "txt" or "json"."""
    return f"/data/object/{public_id}/text/{use}" + (f"/{what}" if what == "original" else f".{what}")


# -- what is written


def _lines(use: str, canvas: str) -> Sequence[Json] | None:
    layer = page_texts.of_pictures([use]).get(use)
    return list(_annotations(layer, canvas, "line")) if layer else None


def _words(use: str, canvas: str) -> Sequence[Json] | None:
    layer = page_texts.of_pictures([use]).get(use)
    return list(_annotations(layer, canvas, "word")) if layer else None


def _annotations(layer: TextLayer, canvas: str, granularity: str) -> Iterator[Json]:
    use = layer.use
    for number, line in enumerate(page_texts.page_of(layer).lines):
        if granularity == "line":
            yield _supplement(layer, f"{use.public_id}-line-{number}", line.text, line.box, canvas, granularity)
            continue
        for place, word in enumerate(line.words):
            yield _supplement(layer, f"{use.public_id}-word-{number}-{place}", word.text, word.box, canvas, granularity)


def _supplement(layer: TextLayer, name: str, text: str, box: Box | None, canvas: str, granularity: str) -> Json:
    body: Json = {"type": "TextualBody", "value": text, "format": "text/plain"}
    if layer.language:
        body["language"] = [layer.language]  # a list, as Presentation 3.0, 3.1, wants it of every resource
    return {
        "id": PLACEHOLDER + addresses.annotation("object", layer.use.artifact.public_id, name),
        "type": "Annotation",
        "motivation": "supplementing",
        "textGranularity": granularity,
        "body": body,
        "target": f"{canvas}#xywh={box.xywh}" if box else canvas,
    }


def _single_line(public_id: str, name: str) -> Json | None:
    return _single(public_id, name, "line")


def _single_word(public_id: str, name: str) -> Json | None:
    return _single(public_id, name, "word")


def _single(public_id: str, name: str, granularity: str) -> Json | None:
    use, _dash, rest = name.partition("-")
    layer = page_texts.of_pictures([use]).get(use) if rest.startswith(granularity) else None
    if layer is None or layer.use.artifact.public_id != public_id:
        return None
    canvas = PLACEHOLDER + addresses.canvas("object", public_id, use)
    own = PLACEHOLDER + addresses.annotation("object", public_id, name)
    return next((one for one in _annotations(layer, canvas, granularity) if one["id"] == own), None)


def _links(use: str, text: tuple[str, str]) -> Links:
    """What a canvas says of its text: the file as it was made, and the words for people to read."""
    public_id, key = text
    return {"seeAlso": [_original(public_id, use, key)], "rendering": [_plain(public_id, use)]}


def _facts(use: str, canvas: str) -> Json:
    """The file that the annotations were read from."""
    return {"seeAlso": [_original(public_id, use, key) for public_id, key in page_texts.formats([use]).values()]}


def _original(public_id: str, use: str, key: str) -> Json:
    found = BY_KEY.get(key)
    link: Json = {
        "id": PLACEHOLDER + text_address(public_id, use, "original"),
        "type": "Dataset" if found and found.key != "text" else "Text",
        "label": language_map(in_interface_languages(ORIGINAL)),
        "format": found.mime if found else "text/plain",
    }
    if found and found.key in PROFILES:
        link["profile"] = PROFILES[found.key]
    return link


def _plain(public_id: str, use: str) -> Json:
    address = PLACEHOLDER + text_address(public_id, use, "txt")
    return {"id": address, "type": "Text", "label": language_map(in_interface_languages(PLAIN)), "format": "text/plain"}


# -- what is described


def _regions(use: str, canvas: str) -> Sequence[Json] | None:
    notes = annotating.of_pictures([use])
    return [annotating.as_web_annotation(note, origin=PLACEHOLDER, canvas=canvas) for note in notes] or None


def _single_region(public_id: str, name: str) -> Json | None:
    note = annotating.said().filter(public_id=name, use__artifact__public_id=public_id).select_related("use", "use__artifact").first()
    return annotating.as_web_annotation(note, origin=PLACEHOLDER) if note else None


# -- where maps lie on the earth (Georeference Extension)


def _maps(use: str, _canvas: str) -> Sequence[Json] | None:
    return [annotating.as_georeference(note, origin=PLACEHOLDER) for note in annotating.maps_of(use)] or None


def _maps_inside(use: str) -> Sequence[Json] | None:
    return [annotating.as_georeference(note, origin=PLACEHOLDER, embedded=True) for note in annotating.maps_of(use)] or None


def _single_map(public_id: str, name: str) -> Json | None:
    found = annotating.georeferences().filter(public_id=name, use__artifact__public_id=public_id)
    note = found.select_related("use", "use__asset", "use__artifact").first()
    return annotating.as_georeference(note, origin=PLACEHOLDER) if note else None
