"""Versions, deletions, rebuilds: nothing old comes back, nothing new is lost."""

import pytest

from search.documents import Text
from search.engines.base import EngineError, EngineUnavailableError
from search.engines.compiled import compile_document
from search.requests import SearchRequest
from tests.search.conformance.corpus import corpus, make


def titles(engine, audience="public"):
    engine.refresh(audience)
    return {hit.id: hit.display["title"]["und"] for hit in engine.search(audience, SearchRequest(limit=500)).hits}


def put(engine, ident, title, version, **parts):
    return engine.index_documents("public", [make(ident, version, title=[Text(title)], **parts)])


def test_a_newer_version_replaces(empty):
    put(empty, "a", "old", 1)
    assert put(empty, "a", "new", 2).written == 1
    assert titles(empty) == {"object:a": "new"}


def test_the_same_version_may_be_written_again(empty):
    put(empty, "a", "first", 3)
    assert put(empty, "a", "again", 3).written == 1
    assert titles(empty) == {"object:a": "again"}


def test_a_stale_write_is_ignored(empty):
    put(empty, "a", "new", 5)
    assert put(empty, "a", "old", 4).stale == 1
    assert titles(empty) == {"object:a": "new"}


def test_a_stale_delete_is_ignored(empty):
    put(empty, "a", "new", 5)
    assert empty.delete("public", [("object:a", 4)]).stale == 1
    assert titles(empty) == {"object:a": "new"}


def test_what_was_deleted_is_not_brought_back_by_an_old_write(empty):
    put(empty, "a", "there", 1)
    put(empty, "b", "stays", 1)
    empty.delete("public", [("object:a", 7)])
    assert put(empty, "a", "ghost", 6).stale == 1
    assert titles(empty) == {"object:b": "stays"}
    assert put(empty, "a", "again", 8).written == 1
    assert titles(empty) == {"object:a": "again", "object:b": "stays"}


def test_deleting_what_is_not_there_keeps_old_writes_out_too(empty):
    put(empty, "b", "stays", 1)
    empty.delete("public", [("object:a", 7)])
    assert put(empty, "a", "ghost", 6).stale == 1
    assert titles(empty) == {"object:b": "stays"}


def test_one_bad_document_does_not_stop_the_others(empty):
    bad = make("bad")
    bad.facets["nonsense"] = []
    result = empty.index_documents("public", [make("good"), bad])
    assert result.written == 1 and "nonsense" in result.failed["object:bad"]


def test_the_public_index_refuses_what_is_not_public(empty):
    hidden = make("hidden", groups={"s": {"text": [Text("secret")]}})
    result = empty.index_documents("public", [hidden])
    assert result.written == 0 and "no group 's'" in result.failed["object:hidden"]


def test_a_search_without_an_index_says_that_there_is_none(empty):
    with pytest.raises(EngineUnavailableError, match="rebuild_search"):
        empty.search("public", SearchRequest())


def test_ensure_makes_an_empty_index_once(empty):
    first = empty.ensure("public")
    assert first.exists and first.current
    assert empty.ensure("public") == first
    assert empty.search("public", SearchRequest()).total == 0


def test_a_rebuild_serves_the_old_until_it_is_complete(empty):
    put(empty, "a", "old", 1)
    rebuild = empty.begin_rebuild("public")
    rebuild.index([make("a", 2, title=[Text("new")]), make("b", 2, title=[Text("second")])])
    assert titles(empty) == {"object:a": "old"}
    stats = rebuild.commit_and_swap()
    assert stats.documents == 2 and stats.current and not stats.rebuilding
    assert titles(empty) == {"object:a": "new", "object:b": "second"}


def test_writes_in_flight_during_a_rebuild_reach_the_new_index(empty):
    put(empty, "kept", "old", 1)
    put(empty, "gone", "old", 1)
    rebuild = empty.begin_rebuild("public")
    rebuild.index(
        [make("kept", 10, title=[Text("from the database")]), make("gone", 10), make("late", 10, title=[Text("from the database")])]
    )
    assert empty.stats("public").rebuilding
    put(empty, "kept", "saved meanwhile", 11)
    put(empty, "late", "stale write", 9)
    put(empty, "fresh", "made meanwhile", 12)
    empty.delete("public", [("object:gone", 13)])
    assert titles(empty)["object:kept"] == "saved meanwhile"
    rebuild.commit_and_swap()
    assert titles(empty) == {"object:kept": "saved meanwhile", "object:late": "from the database", "object:fresh": "made meanwhile"}
    put(empty, "kept", "saved after", 14)
    assert titles(empty)["object:kept"] == "saved after"


def test_an_aborted_rebuild_changes_nothing(empty):
    put(empty, "a", "old", 1)
    name = empty.stats("public").name
    rebuild = empty.begin_rebuild("public")
    rebuild.index([make("b")])
    rebuild.abort()
    assert empty.stats("public").name == name and titles(empty) == {"object:a": "old"}
    put(empty, "a", "new", 2)
    assert titles(empty) == {"object:a": "new"}


def test_a_rebuild_leaves_out_what_the_database_no_longer_has(empty):
    put(empty, "ghost", "ghost", 1)
    rebuild = empty.begin_rebuild("public")
    rebuild.index([make("a")])
    rebuild.commit_and_swap()
    assert set(titles(empty)) == {"object:a"}


def test_rebuilds_keep_one_old_index_at_most(empty):
    for version in range(4):
        rebuild = empty.begin_rebuild("public")
        rebuild.index([make("a", version)])
        rebuild.commit_and_swap()
    assert set(titles(empty)) == {"object:a"}
    if empty.name == "tantivy":
        assert len([entry for entry in (empty.root / "public").iterdir() if entry.is_dir()]) == 2
    else:
        assert len(empty.reader().indices.get(index=f"{empty.alias('public')}-*")) == 2


def test_everything_can_be_gone_through_once(engine):
    found = list(engine.iterate("public"))
    assert [hit.id for hit in found] == sorted(document.id for document in corpus())
    assert {hit.version for hit in found} == {1} and all(hit.digest for hit in found)


def test_the_hits_of_a_request_can_be_gone_through(engine):
    found = {hit.id for hit in engine.iterate("public", SearchRequest(text="coin", filters={"material": ("gold",)}))}
    assert found == {f"object:coin{n:03d}" for n in range(0, 120, 3)}


def test_documents_can_be_asked_for_by_id(engine):
    found = engine.get("public", ["object:wave", "object:absent", "agent:monet"])
    assert set(found) == {"object:wave", "agent:monet"} and found["object:wave"].display["id"] == "wave"


def test_ids_limit_a_search(find):
    assert set(find.ids("", ids=("object:wave", "object:fuji", "object:absent"))) == {"wave", "fuji"}


def test_the_two_audiences_are_two_indices(empty):
    empty.index_documents("curatorial", [make("a", groups={"s": {"text": [Text("canary")]}})])
    empty.index_documents("public", [make("b")])
    assert set(titles(empty, "curatorial")) == {"object:a"} and set(titles(empty)) == {"object:b"}


def test_a_broken_rebuild_does_not_block_the_next(empty):
    put(empty, "a", "old", 1)
    first = empty.begin_rebuild("public")
    first.index([make("x")])
    first.abort()
    second = empty.begin_rebuild("public")
    second.index([make("y")])
    second.commit_and_swap()
    assert set(titles(empty)) == {"object:y"}


def test_a_second_rebuild_is_refused_while_one_runs(empty):
    put(empty, "a", "old", 1)
    first = empty.begin_rebuild("public")
    first.index([make("x")])
    with pytest.raises(EngineError, match="is being rebuilt by another process"):
        empty.begin_rebuild("public")
    other = empty.begin_rebuild("curatorial")  # another index
    other.abort()
    first.index([make("y")])
    first.commit_and_swap()
    assert set(titles(empty)) == {"object:x", "object:y"}
    empty.begin_rebuild("public").abort()


def test_a_rebuild_takes_documents_that_another_process_has_compiled(empty):
    rebuild = empty.begin_rebuild("public")
    assert rebuild.take([compile_document(make("x"), "public"), compile_document(make("y"), "public")]).written == 2
    rebuild.commit_and_swap()
    empty.refresh("public")
    assert set(titles(empty)) == {"object:x", "object:y"}


def test_thousands_are_compared_with_what_is_there(empty):
    many = [make(f"m{number:04d}", 5) for number in range(1_100)]
    assert empty.index_documents("public", many).written == 1_100
    empty.refresh("public")
    late = [make(f"m{number:04d}", 4 if number % 2 else 6) for number in range(1_100)]
    result = empty.index_documents("public", late)
    assert (result.written, result.stale) == (550, 550)
    assert empty.delete("public", [(f"object:m{number:04d}", 5) for number in range(1_100)]).stale == 550
    empty.refresh("public")
    assert empty.search("public", SearchRequest(limit=0)).total == 550
