"""How long an import takes and how much memory, a second one of the same file, and whether kill -9 at random moments leaves a trace.

    python -m benchmarks.imports                                   a made-up collection on SQLite, in a folder of its own
    python -m benchmarks.imports --file F --profile cmoa           a real one
    python -m benchmarks.imports --database postgres://…/empty     on PostgreSQL, in an empty database
    python -m benchmarks.imports --kills 100 --records 3000        figure 7: killed again and again, compared with an uninterrupted run

Goals: 28,258 records in four minutes and 500 MB on two cores; the second run writes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.serving import ROOT, machine

MEDIA = (
    "oil on canvas",
    "ink and wash on paper",
    "woodblock print on paper",
    "porcelain with enamel decoration",
    "bronze",
    "gelatin silver print",
)
NATIONS = ("Vietnamese", "Japanese", "French", "American", "Chinese", "Italian", "Dutch")
CLASSES = ("paintings", "prints", "Ceramics", "photographs", "Metals", "textiles")


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--file", type=Path, help="a file to import; without it one is made up")
    parser.add_argument("--profile", default="cmoa", help="its profile (default: cmoa)")
    parser.add_argument("--records", type=int, default=28_258, help="size of the made-up collection (default: 28258)")
    parser.add_argument("--database", help="DATABASE_URL of an empty database (default: a SQLite file of its own)")
    parser.add_argument("--kills", type=int, default=0, metavar="N", help="kill the import N times at random moments instead of timing it")
    parser.add_argument("--seed", type=int, default=7, help="of the random moments (default: 7)")
    parser.add_argument("--state", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.state:
        print(json.dumps(_state()))
        return
    with tempfile.TemporaryDirectory(prefix="museum-imports-") as folder:
        path = options.file or _made_up(Path(folder) / "records.jsonl", options.records)
        failed = _kill(path, options, Path(folder)) if options.kills else _time(path, options, Path(folder))
    sys.exit(1 if failed else 0)


def _made_up(path: Path, count: int) -> Path:
    """A collection in the shape of CMOA's data, the same at every run."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in _records(count))
    return path


def _records(count: int) -> Iterator[dict[str, Any]]:
    chance = random.Random(1)
    for number in range(count):
        year = chance.randint(1500, 2010)
        person = chance.randint(0, max(count // 5, 1))
        yield {
            "title": f"View {number} of the river",
            "creation_date": f"c. {year}",
            "creation_date_earliest": f"{year - 5}-01-01",
            "creation_date_latest": f"{year + 5}-01-01",
            "medium": chance.choice(MEDIA),
            "accession_number": f"{chance.randint(20, 99)}.{number}",
            "id": f"things/{number}",
            "credit_line": f"Gift of friend {number % 997}",
            "date_acquired": f"{chance.randint(1900, 2020)}-05-04",
            "department": f"Department {number % 6}",
            "physical_location": "Not on View",
            "item_width": chance.randint(10, 90) / 2,
            "item_height": chance.randint(10, 90) / 2,
            "item_depth": 0.0,
            "item_diameter": 0.0,
            "web_url": f"https://example.org/{number}",
            "provenance_text": f"Made for a house on the river, {year};\nby descent; bought {year + 80}." * 3,
            "classification": chance.choice(CLASSES),
            "images": [{"image_url": f"https://example.org/{number}.jpg"}],
            "creator": [
                {
                    "artist_id": f"parties/{person}",
                    "party_type": "Person",
                    "full_name": f"Painter {person}",
                    "cited_name": f"{person}, Painter",
                    "role": None,
                    "nationality": NATIONS[person % len(NATIONS)],
                    "birth_date": f"{1480 + person % 500}-01-01",
                    "death_date": f"{1540 + person % 500}-01-01",
                    "birth_place": f"Town {person % 400}",
                    "death_place": None,
                }
            ],
        }


def _environment(var: Path, database: str | None) -> dict[str, str]:
    var.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "MUSEUM_VAR"}}
    return {**kept, "DJANGO_SETTINGS_MODULE": "museum.settings", "MUSEUM_VAR": str(var), **({"DATABASE_URL": database} if database else {})}


def _manage(environment: dict[str, str], *arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *arguments]


def _migrated(environment: dict[str, str]) -> None:
    subprocess.run(_manage(environment, "migrate", "-v", "0", "--no-input"), env=environment, cwd=ROOT, check=True)
    if _state_of(environment)["objects"]:
        raise SystemExit("That database holds objects already: name an empty one.")


def _state_of(environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.imports", "--state"], env=environment, cwd=ROOT, check=True, capture_output=True
    )
    return json.loads(done.stdout)


def _time(path: Path, options: argparse.Namespace, folder: Path) -> bool:
    environment = _environment(folder / "var", options.database)
    _migrated(environment)
    print(f"{machine()}; {'PostgreSQL' if (options.database or '').startswith('postgres') else 'SQLite'}; {path.name}")
    print("| what | seconds | MB | records a second | goal |\n|---|---|---|---|---|")
    failed = False
    states = []
    for what, goal, more in (
        ("dry run", "", ["--dry-run"]),
        ("first import", "≤ 240 s, ≤ 500 MB", []),
        ("the same file again", "writes nothing", []),
    ):
        began = time.monotonic()
        peak, code, told = _run(_manage(environment, "import_records", options.profile, str(path), *more), environment)
        seconds = time.monotonic() - began
        read = int((re.search(r"([\d,]+) records read", told) or ["", "0"])[1].replace(",", ""))
        print(f"| {what} | {seconds:.1f} | {peak:.0f} | {read / seconds:,.0f} | {goal} |", flush=True)
        states.append(_state_of(environment))
        failed |= code != 0 or peak > 500 or seconds > 240
    if states[1]["catalogue"] != states[2]["catalogue"] or states[0]["objects"]:
        print("The dry run or the second run has changed the catalogue.")
        failed = True
    return failed


def _run(command: list[str], environment: dict[str, str]) -> tuple[float, int, str]:
    """Peak memory in MB, exit code and output of a command."""
    with subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        told = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / 1024, process.returncode, told


def _kill(path: Path, options: argparse.Namespace, folder: Path) -> bool:
    chance = random.Random(options.seed)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    straight = _environment(folder / "straight", None)
    _migrated(straight)
    command = ["import_records", options.profile, str(path), "--batch", "25"]
    began = time.monotonic()
    subprocess.run(_manage(straight, *command), env=straight, cwd=ROOT, check=False, **quiet)
    whole = time.monotonic() - began
    broken = _environment(folder / "broken", options.database)
    _migrated(broken)
    killed = 0
    while killed < options.kills:
        process = subprocess.Popen(_manage(broken, *command), env=broken, cwd=ROOT, **quiet)
        try:
            # a moment after start-up, so short that the import outlives all the kills
            process.wait(1.5 + chance.random() * max(whole / options.kills * 1.2, 0.2))
            break
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
    subprocess.run(_manage(broken, *command), env=broken, cwd=ROOT, check=False, **quiet)
    wanted, found = _state_of(straight), _state_of(broken)
    subprocess.run(_manage(broken, *command), env=broken, cwd=ROOT, check=False, **quiet)
    last = _state_of(broken)
    print(f"{machine()}: killed {killed} times; {found['objects']:,} objects, {wanted['objects']:,} in one run")
    same = wanted["catalogue"] == found["catalogue"] == last["catalogue"] and wanted["report"] == found["report"]
    print("The same state, the same report; another run changes nothing." if same else "NOT the same state.")
    return not same


def _state() -> dict[str, Any]:
    """Fingerprints of the catalogue and of the import's log, without keys, public ids and times."""
    import django

    django.setup()
    from artifacts.models import Artifact
    from exchange.models import ImportJob
    from exchange.plans import content_fields, relations
    from vocabularies.models import Agent, Department, Museum, Period, Place, Term

    named = {
        model: dict(model._default_manager.values_list("pk", "source_id")) for model in (Agent, Place, Term, Period, Department, Museum)
    }
    total = hashlib.sha256()
    for model, names in named.items():
        total.update(json.dumps([model.__name__, sorted(names.values())]).encode())
    own = ("source", "source_id", "accession_number", "source_hash", "is_public", "live", "credit_line", "acquired_text", "extra")
    owners = dict(Artifact.objects.values_list("pk", "source_id"))
    for row in Artifact.objects.order_by("source", "source_id").values_list(*own).iterator(chunk_size=2000):
        total.update(repr(row).encode())
    for relation, model in relations().items():
        columns = [column.attname for column in content_fields(model)]
        references = {column.attname: named[column.related_model] for column in content_fields(model) if column.related_model in named}
        lines = []
        for row in model._default_manager.values("artifact_id", "sort_order", *columns).iterator(chunk_size=2000):
            said = [owners[row["artifact_id"]], row["sort_order"]]
            said += [references[name].get(row[name]) if name in references else row[name] for name in columns]
            lines.append(hashlib.blake2b(repr(said).encode(), digest_size=12).hexdigest())
        total.update(json.dumps([relation, sorted(lines)]).encode())
    first = ImportJob.objects.order_by("pk").first()
    report = hashlib.sha256()
    if first:
        report.update(repr(sorted(first.rows.values_list("row", "source_id", "outcome"))).encode())
        report.update(repr(sorted(first.problems.values_list("row", "code", "column", "value", "message"))).encode())
        report.update(repr([sorted(first.counts.items()), sorted(map(repr, first.notes))]).encode())
    return {"objects": len(owners), "catalogue": total.hexdigest(), "report": report.hexdigest() if first else ""}


if __name__ == "__main__":
    main()
