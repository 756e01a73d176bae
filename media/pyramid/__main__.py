"""The child process that decodes a picture: ``python -m media.pyramid ORIGINAL FORMAT TARGET [--turn 90]``.

It says on standard output, one JSON object a line: ``{"progress": 40}``, then ``{"made": {…}}``, or ``{"damaged": "the decoder's words"}``,
or ``{"no_colours": "what it holds"}``.
Limits on memory and time are laid on it by the parent (``media.derive``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from media.errors import DamagedFile, NoColours
from media.pyramid import colour, metadata
from media.pyramid.build import Built, PyramidBuilder
from media.pyramid.source import open_source


def main() -> int:
    """Make the access copy and tell what came out."""
    parser = argparse.ArgumentParser(prog="python -m media.pyramid", description="Makes the access copy of one picture.")
    parser.add_argument("original", type=Path)
    parser.add_argument("format")
    parser.add_argument("target", type=Path)
    parser.add_argument("--turn", type=int, choices=[0, 90, 180, 270], default=0, help="degrees clockwise")
    given = parser.parse_args()
    try:
        say({"made": make(given.original, given.format, given.target, given.turn)})
    except NoColours as error:
        say({"no_colours": str(error)})
    except DamagedFile as error:
        say({"damaged": str(error)})
    return 0


def say(message: dict[str, Any]) -> None:
    """One line for the parent."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def make(original: Path, key: str, target: Path, turn: int = 0) -> dict[str, Any]:
    """Builds ``target`` and its index beside it (``.index``); returns sizes, colours, hash, facts and embedded metadata."""
    warning = ""
    try:
        facts, built = _build(original, key, target, strict=True, turn=turn)
    except NoColours:
        raise
    except DamagedFile as error:
        facts, built = _build(original, key, target, strict=False, turn=turn)
        warning = str(error)
    index = built.index.pack()
    target.with_suffix(".index").write_bytes(index)
    colours = colour.palette(built.overview)
    with target.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "width": built.index.width,
        "height": built.index.height,
        "size": target.stat().st_size,
        "sha256": digest,
        "palette": colours,
        "perceptual_hash": colour.difference_hash(built.overview),
        "technical": facts,
        "embedded": metadata.read(original, key),
        "warning": warning,
    }


def _build(original: Path, key: str, target: Path, *, strict: bool, turn: int) -> tuple[dict[str, Any], Built]:
    picture = open_source(original, key, strict=strict, turn=turn)
    told = -1

    def progress(percent: int) -> None:
        nonlocal told
        if percent >= told + 5:
            told = percent
            say({"progress": percent})

    builder = PyramidBuilder(target, picture.width, picture.height, picture.bands, progress)
    return picture.facts, builder.run(picture.pour)


if __name__ == "__main__":
    sys.exit(main())
