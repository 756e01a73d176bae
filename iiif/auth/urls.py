"""Addresses of the Authorization Flow, below /iiif/auth/."""

from django.urls import path, re_path

from iiif.auth import views
from records.ids import PUBLIC_ID

urlpatterns = [
    path("auth/login", views.login, name="iiif-auth-login"),
    path("auth/terminal", views.terminal, name="iiif-auth-terminal"),
    path("auth/token", views.token, name="iiif-auth-token"),
    path("auth/logout", views.logout, name="iiif-auth-logout"),
    re_path(rf"^auth/probe/(?P<public_id>{PUBLIC_ID})\Z", views.probe, name="iiif-auth-probe"),
    re_path(rf"^auth/open/(?P<public_id>{PUBLIC_ID})\Z", views.opens, name="iiif-auth-open"),
]
