"""Addresses of the Presentation API, below /iiif/."""

from django.urls import re_path

from iiif.presentation import views
from records.ids import PUBLIC_ID

_SHEET = r"canvas/[a-z0-9-]+(?:/(?:placeholder|accompanying))?"
_PART = rf"(?:{_SHEET}(?:/page/[a-z-]+(?:-v2)?)?|annotation/[a-z0-9-]+|range/[a-z0-9-]+|sequence/normal)"
_RECORD = rf"(?P<kind>object|exhibition)s/(?P<public_id>{PUBLIC_ID})"

urlpatterns = [
    re_path(r"^collection(?:-v2)?\.json$", views.document, name="iiif-collection"),
    re_path(r"^collections/(?P<steps>[a-z]+(?:/[a-z0-9]+){0,2})/collection(?:-v2)?\.json$", views.document, name="iiif-collection-part"),
    re_path(rf"^{_RECORD}/manifest(?:-v2)?\.json$", views.document, name="iiif-manifest"),
    re_path(rf"^objects/(?P<public_id>{PUBLIC_ID})/collection(?:-v2)?\.json$", views.document, name="iiif-group"),
    re_path(rf"^{_RECORD}/(?P<rest>{_PART})$", views.part, name="iiif-part"),
]
