"""`/gruppe/`: areas that a reader puts together, with the figures of all of them together."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas.inert import inert
from atlas.group_page import flat_rows, group_context, reason_of, title_of
from atlas.group_reading import PARAMETERS, group_url, read_group
from atlas.pages import public_page
from atlas.records import number_text, sign_text, sure_text
from atlas.selectors.groups import group_rows
from atlas.views.csv_answer import csv_answer

COLUMNS = (
    *("gruppe", "ebene", "gebiete", "indikator", "titel", "zeit", "wert", "status", "zeichen"),
    *("intervall_von", "intervall_bis", "einheit", "stadt", "abstand_zur_stadt", "abstand_sicher", "grund"),
)


@require_safe
@public_page(reads=PARAMETERS)
def group(request):
    """The group's figures and the form; what cannot be used is said, with status 400."""
    asked = read_group(request.GET)
    return render(request, "atlas/group.html", group_context(asked), status=400 if asked.remarks else 200)


@require_safe
def group_choose(request):
    """From the form (one parameter for each box) to the address that can be passed on."""
    codes = [code for code in request.GET.getlist("gebiet") if "," not in code]
    level, name, stand = (request.GET.get(key, "") for key in ("ebene", "name", "stand"))
    return redirect(group_url(level, codes, name=name, stand=stand))


@require_safe
@public_page(reads=PARAMETERS)
def group_csv(request):
    """The group's figures: UTF-8 with byte order mark, semicolons, decimal commas."""
    asked = read_group(request.GET)
    if asked.remarks or not asked.areas:
        said = " ".join(asked.remarks) or _("Nennen Sie mit „gebiete“ die Schlüssel der Gebiete.")
        return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
    rows = flat_rows(group_rows(asked.level, asked.areas, asked.stand.moment))
    return csv_answer(COLUMNS, (_record(asked, row) for row in rows), "gebietsgruppe")


def _record(asked, row) -> list[str]:
    figure, indicator = row.figure, row.indicator
    return [
        inert(title_of(asked)),
        asked.level.slug,
        "+".join(asked.codes),
        indicator.slug,
        indicator.label,
        row.period.code,
        number_text(figure.value, indicator.decimals),
        figure.status,
        sign_text(figure.status),
        number_text(figure.lower, indicator.decimals),
        number_text(figure.upper, indicator.decimals),
        indicator.unit_long_label,
        number_text(row.city.value if row.city else None, indicator.decimals),
        number_text(figure.city_difference, indicator.decimals),
        sure_text(figure.differs),
        reason_of(asked, row),
    ]
