"""The catalogue in the administration."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from indicators.forms import IndicatorForm
from indicators.models import Dimension, Indicator, Period, SeriesBreak


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
