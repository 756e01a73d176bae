"""Takes uploaded files into the museum, file by file: what is refused says why, the others are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from artifacts import attaching
from artifacts.models import Artifact, ArtifactMedia
from media import ingest
from media.errors import MediaError


@dataclass(frozen=True)
class Received:
    """What became of one file."""

    filename: str
    use: ArtifactMedia | None = None
    problem: str = ""


def receive(artifact: Artifact, file: Any, user: Any, **fields: Any) -> Received:
    """Take one uploaded file in and attach it to the object."""
    try:
        asset = ingest.receive(file, file.name, agent=user.get_username())
    except MediaError as refused:
        return Received(file.name, problem=str(refused))
    return Received(file.name, attaching.attach(artifact, asset, user=user, **fields))
