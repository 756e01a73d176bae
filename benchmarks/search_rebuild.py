"""How many search documents a second are made from the database: both indices and the fallback anew, in one process and in more.

    python -m benchmarks.search_rebuild [--objects 30000] [--processes 1 2]
    python -m benchmarks.search_rebuild --here        the museum of the environment's DATABASE_URL, SEARCH_URL and MUSEUM_VAR

Without --here a museum of made-up objects stands in a temporary folder (SQLite, Tantivy), which takes three seconds for a thousand.
"A second of one core" is all processor time that was used, the engine's own threads and the processes beside this one included.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "museum.settings")

from benchmarks.serving import machine

OWN = ("DATABASE_URL", "SEARCH_URL", "STORAGE_URL")
GOAL = "≥ 1,500 of one core"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--objects", type=int, default=30_000, help="made-up objects (default: 30,000)")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 2], help="one rebuild for each (default: 1 2)")
    parser.add_argument("--here", action="store_true", help="the museum that there is; its indices are built anew")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="museum-bench-") as folder:
        if not arguments.here:
            for name in OWN:
                os.environ.pop(name, None)
            os.environ["MUSEUM_VAR"] = folder
        import django

        django.setup()
        if not arguments.here:
            _furnish(arguments.objects)
        print(f"Measured {machine()}.\n")
        print(
            "| rebuild from the database | documents | wall s | CPU s | documents/s | documents/s of one core | peak MB of this process | goal |"
        )
        print("|---|---|---|---|---|---|---|---|")
        for processes in arguments.processes:
            print(_row(processes), flush=True)


def _furnish(objects: int) -> None:
    from django.core.management import call_command

    from museum.demo import synthetic
    from museum.demo.loading import objects as demo_objects
    from museum.demo.loading import words

    call_command("migrate", verbosity=0)
    for _ in demo_objects.load(words.load()):
        pass
    synthetic.add(objects, lambda done, total: print(f"\r{done:,} of {total:,} objects", end="", file=sys.stderr))
    print(file=sys.stderr)


def _row(processes: int) -> str:
    from search import crew, rebuilding

    began, used = time.monotonic(), _processor()
    reports = rebuilding.rebuild_all(rebuilding.AUDIENCES, processes=processes)
    wall = time.monotonic() - began
    crew.dismiss()
    for process in multiprocessing.active_children():  # what they used is known when they have ended
        process.join()
    used = _processor() - used
    if failed := {ident: reason for report in reports for ident, reason in report.failed.items()}:
        raise SystemExit(f"{len(failed)} documents failed: {next(iter(failed.items()))}")
    made = sum(report.documents for report in reports)
    where = "one process" if processes < 2 else f"{processes} processes beside the one that writes"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"| {where} | {made:,} | {wall:.1f} | {used:.1f} | {made / wall:,.0f} | {made / used:,.0f} | {peak:,.0f} | {GOAL if processes < 2 else ''} |"


def _processor() -> float:
    """Seconds of all cores, those of processes that have ended included."""
    return sum(sum(resource.getrusage(whose)[:2]) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


if __name__ == "__main__":
    main()
