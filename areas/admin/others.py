"""Places, sources and published files in the administration."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from areas.models import Facility, PublishedFile, Source

from .maps import AdminWithMap, GeometryKeepingForm
from .readonly import ReadOnly


class FacilityForm(GeometryKeepingForm):
    """A place; its position stays exact when nobody moves it."""

    geometry_field = "point"

    class Meta:
        model = Facility
        fields = ("kind", "name", "address", "source", "point")


@admin.register(Facility)
class FacilityAdmin(AdminWithMap):
    """Places that people use."""

    form = FacilityForm
    list_display = ["name", "kind", "address", "source"]
    list_filter = ["kind"]
    list_select_related = ["source"]
    search_fields = ["name", "address", "kind"]

    def get_queryset(self, request):
        """Lists need no positions; the form loads its own."""
        return super().get_queryset(request).defer("point")


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    """Where facts come from."""

    list_display = ["title", "publisher", "state", "licence", "is_estimate", "order"]
    search_fields = ["title", "publisher", "slug"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(PublishedFile)
class PublishedFileAdmin(ReadOnly, admin.ModelAdmin):
    """What the portal has published; to look at only."""

    list_display = ["name", "digest", "is_current", "created_at", "address"]
    list_filter = ["is_current", "content_type"]
    search_fields = ["name", "digest"]
    fields = ["name", "digest", "content_type", "is_current", "created_at", "address"]
    readonly_fields = ["address"]

    def get_queryset(self, request):
        """Without the contents."""
        return super().get_queryset(request).defer("plain", "gzip")

    @admin.display(description=_("Adresse"))
    def address(self, file):
        """Link to the file itself."""
        return format_html('<a href="{0}">{0}</a>', file.path)
