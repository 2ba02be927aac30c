"""The tables of a map sheet: its legend with the number of areas of each class, and every area with its figure."""

from collections.abc import Set
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.map_page import MapPage
from atlas.map_rows import Row as MapRow
from atlas.reports.document import Cell, Column, Number, Row, RowGroup, Runs, Table, runs
from atlas.reports.figures import change_cell, figure_cell, interval_text
from atlas.reports.map_drawing import plan_swatch, shown_plan, swatches
from indicators.models import Figure
from indicators.statuses import SIGN_MEANINGS


def legend_table(page: MapPage) -> Table:
    """Classes from the lowest to the highest, then signs, with the number of areas; the sum is that of all areas.

    What is marked on top of a class (a joint value, the action plan) stands below the sum.
    """
    fields = swatches(page)
    rows = [_legend_row(entry.text, entry.count, field) for entry, field in fields if entry.swatch != "is-joint"]
    rows.append(Row((Cell(_("Alle Gebiete")), count_cell(len(page.rows))), is_total=True))
    more = [_legend_row(entry.text, entry.count, field) for entry, field in fields if entry.swatch == "is-joint"]
    plan = shown_plan(page) & {row.area.code for row in page.rows}
    more += [_legend_row(_("im Aktionsraum"), len(plan), plan_swatch())] if plan else []
    return Table(
        name=_legend_name(page),
        caption=legend_caption(page),
        columns=(Column(_("Farbe und Muster"), "text", 3.4), Column(_("Gebiete"), "number", 1)),
        groups=(RowGroup("", tuple(rows)), *([RowGroup("", tuple(more))] if more else [])),
        dense=True,
    )


def _legend_name(page: MapPage) -> str:
    """Which map it belongs to: a document of many maps has as many legends, and each is a sheet of a spreadsheet."""
    state = page.view.state
    time = f"{state.compare}–{state.period}" if page.is_change else state.period
    return _("Legende %(name)s") % {"name": f"{page.view.indicator.label} {time}"}


def legend_caption(page: MapPage) -> str:
    """What the colours mean, with its unit and time."""
    view = page.view
    unit = view.indicator.unit_long_label or view.indicator.label
    if not page.is_change:
        return f"{unit}, {page.period.label}"
    words = {"earlier": view.state.compare, "later": view.state.period}
    change = _("Veränderung {earlier} bis {later}").format(**words)
    return f"{change}, {_('in Prozentpunkten') if view.indicator.unit == '%' else unit}"


def _legend_row(text: str, count: int, swatch) -> Row:
    return Row((Cell(text, swatch=swatch), count_cell(count)))


def count_cell(count: int) -> Cell:
    """A number of areas."""
    return Cell(numbers.format_number(Decimal(count), 0, get_language()), Number(Decimal(count)))


def areas_table(page: MapPage, *, across: int = 1, with_signs: bool = True) -> Table:
    """Every area in the order of the page: code, value with its sign, interval, rank, change; the city at the end.

    `across`: see `Table`; `with_signs`: whether signs are explained below it.
    """
    view = page.view
    has_intervals = any(row.figure.lower is not None for row in page.rows)
    earlier = page.earlier.code if page.earlier else ""
    columns = [
        Column(view.level.label, "text", {1: 50, 2: 40}.get(across, 25)),
        Column(_("Nr."), "text", 7),
        Column(_value_head(page), "number", 11),
        *([Column(_("95-%-Intervall"), "number", 16)] if has_intervals else []),
        Column(_("Rang"), "number", 8),
        *([Column(_("seit %s") % earlier, "number", 9)] if earlier else []),
    ]
    rows = [_row(page, row, has_intervals, earlier, with_plan=across == 1) for row in page.rows]
    return Table(
        name=view.indicator.label,
        caption=f"{view.indicator.label}: {view.level.label_plural}, {page.period.label}",
        columns=tuple(columns),
        groups=(RowGroup("", (*rows, *_city_row(page, has_intervals, earlier))),),
        notes=_table_notes(page, with_signs=with_signs),
        dense=True,
        across=across,
    )


def _value_head(page: MapPage) -> str:
    unit = page.view.indicator.unit_label
    return _("Wert in %s") % unit if unit else _("Wert")


def _row(page: MapPage, row: MapRow, has_intervals: bool, earlier: str, *, with_plan: bool) -> Row:
    plan = _("Aktionsraum") if with_plan and row.area.code in shown_plan(page) else ""
    remark = ", ".join(part for part in (row.extent, plan) if part)
    return Row((
        Cell(row.area.name, note=remark),
        Cell(row.area.code),
        *_figures(page, row.figure, has_intervals),
        _rank(row.figure),
        *([_change(page, row.change, row.change_is_shaky)] if earlier else []),
    ))  # fmt: skip


def _figures(page: MapPage, figure: Figure | None, has_intervals: bool) -> list[Cell]:
    indicator = page.view.indicator
    value = replace(figure_cell(figure, indicator, with_unit=False), note="")
    return [value, Cell(interval_text(figure, indicator))] if has_intervals else [value]


def _rank(figure: Figure) -> Cell:
    return Cell(str(figure.rank), Number(Decimal(figure.rank))) if figure.rank else Cell()


def _change(page: MapPage, change: Decimal | None, is_shaky: bool) -> Cell:
    cell = change_cell(change, page.view.indicator.decimals)
    if change is None or not is_shaky:
        return cell
    mark = f" {SHAKY}"
    return Cell(f"{cell.text}{mark}", replace(cell.number, after=mark))


SHAKY = "~"  # beside a change that may be chance: a word would not fit into the column


def _city_row(page: MapPage, has_intervals: bool, earlier: str) -> tuple[Row, ...]:
    figure = page.city_figure
    if figure is None:
        return ()
    change = page.view.table.city_change(earlier, page.view.state.period) if earlier else None
    cells = (
        Cell(figure.area.name),
        Cell(),
        *_figures(page, figure, has_intervals),
        Cell(),
        *([_change(page, change, page.city_change_is_shaky)] if earlier else []),
    )
    return (Row(cells, is_total=True),)


def _table_notes(page: MapPage, *, with_signs: bool) -> tuple[Runs, ...]:
    used = {sign for sign, _said in page.signs} if with_signs else set()
    notes = [_("Rang 1 ist der höchste Wert.")] if any(row.figure.rank for row in page.rows) else []
    notes += signs_sentences(used, is_shaky=has_shaky_change(page))
    return (runs(" ".join(notes)),) if notes else ()


def has_shaky_change(page: MapPage) -> bool:
    """Whether any change in the table of a page is marked as perhaps chance."""
    return any(row.change_is_shaky for row in page.rows) or page.city_change_is_shaky


def signs_sentences(used: Set[str], *, is_shaky: bool = False) -> list[str]:
    """One sentence that explains signs, keys of `SIGN_MEANINGS`, and the mark of changes; none where there are none."""
    signs = [(sign, str(said)) for sign, said in SIGN_MEANINGS if sign in used]
    signs += [(SHAKY, _("die Veränderung kann Zufall sein, weil wenige Fälle dahinterstehen"))] if is_shaky else []
    said = "; ".join(f"{sign} {said}" for sign, said in signs)
    return [_("Zeichen: %(signs)s.") % {"signs": said}] if said else []
