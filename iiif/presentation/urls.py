"""Addresses of the Presentation API, below /iiif/."""

from django.urls import path, re_path

from iiif.presentation import views
from records.ids import PUBLIC_ID

_PART = r"(?:canvas/[a-z0-9]+(?:/page/[a-z-]+)?|annotation/[a-z0-9-]+|range/[a-z0-9-]+)"

urlpatterns = [
    path("collection.json", views.collection, name="iiif-collection"),
    path("collections/all/<int:number>/collection.json", views.collection_part, name="iiif-collection-part"),
    re_path(rf"^objects/(?P<public_id>{PUBLIC_ID})/manifest\.json$", views.object_manifest, name="iiif-manifest"),
    re_path(rf"^objects/(?P<public_id>{PUBLIC_ID})/(?P<rest>{_PART})$", views.object_part, name="iiif-part"),
    re_path(r"^(?P<rest>(?:objects|collections|exhibitions|changes)/.*)$", views.nowhere, name="iiif-nowhere"),
]
