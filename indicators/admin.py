"""Catalogue, releases, values and published figures in the administration."""

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _

from areas.admin.readonly import ReadOnly
from indicators.actions import PublishingError, publish_release
from indicators.forms import IndicatorForm, ValueForm
from indicators.models import Dimension, Figure, Indicator, Period, Release, SeriesBreak, Value


@admin.register(Dimension)
class DimensionAdmin(admin.ModelAdmin):
    """Themes of the catalogue."""

    list_display = ["name", "slug", "kind", "order"]
    list_filter = ["kind"]
    search_fields = ["name", "slug"]


@admin.register(Period)
class PeriodAdmin(admin.ModelAdmin):
    """Spans of time that values are about."""

    list_display = ["code", "start", "end"]
    search_fields = ["code"]


class SeriesBreakInline(admin.TabularInline):
    """Breaks in the series of an indicator."""

    model = SeriesBreak
    extra = 0
    fields = ["period", "reason", "reason_en"]


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin):
    """The catalogue: meaning, origin and the rules by which values are added up."""

    form = IndicatorForm
    list_display = ["name", "dimension", "unit_long", "aggregation", "source", "is_published"]
    list_filter = ["dimension", "aggregation", "direction"]
    list_select_related = ["dimension", "source"]
    search_fields = ["name", "slug", "definition"]
    autocomplete_fields = ["weight", "source"]
    inlines = [SeriesBreakInline]
    fieldsets = [
        (None, {"fields": ["name", "name_en", "slug", "dimension", "order", "levels"]}),
        (
            _("Bedeutung"),
            {"fields": ["definition", "definition_en", "direction", "reference", "numerator", "denominator"]},
        ),
        (_("Einheit"), {"fields": ["unit", "unit_en", "unit_long", "unit_long_en", "decimals"]}),
        (_("Zusammenfassung"), {"fields": ["aggregation", "weight", "factor", "min_cases"]}),
        (
            _("Klassen der Karte"),
            {"fields": ["default_method", "default_classes", "author_breaks", "author_breaks_note"]},
        ),
        (_("Herkunft"), {"fields": ["source", "table", "note", "note_en", "author", "checker"]}),
        (_("Bausteine für Sätze"), {"fields": ["headline"], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("mit Werten"), boolean=True)
    def is_published(self, indicator):
        """Whether there are public figures."""
        return indicator.current_edition_id is not None


class DraftsOnly:
    """Records that can be changed and deleted one by one, and only until their release is published."""

    def release_of(self, obj) -> Release:
        """The release that a record belongs to."""
        raise NotImplementedError

    def has_change_permission(self, request, obj=None):
        """Published is published."""
        return super().has_change_permission(request, obj) and self._is_open(obj)

    def has_delete_permission(self, request, obj=None):
        """Published is published."""
        return super().has_delete_permission(request, obj) and self._is_open(obj)

    def get_actions(self, request):
        """No deleting in bulk: it could not tell drafts from what is published."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def _is_open(self, obj) -> bool:
        return obj is None or self.release_of(obj).status == Release.State.DRAFT


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


@admin.register(Value)
class ValueAdmin(DraftsOnly, admin.ModelAdmin):
    """Delivered values; those of a draft can be corrected."""

    form = ValueForm
    list_display = ["indicator", "area", "period", "value", "status", "joint_with", "release"]
    list_filter = ["release", "status", "area__level", "period", "indicator"]
    search_fields = ["area__search_name", "area__code", "indicator__name"]
    autocomplete_fields = ["indicator", "area", "period", "source"]
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request):
        """Without boundaries."""
        values = super().get_queryset(request).select_related("indicator", "area", "period", "release")
        return values.defer("area__geometry")

    def release_of(self, obj):
        """The release of a value."""
        return obj.release


@admin.register(Figure)
class FigureAdmin(ReadOnly, admin.ModelAdmin):
    """Published figures; to look at only."""

    list_display = ["indicator", "area", "period", "value", "status", "rank", "rank_of", "city_difference"]
    list_filter = ["status", "area__level", "period", "edition__indicator"]
    search_fields = ["area__search_name", "area__code"]
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request):
        """Without boundaries."""
        figures = (
            super().get_queryset(request).select_related("edition__indicator", "edition__release", "area", "period")
        )
        return figures.defer("area__geometry", "edition__breaks")

    @admin.display(description=_("Indikator"), ordering="edition__indicator__name")
    def indicator(self, figure):
        """The indicator of the figure's edition."""
        return figure.edition.indicator
