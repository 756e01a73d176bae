"""Addresses of Content Search, below /iiif/."""

from django.urls import re_path

from records.ids import PUBLIC_ID
from search import views

_ACT = "(?P<act>search|autocomplete|search-v1|autocomplete-v1)"

urlpatterns = [
    re_path(rf"^objects/(?P<public_id>{PUBLIC_ID})/{_ACT}$", views.of_object, name="iiif-search"),
    re_path(rf"^collections/all/{_ACT}$", views.of_everything, name="iiif-search-everything"),
    re_path(rf"^collections/(?P<folder>[a-z-]+)/(?P<public_id>{PUBLIC_ID})/{_ACT}$", views.of_collection, name="iiif-search-collection"),
]
