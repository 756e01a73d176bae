"""How well search answers: a gold list of queries with the objects that ought to be found, on the demo museum, for each engine.

    python -m benchmarks.search_quality [--engine URL …] [--each]      with the DATABASE_URL and MUSEUM_VAR of a demo museum

Prints NDCG at 10 (1: the best order there is) and recall at 24 (1: everything that was meant is on the first page). The indices are
made from the database for this run, and removed. Without --engine: Tantivy, and Elasticsearch where TEST_ELASTICSEARCH_URL names one.
"""

from __future__ import annotations

import argparse
import math
import os
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "museum.settings")

import django

django.setup()

import yaml  # noqa: E402

from artifacts.models import Artifact  # noqa: E402
from search import vocabulary  # noqa: E402
from search.building import builders, built  # noqa: E402
from search.engines import open_engine  # noqa: E402
from search.queries import pasted_numbers  # noqa: E402
from search.requests import SearchRequest  # noqa: E402

GOLD = Path(__file__).parent / "gold" / "demo.yaml"
NDCG_AT, RECALL_AT = 10, 24
SOURCE = "demo"


def ndcg(found: Sequence[str], grades: Mapping[str, int], at: int = NDCG_AT) -> float:
    """Discounted gain of the first ``at`` results over that of the best order."""

    def gain(values: Sequence[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(values[:at]))

    best = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(one, 0) for one in found]) / best if best else 1.0


def recall(found: Sequence[str], grades: Mapping[str, int], at: int = RECALL_AT) -> float:
    """Share of what was meant (grades 2 and 3) among the first ``at`` results."""
    meant = {one for one, grade in grades.items() if grade >= 2}
    return len(meant & set(found[:at])) / len(meant) if meant else 1.0


def answers(engine: Any, query: str) -> list[str]:
    """Document ids as a visitor sees them: relaxed when nothing has all words, as the search page does."""
    request = SearchRequest(
        text=query,
        filters={"kind": ("object",)},
        numbers=pasted_numbers(query),
        limit=RECALL_AT,
        highlight=False,
        synonyms=vocabulary.synonyms(),
    )
    for match in ("all", "fuzzy", "most"):
        from dataclasses import replace

        hits = engine.search("public", replace(request, match=match)).hits
        if hits:
            return [hit.id for hit in hits]
    return []


def judge(url: str, queries: list[dict[str, Any]], keys: Mapping[str, str], each: bool) -> None:
    """Print the figures of one engine. ``keys``: document id → key in the demo data."""
    engine = open_engine(url, tempfile.gettempdir())
    # synthetic records were judged by nobody: a bowl of theirs is as good an answer, and counted as none
    judged = list(Artifact.objects.filter(source=SOURCE).values_list("pk", flat=True))
    for kind, builder in builders.items():
        pks = list(builder.every_key()) if kind != "object" else judged
        for start in range(0, len(pks), 400):
            documents, _failed = built(kind, pks[start : start + 400], "public", 1)
            engine.index_documents("public", documents.values())
    engine.refresh("public")
    scores = []
    for one in queries:
        found = [keys.get(ident, ident) for ident in answers(engine, one["query"])]
        scores.append((ndcg(found, one["grades"]), recall(found, one["grades"])))
        if each or scores[-1][0] < 0.5:
            print(f"  {scores[-1][0]:.2f} {scores[-1][1]:.2f} {one['query']} ({one['why']}): {', '.join(found[:5]) or 'nothing'}")
    count = len(scores)
    print(f"| {engine.name} | {sum(s[0] for s in scores) / count:.3f} | {sum(s[1] for s in scores) / count:.3f} | {count} |")
    engine.drop()


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", action="append", help="a SEARCH_URL; may be given more than once")
    parser.add_argument("--each", action="store_true", help="print every query, not only those that do badly")
    options = parser.parse_args()
    queries = yaml.safe_load(GOLD.read_text())
    rows = Artifact.objects.public().filter(source=SOURCE).values_list("public_id", "source_id")
    keys = {f"object:{public_id}": key for public_id, key in rows}
    if not keys:
        raise SystemExit("This museum has no demo objects: set MUSEUM_VAR and DATABASE_URL to a demo museum (make run makes one).")
    unknown = {key for one in queries for key in one["grades"]} - set(keys.values())
    if unknown:
        raise SystemExit(f"The gold list names objects that the demo museum does not have: {', '.join(sorted(unknown))}.")
    print("| | NDCG at 10 | recall at 24 | queries |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        engines = options.engine or [f"tantivy://{folder}/index"]
        server = os.environ.get("TEST_ELASTICSEARCH_URL", "").removeprefix("http://").rstrip("/")
        if server and not options.engine:
            engines.append(f"elasticsearch://{server}/search-quality-{secrets.token_hex(3)}")
        for url in engines:
            judge(url, queries, keys, options.each)


if __name__ == "__main__":
    main()
