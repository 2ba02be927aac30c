"""Addresses of the action plan's staff pages, below /redaktion/aktionsplan/: German, never cached, with account."""

from django.urls import path

from .views.desk import desk

app_name = "plan"

urlpatterns = [
    path("", desk, name="desk"),
]
