"""Delivered values and published figures in the administration."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from areas.admin.readonly import ReadOnly
from indicators.actions.editors import note_edit
from indicators.forms import ValueForm
from indicators.models import Figure, Value

from .drafts import DraftsOnly


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

    def save_model(self, request, obj, form, change):
        """Whoever changes a value has edited the draft and does not approve it."""
        super().save_model(request, obj, form, change)
        note_edit(release=obj.release, indicator=obj.indicator, user=request.user)

    def delete_model(self, request, obj):
        """The same for whoever deletes one."""
        super().delete_model(request, obj)
        note_edit(release=obj.release, indicator=obj.indicator, user=request.user)


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
