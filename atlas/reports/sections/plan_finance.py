"""Money of the plan in papers: by year in short, and by fund, source and area in full."""

from collections.abc import Iterable, Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actionplan.budget import Money
from actionplan.selectors.money import FundGroup, YearMoney, year_money, years_with_money
from atlas.reports.amounts import euro_cell, euros
from atlas.reports.compilation import Part
from atlas.reports.document import Block, Cell, Column, Heading, Items, Paragraph, Row, RowGroup, Table, runs
from atlas.reports.sections.reading import YEARS, since_of, years_in
from atlas.reports.sections.section import Making, Section
from atlas.reports.sections.shown import show_sources_of
from atlas.selectors.plan_money import area_rows

FINANCE_LABEL = gettext_lazy("Finanzielle Auswirkungen")
MONEY_LABEL = gettext_lazy("Geld")
STEPS = 4  # planned, approved, committed, spent


def years_of(label, part: Part, making: Making) -> list[YearMoney]:
    """The money of the years asked for; else of those since the last report that have funds, else of the newest one
    with funds. 5 queries for each year, 3 more without years. Years without funds are left out."""
    known = [year for year in years_with_money() if year <= making.day.year]
    asked = years_in(label, part.options.get("years"))
    if not asked:
        since = since_of(label, part.options, making).year
        asked = sorted(year for year in known if year >= since) or known[:1]
    found = [year_money(year, on=making.day) for year in asked if year in known]
    show_sources_of(making, (line.fund for year in found for group in year.groups for line in group.lines))
    return found


def _finance(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(FINANCE_LABEL))
    years = years_of(FINANCE_LABEL, part, making)
    if not years:
        return ()
    rows = [Row((Cell(str(year.year)), _total_cell(year), *_steps(year))) for year in years]
    if len(years) > 1 and all(year.projects for year in years):
        used = sum((year.used for year in years), Money())
        rows.append(Row((Cell(_("Zusammen")), Cell(), *_amounts(used)), is_total=True))
    words = {"day": date_format(making.day, "DATE_FORMAT")}
    table = Table(
        name=_("Geld nach Jahren"),
        caption=_("Mittel des Aktionsplans nach Jahren, in Euro, Stand %(day)s") % words,
        columns=(Column(_("Jahr"), "text", 12), Column(_("in den Töpfen"), "number", 20), *_step_columns(17)),
        groups=(RowGroup("", tuple(rows)),),
    )
    return (table, *_unknown(years))


def _total_cell(year: YearMoney) -> Cell:
    if year.has_unknown and not year.total:
        return euro_cell(None)
    note = _("ohne unbekannte") if year.has_unknown else ""
    return euro_cell(year.total, about=year.is_about and bool(year.total), note=note)


def _steps(year: YearMoney) -> tuple[Cell, ...]:
    """What became of the money; unknown where nothing is booked."""
    return _amounts(year.used) if year.projects else tuple(euro_cell(None) for _step in range(STEPS))


def _amounts(money: Money) -> tuple[Cell, ...]:
    return tuple(euro_cell(amount) for amount in (money.planned, money.granted, money.committed, money.spent))


def _step_columns(width: float) -> tuple[Column, ...]:
    names = (_("geplant"), _("bewilligt"), _("gebunden"), _("ausgezahlt"))
    return tuple(Column(name, "number", width) for name in names)


def _unknown(years: Sequence[YearMoney]) -> tuple[Block, ...]:
    """What is not known about these years, in sentences."""
    said = []
    silent = [str(year.year) for year in years if not year.projects]
    if silent:
        words = {"years": ", ".join(silent)}
        said.append(_("Welche Projekte Geld bekamen, ist nicht eingetragen für: %(years)s.") % words)
    unknown = [line for year in years for group in year.groups for line in group.lines if line.volume is None]
    without = sorted({line.fund.name for line in unknown if not line.is_undecided})
    undecided = sorted({line.fund.name for line in unknown if line.is_undecided})
    if without:
        said.append(_("Von diesen Töpfen ist der Betrag nicht bekannt: %(names)s.") % {"names": ", ".join(without)})
    if undecided:
        said.append(_("Über diese Töpfe ist noch nicht entschieden: %(names)s.") % {"names": ", ".join(undecided)})
    if any(year.is_about for year in years):
        said.append(_("„Rund“ steht, wo die Quelle rundet; solche Summen sind auf drei Stellen genannt."))
    if any(line.fund.part_of_id for year in years for group in year.groups for line in group.lines):
        said.append(_("Was in einem anderen Topf enthalten ist, zählt in der Summe nicht doppelt."))
    return (Items(tuple(runs(text) for text in said)),) if said else ()


def _money(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(MONEY_LABEL))
    blocks: list[Block] = []
    for year in years_of(MONEY_LABEL, part, making):
        blocks += [Heading(2, str(year.year)), _funds_table(year)]
        if year.locked_on:
            words = {"day": date_format(year.locked_on, "DATE_FORMAT")}
            blocks.append(Paragraph(runs(_("Das Jahr ist seit %(day)s abgeschlossen.") % words)))
        blocks.append(_funders_table(year))
        blocks += _areas(year)
    return blocks


def _funds_table(year: YearMoney) -> Table:
    kinds: dict[str, list[Row]] = {}
    for group in year.groups:
        kinds.setdefault(str(group.lines[0].fund.get_kind_display()), []).append(_fund_row(group, year))
    total = Row((Cell(_("Zusammen")), _total_cell(year), *_steps(year)), is_total=True)
    return Table(
        name=_("Töpfe %(year)s") % {"year": year.year},
        caption=_("Töpfe %(year)s, in Euro") % {"year": year.year},
        columns=(Column(_("Topf"), "text", 34), Column(_("im Topf"), "number", 17), *_step_columns(15)),
        groups=(*(RowGroup(kind, tuple(rows)) for kind, rows in kinds.items()), RowGroup("", (total,))),
        notes=tuple(runs(note) for note in _fund_notes(year)),
        dense=True,
    )


def _fund_row(group: FundGroup, year: YearMoney) -> Row:
    first = group.lines[0].fund
    steps = _amounts(group.used) if year.projects else _steps(year)
    about = any(line.fund.is_about for line in group.lines)
    note = _("davon") if first.part_of_id else ""
    return Row((Cell(group.name, note=_for_whom(group)), euro_cell(group.volume, about=about, note=note), *steps))


def _for_whom(group: FundGroup) -> str:
    """For how many areas the fund is, and from whom the money comes."""
    funders = ", ".join(dict.fromkeys(line.fund.funder.name for line in group.lines))
    count = sum(line.fund.action_area_id is not None for line in group.lines)
    if not count:
        return funders
    words = {"count": count, "each": euros(group.each)}
    if group.each is not None:
        return f"{funders}; " + _("%(count)s Aktionsräume, je %(each)s") % words
    return f"{funders}; " + _("%(count)s Aktionsräume") % words


def _fund_notes(year: YearMoney) -> Iterable[str]:
    """Who decides about the funds, and papers behind them."""
    for group in year.groups:
        fund = group.lines[0].fund
        if fund.decided_by:
            yield _("%(fund)s: darüber entscheidet %(who)s.") % {"fund": group.name, "who": fund.decided_by}
    for text in _unknown([year])[:1]:
        yield from ("".join(part.text for part in entry) for entry in text.entries)


def _funders_table(year: YearMoney) -> Table:
    rows = []
    for one in year.by_funder:
        inside = not one.total and not one.has_unknown
        volume = Cell(note=_("in einem anderen Topf enthalten")) if inside else _funder_cell(one)
        used = (one.used.granted, one.used.spent) if one.projects else (None, None)
        rows.append(Row((Cell(one.label), volume, *(euro_cell(amount) for amount in used))))
    return Table(
        name=_("Geldgeber %(year)s") % {"year": year.year},
        caption=_("Von wem das Geld kommt, %(year)s, in Euro") % {"year": year.year},
        columns=(
            Column(_("Geldgeber"), "text", 40),
            Column(_("in den Töpfen"), "number", 24),
            Column(_("davon bewilligt"), "number", 18),
            Column(_("ausgezahlt"), "number", 18),
        ),
        groups=(RowGroup("", tuple(rows)),),
        dense=True,
    )


def _funder_cell(one) -> Cell:
    return euro_cell(one.total or None, about=one.is_about and bool(one.total))


def _areas(year: YearMoney) -> list[Block]:
    """What falls to each area; nothing where no project's money is divided."""
    if not year.by_area:
        return []
    rows = []
    for row in area_rows(year):
        each = euro_cell(row.per_inhabitant, note=row.inhabitants.label if row.inhabitants else "")
        rows.append(Row((Cell(row.money.area.name), euro_cell(row.money.granted), euro_cell(row.money.spent), each)))
    if year.undivided or year.undivided_spent:
        amounts = (euro_cell(year.undivided), euro_cell(year.undivided_spent), Cell())
        rows.append(Row((Cell(_("nicht auf Gebiete aufgeteilt")), *amounts)))
    total = (euro_cell(year.used.granted), euro_cell(year.used.spent), Cell())
    rows.append(Row((Cell(_("Zusammen")), *total), is_total=True))
    return [
        Table(
            name=_("Gebiete %(year)s") % {"year": year.year},
            caption=_("Wohin das Geld ging, %(year)s, in Euro") % {"year": year.year},
            columns=(
                Column(_("Gebiet"), "text", 40),
                Column(_("bewilligt"), "number", 18),
                Column(_("ausgezahlt"), "number", 18),
                Column(_("bewilligt je Einwohner"), "number", 24),
            ),
            groups=(RowGroup("", tuple(rows)),),
            notes=(
                runs(
                    _(
                        "Gebiete, die hier nicht stehen: Für sie ist in diesem Jahr kein aufgeteiltes Geld "
                        "eingetragen. Das heißt nicht, dass dort nichts ausgegeben wurde."
                    )
                ),
            ),
            dense=True,
        )
    ]


FINANCE = Section(
    "finance",
    FINANCE_LABEL,
    gettext_lazy("Die Mittel des Plans nach Jahren und was davon bewilligt und ausgezahlt ist."),
    _finance,
    (YEARS,),
    own_page=False,
)
MONEY = Section(
    "plan_money",
    MONEY_LABEL,
    gettext_lazy("Die Mittel eines oder mehrerer Jahre nach Töpfen, Geldgebern und Gebieten."),
    _money,
    (YEARS,),
    own_page=False,
)
