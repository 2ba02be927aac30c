"""Indices in the administration: rule, indicators with weights, areas that take no part."""

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from indicators.forms_indices import (
    CompositeIndexForm,
    IndexComponentForm,
    IndexComponentFormSet,
    IndexExclusionForm,
)
from indicators.models import CompositeIndex, IndexComponent, IndexExclusion


class IndexComponentInline(admin.StackedInline):
    """Indicators of an index."""

    model = IndexComponent
    form = IndexComponentForm
    formset = IndexComponentFormSet
    extra = 1
    autocomplete_fields = ["indicator"]
    fields = ["indicator", "weight", "direction", "order"]


class IndexExclusionInline(admin.StackedInline):
    """Areas that take no part."""

    model = IndexExclusion
    form = IndexExclusionForm
    extra = 0
    fields = ["level", "code", "reason", "reason_en"]


@admin.register(CompositeIndex)
class CompositeIndexAdmin(admin.ModelAdmin):
    """What makes an indicator an index; name, definition and levels stand in the catalogue."""

    form = CompositeIndexForm
    list_display = ["indicator", "kind", "standardisation", "combining", "min_population"]
    list_select_related = ["indicator"]
    search_fields = ["indicator__name", "indicator__slug"]
    autocomplete_fields = ["indicator", "population", "earlier", "later", "status_index"]
    inlines = [IndexComponentInline, IndexExclusionInline]
    fieldsets = [
        (None, {"fields": ["indicator", "kind", "origin", "origin_en"]}),
        (_("Rechenweg"), {"fields": ["standardisation", "combining", "standardised_again"]}),
        (_("Klassen"), {"fields": ["limit_kind", "limits", "class_names", "class_names_en"]}),
        (_("Wer teilnimmt"), {"fields": ["population", "min_population"]}),
        (_("Nur bei Dynamik"), {"fields": ["earlier", "later", "periods_back", "status_index"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: CompositeIndex | None = None) -> list[str]:
        """An index stays the one it is."""
        return ["indicator"] if obj else []

    def save_related(self, request: HttpRequest, form, formsets, change) -> None:
        """After saving: public results only follow with the next release."""
        super().save_related(request, form, formsets, change)
        changed = bool(form.changed_data) or any(formset.has_changed() for formset in formsets)
        if change and changed and form.instance.indicator.current_edition_id:
            messages.warning(
                request,
                _(
                    "Gespeichert. Die öffentlichen Ergebnisse ändern sich dadurch noch nicht: Erst die nächste "
                    "Veröffentlichung mit Werten eines seiner Indikatoren rechnet den Index neu."
                ),
            )
