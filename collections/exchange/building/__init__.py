"""From a source's record to a plan: each entry of a profile's ``fields`` names a way to make something of columns."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from exchange.building import describing, identifying, making, measuring
from exchange.building.base import Building, Make
from exchange.errors import ExchangeError
from exchange.plans import Plan, fit
from exchange.problems import Findings
from exchange.profile import Profile
from exchange.sources import SourceRow

MAKES: dict[str, Make] = {**identifying.MAKES, **making.MAKES, **measuring.MAKES, **describing.MAKES}
LONGEST_KEY = 200


def used_columns(entry: dict[str, Any]) -> list[str]:
    """The source's columns that an entry of a profile reads. Raises ExchangeError for a way nobody knows."""
    make = MAKES.get(entry["make"])
    if make is None:
        raise ExchangeError(f"The profile asks to make “{entry['make']}”, which nobody knows. Known are: {', '.join(sorted(MAKES))}.")
    found: list[str] = []
    for name in make.reads:
        value = entry.get(name)
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, list):
            found += value
        elif isinstance(value, dict):
            found += [column for column in value.values() if isinstance(column, str)]
    if table := entry.get("table"):
        found += [f"{table}.{column}" for name in make.table_reads if isinstance(column := entry.get(name), str)]
        found.append(table)
    return found


def digest_of(record: dict[str, Any], profile: Profile) -> str:
    """The fingerprint of a record under a profile: equal when a second import would find nothing new."""
    text = json.dumps([profile.digest, record], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def key_of(row: SourceRow, profile: Profile) -> str:
    """The id by which the source knows the record; empty, with a problem noted, when it has none that will do."""
    value = row.record.get(profile.key)
    key = value if isinstance(value, str) else ""
    row.findings.key = key
    if not row.findings.refused:
        if not key:
            row.findings.add("key_missing", profile.key)
        elif len(key) > LONGEST_KEY:
            row.findings.add("key_long", profile.key, key, limit=LONGEST_KEY)
    return "" if row.findings.refused else key


def plan_of(row: SourceRow, key: str, digest: str, profile: Profile) -> Plan:
    """What the record is to become. Problems are noted in the plan's findings."""
    plan = Plan(key=key, row=row.number, record=row.record, digest=digest, findings=row.findings)
    building = Building(profile, plan)
    for entry in profile.fields:
        MAKES[entry["make"]].function(building, entry)
    _note_kept(building)
    fit(plan)
    return plan


def _note_kept(building: Building) -> None:
    findings: Findings = building.findings
    for column, value in building.plan.record.items():
        if not value:
            continue
        fate = building.profile.columns.get(column, "kept")
        if fate.startswith("kept"):
            findings.add("kept", column)
