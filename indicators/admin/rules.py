"""Definitions of typologies and of rules "below the average" in the administration."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from indicators.definitions import SIGNS
from indicators.models import Screening, ScreeningCriterion, Typology, TypologyIndicator


class TypologyForm(forms.ModelForm):
    """Years are years."""

    def clean_periods(self):
        """Raises `ValidationError` for anything that is no year with four digits."""
        periods = self.cleaned_data["periods"] or []
        if any(not (code.isascii() and code.isdecimal() and len(code) == 4) for code in periods):
            raise ValidationError(_("Bitte Jahre mit vier Ziffern, durch Komma getrennt, zum Beispiel: 2018,2024"))
        return periods


class _Rows(forms.BaseInlineFormSet):
    """Rows of a definition; subclasses say what must hold for all of them together."""

    def clean(self):
        """Check the rows that stay, once each of them is right by itself."""
        super().clean()
        if not any(self.errors):
            self.check([f.cleaned_data for f in self.forms if f.cleaned_data and not f.cleaned_data.get("DELETE")])


class TypologyRows(_Rows):
    """The indicators of a typology."""

    def check(self, rows: list[dict]) -> None:
        """At least one indicator must say which values are severe, or clusters have no order."""
        if not any(SIGNS.get(row["indicator"].direction) for row in rows):
            text = _("Mindestens ein Indikator muss sagen, welche Werte ungünstig sind (Richtung im Katalog).")
            raise ValidationError(text)


class CriterionRows(_Rows):
    """The conditions of a rule."""

    def check(self, rows: list[dict]) -> None:
        """Not more conditions can be needed than there are."""
        needed = self.instance.needed or 1
        if needed > len(rows):
            text = _("So viele Bedingungen gibt es nicht: nötig %(needed)d, vorhanden %(count)d.")
            raise ValidationError(text, params={"needed": needed, "count": len(rows)})


class CriterionForm(forms.ModelForm):
    """One condition; its threshold is typed as people write numbers."""

    class Meta:
        model = ScreeningCriterion
        fields = ("order", "indicator", "comparison", "side", "threshold")
        localized_fields = ("threshold",)


class TypologyIndicatorInline(admin.StackedInline):
    """Indicators of a typology."""

    model = TypologyIndicator
    formset = TypologyRows
    extra = 0
    fields = ["order", "indicator"]
    autocomplete_fields = ["indicator"]


class ScreeningCriterionInline(admin.StackedInline):
    """Conditions of a rule."""

    model = ScreeningCriterion
    form = CriterionForm
    formset = CriterionRows
    extra = 0
    fields = ["order", "indicator", "comparison", "side", "threshold"]
    autocomplete_fields = ["indicator"]


class _DefinitionAdmin(admin.ModelAdmin):
    """A definition whose results are computed with the next release."""

    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}

    def save_related(self, request, form, formsets, change) -> None:
        """After saving: say when it takes effect."""
        super().save_related(request, form, formsets, change)
        if form.has_changed() or any(formset.has_changed() for formset in formsets):
            text = _now(
                "Gespeichert. Öffentlich ändert sich dadurch noch nichts: Neu gerechnet wird mit der nächsten "
                "Veröffentlichung, die einen der Indikatoren enthält."
            )
            messages.warning(request, text)


@admin.register(Typology)
class TypologyAdmin(_DefinitionAdmin):
    """Which areas resemble each other."""

    form = TypologyForm
    list_display = ["name", "level", "method", "cluster_count", "order"]
    list_select_related = ["level"]
    inlines = [TypologyIndicatorInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "description", "level", "periods", "order"]}),
        (_("Verfahren"), {"fields": ["method", "cluster_count", "starts", "seed"]}),
        (_("Englisch"), {"fields": ["name_en", "description_en"]}),
    ]


@admin.register(Screening)
class ScreeningAdmin(_DefinitionAdmin):
    """Which areas lie below the average."""

    list_display = ["name", "level", "lower_level", "needed", "order"]
    list_select_related = ["level", "lower_level"]
    inlines = [ScreeningCriterionInline]
    fieldsets = [
        (None, {"fields": ["name", "slug", "description", "level", "lower_level", "needed", "order"]}),
        (_("Englisch"), {"fields": ["name_en", "description_en"]}),
    ]
