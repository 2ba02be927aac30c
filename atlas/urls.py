"""Public pages."""

from django.urls import path

from .views import (
    applications,
    areas,
    documents,
    ideas,
    indicator,
    inequality,
    map_downloads,
    patterns,
    plan_papers,
    plan_participation,
    plan_programmes,
    plan_project,
    plan_projects,
    profile,
    releases,
    screening,
    similar,
    subscriptions,
    text_pages,
    typology,
)
from .views.actionplan import actionplan
from .views.analyses import analyses
from .views.correlation import correlation_csv, correlation_view
from .views.effect import effect
from .views.group import group, group_choose, group_csv
from .views.here import here
from .views.index_matrix import index_matrix_page
from .views.index_page import index_csv, index_page
from .views.index_what_if import index_what_if
from .views.indicators import indicators
from .views.map import map_view
from .views.methods import methods
from .views.plan_adjustment import plan_adjustment
from .views.plan_area import plan_area
from .views.plan_money import money, money_csv
from .views.plan_offices import plan_offices
from .views.provenance import provenance_json, provenance_page
from .views.ranking import ranking_view
from .views.releases_feed import releases_feed
from .views.search import search_view, suggestions_view
from .views.social_index import social_index
from .views.sources import sources
from .views.start import start

app_name = "atlas"

urlpatterns = [
    path("", start, name="start"),
    path("suche/", search_view, name="search"),
    path("suche/vorschlaege.json", suggestions_view, name="suggestions"),
    path("wo/", here, name="here"),
    path("indikatoren/", indicators, name="indicators"),
    path("indikatoren/<slug:slug>/", indicator.indicator, name="indicator"),
    path("indikatoren/<slug:slug>/kennwerte.csv", indicator.indicator_csv, name="indicator_csv"),
    path("indikatoren/<slug:slug>/beschreibung.json", indicator.indicator_json, name="indicator_json"),
    path("rangliste/<slug:slug>/", ranking_view, name="ranking"),
    path("sozialindex/", social_index, name="social_index"),
    path("sozialindex/<slug:slug>/", index_page, name="index"),
    path("sozialindex/<slug:slug>/ergebnisse.csv", index_csv, name="index_csv"),
    path("sozialindex/<slug:slug>/matrix/", index_matrix_page, name="index_matrix"),
    path("sozialindex/<slug:slug>/was-waere-wenn/", index_what_if, name="index_what_if"),
    path("daten-und-quellen/", sources, name="sources"),
    path("methoden/", methods, name="methods"),
    path("veroeffentlichungen/", releases.releases, name="releases"),
    path("veroeffentlichungen/atom.xml", releases_feed, name="releases_feed"),
    path("veroeffentlichungen/termine.ics", releases.releases_calendar, name="releases_calendar"),
    path("veroeffentlichungen/abonnieren/", subscriptions.subscribe, name="subscribe"),
    path("veroeffentlichungen/<slug:slug>/", releases.release, name="release"),
    path("veroeffentlichungen/<slug:slug>/berichtigungen.csv", releases.corrections_csv, name="release_corrections"),
    path("abonnement/bestaetigen/<str:token>/", subscriptions.confirm, name="subscription_confirm"),
    path("abonnement/abmelden/<str:token>/", subscriptions.unsubscribe, name="subscription_end"),
    path("aktionsplan/", actionplan, name="actionplan"),
    path("aktionsplan/gebiete/<str:code>/", plan_area, name="plan_area"),
    path("aktionsplan/anpassungen/<slug:slug>/", plan_adjustment, name="plan_adjustment"),
    path("aktionsplan/programme/", plan_programmes.programmes, name="plan_programmes"),
    path("aktionsplan/programme/<slug:slug>/", plan_programmes.programme, name="plan_programme"),
    path(
        "aktionsplan/programme/<slug:slug>/fassung/<int:number>/",
        plan_programmes.programme,
        name="plan_programme_version",
    ),
    path("aktionsplan/beteiligung/", plan_participation.participation, name="plan_participation"),
    path("aktionsplan/beteiligung/termine.ics", plan_participation.participation_calendar, name="plan_calendar"),
    path("aktionsplan/bueros/", plan_offices, name="plan_offices"),
    path("aktionsplan/wirkung/", effect, name="effect"),
    path("aktionsplan/projekte/", plan_projects.projects, name="plan_projects"),
    path("aktionsplan/projekte/projekte.csv", plan_projects.projects_csv, name="plan_projects_csv"),
    path("aktionsplan/projekte/<slug:slug>/", plan_project.project, name="plan_project"),
    path("aktionsplan/antrag/", applications.apply, name="apply"),
    path("aktionsplan/antrag/eingang/<str:token>/", applications.receipt, name="application_receipt"),
    path("aktionsplan/projekte/<slug:slug>/dateien/<str:name>", plan_project.project_file, name="plan_project_file"),
    path("aktionsplan/ideen/", ideas.ideas, name="ideas"),
    path("aktionsplan/ideen/neu/", ideas.new_idea, name="idea_new"),
    path("aktionsplan/ideen/stand/<str:token>/", ideas.idea_state, name="idea_state"),
    path("aktionsplan/geld/", money, name="plan_money"),
    path("aktionsplan/geld/geld.csv", money_csv, name="plan_money_csv"),
    path("aktionsplan/beschluesse/", plan_papers.papers, name="plan_papers"),
    path("aktionsplan/beschluesse/<slug:slug>/", plan_papers.paper, name="plan_paper"),
    path("typologie/", typology.typology_view, name="typology"),
    path("typologie/typologie.csv", typology.typology_csv, name="typology_csv"),
    path("unter-dem-durchschnitt/", screening.screening_view, name="screening"),
    path("unter-dem-durchschnitt/gebiete.csv", screening.screening_csv, name="screening_csv"),
    path("analysen/", analyses, name="analyses"),
    path("raeumliche-muster/", patterns.patterns, name="patterns"),
    path("raeumliche-muster/<slug:slug>/", patterns.pattern, name="pattern"),
    path("raeumliche-muster/<slug:slug>/muster.csv", patterns.pattern_csv, name="pattern_csv"),
    path("ungleichheit/", inequality.inequality_list, name="inequality_overview"),
    path("ungleichheit/<slug:slug>/", inequality.inequality, name="inequality"),
    path("ungleichheit/<slug:slug>/ungleichheit.csv", inequality.inequality_csv, name="inequality_csv"),
    path("zusammenhang/", correlation_view, name="correlation"),
    path("zusammenhang/zusammenhang.csv", correlation_csv, name="correlation_csv"),
    path("aehnliche-gebiete/", similar.similar_start, name="similar_start"),
    path("aehnliche-gebiete/<slug:level>/<str:code>/", similar.similar, name="similar"),
    path("aehnliche-gebiete/<slug:level>/<str:code>/aehnliche-gebiete.csv", similar.similar_csv, name="similar_csv"),
    path("karte/", map_view, name="map"),
    path("karte/kennwerte.csv", map_downloads.map_csv, name="map_csv"),
    path("karte/karte.geojson", map_downloads.map_geojson, name="map_geojson"),
    path("karte/karte.svg", map_downloads.map_svg_view, name="map_svg"),
    path("karte/kartenblatt.<str:ending>", documents.map_document, name="map_document"),
    path("karte/kartenreihe.<str:ending>", documents.map_series, name="map_series"),
    path("karte/karte.png", map_downloads.map_png_view, name="map_png"),
    path("gruppe/", group, name="group"),
    path("gruppe/waehlen/", group_choose, name="group_choose"),
    path("gruppe/kennwerte.csv", group_csv, name="group_csv"),
    path("gebiete/", areas.areas, name="areas"),
    path("gebiete/<slug:level>/<str:code>/", profile.profile, name="profile"),
    path("gebiete/<slug:level>/<str:code>/profil.<str:ending>", documents.profile_document, name="profile_document"),
    path("b/<slug:code>/", documents.document, name="document"),
    path("b/<slug:code>/dokument.<str:ending>", documents.document_file, name="document_file"),
    path("gebiete/<slug:level>/<str:code>/kennwerte.csv", profile.profile_csv, name="profile_csv"),
    path("herkunft/<slug:slug>/<slug:level>/<str:code>/<str:period>.json", provenance_json, name="provenance_json"),
    path("herkunft/<slug:slug>/<slug:level>/<str:code>/<str:period>/", provenance_page, name="provenance"),
    path("ueber/", text_pages.about, name="about"),
    path("barrierefreiheit/", text_pages.accessibility, name="accessibility"),
    path("datenschutz/", text_pages.privacy, name="privacy"),
    path("impressum/", text_pages.imprint, name="imprint"),
    path("leichte-sprache/", text_pages.easy, name="easy"),
]
