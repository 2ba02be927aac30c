"""Addresses of the staff workspace, below /redaktion/. German, never cached, only for accounts."""

from django.urls import path

from .views.grid import grid_choose, grid_draft, grid_page
from .views.grid_api import grid_check, grid_save
from .views.grid_cell import grid_cell
from .views.overview import overview
from .views.upload import (
    upload,
    upload_accept,
    upload_cancel,
    upload_discard,
    upload_file,
    upload_findings,
    upload_marked,
    upload_reason,
    upload_restart,
    upload_state,
)
from .views.upload_mapping import upload_mapping
from .views.upload_templates import templates
from .views.uploads import uploads

app_name = "indicators"

urlpatterns = [
    path("", overview, name="overview"),
    path("lieferungen/", uploads, name="uploads"),
    path("lieferungen/<int:pk>/", upload, name="upload"),
    path("lieferungen/<int:pk>/stand/", upload_state, name="upload_state"),
    path("lieferungen/<int:pk>/zuordnung/", upload_mapping, name="upload_mapping"),
    path("lieferungen/<int:pk>/abbrechen/", upload_cancel, name="upload_cancel"),
    path("lieferungen/<int:pk>/noch-einmal/", upload_restart, name="upload_restart"),
    path("lieferungen/<int:pk>/verwerfen/", upload_discard, name="upload_discard"),
    path("lieferungen/<int:pk>/begruendung/", upload_reason, name="upload_reason"),
    path("lieferungen/<int:pk>/uebernehmen/", upload_accept, name="upload_accept"),
    path("lieferungen/<int:pk>/befunde.xlsx", upload_marked, name="upload_marked"),
    path("lieferungen/<int:pk>/befunde.csv", upload_findings, name="upload_findings"),
    path("lieferungen/<int:pk>/datei/", upload_file, name="upload_file"),
    path("vorlagen/", templates, name="templates"),
    path("raster/", grid_choose, name="grid_choose"),
    path("raster/entwurf/", grid_draft, name="grid_draft"),
    path("raster/<slug:slug>/", grid_page, name="grid"),
    path("raster/<slug:slug>/pruefen/", grid_check, name="grid_check"),
    path("raster/<slug:slug>/zelle/", grid_cell, name="grid_cell"),
    path("raster/<slug:slug>/speichern/", grid_save, name="grid_save"),
]
