"""The audit: is the index what the database says? Missing records, ghosts, and (on request) contents; with repair."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from records import journal, ticking
from records.models import JournalEntry
from search.building import CONSUMER, Builder, builders, built
from search.documents import AUDIENCES, Audience
from search.engines import engine
from search.engines.compiled import digest_of
from search.indexing import write_records

BATCH = 400
logger = logging.getLogger("museum.search")


@dataclass(slots=True)
class Findings:
    """What differs between database and index, by document id; ``repaired`` when it was mended."""

    audience: Audience
    checked: int = 0
    missing: list[str] = field(default_factory=list)
    ghosts: list[str] = field(default_factory=list)
    outdated: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    repaired: int = 0

    @property
    def clean(self) -> bool:
        """True when index and database agree."""
        return not (self.missing or self.ghosts or self.outdated)


def audit(audience: Audience, *, contents: bool = False, repair: bool = False) -> Findings:
    """Compare one index with the database. Records whose change still waits in the journal are left out. Raises EngineError."""
    findings = Findings(audience)
    engine().refresh(audience)
    indexed = {hit.id: hit.digest for hit in ticking.heeding(engine().iterate(audience, display=contents))}
    waiting = set(JournalEntry.objects.filter(consumer=CONSUMER, dead=False).values_list("kind", "record_pk"))
    expected: set[str] = set()
    todo: dict[str, list[int]] = {}
    for builder in list(builders.values()):
        for pks in ticking.heeding(_batches(builder.every_key())):
            _compare(builder, pks, indexed, waiting, findings, expected, todo, contents)
    known_kinds = {f"{kind}" for kind in builders}
    pending = {ident for ident in indexed if ident not in expected and ident.partition(":")[0] in known_kinds}
    findings.ghosts = sorted(pending)
    if repair:
        _repair(findings, todo)
    return findings


def nightly() -> None:
    """The nightly audit, with repair; what it found goes to the log."""
    for audience in AUDIENCES:
        findings = audit(audience, contents=True, repair=True)
        if not findings.clean:
            logger.warning(
                "The %s index was mended: %d missing, %d ghosts, %d outdated.",
                audience,
                len(findings.missing),
                len(findings.ghosts),
                len(findings.outdated),
            )


def _compare(
    builder: Builder,
    pks: list[int],
    indexed: dict[str, str],
    waiting: set[tuple[str, int]],
    findings: Findings,
    expected: set[str],
    todo: dict[str, list[int]],
    contents: bool,
) -> None:
    ids = builder.identify(pks)
    shown = builder.public_ids(ids.values()) if findings.audience == "public" else set(ids.values())
    documents = built(builder.kind, pks, findings.audience, 0)[0] if contents else {}
    for pk, public_id in ids.items():
        ident = f"{builder.kind}:{public_id}"
        if (builder.kind, pk) in waiting:
            expected.add(ident)
            continue
        if public_id not in shown:
            continue
        expected.add(ident)
        findings.checked += 1
        if ident not in indexed:
            findings.missing.append(ident)
        elif contents and pk in documents and digest_of(documents[pk], findings.audience) != indexed[ident]:
            findings.outdated.append(ident)
        else:
            continue
        todo.setdefault(builder.kind, []).append(pk)


def _repair(findings: Findings, todo: dict[str, list[int]]) -> None:
    for kind, pks in todo.items():
        for batch in _batches(pks):
            failed = write_records(kind, batch, findings.audience)
            findings.failed |= {f"{kind} {pk}": reason for pk, reason in failed.items()}
            findings.repaired += len(batch) - len(failed)
    if findings.ghosts:
        version = journal.next_version()
        result = engine().delete(findings.audience, [(ident, version) for ident in findings.ghosts])
        findings.failed |= result.failed
        findings.repaired += len(findings.ghosts) - len(result.failed)
    engine().refresh(findings.audience)


def _batches(keys: Iterable[int]) -> Iterator[list[int]]:
    source = iter(keys)
    while batch := list(islice(source, BATCH)):
        yield batch
