"""URL roots. German pages have no prefix, English ones live below /en/."""

from allauth.account.decorators import secure_admin_login
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from atlas.views.provenance import provenance_staff
from atlas.views.published_file import published_file
from atlas.views.well_known import favicon, robots

from .health import health

admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("gesund/", health, name="health"),
    path("robots.txt", robots, name="robots"),
    path("favicon.ico", favicon, name="favicon"),
    path("verwaltung/", admin.site.urls),
    path("konto/", include("dortmund_sozial.accounts.urls")),
    path(
        "redaktion/herkunft/<slug:slug>/<slug:level>/<str:code>/<str:period>/",
        provenance_staff,
        name="provenance_staff",
    ),
    path("redaktion/aktionsplan/", include("actionplan.urls")),
    path("redaktion/", include("indicators.urls")),
    path("redaktion/", include("atlas.staff_urls")),
    path("daten/<str:digest>/<path:name>", published_file, name="published_file"),
    path("api/v1/uploads/", include("indicators.api_urls")),
    path("api/v1/", include("atlas.api_urls")),
    *i18n_patterns(path("", include("atlas.urls")), prefix_default_language=False),
]

handler400 = "atlas.views.errors.bad_request"
handler403 = "atlas.views.errors.forbidden"
handler404 = "atlas.views.errors.not_found"
handler500 = "atlas.views.errors.server_error"
