"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include("incidents.api.urls")),
    path("ogc/", include("incidents.api.ogc.urls")),
    path("desk/", include("incidents.desk.urls")),
    path("admin/", admin.site.urls),
    path("", include("incidents.urls")),
]

handler400 = "incidents.views.errors.bad_request"
handler404 = "incidents.views.errors.not_found"
