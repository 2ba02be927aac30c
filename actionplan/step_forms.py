"""What clerks fill in for each step of an application."""

from django import forms
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
        for field in self.fields.values():
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

    @property
    def arguments(self) -> dict:
        """The votes as one."""
        said = dict(super().arguments)
        votes = [said.pop(name) for name in ("votes_yes", "votes_no", "votes_abstain")]
        return {**said, "vote": Vote(*votes)}


class FundChoice(forms.ModelChoiceField):
    """Funds with what is free in each."""

    def label_from_instance(self, fund: Fund) -> str:
        """Name, year and what is free."""
        from actionplan.actions.booking import euros  # noqa: PLC0415 - only words

        return _("%(fund)s, frei %(free)s Euro") % {"fund": fund, "free": euros(fund.free)}


class ApproveForm(DecisionForm):
    """How much, from which fund, under which conditions."""

    amount = money_field(_("Bewilligter Betrag in Euro"))
    fund = FundChoice(Fund.objects.none(), label=_("Aus welchem Topf?"), empty_label=_("bitte wählen"))
    conditions = _text(_("Auflagen (freiwillig)"), required=False)

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
