"""/redaktion/lieferungen/<pk>/: one upload from receipt to acceptance, and what can be done with it."""

import csv
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from areas.inert import inert
from indicators.actions.uploads import (
    UploadError,
    accept_upload,
    cancel_upload,
    discard_upload,
    give_reasons,
    marked_spreadsheet,
    release_stuck_uploads,
    start_check,
)
from indicators.forms_uploads import AcceptForm
from indicators.intake.titles import title_of
from indicators.models import Upload, UploadFinding
from indicators.selectors_uploads import RUNNING, place_of, upload_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NAMES = "indicators.view_editor_names"


@login_required
@permission_required("indicators.view_upload", raise_exception=True)
@require_safe
def upload(request, pk: int):
    """Where the upload is on its way, what was found, and what can be done now."""
    return _page(request, _upload(pk))


def _page(request, shown: Upload, accept_form: AcceptForm | None = None):
    may_accept = request.user.has_perm("indicators.accept_upload")
    context = {
        "upload": shown,
        "page": upload_page(shown, shows_names=request.user.has_perm(NAMES)),
        "can_accept": may_accept,
        "accept_form": accept_form or AcceptForm(initial={"title": shown.file_name.rsplit(".", 1)[0]}),
        "crumbs": [
            {"label": _("Lieferungen"), "url": reverse("indicators:uploads")},
            {"label": shown.file_name, "url": ""},
        ],
    }
    return render(request, "redaktion/uploads/detail.html", context, status=422 if accept_form else 200)


@login_required
@permission_required("indicators.view_upload", raise_exception=True)
@require_safe
def upload_state(request, pk: int):
    """How far the worker has come, for the progress bar."""
    release_stuck_uploads()
    shown = _upload(pk)
    count = _("%(done)s von %(total)s Zeilen") % {"done": intcomma(shown.done), "total": intcomma(shown.total)}
    running = shown.state in RUNNING
    answer = {"is_running": running, "state": shown.state, "step": shown.step, "count": count}
    return JsonResponse({**answer, "done": shown.done, "total": shown.total}, headers={"Cache-Control": "no-store"})


@login_required
@permission_required("indicators.add_upload", raise_exception=True)
@require_POST
def upload_cancel(request, pk: int):
    """Ask the worker to stop."""
    return _do(request, pk, cancel_upload, _("Die Prüfung wird abgebrochen."))


@login_required
@permission_required("indicators.add_upload", raise_exception=True)
@require_POST
def upload_restart(request, pk: int):
    """Check once more."""
    return _do(request, pk, start_check, _("Die Prüfung beginnt noch einmal."))


@login_required
@permission_required("indicators.accept_upload", raise_exception=True)
@require_POST
def upload_discard(request, pk: int):
    """Nothing of it shall be used."""
    return _do(request, pk, discard_upload, _("Die Lieferung ist verworfen."))


@login_required
@permission_required("indicators.accept_upload", raise_exception=True)
@require_POST
def upload_reason(request, pk: int):
    """Say why warnings of one check are right as they are."""
    code, reason = request.POST.get("code", ""), request.POST.get("reason", "").strip()
    answer = _do(request, pk, give_reasons, "", code=code, reason=reason)
    answer["Location"] += f"#befund-{code}" if code.isidentifier() else ""
    return answer


@login_required
@permission_required("indicators.accept_upload", raise_exception=True)
@require_POST
def upload_accept(request, pk: int):
    """All values into a draft, or none."""
    shown, form = _upload(pk), AcceptForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, form)
    data = form.cleaned_data
    try:
        accept_upload(
            upload=shown, release=data["release"], title=data["title"], replace=data["replace"], user=request.user
        )
    except UploadError as error:
        form.add_error(None, str(error))
        return _page(request, _upload(pk), form)
    if shown.state == Upload.State.ACCEPTED:
        messages.success(request, _("Die Werte stehen im Entwurf."))
    return redirect("indicators:upload", pk)


@login_required
@permission_required("indicators.view_upload", raise_exception=True)
@require_safe
def upload_marked(request, pk: int):
    """The planner's own spreadsheet with the cells marked."""
    shown = _upload(pk)
    name = f"{shown.file_name.rsplit('.', 1)[0]}-befunde.xlsx"
    return _download(marked_spreadsheet(upload=shown), name, XLSX)


@login_required
@permission_required("indicators.view_upload", raise_exception=True)
@require_safe
def upload_file(request, pk: int):
    """The file as it came in."""
    shown = _upload(pk)
    return _download(bytes(shown.content.body), shown.file_name, "application/octet-stream")


@login_required
@permission_required("indicators.view_upload", raise_exception=True)
@require_safe
def upload_findings(request, pk: int):
    """All findings as a table."""
    shown = _upload(pk)
    response = _download(b"\xef\xbb\xbf", f"{shown.file_name.rsplit('.', 1)[0]}-befunde.csv", "text/csv; charset=utf-8")
    writer = csv.writer(response, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Art"), _("Prüfung"), _("Stelle"), _("Gefunden"), _("Erwartet"), _("Vorschlag"), _("Anzahl")])
    for row in shown.findings.all().iterator():
        kind = UploadFinding.Kind(row.kind).label
        texts = [kind, title_of(row.code), place_of(row), row.found, row.expected, row.suggestion]
        writer.writerow([*(inert(str(text)) for text in texts), row.count])
    return response


def _upload(pk: int) -> Upload:
    return get_object_or_404(Upload.objects.select_related("release", "template", "source", "created_by"), pk=pk)


def _do(request, pk: int, action, done: str, **arguments):
    """Run an action on an upload, tell how it went, go back to its page."""
    try:
        action(upload=_upload(pk), user=request.user, **arguments)
    except UploadError as error:
        messages.error(request, str(error))
    else:
        if done:
            messages.info(request, done)
    return redirect("indicators:upload", pk)


def _download(body: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["Cache-Control"] = "private, no-store"
    return response
