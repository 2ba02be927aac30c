"""What changed in the plan since the last paper, from its journals."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.budget import Money
from actionplan.selectors.changes import PlanChanges, ProjectDay, StateChange, newest_report, plan_changes
from atlas.reports.amounts import euro_cell
from atlas.reports.compilation import Part
from atlas.reports.document import (
    Block,
    Cell,
    Column,
    Heading,
    Items,
    Paragraph,
    Row,
    RowGroup,
    Runs,
    Table,
    Text,
    runs,
)
from atlas.reports.sections.plan_state import paper_words
from atlas.reports.sections.reading import SINCE, since_of
from atlas.reports.sections.section import Making, Section
from atlas.reports.sections.shown import show_sources_of

LABEL = gettext_lazy("Was sich verändert hat")


def _build(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(LABEL))
    since = since_of(LABEL, part.options, making)
    if since == making.day:  # there is neither a plan nor a report
        return ()
    found = plan_changes(since, making.day)
    lead = Paragraph(runs(_lead(part, found)), "lead")
    if not found.any:
        return (lead, Paragraph(runs(_("In dieser Zeit ist keine Veränderung eingetragen."))))
    projects = (one.project for one in (*found.begun, *found.ended, *found.booked))
    show_sources_of(making, (*found.joined, *found.left, *found.papers, *projects))
    show_sources_of(making, (change.fund for change in found.funds))
    return (
        lead,
        *_listed(_("Gebiete"), _areas(found)),
        *_listed(_("Beschlüsse und Berichte"), _decisions(found)),
        *_listed(_("Neue Projekte"), [_project(one) for one in found.begun]),
        *_listed(_("Beendete Projekte"), [_project(one) for one in found.ended]),
        *_states(found.states),
        *_funds(found),
        *_booked(found),
    )


def _lead(part: Part, found: PlanChanges) -> str:
    days = {"since": date_format(found.since, "DATE_FORMAT"), "until": date_format(found.until, "DATE_FORMAT")}
    report = None if part.options.get("since") else newest_report(found.until)
    if report is None:
        return _("Vom %(since)s bis zum %(until)s.") % days
    words = days | {"paper": report.number or report.title}
    return _("Seit dem letzten Bericht an den Rat (%(paper)s, %(since)s) bis zum %(until)s.") % words


def _listed(title: str, entries: Sequence[Runs]) -> tuple[Block, ...]:
    return (Heading(2, title), Items(tuple(entries))) if entries else ()


def _areas(found: PlanChanges) -> list[Runs]:
    entries = [
        _dated(member.valid.lower, _("%(name)s kommt dazu (%(kind)s)") % _member(member), member.decision)
        for member in found.joined
    ]
    return entries + [
        _dated(member.valid.upper, _("%(name)s scheidet aus (%(kind)s)") % _member(member), member.end_decision)
        for member in found.left
    ]


def _member(member) -> dict[str, str]:
    return {"name": member.name, "kind": str(member.get_kind_display())}


def _dated(day, said: str, source: str = "") -> Runs:
    more = Text(f". {source}", language="de") if source else ""
    return runs(Text(f"{date_format(day, 'SHORT_DATE_FORMAT')}: ", strong=True), said, more)


def _decisions(found: PlanChanges) -> list[Runs]:
    entries = [_dated(paper.day, f"{paper.get_kind_display()}: {paper}", paper.outcome) for paper in found.papers]
    entries += [
        _dated(one.day, _("Anpassung des Aktionsplans beschlossen: %(name)s") % {"name": one})
        for one in found.adjustments
    ]
    return entries + [
        _dated(
            version.published_on,
            _("Aktionsprogramm „%(title)s“, Fassung %(number)s, veröffentlicht")
            % {"title": version.programme.title, "number": version.number},
        )
        for version in found.programmes
    ]


def _project(one: ProjectDay) -> Runs:
    when = date_format(one.day, "SHORT_DATE_FORMAT") if one.is_exact else str(one.day.year)
    carrier = f", {one.project.carrier}" if one.project.carrier else ""
    return runs(Text(f"{when}: ", strong=True), Text(f"{one.project.title}{carrier}", language="de"))


def _states(changes: Sequence[StateChange]) -> tuple[Block, ...]:
    if not changes:
        return ()
    rows = tuple(
        Row(
            (
                Cell(change.now.project.title),
                Cell(
                    date_format(change.now.day, "SHORT_DATE_FORMAT")
                    if change.now.day_is_exact
                    else str(change.now.day.year)
                ),
                Cell(str(change.before.get_state_display()) if change.before else _("nicht bekannt")),
                Cell(str(change.now.get_state_display())),
                Cell(paper_words(change.now.paper)),
            )
        )
        for change in changes
    )
    columns = (
        Column(_("Projekt"), "text", 38),
        Column(_("am"), "text", 13),
        Column(_("vorher"), "text", 15),
        Column(_("jetzt"), "text", 15),
        Column(_("Drucksache"), "text", 19),
    )
    name = _("Zustände")
    table = Table(name, _("Wie sich Zustände von Projekten änderten"), columns, (RowGroup("", rows),), dense=True)
    return (Heading(2, _("Zustände von Projekten")), table)


def _funds(found: PlanChanges) -> tuple[Block, ...]:
    """What was put into funds and carried over."""
    rows = [
        Row(
            (
                Cell(str(change.fund), note=_for(change.fund)),
                Cell(date_format(change.day, "SHORT_DATE_FORMAT")),
                euro_cell(change.amount, about=change.fund.is_about),
            )
        )
        for change in found.funds
    ]
    rows += [
        Row(
            (
                Cell(f"{one.out_of} → {one.into}", note=_("übertragen")),
                Cell(date_format(one.day, "SHORT_DATE_FORMAT")),
                euro_cell(one.amount),
            )
        )
        for one in found.carried
    ]
    if not rows:
        return ()
    columns = (Column(_("Topf"), "text", 60), Column(_("am"), "text", 16), Column(_("Betrag"), "number", 24))
    table = Table(
        _("Mittel"),
        _("Was in Töpfe kam oder übertragen wurde, in Euro"),
        columns,
        (RowGroup("", tuple(rows)),),
        dense=True,
    )
    return (Heading(2, _("Mittel")), table)


def _for(fund) -> str:
    return fund.action_area.name if fund.action_area else ""


def _booked(found: PlanChanges) -> tuple[Block, ...]:
    """What was booked for projects, with the sum."""
    if not found.booked:
        return ()
    rows = [Row((Cell(one.project.title), *_amounts(one.money))) for one in found.booked]
    total = sum((one.money for one in found.booked), Money())
    rows.append(Row((Cell(_("Zusammen")), *_amounts(total)), is_total=True))
    names = (_("geplant"), _("bewilligt"), _("gebunden"), _("ausgezahlt"))
    columns = (Column(_("Projekt"), "text", 40), *(Column(name, "number", 15) for name in names))
    words = {
        "since": date_format(found.since, "SHORT_DATE_FORMAT"),
        "until": date_format(found.until, "SHORT_DATE_FORMAT"),
    }
    caption = _("Für Projekte gebucht, %(since)s bis %(until)s, in Euro") % words
    table = Table(_("Buchungen"), caption, columns, (RowGroup("", tuple(rows)),), dense=True)
    return (Heading(2, _("Zuweisungen an Projekte")), table)


def _amounts(money: Money) -> tuple[Cell, ...]:
    return tuple(euro_cell(amount) for amount in (money.planned, money.granted, money.committed, money.spent))


SECTION = Section(
    "plan_changes",
    LABEL,
    gettext_lazy("Gebiete, Projekte, Zustände, Beschlüsse und Geld seit dem letzten Bericht oder einem Tag."),
    _build,
    (SINCE,),
    own_page=False,
)
