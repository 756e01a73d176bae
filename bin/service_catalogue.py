"""Real PostgreSQL, Elasticsearch and S3 for tests: how each is fetched, started, asked and stopped. Standard library only.

Each service listens on 127.0.0.1 on a port of the museum's own, so that a test never writes into a server that serves something
else. A server that runs elsewhere is used when TEST_POSTGRESQL_URL, TEST_ELASTICSEARCH_URL or TEST_S3_URL names it.
"""

from __future__ import annotations

from elasticsearch_server import Elasticsearch
from postgresql_server import PostgreSQL
from preparation import Refusal
from s3_server import S3
from service import Service, folder

SERVICES: dict[str, type[Service]] = {"postgresql": PostgreSQL, "elasticsearch": Elasticsearch, "s3": S3}

__all__ = ["S3", "SERVICES", "Elasticsearch", "PostgreSQL", "Refusal", "Service", "folder"]
