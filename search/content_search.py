"""Answers of the IIIF Content Search API 2.0 and 1.0, as dicts ready for JSON, from what ``search.texts.finding`` has found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from artifacts import annotating, page_texts
from artifacts.models import Annotation
from iiif.presentation import addresses
from iiif.presentation.addresses import PLACEHOLDER
from iiif.presentation.collections import ALL
from iiif.presentation.contributions import AnnotationPages, Services, offer_annotations, offer_services
from media.textlayers import Box
from records.models import in_current_language
from search.texts.finding import Answer, FoundPage, Word
from search.texts.flat import Match, stretch

V2 = "http://iiif.io/api/search/2/context.json"
V1 = "http://iiif.io/api/search/1/context.json"
PRESENTATION_2 = "http://iiif.io/api/presentation/2/context.json"
Json = dict[str, Any]


def register() -> None:
    """Name the services in manifests and collections (in ``ready()``)."""
    offer_services(Services(_offered, [V2]))
    # no page of their own: each stands in the answers that it was found for, and at its own address
    offer_annotations(AnnotationPages("found", _("Found words"), lambda _uses: (), lambda _use, _canvas: None, single=_single))


def _offered(scope: str, kind: str, public_id: str) -> list[Json]:
    """Objects with texts or described regions are searched; collections always."""
    if scope == "manifest":
        return services(f"{PLACEHOLDER}/iiif/objects/{public_id}") if kind == "object" and _has_words(public_id) else []
    return services(f"{PLACEHOLDER}/iiif/collections/{kind}" + ("" if kind == ALL else f"/{public_id}"))


def _has_words(public_id: str) -> bool:
    return page_texts.has_any(public_id) or annotating.has_any(public_id)


def services(base: str) -> list[Json]:
    """What a manifest or collection says of its search: 2.0, and 1.0 for viewers that know no other. ``base``: with the placeholder origin."""
    return [
        {"id": f"{base}/search", "type": "SearchService2", "service": [{"id": f"{base}/autocomplete", "type": "AutoCompleteService2"}]},
        {
            "@context": V1,
            "@id": f"{base}/search-v1",
            "@type": "SearchService1",
            "profile": "http://iiif.io/api/search/1/search",
            "service": [
                {
                    "@id": f"{base}/autocomplete-v1",
                    "@type": "AutoCompleteService1",
                    "profile": "http://iiif.io/api/search/1/autocomplete",
                }
            ],
        },
    ]


# -- one found place as annotations


@dataclass(frozen=True, slots=True)
class Result:
    """One annotation of an answer, as 2.0 says it; ``match``: the words that answer, None for a described region."""

    annotation: Json
    found: FoundPage | Annotation
    match: Match | None = None

    @property
    def use(self) -> Any:
        return self.found.use if isinstance(self.found, Annotation) else self.found.layer.use


def _results(answer: Answer, *, everywhere: bool) -> Iterator[Result]:
    """Annotations in the order of the answer. A match over two lines has two of them. ``everywhere``: say in which manifest each is."""
    for found in answer.found:
        if isinstance(found, Annotation):
            note = annotating.as_web_annotation(found, origin=PLACEHOLDER)
            yield Result({**note, "target": _target(note["target"], found.use, everywhere)}, found)
            continue
        for match in found.matches:
            yield from (Result(_annotation(found, match, line, box, everywhere), found, match) for line, box in match.boxes)


def _annotation(found: FoundPage, match: Match, line: int, box: Box | None, everywhere: bool) -> Json:
    use = found.layer.use
    body: Json = {"type": "TextualBody", "value": match.text, "format": "text/plain"}
    if found.layer.language:
        body["language"] = [found.layer.language]
    return {
        "id": PLACEHOLDER + addresses.annotation("object", use.artifact.public_id, f"{use.public_id}-{match.start}-{match.end}-{line}"),
        "type": "Annotation",
        "motivation": "supplementing",
        "body": body,
        "target": _target(f"{_canvas(use)}#xywh={box.xywh}" if box else _canvas(use), use, everywhere),
    }


def _single(public_id: str, name: str) -> Json | None:
    """Words that were found, by the name that ``_annotation`` gives them: Presentation 3.0, 5.6 (should be there at its own address)."""
    use, *numbers = name.split("-")
    if len(numbers) != 3 or not all(one.isdecimal() and one.isascii() and len(one) < 9 for one in numbers):
        return None
    layer = page_texts.of_pictures([use]).get(use)
    if layer is None or layer.use.artifact.public_id != public_id:
        return None
    start, end, line = map(int, numbers)
    page = page_texts.page_of(layer)
    match = stretch(page, start, end)
    box = dict(match.boxes).get(line, _NOWHERE) if match else _NOWHERE
    if match is None or box is _NOWHERE:
        return None
    made = _annotation(FoundPage(layer, page, (match,)), match, line, box, everywhere=False)
    return made if made["id"].endswith(f"/{name}") else None


_NOWHERE: Any = object()  # a line may have no box


def _canvas(use: Any) -> str:
    return PLACEHOLDER + addresses.canvas("object", use.artifact.public_id, use.public_id)


def _target(target: Any, use: Any, everywhere: bool) -> Any:
    """Within one manifest the target as it is; in an answer over several it names the manifest (Content Search 2.0: MUST)."""
    if not everywhere:
        return target
    manifest = {
        "id": PLACEHOLDER + addresses.manifest("object", use.artifact.public_id),
        "type": "Manifest",
        "label": {"none": [use.artifact.accession_number]},
    }
    if isinstance(target, str):
        return {"id": target, "type": "Canvas", "partOf": [manifest]}
    return {**target, "source": {"id": target["source"], "type": "Canvas", "partOf": [manifest]}}


# -- 2.0


def page_2(base: str, asked: dict[str, str], answer: Answer, ignored: Sequence[str], *, everywhere: bool) -> Json:
    """An AnnotationPage of results, with the page that puts each of them into its context."""
    results = list(_results(answer, everywhere=everywhere))
    made: Json = {"@context": V2, "id": _address(base, asked, answer.number), "type": "AnnotationPage"}
    if ignored:
        made["ignored"] = list(ignored)
    made |= _paging_2(base, asked, answer)
    made["items"] = [result.annotation for result in results]
    hits = [_hit_2(result.match, result.annotation["id"]) for result in results if result.match]
    if hits:
        made["annotations"] = [{"type": "AnnotationPage", "items": hits}]
    return made


def _hit_2(match: Match, ident: str) -> Json:
    selector = {"type": "TextQuoteSelector", "prefix": match.before, "exact": match.text, "suffix": match.after}
    return {
        "id": f"{ident}#context",
        "type": "Annotation",
        "motivation": "contextualizing",
        "target": {"type": "SpecificResource", "source": ident, "selector": [selector]},
    }


def _paging_2(base: str, asked: dict[str, str], answer: Answer) -> Json:
    if answer.number == 1 and answer.is_last:
        return {}
    whole: Json = {
        "id": _address(base, asked),
        "type": "AnnotationCollection",
        "first": {"id": _address(base, asked, 1), "type": "AnnotationPage"},
    }
    made: Json = {"partOf": whole}
    if not answer.is_last:
        made["next"] = {"id": _address(base, asked, answer.number + 1), "type": "AnnotationPage"}
    if answer.number > 1:
        made["prev"] = {"id": _address(base, asked, answer.number - 1), "type": "AnnotationPage"}
    return made


def terms_2(base: str, search: str, asked: dict[str, str], words: Sequence[Word], ignored: Sequence[str]) -> Json:
    """A TermPage; ``total`` counts the pages on which the word stands."""
    made: Json = {"@context": V2, "id": _address(base, asked), "type": "TermPage"}
    if ignored:
        made["ignored"] = list(ignored)
    made["items"] = [
        {
            "type": "Term",
            "value": word.text,
            "total": word.pages,
            "service": [{"id": _address(search, {"q": word.text}), "type": "SearchService2"}],
        }
        for word in words
    ]
    return made


# -- 1.0


def list_1(base: str, asked: dict[str, str], answer: Answer, ignored: Sequence[str], *, everywhere: bool) -> Json:
    """An AnnotationList of results with their hits."""
    results = list(_results(answer, everywhere=everywhere))
    made: Json = {"@context": [PRESENTATION_2, V1], "@id": _address(base, asked, answer.number), "@type": "sc:AnnotationList"}
    layer: Json = {"@type": "sc:Layer"}
    if ignored:
        layer["ignored"] = list(ignored)
    if answer.number > 1 or not answer.is_last:
        layer["first"] = _address(base, asked, 1)
    if len(layer) > 1:
        made["within"] = layer
    if not answer.is_last:
        made["next"] = _address(base, asked, answer.number + 1)
    if answer.number > 1:
        made["prev"] = _address(base, asked, answer.number - 1)
    return {**made, "resources": [_resource_1(result, everywhere) for result in results], "hits": _hits_1(results)}


def _hits_1(results: Sequence[Result]) -> list[Json]:
    """One hit for each match, though it may have several annotations."""
    hits: dict[Any, Json] = {}
    for result in results:
        ident, match = result.annotation["id"], result.match
        key = (result.use.pk, match.start, match.end) if match else ident
        hit = hits.setdefault(key, {"@type": "search:Hit", "annotations": []})
        hit["annotations"].append(ident)
        if match:
            hit |= {"before": match.before, "match": match.text, "after": match.after}
    return list(hits.values())


def _resource_1(result: Result, everywhere: bool) -> Json:
    """Open Annotation, as viewers of 1.0 expect it: a box on the canvas, whatever the shape."""
    use, annotation = result.use, result.annotation
    on: Any
    if isinstance(result.found, Annotation):
        chars, motivation = in_current_language(result.found.text), f"oa:{annotation['motivation']}"
        on = f"{_canvas(use)}#xywh={result.found.region.xywh}"
    else:
        chars, motivation = annotation["body"]["value"], "sc:painting"
        target = annotation["target"]
        on = target if isinstance(target, str) else target["id"]
    if everywhere:
        address = PLACEHOLDER + addresses.manifest("object", use.artifact.public_id)
        on = {"@id": on, "within": {"@id": address, "@type": "sc:Manifest", "label": use.artifact.accession_number}}
    return {
        "@id": annotation["id"],
        "@type": "oa:Annotation",
        "motivation": motivation,
        "resource": {"@type": "cnt:ContentAsText", "chars": chars, "format": "text/plain"},
        "on": on,
    }


def terms_1(base: str, search: str, asked: dict[str, str], words: Sequence[Word], ignored: Sequence[str]) -> Json:
    """A list of terms."""
    made: Json = {"@context": V1, "@id": _address(base, asked), "@type": "search:TermList"}
    if ignored:
        made["ignored"] = list(ignored)
    made["terms"] = [{"match": word.text, "url": _address(search, {"q": word.text}), "count": word.pages} for word in words]
    return made


def _address(base: str, asked: dict[str, str], number: int | None = None) -> str:
    """The address of a request; page 1 has the address without a number."""
    pairs = {name: value for name, value in asked.items() if value}
    if number is not None and number > 1:
        pairs["page"] = str(number)
    return f"{base}?{urlencode(pairs)}" if pairs else base
