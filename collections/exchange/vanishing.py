"""Records that an earlier import of a source had and its file no longer has: they are told, nothing of them is changed."""

from __future__ import annotations

from collections.abc import Collection

from artifacts.models import Artifact
from exchange.problems import Findings

FEW = 20  # so many are named one by one, however small the file


def missed(source: str, column: str, keys: Collection[str]) -> Findings:
    """What to tell of the source's objects whose ids are not among ``keys``, those of a whole file."""
    known = Artifact.objects.filter(source=source, withdrawn_on=None, merged_into=None).exclude(source_id="")
    gone = sorted(set(known.values_list("source_id", flat=True)).difference(keys))
    findings = Findings(0)
    if len(gone) > max(FEW, len(keys)):  # another part of the source, it seems
        findings.add("many_vanished", column, ", ".join(gone[:3]) + " …", number=len(gone), source=source)
        return findings
    for findings.key in gone:
        findings.add("vanished", column, findings.key)
    return findings
