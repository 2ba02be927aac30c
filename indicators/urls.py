"""Addresses of the staff workspace, below /redaktion/. German, never cached, only for accounts."""

from django.urls import path

from .views.grid import grid_choose, grid_draft, grid_page
from .views.grid_api import grid_check, grid_save
from .views.grid_cell import grid_cell

app_name = "indicators"

urlpatterns = [
    path("raster/", grid_choose, name="grid_choose"),
    path("raster/entwurf/", grid_draft, name="grid_draft"),
    path("raster/<slug:slug>/", grid_page, name="grid"),
    path("raster/<slug:slug>/pruefen/", grid_check, name="grid_check"),
    path("raster/<slug:slug>/zelle/", grid_cell, name="grid_cell"),
    path("raster/<slug:slug>/speichern/", grid_save, name="grid_save"),
]
