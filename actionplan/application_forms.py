"""The application form of a neighbourhood project, for organisations (in atlas) and for clerks with a form on paper."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.actions.booking import euros
from actionplan.models import ActionArea, Application

COST_LINES = 8
COST_FIELDS = tuple(name for n in range(1, COST_LINES + 1) for name in (f"kosten_{n}", f"betrag_{n}"))
COLUMNS = {
    "organisation": "organisation",
    "email": "email",
    "telefon": "phone",
    "titel": "title",
    "beschreibung": "description",
    "zielgruppe": "target_groups",
    "ziele": "goals",
    "aktionsraum": "action_area",
    "beginn": "begins",
    "ende": "ends",
    "betrag": "amount",
    "eigenes": "own_amount",
}


def money_field(label, *, least="0.01", **more) -> forms.DecimalField:
    """An amount in euros, typed as Germans write it: 1.234,50."""
    field = forms.DecimalField(
        label=label,
        max_digits=10,
        decimal_places=2,
        min_value=Decimal(least),
        localize=True,
        error_messages={"invalid": gettext_lazy("Das ist kein Betrag. Er sieht so aus: 1.234,50")},
        **more,
    )
    field.widget.attrs["inputmode"] = "decimal"
    return field


def day_field(label, **more) -> forms.DateField:
    """A day, with the browser's own calendar."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    invalid = {"invalid": gettext_lazy("Das ist kein Tag. Er sieht so aus: 31.12.2026")}
    return forms.DateField(label=label, widget=widget, error_messages=invalid, **more)


class ApplicationFields(forms.Form):
    """Who asks, for what, where, when, for how much, and what it costs."""

    organisation = forms.CharField(
        label=gettext_lazy("Organisation"),
        max_length=160,
        help_text=gettext_lazy("Verein, Träger, Schule, Initiative. Bitte keine Privatpersonen."),
        error_messages={"required": gettext_lazy("Bitte nennen Sie die Organisation.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-Mail der Organisation"),
        max_length=254,
        help_text=gettext_lazy("Adresse des Büros, keine private. Dorthin gehen Erinnerungen an Fristen."),
        error_messages={
            "required": gettext_lazy("Bitte geben Sie eine E-Mail-Adresse an."),
            "invalid": gettext_lazy("Das ist keine E-Mail-Adresse. Sie sieht so aus: name@beispiel.de"),
        },
    )
    telefon = forms.CharField(
        label=gettext_lazy("Telefon der Organisation (freiwillig)"), max_length=40, required=False
    )
    titel = forms.CharField(
        label=gettext_lazy("Titel des Projekts"),
        max_length=160,
        error_messages={"required": gettext_lazy("Bitte geben Sie dem Projekt einen Titel.")},
    )
    aktionsraum = forms.ModelChoiceField(
        ActionArea.objects.none(),
        label=gettext_lazy("Aktionsraum oder Aktionsquartier"),
        empty_label=gettext_lazy("bitte wählen"),
        error_messages={
            "required": gettext_lazy("Bitte wählen Sie, wo das Projekt stattfindet."),
            "invalid_choice": gettext_lazy("Diesen Aktionsraum gibt es heute nicht."),
        },
    )
    beschreibung = forms.CharField(
        label=gettext_lazy("Was soll geschehen?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": gettext_lazy("Bitte beschreiben Sie das Projekt.")},
    )
    zielgruppe = forms.CharField(
        label=gettext_lazy("Für wen?"),
        max_length=160,
        error_messages={"required": gettext_lazy("Bitte sagen Sie, für wen das Projekt ist.")},
    )
    ziele = forms.CharField(
        label=gettext_lazy("Was soll erreicht werden?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Woran lässt sich am Ende sehen, dass es gelungen ist?"),
        error_messages={"required": gettext_lazy("Bitte sagen Sie, was erreicht werden soll.")},
    )
    beginn = day_field(gettext_lazy("Geplanter Beginn"))
    ende = day_field(gettext_lazy("Geplantes Ende"))
    betrag = money_field(gettext_lazy("Beantragter Betrag in Euro"))
    eigenes = money_field(
        gettext_lazy("Eigene und andere Mittel in Euro"),
        least="0",
        required=False,
        help_text=gettext_lazy("Leer, wenn es keine gibt."),
    )

    def __init__(self, *args, **kwargs):
        """Action areas of today, and the lines of the cost plan."""
        super().__init__(*args, **kwargs)
        found = ActionArea.objects.in_force().defer("geometry").order_by("name")
        self.fields["aktionsraum"].queryset = found
        for n in range(1, COST_LINES + 1):
            self.fields[f"kosten_{n}"] = forms.CharField(
                label=_("Wofür, Zeile %(n)s") % {"n": n}, max_length=120, required=False
            )
            self.fields[f"betrag_{n}"] = money_field(_("Euro, Zeile %(n)s") % {"n": n}, required=False)
        for name in ("aktionsraum", "beginn", "ende", "betrag", *COST_FIELDS):
            css = "select" if name == "aktionsraum" else "input"
            self.fields[name].widget.attrs["class"] = css
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs.setdefault("class", "input")

    @property
    def cost_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The cost plan, line by line."""
        return [(self[f"kosten_{n}"], self[f"betrag_{n}"]) for n in range(1, COST_LINES + 1)]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """All others that people see, in their order."""
        return [self[name] for name in COLUMNS]

    def clean_eigenes(self) -> Decimal:
        """Nothing where nothing was entered."""
        return self.cleaned_data["eigenes"] or Decimal(0)

    def clean(self):
        """The end after the beginning; a cost plan whose lines are complete and add up."""
        said = super().clean()
        begins, ends = said.get("beginn"), said.get("ende")
        if begins and ends and ends < begins:
            self.add_error("ende", _("Das Ende liegt vor dem Beginn."))
        self._clean_costs(said)
        return said

    def _clean_costs(self, said: dict) -> None:
        for n in range(1, COST_LINES + 1):
            label, amount = said.get(f"kosten_{n}"), said.get(f"betrag_{n}")
            if label and amount is None and f"betrag_{n}" not in self.errors:
                self.add_error(f"betrag_{n}", _("Bitte einen Betrag angeben."))
            if amount is not None and not label:
                self.add_error(f"kosten_{n}", _("Bitte sagen, wofür."))
        if any(name in self.errors for name in (*COST_FIELDS, "betrag", "eigenes")):
            return
        costs, asked = sum((amount for _label, amount in self.costs), Decimal(0)), said["betrag"] + said["eigenes"]
        if costs != asked:
            raise ValidationError(
                _("Der Kostenplan ergibt %(costs)s Euro; beantragt und eigene Mittel sind zusammen %(asked)s Euro.")
                % {"costs": euros(costs), "asked": euros(asked)}
            )

    @property
    def costs(self) -> list[tuple[str, Decimal]]:
        """The lines that were filled in. After cleaning."""
        rows = (
            (self.cleaned_data.get(f"kosten_{n}"), self.cleaned_data.get(f"betrag_{n}"))
            for n in range(1, COST_LINES + 1)
        )
        return [(label, amount) for label, amount in rows if label and amount is not None]

    @property
    def columns(self) -> dict:
        """What was entered, by the columns of `Application`. After `is_valid`."""
        return {column: self.cleaned_data[name] for name, column in COLUMNS.items()}


def filled_from(application: Application) -> dict:
    """What a form begins with to correct an application."""
    initial = {name: getattr(application, column) for name, column in COLUMNS.items()}
    for n, line in enumerate(application.costs.all(), 1):
        initial |= {f"kosten_{n}": line.label, f"betrag_{n}": line.amount}
    return initial


class PaperForm(ApplicationFields):
    """What a clerk types in from a form on paper, or corrects."""

    gesehen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    eingang = day_field(gettext_lazy("Eingegangen am"))

    def clean_eingang(self):
        """Not in the future."""
        day = self.cleaned_data["eingang"]
        if day > timezone.localdate():
            raise ValidationError(_("Dieser Tag liegt in der Zukunft."))
        return day
