"""Real parts for every test: a migrated database made once, Elasticsearch, S3, PostgreSQL, Chromium, and the museum as a live server.

A part that this machine lacks is skipped with its reason; with REQUIRE_POSTGRESQL, REQUIRE_ELASTICSEARCH, REQUIRE_S3,
REQUIRE_CHROMIUM or REQUIRE_NGINX set to 1 it fails instead. ``bin/services start`` starts the servers.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import migrated

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "bin"))

# the same cases at every run, on however busy a machine: a test that fails by chance stops somebody else's change
_patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
hypothesis_settings.register_profile("same", derandomize=True, **_patient)
hypothesis_settings.register_profile("other", **_patient)
hypothesis_settings.load_profile("same")


_MARKED_BY_FIXTURE = {
    "browser": {"browser", "page"},
    "elasticsearch": {"elasticsearch_server", "elasticsearch_url"},
    "s3": {"s3_server", "s3_url", "s3_storage"},
    "postgresql": {"postgresql_url"},
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What touches the database is tested on both stacks, unless it says ``one_stack``, needs a browser or brings its own server."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        for marker, names in _MARKED_BY_FIXTURE.items():
            if fixtures & names:
                item.add_marker(marker)
        uses_database = item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db"}
        elsewhere = any(item.get_closest_marker(marker) for marker in ("one_stack", *_MARKED_BY_FIXTURE))
        if uses_database and not elsewhere:
            item.add_marker("both_stacks")
    if "conformance" not in (config.option.markexpr or ""):
        outside = [item for item in items if item.get_closest_marker("conformance")]
        config.hook.pytest_deselected(items=outside)
        items[:] = [item for item in items if item not in outside]


def pytest_collection_finish() -> None:
    """As in a web process: the collector need not go through what is loaded, and thousands of tests, in the middle of each."""
    from records import collecting

    collecting.settle()


# --- the database: migrated once for all processes, then copied -------------------------------------------------------


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """A database that is rolled back tells nobody: what the last test left in the cache is forgotten here, that its engine was away,
    and the language of its last page.
    """
    from django.core.cache import cache
    from django.utils import translation

    from search import outage, visibility

    cache.clear()
    outage.over()
    translation.deactivate()
    visibility._outage = False


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Begin with a copy of a migrated database: one process migrates, the others wait and copy.

    pytest-django takes the databases from the marks of the tests that are run; those that only look at ``shared_server`` have none.
    """
    from pytest_django import fixtures

    marked = fixtures._get_databases_for_setup
    fixtures._get_databases_for_setup = lambda items: (marked(items)[0] | {"default"}, marked(items)[1])
    facts = django_settings.DATABASES["default"]
    if facts["ENGINE"].endswith("sqlite3"):
        shutil.copy(migrated.sqlite_file(), facts["TEST"]["NAME"])
    else:
        facts["TEST"]["TEMPLATE"] = migrated.postgresql_template()


@pytest.fixture(scope="session")
def migrated_database() -> Path:
    """An SQLite file with all tables and what belongs into them from the beginning; for copying."""
    return migrated.sqlite_file()


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """The copy above is kept and used as it is; PostgreSQL is made anew."""
    return django_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") or bool(request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The database's first state, which is put back after each test that commits."""
    from django.test import TransactionTestCase

    from tests.restoring import Snapshot

    with django_db_blocker.unblock():
        untouched = Snapshot()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: untouched.restore())
        yield untouched


@pytest.fixture(scope="module")
def shared_rows(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """A transaction around all tests of a module, for what its fixtures make once; each test has a savepoint and leaves it as it was."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


# --- real servers ---------------------------------------------------------------------------------------------------


def _lacking(part: str, reason: str) -> None:
    if os.environ.get(f"REQUIRE_{part.upper()}", "") not in {"", "0"}:
        pytest.fail(f"{part} is required: {reason}")
    pytest.skip(f"{part}: {reason}")


def _service(name: str) -> Any:
    import service_catalogue

    return service_catalogue.SERVICES[name]()


@pytest.fixture(scope="session")
def elasticsearch_server() -> str:
    """``host:port`` of a real Elasticsearch."""
    return _elasticsearch().address


def _elasticsearch() -> Any:
    service = _service("elasticsearch")
    if not service.answers():
        _lacking("elasticsearch", service.hint())
    return service


@pytest.fixture
def elasticsearch_url(elasticsearch_server: str) -> Iterator[str]:
    """A SEARCH_URL with a prefix of its own; its indices are gone afterwards."""
    prefix = f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-{secrets.token_hex(4)}"
    yield f"elasticsearch://{elasticsearch_server}/{prefix}"
    for name in _elasticsearch().indices(prefix):
        urllib.request.urlopen(urllib.request.Request(f"http://{elasticsearch_server}/{name}", method="DELETE")).close()


@pytest.fixture(scope="session")
def s3_server() -> Any:
    """A real S3 server: ``address``, ``key``, ``secret``."""
    service = _service("s3")
    if not service.answers():
        _lacking("s3", service.hint())
    return service


@pytest.fixture
def s3_url(s3_server: Any) -> Iterator[str]:
    """A STORAGE_URL with a bucket of its own; the bucket is gone afterwards."""
    bucket = f"test-{secrets.token_hex(6)}"
    s3_server.make_bucket(bucket)
    yield f"s3://{s3_server.key}:{s3_server.secret}@{s3_server.address}/{bucket}?tls=no"
    s3_server.remove_bucket(bucket)


@pytest.fixture
def s3_storage(s3_url: str, settings: Any) -> str:
    """The museum's storages on a real S3 server; answers the bucket's name."""
    from museum.settings import environment, seams

    facts = environment.read({"STORAGE_URL": s3_url, "MUSEUM_VAR": str(settings.MUSEUM_VAR)}, base=ROOT).storage
    settings.STORAGES = {**seams.storages_for(facts), "staticfiles": settings.STORAGES["staticfiles"]}
    return facts["bucket"]


@pytest.fixture(scope="session")
def nginx() -> str:
    """The path of a real nginx."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")  # where Debian has it, and others than root do not look
    if not found:
        _lacking("nginx", "nginx is not installed (apt-get install nginx-light).")
    return str(found)


@pytest.fixture(scope="session")
def postgresql_url() -> str:
    """A DATABASE_URL of a real PostgreSQL server, whose user may make databases."""
    service = _service("postgresql")
    if not service.answers():
        _lacking("postgresql", service.hint())
    return service.url


# --- the museum in a browser ----------------------------------------------------------------------------------------


@contextlib.contextmanager
def serving() -> Iterator[str]:
    """The whole museum, the tile gate included, on a port of its own; gives its origin."""
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.test.testcases import QuietWSGIRequestHandler

    from museum.wsgi import application

    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler, connections_override=None)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def _known_as(origin: str) -> dict[str, Any]:
    """The settings of a museum at this address."""
    return {"MUSEUM_ORIGIN": origin, "WAGTAILADMIN_BASE_URL": origin, "CSRF_TRUSTED_ORIGINS": [origin]}


@pytest.fixture
def museum_server(transactional_db: None, settings: Any) -> Iterator[str]:
    """The museum as a live server for one test; answers its origin."""
    from iiif.presentation import documents

    documents.forget()  # what this process keeps for seconds is the museum of the test before
    with serving() as origin:
        for name, value in _known_as(origin).items():
            setattr(settings, name, value)
        yield origin


@pytest.fixture(scope="module")
def shared_server(django_db_setup: Any, django_db_blocker: Any) -> Iterator[str]:
    """The museum as a live server for all tests of a module, which only look: what its fixtures wrote is gone afterwards."""
    from django.test import override_settings

    with django_db_blocker.unblock():
        with serving() as origin, override_settings(**_known_as(origin)):
            yield origin
        django_db_setup.restore()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium under playwright."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        _lacking("chromium", "Chromium is not installed (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    # playwright keeps an event loop in this thread, which Django takes for asynchronous code
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-gpu"]
        chromium = playwright.chromium.launch(executable_path=found, args=options)
        yield chromium
        chromium.close()


PATIENCE = 120_000  # milliseconds: on a busy machine a browser waits for its turn, too


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page in a context of its own, 1440 px wide, English, light."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", color_scheme="light", reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()
