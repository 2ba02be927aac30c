"""Which steps are possible for an application in which state, with form and action of each."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from actionplan import step_forms as forms
from actionplan.actions import applications as actions
from actionplan.models import Application

S = Application.State


@dataclass(frozen=True)
class Possible:
    """A step that follows on some states: its form, what it does, its button, what is said then."""

    name: str
    after: tuple[str, ...]
    form: type[forms.StepForm]
    act: Callable
    button: str | Promise
    said: str | Promise
    is_main: bool = False


DECIDED_AFTER = (S.COMPLETE, S.POSTPONED)
OPEN = (S.RECEIVED, S.INCOMPLETE)
CORRECTABLE = actions.CORRECTABLE
POSSIBLE = {
    each.name: each
    for each in (
        Possible(
            "vollstaendig",
            OPEN,
            forms.CompleteForm,
            actions.say_complete,
            _("Vollständig"),
            _("Der Antrag ist vollständig."),
            is_main=True,
        ),
        Possible(
            "unvollstaendig",
            OPEN,
            forms.IncompleteForm,
            actions.say_incomplete,
            _("Unterlagen fehlen"),
            _("Die Frist ist eingetragen."),
        ),
        Possible(
            "bewilligt",
            DECIDED_AFTER,
            forms.ApproveForm,
            actions.approve_application,
            _("Bewilligt"),
            _("Bewilligt und gebucht."),
            is_main=True,
        ),
        Possible(
            "abgelehnt",
            DECIDED_AFTER,
            forms.RefuseForm,
            actions.refuse_application,
            _("Abgelehnt"),
            _("Die Ablehnung ist eingetragen."),
        ),
        Possible(
            "vertagt",
            DECIDED_AFTER,
            forms.PostponeForm,
            actions.postpone_application,
            _("Vertagt"),
            _("Der Antrag ist vertagt."),
        ),
        Possible(
            "projekt",
            CORRECTABLE,
            forms.ProjectForm,
            actions.choose_project,
            _("Zu einem bestehenden Projekt"),
            _("Das Projekt ist gewählt."),
        ),
        Possible(
            "bescheid",
            (S.APPROVED,),
            forms.LetterForm,
            actions.send_letter,
            _("Bescheid verschickt"),
            _("Der Bescheid ist eingetragen."),
            is_main=True,
        ),
        Possible(
            "nachweis",
            (S.LETTER,),
            forms.ReportForm,
            actions.report_use,
            _("Nachweis geprüft"),
            _("Der Nachweis ist eingetragen und gebucht."),
            is_main=True,
        ),
        Possible(
            "abschluss",
            (S.REPORTED,),
            forms.CloseForm,
            actions.close_application,
            _("Abschließen"),
            _("Der Antrag ist abgeschlossen."),
            is_main=True,
        ),
        Possible(
            "rueckzug",
            (*OPEN, *DECIDED_AFTER, S.APPROVED, S.LETTER),
            forms.WithdrawForm,
            actions.withdraw_application,
            _("Zurückgezogen"),
            _("Der Antrag ist zurückgezogen."),
        ),
    )
}
