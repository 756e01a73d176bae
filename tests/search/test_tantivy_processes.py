"""The embedded index and several processes: writers take turns, readers see what is committed, a killed writer breaks nothing."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from search.documents import Text
from search.engines.base import EngineUnavailableError
from search.engines.tantivy import TantivyEngine
from search.engines.tantivy.writing import Opened
from search.requests import SearchRequest
from tests.search.conformance.corpus import make

ROOT = Path(__file__).resolve().parent.parent.parent

WRITER = """
import sys, itertools
from tests.search.conformance.corpus import make
from search.engines.tantivy import TantivyEngine
engine = TantivyEngine(sys.argv[1])
for number in itertools.count(int(sys.argv[2])):
    engine.index_documents("public", [make(f"w{number}-{part}") for part in range(10)])
    print(number, flush=True)
"""
REBUILDER = """
import sys
from tests.search.conformance.corpus import make
from search.engines.tantivy import TantivyEngine
rebuild = TantivyEngine(sys.argv[1]).begin_rebuild("public")
rebuild.index([make("from-the-database", 1)])
print("building", flush=True)
if sys.stdin.readline().strip() == "swap":
    print(rebuild.commit_and_swap().documents, flush=True)
"""


def start(script, *arguments):
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'collections'}"}
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def count(engine):
    return engine.search("public", SearchRequest(limit=0)).total


def found(engine):
    return {hit.id for hit in engine.search("public", SearchRequest(limit=1000)).hits}


def test_a_killed_writer_leaves_whole_batches_and_the_next_goes_on(tmp_path):
    reader = TantivyEngine(tmp_path)
    committed = 0
    for round_ in range(4):
        writer = start(WRITER, tmp_path, round_ * 1_000_000)  # a writer that nobody reads from for a while has written thousands
        for _ in range(3):
            assert writer.stdout.readline().strip().isdigit()
            committed += 10
            assert count(reader) >= committed  # seen at once by another process
        time.sleep(0.01 * round_)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        committed = count(reader)
        assert committed % 10 == 0
    assert reader.index_documents("public", [make("after")]).written == 1
    assert count(reader) == committed + 1


def test_what_is_written_during_another_processs_rebuild_is_in_the_new_index(tmp_path):
    engine = TantivyEngine(tmp_path)
    engine.index_documents("public", [make("old")])
    rebuilder = start(REBUILDER, tmp_path)
    assert rebuilder.stdout.readline().strip() == "building"
    assert engine.stats("public").rebuilding
    engine.index_documents("public", [make("meanwhile", 5)])
    assert found(engine) == {"object:old", "object:meanwhile"}
    out, _ = rebuilder.communicate("swap\n", timeout=60)
    assert out.strip() == "2"
    assert found(engine) == {"object:from-the-database", "object:meanwhile"} and not engine.stats("public").rebuilding
    engine.index_documents("public", [make("after", 6)])
    assert found(engine) == {"object:from-the-database", "object:meanwhile", "object:after"}


def test_a_rebuild_whose_process_died_is_forgotten(tmp_path):
    engine = TantivyEngine(tmp_path)
    engine.index_documents("public", [make("old")])
    rebuilder = start(REBUILDER, tmp_path)
    rebuilder.stdout.readline()
    rebuilder.kill()
    rebuilder.communicate()
    assert not engine.stats("public").rebuilding
    engine.index_documents("public", [make("new")])
    assert found(engine) == {"object:old", "object:new"}
    assert [entry.name for entry in (tmp_path / "public").iterdir() if entry.name.endswith(".notes.sqlite3")] == []


def test_an_index_of_another_version_keeps_serving_and_asks_for_a_rebuild(tmp_path, monkeypatch):
    engine = TantivyEngine(tmp_path)
    engine.index_documents("public", [make("old", title=[Text("Trống đồng")])])
    from search import documents

    monkeypatch.setattr(documents, "ANALYSIS_VERSION", documents.ANALYSIS_VERSION + 1)
    assert not engine.ensure("public").current and not engine.stats("public").current
    assert engine.search("public", SearchRequest(text="trong")).total == 1


def test_what_another_process_commits_is_seen_and_an_unchanged_index_is_not_read_again(tmp_path, monkeypatch):
    reader, writer = TantivyEngine(tmp_path), TantivyEngine(tmp_path)
    writer.index_documents("public", [make("one", title=[Text("Trống")])])
    assert reader.search("public", SearchRequest(text="trong")).total == 1
    read = []
    follow = Opened.follow

    def counted(opened):
        before = opened._seen
        follow(opened)
        read.append(opened._seen != before)

    monkeypatch.setattr(Opened, "follow", counted)
    assert reader.search("public", SearchRequest(text="trong")).total == 1
    assert not any(read)
    writer.index_documents("public", [make("two", title=[Text("Trống")])])
    assert reader.search("public", SearchRequest(text="trong")).total == 2
    assert any(read)


def test_an_index_whose_files_vanish_is_one_sentence(tmp_path):
    engine = TantivyEngine(tmp_path)
    engine.index_documents("public", [make("one")])
    engine.pens["public"].put_down()
    shutil.rmtree(tmp_path / "public" / engine.folders["public"].current())
    with pytest.raises(EngineUnavailableError, match="rebuild_search"):
        engine.search("public", SearchRequest())


def test_a_damaged_index_is_one_sentence(tmp_path):
    engine = TantivyEngine(tmp_path)
    engine.index_documents("public", [make("old")])
    engine.pens["public"].put_down()
    (tmp_path / "public" / engine.folders["public"].current() / "meta.json").write_text("{")
    with pytest.raises(EngineUnavailableError, match="rebuild_search"):
        TantivyEngine(tmp_path).search("public", SearchRequest())
