"""How fast search is: indexing, text with six facets, the page of everything, suggestions, a save until it is found, eight clients.

    python -m benchmarks.search_speed [--documents 100000] [--engine tantivy://FOLDER | elasticsearch://HOST:9200/PREFIX …]

Synthetic objects with skewed words, makers and places, made from a fixed seed. Without --engine: Tantivy in a temporary folder, and
Elasticsearch where TEST_ELASTICSEARCH_URL names one. Indices are removed afterwards.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "museum.settings")

import django

django.setup()

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


def measure(url: str, count: int) -> list[str]:
    """The rows of one engine."""
    engine = open_engine(url, tempfile.gettempdir())
    corpus = Corpus()
    making = indexing = 0.0
    rebuild = engine.begin_rebuild("public")
    source = batches(corpus, count)
    while True:
        begun = time.perf_counter()
        documents = next(source, None)
        making += time.perf_counter() - begun
        if documents is None:
            break
        indexing += timed(lambda documents=documents: rebuild.index(documents)) / 1000
    indexing += timed(rebuild.commit_and_swap) / 1000
    stats = engine.stats("public")
    rows = [f"| {engine.name}: analysis and indexing | {count / indexing:,.0f} documents/s; {stats.bytes / 1e6:,.0f} MB | | {count:,} | |"]
    pick = random.Random(1)
    queries = [" ".join(pick.choices(corpus.words[:600], k=pick.randint(1, 3))) for _ in range(150)]

    def ask(text: str, **parts: Any) -> Callable[[], Any]:
        return lambda: engine.search("public", SearchRequest(text=text, **parts))

    for text in queries[:20]:
        ask(text, facets=SIX)()
    figures = [
        Figure("text, 24 hits with highlights, 6 facets", [timed(ask(text, facets=SIX)) for text in queries], "5 / 15"),
        Figure("text, 24 hits, no facets", [timed(ask(text)) for text in queries], ""),
        Figure("text, 6 facets, histogram", [timed(ask(text, facets=SIX, histogram=True)) for text in queries], ""),
        Figure("everything, 6 facets", [timed(ask("", facets=SIX)) for _ in range(10)], ""),
        Figure("two facets chosen, years, by title", [timed(ask("", facets=SIX, histogram=True, sort="title", dates=(1500, 1700), filters={"material": (f"material{n:05d}",), "department": ("department00000",)})) for n in range(30)], ""),
        Figure("accession number", [timed(ask(f"BT {1950 + n}.{n}")) for n in range(60)], ""),
        Figure("suggestions", [timed(lambda text=text: engine.suggest("public", text, groups=("p",))) for word in queries for text in (word[:1], word[:3])], "30"),
        Figure("did you mean", [timed(lambda text=text: engine.did_you_mean("public", text[:-1] + "x", groups=("p",))) for text in queries[:20]], ""),
        Figure("similar", [timed(lambda n=n: engine.similar("public", f"object:{n:012d}", groups=("p",))) for n in range(50)], ""),
        Figure("one save until it is found", [timed(lambda n=n: save(engine, corpus, count + n)) for n in range(15)], "1,000 / 2,000"),
    ]  # fmt: skip
    rows += [figure.line().replace("| ", f"| {engine.name}: ", 1) for figure in figures]
    begun = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        times = list(pool.map(lambda text: timed(ask(text, facets=SIX)), queries * 2))
    rate = len(times) / (time.perf_counter() - begun)
    rows.append(Figure(f"{engine.name}: 8 clients at once, {rate:,.0f} requests/s", times, "200").line())
    rows.append(f"| {engine.name}: memory of this process | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB | | | |")
    engine.drop()
    return rows


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
    parser.add_argument("--engine", action="append", help="a SEARCH_URL; may be given more than once")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engines = options.engine or [f"tantivy://{folder}/index"]
        server = os.environ.get("TEST_ELASTICSEARCH_URL", "").removeprefix("http://").rstrip("/")
        if server and not options.engine:
            engines.append(f"elasticsearch://{server}/search-speed")
        print(f"Search over {options.documents:,} synthetic objects, {machine()}\n")
        print("| | p50 ms | p95 ms | n | goal |\n|---|---|---|---|---|")
        for url in engines:
            for row in measure(url, options.documents):
                print(row, flush=True)


if __name__ == "__main__":
    main()
