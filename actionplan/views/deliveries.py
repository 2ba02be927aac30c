"""/redaktion/aktionsplan/einlesen/: projects and payments from a spreadsheet, checked, then taken over as a whole."""

import csv
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from actionplan.actions.bringing_in import Brought
from actionplan.actions.delivering import (
    DeliveryError,
    check_delivery,
    discard_delivery,
    receive_delivery,
    take_over_delivery,
)
from actionplan.intake.template import template_file
from actionplan.models import PlanDelivery
from actionplan.rights import EVERY_AREA
from areas.inert import inert
from indicators.intake.findings import by_weight
from indicators.intake.marking import mark_findings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACCEPTED = ".xlsx,.ods,.xls,.csv"
MOST_LISTED = 200
_may_do = permission_required(("actionplan.add_plandelivery", EVERY_AREA), raise_exception=True)


@never_cache
@login_required
@_may_do
@require_http_methods(["GET", "HEAD", "POST"])
def deliveries(request):
    """What came in lately, and the form for a new file."""
    wrong = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            wrong = _("Bitte eine Datei auswählen.")
        else:
            try:
                received = receive_delivery(file_name=file.name, body=file.read(), user=request.user)
                return redirect("plan:delivery", received.pk)
            except DeliveryError as error:
                wrong = str(error)
    shown = PlanDelivery.objects.defer("body").select_related("created_by")[:30]
    context = {"deliveries": shown, "wrong": wrong, "accepted": ACCEPTED}
    return render(request, "redaktion/plan/deliveries.html", context, status=422 if wrong else 200)


@never_cache
@login_required
@_may_do
@require_safe
def delivery(request, pk: int):
    """What a file would bring and what is wrong with it; of one that is taken over what it brought."""
    shown = get_object_or_404(PlanDelivery, pk=pk)
    brought = Brought() if shown.taken_at else check_delivery(delivery=shown, user=request.user)
    context = {
        "delivery": shown,
        "brought": brought,
        "findings": by_weight(brought.findings)[:MOST_LISTED],
        "booked": brought.booked[:MOST_LISTED],
        "created": brought.created[:MOST_LISTED],
        "changed": brought.changed[:MOST_LISTED],
    }
    return render(request, "redaktion/plan/delivery.html", context)


@never_cache
@login_required
@_may_do
@require_POST
def take_over(request, pk: int):
    """Save it all, or nothing; a second click finds that it is done."""
    shown = get_object_or_404(PlanDelivery, pk=pk)
    try:
        take_over_delivery(delivery=shown, user=request.user)
        messages.success(request, _("Übernommen. Alles steht jetzt auf den öffentlichen Seiten."))
    except DeliveryError as error:
        messages.error(request, str(error))
    return redirect("plan:delivery", pk)


@never_cache
@login_required
@_may_do
@require_POST
def discard(request, pk: int):
    """Forget a file that was not taken over."""
    try:
        discard_delivery(delivery=get_object_or_404(PlanDelivery, pk=pk))
        messages.success(request, _("Die Datei ist gelöscht."))
    except DeliveryError as error:
        messages.error(request, str(error))
    return redirect("plan:deliveries")


@never_cache
@login_required
@_may_do
@require_safe
def findings_file(request, pk: int, ending: str):
    """Everything that is wrong: as CSV, or as the file itself with marked cells and a sheet of findings."""
    shown = get_object_or_404(PlanDelivery, pk=pk)
    found = by_weight([] if shown.taken_at else check_delivery(delivery=shown, user=request.user).findings)
    name = f"{shown.file_name.rsplit('.', 1)[0]}-befunde.{ending}"
    if ending == "xlsx":
        original = shown.file_name.rsplit(".", 1)[-1].lower()
        return _download(mark_findings(bytes(shown.body), original, found, shown.file_name), name, XLSX)
    response = _download(b"\xef\xbb\xbf", name, "text/csv; charset=utf-8")
    writer = csv.writer(response, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Datei"), _("Blatt"), _("Zelle"), _("Gefunden"), _("Erwartet")])
    for one in found:
        writer.writerow(map(inert, (shown.file_name, one.sheet, one.cell, one.found, one.expected)))
    return response


@never_cache
@login_required
@_may_do
@require_safe
def template(request):
    """The file to fill in."""
    return _download(template_file(), "aktionsplan-vorlage.xlsx", XLSX)


def _download(body: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["Cache-Control"] = "private, no-store"
    return response
