"""Public pages."""

app_name = "atlas"

urlpatterns = []
