"""Forms of the adjustment assistant."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplan.actions.choosing import Choice
from actionplan.models import AdjustmentLine, CouncilPaper
from actionplan.selectors.adjustments import results_to_adjust
from atlas.selectors.results import text_of
from atlas.stand import day_text
from indicators.models import Analysis

_DAY = forms.DateInput(attrs={"type": "date", "class": "input"}, format="%Y-%m-%d")


class ResultField(forms.ModelChoiceField):
    """A stored result, told by rule, period and release."""

    def label_from_instance(self, obj: Analysis) -> str:
        """Rule, period, release with its day."""
        rule = text_of(obj.content["definition"], "name")
        return f"{rule} · {obj.period.code} · {obj.release.label}, {day_text(obj.release.published_at)}"


class BeginForm(forms.Form):
    """What an adjustment starts from."""

    result = ResultField(
        results_to_adjust(),
        label=_("Regel, Zahlen und Veröffentlichung"),
        widget=forms.Select(attrs={"class": "select"}),
    )
    plan_day = forms.DateField(
        label=_("Vergleichen mit dem Plan vom"),
        widget=_DAY,
        initial=timezone.localdate,
        help_text=_("Der Beschluss muss nach diesem Tag liegen."),
    )
    title = forms.CharField(
        label=_("Titel"), min_length=3, max_length=160, widget=forms.TextInput(attrs={"class": "input"})
    )

    def clean_plan_day(self):
        """The plan of the future is not known."""
        day = self.cleaned_data["plan_day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Dieser Tag liegt in der Zukunft."))
        return day


class WholeForm(forms.Form):
    """Title and the reason for all of it."""

    title = forms.CharField(
        label=_("Titel"), min_length=3, max_length=160, widget=forms.TextInput(attrs={"class": "input"})
    )
    text = forms.CharField(
        label=_("Begründung im Ganzen"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"class": "input", "rows": 3}),
    )


class DecisionForm(forms.Form):
    """The decision: paper and day. Needed only for the step that records it, which the browser cannot know."""

    use_required_attribute = False

    paper = forms.ModelChoiceField(
        CouncilPaper.objects.order_by("-day"), label=_("Drucksache"), widget=forms.Select(attrs={"class": "select"})
    )
    day = forms.DateField(label=_("Tag des Beschlusses"), widget=_DAY)
    decision = forms.CharField(
        label=_("Beschluss in Worten"),
        max_length=240,
        required=False,
        help_text=_("Leer: Gremium, Tag und Nummer der Drucksache."),
        widget=forms.TextInput(attrs={"class": "input"}),
    )

    def clean_day(self):
        """Decisions are recorded when they are made."""
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Dieser Tag liegt in der Zukunft."))
        return day


def choice_from(data, line: AdjustmentLine) -> Choice:
    """What was sent for a line."""
    return Choice(
        outcome=data.get(f"ergebnis-{line.pk}", line.outcome),
        reason=_text(data.get(f"grund-{line.pk}", line.reason), 5000),
        quarter_name=_text(data.get(f"quartier-{line.pk}", line.quarter_name), 120),
        parts=tuple(data.getlist(f"teile-{line.pk}")),
        boundary=_text(data.get(f"grenze-{line.pk}", ""), 500_000),
    )


def _text(sent: str, longest: int) -> str:
    return sent.replace("\x00", "").strip()[:longest]
