"""The WSGI application. The tile gate of ``iiif.image`` stands in front of Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "museum.settings")

django_application = get_wsgi_application()

from iiif.image.gate import Gate  # noqa: E402 (it reads models, which are there only now)

application = Gate(django_application)
