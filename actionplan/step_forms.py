"""What clerks fill in for each step of an application."""

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from actionplan.actions.applications import Vote
from actionplan.application_forms import day_field, money_field
from actionplan.models import Fund, Project, ProjectState
from actionplan.selectors.application_funds import funds_for, projects_for


def _text(label, *, required=True, rows=3, **more) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=3000, required=required, widget=forms.Textarea(attrs={"rows": rows}), **more
    )


def _votes(label) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=999)


class StepForm(forms.Form):
    """Every step says which one its author has seen last."""

    gesehen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)

    def __init__(self, *args, application=None, **kwargs):
        """`auto_id` of its own, because several of these forms stand on one page."""
        kwargs.setdefault("auto_id", f"{type(self).__name__.lower()}_%s")
        super().__init__(*args, **kwargs)
        self.application = application
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput):
                field.widget.attrs["class"] = "select" if isinstance(field.widget, forms.Select) else "input"

    @property
    def arguments(self) -> dict:
        """What the action is called with. After `is_valid`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "gesehen"}


class IncompleteForm(StepForm):
    """What is missing, until when."""

    missing = _text(_("Was fehlt? Eine Zeile je Unterlage."), rows=4)
    deadline = day_field(_("Nachzureichen bis"))


class CompleteForm(StepForm):
    """Everything is there."""

    note = _text(_("Bemerkung (freiwillig)"), required=False, rows=2)


class DecisionForm(StepForm):
    """A decision of the Projektkonferenz."""

    day = day_field(_("Tag der Projektkonferenz"))
    votes_yes, votes_no, votes_abstain = _votes(_("Ja-Stimmen")), _votes(_("Nein-Stimmen")), _votes(_("Enthaltungen"))

    def clean_day(self):
        """Neither before the application came in nor in the future."""
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Dieser Tag liegt in der Zukunft."))
        if self.application and day < self.application.received_on:
            received = date_format(self.application.received_on, "SHORT_DATE_FORMAT")
            text = _("Dieser Tag liegt vor dem Eingang des Antrags (%(received)s).")
            raise forms.ValidationError(text, params={"received": received})
        return day

    @property
    def arguments(self) -> dict:
        """The votes as one."""
        said = dict(super().arguments)
        votes = [said.pop(name) for name in ("votes_yes", "votes_no", "votes_abstain")]
        return {**said, "vote": Vote(*votes)}


class _ByYear(ModelChoiceIterator):
    """Funds of this year and of years to come first; older ones apart, the newest first."""

    def __iter__(self):
        yield ("", self.field.empty_label)
        this = timezone.localdate().year
        funds = list(self.queryset)
        groups = (
            (_("Dieses Jahr und geplante Jahre"), sorted((f for f in funds if f.year >= this), key=lambda f: f.year)),
            (_("Frühere Jahre, nur mit Absicht"), [fund for fund in funds if fund.year < this]),
        )
        yield from ((label, [self.choice(fund) for fund in some]) for label, some in groups if some)


class FundChoice(forms.ModelChoiceField):
    """Funds with what is free in each."""

    iterator = _ByYear

    def label_from_instance(self, fund: Fund) -> str:
        """Name, year and what is free."""
        from actionplan.actions.booking import euros  # noqa: PLC0415 - only words

        return _("%(fund)s, frei %(free)s Euro") % {"fund": fund, "free": euros(fund.free)}


class ApproveForm(DecisionForm):
    """How much, from which fund, under which conditions."""

    amount = money_field(_("Bewilligter Betrag in Euro"))
    fund = FundChoice(Fund.objects.none(), label=_("Aus welchem Topf?"), empty_label=_("bitte wählen"))
    older = forms.BooleanField(label=_("Der Topf ist mit Absicht aus einem früheren Jahr"), required=False)
    conditions = _text(_("Auflagen (freiwillig)"), required=False)
    against_vote = _text(
        _("Begründung, wenn es nicht mehr Ja als Nein gab"),
        required=False,
        rows=2,
        help_text=_("Warum trotzdem bewilligt wird, und wer das entschieden hat (das Amt, kein Name)."),
    )

    def clean(self):
        """An older fund only on purpose; against the vote only with a reason."""
        said = super().clean()
        fund, day = said.get("fund"), said.get("day")
        if fund and day and fund.year < day.year and not said.get("older"):
            text = _("Der Topf ist von %(year)s. Wenn das so gewollt ist, bestätigen Sie es darunter.")
            self.add_error("fund", forms.ValidationError(text, params={"year": fund.year}))
        yes, no = said.get("votes_yes"), said.get("votes_no")
        if yes is not None and no is not None and yes <= no and not said.get("against_vote"):
            self.add_error("against_vote", _("Es gab nicht mehr Ja als Nein: Bitte begründen Sie die Bewilligung."))
        return said

    @property
    def arguments(self) -> dict:
        """Without the confirmation."""
        return {name: value for name, value in super().arguments.items() if name != "older"}

    def __init__(self, *args, application=None, **kwargs):
        """Funds of open years with a known amount: of the action area, or of the whole plan."""
        super().__init__(*args, application=application, **kwargs)
        self.fields["fund"].queryset = funds_for(application) if application else Fund.objects.none()


class ProjectChoice(forms.ModelChoiceField):
    """Projects with their state."""

    def label_from_instance(self, project: Project) -> str:
        """Title and newest state."""
        state = dict(ProjectState.State.choices).get(project.state_now, _("Zustand nicht bekannt"))
        return f"{project.title} ({state})"


class ProjectForm(StepForm):
    """Which project that is known already the application is for."""

    project = ProjectChoice(
        Project.objects.none(),
        label=_("Für welches Projekt?"),
        required=False,
        empty_label=_("ein neues, das mit der Bewilligung entsteht"),
        help_text=_(
            "Projekte des Aktionsraums und der ganzen Stadt. Ein Projekt kann aus einem Topf durch mehrere Anträge "
            "Geld bekommen; jeder Antrag hat seine eigene Zuweisung."
        ),
    )

    def __init__(self, *args, application=None, **kwargs):
        """The project that is chosen already stands first."""
        super().__init__(*args, application=application, **kwargs)
        if application:
            self.fields["project"].queryset = projects_for(application)
            self.fields["project"].initial = application.project_id


class RefuseForm(DecisionForm):
    """Why not."""

    reason = _text(_("Begründung"))


class PostponeForm(DecisionForm):
    """Another time."""

    reason = _text(_("Was ist noch zu klären? (freiwillig)"), required=False)


class LetterForm(StepForm):
    """Number and day of the letter; when the proof of use is due."""

    number = forms.CharField(label=_("Nummer des Bescheids"), max_length=40)
    day = day_field(_("Datum des Bescheids"))
    report_due = day_field(_("Nachweis fällig am"))


class ReportForm(StepForm):
    """What was spent, what the receipts come to, what was reached."""

    day = day_field(_("Nachweis eingegangen am"))
    spent = money_field(_("Verwendeter Betrag in Euro"), least="0")
    receipts = money_field(_("Summe der Belege in Euro"), least="0")
    results = _text(_("Was wurde erreicht?"), rows=5)


class CloseForm(StepForm):
    """Nothing is left to do."""

    note = _text(_("Bemerkung (freiwillig)"), required=False, rows=2)


class WithdrawForm(StepForm):
    """The organisation does not want it any more."""

    reason = _text(_("Grund"), rows=2)
