"""Every address of the house, in the order in which they are tried."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from exhibits import urls as exhibits_urls
from iiif.presentation.views import nowhere
from museum.api import api, nothing_here

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("museum.health")),
    path("admin/", include("museum.workplace.reports")),
    path("admin/", include("museum.workplace.scripts")),
    path("admin/", include(wagtailadmin_urls)),
    path("iiif/", include("iiif.image.urls")),
    path("iiif/", include("iiif.files.urls")),
    path("iiif/", include("iiif.auth.urls")),
    path("iiif/", include("search.urls")),
    path("iiif/", include("iiif.changes.urls")),
    path("iiif/", include("iiif.presentation.urls")),
    path("api/v1/", api.urls),
    path("api/<path:rest>", nothing_here, name="api-nowhere"),
    path("", include(exhibits_urls.machine_patterns)),
    re_path(r"^iiif(?:/(?P<rest>[\s\S]*))?\Z", nowhere, name="iiif-nowhere"),
]

urlpatterns += i18n_patterns(
    path("", include(exhibits_urls.page_patterns)),
    path("", include(wagtail_urls)),
)

handler400 = "exhibits.views.errors.bad_request"
handler403 = "exhibits.views.errors.forbidden"
handler404 = "museum.workplace.errors.not_found"
handler500 = "exhibits.views.errors.server_error"
