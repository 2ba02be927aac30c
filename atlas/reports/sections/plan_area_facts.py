"""What is done in one area of the plan: programme, projects, money, offices, decisions, dates."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from actionplan.models import Office, PlanFunction
from actionplan.selectors.areas import AreaInPlan, YearHere
from actionplan.selectors.offices import offices_here
from actionplan.selectors.participation import dates_here
from actionplan.selectors.programmes import programmes_of
from actionplan.selectors.project_lines import project_lines
from atlas.reports.amounts import euro_cell, euros
from atlas.reports.document import (
    Block,
    Cell,
    Column,
    Row,
    RowGroup,
    Runs,
    Table,
    Terms,
    Text,
    runs,
)
from atlas.reports.sections.plan_projects import projects_table
from atlas.reports.sections.section import Making
from atlas.reports.sections.shown import show_sources_of
from atlas.selectors.adjustments import grounds
from atlas.templatetags.plan_dates import duration, held_words, participation_time

MOST_DATES = 6


def fact_blocks(found: AreaInPlan, making: Making) -> list[Block]:
    """Projects and money as tables, everything else as terms. About 25 queries."""
    tables = [*_projects(found, making), *_money(found)]
    terms = [entry for entry in _terms(found, making) if entry[1]]
    return [*tables, Terms(tuple(terms), "glossary")]


def _projects(found: AreaInPlan, making: Making) -> list[Block]:
    lines = project_lines(on=making.day, codes=[found.area.code], wide=False)
    if not lines:
        return []
    caption = _("Projekte in %(name)s") % {"name": found.area.name}
    return [projects_table([("", lines)], making, caption=caption)]


def _money(found: AreaInPlan) -> list[Block]:
    if not any(year.sources for year in found.years):
        return []
    rows = tuple(_year(year) for year in found.years)
    undivided = _("Nicht dabei ist Geld von Projekten, das nicht auf Gebiete aufgeteilt ist.")
    return [
        Table(
            name=_("Geld %(name)s") % {"name": found.area.name},
            caption=_("Geld für dieses Gebiet, in Euro"),
            columns=(
                Column(_("Jahr"), "text", 12),
                Column(_("Eigene Töpfe"), "text", 40),
                Column(_("für Projekte bewilligt"), "number", 24),
                Column(_("davon ausgezahlt"), "number", 24),
            ),
            groups=(RowGroup("", rows),),
            notes=(runs(undivided),) if found.has_undivided else (),
            dense=True,
        ),
    ]


def _year(year: YearHere) -> Row:
    funds = "; ".join(f"{fund.name}: {euros(amount, about=fund.is_about)}" for fund, amount in year.funds)
    return Row((Cell(str(year.year)), Cell(funds or "–"), euro_cell(year.granted), euro_cell(year.spent)))


def _terms(found: AreaInPlan, making: Making) -> Iterable[tuple[str, Runs]]:
    day = making.day
    if not project_lines(on=day, codes=[found.area.code], wide=False):
        yield _("Projekte"), runs(_("Von keinem Projekt ist bekannt, dass es hier arbeitet."))
    if not any(year.sources for year in found.years):
        yield _("Geld"), _funds(found)
    yield _("Aktionsprogramm"), _programmes(found, making)
    yield _("Beschlüsse"), _decisions(found, making)
    offices = offices_here(found.area, on=day)
    show_sources_of(making, (*offices.now, *offices.functions))
    said = [*(_office(office) for office in offices.now), *(_function(one) for one in offices.functions)]
    yield _("Vor Ort"), runs(Text("; ".join(said), language="de")) if said else ()
    coming = dates_here(found.area, found.memberships, on=day).coming[:MOST_DATES]
    show_sources_of(making, coming)
    said = [f"{participation_time(event)}: {event.label}" for event in coming]
    yield _("Nächste Termine"), runs("; ".join(said) or _("Am Stichtag war im Portal kein Termin angekündigt."))


def _funds(found: AreaInPlan) -> Runs:
    """Funds of the area alone, where no money of projects is divided among areas."""
    said = [
        f"{fund.name} {year.year}: {euros(amount, about=fund.is_about)}"
        for year in found.years
        for fund, amount in year.funds
    ]
    said.append(_("Für Projekte ist kein auf Gebiete aufgeteiltes Geld eingetragen."))
    return runs("; ".join(said[:-1]), ". " if said[:-1] else "", said[-1])


def _programmes(found: AreaInPlan, making: Making) -> Runs:
    programmes = programmes_of(found.area, on=making.day)
    if not programmes:
        return runs(_("Noch keines veröffentlicht."))
    said = [f"{one.title} ({duration(one.valid)}, {one.get_state_display()})" for one in programmes]
    return runs(Text("; ".join(said), language="de"))


def _decisions(found: AreaInPlan, making: Making) -> Runs:
    """Every decision about the area up to the day, the oldest first."""
    said: dict[str, None] = {}
    for member in found.memberships:
        said[f"{_day(member.valid.lower, exact=member.start_is_exact)}: {member.decision}"] = None
        if member.valid.upper and member.valid.upper <= making.day and member.end_decision:
            said[f"{_day(member.valid.upper, exact=True)}: {member.end_decision}"] = None
    for ground in grounds(found.area):
        if ground.adjustment.day <= making.day and ground.line.reason:
            said[f"{_day(ground.adjustment.day, exact=ground.adjustment.day_is_exact)}: {ground.line.reason}"] = None
    return runs(Text("; ".join(one.rstrip(".") for one in said), language="de"))


def _day(day, *, exact: bool) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if exact else str(day.year)


def _office(office: Office) -> str:
    return f"{office} ({held_words(office)})"


def _function(function: PlanFunction) -> str:
    number = f"{function.number} " if function.number else ""
    through = f", {function.office}" if function.office else ""
    return f"{number}{function.label}{through} ({held_words(function)})"
