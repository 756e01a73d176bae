"""The official validator of the Image API, level 2, against the whole museum: PyPI's iiif-validator, and a picture drawn as it expects."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from iiif.image import pictures
from media.models import Asset

pytestmark = [pytest.mark.conformance, pytest.mark.one_stack, pytest.mark.django_db(transaction=True)]

# The validator wants an error for !2000,3000 of a picture of 1000 × 1000; the specification (Image API 3.0, 4.2) says it is 1000 × 1000.
CONTRADICTS = {"size_noup"}


@pytest.fixture
def judged(transactional_db: None, make_picture: Callable[..., Asset]) -> Asset:
    """The validator's own picture: ten by ten squares of the colours that it looks for."""
    from iiif_validator.validator import ValidationInfo

    colours = ValidationInfo().colorInfo
    pixels = np.zeros((1000, 1000, 3), np.uint8)
    for column in range(10):
        for row in range(10):
            pixels[row * 100 : row * 100 + 100, column * 100 : column * 100 + 100] = colours[column][row]
    asset = make_picture(pixels)
    pictures.forget()
    return asset


@pytest.mark.parametrize("version, said", [(3, "3.0"), (2, "2.0")])
def test_the_official_validator_finds_nothing_at_level_two(judged: Asset, museum_server: str, version: int, said: str) -> None:
    if importlib.util.find_spec("magic") is None:
        pytest.skip("python-magic is not installed")
    script = Path(sys.executable).parent / "iiif-validate.py"
    host = museum_server.removeprefix("http://")
    command = [sys.executable, str(script), "-s", host, "-p", f"iiif/{version}", "-i", judged.public_id, f"--version={said}", "--level=2"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    report = done.stdout + done.stderr
    assert len(re.findall(r"test \w+ PASS", report)) >= 30, report
    assert set(re.findall(r"test (\w+) FAIL", report)) <= CONTRADICTS, report
