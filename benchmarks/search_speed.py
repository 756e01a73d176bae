"""How fast search is: indexing, text with six facets, the page of everything, suggestions, a save until it is found, eight clients.

    python -m benchmarks.search_speed [--documents 100000] [--engine tantivy://FOLDER | elasticsearch://HOST:9200/PREFIX …]

Synthetic objects with skewed words, makers and places, made from a fixed seed. Without --engine: Tantivy in a temporary folder, and
Elasticsearch where TEST_ELASTICSEARCH_URL names one. Each stands beside its floor (what the engine takes by itself for the same
questions), and beside full text in a database with facets by SQL: SQLite, and PostgreSQL where TEST_POSTGRESQL_URL names one
(--no-alternatives leaves them out). Indices and tables are removed afterwards.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import resource
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "museum.settings")

import django

django.setup()

from benchmarks.search_alternatives import Alternative, alternatives  # noqa: E402
from benchmarks.search_crowd import HIGHLIGHTS, asking, crowd  # noqa: E402
from benchmarks.search_floors import bare, written_down  # noqa: E402
from benchmarks.serving import Figure, machine  # noqa: E402
from search.documents import Document, FacetValue, Text  # noqa: E402
from search.engines import open_engine  # noqa: E402
from search.requests import FacetRequest, SearchRequest  # noqa: E402
from search.text import sort_key  # noqa: E402

SIX = tuple(FacetRequest(name) for name in ("type", "maker", "period", "place", "material", "department"))
SYLLABLES = [
    "trong",
    "dong",
    "binh",
    "gom",
    "su",
    "hoa",
    "sen",
    "rong",
    "phuong",
    "lua",
    "theu",
    "sông",
    "núi",
    "chùa",
    "đình",
    "miếu",
    "vua",
    "quan",
    "áo",
    "khăn",
    "tranh",
    "khắc",
    "gỗ",
    "đá",
    "vàng",
    "bạc",
    "ngọc",
]
ENGLISH = [
    "drum",
    "vessel",
    "bowl",
    "vase",
    "robe",
    "map",
    "print",
    "portrait",
    "landscape",
    "dragon",
    "phoenix",
    "lotus",
    "river",
    "mountain",
    "court",
    "royal",
    "carved",
    "painted",
    "glazed",
    "gilded",
    "bronze",
    "silk",
]
BATCH = 500
PATIENCE = 60.0  # seconds
ROUNDS = 4  # of all questions by a crowd


class Corpus:
    """Documents of a fixed seed."""

    def __init__(self, seed: int = 7) -> None:
        self.random = random.Random(seed)
        stems = ENGLISH + SYLLABLES
        self.words = stems + [a + b for a, b in itertools.islice(itertools.product(stems, stems), 0, None, 1)][:8000]
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.values = {
            name: [FacetValue(f"{name}{n:05d}", {"en": f"{name} {self.word()} {n}", "vi": f"{name} {n}"}) for n in range(count)]
            for name, count in {
                "type": 120,
                "maker": 6000,
                "period": 60,
                "place": 2500,
                "material": 300,
                "department": 8,
                "subject": 1500,
            }.items()
        }
        self.cumulative = {name: list(itertools.accumulate(1 / (n + 2) for n in range(len(found)))) for name, found in self.values.items()}

    def word(self) -> str:
        """A word, common ones more often."""
        return self.random.choices(self.words, cum_weights=self.weights)[0]

    def some(self, name: str, count: int) -> list[FacetValue]:
        """Values of a facet, each once."""
        drawn = self.random.choices(self.values[name], cum_weights=self.cumulative[name], k=count)
        return list({value.id: value for value in drawn}.values())

    def document(self, number: int) -> Document:
        """An object with a title in two languages, a description of about sixty words, and facets."""
        title = " ".join(self.word() for _ in range(4)).capitalize()
        native = " ".join(self.random.choice(SYLLABLES) for _ in range(4)).capitalize()
        description = " ".join(self.word() for _ in range(60))
        facets = {
            "type": self.some("type", 1),
            "maker": self.some("maker", 1),
            "period": self.some("period", 1),
            "place": self.some("place", 2),
            "material": self.some("material", 2),
            "department": self.some("department", 1),
            "subject": self.some("subject", 3),
        }
        if number % 3:
            facets["image"] = [FacetValue("yes", {"en": "with pictures"})]
        accession = f"BT {1950 + number % 75}.{number // 75}.{number % 7}"
        year = self.random.randint(-500, 1990)
        key = sort_key(title, "en")
        return Document(
            id=f"object:{number:012d}",
            kind="object",
            version=number + 1,
            query={
                "p": {
                    "title": [Text(title, "en"), Text(native, "vi")],
                    "number": [Text(accession)],
                    "maker": [Text(value.label["en"]) for value in facets["maker"]],
                    "subject": [Text(value.label["en"], "en") for name in ("type", "material", "period") for value in facets[name]],
                    "place": [Text(value.label["en"]) for value in facets["place"]],
                    "text": [Text(description, "en")],
                }
            },
            facets=facets,
            dates=(year, year + self.random.randint(0, 80)),
            sort={"title": key, "browse": f"{0 if number % 3 else 2}{key}", "number": accession, "oldest": f"{year + 10**8:09d}"},
            display={"kind": "object", "title": {"en": title, "vi": native}, "number": accession, "makers": [], "image": None},
        )


def timed(act: Callable[[], Any]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def batches(corpus: Corpus, count: int) -> Iterator[list[Document]]:
    """Documents in batches."""
    for start in range(0, count, BATCH):
        yield [corpus.document(number) for number in range(start, min(start + BATCH, count))]


def indexed(name: str, corpus: Corpus, count: int, add: Callable[[list[Document]], Any], finish: Callable[[], Any]) -> str:
    """Fill an index; how fast that went, as a cell. Making the documents is not counted."""
    spent, used = 0.0, 0.0
    for documents in batches(corpus, count):
        processor = time.process_time()
        spent += timed(lambda documents=documents: add(documents)) / 1000
        used += time.process_time() - processor
    processor = time.process_time()
    spent += timed(finish) / 1000
    used += time.process_time() - processor
    return f"| {name}: analysis and indexing | {count / spent:,.0f} documents/s, {used / count * 1000:.2f} ms CPU here for each | | {count:,} | |"


def sized(name: str, bytes_: int, count: int, memory: str) -> str:
    """Disk and memory, as a row."""
    return f"| {name}: for 100,000 documents | {bytes_ / count / 10:,.0f} MB on disk; {memory} | | | |"


def resident() -> float:
    """Megabytes of this process in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def asked_words(corpus: Corpus, number: int) -> list[str]:
    """What is asked: one to three words, common ones more often."""
    pick = random.Random(1)
    return [" ".join(pick.choices(corpus.words[:600], k=pick.randint(1, 3))) for _ in range(number)]


def measure(url: str, count: int, number: int) -> Iterator[str]:
    """The rows of one engine."""
    engine: Any = open_engine(url, tempfile.gettempdir())
    engine.patience = PATIENCE  # visitors get the fallback sooner; here every answer is waited for
    corpus = Corpus()
    rebuild = engine.begin_rebuild("public")
    try:
        yield indexed(engine.name, corpus, count, rebuild.index, rebuild.commit_and_swap)
        before = resident()
        queries = asked_words(corpus, number)
        for figure in _figures(engine, corpus, count, queries):
            yield figure.line().replace("| ", f"| {engine.name}: ", 1)
        for processes, where in ((1, "one process"), (2, "two processes, as a museum serves them")):
            names = [facet.name for facet in SIX]
            rate, times = crowd(url, tempfile.gettempdir(), queries * ROUNDS, names, clients=8, processes=processes)
            yield Figure(f"{engine.name}: 8 clients at once of {where}, {rate:,.0f} requests/s", times, "200").line()
        yield sized(engine.name, engine.stats("public").bytes, count, _memory(engine, before))
    finally:
        rebuild.abort()  # does nothing after the swap
        engine.drop()


def _memory(engine: Any, before: float) -> str:
    if engine.name == "tantivy":
        return f"this process grew by {resident() - before:,.0f} MB while it was asked, to {resident():,.0f} MB"
    nodes = engine.reader().nodes.stats(metric="jvm")["nodes"].values()
    return f"heap of the server {sum(node['jvm']['mem']['heap_used_in_bytes'] for node in nodes) / 1e6:,.0f} MB, with everything else in it"


def _figures(engine: Any, corpus: Corpus, count: int, queries: list[str]) -> Iterator[Figure]:
    def ask(text: str, **parts: Any) -> Callable[[], Any]:
        return asking(engine, text, **parts)

    for text in queries[:20]:
        ask(text, facets=SIX)()
    narrowed = {"dates": (1500, 1700), "filters": {"material": ("material00000",), "department": ("department00000",)}}
    with written_down(engine) as questions:
        yield Figure("text, 24 hits with all their highlights, 6 facets", [timed(ask(text, facets=SIX)) for text in queries], "")
    floor = [bare(engine, one) for one in questions]
    yield Figure("the same, its floor: what the engine takes by itself", floor, "")
    cards = [timed(ask(text, facets=SIX, highlights=HIGHLIGHTS)) for text in queries]
    yield Figure("text, 24 hits with two highlights, as cards show them, 6 facets", cards, "5 / 15" if count <= 100_000 else "12 / 40")
    yield Figure("text, 24 hits, no facets", [timed(ask(text)) for text in queries], "")
    yield Figure("text, 6 facets, histogram", [timed(ask(text, facets=SIX, histogram=True)) for text in queries], "")
    with written_down(engine) as questions:
        yield Figure("everything, 6 facets", [timed(ask("", facets=SIX)) for _ in range(10)], "")
    yield Figure("the same, its floor", [bare(engine, one) for one in questions], "")
    yield Figure(
        "two facets chosen, years, by title", [timed(ask("", facets=SIX, histogram=True, sort="title", **narrowed)) for _ in range(30)], ""
    )
    yield Figure("accession number", [timed(ask(f"BT {1950 + n}.{n}")) for n in range(60)], "")
    typed = [text for word in queries for text in (word[:1], word[:3])]
    yield Figure("suggestions", [timed(lambda text=text: engine.suggest("public", text, groups=("p",))) for text in typed], "30")
    misspelt = [f"{text[:-1]}x" for text in queries[:20]]
    yield Figure("did you mean", [timed(lambda text=text: engine.did_you_mean("public", text, groups=("p",))) for text in misspelt], "")
    alike = [f"object:{n:012d}" for n in range(min(50, count))]
    yield Figure("similar", [timed(lambda ident=ident: engine.similar("public", ident, groups=("p",))) for ident in alike], "")
    yield Figure("one save until it is found", [timed(lambda n=n: save(engine, corpus, count + n)) for n in range(15)], "1,000 / 2,000")


def measure_alternative(alternative: Alternative, count: int, number: int) -> Iterator[str]:
    """The rows of full text in a database."""
    corpus = Corpus()
    try:
        yield indexed(alternative.name, corpus, count, alternative.add, alternative.finish)
        queries = asked_words(corpus, number)
        for text in queries[:20]:
            alternative.ask(text)
        times = [timed(lambda text=text: alternative.ask(text)) for text in queries]
        yield Figure(f"{alternative.name}: text, 24 hits, 6 facets", times, "").line()
        yield Figure(f"{alternative.name}: everything, 6 facets", [timed(lambda: alternative.ask("")) for _ in range(5)], "").line()
        yield sized(alternative.name, alternative.bytes(), count, "memory is the database's")
    finally:
        alternative.drop()


def save(engine: Any, corpus: Corpus, number: int) -> None:
    """Write one document and look for it until it is there."""
    document = corpus.document(number)
    engine.index_documents("public", [document])
    while not engine.search("public", SearchRequest(ids=(document.id,), limit=1)).total:
        time.sleep(0.02)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=150, help="different texts that are asked (default: 150)")
    parser.add_argument("--engine", action="append", help="a SEARCH_URL; may be given more than once")
    parser.add_argument("--no-alternatives", action="store_true", help="leave out full text in SQLite and PostgreSQL")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engines = options.engine or [f"tantivy://{folder}/index"]
        server = os.environ.get("TEST_ELASTICSEARCH_URL", "").removeprefix("http://").rstrip("/")
        if server and not options.engine:
            engines.append(f"elasticsearch://{server}/search-speed-{secrets.token_hex(3)}")
        print(f"Search over {options.documents:,} synthetic objects, {machine()}, load average {os.getloadavg()[0]:.1f}\n")
        print("| | p50 ms | p95 ms | n | goal |\n|---|---|---|---|---|")
        for url in engines:
            for row in measure(url, options.documents, options.queries):
                print(row, flush=True)
        for one in [] if options.no_alternatives else alternatives(folder, os.environ.get("TEST_POSTGRESQL_URL", "")):
            for row in measure_alternative(one, options.documents, options.queries):
                print(row, flush=True)


if __name__ == "__main__":
    main()
