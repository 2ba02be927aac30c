"""Addresses below /api/v1/uploads/."""

from django.urls import path

from indicators.api import AcceptUpload, NewUpload, OneUpload

app_name = "uploads_api"

urlpatterns = [
    path("", NewUpload.as_view(), name="new"),
    path("<int:pk>/", OneUpload.as_view(), name="one"),
    path("<int:pk>/accept/", AcceptUpload.as_view(), name="accept"),
]
