"""Releases in the administration."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from indicators.actions import PublishingError, publish_release
from indicators.models import Release

from .drafts import DraftsOnly


@admin.action(description=_("Veröffentlichen"), permissions=["change"])
def publish(modeladmin, request, queryset):
    """Publish the chosen releases one after the other, the oldest first; say why one cannot be published."""
    for release in queryset.order_by("created_at"):
        try:
            publish_release(release=release)
        except PublishingError as error:
            modeladmin.message_user(request, str(error), messages.ERROR)
        else:
            text = _("„%(title)s“ ist veröffentlicht und wird nicht mehr geändert.")
            modeladmin.message_user(request, text % {"title": release.title}, messages.SUCCESS)


@admin.register(Release)
class ReleaseAdmin(DraftsOnly, admin.ModelAdmin):
    """Releases; drafts can be changed and published, what is published stays as it is."""

    list_display = ["title", "slug", "status", "created_at", "published_at"]
    list_filter = ["status"]
    search_fields = ["title", "slug"]
    fields = ["title", "title_en", "slug", "notice", "notice_en", "status", "published_at", "content_digest"]
    readonly_fields = ["status", "published_at", "content_digest"]
    prepopulated_fields = {"slug": ["title"]}
    actions = [publish]

    def release_of(self, obj):
        """The release itself."""
        return obj

    def get_prepopulated_fields(self, request, obj=None):
        """Only for a new release: a slug stands in addresses."""
        return {} if obj else super().get_prepopulated_fields(request, obj)
