"""Forms of the administration that say in plain words what does not fit."""

from decimal import Decimal, InvalidOperation
from itertools import pairwise

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from indicators.forms_formula import FormulaFields, check_formula, initial_of
from indicators.models import Indicator, Release, Value
from indicators.statuses import WITH_VALUE, Status


class LimitsField(forms.CharField):
    """Class limits as people write them: "8,52; 11,83; 15,14", ascending."""

    def prepare_value(self, value):
        """Decimals of the database with comma, without needless zeros."""
        if isinstance(value, list):
            return "; ".join(f"{Decimal(limit).normalize():f}".replace(".", ",") for limit in value)
        return value

    def has_changed(self, initial, data):
        """Whether other numbers were typed; how they are written does not matter."""
        try:
            return [Decimal(limit) for limit in initial or []] != self.clean(data or "")
        except ValidationError:
            return True

    def clean(self, value):
        """A list of decimals. Raises `ValidationError` for anything that is no ascending list of numbers."""
        parts = [part.strip() for part in (super().clean(value) or "").split(";") if part.strip()]
        try:
            limits = [Decimal(part.replace(",", ".")) for part in parts]
        except InvalidOperation as error:
            text = _("Bitte Zahlen mit Komma, getrennt durch Semikolon, zum Beispiel: 8,52; 11,83; 15,14")
            raise ValidationError(text) from error
        if any(not limit.is_finite() for limit in limits) or any(b <= a for a, b in pairwise(limits)):
            raise ValidationError(_("Die Grenzen müssen von klein nach groß stehen, jede nur einmal."))
        return limits


class IndicatorForm(FormulaFields, forms.ModelForm):
    """An entry of the catalogue."""

    author_breaks = LimitsField(
        label=_("Eigene Klassengrenzen"),
        required=False,
        help_text=_("Aufsteigend, durch Semikolon getrennt; jede Klasse beginnt bei ihrer Grenze."),
    )

    class Meta:
        model = Indicator
        fields = (
            *("name", "name_en", "slug", "dimension", "order", "levels"),
            *("definition", "definition_en", "direction", "reference", "numerator", "denominator", "numerator_kind"),
            *("numerator_en", "denominator_en", "easy_text", "lowest", "highest", "colours", "next_review"),
            *("unit", "unit_en", "unit_long", "unit_long_en", "decimals"),
            *("aggregation", "weight", "factor", "min_cases"),
            *("counts", "reveals", "part_of", "breakdown", "cases", "concentration"),
            *("default_method", "default_classes", "author_breaks", "author_breaks_note"),
            *("source", "table", "note", "note_en", "author", "checker", "headline"),
        )
        widgets = {"levels": forms.CheckboxSelectMultiple, "colours": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        """The stored formula stands in its fields."""
        instance = kwargs.get("instance")
        if instance is not None:
            kwargs["initial"] = {**initial_of(instance), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)

    def clean(self):
        """A weighted mean needs its weight, a computed indicator its formula."""
        cleaned = super().clean()
        if cleaned.get("aggregation") == Indicator.Aggregation.WEIGHTED_MEAN and not cleaned.get("weight"):
            self.add_error("weight", ValidationError(_("Ein gewichtetes Mittel braucht ein Gewicht.")))
        check_formula(self, cleaned)
        return cleaned


class ValueForm(forms.ModelForm):
    """A value of a draft; number and status have to fit together."""

    class Meta:
        model = Value
        fields = (
            *("release", "indicator", "area", "period", "value", "status"),
            *("numerator", "denominator", "joint_with", "source", "origin"),
        )
        localized_fields = ("value", "numerator", "denominator")

    def __init__(self, *args, **kwargs):
        """Values are added to drafts only."""
        super().__init__(*args, **kwargs)
        if "release" in self.fields:
            self.fields["release"].queryset = Release.objects.filter(status=Release.State.DRAFT)
        if "indicator" in self.fields:
            delivered = Indicator.objects.exclude(aggregation=Indicator.Aggregation.COMPUTED).filter(index=None)
            self.fields["indicator"].queryset = delivered
            self.fields["indicator"].error_messages["invalid_choice"] = _(
                "Für diesen Indikator werden keine Werte geliefert: Er wird aus anderen berechnet."
            )

    def clean(self):
        """Missing is never zero: a number needs a status with a number, and the other way round."""
        cleaned = super().clean()
        status, value = cleaned.get("status"), cleaned.get("value")
        if status and "value" in cleaned and (value is not None) != (status in WITH_VALUE):
            text = _("Mit dem Status „%(status)s“ gehört hier eine Zahl hin.")
            if value is not None:
                text = _("Mit dem Status „%(status)s“ bleibt der Wert leer.")
            self.add_error("value", ValidationError(text, params={"status": Status(status).label}))
        if status == Status.JOINT and not cleaned.get("joint_with"):
            self.add_error("joint_with", ValidationError(_("Bitte die Schlüssel aller beteiligten Gebiete nennen.")))
        return cleaned
