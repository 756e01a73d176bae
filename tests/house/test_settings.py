"""Settings come from the environment; a wrong value is one clear sentence, wherever the museum is started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from museum.settings import environment

ROOT = Path(__file__).resolve().parent.parent.parent
STRONG = "k8Zr-4Tq_1Lm9Wx7Cv5Bn3As2Df6Gh0Jy8Ui4Op1Qe7Rt3Yw9Xz5"
WRONG = {
    "PORT is not a number": ({"PORT": "eighty"}, "PORT"),
    "PORT is out of range": ({"PORT": "70000"}, "PORT"),
    "MUSEUM_VAR cannot be written": ({"MUSEUM_VAR": "/proc/museum"}, "MUSEUM_VAR"),
    "MUSEUM_ORIGIN has a path": ({"MUSEUM_ORIGIN": "https://example.org/museum"}, "MUSEUM_ORIGIN"),
    "MUSEUM_ORIGIN has no scheme": ({"MUSEUM_ORIGIN": "collection.example.org"}, "MUSEUM_ORIGIN"),
    "MUSEUM_ORIGIN with a strange port": ({"MUSEUM_ORIGIN": "https://example.org:x"}, "MUSEUM_ORIGIN"),
    "MUSEUM_ORIGIN with a password": ({"MUSEUM_ORIGIN": "https://user@example.org"}, "MUSEUM_ORIGIN"),
    "MUSEUM_ORIGIN with a fragment": ({"MUSEUM_ORIGIN": "https://example.org#"}, "MUSEUM_ORIGIN"),
    "MUSEUM_ORIGIN for every host": ({"MUSEUM_ORIGIN": "https://*"}, "MUSEUM_ORIGIN"),
    "MUSEUM_ORIGIN with a bracket": ({"MUSEUM_ORIGIN": "https://[::1"}, "MUSEUM_ORIGIN"),
    "MUSEUM_VAR of nobody": ({"MUSEUM_VAR": "~nobody-of-that-name/var"}, "MUSEUM_VAR"),
    "a weak SECRET_KEY under HTTPS:// in capitals": ({"MUSEUM_ORIGIN": "HTTPS://example.org", "SECRET_KEY": "x"}, "SECRET_KEY"),
    "DATABASE_URL with a bare # in its password": ({"DATABASE_URL": "postgres://user:hush#2@host/museum"}, "DATABASE_URL"),
    "DATABASE_URL with a bare [ in its password": ({"DATABASE_URL": "postgres://user:hush[2@host/museum"}, "DATABASE_URL"),
    "DATABASE_URL with a strange sslmode": ({"DATABASE_URL": "postgres://user:hush@host/museum?sslmode=on"}, "DATABASE_URL"),
    "STORAGE_URL with a bare / in its secret": ({"STORAGE_URL": "s3://key:hush/2@host/bucket"}, "STORAGE_URL"),
    "STORAGE_URL with an unknown option": ({"STORAGE_URL": "s3://key:hush@host/bucket?zone=eu"}, "STORAGE_URL"),
    "STORAGE_URL of a relative folder": ({"STORAGE_URL": "file://pictures/here"}, "STORAGE_URL"),
    "CACHE_URL with a strange port": ({"CACHE_URL": "redis://:hush@host:x"}, "CACHE_URL"),
    "CACHE_URL without a host": ({"CACHE_URL": "redis://"}, "CACHE_URL"),
    "MAIL_URL with a line break in its sender": ({"MAIL_URL": "smtp://user:hush@host?from=a%0Ab@c.org"}, "MAIL_URL"),
    "DATABASE_URL of an unknown kind": ({"DATABASE_URL": "mysql://localhost/museum"}, "DATABASE_URL"),
    "DATABASE_URL without a database": ({"DATABASE_URL": "postgres://localhost"}, "DATABASE_URL"),
    "DATABASE_URL with a strange port": ({"DATABASE_URL": "postgres://user:hush@localhost:x/museum"}, "DATABASE_URL"),
    "DATABASE_URL with an unknown option": ({"DATABASE_URL": "postgres://user:hush@localhost/museum?colour=red"}, "DATABASE_URL"),
    "SEARCH_URL of an unknown kind": ({"SEARCH_URL": "solr://localhost"}, "SEARCH_URL"),
    "STORAGE_URL of an unknown kind": ({"STORAGE_URL": "ftp://localhost"}, "STORAGE_URL"),
    "STORAGE_URL without a bucket": ({"STORAGE_URL": "s3://key:hush@localhost"}, "STORAGE_URL"),
    "STORAGE_URL with strange tls": ({"STORAGE_URL": "s3://key:hush@localhost/bucket?tls=perhaps"}, "STORAGE_URL"),
    "CACHE_URL of an unknown kind": ({"CACHE_URL": "memcached://localhost"}, "CACHE_URL"),
    "IMAGE_SERVICE_URL without a scheme": ({"IMAGE_SERVICE_URL": "images.example.org"}, "IMAGE_SERVICE_URL"),
    "DEBUG is neither yes nor no": ({"DEBUG": "maybe"}, "DEBUG"),
    "DEBUG in production": ({"DEBUG": "1", "MUSEUM_ORIGIN": "https://example.org", "SECRET_KEY": STRONG}, "DEBUG"),
    "no SECRET_KEY in production": ({"MUSEUM_ORIGIN": "https://example.org"}, "SECRET_KEY"),
    "a weak SECRET_KEY in production": ({"MUSEUM_ORIGIN": "https://example.org", "SECRET_KEY": "x" * 60}, "SECRET_KEY"),
    "MAIL_URL of an unknown kind": ({"MAIL_URL": "pop3://host?from=a@b.org"}, "MAIL_URL"),
    "MAIL_URL without a sender": ({"MAIL_URL": "smtp://user:hush@host"}, "MAIL_URL"),
    "MAIL_URL with a strange port": ({"MAIL_URL": "smtp://user:hush@host:x?from=a@b.org"}, "MAIL_URL"),
    "a short METRICS_TOKEN": ({"METRICS_TOKEN": "short"}, "METRICS_TOKEN"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_value_is_one_sentence_that_names_the_variable(case, tmp_path):
    values, variable = WRONG[case]
    with pytest.raises(ImproperlyConfigured) as refused:
        environment.read({"MUSEUM_VAR": str(tmp_path), **values}, base=ROOT)
    sentence = str(refused.value)
    assert variable in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert "hush" not in sentence  # passwords are not repeated


def start(command: list[str], values: dict[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(command, cwd=ROOT, env={**kept, "MUSEUM_VAR": str(folder), **values}, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("case", ["DATABASE_URL of an unknown kind", "a weak SECRET_KEY in production"])
def test_manage_py_prints_that_sentence_and_no_traceback(case, tmp_path):
    values, variable = WRONG[case]
    done = start([sys.executable, "manage.py", "check"], values, tmp_path)
    assert done.returncode != 0
    assert done.stdout == ""
    assert done.stderr.startswith(variable)
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_wrong_search_address_stops_every_start(tmp_path):
    done = start([sys.executable, "manage.py", "check"], {"SEARCH_URL": "elasticsearch://user:hush@host:x/museum"}, tmp_path)
    assert done.returncode != 0
    assert done.stderr.startswith("SEARCH_URL has a port")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path):
    url = "postgres://museum:hush@127.0.0.1:1/museum"
    done = start([sys.executable, "manage.py", "set_up"], {"DATABASE_URL": url}, tmp_path)
    assert done.returncode != 0
    assert done.stderr.strip().startswith("CommandError: DATABASE_URL: PostgreSQL at 127.0.0.1:1")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "hush" not in done.stderr


def test_a_storage_that_does_not_answer_is_one_sentence(tmp_path):
    url = "s3://museum:hush@127.0.0.1:1/museum?tls=no"
    done = start([sys.executable, "manage.py", "set_up"], {"STORAGE_URL": url}, tmp_path)
    assert done.returncode != 0
    assert done.stderr.strip().startswith("CommandError: STORAGE_URL")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "hush" not in done.stderr


def test_an_empty_environment_is_a_museum_without_services(tmp_path):
    read = environment.read({"MUSEUM_VAR": str(tmp_path)}, base=ROOT)
    assert read.database["ENGINE"].endswith("sqlite3")
    assert read.search_url == "tantivy://"
    assert read.storage == {"kind": "file", "root": tmp_path}
    assert not read.production
    assert len(read.secret_key) >= 50


def test_an_origin_is_kept_as_browsers_send_it(tmp_path):
    given = {
        "HTTPS://Bảo-Tàng.VN/": "https://xn--bo-tng-lta2602d.vn",
        "http://[::1]:8000": "http://[::1]:8000",
        "http://Host:81": "http://host:81",
    }
    for raw, kept in given.items():
        read = environment.read({"MUSEUM_VAR": str(tmp_path), "MUSEUM_ORIGIN": raw, "SECRET_KEY": STRONG}, base=ROOT)
        assert read.origin == kept
        assert read.production == raw.startswith("HTTPS")


def test_a_folder_keeps_its_name_whatever_stands_in_it(tmp_path):
    read = environment.read({"MUSEUM_VAR": str(tmp_path / "50%41 kho#1 bảo tàng?")}, base=ROOT)
    assert read.database["NAME"] == f"{read.var}/museum.sqlite3"


def test_the_secret_key_is_made_once_and_kept_from_others(tmp_path):
    first = environment.read({"MUSEUM_VAR": str(tmp_path)}, base=ROOT).secret_key
    assert environment.read({"MUSEUM_VAR": str(tmp_path)}, base=ROOT).secret_key == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_percent_encoded_passwords_are_understood(tmp_path):
    read = environment.read(
        {
            "MUSEUM_VAR": str(tmp_path),
            "DATABASE_URL": "postgres://m%40x:p%2Fw%3A@db:5433/huế",
            "STORAGE_URL": "s3://k:a%2Fb@s3:9000/b/p/q?tls=no",
        },
        base=ROOT,
    )
    assert (read.database["USER"], read.database["PASSWORD"], read.database["NAME"]) == ("m@x", "p/w:", "huế")
    assert (read.storage["secret"], read.storage["prefix"], read.storage["endpoint"]) == ("a/b", "p/q", "http://s3:9000")


def test_a_database_is_told_about_tls(tmp_path):
    url = "postgres://m:p@db/museum?sslmode=verify-full&sslrootcert=/ca.pem"
    read = environment.read({"MUSEUM_VAR": str(tmp_path), "DATABASE_URL": url}, base=ROOT)
    assert read.database["OPTIONS"] == {"connect_timeout": 5, "sslmode": "verify-full", "sslrootcert": "/ca.pem"}


def test_absolute_addresses_come_from_the_origin_and_hosts_are_checked_by_it(tmp_path):
    script = "import django; django.setup(); from django.conf import settings as s; print(s.ALLOWED_HOSTS, s.SECURE_SSL_REDIRECT, s.DEBUG)"
    values = {"MUSEUM_ORIGIN": "https://collection.example.org", "SECRET_KEY": STRONG, "DJANGO_SETTINGS_MODULE": "museum.settings"}
    done = start([sys.executable, "-c", script], values, tmp_path)
    assert done.stdout.strip() == "['collection.example.org'] True False", done.stderr


def test_test_processes_that_run_side_by_side_share_neither_index_nor_bucket_folder() -> None:
    """xdist's controller loads the settings first; its children inherit its environment."""
    asked = "import os, tests.settings; print(os.environ['SEARCH_URL'], os.environ['STORAGE_URL'])"
    child = f"import os, subprocess, sys, tests.settings; os.environ['PYTEST_XDIST_WORKER'] = sys.argv[1]; subprocess.run([sys.executable, '-c', {asked!r}], check=True)"
    addresses = {
        "SEARCH_URL": "elasticsearch://127.0.0.1:9200/run-{process}",
        "STORAGE_URL": "s3://key:secret@127.0.0.1:9000/run/{process}?tls=no",
    }
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SEARCH_URL", "STORAGE_URL", "PYTEST_XDIST"))}
    found = {
        worker: subprocess.run(
            [sys.executable, "-c", child, worker],
            cwd=ROOT,
            env={**clean, **addresses, "PYTHONPATH": "collections"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for worker in ("gw0", "gw1")
    }
    assert "run-gw0 " in found["gw0"] and "run/gw0?" in found["gw0"]
    assert "run-gw1 " in found["gw1"] and "run/gw1?" in found["gw1"]


def test_e_mail_goes_to_the_server_that_is_named_and_nowhere_without_one(tmp_path):
    none = environment.read({"MUSEUM_VAR": str(tmp_path)}, base=tmp_path).mail
    assert none == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    url = "smtp://museum:p%40ss@mail.example.org?from=museum@example.org"
    mail = environment.read({"MUSEUM_VAR": str(tmp_path), "MAIL_URL": url}, base=tmp_path).mail
    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"], mail["EMAIL_HOST_PASSWORD"]) == ("mail.example.org", 587, "p@ss")
    assert (mail["EMAIL_USE_TLS"], mail["EMAIL_USE_SSL"], mail["DEFAULT_FROM_EMAIL"]) == (True, False, "museum@example.org")
    direct = environment.read({"MUSEUM_VAR": str(tmp_path), "MAIL_URL": url.replace("smtp:", "smtps:")}, base=tmp_path).mail
    assert (direct["EMAIL_PORT"], direct["EMAIL_USE_TLS"], direct["EMAIL_USE_SSL"]) == (465, False, True)
