"""The public interface below /api/v1/; described in docs/api.md."""

from django.urls import path, re_path

from . import api, api_analyses, api_indices, api_results, group_api

app_name = "api"

urlpatterns = [
    path("levels/", api.levels, name="levels"),
    path("areas/", api.areas, name="areas"),
    path("areas.geojson", api.areas_geojson, name="areas_geojson"),
    path("areas/<slug:level>/<str:code>/", api.area, name="area"),
    path("indicators/", api.indicators, name="indicators"),
    path("indicators/<slug:slug>/", api.indicator, name="indicator"),
    path("figures/", api.figures, name="figures"),
    path("groups/", group_api.groups, name="groups"),
    path("index-results/", api_indices.index_results, name="index_results"),
    path("analyses/", api_analyses.analyses, name="analyses"),
    path("correlation/", api_analyses.correlation, name="correlation"),
    path("similar/", api_analyses.similar, name="similar"),
    path("releases/", api.releases, name="releases"),
    path("action-areas/", api.action_areas, name="action_areas"),
    path("typologies/", api_results.typologies, name="typologies"),
    path("screenings/", api_results.screenings, name="screenings"),
    path("wo/", api.here, name="here"),
    path("schema/", api.schema, name="schema"),
    path("", api.overview, name="overview"),
    re_path(r"^.*$", api.unknown, name="unknown"),
]
