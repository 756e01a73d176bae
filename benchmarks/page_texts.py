"""A book of 600 pages with its texts: reading the files, keeping them, indexing the book, and one search in it.

    python -m benchmarks.page_texts                      in a museum of its own (SQLite, Tantivy, files)
    python -m benchmarks.page_texts --var DIR            in a folder with a migrated, empty database
    SEARCH_URL=elasticsearch://… python -m benchmarks.page_texts

Goal: a search in the book, from the request to its JSON, in 30 ms (p95).
"""

from __future__ import annotations

import argparse
import io
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from benchmarks.serving import machine

SYLLABLES = [
    "an",
    "bo",
    "ca",
    "dao",
    "em",
    "giang",
    "hoa",
    "kinh",
    "linh",
    "minh",
    "nam",
    "phong",
    "que",
    "rong",
    "son",
    "thanh",
    "uyen",
    "van",
    "xuan",
    "yen",
    "trang",
    "son",
    "ha",
    "thuy",
    "moc",
    "kim",
    "tho",
]
PAGE = (2000, 2800)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--words", type=int, default=300, help="words on a page")
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--var", help="a folder with a migrated database, to be used as it is")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="museum-pages-") as folder:
        os.environ["MUSEUM_VAR"] = options.var or folder
        os.environ.pop("DATABASE_URL", None)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "museum.settings")
        sys.exit(0 if _measure(options) else 1)


def _measure(options: argparse.Namespace) -> bool:
    import django

    django.setup()
    from django.core.management import call_command

    if not options.var:
        call_command("migrate", verbosity=0)
    print(machine())
    rng = random.Random(7)
    vocabulary = ["".join(rng.choices(SYLLABLES, k=2)) for _ in range(4000)]
    files = [_alto([rng.choice(vocabulary) for _ in range(options.words)]) for _ in range(options.pages)]
    artifact = _book(options.pages)
    _keep(artifact, files)
    _index(artifact)
    return _search(artifact, vocabulary, options.searches, rng)


def _alto(words: list[str]) -> bytes:
    lines = []
    for number, start in enumerate(range(0, len(words), 9)):
        y = 200 + number * 70
        strings = "<SP/>".join(
            f'<String CONTENT="{word}" HPOS="{200 + 180 * at}" VPOS="{y}" WIDTH="170" HEIGHT="50"/>'
            for at, word in enumerate(words[start : start + 9])
        )
        lines.append(f'<TextLine HPOS="200" VPOS="{y}" WIDTH="1600" HEIGHT="50">{strings}</TextLine>')
    return (
        f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page WIDTH="{PAGE[0]}" HEIGHT="{PAGE[1]}"><PrintSpace><TextBlock>'
        f"{''.join(lines)}</TextBlock></PrintSpace></Page></Layout></alto>"
    ).encode()


def _book(pages: int) -> Any:
    from artifacts.models import Artifact, ArtifactMedia, Title
    from media.models import Asset, Blob
    from vocabularies.models import Department, Museum

    stem = f"{time.time_ns():x}"
    museum = Museum.objects.create(code=f"m-{stem}", label={"en": {"text": "Museum", "state": "source"}})
    department = Department.objects.create(museum=museum, code=f"d-{stem}", label={"en": {"text": "Books", "state": "source"}})
    artifact = Artifact(museum=museum, department=department, accession_number=f"BOOK {stem}", live=False)
    artifact.titles.add(Title(text="A book", language="en"))
    artifact.save()
    for number in range(pages):
        blob = Blob.objects.create(sha256=f"{stem}{number:048x}"[:64].ljust(64, "0"), sha512="0" * 128, size=1, mime="image/jpeg")
        asset = Asset.objects.create(blob=blob, original_filename=f"{number:04d}.jpg", state="ready", width=PAGE[0], height=PAGE[1])
        ArtifactMedia.objects.create(artifact=artifact, asset=asset, sort_order=number, published=True)
    artifact.save_revision().publish()
    return artifact


def _keep(artifact: Any, files: list[bytes]) -> None:
    from artifacts import page_texts
    from media import textlayers

    began = time.perf_counter()
    for content in files:
        textlayers.read(content)
    reading = time.perf_counter() - began
    began = time.perf_counter()
    uses = artifact.media.select_related("asset", "artifact").order_by("sort_order")
    for use, content in zip(uses, files, strict=True):
        page_texts.take(use, io.BytesIO(content), f"{use.sort_order:04d}.xml")
    keeping = time.perf_counter() - began
    print(f"{len(files)} files of {len(files[0]) / 1000:.0f} kB: read in {reading:.1f} s; read, kept and noted in {keeping:.1f} s")


def _index(artifact: Any) -> None:
    from search import indexing as records
    from search.engines import engine as record_engine
    from search.texts import indexing
    from search.texts.engine import engine

    for audience in ("public", "curatorial"):
        record_engine().ensure(audience)
    began = time.perf_counter()
    written = sum(indexing.refresh(audience, [artifact.pk]) for audience in ("public", "curatorial"))
    pages = time.perf_counter() - began
    began = time.perf_counter()
    again = sum(indexing.refresh(audience, [artifact.pk]) for audience in ("public", "curatorial"))
    unchanged = time.perf_counter() - began
    began = time.perf_counter()
    for audience in ("public", "curatorial"):
        records.write_records("object", [artifact.pk], audience)
    record = time.perf_counter() - began
    for audience in ("public", "curatorial"):
        engine().refresh(audience)
        record_engine().refresh(audience)
    print(f"{written} documents of pages for both audiences in {pages:.1f} s; looked at again, {again} written, in {unchanged:.1f} s")
    print(f"the object with all words of its pages, for both audiences: {record:.1f} s")


def _search(artifact: Any, vocabulary: list[str], times: int, rng: random.Random) -> bool:
    from django.test import Client

    from search import visitor
    from search.requests import SearchRequest

    client = Client()
    base = f"/iiif/objects/{artifact.public_id}"

    def asked(act: str, q: Callable[[], str]) -> list[float]:
        spent = []
        for _ in range(times):
            text = q()
            began = time.perf_counter()
            answer = client.get(f"{base}/{act}", {"q": text})
            spent.append((time.perf_counter() - began) * 1000)
            if answer.status_code != 200:
                raise SystemExit(f"{act}?q={text} answered {answer.status_code}")
        return spent

    def visited() -> list[float]:
        spent = []
        for _ in range(times):
            began = time.perf_counter()
            page = visitor.run(SearchRequest(text=rng.choice(vocabulary)))
            spent.append((time.perf_counter() - began) * 1000)
            if page.total and not page.lines:
                raise SystemExit("A book was found without its line.")
        return spent

    word = asked("search", lambda: rng.choice(vocabulary))
    rows = {
        "a word": word,
        "two words": asked("search", lambda: " ".join(rng.sample(vocabulary, 2))),
        "a word, 1.0": asked("search-v1", lambda: rng.choice(vocabulary)),
        "completing three letters": asked("autocomplete", lambda: rng.choice(vocabulary)[:3]),
        "the visitor’s search, with page and line": visited(),
    }
    for name, spent in rows.items():
        print(f"{name}: p50 {statistics.median(spent):.1f} ms, p95 {sorted(spent)[int(len(spent) * 0.95)]:.1f} ms")
    return sorted(word)[int(len(word) * 0.95)] <= 30


if __name__ == "__main__":
    main()
