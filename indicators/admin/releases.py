"""Releases in the administration: to look at; their way goes through the pages of the workspace."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from indicators.models import Release

from .drafts import DraftsOnly


@admin.register(Release)
class ReleaseAdmin(DraftsOnly, admin.ModelAdmin):
    """Releases; texts of drafts can be changed here. Nobody publishes here: that needs two people and an hour."""

    list_display = ["title", "status", "kind", "publish_at", "published_at", "workspace"]
    list_filter = ["status", "kind"]
    search_fields = ["title", "slug"]
    fields = [
        *("workspace", "title", "title_en", "slug", "kind", "corrects", "notice", "notice_en"),
        *("status", "publish_at", "published_at", "content_digest"),
    ]
    readonly_fields = ["workspace", "kind", "corrects", "status", "publish_at", "published_at", "content_digest"]
    prepopulated_fields = {"slug": ["title"]}

    @admin.display(description=_("Weg"))
    def workspace(self, release):
        """Where it is checked, approved and published."""
        if release.pk is None:
            return "–"
        return format_html('<a href="{}">{}</a>', reverse("staff:release", args=[release.slug]), _("Prüfen, freigeben"))

    def release_of(self, obj):
        """The release itself."""
        return obj

    def get_prepopulated_fields(self, request, obj=None):
        """Only for a new release: a slug stands in addresses."""
        return {} if obj else super().get_prepopulated_fields(request, obj)
