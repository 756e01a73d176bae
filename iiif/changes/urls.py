"""Addresses of Change Discovery, below /iiif/."""

from django.urls import path

from iiif.changes import views

urlpatterns = [
    path("changes/collection.json", views.collection, name="iiif-changes"),
    path("changes/<int:number>.json", views.page, name="iiif-changes-page"),
]
