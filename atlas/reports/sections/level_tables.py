"""Indicators on one level as chapters tell them: sentences, the city, a map, what stands out, all areas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from areas.models import AreaLevel
from atlas import numbers
from atlas.reports.document import Beside, Block, Cell, Column, Items, Row, RowGroup, Table, Text, runs
from atlas.reports.figures import change_cell, figure_cell
from atlas.reports.map_drawing import map_picture
from atlas.reports.map_sheet import asked_page
from atlas.reports.map_tables import legend_table
from atlas.reports.origin import NothingToReport
from atlas.reports.sections.section import Making
from atlas.reports.sections.shown import show
from atlas.selectors.summaries import summary
from indicators.models import Figure, Indicator
from indicators.selectors import FigureTable, figure_table

COLUMNS = 7  # indicators side by side
NARROW = 2  # indicators up to which the table stands in two parts side by side
ENDS = 3  # areas named at each end
MAP_WIDTH = 112  # mm


@dataclass(frozen=True)
class Told:
    """One indicator on a level in its newest period; `earlier` is the period that it can be compared with, or ""."""

    indicator: Indicator
    level: AreaLevel
    table: FigureTable
    earlier: str

    @property
    def period(self) -> str:
        """Code of the newest period."""
        return self.table.latest.code

    @property
    def figures(self) -> dict[str, Figure]:
        """Figures of the newest period by code of the area."""
        return self.table.figures[self.period]

    @property
    def city(self) -> Figure | None:
        """The figure of the city in that period."""
        return self.table.city.get(self.period)

    def written(self, figure: Figure) -> str:
        """A figure as tables show it, with its unit."""
        text = numbers.cell(figure.value, figure.status, self.indicator.decimals, get_language())
        return numbers.with_unit(text, self.indicator.unit_label)


def told(indicators: Iterable[Indicator], level: AreaLevel, making: Making) -> list[Told]:
    """Indicators with figures on a level in the state of the document, in their order. About 5 queries for each."""
    found = []
    for indicator in indicators:
        edition = making.stand.edition_of(indicator)
        table = figure_table(edition, level.slug) if edition else None
        if table is None or table.latest is None:
            continue
        if any(figure.value is not None for figure in table.figures[table.latest.code].values()):
            found.append(Told(indicator, level, table, table.earlier_than(table.latest.code)))
    return found


def chapter_blocks(found: Sequence[Told], making: Making) -> list[Block]:
    """A whole chapter about these indicators; nothing where there is none."""
    if not found:
        return []
    for one in found:
        show(making, one.indicator, [*one.figures.values(), one.city])
    return [
        sentence_items(found),
        _city_table(found),
        *_map(_leading(found), making),
        _ends_table(found),
        *_area_tables(found),
    ]


def sentence_items(found: Sequence[Told]) -> Items:
    """The sentences of the pages: the city in plain words, then the range over the areas."""
    return Items(tuple(runs(Text(f"{_name(one)}: ", strong=True), _sentence(one)) for one in found))


def _sentence(one: Told) -> str:
    return summary(one.indicator, one.level, one.figures.values(), one.city)


def _name(one: Told) -> str:
    return f"{one.indicator.label} ({one.period})"


def _city_table(found: Sequence[Told]) -> Table:
    rows = []
    for one in found:
        before = one.table.city.get(one.earlier) if one.earlier else None
        change = one.table.city_change(one.earlier, one.period) if one.earlier else None
        then = figure_cell(before, one.indicator) if before else Cell()
        rows.append(
            Row(
                (
                    Cell(one.indicator.label, note=" · ".join((one.earlier, one.period)) if before else one.period),
                    Cell(then.text, then.number),
                    figure_cell(one.city, one.indicator),
                    change_cell(change, one.indicator.decimals),
                )
            )
        )
    return Table(
        name=_("Stadt"),
        caption=_("Die Stadt insgesamt"),
        columns=(
            Column(_("Indikator"), "text", 46),
            Column(_("früher"), "number", 18),
            Column(_("zuletzt"), "number", 18),
            Column(_("Veränderung"), "number", 18),
        ),
        groups=(RowGroup("", tuple(rows)),),
        dense=True,
    )


def _leading(found: Sequence[Told]) -> Told:
    """The indicator that the map shows: the one with the first place in the catalogue's order of what tells most."""
    ranked = [one for one in found if not one.indicator.is_count] or list(found)
    return min(ranked, key=lambda one: one.indicator.headline.get("priority", 999))


def _map(one: Told, making: Making) -> tuple[Block, ...]:
    """The map with its legend; nothing while no boundaries are published."""
    query = {"indikator": one.indicator.slug, "ebene": one.level.slug, "zeit": one.period}
    try:
        page = asked_page(query, making.stand)
        picture = map_picture(page, MAP_WIDTH, name=f"karte-{one.indicator.slug}", caption=_name(one), labelled=False)
    except NothingToReport:
        return ()
    return (Beside((picture,), (legend_table(page),), 0.34),)


def _ends_table(found: Sequence[Told]) -> Table:
    """The areas with the highest and lowest values, and those that rose and fell most."""
    rows = tuple(Row((Cell(_name(one)), *_ends(one))) for one in found)
    return Table(
        name=_("Auffällige Gebiete"),
        caption=_("Höchste und niedrigste Werte, größte Veränderungen"),
        columns=(
            Column(_("Indikator"), "text", 22),
            Column(_("am höchsten"), "text", 21),
            Column(_("am niedrigsten"), "text", 21),
            Column(_("größter Anstieg"), "text", 18),
            Column(_("größter Rückgang"), "text", 18),
        ),
        groups=(RowGroup("", rows),),
        dense=True,
    )


def _ends(one: Told) -> tuple[Cell, ...]:
    known = sorted((f for f in one.figures.values() if f.value is not None), key=lambda f: (f.value, f.area.code))
    highest, lowest = known[::-1][:ENDS], known[:ENDS]
    changes = []
    if one.earlier:
        pairs = ((one.table.change(code, one.earlier, one.period), figure) for code, figure in one.figures.items())
        changes = sorted(((c, f) for c, f in pairs if c is not None), key=lambda pair: (pair[0], pair[1].area.code))
    rise = changes[-1] if changes and changes[-1][0] > 0 else None
    fall = changes[0] if changes and changes[0][0] < 0 else None
    return (*(_named(one, figures) for figures in (highest, lowest)), _moved(one, rise), _moved(one, fall))


def _named(one: Told, figures: Sequence[Figure]) -> Cell:
    return Cell("; ".join(f"{figure.area.name} {one.written(figure)}" for figure in figures))


def _moved(one: Told, pair: tuple[Decimal, Figure] | None) -> Cell:
    if pair is None:
        return Cell()
    change = numbers.format_signed(pair[0], one.indicator.decimals, get_language())
    return Cell(f"{pair[1].area.name} {change}", note=_("seit %(period)s") % {"period": one.earlier})


def _area_tables(found: Sequence[Told]) -> list[Table]:
    """Every area with its figures, in tables of about the same width."""
    count = -(-len(found) // COLUMNS)
    width = -(-len(found) // count)
    return [_area_table(found[first : first + width]) for first in range(0, len(found), width)]


def _area_table(found: Sequence[Told]) -> Table:
    level = found[0].level
    areas = {code: figure.area for one in found for code, figure in one.figures.items()}
    rows = [
        Row((Cell(areas[code].name, note=code), *(_bare(one.figures.get(code), one.indicator) for one in found)))
        for code in sorted(areas)
    ]
    city = (_bare(one.city, one.indicator) if one.city else Cell() for one in found)
    rows.append(Row((Cell(_("Stadt insgesamt")), *city), is_total=True))
    heads = (Column(_head(one), "number", 12) for one in found)
    return Table(
        name=f"{found[0].indicator.dimension.label} {level.label_plural}",
        caption=_("%(levels)s im Einzelnen") % {"levels": level.label_plural},
        columns=(Column(level.label, "text", 28), *heads),
        groups=(RowGroup("", tuple(rows)),),
        dense=True,
        across=2 if len(found) <= NARROW else 1,
    )


def _bare(figure: Figure | None, indicator: Indicator) -> Cell:
    """A figure without unit and interval: the unit stands in the head."""
    cell = figure_cell(figure, indicator, with_unit=False)
    return Cell(cell.text, cell.number)


def _head(one: Told) -> str:
    unit = f", {one.indicator.unit_label}" if one.indicator.unit_label else ""
    return f"{one.indicator.label} {one.period}{unit}"
