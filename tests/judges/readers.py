"""Other people's readers of manifests: @iiif/parser, maniiifest and iiif-prezi3 say what they have against ours.

python -m tests.judges.readers        every stored manifest of the museum that the environment names (DATABASE_URL, MUSEUM_VAR)
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LISTED = HERE / "package.json"
Json = dict[str, Any]
# What iiif-prezi3's model drops or cannot hold, though the specification or an extension has it.
PREZI3_DROPS = {"navPlace", "selector", "source", "textGranularity", "features", "transformation"}


def complaints(documents: Iterable[Json]) -> Iterator[tuple[str, str]]:
    """(id of the document, what a reader has against it)."""
    todo = list(documents)
    node = shutil.which("node")
    if node is None:
        raise RuntimeError("The readers need Node 18 or newer.")
    lines = "\n".join(json.dumps({"id": one["id"], "document": one}) for one in todo)
    order = [node, str(HERE / "reading.mjs"), str(_package("@iiif/parser", "parser")), str(_package("maniiifest", "maniiifest"))]
    done = subprocess.run(order, input=lines, capture_output=True, text=True, check=True)
    for line in done.stdout.splitlines():
        said = json.loads(line)
        yield from ((said["id"], complaint) for complaint in said["complaints"])
    for one in todo:
        if one["type"] == "Manifest":
            yield from ((one["id"], f"iiif-prezi3: {lost}") for lost in lost_by_prezi3(one))


def _package(name: str, folder: str) -> Path:
    """A reader's own files, fetched once and kept beside the tests' database."""
    import packages

    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "museum-tests" / "judges"
    place = kept / f"{folder}-{json.loads(LISTED.read_text())['bundles'][name]['version']}"
    if not place.is_dir():
        kept.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept) as scratch:
            packages.bundle(name, LISTED, Path(scratch)).rename(place)
    return place


def lost_by_prezi3(manifest: Json) -> Iterator[str]:
    """What is not there any more, or is another, when the manifest has gone through iiif-prezi3's model."""
    from iiif_prezi3 import Manifest

    known = {name: value for name, value in manifest.items() if name != "navDate" or not str(value).startswith(("-", "0000"))}
    yield from _lost(known, json.loads(Manifest(**known).json()), "")


def _lost(before: Any, after: Any, path: str) -> Iterator[str]:
    if isinstance(before, dict):
        for name, value in before.items():
            if name in PREZI3_DROPS:
                continue
            if not isinstance(after, dict) or name not in after:
                yield f"{path}.{name} is lost"
            else:
                yield from _lost(value, after[name], f"{path}.{name}")
    elif isinstance(before, list):
        if not isinstance(after, list) or len(after) != len(before):
            yield f"{path} is {after!r} instead of {before!r}"[:200]
        else:
            for number, (one, other) in enumerate(zip(before, after, strict=True)):
                yield from _lost(one, other, f"{path}[{number}]")
    elif before != after and not _same_moment(before, after):
        yield f"{path} is {after!r} instead of {before!r}"[:200]


def _same_moment(before: Any, after: Any) -> bool:
    """A date may be written with Z or with +00:00."""
    return isinstance(before, str) and isinstance(after, str) and before.replace("Z", "+00:00") == after.replace("Z", "+00:00")


def main() -> None:
    """Judge a whole museum."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "museum.settings")
    sys.path.append(str(HERE.parent.parent / "bin"))
    import django

    django.setup()
    import orjson

    from iiif.models import StoredManifest
    from iiif.presentation.addresses import PLACEHOLDER
    from iiif.presentation.check import problems

    found = total = 0
    rows = StoredManifest.objects.exclude(sha256="").order_by("pk")
    for start in range(0, rows.count(), 500):
        bodies = [
            orjson.loads(bytes(body).replace(PLACEHOLDER.encode(), b"https://museum.example.org"))
            for body in rows.values_list("body", flat=True)[start : start + 500]
        ]
        total += len(bodies)
        said = [
            *complaints(bodies),
            *((one["id"], f"check_manifest: {problem}") for one in bodies for problem in problems(one, address=one["id"], thorough=True)),
        ]
        found += len(said)
        for address, complaint in said[:50]:
            print(f"{address}: {complaint}")
    print(f"{total} manifests, {found} complaints.")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
