"""Documents of pages: the text of a picture, and the regions described on it, for the public and for staff."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from artifacts import annotating, page_texts
from artifacts.models import Annotation, Artifact, TextLayer
from records import languages, projection
from records.publication import CURATORIAL, PUBLIC
from search.builders.texts import language_of
from search.documents import PAGE_FIELD, Audience, Document, Text
from search.documents import PUBLIC as PUBLIC_GROUP
from search.documents import STAFF as STAFF_GROUP
from search.texts.flat import flattened

TEXT, REGION = "text", "region"


def with_pages(pks: Sequence[int]) -> list[int]:
    """Those of these objects that have a text or an annotation."""
    layers = TextLayer.objects.filter(use__artifact__in=pks).values_list("use__artifact", flat=True)
    notes = Annotation.objects.filter(use__artifact__in=pks, removed=False).values_list("use__artifact", flat=True)
    return sorted({*layers, *notes})


def every_object() -> list[int]:
    """Keys of all objects with a text or an annotation."""
    layers = TextLayer.objects.values_list("use__artifact", flat=True).distinct()
    notes = Annotation.objects.filter(removed=False).values_list("use__artifact", flat=True).distinct()
    return sorted({*layers, *notes})


def documents(pks: Sequence[int], audience: Audience) -> Iterator[Document]:
    """The documents of the pages of these objects, versions still 0. A document that stands unchanged has the same ``stamp``."""
    staff = audience == "curatorial"
    views = {view["id"]: view for view in projection.views("object", pks, CURATORIAL if staff else PUBLIC)}
    if not views:
        return
    layers = page_texts.of_objects(pks, staff=staff)
    notes: dict[int, list[Annotation]] = defaultdict(list)
    for note in annotating.of_objects(pks, staff=staff):
        notes[note.use.artifact_id].append(note)
    for pk, public_id in ids_of(pks).items():
        view = views.get(public_id)
        if view is None:
            continue
        facts = _Facts(view)
        for layer in layers.get(pk, ()):
            yield _of_layer(layer, facts, staff)
        for note in notes.get(pk, ()):
            yield _of_note(note, facts, staff)


def ids_of(pks: Sequence[int]) -> dict[int, str]:
    """Public ids of these objects by their keys."""
    return dict(Artifact.objects.filter(pk__in=pks).values_list("pk", "public_id"))


class _Facts:
    """What the pages of one object share."""

    def __init__(self, view: Any) -> None:
        self.id: str = view["id"]
        self.number: str = view["accession_sort"]
        self.places = {use["id"]: place for place, use in enumerate(view["media"])}
        self.related = sorted({self.id, *_belongs_to(view)})


def _belongs_to(view: Any) -> Iterator[str]:
    """Ids of the collections in which the object's manifest is: department, sets, people, places, and what lies above them."""
    refs = [view["department"], *view["sets"], *(maker["agent"] for maker in view["makers"] if not maker.get("superseded"))]
    refs += [event.get("place") for event in view["events"] if not event.get("superseded")]
    refs += [subject.get(name) for subject in view["subjects"] for name in ("place", "agent") if not subject.get("superseded")]
    for ref in filter(None, refs):
        yield ref["id"]
        yield from (one["id"] for one in ref.get("path", ()))


def _of_layer(layer: TextLayer, facts: _Facts, staff: bool) -> Document:
    flat = flattened(page_texts.page_of(layer)).text
    inside = staff and layer.publication_class == TextLayer.PublicationClass.STAFF
    use = layer.use
    return _document(
        TEXT,
        use.public_id,
        use.public_id,
        facts,
        inside,
        [Text(flat, language_of(layer.language))],
        "supplementing",
        hashlib.sha256(flat.encode()).hexdigest(),
    )


def _of_note(note: Annotation, facts: _Facts, staff: bool) -> Document:
    inside = staff and not annotating.is_public(note)
    texts = [Text(text, language_of(tag)) for tag, text in languages.plain(note.text or {}).items() if text]
    stamp = hashlib.sha256(orjson.dumps([[text.text, text.language] for text in texts])).hexdigest()
    return _document(
        REGION, note.public_id, note.use.public_id, facts, inside, texts, annotating.MOTIVATIONS[Annotation.Kind(note.kind)], stamp
    )


def _document(kind: str, ident: str, use: str, facts: _Facts, inside: bool, texts: list[Text], motivation: str, content: str) -> Document:
    stamp = hashlib.sha256(orjson.dumps([content, facts.related, facts.number, facts.places.get(use, 0), inside, motivation])).hexdigest()[
        :24
    ]
    return Document(
        id=f"{kind}:{ident}",
        kind=kind,
        version=0,
        query={STAFF_GROUP if inside else PUBLIC_GROUP: {PAGE_FIELD: texts}},
        filters={"related": facts.related},
        sort={"number": f"{facts.number}\x1e{facts.places.get(use, 0):06d}"},
        display={"object": facts.id, "use": use, "motivation": motivation, "stamp": stamp},
    )
