"""Addresses of the image service, below /iiif/."""

from django.urls import re_path

from iiif.image import views

# everything below, line breaks too: what is no picture's address is refused with CORS like the rest
urlpatterns = [
    re_path(r"^3(?:/(?P<rest>[\s\S]*))?\Z", views.answer, {"version": 3}, name="iiif-image-3"),
    re_path(r"^2(?:/(?P<rest>[\s\S]*))?\Z", views.answer, {"version": 2}, name="iiif-image-2"),
]
