"""Takes uploaded files into the museum, file by file: what is refused says why, the others are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from artifacts import attaching, page_texts
from artifacts.models import Artifact, ArtifactMedia
from media import formats, ingest
from media.errors import MediaError
from records.models import RecordError


@dataclass(frozen=True)
class Received:
    """What became of one file."""

    filename: str
    use: ArtifactMedia | None = None
    problem: str = ""
    text: str = ""  # what is known of a page's text, when the file was one


def receive(artifact: Artifact, file: Any, user: Any, **fields: Any) -> Received:
    """Take one uploaded file in and attach it to the object; the text of a page goes to the picture of the same name."""
    try:
        if is_text(file):
            layer = page_texts.take(page_texts.page_for(artifact, file.name), file, file.name, user=user)
            return Received(file.name, layer.use, text=page_texts.sentence(layer))
        asset = ingest.receive(file, file.name, agent=user.get_username())
    except (MediaError, RecordError) as refused:
        return Received(file.name, problem=str(refused))
    return Received(file.name, attaching.attach(artifact, asset, user=user, **fields))


def is_text(file: Any) -> bool:
    """True for the text of a page; the file is left at its start."""
    return page_texts.looks_like_text(file.name, formats.head_of(file))


def pictures_first(files: list[Any]) -> list[Any]:
    """Texts last: they look for their pictures."""
    return sorted(files, key=is_text)
