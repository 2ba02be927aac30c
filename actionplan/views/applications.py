"""/redaktion/aktionsplan/antraege/: applications with their way and exactly the steps that are possible now."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplan.actions import applications as actions
from actionplan.application_forms import PaperForm, filled_from
from actionplan.application_steps import CORRECTABLE, POSSIBLE
from actionplan.models import Application
from actionplan.selectors.applications import (
    DUE,
    OVERDUE,
    SOON,
    ApplicationDetail,
    application_detail,
    applications_counted,
    applications_page,
)

from .guards import open_to

VIEW, HANDLE = "actionplan.view_application", "actionplan.handle_application"
S = Application.State


@open_to(VIEW, require_safe)
def applications(request):
    """All applications, by state or by what is due."""
    counts = applications_counted()
    which = request.GET.get("stand", "")
    which = which if which in counts else ""
    context = {
        "page": applications_page(which, request.GET.get("seite", "1")),
        "which": which,
        "states": [(value, label, counts[value]) for value, label in S.choices if counts[value]],
        "due": counts[DUE],
        "overdue": counts[OVERDUE],
        "total": sum(counts[state] for state in S.values),
        "today": timezone.localdate(),
        "soon": timezone.localdate() + SOON,
        "crumbs": _crumbs(),
    }
    return render(request, "redaktion/plan/applications.html", context)


@open_to(VIEW, require_safe)
def application(request, pk: int):
    """One application: its way, what was asked for, what happened, what can be done now."""
    return _show(request, _found(pk))


@open_to(VIEW, require_safe)
def letter(request, pk: int):
    """Everything the letter of approval has to say, to be printed or copied."""
    detail = _found(pk)
    approval = detail.last(S.APPROVED)
    if approval is None or detail.application.state == S.WITHDRAWN:
        raise Http404(_("Zu diesem Antrag gibt es keine Bewilligung."))
    crumbs = _crumbs(detail.application.number, reverse("plan:application", args=[pk]), _("Bescheid"))
    context = {"detail": detail, "application": detail.application, "approval": approval, "crumbs": crumbs}
    return render(request, "redaktion/plan/letter.html", {**context, "letter": detail.last(S.LETTER)})


@open_to(HANDLE, require_POST)
def step(request, pk: int, name: str):
    """One step; what is refused stays in its form."""
    detail = _found(pk)
    possible = POSSIBLE.get(name)
    if possible is None:
        raise Http404
    form = possible.form(request.POST, application=detail.application)
    if not form.is_valid():
        fault = _("Das Formular war unvollständig. Bitte noch einmal.") if "gesehen" in form.errors else ""
        return _show(request, detail, fault=fault, kept={name: form}, status=422)
    try:
        seen = form.cleaned_data["gesehen"]
        possible.act(application=detail.application, seen=seen, user=request.user, **form.arguments)
    except actions.ApplicationError as error:
        return _show(request, _found(pk), fault=str(error), kept={name: form}, status=409)
    messages.success(request, possible.said)
    return redirect("plan:application", pk)


@open_to(HANDLE, require_POST)
def watch(request, pk: int):
    """Be reminded of its deadlines, or no longer."""
    wanted = request.POST.get("an") == "1"
    actions.watch_application(application=_found(pk).application, user=request.user, on=wanted)
    said = _("Sie werden an die Fristen erinnert.") if wanted else _("Sie werden nicht mehr erinnert.")
    messages.success(request, said)
    return redirect("plan:application", pk)


@open_to(HANDLE, require_http_methods(["GET", "HEAD", "POST"]))
def new(request):
    """A form on paper, typed in."""
    form = PaperForm(request.POST or None, initial={"eingang": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.receive_application(
                costs=form.costs, user=request.user, received_on=form.cleaned_data["eingang"], **form.columns
            )
        except actions.ApplicationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Der Antrag ist eingetragen."))
            return redirect("plan:application", made.pk)
    return _form(request, form, _crumbs(_("Neuer Antrag")), _("Antrag eintragen"))


@open_to(HANDLE, require_http_methods(["GET", "HEAD", "POST"]))
def amend(request, pk: int):
    """Correct what came in, until it is decided."""
    detail = _found(pk)
    shown = detail.application
    if shown.state not in CORRECTABLE:
        raise Http404(_("Über diesen Antrag ist entschieden: Er wird nicht mehr geändert."))
    initial = {**filled_from(shown), "eingang": shown.received_on, "gesehen": detail.newest.pk}
    form = PaperForm(request.POST or None, initial=initial)
    del form.fields["eingang"]  # the number begins with its year
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["gesehen"] or 0
            fields = {"costs": form.costs, "user": request.user, **form.columns}
            actions.amend_application(application=shown, seen=seen, **fields)
        except actions.ApplicationError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Die Angaben sind berichtigt."))
            return redirect("plan:application", pk)
    crumbs = _crumbs(shown.number, reverse("plan:application", args=[pk]), _("Berichtigen"))
    return _form(request, form, crumbs, _("Angaben berichtigen"))


def _form(request, form: PaperForm, crumbs: list[dict], title: str):
    context = {"form": form, "crumbs": crumbs, "title": title}
    return render(request, "redaktion/plan/application_form.html", context, status=422 if form.errors else 200)


def _found(pk: int) -> ApplicationDetail:
    detail = application_detail(pk)
    if detail is None:
        raise Http404(_("Diesen Antrag gibt es nicht."))
    return detail


def _show(request, detail: ApplicationDetail, *, fault: str = "", kept: dict | None = None, status: int = 200):
    shown, kept = detail.application, kept or {}
    initial = {"gesehen": detail.newest.pk, "amount": shown.amount, "number": shown.number}
    steps = []
    for form in kept.values():  # sent again it is about the state that the page shows now
        form.data = {**form.data.dict(), "gesehen": detail.newest.pk}
    if request.user.has_perm(HANDLE):
        for each in POSSIBLE.values():
            if shown.state in each.after:
                form = kept.get(each.name) or each.form(initial=initial, application=shown)
                steps.append({"step": each, "form": form, "is_open": each.name in kept if kept else each.is_main})
    context = {
        "detail": detail,
        "application": shown,
        "possible": steps,
        "fault": fault,
        "can_amend": shown.state in CORRECTABLE and request.user.has_perm(HANDLE),
        "watches": shown.watchers.filter(pk=request.user.pk).exists(),
        "has_letter": detail.last(S.APPROVED) is not None and shown.state != S.WITHDRAWN,
        "is_overdue": bool(shown.deadline and shown.deadline < timezone.localdate()),
        "shows_names": request.user.has_perm("indicators.view_editor_names"),
        "crumbs": _crumbs(shown.number),
    }
    return render(request, "redaktion/plan/application.html", context, status=status)


def _crumbs(label: str = "", url: str = "", last: str = "") -> list[dict]:
    crumbs = [{"label": _("Aktionsplan"), "url": reverse("plan:desk")}]
    crumbs.append({"label": _("Anträge"), "url": reverse("plan:applications") if label else ""})
    if label:
        crumbs.append({"label": label, "url": url})
    return [*crumbs, {"label": last, "url": ""}] if last else crumbs
