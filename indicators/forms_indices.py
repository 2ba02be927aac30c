"""Forms of the administration for indices, saying in plain words what does not fit."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from areas.models import Area
from indicators.forms import LimitsField
from indicators.models import CompositeIndex, FormulaTerm, IndexComponent, IndexExclusion


class NamesField(forms.CharField):
    """Names of classes as people write them: "günstig; mittel; ungünstig"."""

    def prepare_value(self, value):
        """The stored list in one line."""
        return "; ".join(value) if isinstance(value, list) else value

    def has_changed(self, initial, data):
        """Whether other names were typed."""
        return list(initial or []) != self.clean(data or "")

    def clean(self, value):
        """A list of names. Raises `ValidationError` for one that is too long."""
        names = [part.strip() for part in (super().clean(value) or "").split(";") if part.strip()]
        if any(len(name) > 60 for name in names):
            raise ValidationError(_("Ein Name hat höchstens 60 Zeichen."))
        return names


class CompositeIndexForm(forms.ModelForm):
    """The rule of an index."""

    limits = LimitsField(
        label=_("Grenzen"),
        required=False,
        help_text=_("Aufsteigend, durch Semikolon getrennt, zum Beispiel: -1; 1; 1,5"),
    )
    class_names = NamesField(
        label=_("Namen der Klassen"),
        required=False,
        help_text=_("Durch Semikolon getrennt, von der günstigsten zur ungünstigsten Lage; einer mehr als Grenzen."),
    )
    class_names_en = NamesField(label=_("Namen der Klassen (englisch)"), required=False)

    class Meta:
        model = CompositeIndex
        fields = (
            *("indicator", "kind", "origin", "origin_en", "standardisation", "combining", "standardised_again"),
            *("limit_kind", "limits", "class_names", "class_names_en", "population", "min_population"),
            *("earlier", "later", "periods_back", "status_index"),
        )

    def clean_indicator(self):
        """An index has no formula and is used in none."""
        indicator = self.cleaned_data["indicator"]
        if indicator.is_computed:
            text = _("„%(name)s“ wird schon nach einer Formel berechnet und kann kein Index sein.")
            raise ValidationError(text, params={"name": indicator.name})
        used = FormulaTerm.objects.filter(input=indicator).values_list("formula__indicator__name", flat=True)
        if names := sorted(set(used)):
            text = _("„%(name)s“ steht in der Formel von „%(used)s“; ein Index steht in keiner Formel.")
            raise ValidationError(text, params={"name": indicator.name, "used": "“, „".join(names)})
        return indicator

    def clean(self):
        """As many names as classes; since when only for a dynamics index."""
        cleaned = super().clean()
        names, count = cleaned.get("class_names") or [], len(cleaned.get("limits") or []) + 1
        if "limits" in cleaned and len(names) != count:
            text = _("Bei %(limits)s Grenzen sind es %(count)s Namen, hier stehen %(found)s.")
            self.add_error(
                "class_names",
                ValidationError(text, params={"limits": count - 1, "count": count, "found": len(names)}),
            )
        earlier, later = cleaned.get("earlier"), cleaned.get("later")
        if earlier and later and earlier.start >= later.start:
            self.add_error("earlier", ValidationError(_("Der frühere Zeitraum muss vor dem späteren liegen.")))
        status = cleaned.get("status_index")
        if status and status.kind != CompositeIndex.Kind.STATUS:
            self.add_error("status_index", ValidationError(_("Das ist kein Status-Index.")))
        return cleaned


class IndexComponentForm(forms.ModelForm):
    """One indicator of an index."""

    class Meta:
        model = IndexComponent
        fields = ("indicator", "weight", "direction", "order")
        localized_fields = ("weight",)

    def clean_indicator(self):
        """An index is no part of an index."""
        indicator = self.cleaned_data["indicator"]
        if CompositeIndex.objects.filter(pk=indicator.pk).exists():
            raise ValidationError(_("Das ist selbst ein Index; ein Index fasst nur Indikatoren zusammen."))
        return indicator


class IndexComponentFormSet(forms.BaseInlineFormSet):
    """All indicators of an index."""

    def clean(self):
        """At least one of them counts."""
        super().clean()
        kept = [
            f.cleaned_data for f in self.forms if getattr(f, "cleaned_data", None) and not self._should_delete_form(f)
        ]
        if any(row.get("indicator") and row["indicator"].pk == self.instance.indicator_id for row in kept):
            raise ValidationError(_("Ein Index kann nicht aus sich selbst berechnet werden."))
        if not any(self.errors) and not any(row.get("weight") for row in kept):
            raise ValidationError(_("Ein Index braucht mindestens einen Indikator mit einem Gewicht über 0."))


class IndexExclusionForm(forms.ModelForm):
    """One area that takes no part."""

    class Meta:
        model = IndexExclusion
        fields = ("level", "code", "reason", "reason_en")

    def clean(self):
        """The area exists."""
        cleaned = super().clean()
        level, code = cleaned.get("level"), cleaned.get("code")
        if level and code and not Area.objects.in_force().filter(level=level, code=code).exists():
            self.add_error("code", ValidationError(_("Dieses Gebiet gibt es auf dieser Ebene nicht.")))
        return cleaned
