"""The production engine: Elasticsearch 8 and 9 through the official client, with nothing but what the free tier has."""

from search.engines.elasticsearch.engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
