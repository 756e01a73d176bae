"""The words of Wagtail's scripts, with the museum's own where Wagtail's translation is silent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

_catalog = JavaScriptCatalog.as_view(packages=["wagtail.admin", "museum"])


def words(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    """The catalogue in the language that the user chose for the workplace."""
    return get_localized_response(_catalog, request, *args, **kwargs)


urlpatterns = [path("jsi18n/", words, name="script_words")]
