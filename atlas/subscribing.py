"""The form for news by mail: what can be chosen, and reading what was sent."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area, AreaLevel
from indicators.models import Indicator
from indicators.selectors import DimensionGroup, catalogue


@dataclass(frozen=True)
class Choices:
    """Indicators by theme, areas by level."""

    indicators: list[DimensionGroup]
    areas: list[tuple[AreaLevel, list[tuple[str, str, str]]]]


def choices() -> Choices:
    """Everything that can be subscribed to: indicators with figures, areas in force. 4 queries."""
    areas: dict[int, list[tuple[str, str, str]]] = {}
    rows = Area.objects.in_force().order_by("level__rank", "search_name", "code")
    for level, slug, code, name in rows.values_list("level_id", "level__slug", "code", "name"):
        areas.setdefault(level, []).append((f"{slug}/{code}", name, code))
    levels = AreaLevel.objects.order_by("rank")
    return Choices(catalogue(with_data=True), [(level, areas[level.pk]) for level in levels if level.pk in areas])


class SubscribeForm(forms.Form):
    """An address, and optionally one indicator and one area (`level/code`)."""

    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Bitte geben Sie eine E-Mail-Adresse an."),
            "invalid": gettext_lazy("Das ist keine E-Mail-Adresse. Sie sieht so aus: name@beispiel.de"),
        },
    )
    indikator = forms.CharField(required=False, max_length=120)
    gebiet = forms.CharField(required=False, max_length=120)

    def clean_indikator(self) -> Indicator | None:
        """The indicator, None for all."""
        slug = self.cleaned_data["indikator"]
        found = Indicator.objects.filter(slug=slug).first() if slug else None
        if slug and found is None:
            raise forms.ValidationError(_("Diesen Indikator gibt es nicht."))
        return found

    def clean_gebiet(self) -> Area | None:
        """The area, None for all."""
        text = self.cleaned_data["gebiet"]
        level, _slash, code = text.partition("/")
        rows = Area.objects.in_force().at_level(level).filter(code=code).select_related("level").defer("geometry")
        found = rows.first() if text else None
        if text and found is None:
            raise forms.ValidationError(_("Dieses Gebiet gibt es nicht."))
        return found
