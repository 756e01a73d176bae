"""The image service against Debian's IIPImage and nginx's static files: the same pictures, the same machine, in one run.

    python -m benchmarks.images [--seconds 4] [--rounds 3] [--s3 URL]

Wants wrk, nginx and iipimage-server (Debian packages), and an S3 server (``bin/services start s3``); what is missing is left out and said so.
Everything is made in a temporary folder and a bucket of its own. Takes about seven minutes.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import load
from benchmarks.image_peers import ROOT, Server, behind_shipped_nginx, nginx, peers
from benchmarks.image_scenarios import HEIGHT, WIDTH, scenarios


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=4, help="length of one measurement (default: 4)")
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each figure; the median counts (default: 3)")
    parser.add_argument("--s3", default="", help="STORAGE_URL of a bucket that may be written to (default: one of the S3 server for tests)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="museum-bench-") as name:
        folder = Path(name)
        for variable in ("DATABASE_URL", "STORAGE_URL", "SEARCH_URL", "IMAGE_SERVICE_URL", "CACHE_URL"):
            os.environ.pop(variable, None)
        os.environ["MUSEUM_VAR"] = str(folder)
        os.environ["MUSEUM_IMAGE_CACHE_MB"] = "0"  # what is measured is the making
        os.environ["DJANGO_SETTINGS_MODULE"] = "museum.settings"
        _measure(folder, given.seconds, given.rounds, given.s3)


def _measure(folder: Path, seconds: float, rounds: int, s3: str) -> None:
    from benchmarks.serving import machine, museum

    begun = os.getloadavg()[0]
    public, restricted, pyramid, spans = _pictures(folder)
    asked = scenarios()
    with contextlib.ExitStack() as stack:
        mine = load.descendants(os.getpid())
        port = stack.enter_context(museum(workers=2))
        time.sleep(1)
        ours = Server(
            "museum",
            port,
            load.descendants(os.getpid()) - mine,
            {key: [f"/iiif/2/{public}/{path}" for path in paths] for key, paths in asked.items()},
        )
        servers = [ours]
        sealed = Server(
            "museum, restricted with staff cookie",
            port,
            ours.pids,
            {"aligned tiles": [f"/iiif/2/{restricted}/{path}" for path in asked["aligned tiles"]]},
        )
        sealed.cookie = _cookie()
        servers.append(sealed)
        bucket = stack.enter_context(_bucket(s3))
        if bucket:
            servers.append(_on_s3(folder, stack, bucket, ours))
        if nginx():
            servers.append(behind_shipped_nginx(folder, stack, ours))
        servers += peers(folder, stack, pyramid, spans, asked)
        print(
            f"Measured {machine()}, load average {begun:.1f} at the beginning; a picture of {WIDTH} × {HEIGHT} pixels, {len(asked['aligned tiles'])} aligned tiles.\n"
        )
        _warm(servers)
        for _round in range(rounds):
            for scenario in asked:
                for clients in (1, 8, 32) if scenario == "aligned tiles" else (8,):
                    for server in servers:
                        if scenario in server.paths:
                            key = f"{scenario}, {clients} clients"
                            paths = server.paths[scenario]
                            server.found.setdefault(key, []).append(
                                load.run(server.port, paths, server.pids, clients=clients, seconds=seconds, cookie=server.cookie)
                            )
        _tell(servers)
        each = ", ".join(f"{load.memory({pid}):.0f}" for pid in sorted(ours.pids))
        print(f"\nMemory of the museum's processes after all this (PSS, MB; parent, then workers): {each}. Goal: 75 for a worker.")
        _cold(folder, public, asked["aligned tiles"])
        if bucket:
            _cold(folder, public, asked["aligned tiles"], bucket)
        print(f"Load average at the end: {os.getloadavg()[0]:.1f}.")


@contextlib.contextmanager
def _bucket(given: str) -> Iterator[str]:
    """The STORAGE_URL that is measured: the given one, one of the S3 server for tests that is gone afterwards, or nothing."""
    if given:
        yield given
        return
    sys.path.append(str(ROOT / "bin"))
    import service_catalogue

    service = service_catalogue.SERVICES["s3"]()
    if not service.answers():
        print("No S3 server answers: only files are measured (bin/services start s3).")
        yield ""
        return
    name = f"museum-bench-{secrets.token_hex(4)}"
    service.make_bucket(name)
    try:
        yield f"s3://{service.key}:{service.secret}@{service.address}/{name}?tls=no"
    finally:
        service.remove_bucket(name)


_COPY = """
import django
django.setup()
import sys
from pathlib import Path
from media import storage
root = Path(sys.argv[1])
for path in root.rglob("*.tif"):
    storage.replace("derivatives", str(path.relative_to(root)), path)
# Files that are younger than what is recorded of them are looked at again, in the middle of what is measured.
from django.utils import timezone
from media.models import AccessCopy
AccessCopy.objects.update(verified_at=timezone.now())
"""


def _on_s3(folder: Path, stack: contextlib.ExitStack, bucket: str, files: Server) -> Server:
    """The museum once more, with the same pictures in a bucket."""
    from benchmarks.serving import museum

    environment = {**os.environ, "STORAGE_URL": bucket}
    subprocess.run([sys.executable, "-c", _COPY, str(folder / "derivatives")], cwd=ROOT, env=environment, check=True)
    mine = load.descendants(os.getpid())
    port = stack.enter_context(museum(workers=2, other={"STORAGE_URL": bucket}))
    time.sleep(1)
    chosen = ("aligned tiles", "deep-zoom session", "unaligned regions")
    return Server("museum on S3", port, load.descendants(os.getpid()) - mine, {key: files.paths[key] for key in chosen})


def _cold(folder: Path, public: str, tiles: list[str], bucket: str = "") -> None:
    """The first tile of a fresh process whose files are in no cache, and the second."""
    from benchmarks.serving import museum

    firsts, seconds = [], []
    for number in range(3):
        for path in (folder / "derivatives").rglob("*.tif"):
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        with museum(workers=1, other={"STORAGE_URL": bucket} if bucket else None) as port:
            time.sleep(1)
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.connect()
            for times, path in ((firsts, tiles[number]), (seconds, tiles[number + 20])):
                begun = time.perf_counter()
                connection.request("GET", f"/iiif/3/{public}/{path}")
                connection.getresponse().read()
                times.append((time.perf_counter() - begun) * 1000)
            connection.close()
    where = "on S3" if bucket else "files in no cache"
    print(
        f"First tile of a fresh process, {where}: {statistics.median(firsts):.1f} ms, the second {statistics.median(seconds):.1f} ms. Goal: 5 ms."
    )


def _pictures(folder: Path) -> tuple[str, str, Path, list[tuple[str, int, int]]]:
    """Ids of a public and a restricted picture, the pyramid, and name, offset and length of each tile."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from benchmarks.images_ingest import painted
    from media import derive, ingest, storage
    from media.models import Asset
    from media.pyramid.index import TileIndex

    source = folder / "source.jpg"
    painted(source, WIDTH, HEIGHT)
    ids = []
    for tier in ("public", "restricted"):
        asset = ingest.receive(source, f"{tier}.jpg")
        derive.prepare(asset.pk)
        Asset.objects.filter(pk=asset.pk).update(tier=tier)
        asset.refresh_from_db()
        ids.append(asset.public_id)
    name = derive.pyramid_name(asset.public_id, asset.version)
    pyramid = folder / "pictures" / "picture.tif"
    pyramid.parent.mkdir()
    with storage.local_copy("derivatives", name) as path:
        shutil.copy(path, pyramid)
    index = TileIndex.unpack(asset.access_copy.index)
    level = index.levels[0]
    spans = []
    for row in range(level.rows):
        for column in range(level.columns):
            span = index.span(0, column, row)
            spans.append((f"{column}-{row}.jpg", span.offset, span.length))
    return ids[0], ids[1], pyramid, spans


def _cookie() -> str:
    from django.contrib.auth import get_user_model

    from iiif.image import access

    user = get_user_model()._default_manager.create_superuser("benchmark", password=None)
    return f"{access.COOKIE}={access.cookie_of(user, access.Pass(None))}"


def _warm(servers: list[Server]) -> None:
    """A few requests of each kind to every worker, one after another."""
    for server in servers:
        for scenario, paths in server.paths.items():
            for path in paths[:8]:
                connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
                connection.request("GET", path, headers={"Cookie": server.cookie} if server.cookie else {})
                try:
                    answer = connection.getresponse()
                    answer.read()
                except TimeoutError:
                    raise SystemExit(f"{server.name} does not answer in “{scenario}” to {path}.") from None
                finally:
                    connection.close()
                if answer.status != 200:
                    raise SystemExit(f"{server.name} answers {answer.status} in “{scenario}” to {path}.")


def _tell(servers: list[Server]) -> None:
    peer = next((server for server in servers if server.name.startswith("IIPImage")), None)
    print("| scenario | server | req/s | p50 ms | p99 ms | CPU µs/request | rate × IIPImage | CPU × IIPImage |\n|-|-|-|-|-|-|-|-|")
    for key in servers[0].found:
        base = _middle(peer.found[key]) if peer and key in peer.found else None
        for server in servers:
            if key not in server.found:
                continue
            got = _middle(server.found[key])
            ratios = f"{got.rate / base.rate:.1f} | {base.cpu / got.cpu:.1f}" if base and got.cpu else "- | -"
            print(f"| {key} | {server.name} | {got.rate:,.0f} | {got.p50:.2f} | {got.p99:.1f} | {got.cpu:,.0f} | {ratios} |")


def _middle(runs: list[load.Load]) -> load.Load:
    return load.Load(*(statistics.median(getattr(each, name) for each in runs) for name in ("rate", "p50", "p99", "cpu")))


if __name__ == "__main__":
    main()
