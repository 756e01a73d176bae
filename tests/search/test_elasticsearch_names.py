"""The museum's names in Elasticsearch led astray: what others made is neither read, written nor deleted, and staff are told what to do."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import QueryDict
from elasticsearch import ApiError

from records.models import JournalEntry
from search import health, indexing, outage, rebuilding, visitor
from search.documents import Text
from search.engines import engine, open_engine
from search.engines.base import EngineUnavailableError
from search.engines.compiled import compile_document
from search.engines.elasticsearch import sending
from search.engines.elasticsearch.mapping import index_body
from search.requests import SearchRequest
from tests.factories import make_object
from tests.search.conformance.corpus import make
from tests.search.conftest import catch_up

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def museum(elasticsearch_url: str, settings: Any) -> Any:
    """Two public objects in the index, one of which is hidden afterwards without the index hearing of it."""
    settings.SEARCH_URL = elasticsearch_url
    outage.over()
    opened: Any = engine()
    opened.patience = 15.0
    make_object("BT 1", "Trống đồng")
    make_object("BT 2", "Trống cơm")
    catch_up()
    yield opened
    outage.over()
    others = opened.writer().indices.get(index=f"{opened.address.prefix}*", features=["aliases"])
    for name in others:
        opened.writer().indices.delete(index=name, ignore_unavailable=True)


def search(words: str = "trong") -> Any:
    outage.over()
    return visitor.run(visitor.parse_request(QueryDict(f"q={words}")))


def led(opened: Any, *, add: str, remove: str = "") -> None:
    alias = opened.alias("public")
    actions = [{"add": {"index": add, "alias": alias}}] + ([{"remove": {"index": remove, "alias": alias}}] if remove else [])
    opened.writer().indices.update_aliases(actions=actions)


def strange(opened: Any, name: str, **body: Any) -> str:
    """An index of somebody else's with two documents."""
    full = f"{opened.address.prefix}{name}"
    opened.writer().indices.create(index=full, **body)
    for ident in ("object:aaaaaaaaaaaa", "2"):
        opened.writer().index(index=full, id=ident, document={"title": "trong", "version": 1, "kind": "object"}, refresh=True)
    return full


def told_and_untouched(opened: Any, sentence: str, index: str) -> None:
    """Visitors are answered by the database, staff by a sentence, changes wait without being given up, and the index is as it was."""
    before = opened.writer().count(index=index)["count"]
    for words in ("trong", "nothing-at-all", ""):
        page = search(words)
        assert page.degraded and page.total == (0 if "nothing" in words else 2)
    outage.over()
    assert visitor.suggest("tron")
    make_object("BT 3", "Trống mới")
    for _ in range(9):
        JournalEntry.objects.update(not_before=None)
        assert indexing.catch_up() == 0
    assert JournalEntry.objects.filter(consumer="search", dead=False).exists()
    assert not JournalEntry.objects.filter(consumer="search", dead=True).exists()
    assert sentence in health.status().sentence and sentence in health.sentence()
    opened.writer().indices.refresh(index=index)
    assert opened.writer().count(index=index)["count"] == before


def mended_by_a_rebuild(opened: Any, kept: str) -> None:
    rebuilding.rebuild_all(["public", "curatorial"])
    JournalEntry.objects.update(not_before=None)
    catch_up()
    assert health.status().sentence == "" and not JournalEntry.objects.filter(consumer="search").exists()
    page = search()
    assert not page.degraded and page.total == 3
    assert opened.writer().indices.exists(index=kept)


def test_an_alias_that_leads_to_the_index_of_somebody_else(museum: Any) -> None:
    other = strange(museum, "-public-shop")
    led(museum, add=other, remove=museum.serving("public"))
    told_and_untouched(museum, f"leads to {other}, which the museum did not make", other)
    mended_by_a_rebuild(museum, other)
    assert museum.writer().count(index=other)["count"] == 2


def test_an_alias_that_leads_to_two_indices_shows_nothing_that_was_hidden_since(museum: Any) -> None:
    kept = museum.serving("public")
    rebuilding.rebuild_all(["public", "curatorial"])
    led(museum, add=kept)
    told_and_untouched(museum, "leads to several indices", kept)
    with pytest.raises(EngineUnavailableError, match="several"):
        next(museum.iterate("public"))
    mended_by_a_rebuild(museum, museum.made("public")[-1])
    assert len(museum.made("public")) == 2


def test_an_index_that_bears_the_name_of_the_alias(museum: Any) -> None:
    museum.writer().indices.delete(index=museum.serving("public"))
    other = strange(museum, "-public")
    told_and_untouched(museum, f"There is an index called {other}", other)
    with pytest.raises(EngineUnavailableError, match="choose another prefix"):
        rebuilding.rebuild_all(["public", "curatorial"])
    assert museum.made("public") == []  # nothing is left of what was tried
    museum.writer().indices.delete(index=other)
    JournalEntry.objects.update(not_before=None)
    catch_up()
    assert search().total == 3


def test_an_index_whose_fields_somebody_gave_other_types(museum: Any) -> None:
    name = museum.serving("public")
    body = index_body("public")
    body["mappings"]["properties"]["start"] = {"type": "text"}
    museum.writer().indices.delete(index=name)
    museum.writer().indices.create(index=name, aliases={museum.alias("public"): {}}, **body)
    make_object("BT 3", "Trống mới")
    assert indexing.catch_up() == 0
    assert "The field start" in health.status().sentence and "rebuild_search" in health.status().sentence
    rebuilding.rebuild_all(["public", "curatorial"])
    catch_up()
    assert health.status().sentence == "" and search().total == 3


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [("closed", "closed"), ("read", "blocked by: [FORBIDDEN/7/index read"), ("write", "FORBIDDEN/8"), ("metadata", "FORBIDDEN/9")],
)
def test_what_an_administrator_closed_or_blocked_is_told_with_its_reason_and_taken_up_later(
    museum: Any, trouble: str, sentence: str
) -> None:
    name, indices = museum.serving("public"), museum.writer().indices
    if trouble == "closed":
        indices.close(index=name)
    else:
        indices.put_settings(index=name, settings={f"index.blocks.{trouble}": True})
    make_object("BT 3", "Trống mới")
    for _ in range(9):
        JournalEntry.objects.update(not_before=None)
        indexing.catch_up()
    assert search().total == (3 if trouble == "read" else 2)  # what may not be read may be written
    assert not JournalEntry.objects.filter(dead=True).exists()
    assert sentence in health.status().sentence
    if trouble == "closed":
        indices.open(index=name, wait_for_active_shards=1)
    else:
        indices.put_settings(index=name, settings={f"index.blocks.{trouble}": None})
    JournalEntry.objects.update(not_before=None)
    catch_up()
    assert search().total == 3 and health.status().sentence == "" and not JournalEntry.objects.filter(consumer="search").exists()


def test_what_others_put_under_the_alias_of_a_rebuild_is_not_deleted(museum: Any) -> None:
    other = strange(museum, "-orders")
    museum.writer().indices.update_aliases(actions=[{"add": {"index": other, "alias": museum.building_alias("public")}}])
    make_object("BT 3", "Trống mới")
    catch_up()
    mended_by_a_rebuild(museum, other)
    assert museum.writer().count(index=other)["count"] == 2


def test_a_like_name_is_not_the_museums(museum: Any) -> None:
    """Another museum, or a copy that somebody made by hand, is not thrown away with the indices of the time before."""
    for name in ("-public-backup", "-public-public-0123abcd-20260101000000000000"):
        strange(museum, name)
    for _ in range(3):
        rebuilding.rebuild_all(["public", "curatorial"])
    museum.drop()
    left = museum.writer().indices.get(index=f"{museum.address.prefix}*", features=["aliases"])
    assert {name.removeprefix(museum.address.prefix) for name in left} == {"-public-backup", "-public-public-0123abcd-20260101000000000000"}


def test_what_a_proxy_finds_too_long_goes_in_parts(elasticsearch_url: str, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: Any = open_engine(elasticsearch_url, str(tmp_path))
    opened.patience = 15.0
    documents = [compile_document(make(f"d{number}"), "public") for number in range(9)]
    huge = compile_document(make("huge", title=[Text("trống " * 5_000)]), "public")
    opened.ensure("public")
    client = type(opened.writer())
    really = client.bulk

    def narrow(self: Any, *, operations: list[bytes], **rest: Any) -> Any:
        if sum(map(len, operations)) > 20_000:
            from elastic_transport import ApiResponseMeta, HttpHeaders, NodeConfig

            meta = ApiResponseMeta(413, "1.1", HttpHeaders(), 0.0, NodeConfig("http", "127.0.0.1", 9200))
            raise ApiError("Request Entity Too Large", meta, "<html>413</html>")
        return really(self, operations=operations, **rest)

    monkeypatch.setattr(client, "bulk", narrow)
    result = opened.write("public", [*documents[:5], huge, *documents[5:]])
    assert result.written == 9 and list(result.failed) == [huge.id]
    opened.refresh("public")
    assert opened.search("public", SearchRequest()).total == 9
    assert sending.TOO_LONG == 413
