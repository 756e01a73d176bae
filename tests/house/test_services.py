"""The servers for tests: each Elasticsearch is started by a Java that runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
import service_catalogue


def java(folder: Path, release: str) -> Path:
    """A folder that looks like an installed Java."""
    program = folder / f"java-{release}" / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho 'openjdk version \"{release}.0.1\" 2026-01-20' >&2\n")
    program.chmod(0o755)
    return program.parent.parent


@pytest.mark.parametrize(("major", "release", "runs"), [("8", "25", False), ("8", "17", True), ("9", "25", True), ("9", "17", False)])
def test_a_java_that_is_too_old_or_too_new_is_passed_over(
    major: str, release: str, runs: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = java(tmp_path, release)
    monkeypatch.setenv("ES_MAJOR", major)
    monkeypatch.setenv("JAVA_HOME", str(home))
    assert (service_catalogue.Elasticsearch().java() == home) is runs


def test_an_elasticsearch_that_nobody_has_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ES_MAJOR", "7")
    with pytest.raises(service_catalogue.Refusal, match="it is 8 or 9"):
        service_catalogue.Elasticsearch()
