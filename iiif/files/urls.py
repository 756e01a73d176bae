"""Addresses of files that are no pictures, below /iiif/files/."""

from django.urls import re_path

from iiif.files import views
from records.ids import PUBLIC_ID

urlpatterns = [re_path(rf"^files/(?P<public_id>{PUBLIC_ID})\.(?P<ending>[a-z0-9]{{2,5}})\Z", views.answer, name="iiif-file")]
