"""The Elasticsearch engine itself: asking and writing through aliases that are swapped at a rebuild."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from elastic_transport import ConnectionError as NotConnected
from elastic_transport import ConnectionTimeout, TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError, OrjsonSerializer

from search.documents import AUDIENCES, Audience, Document, schema_hash
from search.engines.addresses import Address
from search.engines.answering import MENDED_BY, Answer, AnsweringEngine, Question, RawHit, order_of, read_source, request_node, sort_field
from search.engines.base import EngineError, EngineUnavailableError
from search.engines.compiled import Compiled, compile_all
from search.engines.elasticsearch.mapping import FORM, index_body
from search.engines.elasticsearch.names import as_made, is_current, is_own, the_one
from search.engines.elasticsearch.nodes import to_dsl
from search.engines.elasticsearch.sending import passes, send
from search.engines.elasticsearch.transport import CONNECTIONS, Node
from search.engines.years import DECADE
from search.requests import BulkResult, Hit, IndexState, SearchRequest, Stats

WRITE_SECONDS = 30.0
PAGE = 1_000
UNKNOWN = 401  # the password or the key is not taken
_VERSION: dict[str, Any] = {"docvalue_fields": ["version"]}  # what a hit brings along
_KEPT: dict[str, Any] = {"stored_fields": ["source"], **_VERSION}


class ElasticsearchEngine(AnsweringEngine):
    """See SearchEngine. The client is opened lazily and anew after a fork."""

    name = "elasticsearch"

    def __init__(self, address: Address) -> None:
        self.address = address
        self._clients: dict[int, Elasticsearch] = {}
        self._opening = threading.Lock()

    # -- names

    def alias(self, audience: Audience) -> str:
        """The name that searches use."""
        return f"{self.address.prefix}-{audience}"

    def building_alias(self, audience: Audience) -> str:
        """The name of the index that is being built, while one is."""
        return f"{self.address.prefix}-{audience}-building"

    def claims(self) -> str:
        """The index of the rights to rebuild."""
        return f"{self.address.prefix}-claims"

    def fresh_name(self, audience: Audience) -> str:
        """A name for a new index: hash of the fields and time."""
        return f"{self.alias(audience)}-{schema_hash(audience, FORM)}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"

    def serving(self, audience: Audience, client: Elasticsearch | None = None) -> str:
        """The index that serves, or empty; asked with a writer's patience unless a client is given.

        Raises EngineUnavailableError where its alias leads to anything but one index as the museum makes them.
        """
        return as_made(client or self.writer(), self.alias(audience), audience)

    def building(self, audience: Audience, client: Elasticsearch | None = None) -> str:
        """The index that is being built, or empty. Nothing that others have put under its alias counts."""
        return self._written(audience, client)[1]

    def _written(self, audience: Audience, client: Elasticsearch | None = None) -> tuple[str, str]:
        """The index that serves and the one that is being built, in one question: where a write goes."""
        alias, beside = self.alias(audience), self.building_alias(audience)
        found = (client or self.writer()).options(ignore_status=404).indices.get_alias(name=f"{alias},{beside}")
        leads = {name: one["aliases"] for name, one in found.items() if isinstance(one, dict) and "aliases" in one}
        building = [name for name, aliases in leads.items() if beside in aliases and is_own(alias, name)]
        return the_one(alias, [name for name, aliases in leads.items() if alias in aliases]), min(building, default="")

    # -- clients

    def reader(self) -> Elasticsearch:
        """The client with a reader's patience."""
        return self._client()

    def writer(self) -> Elasticsearch:
        """The client with a writer's patience."""
        return self._client().options(request_timeout=WRITE_SECONDS, retry_on_timeout=False)

    def _client(self) -> Elasticsearch:
        pid = os.getpid()
        if pid not in self._clients:
            with self._opening:
                if pid not in self._clients:
                    self._clients[pid] = _connect(self.address, self.patience)
        return self._clients[pid]

    # -- reading

    def exists(self, audience: Audience) -> bool:
        with _translated():
            return bool(self.serving(audience))

    def ensure(self, audience: Audience) -> IndexState:
        with _translated():
            name = self.serving(audience)
            if not name:
                name = self.fresh_name(audience)
                self.writer().indices.create(index=name, **index_body(audience))
                self.writer().indices.update_aliases(actions=[{"add": {"index": name, "alias": self.alias(audience)}}])
            return IndexState(exists=True, current=is_current(self.alias(audience), audience, name), name=name)

    def ask(self, audience: Audience, questions: list[Question]) -> list[Answer]:
        lines: list[dict[str, Any]] = []
        for question in questions:
            lines += [{"index": self.alias(audience)}, _search_body(question)]
        with _translated():
            responses = self.reader().msearch(searches=lines, max_concurrent_searches=2)["responses"]
            self._refuse_others(audience, responses)
        return [_answer(response, question, self.alias(audience)) for response, question in zip(responses, questions, strict=True)]

    def _refuse_others(self, audience: Audience, responses: list[dict[str, Any]]) -> None:
        """Answers of an index that the museum did not make, or of two at once, are nobody's: a kept one shows what was hidden since.

        It costs no question but where nothing was found, which is all that somebody else's index says to most questions.
        """
        alias, found = self.alias(audience), 0
        for response in responses:
            hits = response.get("hits", {}).get("hits", [])
            found += len(hits)
            # an index of ours has one shard
            if response.get("_shards", {}).get("total", 1) != 1 or not all(is_own(alias, hit["_index"]) for hit in hits):
                self._written(audience)
                raise EngineUnavailableError(f"The alias {alias} does not lead to one index of the museum's.")
        if not found:
            self._written(audience, self.reader())

    def near_words(self, audience: Audience, word: str, groups: tuple[str, ...]) -> Iterable[tuple[str, int]]:
        term = {"suggest_mode": "always", "max_edits": 2, "prefix_length": 0, "min_word_length": 3, "size": 20, "max_inspections": 20}
        fields = [f"{group}.{field}" for group in groups for field in MENDED_BY]
        suggest = {name: {"text": word, "term": {"field": name, "analyzer": "whitespace", **term}} for name in fields}
        with _translated():
            found = self.reader().search(index=self.alias(audience), size=0, suggest=suggest)["suggest"]
        counts: dict[str, int] = {}
        for entries in found.values():
            for option in (option for entry in entries for option in entry["options"]):
                counts[option["text"]] = max(option["freq"], counts.get(option["text"], 0))
        return counts.items()

    def iterate(
        self, audience: Audience, request: SearchRequest | None = None, *, display: bool = True, in_order: bool = False
    ) -> Iterator[Hit]:
        client = self.writer()
        request = request or SearchRequest()
        query = to_dsl(request_node(request))
        sort = _order(order_of(request)) if in_order else [{"id": "asc"}]
        fields = _KEPT if display else _VERSION
        with _translated():
            name = self._written(audience)[0] or self.alias(audience)
            point = client.open_point_in_time(index=name, keep_alive="2m")["id"]
        after: list[Any] | None = None
        try:
            while True:
                more: dict[str, Any] = {"search_after": after} if after else {}
                with _translated():
                    found = client.search(
                        pit={"id": point, "keep_alive": "2m"},
                        query=query,
                        size=PAGE,
                        sort=sort,
                        track_total_hits=False,
                        **fields,
                        **more,
                    )
                hits = found["hits"]["hits"]
                for hit in hits:
                    source = _source(hit) if display else {"kind": hit["_id"].partition(":")[0], "display": {}}
                    version = hit["fields"]["version"][0]
                    yield Hit(hit["_id"], source["kind"], version, 0.0, source["display"], digest=source.get("digest", ""))
                if len(hits) < PAGE:
                    return
                after, point = hits[-1]["sort"], found["pit_id"]
        finally:
            with suppress(ApiError, TransportError):  # it lapses by itself, and is gone with its index
                client.close_point_in_time(id=point)

    def generation(self, audience: Audience) -> str | None:
        return None

    def stats(self, audience: Audience, client: Elasticsearch | None = None) -> Stats:
        client = client or self.reader()
        with _translated():
            alias = self.alias(audience)
            name = self.serving(audience, client)
            if not name:
                raise EngineUnavailableError(f"There is no index {alias} yet: run manage.py rebuild_search.")
            primaries = client.indices.stats(index=name, metric="store")["_all"]["primaries"]
            return Stats(
                engine=self.name,
                name=name,
                documents=client.count(index=name)["count"],
                bytes=primaries["store"]["size_in_bytes"],
                current=is_current(self.alias(audience), audience, name),
                rebuilding=bool(self.building(audience, client)),
            )

    def refresh(self, audience: Audience) -> None:
        with _translated():
            self.writer().indices.refresh(index=self.alias(audience))

    # -- writing

    def index_documents(self, audience: Audience, documents: Iterable[Document]) -> BulkResult:
        compiled, failed = compile_all(documents, audience)
        self.ensure(audience)
        return self._write(audience, compiled, [], failed)

    def write(self, audience: Audience, compiled: list[Compiled]) -> BulkResult:
        return self._write(audience, compiled, [], {})

    def delete(self, audience: Audience, versions: Iterable[tuple[str, int]]) -> BulkResult:
        return self._write(audience, [], list(versions), {})

    def _write(self, audience: Audience, documents: list[Compiled], deleted: list[tuple[str, int]], failed: dict[str, str]) -> BulkResult:
        if not documents and not deleted:
            return BulkResult(failed=failed)
        with _translated():
            _, building = self._written(audience)
            result = self.bulk(self.alias(audience), documents, deleted)
            if building:
                beside = self.bulk(self.building_alias(audience), documents, deleted)
                failed = {**failed, **beside.failed}
        return BulkResult(result.written, result.stale, {**failed, **result.failed})

    def bulk(self, alias: str, documents: list[Compiled], deleted: list[tuple[str, int]]) -> BulkResult:
        """Sends writes to the index behind an alias (never makes an index by accident)."""
        return send(self.writer(), alias, documents, deleted)

    def begin_rebuild(self, audience: Audience):  # type: ignore[no-untyped-def]
        from search.engines.elasticsearch.rebuild import ElasticsearchRebuild

        with _translated():
            return ElasticsearchRebuild(self, audience)

    def drop(self) -> None:
        with _translated():
            for audience in AUDIENCES:
                for name in self.made(audience):
                    self.writer().indices.delete(index=name, ignore_unavailable=True)
            self.writer().indices.delete(index=self.claims(), ignore_unavailable=True)

    def made(self, audience: Audience) -> list[str]:
        """Every index that the museum made for an audience, the oldest first; others may bear a like name."""
        alias = self.alias(audience)
        found = self.writer().indices.get(index=f"{alias}-*", ignore_unavailable=True, allow_no_indices=True, features=["aliases"])
        return sorted((name for name in found if is_own(alias, name)), key=lambda name: name.rpartition("-")[2])


@contextmanager
def _translated() -> Iterator[None]:
    """The client's errors as ours: what may pass by itself is EngineUnavailableError."""
    try:
        yield
    except (NotConnected, ConnectionTimeout) as error:
        raise EngineUnavailableError(f"Elasticsearch does not answer: {type(error).__name__}.") from error
    except NotFoundError as error:
        raise EngineUnavailableError("Elasticsearch has no index of this museum yet: run manage.py rebuild_search.") from error
    except ApiError as error:
        said = error.body.get("error") if isinstance(error.body, dict) else None
        kind = EngineUnavailableError if error.status_code == UNKNOWN or passes(error.status_code, said) else EngineError
        reason = said.get("reason") if isinstance(said, dict) else ""
        raise kind(f"Elasticsearch answered {error.status_code}: {str(reason or error.message).rstrip(';. ')}.") from error
    except TransportError as error:
        raise EngineUnavailableError(f"Elasticsearch cannot be reached: {error.message}.") from error


def _connect(address: Address, patience: float) -> Elasticsearch:
    several = len(address.hosts) > 1
    # Of several nodes one may be dead or hang: the next one is asked within the reader's patience.
    options: dict[str, Any] = {
        "request_timeout": patience / 2 if several else patience,
        "max_retries": 1 if several else 0,
        "retry_on_timeout": several,
        "serializer": OrjsonSerializer(),
        "node_class": Node,
        "connections_per_node": CONNECTIONS,
    }
    if address.api_key:
        options["api_key"] = address.api_key
    elif address.user:
        options["basic_auth"] = (address.user, address.password)
    if address.scheme.endswith("https"):
        options["verify_certs"] = address.verify_certs
        if address.ca_certs:
            options["ca_certs"] = address.ca_certs
    return Elasticsearch(list(address.hosts), **options)


def _search_body(question: Question) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "query": to_dsl(question.query),
        "size": question.limit,
        "from": question.offset,
        "track_total_hits": question.counted,
        **_KEPT,
    }
    if question.limit:
        asked["sort"] = _order(question.sort)
    counts: dict[str, Any] = {}
    for name, size in question.facets.items():
        order = [{"_count": "desc"}, {"_key": "asc"}]
        counts[f"facet.{name}"] = {"terms": {"field": f"facet.{name}", "size": size, "order": order}}
    if question.years:
        for name in ("start", "end"):
            counts[name] = {"histogram": {"field": name, "interval": DECADE, "min_doc_count": 1}}
    if counts:
        asked["aggs"] = counts
    return asked


def _order(sort: tuple[str, bool] | None) -> list[dict[str, Any]]:
    """A key and whether it descends (None: by score) in Elasticsearch's words; the id comes last, so that no two are alike."""
    if sort is None:
        # The score is the first key; with track_scores beside it every document would be scored, the best or not.
        return [{"_score": "desc"}, {"id": "asc"}]
    key, descending = sort
    return [{sort_field(key): {"order": "desc" if descending else "asc", "missing": "_last"}}, {"id": "asc"}]


def _answer(response: dict[str, Any], question: Question, alias: str) -> Answer:
    if "error" in response:
        if response.get("status") == 404:
            raise EngineUnavailableError(f"There is no index {alias} yet: run manage.py rebuild_search.")
        kind = EngineUnavailableError if passes(response.get("status"), response["error"]) else EngineError
        raise kind(f"Elasticsearch answered {response.get('status')}: {response['error'].get('reason', 'no reason given')}")
    answer = Answer(total=response["hits"]["total"]["value"] if question.counted else 0)
    for hit in response["hits"]["hits"]:
        score = 0.0 if question.sort else hit["sort"][0]
        answer.hits.append(RawHit(hit["_id"], hit["fields"]["version"][0], score, _source(hit)))
    counted = response.get("aggregations", {})
    for name in question.facets:
        answer.facets[name] = [(bucket["key"], bucket["doc_count"]) for bucket in counted[f"facet.{name}"]["buckets"]]
    if question.years:
        answer.starts = {int(bucket["key"]): bucket["doc_count"] for bucket in counted["start"]["buckets"]}
        answer.ends = {int(bucket["key"]): bucket["doc_count"] for bucket in counted["end"]["buckets"]}
    return answer


def _source(hit: dict[str, Any]) -> dict[str, Any]:
    """What is kept of a document to be given back."""
    kept = hit["fields"].get("source")
    if not kept:
        raise EngineUnavailableError("The index was built by another version of the museum: run manage.py rebuild_search.")
    return read_source(kept[0])
