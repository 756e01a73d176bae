"""What probes and operators are told."""

import socket
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import storages

from museum import health
from records.models import JournalEntry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


def test_a_museum_that_is_well_is_ready(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert set(answer.json()["parts"]) == {"database", "migrations", "storage", "disk", "search"}
    assert answer.json()["state"] in {"ok", "degraded"}


def test_probes_are_answered_whatever_host_they_name(client):
    assert client.get("/livez", headers={"host": "10.1.2.3"}).status_code == 200
    assert client.get("/admin/login/", headers={"host": "10.1.2.3"}).status_code == 400


def test_a_museum_that_cannot_write_its_originals_is_not_ready(client, settings, tmp_path):
    blocked = tmp_path / "originals"
    blocked.write_text("a file where the folder should be")
    broken = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": blocked}}
    settings.STORAGES = {**settings.STORAGES, "originals": broken}
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["storage"] == "failed"
    assert str(tmp_path) not in answer.content.decode()
    assert "originals" in health.storage().sentence


def test_an_absent_search_engine_degrades_the_museum_and_does_not_close_it(client, settings):
    settings.SEARCH_URL = "elasticsearch://127.0.0.1:1/nobody"
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["state"] == "degraded"


def test_a_full_disk_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 2**62)
    assert client.get("/readyz").json()["parts"]["disk"] == "failed"


def test_missing_migrations_are_not_ready(client, monkeypatch):
    monkeypatch.setattr(health, "pending_migrations", lambda: ["artifacts.9999_new"])
    assert client.get("/readyz").status_code == 503


def test_metrics_are_for_operators_alone(client, settings):
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={"x-forwarded-for": "203.0.113.7"}).status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404
    settings.METRICS_TOKEN = "a-token-of-the-operators"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer a-token-of-the-operators"}).status_code == 200


def test_metrics_are_valid_prometheus_text(client):
    text = client.get("/metrics").content.decode()
    for line in text.splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            float(value)
            assert name.partition("{")[0].startswith("museum_")
    assert "museum_journal_waiting" in text
    assert "museum_disk_free_bytes" in text


def test_metrics_name_the_age_of_what_waits(client):
    JournalEntry.objects.create(consumer="harvest", kind="object", record_pk=1)
    assert 'museum_journal_waiting{consumer="harvest"} 1' in client.get("/metrics").content.decode()


def test_the_storage_on_s3_is_checked_by_its_bucket(s3_storage, settings):
    assert health.storage().state == "ok"
    bucket = f"{s3_storage}-another"
    for alias in ("originals", "derivatives", "default"):
        settings.STORAGES[alias]["OPTIONS"]["bucket_name"] = bucket
    settings.STORAGES = dict(settings.STORAGES)
    assert "no such bucket" in health.storage().sentence
    assert health.make_missing_bucket() is True
    assert health.storage().state == "ok"
    assert health.make_missing_bucket() is False
    storages["originals"].bucket.delete()


def test_a_storage_that_takes_the_question_and_does_not_answer_fails_the_probe_soon(settings, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        options = {
            "endpoint_url": f"http://127.0.0.1:{silent.getsockname()[1]}",
            "bucket_name": "museum",
            "access_key": "a",
            "secret_key": "b",
            "region_name": "us-east-1",
        }
        settings.STORAGES = {**settings.STORAGES, "originals": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}}
        monkeypatch.setattr(health, "PATIENCE", 0.2)
        health._prober.cache_clear()
        found = health.storage()
        silent.settimeout(5)
        silent.accept()[0].close()
        silent.settimeout(0.5)
        with pytest.raises(TimeoutError):
            silent.accept()  # asked once
    assert found.state == health.FAILED
    assert "Read timeout" in found.sentence


def test_var_of_the_tests_is_not_the_museums_own(settings):
    assert Path(settings.BASE_DIR) not in Path(settings.MUSEUM_VAR).parents
