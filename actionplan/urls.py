"""Addresses of the action plan's staff pages, below /redaktion/aktionsplan/: German, never cached, with account."""

from django.urls import path

from .views import applications, deliveries, ideas
from .views.copying import copy
from .views.desk import desk

app_name = "plan"

urlpatterns = [
    path("", desk, name="desk"),
    path("jahr-uebernehmen/", copy, name="copy_year"),
    path("einlesen/", deliveries.deliveries, name="deliveries"),
    path("einlesen/vorlage.xlsx", deliveries.template, name="delivery_template"),
    path("einlesen/<int:pk>/", deliveries.delivery, name="delivery"),
    path("einlesen/<int:pk>/uebernehmen/", deliveries.take_over, name="delivery_take_over"),
    path("einlesen/<int:pk>/verwerfen/", deliveries.discard, name="delivery_discard"),
    path("einlesen/<int:pk>/befunde.csv", deliveries.findings_file, {"ending": "csv"}, name="delivery_csv"),
    path("einlesen/<int:pk>/befunde.xlsx", deliveries.findings_file, {"ending": "xlsx"}, name="delivery_xlsx"),
    path("antraege/", applications.applications, name="applications"),
    path("antraege/neu/", applications.new, name="application_new"),
    path("antraege/<int:pk>/", applications.application, name="application"),
    path("antraege/<int:pk>/berichtigen/", applications.amend, name="application_amend"),
    path("antraege/<int:pk>/bescheid/", applications.letter, name="application_letter"),
    path("antraege/<int:pk>/beobachten/", applications.watch, name="application_watch"),
    path("antraege/<int:pk>/schritt/<slug:name>/", applications.step, name="application_step"),
    path("ideen/", ideas.ideas, name="ideas"),
    path("ideen/<int:pk>/", ideas.idea, name="idea"),
    path("ideen/<int:pk>/in-pruefung/", ideas.review, name="idea_review"),
    path("ideen/<int:pk>/veroeffentlichen/", ideas.publish, name="idea_publish"),
    path("ideen/<int:pk>/ablehnen/", ideas.refuse, name="idea_refuse"),
    path("ideen/<int:pk>/projekt/", ideas.to_project, name="idea_to_project"),
]
