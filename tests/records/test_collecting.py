"""What is loaded when the museum starts is not gone through again for every page."""

import gc
import subprocess
import sys
from pathlib import Path

from records import collecting

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_loaded_at_the_start_is_set_aside():
    code = "import gc; import museum.wsgi; print(gc.get_freeze_count() > 100_000, gc.get_threshold()[0], gc.isenabled())"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["True", str(collecting.YOUNGEST), "True"]


def test_the_collector_rests_for_a_batch_and_works_again_afterwards():
    with collecting.resting():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_between_the_items_of_a_long_work_it_looks_through_what_they_left(monkeypatch):
    looks = []
    monkeypatch.setattr(gc, "collect", looks.append)
    for number in collecting.rested(range(7), every=3):
        assert not gc.isenabled()
        assert len(looks) == number // 3
    assert gc.isenabled()
