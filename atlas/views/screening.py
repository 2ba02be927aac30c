"""`/unter-dem-durchschnitt/`: which areas stand out against the city by a rule, and what the plan would become."""

import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas.asked import AskedWrongly, day
from atlas.links import full_address, screening_path
from atlas.pages import public_page
from atlas.selectors.actionplan import first_day
from atlas.selectors.results import NothingStored, area_names
from atlas.selectors.screening import ScreeningPage, proposal_sentence, screening_page
from atlas.views.csv_answer import csv_answer
from atlas.views.typology import as_asked

PARAMETERS = {"regel", "zeit", "am", "stand"}
COLUMNS = (
    *("regel", "zeit", "ebene", "gebiet", "name", "liegt_in", "ergebnis", "erfuellt", "noetig", "indikator", "wert"),
    *("status", "stadt", "grenze", "bedingung_erfuellt", "aktionsplan_am", "ist_aktionsraum", "vorschlag"),
    *("veroeffentlichung", "adresse"),
)
VERDICTS = {"stands_out": "unter dem Durchschnitt", "inconspicuous": "unauffällig", "unknown": "nicht beurteilbar"}
MET = {True: "ja", False: "nein", None: "nicht beurteilbar"}


@require_safe
@public_page(reads=PARAMETERS)
def screening_view(request):
    """Rule, table with reasons, map, small areas below, proposal; what cannot be shown is said, with status 400."""
    try:
        page, wrong = as_asked(_read, request.GET.dict())
    except NothingStored:
        title = _("Unter dem städtischen Durchschnitt")
        return render(request, "atlas/result_none.html", {"title": title}, status=404)
    asked = {"period": page.chosen.period, "stand": page.stand.asked, "on": page.on.isoformat()}
    context = {
        "page": page,
        "wrong": wrong,
        "earliest": first_day(),
        "query": screening_path(page.chosen.slug, **asked).partition("?")[2],
        "proposal_text": proposal_sentence(page),
    }
    return render(request, "atlas/screening.html", context, status=400 if wrong else 200)


@require_safe
@public_page(reads=PARAMETERS)
def screening_csv(request):
    """One row per area and condition, the smaller areas too."""
    try:
        page = _read(request.GET)
        if page.stand.wrong:
            raise page.stand.wrong
    except NothingStored:
        text = _("Es ist noch nichts veröffentlicht.")
        return HttpResponse(text, status=404, content_type="text/plain; charset=utf-8")
    except AskedWrongly as asked:
        return HttpResponse(str(asked), status=400, content_type="text/plain; charset=utf-8")
    return csv_answer(COLUMNS, _rows(page), f"unter-dem-durchschnitt-{page.chosen.slug}-{page.chosen.period}")


def _read(query) -> ScreeningPage:
    today = timezone.localdate()
    on: datetime.date = day(query, "am", default=today, earliest=first_day(), latest=today)
    return screening_page(query, on)


def _rows(page: ScreeningPage):
    content = page.content
    levels = [page.level.slug, *([page.lower.slug] if page.lower else [])]
    names = area_names(*levels)
    for level, rows in zip(levels, (content["areas"], content["below"]), strict=False):
        for row in rows:
            yield from _of_area(page, level, row, names)


def _of_area(page: ScreeningPage, level: str, row: dict, names: dict):
    content, release = page.content, page.chosen.result.release.slug
    definition = content["definition"]
    address = full_address(
        screening_path(page.chosen.slug, period=page.chosen.period, on=page.on.isoformat(), stand=release)
    )
    for number, (criterion, reason) in enumerate(zip(definition["criteria"], row["reasons"], strict=True)):
        yield (
            *(page.chosen.slug, page.chosen.period, level, row["code"], names.get((level, row["code"]), "")),
            *(row.get("inside", ""), VERDICTS[row["verdict"]], row["met"], definition["needed"]),
            *(criterion["indicator"], _comma(reason["value"]), reason["status"], _comma(content["city"][number])),
            *(_comma(content["limits"][number]["value"]), MET[reason["met"]], page.on.isoformat()),
            *_consequence(page, level, row["code"]),
            *(release, address),
        )


def _consequence(page: ScreeningPage, level: str, code: str) -> tuple[str, str]:
    plan = page.proposal
    if plan is None or level != page.level.slug:
        return "", ""
    words = ((plan.joins, "dazu"), (plan.stays, "bleibt"), (plan.leaves, "scheidet aus"))
    said = next((word for codes, word in words if code in codes), "")
    is_open = code in plan.open_members or code in plan.open_others
    return "ja" if code in plan.members else "nein", "nicht beurteilbar" if is_open else said


def _comma(number: str | None) -> str:
    return "" if number is None else number.replace(".", ",")
