"""Papers with their sequence, and press releases."""

from django.contrib import admin

from actionplan.models import Consultation, CouncilPaper, PressRelease

from .refusals import SaysRefusals


class ConsultationInline(admin.StackedInline):
    """The bodies in their order."""

    model = Consultation
    fields = ["order", "body", "day", "role", "outcome", "oparl_id"]
    extra = 0


@admin.register(CouncilPaper)
class CouncilPaperAdmin(SaysRefusals, admin.ModelAdmin):
    """Council papers."""

    list_display = ["title", "number", "kind", "day", "office"]
    list_filter = ["kind", "source"]
    search_fields = ["number", "title", "summary"]
    date_hierarchy = "day"
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["source"]
    inlines = [ConsultationInline]


@admin.register(PressRelease)
class PressReleaseAdmin(SaysRefusals, admin.ModelAdmin):
    """Press releases."""

    list_display = ["title", "number", "day"]
    search_fields = ["number", "title", "summary"]
    date_hierarchy = "day"
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["source"]
