"""Rows of the table beside the map: one per area, and the city."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actionplan.models import ActionArea
from areas.models import Area
from atlas import numbers
from atlas.links import area_path, provenance_path
from atlas.map_state import METHODS, MapView
from atlas.recut import extent_sentence, extent_words, is_former
from indicators.models import Figure
from indicators.statistics.classes import ClassLimits
from indicators.statuses import SECRET


@dataclass(frozen=True)
class Row:
    """One area in the table: what is shown of it and where its links lead."""

    area: Area
    figure: Figure
    number_class: int | None
    swatch: str
    cell: str
    cell_with_unit: str
    spoken: str
    bar: str
    change: Decimal | None
    change_text: str
    change_differs: bool | None
    joint_text: str
    extent: str
    extent_text: str
    is_selected: bool
    is_plan: bool
    map_url: str
    profile_url: str
    provenance_url: str

    @property
    def change_is_shaky(self) -> bool:
        """Whether the change may be chance."""
        return self.change_differs is False

    @property
    def is_secret(self) -> bool:
        """Whether the number is known and not told."""
        return self.figure.status in SECRET


@dataclass(frozen=True)
class RowContext:
    """What all rows of a view have in common."""

    view: MapView
    limits: ClassLimits
    shown: dict[str, Decimal]
    plan: frozenset[str]
    earlier: str
    names: dict[str, str]
    recut: Mapping[str, date]
    day: date

    @property
    def largest(self) -> Decimal:
        """The longest bar's value, without sign."""
        return max((abs(value) for value in self.shown.values()), default=Decimal(0))


def rows_of(context: RowContext) -> list[Row]:
    """All rows in the order that the state asks for."""
    view = context.view
    largest = context.largest
    rows = [_row(context, figure, largest) for figure in view.table.figures[view.state.period].values()]
    return sorted(rows, key=_sort_key(view.state.sorting))


def limits_of(view: MapView) -> ClassLimits:
    """Class limits of the state: of values, or of changes when two periods are compared."""
    state, table = view.state, view.table
    if state.compare:
        return ClassLimits(tuple(table.change_limits[f"{state.compare}-{state.period}"]))
    sets = table.limits[METHODS[state.method][0].value]
    return ClassLimits(tuple(sets.get("own") or sets.get(str(state.count)) or ()))


def shown_values(view: MapView, on: date | None = None) -> dict[str, Decimal]:
    """The number that colours each area in force on a day: value or change; areas without one are left out."""
    state, table = view.state, view.table
    if not state.compare:
        figures = table.figures[state.period].items()
        return {code: f.value for code, f in figures if f.value is not None and not is_former(f.area, on)}
    changes = {c: table.change(c, state.compare, state.period) for c in table.figures[state.period]}
    return {code: change for code, change in changes.items() if change is not None}


def plan_codes(view: MapView, on: date | None = None) -> frozenset[str]:
    """Codes of the level's areas that are action areas on a day, or lie inside one. 2 queries."""
    members = ActionArea.objects.in_force(on).filter(kind=ActionArea.Kind.ACTION_AREA)
    codes = set(members.filter(area__level=view.level).values_list("area__code", flat=True))
    inside = Area.objects.in_force(on).filter(level=view.level, parent__in=members.values("area"))
    return frozenset(codes | set(inside.values_list("code", flat=True)))


def cell_of(figure: Figure, decimals: int) -> str:
    """The figure as it stands in a table cell, with its sign."""
    return numbers.cell(figure.value, figure.status, decimals, get_language())


def joint_text(figure: Figure, names: dict[str, str]) -> str:
    """With which areas a joint value was published, "" for other values."""
    partners = [code for code in figure.joint_with.split("+") if code and code != figure.area.code]
    if not partners:
        return ""
    return _("Gemeinsamer Wert mit %s") % ", ".join(names.get(code, code) for code in partners)


def swatch_class(number: int | None, figure: Figure | None, *, is_change: bool, count: int) -> str:
    """CSS classes of the colour field of a class, or of the pattern where there is no value."""
    if number is None:
        secret = figure is not None and figure.status in SECRET
        return "is-suppressed" if secret else "is-missing"
    colour = f"class-{number + 1}"
    if is_change:
        colour = "div-4" if count == 1 else f"div-{number + 1}"
    return colour + (" is-joint" if figure is not None and figure.joint_with else "")


def _row(context: RowContext, figure: Figure, largest: Decimal) -> Row:
    view, code = context.view, figure.area.code
    state, indicator = view.state, view.indicator
    value = context.shown.get(code)
    number = None if value is None else context.limits.class_of(float(value))
    change = view.table.change(code, context.earlier, state.period) if context.earlier else None
    cell = cell_of(figure, indicator.decimals)
    return Row(
        area=figure.area,
        figure=figure,
        number_class=number,
        swatch=swatch_class(number, figure, is_change=bool(state.compare), count=context.limits.count),
        cell=cell,
        cell_with_unit=numbers.with_unit(cell.removesuffix(numbers.JOINT), indicator.unit_label),
        spoken=numbers.spoken(
            figure.value, figure.status, indicator.decimals, indicator.unit_long_label, get_language()
        ),
        bar=f"{abs(value) / largest * 100:.1f}%" if value is not None and largest else "0%",
        change=change,
        change_text="" if change is None else numbers.format_signed(change, indicator.decimals, get_language()),
        change_differs=None if change is None else figure.differs_since.get(context.earlier),
        joint_text=joint_text(figure, context.names),
        extent=extent_words(figure, context.recut, context.day),
        extent_text=extent_sentence(figure, context.recut, context.day),
        is_selected=code == state.area,
        is_plan=code in context.plan,
        map_url=state.url(area=code),
        profile_url=area_path(view.level.slug, code, stand=state.release),
        provenance_url=provenance_path(indicator.slug, view.level.slug, code, state.period, stand=state.release),
    )


def _sort_key(sorting: str):
    """Order of rows: by rank, name, code, or change (strongest fall first); rows without a number come last."""
    if sorting == "name":
        return lambda row: row.area.search_name
    if sorting == "schluessel":
        return lambda row: row.area.code
    if sorting == "veraenderung":
        return lambda row: (row.change is None, row.change or 0, row.area.code)
    return lambda row: (row.figure.rank is None, row.figure.rank or 0, row.area.code)
