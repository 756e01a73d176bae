"""Two hundred visitors at once who ask for parts of pictures that nobody has made yet, and what everybody else waits for meanwhile.

    python -m benchmarks.crowd [--clients 200] [--seconds 60] [--impatient]

In the environment's museum, which must hold pictures (``make run`` makes the demo museum). Others read tiles that lie ready and pages
meanwhile. Ends with 1 when anything was answered with 5xx but 503 and Retry-After, when a connection broke, or the museum did not outlive it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import time
from collections import Counter
from dataclasses import dataclass, field

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "museum.settings")

from benchmarks import load
from benchmarks.serving import Client, machine, museum

READERS = 4  # of tiles, and as many of pages
PAUSE = {"tiles": 0.02, "pages": 0.1}  # seconds between two requests of a reader
GOALS = {"tiles": "≤ 50", "pages": "≤ 500"}


@dataclass
class Seen:
    """What a group of visitors was answered: statuses, times in ms, 503 that did not say when to come again, broken connections."""

    statuses: Counter[int] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    unsaid: int = 0
    broken: int = 0

    def line(self, name: str, goal: str) -> str:
        """A row of the table."""
        ordered = sorted(self.times) or [0.0]
        middle, late = ordered[len(ordered) // 2], ordered[len(ordered) * 95 // 100]
        said = ", ".join(f"{status}: {count:,}" for status, count in sorted(self.statuses.items()))
        return f"| {name} | {middle:.1f} | {late:.1f} | {ordered[-1]:,.0f} | {said} | {self.broken} | {goal} |"

    @property
    def faults(self) -> int:
        """Answers that must not be."""
        return sum(count for status, count in self.statuses.items() if status >= 500 and status != 503) + self.unsaid + self.broken


async def ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> tuple[int, dict[str, str]]:
    """Status and headers of a GET over an open connection; the body is read and dropped."""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    if headers.get("transfer-encoding", "").lower() == "chunked":
        while size := int(await reader.readuntil(b"\r\n"), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    else:
        await reader.readexactly(int(headers.get("content-length", "0")))
    return int(head[0].split()[1]), headers


async def visitor(port: int, paths: Paths, seen: Seen, until: float, pause: float, patient: bool) -> None:
    """One who asks for one thing after another over a connection, and comes again when told to, if ``patient``."""
    connection = None
    while time.monotonic() < until:
        begun = time.monotonic()
        try:
            connection = connection or await asyncio.open_connection("127.0.0.1", port)
            status, headers = await ask(*connection, paths())
        except (OSError, asyncio.IncompleteReadError, ValueError):
            seen.broken += 1
            connection = None
            await asyncio.sleep(0.1)
            continue
        seen.times.append((time.monotonic() - begun) * 1000)
        seen.statuses[status] += 1
        if headers.get("connection", "").lower() == "close":
            connection = None
        if status == 503:
            seen.unsaid += "retry-after" not in headers
            await asyncio.sleep(random.uniform(0.5, 1.5) * float(headers.get("retry-after", "1")) if patient else 0.01)
        await asyncio.sleep(pause)
    if connection:
        connection[1].close()


class Paths:
    """Draws addresses."""

    def __init__(self, pictures: list[tuple[str, int, int]], pages: list[str]) -> None:
        self.pictures, self.pages_of_objects = pictures, pages

    def __call__(self) -> str:
        """A part of a picture that has hardly been asked for before, in a size of its own."""
        public_id, width, height = random.choice(self.pictures)
        w, h = random.randrange(300, width), random.randrange(300, height)
        x, y = random.randrange(0, width - w + 1), random.randrange(0, height - h + 1)
        return f"/iiif/3/{public_id}/{x},{y},{w},{h}/{random.randrange(150, min(w, 900) + 1)},/0/default.jpg"


class Tiles(Paths):
    """Tiles of the access copies, as a deep zoom asks for them."""

    def __call__(self) -> str:
        """One of the sharpest level."""
        public_id, width, height = random.choice(self.pictures)
        x, y = random.randrange(0, width, 512), random.randrange(0, height, 512)
        w, h = min(512, width - x), min(512, height - y)
        return f"/iiif/3/{public_id}/{x},{y},{w},{h}/{w},{h}/0/default.jpg"


class Pages(Paths):
    """Objects' pages, the home page and the search."""

    def __call__(self) -> str:
        """One of them."""
        return random.choice([*self.pages_of_objects, "/en/", "/en/search/"])


async def crowd(
    port: int, drawn: tuple[list, list], clients: int, seconds: float, patient: bool, pids: set[int]
) -> tuple[dict[str, Seen], float]:
    """(what each group saw, the most memory of all processes together in MB)."""
    seen = {name: Seen() for name in ("crowd", "tiles", "pages")}
    until = time.monotonic() + seconds
    asking = [visitor(port, Paths(*drawn), seen["crowd"], until, 0.0, patient) for _ in range(clients)]
    asking += [visitor(port, Tiles(*drawn), seen["tiles"], until, PAUSE["tiles"], True) for _ in range(READERS)]
    asking += [visitor(port, Pages(*drawn), seen["pages"], until, PAUSE["pages"], True) for _ in range(READERS)]
    most = 0.0

    async def weigh() -> None:
        nonlocal most
        while time.monotonic() < until:
            most = max(most, load.memory(pids))
            await asyncio.sleep(2)

    await asyncio.gather(weigh(), *asking)
    return seen, most


def drawn(port: int) -> tuple[list[tuple[str, int, int]], list[str]]:
    """Public pictures with their sizes, and paths of objects' pages."""
    from artifacts.models import Artifact
    from media.models import Asset

    rows = Asset.objects.filter(kind="image", tier="public", state="ready", width__gte=600, height__gte=600)
    pictures = list(rows.values_list("public_id", "width", "height")[:200])
    if not pictures:
        raise SystemExit("This museum has no pictures: run `make run` once, which makes the demo museum.")
    pages = []
    for public_id in Artifact.objects.public().values_list("public_id", flat=True)[:30]:
        answer = Client(port).get(f"/o/{public_id}", Accept="text/html")
        if answer.status == 303:
            pages.append("/en/" + answer.headers["location"].split("/en/")[-1].split("/vi/")[-1])
    return pictures, pages


def main() -> None:
    """Measure, print a table, and end with 1 when something was answered that must not be."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--impatient", action="store_true", help="ask again at once where the museum says when to come again")
    given = parser.parse_args()
    os.environ.setdefault("MUSEUM_IMAGE_CACHE_MB", "64")
    import django

    django.setup()
    mine = load.descendants(os.getpid())
    with museum(workers=2) as port:
        found = drawn(port)
        pids = load.descendants(os.getpid()) - mine
        before = load.memory(pids)
        seen, most = asyncio.run(crowd(port, found, given.clients, given.seconds, not given.impatient, pids))
        alive = Client(port).get("/readyz").status
        after = load.memory(pids)
    print(f"Measured {machine()}, load average {os.getloadavg()[0]:.1f}; {given.clients} clients for {given.seconds:.0f} s.\n")
    print("| who | p50 ms | p95 ms | longest ms | statuses | broken | goal p95 ms |\n|-|-|-|-|-|-|-|")
    print(seen["crowd"].line(f"{given.clients} who ask for parts that nobody has made", "no 5xx but 503"))
    for name, what in (("tiles", "tiles that lie ready"), ("pages", "pages")):
        print(seen[name].line(f"{READERS} who read {what}", GOALS[name]))
    print(
        f"\nMemory of the web processes (PSS, MB): {before:.0f} before, {most:.0f} at most, {after:.0f} after. /readyz afterwards: {alive}."
    )
    faults = sum(each.faults for each in seen.values())
    if faults or alive != 200:
        raise SystemExit(f"{faults} answers that must not be.")


if __name__ == "__main__":
    main()
