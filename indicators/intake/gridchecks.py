"""Checks of one indicator on one level while it is typed: range, jump, sum, gaps. Pure: states in, remarks out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .cells import State, number_text
from .checks.jumps import FEWEST, LARGEST_FROM_ZERO, THRESHOLD, YEARS_BACK, robust_z
from .checks.ranges import bounds_of
from .checks.sums import SHARE
from .findings import ERROR, NOTE, WARNING

Key = tuple[str, str]  # codes of area and period
Table = Mapping[Key, State]

NAMED = 5  # areas named in one remark


@dataclass(frozen=True)
class Remark:
    """One remark on a cell, or on a whole column when `area` is empty."""

    kind: str
    code: str
    period: str
    text: str
    area: str = ""


@dataclass(frozen=True)
class Measure:
    """What the checks know about an indicator; limits are None where there are none."""

    unit: str
    decimals: int
    lowest: Decimal | None = None
    highest: Decimal | None = None
    is_count: bool = False
    factor: int = 100


@dataclass(frozen=True)
class Whole:
    """A larger area: its name, the codes of its parts on this level, its values by period."""

    name: str
    parts: frozenset[str]
    values: Mapping[str, Decimal]


def limits_of(name: str, unit: str, unit_long: str, *, is_count: bool) -> tuple[Decimal | None, Decimal | None]:
    """What a share, a rate or a count cannot leave, by the same rule as for uploads.

    >>> limits_of("Anteil", "%", "% der Bevölkerung", is_count=False)
    (Decimal('0'), Decimal('100'))
    """
    bounds = bounds_of(name, unit, unit_long, is_count)
    return (None if bounds.negative else Decimal(0)), (Decimal(100) if bounds.share else None)


def check_cell(key: Key, state: State, measure: Measure) -> list[Remark]:
    """Range, and whether the value is the rate of its numerator and denominator."""
    area, period = key
    found = []
    told = {"value": number_text(state.value, measure.decimals), "unit": measure.unit}
    if state.value is not None and measure.lowest is not None and state.value < measure.lowest:
        told["limit"] = number_text(measure.lowest)
        found.append((ERROR, "range", _("%(value)s ist kleiner als der kleinste mögliche Wert %(limit)s.") % told))
    if state.value is not None and measure.highest is not None and state.value > measure.highest:
        text = _("%(value)s ist größer als der größte mögliche Wert %(limit)s.")
        if measure.unit == "%" and measure.highest == 100:
            text = _("%(value)s ist mehr als 100 %%; ein Anteil kann das nicht sein.")
        told["limit"] = number_text(measure.highest)
        found.append((ERROR, "range", text % told))
    if rate := _other_rate(state, measure):
        told["rate"] = number_text(rate, measure.decimals)
        found.append((WARNING, "rate", _("Zähler durch Nenner ergibt %(rate)s, im Feld steht %(value)s.") % told))
    return [Remark(kind, code, period, text, area) for kind, code, text in found]


def _other_rate(state: State, measure: Measure) -> Decimal | None:
    """The rate of numerator and denominator when it differs from the value by more than rounding."""
    if measure.is_count or None in (state.value, state.numerator, state.denominator) or not state.denominator:
        return None
    rate = state.numerator / state.denominator * measure.factor
    step = Decimal(1).scaleb(-measure.decimals)
    return rate.quantize(step) if abs(rate - state.value) > step else None


def check_jumps(table: Table, changed: Sequence[Key], measure: Measure, breaks: Sequence[str]) -> list[Remark]:
    """Changed cells whose change since the last period is far from that of the other areas, as for uploads.

    Counts are compared by their growth. Nothing is said across a break of the series.
    """
    periods = sorted({period for _area, period in table})
    found = []
    for place, period in enumerate(periods):
        before = _period_before(table, periods[max(0, place - YEARS_BACK) : place], period, measure)
        if before is None or any(before < gap <= period for gap in breaks):
            continue
        mine = {area for area, of in changed if of in (before, period)}
        changes = _changes(table, before, period, is_count=measure.is_count)
        scores = dict(zip(changes, robust_z(np.array(list(changes.values()))), strict=True)) if mine else {}
        far = {code for code, score in scores.items() if code in mine and abs(score) > THRESHOLD}
        for area in sorted(far | (_zeros(table, before, period, mine) if measure.is_count else set())):
            old, new = table[area, before].value, table[area, period].value
            if abs(new - old) > Decimal(1).scaleb(-measure.decimals):
                told = {"old": number_text(old, measure.decimals), "period": before}
                told["new"] = number_text(new, measure.decimals)
                text = _("Sprung: %(period)s war es %(old)s, jetzt %(new)s; anderswo ändert sich viel weniger.")
                found.append(Remark(WARNING, "jump", period, text % told, area))
    return found


def _zeros(table: Table, before: str, period: str, areas: set[str]) -> set[str]:
    """Areas whose count comes from nothing, or sinks to nothing, by more than chance."""
    found = set()
    for area in areas:
        pair = [table.get((area, of)) for of in (before, period)]
        numbers = [state.value for state in pair if state is not None and state.value is not None]
        if len(numbers) == 2 and 0 in numbers and max(numbers) > LARGEST_FROM_ZERO:
            found.add(area)
    return found


def _period_before(table: Table, earlier: Sequence[str], period: str, measure: Measure) -> str | None:
    """The last period that has enough areas in common with this one."""
    for before in reversed(earlier):
        if len(_changes(table, before, period, is_count=measure.is_count)) >= FEWEST:
            return before
    return None


def _changes(table: Table, before: str, period: str, *, is_count: bool) -> dict[str, float]:
    changes = {}
    for (area, of), state in table.items():
        old = table.get((area, before)) if of == period else None
        if old is None or old.value is None or state.value is None:
            continue
        if not is_count:
            changes[area] = float(state.value - old.value)
        elif old.value > 0 and state.value > 0:
            changes[area] = log(state.value / old.value)
    return changes


def check_sums(table: Table, periods: Sequence[str], wholes: Sequence[Whole], measure: Measure) -> list[Remark]:
    """For counts: the parts of each larger area against its own value, beyond what rounding explains."""
    if not measure.is_count:
        return []
    found = []
    for whole in wholes:
        for period in periods:
            cells = [table.get((code, period)) for code in whole.parts]
            numbers = [cell.value for cell in cells if cell is not None and cell.value is not None]
            total = whole.values.get(period)
            if total is None or not numbers or len(numbers) < len(cells):
                continue
            rounding = Decimal(len(cells) + 1).scaleb(-measure.decimals) / 2
            if abs(sum(numbers) - total) > max(rounding, abs(total) * Decimal(str(SHARE))):
                told = {"name": whole.name, "sum": number_text(sum(numbers)), "total": number_text(total)}
                text = _("Summe der Teile: %(sum)s, für %(name)s steht %(total)s.") % told
                found.append(Remark(WARNING, "sum", period, text))
    return found


def check_totals(table: Table, changed: Sequence[Key], sums: Mapping[Key, Decimal], measure: Measure) -> list[Remark]:
    """For counts: each changed value against what its parts on a finer level add up to."""
    found = []
    for key in changed:
        total = table[key].value if key in table else None
        if total is None or key not in sums or abs(sums[key] - total) <= max(abs(total) * Decimal(str(SHARE)), 1):
            continue
        told = {"sum": number_text(sums[key]), "total": number_text(total)}
        text = _("Die Teile dieses Gebiets ergeben zusammen %(sum)s, hier steht %(total)s.") % told
        found.append(Remark(WARNING, "sum", key[1], text, key[0]))
    return found


def check_gaps(table: Table, periods: Sequence[str], areas: Mapping[str, str]) -> list[Remark]:
    """Areas without any entry in a period for which others have one."""
    found = []
    for period in periods:
        missing = [name for code, name in areas.items() if (code, period) not in table]
        if not missing or len(missing) == len(areas):
            continue
        told = {"count": len(missing), "names": ", ".join(missing[:NAMED])}
        text = ngettext(
            "Für ein Gebiet steht noch nichts: %(names)s.",
            "Für %(count)d Gebiete steht noch nichts, zum Beispiel: %(names)s.",
            len(missing),
        )
        found.append(Remark(NOTE, "gap", period, text % told))
    return found
