"""Addresses of the action plan's staff pages, below /redaktion/aktionsplan/: German, never cached, with account."""

from django.urls import path

from .views import ideas
from .views.desk import desk

app_name = "plan"

urlpatterns = [
    path("", desk, name="desk"),
    path("ideen/", ideas.ideas, name="ideas"),
    path("ideen/<int:pk>/", ideas.idea, name="idea"),
    path("ideen/<int:pk>/in-pruefung/", ideas.review, name="idea_review"),
    path("ideen/<int:pk>/veroeffentlichen/", ideas.publish, name="idea_publish"),
    path("ideen/<int:pk>/ablehnen/", ideas.refuse, name="idea_refuse"),
    path("ideen/<int:pk>/projekt/", ideas.to_project, name="idea_to_project"),
]
