"""Addresses that lead nowhere: below /admin/ the workplace says so, everywhere else the visitors' museum."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from exhibits.views import errors


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404. The workplace's page says nothing of records either; whoever is not logged in is sent to the log-in before."""
    if not request.path.startswith(reverse("wagtailadmin_home")):
        return errors.not_found(request, exception)
    response = render(request, "wagtailadmin/404.html", status=404)
    add_never_cache_headers(response)
    return response
