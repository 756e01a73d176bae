"""Every file of a folder of hard cases behaves as its manifest says. MUSEUM_TEST_IMAGES names the folder (with robustness_manifest.csv)."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from media import derive, ingest, status
from media.errors import RefusedFile

FOLDER = Path(os.environ.get("MUSEUM_TEST_IMAGES") or "/nonexistent")
MANIFEST = FOLDER / "robustness_manifest.csv"
ROWS = list(csv.DictReader(MANIFEST.open(encoding="utf-8"))) if MANIFEST.is_file() else []

pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not ROWS, reason="MUSEUM_TEST_IMAGES names no folder with robustness_manifest.csv")]


@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_a_hard_case_behaves_as_expected(row: dict[str, str]) -> None:
    path = FOLDER / row["file"]
    verdict = row["expect"]
    try:
        asset = ingest.receive(path, path.name)
    except RefusedFile as error:
        assert not verdict.startswith("accept") or "refus" in verdict or "reject" in verdict, f"refused: {error}"
        assert str(error).endswith(".")
        return
    derive.prepare(asset.pk)
    asset.refresh_from_db()
    assert status.sentence(asset).endswith(".")
    if verdict.startswith("accept"):
        assert (asset.state, asset.warning) == ("ready", "")
        assert (asset.width, asset.height) == (int(row["width_display"]), int(row["height_display"]))
    elif "damaged" in verdict or "warning" in verdict:
        assert asset.state == "failed" or asset.warning
    else:
        pytest.fail(f"accepted, although the manifest says: {verdict}")
