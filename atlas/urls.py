"""Public pages."""

from django.urls import path

from .views import text_pages

app_name = "atlas"

urlpatterns = [
    path("ueber/", text_pages.about, name="about"),
    path("barrierefreiheit/", text_pages.accessibility, name="accessibility"),
    path("datenschutz/", text_pages.privacy, name="privacy"),
    path("impressum/", text_pages.imprint, name="imprint"),
    path("leichte-sprache/", text_pages.easy, name="easy"),
]
