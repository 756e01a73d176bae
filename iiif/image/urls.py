"""Addresses of the image service, below /iiif/."""

from django.urls import path

from iiif.image import views

urlpatterns = [
    path("3/<path:rest>", views.answer, {"version": 3}, name="iiif-image-3"),
    path("2/<path:rest>", views.answer, {"version": 2}, name="iiif-image-2"),
]
