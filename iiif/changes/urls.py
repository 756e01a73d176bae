"""Addresses of Change Discovery, below /iiif/."""

from django.urls import path, re_path

from iiif.changes import views

urlpatterns = [
    path("changes/collection.json", views.collection, name="iiif-changes"),
    re_path(r"^changes/(?P<number>[1-9][0-9]{0,17})\.json\Z", views.page, name="iiif-changes-page"),
]
