"""Public pages."""

from django.urls import path

from .views import areas, map_downloads, profile, text_pages
from .views.map import map_view

app_name = "atlas"

urlpatterns = [
    path("karte/", map_view, name="map"),
    path("karte/kennwerte.csv", map_downloads.map_csv, name="map_csv"),
    path("karte/karte.geojson", map_downloads.map_geojson, name="map_geojson"),
    path("karte/karte.svg", map_downloads.map_svg_view, name="map_svg"),
    path("karte/karte.png", map_downloads.map_png_view, name="map_png"),
    path("gebiete/", areas.areas, name="areas"),
    path("gebiete/<slug:level>/<str:code>/", profile.profile, name="profile"),
    path("gebiete/<slug:level>/<str:code>/kennwerte.csv", profile.profile_csv, name="profile_csv"),
    path("ueber/", text_pages.about, name="about"),
    path("barrierefreiheit/", text_pages.accessibility, name="accessibility"),
    path("datenschutz/", text_pages.privacy, name="privacy"),
    path("impressum/", text_pages.imprint, name="imprint"),
    path("leichte-sprache/", text_pages.easy, name="easy"),
]
