"""The seams between the museum and what it runs on: database, search, storage, tasks, cache, logs."""

from museum.settings import BASE_DIR, ENV

DATABASES = {"default": ENV.database}
CACHES = {"default": ENV.cache}
SEARCH_URL = ENV.search_url
BASEMAP_URL = ENV.basemap_url
BASEMAP_ATTRIBUTION = ENV.basemap_attribution

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "media", "io"]}}

STATIC_URL = "/static/"
STATIC_ROOT = ENV.var / "staticfiles"
STATICFILES_DIRS = [("vendor", BASE_DIR / "static" / "vendor")] if (BASE_DIR / "static" / "vendor").is_dir() else []


def storages_for(facts: dict) -> dict[str, dict]:
    """``originals`` (write-once, private), ``derivatives`` (rebuildable, served through the gate), ``default`` (the rest of Wagtail)."""
    if facts["kind"] == "file":
        folder = "django.core.files.storage.FileSystemStorage"
        return {
            "originals": {"BACKEND": folder, "OPTIONS": {"location": facts["root"] / "originals", "file_permissions_mode": 0o444}},
            "derivatives": {"BACKEND": folder, "OPTIONS": {"location": facts["root"] / "derivatives"}},
            "default": {"BACKEND": folder, "OPTIONS": {"location": facts["root"] / "files", "base_url": "/files/"}},
        }

    def bucket(folder: str) -> dict:
        options = {
            "bucket_name": facts["bucket"],
            "location": "/".join(filter(None, [facts["prefix"], folder])),
            "access_key": facts["key"],
            "secret_key": facts["secret"],
            "endpoint_url": facts["endpoint"],
            "region_name": facts["region"],
            "addressing_style": "path",
            "signature_version": "s3v4",
            "default_acl": None,
            "file_overwrite": False,
        }
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}

    return {name: bucket(folder) for name, folder in [("originals", "originals"), ("derivatives", "derivatives"), ("default", "files")]}


STORAGES = {
    **storages_for(ENV.storage),
    "staticfiles": {
        # A laptop serves them from where they lie; only production has them hashed and compressed.
        "BACKEND": "museum.statics.HashedModules" if ENV.production else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = not ENV.production

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "datefmt": "%Y-%m-%d %H:%M:%S%z", "style": "{"},
        "progress": {"format": "  {message}", "style": "{"},
    },
    "filters": {"unavailable": {"()": "museum.logs.Unavailable"}, "strange host": {"()": "museum.logs.StrangeHost"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "terminal": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "progress"},
    },
    "loggers": {
        "museum.demo": {"handlers": ["terminal"], "level": "INFO", "propagate": False},
        "django.request": {"filters": ["unavailable"]},
        "django.security.DisallowedHost": {"filters": ["strange host"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
