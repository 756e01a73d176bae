"""The embedded index on a disk that is full, or in a folder that is not the museum's: one sentence, no change lost, no lock left behind."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from records.models import JournalEntry
from search import health, indexing, outage, rebuilding, visitor
from search.engines.base import EngineUnavailableError
from search.engines.tantivy import TantivyEngine
from search.requests import SearchRequest
from tests.factories import make_object
from tests.search.conformance.corpus import make
from tests.search.conftest import catch_up, searching

AUDIENCE = "public"


@contextmanager
def full_disk() -> Iterator[None]:
    """No file grows beyond two thousand bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_on_a_full_disk_writes_wait_and_leave_no_lock_behind(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    engine.index_documents(AUDIENCE, [make("a")])
    engine.pens[AUDIENCE].put_down()
    with full_disk():
        for act in (
            lambda: engine.index_documents(AUDIENCE, [make("b")]),
            lambda: engine.delete(AUDIENCE, [("object:a", 9)]),
            lambda: engine.begin_rebuild(AUDIENCE),
        ):
            with pytest.raises(EngineUnavailableError, match="make room on its disk"):
                act()
        assert engine.search(AUDIENCE, SearchRequest()).total == 1
        # another process may write, and rebuild, as soon as there is room again
        other = TantivyEngine(tmp_path)
    assert other.index_documents(AUDIENCE, [make("b")]).written == 1
    rebuild = engine.begin_rebuild(AUDIENCE)
    rebuild.index([make("a"), make("b")])
    assert rebuild.commit_and_swap().documents == 2
    assert len([folder for folder in (tmp_path / AUDIENCE).iterdir() if folder.is_dir()]) == 2


def test_a_rebuild_that_runs_into_a_full_disk_can_be_begun_again(tmp_path: Path) -> None:
    engine = TantivyEngine(tmp_path)
    engine.ensure(AUDIENCE)
    rebuild = engine.begin_rebuild(AUDIENCE)
    with full_disk():
        with pytest.raises(EngineUnavailableError, match="make room"):
            rebuild.index([make(f"d{number}") for number in range(50)])
            rebuild.commit_and_swap()
        rebuild.abort()
    again = engine.begin_rebuild(AUDIENCE)
    again.index([make("a")])
    assert again.commit_and_swap().documents == 1


@pytest.mark.one_stack
@pytest.mark.django_db(transaction=True)
def test_a_folder_that_is_not_the_museums_is_told_and_everything_caught_up_later(settings: Any, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    settings.SEARCH_URL = f"tantivy://{folder}"
    with searching():
        make_object("BT 1", "Trống đồng")
        catch_up()
        indexing.engine().pens[AUDIENCE].put_down()
        indexing.engine().pens["curatorial"].put_down()
        folder.rename(tmp_path / "aside")
        folder.write_text("no folder")  # as root, who may write everywhere, this is what another user's folder is to others
        make_object("BT 2", "Trống cơm")
        for words in ("trong", ""):
            outage.over()
            page = visitor.run(visitor.parse_request(QueryDict(f"q={words}")))
            assert page.degraded and page.total == 1
        outage.over()
        assert [found.label for found in visitor.suggest("dong")] == ["Trống đồng"]
        for _ in range(9):
            JournalEntry.objects.update(not_before=None)
            assert indexing.catch_up() == 0
        assert not JournalEntry.objects.filter(dead=True).exists()
        assert "give the folder to the user" in health.status().sentence and health.sentence()
        with pytest.raises(EngineUnavailableError):
            rebuilding.rebuild_all(["public", "curatorial"])
        folder.unlink()
        (tmp_path / "aside").rename(folder)
        outage.over()
        JournalEntry.objects.update(not_before=None)
        catch_up()
        assert visitor.run(visitor.parse_request(QueryDict("q=trong"))).total == 2
        assert health.status().sentence == ""
