"""The museum's own settings in a test's surroundings: a folder of its own for each process, quick passwords, plain static files.

The seams stay what the environment says, so that the same tests run on SQLite with files and on PostgreSQL with S3:
``bin/test`` sets DATABASE_URL, SEARCH_URL and STORAGE_URL for the second run.
"""

import atexit
import os
import shutil
import tempfile

_folder = tempfile.mkdtemp(prefix="museum-test-")
_owner = os.getpid()


def _remove() -> None:
    if os.getpid() == _owner:  # not in a forked child
        shutil.rmtree(_folder, ignore_errors=True)


atexit.register(_remove)
os.environ["MUSEUM_VAR"] = _folder
for _name in ("PORT", "MUSEUM_ORIGIN", "DEBUG", "SECRET_KEY", "CACHE_URL", "IMAGE_SERVICE_URL", "METRICS_TOKEN"):
    os.environ.pop(_name, None)
# Processes that run side by side share servers, but neither index prefix nor bucket folder. xdist's controller reads this file first, and
# its children inherit what it sets: they find the pattern beside the controller's own address.
_process = os.environ.get("PYTEST_XDIST_WORKER", "main")
for _name in ("SEARCH_URL", "STORAGE_URL"):
    _address, _pattern = os.environ.get(_name, ""), os.environ.get(f"{_name}_PATTERN", "")
    if _pattern and _address == _pattern.replace("{process}", "main"):
        _address = _pattern
    if "{process}" in _address:
        os.environ[f"{_name}_PATTERN"] = _address
        os.environ[_name] = _address.replace("{process}", _process)

from museum.settings import *  # noqa: E402,F403
from museum.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MISSED_SEARCHES_EVERY = 0  # no thread writes while a test looks
WHITENOISE_AUTOREFRESH = True  # do not read thousands of static files at every start
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # a file, so that threads and live servers have connections of their own, as in real life
    DATABASES["default"]["TEST"] = {"NAME": f"{_folder}/test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
