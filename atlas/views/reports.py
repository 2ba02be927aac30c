"""/redaktion/berichte/: starting reports, watching them, taking them along, sharing them with the house."""

from collections.abc import Callable
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplan.views.guards import open_to
from atlas.actions.report_keeping import take_up_stuck_reports
from atlas.actions.reporting import (
    ReportError,
    ask_for_report,
    cancel_report,
    forget_request,
    note_downloaded,
    report_for,
    share_report,
)
from atlas.models import Report, ReportRequest
from atlas.report_forms import OptionForm
from atlas.report_starts import MakingForm, Start, release_choices, start_named, starts
from atlas.reports.kinds import in_full
from atlas.reports.origin import NothingToReport
from atlas.reports.sections import WrongOption
from atlas.selectors.reports import how_far, is_withdrawn, own_reports, request_of, request_to_read, shared_reports

ASK = "atlas.ask_report"
FORM = require_http_methods(["GET", "HEAD", "POST"])


@open_to(ASK, require_safe)
def reports(request):
    """What can be started, own reports with their states, those that colleagues share."""
    take_up_stuck_reports()
    page = own_reports(request.user, request.GET.get("seite", "1"))
    context = {
        "starts": starts(),
        "has_release": bool(release_choices()),
        "page": page,
        "is_watching": any(row.report.is_open for row in page.object_list),
        "shared": shared_reports(request.user),
    }
    return render(request, "redaktion/reports/list.html", context)


@open_to(ASK, FORM)
def report_new(request, slug: str):
    """What one kind of report asks, and its start."""
    start = start_named(slug)
    if start is None:
        raise Http404(_("Diesen Bericht gibt es nicht."))
    sent = request.POST if request.method == "POST" else None
    options = OptionForm(start.options(), sent, prefix="angabe")
    making = MakingForm(sent, has_address=bool(request.user.email))
    if (
        sent is not None
        and options.is_valid()
        and making.is_valid()
        and (asked := _begin(request, start, options, making))
    ):
        return redirect(f"{reverse('staff:reports')}#bericht-{asked.pk}")
    context = {"start": start, "options": options, "making": making, "crumbs": _crumbs(str(start.label))}
    return render(request, "redaktion/reports/new.html", context, status=422 if sent is not None else 200)


def _begin(request, start: Start, options: OptionForm, making: MakingForm) -> ReportRequest | None:
    """The request; None when the form tells why there is none."""
    wanted = making.cleaned_data
    try:
        with override(wanted["language"]):
            asked = start.ask(options.options())
        report = report_for(
            kind=asked.kind,
            parameters=in_full(asked.kind, asked.parameters, release=wanted["release"]),
            ending=wanted["ending"],
            release=wanted["release"],
            language=wanted["language"],
            title=asked.title,
        )
        return ask_for_report(report=report, user=request.user, wants_mail=wanted["wants_mail"])
    except (NothingToReport, ReportError, WrongOption) as error:
        options.add_error(None, str(error))
        return None


@open_to(ASK, require_safe)
def reports_state(request):
    """How far own reports are, for those who watch: {"reports": {pk: {…}}}."""
    take_up_stuck_reports()
    pks = [int(pk) for pk in request.GET.getlist("bericht") if pk.isascii() and pk.isdigit() and len(pk) < 12][:100]
    rows = ReportRequest.objects.filter(user=request.user, pk__in=pks).select_related("report")
    told = {str(asked.pk): _state_of(asked.report) for asked in rows.defer("report__parameters")}
    return JsonResponse({"reports": told})


def _state_of(report: Report) -> dict:
    return {"state": report.state, "done": report.done, "total": report.total, "words": how_far(report)}


@open_to(ASK, require_POST)
def report_cancel(request, pk: int):
    """Nobody needs it any more."""
    asked = _own(request, pk)

    def cancel(asked: ReportRequest) -> str:
        if cancel_report(asked=asked):
            return _("„%(title)s“ wird abgebrochen.")
        return _("Sie warten nicht mehr auf „%(title)s“. Für andere wird er weiter erstellt.")

    return _do(request, asked, cancel)


@open_to(ASK, require_POST)
def report_again(request, pk: int):
    """Compute it once more, with what holds now."""
    asked = _own(request, pk)

    def again(asked: ReportRequest) -> str:
        ask_for_report(report=asked.report, user=request.user, wants_mail=asked.wants_mail, afresh=True)
        return _("„%(title)s“ wird noch einmal erstellt.")

    return _do(request, asked, again)


@open_to(ASK, require_POST)
def report_share(request, pk: int):
    """Share it with the house, or no longer."""
    asked, is_shared = _own(request, pk), request.POST.get("teilen") == "1"

    def share(asked: ReportRequest) -> str:
        share_report(asked=asked, is_shared=is_shared)
        return _("„%(title)s“ steht jetzt allen im Haus offen.") if is_shared else _("„%(title)s“ sehen nur noch Sie.")

    return _do(request, asked, share)


@open_to(ASK, require_POST)
def report_forget(request, pk: int):
    """Take it off the list."""

    def forget(asked: ReportRequest) -> str:
        forget_request(asked=asked)
        return _("„%(title)s“ steht nicht mehr auf Ihrer Liste.")

    return _do(request, _own(request, pk), forget)


@open_to(ASK, require_safe)
def report_file(request, pk: int):
    """The file of an own or a shared report."""
    asked = request_to_read(request.user, pk)
    if asked is None:
        raise Http404(_("Diesen Bericht gibt es nicht."))
    report = asked.report
    if is_withdrawn(report):
        return _said(_("Die Veröffentlichung, auf der dieser Bericht beruht, wurde zurückgezogen."), 410)
    if not report.has_file:
        return _said(
            _("Die Datei wird nicht mehr aufbewahrt. Auf der Seite „Berichte“ können Sie sie neu erstellen."), 410
        )
    if asked.user_id == request.user.pk:
        note_downloaded(asked=asked)
    response = HttpResponse(bytes(report.file.body), content_type=report.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(report.name, safe='')}"
    response["X-Robots-Tag"] = "noindex"
    return response


def _said(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _own(request, pk: int) -> ReportRequest:
    asked = request_of(request.user, pk)
    if asked is None:
        raise Http404(_("Diesen Bericht gibt es nicht auf Ihrer Liste."))
    return asked


def _do(request, asked: ReportRequest, action: Callable[[ReportRequest], str]):
    """Do it, tell how it went, go back to the list."""
    try:
        said = action(asked)
        messages.info(request, said % {"title": asked.report.title})
    except ReportError as error:
        messages.error(request, str(error))
    return redirect("staff:reports")


def _crumbs(last: str) -> list[dict]:
    return [{"label": _("Berichte"), "url": reverse("staff:reports")}, {"label": last, "url": ""}]
