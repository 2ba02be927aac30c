"""The formula of a computed indicator in the form of the catalogue."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from indicators.actions.formulating import circle_of, formula_faults
from indicators.formulas import Written, faults, sentence
from indicators.models import Formula, Indicator, Period
from indicators.selectors_formulas import written_of

FIELDS = (
    *("formula_kind", "formula_of", "formula_by"),
    *("formula_periods_back", "formula_base_period", "formula_years"),
)


class FormulaFields(forms.Form):
    """What the form of an indicator asks about its formula; needed only where it is computed from others."""

    formula_kind = forms.ChoiceField(label=_("Rechenart"), required=False, choices=[("", "–"), *Formula.Kind.choices])
    formula_of = forms.ModelMultipleChoiceField(
        Indicator.objects.order_by("name"),
        label=_("wovon"),
        required=False,
        help_text=_("Zähler, Summanden, Ausgangswert einer Differenz, oder was sich über die Zeit ändert."),
    )
    formula_by = forms.ModelMultipleChoiceField(
        Indicator.objects.order_by("name"),
        label=_("wodurch"),
        required=False,
        help_text=_("Nenner, oder was abgezogen wird. Mehrere werden zusammengezählt."),
    )
    formula_periods_back = forms.IntegerField(
        label=_("Zeiträume zurück"),
        required=False,
        min_value=1,
        help_text=_("Für Veränderungen: so viele Zeiträume der Reihe, nicht Jahre."),
    )
    formula_base_period = forms.ModelChoiceField(
        Period.objects.order_by("start"),
        label=_("Fester Zeitraum"),
        required=False,
        help_text=_("Für Veränderungen statt der Zeiträume zurück; für Messzahlen der Zeitraum, der 100 ist."),
    )
    formula_years = forms.IntegerField(
        label=_("Jahre des Mittels"), required=False, min_value=2, help_text=_("Für gleitende Mittel.")
    )


def initial_of(indicator: Indicator) -> dict:
    """What stands in the fields for a stored formula."""
    written = written_of(indicator) if indicator.pk else None
    if written is None:
        return {}
    known = dict(Indicator.objects.filter(slug__in=[*written.of, *written.by]).values_list("slug", "pk"))
    return {
        "formula_kind": written.kind,
        "formula_of": [known[slug] for slug in written.of],
        "formula_by": [known[slug] for slug in written.by],
        "formula_periods_back": written.periods_back,
        "formula_base_period": Period.objects.filter(code=written.base_period).values_list("pk", flat=True).first(),
        "formula_years": written.years,
    }


def written_in(cleaned: dict) -> Written:
    """The formula that cleaned fields say."""
    base = cleaned.get("formula_base_period")
    return Written(
        kind=cleaned.get("formula_kind") or "",
        of=tuple(i.slug for i in cleaned.get("formula_of") or ()),
        by=tuple(i.slug for i in cleaned.get("formula_by") or ()),
        periods_back=cleaned.get("formula_periods_back"),
        base_period=base.code if base else "",
        years=cleaned.get("formula_years"),
    )


def told_formula(data: Mapping) -> dict:
    """The formula of half-filled fields in words, and what is wrong with it; "" where nothing can be said yet."""
    form = FormulaFields(data)
    form.is_valid()
    written = written_in(form.cleaned_data)
    if not written.kind or not written.of:
        return {"sentence": "", "faults": []}
    factor = data.get("factor", "")
    factor = int(factor) if factor.isascii() and factor.isdecimal() and len(factor) < 8 else 1
    names = dict(Indicator.objects.filter(slug__in=[*written.of, *written.by]).values_list("slug", "name"))
    found = [text for _key, text in faults(written, factor=factor)]
    return {"sentence": sentence(written, names.__getitem__, factor=factor), "faults": found}


def check_formula(form: forms.ModelForm, cleaned: dict) -> None:
    """Add an error to the field that is wrong: an incomplete formula, a circle, or one where none belongs."""
    is_computed = cleaned.get("aggregation") == Indicator.Aggregation.COMPUTED
    if not is_computed:
        if cleaned.get("formula_kind"):
            text = _("Eine Formel gehört zu „aus anderen Indikatoren berechnet“.")
            form.add_error("formula_kind", ValidationError(text))
        return
    if not cleaned.get("formula_kind"):
        form.add_error("formula_kind", ValidationError(_("Bitte wählen, wie der Indikator berechnet wird.")))
        return
    written, indicator = written_in(cleaned), form.instance
    indicator.factor = cleaned.get("factor") or indicator.factor
    for key, text in formula_faults(indicator, written) or circle_of(indicator, written):
        form.add_error("factor" if key == "factor" else f"formula_{key}", ValidationError(text))
