"""`/aktionsplan/geld/`: the money of a year, who decides about it and where it went; and the same as a table."""

from datetime import date
from decimal import Decimal
from functools import partial

from django.http import HttpResponseBadRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actionplan.selectors.money import YearMoney, year_money, years_with_money
from actionplan.selectors.year_projects import YearProjects, paid_projects, recorded_steps
from areas.inert import inert
from areas.kept import kept
from atlas.asked import AskedWrongly, one_of
from atlas.numbers import format_number
from atlas.pages import public_page
from atlas.selectors.plan_money import AreaRow, area_rows

from .csv_answer import csv_answer
from .plan_projects import plan_crumbs


@require_safe
@public_page(reads={"jahr"})
def money(request):
    """Funds of a year (`?jahr=2011`; the newest without), what was approved and paid, by project and place."""
    years, wrong = years_with_money(), None
    year = years[0] if years else None
    try:
        year = _year(request, years)
    except AskedWrongly as asked:
        wrong = asked
    today = timezone.localdate()
    make = partial(_of_year, year, today)
    found, projects = kept(f"year-money-{year}-{get_language()}", make) if year else (None, YearProjects())
    context = {
        "years": years,
        "money": found,
        "recorded": projects.recorded,
        "paid": projects.paid,
        "areas": area_rows(found) if found and found.by_area else [],
        "wrong": wrong,
        "crumbs": plan_crumbs(_("Geld")),
    }
    return render(request, "atlas/plan_money.html", context, status=400 if wrong else 200)


def _of_year(year: int, on: date) -> tuple[YearMoney, YearProjects]:
    """The money of a year and its projects, for readers until anything public changes."""
    found = year_money(year, on=on)
    if not found.projects:
        return found, YearProjects()
    return found, YearProjects(recorded_steps(year, on=on), tuple(paid_projects(year, on=on)))


def _year(request, years: list[int]) -> int | None:
    """The year asked for, the newest without; None where no money is recorded. Raises `AskedWrongly`."""
    if not years:
        return None
    return int(one_of(request.GET, "jahr", [str(known) for known in years], default=str(years[0])))


@require_safe
@public_page(reads={"jahr"})
def money_csv(request):
    """The year as a table: a line for each fund, then a line for each area."""
    try:
        year = _year(request, years_with_money())
    except AskedWrongly as wrong:
        return HttpResponseBadRequest(str(wrong), content_type="text/plain; charset=utf-8")
    columns = (
        *(
            _("Jahr"),
            _("Art der Zeile"),
            _("Name"),
            _("Geldgeber"),
            _("Enthalten in"),
            _("Betrag (Euro)"),
            _("gerundet"),
        ),
        *(_("geplant (Euro)"), _("bewilligt (Euro)"), _("gebunden (Euro)"), _("ausgezahlt (Euro)")),
        *(_("Einwohner"), _("Stand"), _("geschätzt"), _("bewilligt je Einwohner (Euro)")),
    )
    found = year_money(year, on=timezone.localdate()) if year else None
    rows = (
        [
            *_fund_rows(found, recorded_steps(year, on=timezone.localdate())),
            *(_area_row(found.year, row) for row in area_rows(found)),
        ]
        if found
        else []
    )
    return csv_answer(columns, rows, f"aktionsplan-geld-{year}" if year else "aktionsplan-geld")


def _fund_rows(found: YearMoney, recorded: frozenset[str]) -> list[list]:
    """Amounts of steps that nobody recorded are empty, because that is not zero."""
    rows = []
    for group in found.groups:
        for line in group.lines:
            fund, used = line.fund, line.used
            name = f"{fund.name} ({fund.action_area})" if fund.action_area else fund.name
            whole = fund.part_of.name if fund.part_of else ""
            about = _("ja") if fund.is_about else ""
            steps = {
                "planned": used.planned,
                "approved": used.granted,
                "committed": used.committed,
                "spent": used.spent,
            }
            sums = [_amount(one) if line.projects and step in recorded else "" for step, one in steps.items()]
            start = [found.year, _("Topf"), *map(inert, (name, fund.funder.name, whole))]
            rows.append([*start, _amount(line.volume), about, *sums, "", "", "", ""])
    return rows


def _area_row(year: int, row: AreaRow) -> list:
    people, money = row.inhabitants, row.money
    told = ["", "", ""]
    if people:
        told = [str(people.count.to_integral_value()), people.label, _("ja") if people.is_estimated else ""]
    each = _amount(row.per_inhabitant)
    start = [year, money.area.level.label, inert(money.area.name), "", "", "", ""]
    return [*start, "", _amount(money.granted), "", _amount(money.spent), *told, each]


def _amount(amount: Decimal | None) -> str:
    """With decimal comma and without groups; empty where it is not known."""
    return "" if amount is None else format_number(amount, 2, "de").replace(".", "")
