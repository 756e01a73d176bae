"""A rebuild in Elasticsearch: a new index under the alias ``…-building``, to which writes go too; then one atomic swap of aliases."""

from __future__ import annotations

import time
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from elasticsearch import ConnectionTimeout

from search.documents import Audience, Document
from search.engines.base import EngineUnavailableError
from search.engines.compiled import Compiled, compile_all
from search.engines.elasticsearch.claims import Claim
from search.engines.elasticsearch.mapping import index_body
from search.engines.elasticsearch.names import is_own, led_to
from search.requests import BulkResult, Stats

if TYPE_CHECKING:
    from search.engines.elasticsearch.engine import ElasticsearchEngine

KEPT = 2  # the index that serves and the one before it
SEGMENT_BYTES = 2 << 30  # at most about so much in one segment: Elasticsearch itself merges up to five gigabytes
# Seconds between tries of a write that Elasticsearch does not take: a broken connection, a full queue, a node that starts anew. Writes bear
# versions, so that one that has come through without an answer does no harm.
WAITS: tuple[float, ...] = (1, 2, 4, 8, 15, 30)
LONGEST_MERGE = 90  # seconds that a swap waits for it (the claim lapses after 120 without a sign of life)


class ElasticsearchRebuild:
    """See Rebuild."""

    def __init__(self, engine: ElasticsearchEngine, audience: Audience) -> None:
        self.engine = engine
        self.audience = audience
        self.claim = Claim(engine.writer(), engine.claims(), audience)
        try:
            self._clear_away()
            self.name = engine.fresh_name(audience)
            settings = index_body(audience)
            settings["settings"]["index"]["refresh_interval"] = "-1"
            engine.writer().indices.create(index=self.name, aliases={engine.building_alias(audience): {}}, **settings)
        except BaseException:
            self.claim.release()
            raise

    def _clear_away(self) -> None:
        """What a rebuild that ended before its time left behind. Of what others have put under its alias only the alias goes."""
        engine, indices = self.engine, self.engine.writer().indices
        led_to(engine.writer(), engine.alias(self.audience))  # an index of that name would stop the swap, after all the work
        building = engine.building_alias(self.audience)
        for name in led_to(engine.writer(), building):
            if is_own(engine.alias(self.audience), name):
                indices.delete(index=name, ignore_unavailable=True)
            else:
                indices.update_aliases(actions=[{"remove": {"index": name, "alias": building}}])

    def index(self, documents: Iterable[Document]) -> BulkResult:
        compiled, failed = compile_all(documents, self.audience)
        result = self.take(compiled)
        return BulkResult(result.written, result.stale, {**failed, **result.failed})

    def take(self, compiled: list[Compiled]) -> BulkResult:
        """Half an hour's work is not thrown away for one answer that did not come."""
        for seconds in WAITS:
            try:
                return self._taken(compiled)
            except EngineUnavailableError:
                time.sleep(seconds)
        return self._taken(compiled)

    def _taken(self, compiled: list[Compiled]) -> BulkResult:
        from search.engines.elasticsearch.engine import _translated

        with _translated():
            self.claim.renew()
            return self.engine.bulk(self.engine.building_alias(self.audience), compiled, [])

    def commit_and_swap(self) -> Stats:
        from search.engines.elasticsearch.engine import _translated

        engine, indices = self.engine, self.engine.writer().indices
        alias = engine.alias(self.audience)
        with _translated():
            indices.put_settings(index=self.name, settings={"index": {"refresh_interval": "1s"}})
            indices.refresh(index=self.name)
            self._merge()
            others = [{"remove": {"index": name, "alias": alias}} for name in led_to(engine.writer(), alias)]
            indices.update_aliases(actions=[*others, {"add": {"index": self.name, "alias": alias}}])
            # Only now: a writer that has just asked for the name of the new index wrote to it as well.
            indices.update_aliases(actions=[{"remove": {"index": self.name, "alias": engine.building_alias(self.audience)}}])
            for name in [name for name in engine.made(self.audience) if name != self.name][: -(KEPT - 1)]:
                indices.delete(index=name, ignore_unavailable=True)
            self.claim.release()
            return engine.stats(self.audience, engine.writer())

    def _merge(self) -> None:
        """Few large segments in the place of dozens: facets are counted in each of them. A merge that takes long goes on by itself."""
        self.claim.renew()
        client = self.engine.writer()
        size = client.indices.stats(index=self.name, metric="store")["_all"]["primaries"]["store"]["size_in_bytes"]
        with suppress(ConnectionTimeout):
            client.options(request_timeout=LONGEST_MERGE).indices.forcemerge(index=self.name, max_num_segments=1 + size // SEGMENT_BYTES)

    def abort(self) -> None:
        from search.engines.elasticsearch.engine import _translated

        if self.claim.released:
            return
        with _translated():
            try:
                self.engine.writer().indices.delete(index=self.name, ignore_unavailable=True)
            finally:
                self.claim.release()
