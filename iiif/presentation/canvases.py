"""Canvases: one for each picture, recording or model of a record (Presentation 3.0, 5.3)."""

from __future__ import annotations

from typing import Any

from iiif.presentation import addresses
from iiif.presentation.addresses import PLACEHOLDER, absolute
from iiif.presentation.contributions import NO_NOTES, NotesOfUse, links_of_canvas, offers
from iiif.presentation.pictures import body, shown_size, thumbnails
from iiif.presentation.sources import File, Link, Model, Picture, Recording, Sheet
from iiif.presentation.texts import in_interface_languages, language_map, prose_map, statement

Json = dict[str, Any]
# A model has no size in pixels; a canvas must have one (5.3).
MODEL_SIDE = 1000


def canvas(kind: str, public_id: str, sheet: Sheet, notes: NotesOfUse = NO_NOTES) -> Json:
    """The canvas of a sheet, with the placeholder origin. ``notes``: its annotation pages (``contributions.notes_of``)."""
    made = _canvas_of(kind, public_id, sheet)
    pages = [_page_of_notes(kind, public_id, sheet.id, name) for name in notes]
    if pages:
        made["annotations"] = [*made.get("annotations", ()), *pages]
    for name, links in links_of_canvas(sheet.id, notes):
        made[name] = [*made.get(name, ()), *links]
    return made


def _canvas_of(kind: str, public_id: str, sheet: Sheet) -> Json:
    match sheet:
        case Picture():
            return _of_picture(kind, public_id, sheet)
        case Recording():
            return _of_recording(kind, public_id, sheet)
        case Model():
            return _of_model(kind, public_id, sheet)


def _of_picture(kind: str, public_id: str, picture: Picture) -> Json:
    width, height = shown_size(picture)
    made = _begun(kind, public_id, picture.id, picture.label, picture.caption or picture.alt)
    made |= {"width": width, "height": height, "items": [_painting(kind, public_id, picture.id, body(picture))]}
    made |= thumbnails(picture)
    if picture.behavior:
        made["behavior"] = [picture.behavior]
    if picture.homepage:
        made["homepage"] = [homepage(link) for link in picture.homepage]
    if picture.attribution:
        made["requiredStatement"] = statement(picture.attribution)
    if picture.rights:
        made["rights"] = picture.rights
    return made


def _of_recording(kind: str, public_id: str, recording: Recording) -> Json:
    made = _begun(kind, public_id, recording.id, recording.label, recording.caption)
    played: Json = {
        "id": absolute(recording.file.address),
        "type": recording.file.type,
        "format": recording.file.mime,
        "duration": recording.duration,
    }
    made["duration"] = recording.duration
    if recording.width and recording.height:
        size = {"width": recording.width, "height": recording.height}
        made |= size
        played |= size
    made["items"] = [_painting(kind, public_id, recording.id, played)]
    if recording.captions:
        made["annotations"] = [_captions(kind, public_id, recording)]
    if recording.poster:
        made["placeholderCanvas"] = _beside(kind, public_id, recording.id, "placeholder", recording.poster)
        made |= thumbnails(recording.poster)
    if recording.companion:
        made["accompanyingCanvas"] = _beside(kind, public_id, recording.id, "accompanying", recording.companion)
        made = thumbnails(recording.companion) | made
    return made


def _of_model(kind: str, public_id: str, model: Model) -> Json:
    made = _begun(kind, public_id, model.id, model.label, model.caption)
    shown = {"id": absolute(model.file.address), "type": "Model", "format": model.file.mime}
    made |= {"width": MODEL_SIDE, "height": MODEL_SIDE, "items": [_painting(kind, public_id, model.id, shown)]}
    if model.poster:
        made["placeholderCanvas"] = _beside(kind, public_id, model.id, "placeholder", model.poster)
        made |= thumbnails(model.poster)
    return made


def _begun(kind: str, public_id: str, sheet: str, label: Any, about: Any) -> Json:
    made = {"id": PLACEHOLDER + addresses.canvas(kind, public_id, sheet), "type": "Canvas", "label": language_map(label)}
    return {**made, "summary": prose_map(about)} if about else made


def _painting(kind: str, public_id: str, sheet: str, painted: Json, *, name: str = "") -> Json:
    """The annotation page that paints a canvas; ``name`` for the canvas beside another one."""
    canvas_id = PLACEHOLDER + addresses.canvas(kind, public_id, f"{sheet}/{name}" if name else sheet)
    annotation = {
        "id": PLACEHOLDER + addresses.annotation(kind, public_id, f"{sheet}-{name or 'painting'}"),
        "type": "Annotation",
        "motivation": "painting",
        "body": painted,
        "target": canvas_id,
    }
    return {"id": f"{canvas_id}/page/painting", "type": "AnnotationPage", "items": [annotation]}


def _beside(kind: str, public_id: str, sheet: str, name: str, picture: Picture) -> Json:
    width, height = shown_size(picture)
    return {
        "id": PLACEHOLDER + addresses.canvas(kind, public_id, f"{sheet}/{name}"),
        "type": "Canvas",
        "width": width,
        "height": height,
        "items": [_painting(kind, public_id, sheet, body(picture), name=name)],
    }


def _captions(kind: str, public_id: str, recording: Recording) -> Json:
    """Captions of one language are a text, of several the choice between them (cookbook 0219 and 0074)."""
    texts = [_text(captions) for captions in recording.captions]
    annotation = {
        "id": PLACEHOLDER + addresses.annotation(kind, public_id, f"{recording.id}-captions"),
        "type": "Annotation",
        "motivation": "supplementing",
        "body": texts[0] if len(texts) == 1 else {"type": "Choice", "items": texts},
        "target": PLACEHOLDER + addresses.canvas(kind, public_id, recording.id),
    }
    page = PLACEHOLDER + addresses.annotation_page(kind, public_id, recording.id, "captions")
    return {"id": page, "type": "AnnotationPage", "items": [annotation]}


def _text(file: File) -> Json:
    made: Json = {"id": absolute(file.address), "type": file.type, "format": file.mime, "label": language_map(file.label)}
    # "The value must be an array of strings" (Presentation 3.0, 3.1), though recipe 0219 of the cookbook writes a string
    return {**made, "language": [file.language]} if file.language else made


def _page_of_notes(kind: str, public_id: str, sheet: str, name: str) -> Json:
    offered = offers.annotation_pages[name]
    made: Json = {
        "id": PLACEHOLDER + addresses.annotation_page(kind, public_id, sheet, name),
        "type": "AnnotationPage",
        "label": language_map(in_interface_languages(offered.label)),
    }
    if offered.embedded:
        made["items"] = list(offered.embedded(sheet) or ())
    return made


def homepage(link: Link) -> Json:
    """A page for people about a resource."""
    return {
        "id": absolute(link.path),
        "type": "Text",
        "label": language_map(link.label),
        "format": link.format,
        "language": [link.language],
    }
