"""The WSGI application. The gates of ``iiif`` for tiles and for manifests stand in front of Django."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "museum.settings")

try:
    django_application = get_wsgi_application()
except ImproperlyConfigured as error:
    raise SystemExit(str(error)) from error

from django.urls import get_resolver

from iiif.image.gate import Gate
from iiif.presentation.gate import Gate as ManifestGate
from records import collecting

get_resolver().url_patterns  # noqa: B018 (every view is loaded before the first visitor waits for it)

collecting.settle()
application = Gate(ManifestGate(django_application))
