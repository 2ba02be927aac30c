"""Addresses of the staff workspace, below /redaktion/. German, never cached, only for accounts."""

app_name = "indicators"

urlpatterns = []
