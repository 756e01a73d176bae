"""Files to import: small, real in shape, nasty where a test asks for it."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from exchange.importing import Importer, Outcome
from exchange.profile import load
from exchange.sheets import SheetImporter
from exchange.sources import inspect

CREATOR = {
    "artist_id": "cmoa:parties/hassam",
    "party_type": "Person",
    "full_name": "Childe Hassam",
    "cited_name": "Hassam, Childe",
    "role": None,
    "nationality": "American",
    "birth_date": "1859-10-17",
    "death_date": "1935-01-01",
    "birth_place": " Dorchester, Massachusetts",
    "death_place": None,
}
PAINTING = {
    "title": "Fifth Avenue in Winter",
    "creation_date": "c. 1892",
    "creation_date_earliest": "1887-01-01",
    "creation_date_latest": "1897-01-01",
    "medium": "oil on canvas",
    "accession_number": "00.2",
    "id": "cmoa:things/1",
    "credit_line": "Purchase",
    "date_acquired": "1900-01-01",
    "department": "Fine Arts",
    "physical_location": "Gallery 8, Scaife Galleries",
    "item_width": 28.0,
    "item_height": 22.0,
    "item_depth": 3.0,
    "item_diameter": 0.0,
    "web_url": "http://collection.cmoa.org/CollectionDetail.aspx?item=1000003",
    "provenance_text": "Childe Hassam, until 1900;\npurchased by Department of Fine Arts, January 1900.",
    "classification": "paintings",
    "images": [{"image_url": "http://collection.cmoa.org/1"}, {"image_url": "http://collection.cmoa.org/2"}],
    "creator": [CREATOR],
}


def painting(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A record as CMOA publishes it; ``number`` makes it another one."""
    return {**PAINTING, "id": f"cmoa:things/{number}", "accession_number": f"00.{number}", **changes}


@pytest.fixture
def lines(tmp_path: Path) -> Callable[..., Path]:
    """Write records as packed JSON Lines."""

    def write(*records: dict[str, Any], name: str = "records.jsonl.gz") -> Path:
        path = tmp_path / name
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(record) + "\n" for record in records)
        return path

    return write


WCMA_COLUMNS = [
    "id",
    "accession_number",
    "title",
    "maker",
    "department",
    "classification",
    "culture",
    "period",
    "creation_date",
    "creation_date_earliest",
    "creation_date_latest",
    "source_name",
    "object_name",
    "medium",
    "description",
    "credit_line",
    "paper_support",
    "catalogue_raisonne",
    "portfolio",
    "signed",
    "marks",
    "inscription",
    "filename",
    "dimensions",
    "element_type",
    "width_cm",
    "height_cm",
    "depth_cm",
    "width_in",
    "height_in",
    "depth_in",
    "area_in",
    "size_s_m_l",
    "is_3d",
    "orientation_p_l_s",
    "accession_date",
    "ULAN",
    "copyright_holder",
    "data_date",
]


@pytest.fixture
def wcma(tmp_path: Path) -> Callable[..., Path]:
    """Write records in WCMA's 39 columns; what is not given is empty."""

    def write(*records: dict[str, str]) -> Path:
        path = tmp_path / "wcma.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, WCMA_COLUMNS, restval="")
            table.writeheader()
            for number, record in enumerate(records, 1):
                table.writerow(
                    {"id": str(number), "accession_number": f"39.{number}", "title": "Untitled", "maker": "Thomas Nast", **record}
                )
        return path

    return write


def run(profile: str, path: Path, **options: Any) -> Outcome:
    """Import a file as the command does."""
    loaded = load(profile)
    return (SheetImporter if loaded.layout else Importer)(loaded, inspect(path, loaded), **options).run()


def problems(outcome: Outcome) -> Counter[str]:
    """How often each problem was met."""
    found = outcome.problems if outcome.job is None else outcome.job.problems.all()
    return Counter(problem.code for problem in found) + Counter({note[0]: note[3] for note in outcome.notes.stored()})


def catalogue_dump() -> dict[str, list[dict[str, Any]]]:
    """Every row of the catalogue's tables as it stands in the database."""
    from django.apps import apps

    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for room in ("artifacts", "vocabularies", "records", "wagtailcore")
        for model in apps.get_app_config(room).get_models()
    }
