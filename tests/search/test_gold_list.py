"""The gold list by which search is judged names what the demo museum shows to its visitors, and nothing else."""

from __future__ import annotations

from pathlib import Path

import yaml

HOME = Path(__file__).parents[2]
HIDDEN = {"draft", "embargo", "unpublished", "withdrawn"}


def test_every_answer_of_the_gold_list_is_public_in_the_demo_museum() -> None:
    """One that is not makes the report of search quality end with a refusal."""
    files = (HOME / "museum" / "demo" / "data").glob("objects-*.yaml")
    states = {entry["key"]: entry.get("state", "published") for file in files for entry in yaml.safe_load(file.read_text())}
    queries = yaml.safe_load((HOME / "benchmarks" / "gold" / "demo.yaml").read_text())
    wanted = {key for one in queries for key in one["grades"]}
    assert len(queries) >= 45 and {key for key in wanted if states.get(key, "draft") in HIDDEN} == set()
