"""The WSGI application. The tile gate of ``iiif.image`` stands in front of Django."""

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

get_resolver().url_patterns  # noqa: B018 (every view is loaded before the first visitor waits for it)

application = Gate(django_application)
