"""Figures of indicators that are computed from others: from cells to cells, by the formulas of the catalogue.

Inputs are taken as they are published: combined, protected and rounded. So a result can be recomputed from the portal.
"""

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.models import Formula, FormulaTerm, Indicator, SeriesBreak
from indicators.statistics import formulas
from indicators.statistics.formulas import FACTORS, OVER_TIME, RATIOS, Kind
from indicators.statistics.periods import earlier_by, fixed_before, is_unbroken, years_until
from indicators.statistics.ranking import publish_rounded
from indicators.statistics.upwards import MISSING, Delivered, Key

OfPeriod = Mapping[Key, Delivered]
OfIndicator = Mapping[str, OfPeriod]


@dataclass(frozen=True)
class Rule:
    """A formula as calculation needs it; `of` and `by` are primary keys of indicators, `gaps` breaks of all of them."""

    kind: str
    of: tuple[int, ...]
    by: tuple[int, ...]
    periods_back: int | None
    base_period: str
    years: int | None
    factor: int
    counted: bool
    is_count: bool
    gaps: tuple[str, ...]

    @property
    def inputs(self) -> tuple[int, ...]:
        """All indicators that the formula uses."""
        return *self.of, *self.by


@dataclass(frozen=True)
class Places:
    """Where the figures of an indicator (`of`) stand: keys of a period and level, and the row of an area in them."""

    keys: Callable[[str, str], Sequence[Key]]
    row: Callable[[int, str, Key], int | None]
    of: int


@dataclass(frozen=True)
class Used:
    """One input of one result: which figure, and what stands there."""

    indicator: int
    period: str
    cell: Delivered


def rules_of(indicators: Sequence[Indicator]) -> dict[int, Rule]:
    """The rules of those indicators that a formula computes. 4 queries."""
    wanted = [i.pk for i in indicators if i.is_computed]
    terms = FormulaTerm.objects.order_by("formula", "order", "pk")
    rows = terms.values_list("formula__indicator_id", "role", "input_id")
    by_role: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for pk, role, used in rows:
        by_role[pk][role].append(used)
    known = Indicator.objects.in_bulk({used for roles in by_role.values() for of in roles.values() for used in of})
    gaps = _gaps({pk: [u for of in roles.values() for u in of] for pk, roles in by_role.items()})
    found = Formula.objects.filter(indicator__in=wanted).select_related("indicator", "base_period")
    return {f.indicator_id: _rule(f, by_role[f.indicator_id], known, gaps) for f in found}


def _rule(formula: Formula, roles: Mapping, known: Mapping[int, Indicator], gaps: Mapping) -> Rule:
    of, by = tuple(roles[FormulaTerm.Role.OF]), tuple(roles[FormulaTerm.Role.BY])
    kind = Kind(formula.kind)
    return Rule(
        kind=kind,
        of=of,
        by=by,
        periods_back=formula.periods_back,
        base_period=formula.base_period.code if formula.base_period else "",
        years=formula.years,
        factor=FACTORS.get(kind, formula.indicator.factor),
        counted=kind in FACTORS and all(known[pk].is_count for pk in (*of, *by)),
        is_count=known[of[0]].hides_estimated_change,
        gaps=tuple(sorted(gaps[formula.indicator_id])),
    )


def _gaps(inputs: Mapping[int, Sequence[int]]) -> dict[int, set[str]]:
    """Breaks of every computed indicator: its own and those of everything that it is computed from."""
    own: dict[int, set[str]] = defaultdict(set)
    for pk, code in SeriesBreak.objects.values_list("indicator_id", "period__code"):
        own[pk].add(code)

    def of(pk: int) -> set[str]:
        return own[pk].union(*(of(used) for used in inputs.get(pk, ())))

    return {pk: of(pk) for pk in inputs}


def published(cells: OfIndicator, decimals: int) -> dict[str, dict[Key, Delivered]]:
    """Cells with their numbers rounded as readers see them."""
    return {
        period: {
            key: dataclasses.replace(cell, value=publish_rounded(cell.value, decimals)) for key, cell in by_key.items()
        }
        for period, by_key in cells.items()
    }


def derived_figures(
    rule: Rule,
    inputs: Mapping[int, OfIndicator],
    *,
    places: Places,
    levels: Sequence[str],
    sizes: Mapping[int, Decimal],
) -> dict[str, dict[Key, Delivered]]:
    """Cells of a computed indicator for all periods and levels; like all cells none for a level without any number.

    `inputs`: published cells by indicator; `sizes`: of areas in km² by their row, needed for densities only. Figures
    of areas that were cut anew between two periods are not put together: they stand for different ground.
    """
    found: dict[str, dict[Key, Delivered]] = {}
    for level in levels:
        series = series_of(rule, inputs, level)
        for period in series:
            cells = {}
            for key in places.keys(period, level):
                used, own = used_cells(rule, inputs, key, period, series), places.row(places.of, period, key)
                if any(places.row(one.indicator, one.period, key) != own for one in used or ()):
                    used = None
                cells[key] = compute(rule, used, size=sizes.get(own))
            if any(cell.value is not None for cell in cells.values()):
                found.setdefault(period, {}).update(cells)
    return dict(sorted(found.items()))


def series_of(rule: Rule, inputs: Mapping[int, OfIndicator], level: str) -> list[str]:
    """Periods in which every input has figures on a level, oldest first."""
    having = [
        {period for period, by_key in inputs.get(pk, {}).items() if any(key[0] == level for key in by_key)}
        for pk in rule.inputs
    ]
    return sorted(set.intersection(*having)) if having else []


def used_cells(
    rule: Rule, inputs: Mapping[int, OfIndicator], key: Key, period: str, series: Sequence[str]
) -> list[Used] | None:
    """The figures that one result is made of, in the order of the formula; None where there is nothing to compare."""
    periods = _periods(rule, period, series)
    if not periods:
        return None
    return [Used(pk, one, inputs.get(pk, {}).get(one, {}).get(key, MISSING)) for pk in rule.inputs for one in periods]


def _periods(rule: Rule, period: str, series: Sequence[str]) -> tuple[str, ...]:
    """Periods whose figures go into the one of `period`; () where the series has none or breaks between them."""
    if rule.kind not in OVER_TIME:
        return (period,)
    if rule.kind == Kind.MOVING_AVERAGE:
        periods = years_until(series, period, rule.years)
    else:
        earlier = (
            earlier_by(series, period, rule.periods_back)
            if rule.periods_back
            else fixed_before(series, period, rule.base_period, itself=rule.kind == Kind.INDEX)
        )
        periods = (earlier, period) if earlier else ()
    return periods if is_unbroken(periods, rule.gaps) else ()


def compute(rule: Rule, used: Sequence[Used] | None, *, size: Decimal | None) -> Delivered:
    """One result from the figures that it is made of."""
    if used is None:
        return MISSING
    cells = [one.cell for one in used]
    if rule.kind in OVER_TIME:
        return _over_time(rule, cells)
    of, by = cells[: len(rule.of)], cells[len(rule.of) :]
    if rule.kind in RATIOS:
        return formulas.ratio(of, by, factor=rule.factor, counted=rule.counted)
    if rule.kind == Kind.DENSITY:
        return formulas.density(of[0], size=size)
    return formulas.total(of, factor=rule.factor) if rule.kind == Kind.SUM else formulas.difference(of[0], by)


def _over_time(rule: Rule, cells: Sequence[Delivered]) -> Delivered:
    if rule.kind == Kind.MOVING_AVERAGE:
        return formulas.moving_average(cells, is_count=rule.is_count)
    compare = {
        Kind.CHANGE: formulas.change,
        Kind.CHANGE_PERCENT: formulas.change_percent,
        Kind.INDEX: formulas.index,
    }[rule.kind]
    return compare(*cells, is_count=rule.is_count)
