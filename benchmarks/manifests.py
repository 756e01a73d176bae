"""Manifests: a book of a thousand pages built and one of its pages changed, many small ones built, and stored ones over HTTP.

    python -m benchmarks.manifests          with the environment's DATABASE_URL and MUSEUM_VAR

The book is made in a transaction that is rolled back. The museum must hold records already (``make demo N=100000``).
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "museum.settings")

from benchmarks.serving import Client, Figure, machine, museum

PAGES = 1000


def main() -> None:
    """Measure and print tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200, help="requests per figure (default: 200)")
    parser.add_argument("--most", type=int, default=50_000, help="manifests that are built anew at most (default: 50,000)")
    chosen = parser.parse_args()
    import django

    django.setup()
    print(f"{machine()}, load average {os.getloadavg()[0]:.1f}\n")
    _many(chosen.most)  # first: its peak of memory is that of the process
    _book(texts=False)
    _book(texts=True)
    _stored(chosen.rounds)


def _book(*, texts: bool) -> None:
    from django.db import transaction

    from artifacts.models import ArtifactMedia
    from iiif.models import StoredManifest
    from iiif.presentation import store

    with transaction.atomic():
        artifact = _thousand_pages(texts=texts)
        with_words = ", each with its words" if texts else ""
        wall, processor = [], []
        for _ in range(3):
            StoredManifest.objects.filter(record_pk=artifact).delete()
            _timed(lambda: store.refresh("object", [artifact]), wall, processor)
        print(f"| book of 1,000 pages{with_words} | wall ms | CPU ms | goal |\n|---|---|---|---|")
        print(f"| built as a whole | {min(wall):,.0f} | {min(processor):,.0f} | ≤ 1,000 |")
        wall, processor = [], []
        uses = list(ArtifactMedia.objects.filter(artifact=artifact)[100:900:80])
        for number, use in enumerate(uses):
            ArtifactMedia.objects.filter(pk=use.pk).update(label={"en": {"text": f"changed {number}", "state": "source"}})
            _timed(lambda: store.refresh("object", [artifact]), wall, processor)
        print(f"| one page changed | {statistics.median(wall):,.0f} | {statistics.median(processor):,.0f} | ≤ 50 |\n")
        transaction.set_rollback(True)


def _timed(act, wall: list[float], processor: list[float]) -> None:
    begun, used = time.perf_counter(), time.process_time()
    act()
    wall.append((time.perf_counter() - begun) * 1000)
    processor.append((time.process_time() - used) * 1000)


def _thousand_pages(*, texts: bool = False) -> int:
    """The key of a book; ``texts``: each page has its words beside it."""
    from artifacts.models import Artifact, ArtifactMedia, Title
    from media.models import Asset, Blob
    from vocabularies.models import Department

    department = Department.objects.select_related("museum").order_by("pk")[0]
    artifact = Artifact(museum=department.museum, department=department, accession_number="BENCHMARK BOOK", live=False)
    artifact.titles.add(Title(text="Benchmark", language="en"))
    artifact.save()
    blobs = Blob.objects.bulk_create(
        Blob(sha256=f"b{number:063x}", sha512=f"b{number:0127x}", size=1, mime="image/jpeg") for number in range(PAGES)
    )
    assets = Asset.objects.bulk_create(
        Asset(
            blob=blob,
            original_filename=f"{number}.jpg",
            state="ready",
            width=3000,
            height=4000,
            color="#886644",
            version="0123456789abcdef",
        )
        for number, blob in enumerate(blobs)
    )
    ArtifactMedia.objects.bulk_create(
        ArtifactMedia(
            artifact=artifact, asset=asset, sort_order=number, label={"en": {"text": f"p. {number}", "state": "source"}}, published=True
        )
        for number, asset in enumerate(assets)
    )
    artifact.save_revision().publish()
    if texts:
        _written(artifact.pk)
    return artifact.pk


def _written(artifact: int) -> None:
    from artifacts.models import ArtifactMedia, TextLayer
    from media.models import Asset, Blob

    uses = ArtifactMedia.objects.filter(artifact=artifact).order_by("sort_order")
    blobs = Blob.objects.bulk_create(
        Blob(sha256=f"c{number:063x}", sha512=f"c{number:0127x}", size=1, mime="application/xml") for number in range(PAGES)
    )
    files = Asset.objects.bulk_create(
        Asset(blob=blob, kind="text", original_filename=f"{number}.xml", state="ready", technical={"format": "alto"})
        for number, blob in enumerate(blobs)
    )
    TextLayer.objects.bulk_create(
        TextLayer(use=use, asset=file, language="vi", lines=30, words=300) for use, file in zip(uses, files, strict=True)
    )


def _many(most: int) -> None:
    from django.db import transaction

    from iiif.models import StoredManifest
    from iiif.presentation import sources, store
    from records import collecting, frugal

    frugal.read_without_keeping()
    with transaction.atomic():
        keys = list(sources.kind("object").keys()[:most])
        StoredManifest.objects.filter(kind="object").delete()
        wall: list[float] = []
        processor: list[float] = []
        built = 0

        def build() -> None:
            nonlocal built
            for start in range(0, len(keys), store.BATCH):
                with collecting.resting():
                    built += store.refresh("object", keys[start : start + store.BATCH]).get("built", 0)

        _timed(build, wall, processor)
        transaction.set_rollback(True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("| manifests built, one process | wall s | CPU s | for 50,000 | peak memory | goal |\n|---|---|---|---|---|---|")
    each = wall[0] / max(built, 1)
    print(
        f"| {built:,} of {len(keys):,} objects | {wall[0] / 1000:,.1f} | {processor[0] / 1000:,.1f} | {each * 50:,.0f} s | {peak:,.0f} MB | ≤ 300 s, ≤ 300 MB |\n"
    )


def _stored(rounds: int) -> None:
    from iiif.models import StoredManifest

    ids = list(StoredManifest.objects.filter(kind="object").exclude(sha256="").values_list("public_id", flat=True)[:50])
    if not ids:
        raise SystemExit("No manifest is stored: let the worker finish, or run `manage.py rebuild_manifests`.")
    paths = [f"/iiif/objects/{public_id}/manifest.json" for public_id in ids]
    with museum() as port:
        client = Client(port)
        for path in paths:
            client.get(path)
        times = {"gzip": [], "br": [], "identity": []}  # type: dict[str, list[float]]
        for number in range(rounds):
            for encoding, taken in times.items():
                answer = client.get(paths[number % len(paths)], **{"Accept-Encoding": encoding})
                if answer.status != 200:
                    raise SystemExit(f"{paths[number % len(paths)]} answers {answer.status}.")
                taken.append(answer.ms)
    print("| stored manifest over HTTP (ms) | p50 | p95 | n | goal |\n|---|---|---|---|---|")
    for encoding, taken in times.items():
        print(Figure(f"stored manifest, {encoding}", taken, "≤ 2").line())


if __name__ == "__main__":
    main()
