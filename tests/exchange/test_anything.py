"""Whatever stands in a cell: the record goes in or is refused with a sentence; nothing breaks, nothing is lost, a second run writes nothing."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from artifacts.models import Artifact
from exchange.building import digest_of, key_of, plan_of
from exchange.problems import Findings
from exchange.profile import load
from exchange.repairs import repaired
from exchange.sources import SourceRow
from tests.exchange.conftest import CREATOR, WCMA_COLUMNS, catalogue_dump, painting, run

NASTY = [
    "",
    " ",
    "0",
    "-1",
    "1e400",
    "NaN",
    "0.0",
    "1,5",
    "no date",
    "-0300-01-01",
    "9999999-01-01",
    "19th century?",
    "Minh Mạng năm thứ 17",
    "Boys\x92 \x93Club\x94",
    "\x81\x8d",
    "A\x00B",
    "\ud800",
    "CrÃ¨che",
    "|",
    "a|b||c",
    "(?)",
    "?",
    "Anonymous (",
    "unknown",
    "attributed to",
    "after ",
    "=1+1",
    "'=1",
    "<script>alert(1)</script>",
    "Trống đồng",
    "銅鼓",
    "\u202eright to left",
    "e\u0301",
    "x" * 5000,
    "9 x 9 x 9 x 9 x 9 in.",
    "1/0 x 2/0 cm",
    "in and on with of ( [ / ;",
    "\r\n\r",
    "{'a': 1}",
    "https://creativecommons.org/x",
    "javascript:alert(1)",
]
UNFILLED = re.compile(r"%\(\w+\)")
cells = st.one_of(st.sampled_from(NASTY), st.text(max_size=60), st.integers().map(str), st.floats().map(str))


def plan(profile_name: str, record: dict[str, Any]) -> Findings:
    profile = load(profile_name)
    findings = Findings(1)
    row = SourceRow(1, record, findings)
    if key := key_of(row, profile):
        for wanted in plan_of(row, key, digest_of(record, profile), profile).wanted():
            assert wanted.label.strip(), "a vocabulary record without a name"
    return findings


def shaped(value: str, column: str, findings: Findings) -> str:
    return repaired(value, column, findings)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries(dict.fromkeys(WCMA_COLUMNS, cells)))
def test_any_row_of_wcma_is_planned_or_refused_with_a_sentence(row):
    findings = Findings(1)
    findings = plan("wcma", {name: shaped(value, name, findings) for name, value in row.items()})
    for problem in findings.problems:
        assert (
            problem.message
            and problem.column is not None
            and not UNFILLED.search((problem.message + problem.advice).replace(problem.value, ""))
        )


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.fixed_dictionaries({name: cells for name in painting() if name not in ("images", "creator")}),
    st.lists(st.fixed_dictionaries(dict.fromkeys(CREATOR, cells)), max_size=3),
)
def test_any_record_of_cmoa_is_planned_or_refused_with_a_sentence(record, creators):
    findings = Findings(1)
    shaped_record: dict[str, Any] = {name: shaped(value, name, findings) for name, value in record.items()}
    shaped_record["creator"] = [{name: shaped(value, name, findings) for name, value in line.items()} for line in creators]
    found = plan("cmoa", shaped_record)
    assert found.refused or shaped_record["accession_number"]


@given(st.text())
def test_a_repaired_text_can_be_stored_and_is_repaired_no_further(text):
    findings = Findings(1)
    once = repaired(text, "x", findings)
    once.encode("utf-8")
    assert "\x00" not in once and repaired(once, "x", Findings(1)) == once


@pytest.mark.django_db
def test_a_whole_file_of_nasty_records_goes_in_or_is_refused(tmp_path):
    chance = random.Random(3)
    path = tmp_path / "nasty.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, 151):
            record = painting(number)
            for name in chance.sample([name for name in record if name not in ("id", "images")], 6):
                record[name] = chance.choice([*NASTY, None, 7, -0.0, [], {"a": 1}, ["x", None], True])
            for name in chance.sample(list(CREATOR), 3):
                if isinstance(record["creator"], list):
                    record["creator"] = [*record["creator"], {**CREATOR, "artist_id": f"p{number}", name: chance.choice(NASTY)}]
            file.write(json.dumps(record) + "\n")
    outcome = run("cmoa", path, batch=40)
    counts = outcome.counts
    assert counts["read"] == 150 == counts["created"] + counts["refused"] and counts["created"] > 100
    assert Artifact.objects.count() == counts["created"]
    assert all(problem.message and problem.row for problem in outcome.job.problems.all())
    before = catalogue_dump()
    again = run("cmoa", path)
    assert again.counts["unchanged"] == counts["created"] and again.counts["refused"] == counts["refused"]
    assert catalogue_dump() == before
