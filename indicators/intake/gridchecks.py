"""Checks of one indicator on one level while it is typed: range, jump, sum, gaps. Pure: states in, remarks out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from math import log
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .cells import State, number_text
from .findings import ERROR, NOTE, WARNING

Key = tuple[str, str]  # codes of area and period
Table = Mapping[Key, State]

JUMP = 6.0  # robust z-score above which a change stands out; 3.5 is usual for single series (Iglewicz, Hoaglin 1993)
TO_Z = 0.6745  # turns a median absolute deviation into a standard deviation of normal data
FEWEST_CHANGES = 8  # areas with a change; below that no spread can be told
LEAST_GROWTH = 0.01  # smallest spread of the growth of counts, as a share
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


def limits_of(unit: str, unit_long: str, name: str, *, is_count: bool) -> tuple[Decimal | None, Decimal | None]:
    """What a share, a rate or a count cannot leave; changes may be negative and above 100 %.

    >>> limits_of("%", "% der Bevölkerung", "Anteil", is_count=False)
    (Decimal('0'), Decimal('100'))
    """
    if any(word in f"{name} {unit_long}".lower() for word in ("veränderung", "entwicklung", "saldo")):
        return None, None
    is_share = unit == "%" and unit_long.startswith("%")
    at_least_zero = is_count or unit == "%" or unit.startswith("je 1.000")
    return (Decimal(0) if at_least_zero else None), (Decimal(100) if is_share else None)


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


def check_jumps(table: Table, changed: Sequence[Key], periods: Sequence[str], measure: Measure, breaks: Sequence[str]):
    """Changed cells whose change since the period before stands out from all areas' changes.

    Robust z-score: distance from the median change over the median absolute deviation; counts by their growth.
    Nothing is said across a break of the series or where fewer than eight areas have both values.
    """
    found = []
    for before, period in pairwise(periods):
        mine = {area for area, of in changed if of in (before, period)}
        if not mine or any(before < gap <= period for gap in breaks):
            continue
        changes = _changes(table, before, period, is_count=measure.is_count)
        least = LEAST_GROWTH if measure.is_count else 10.0**-measure.decimals
        scores = _robust_scores(changes, least)
        for area in sorted(mine & {code for code, score in scores.items() if abs(score) > JUMP}):
            told = {
                "old": number_text(table[area, before].value, measure.decimals),
                "new": number_text(table[area, period].value, measure.decimals),
                "period": before,
            }
            text = (
                _("Sprung: %(period)s war es %(old)s, jetzt %(new)s; andere Gebiete ändern sich viel weniger.") % told
            )
            found.append(Remark(WARNING, "jump", period, text, area))
    return found


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


def _robust_scores(changes: Mapping[str, float], least: float) -> dict[str, float]:
    if len(changes) < FEWEST_CHANGES:
        return {}
    middle = median(changes.values())
    spread = median(abs(change - middle) for change in changes.values())
    spread = max(spread, least)  # where most areas change alike, what shows at all is not yet a jump
    return {area: TO_Z * (change - middle) / spread for area, change in changes.items()}


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
            rounding = Decimal(len(cells)).scaleb(-measure.decimals) / 2
            if abs(sum(numbers) - total) > rounding:
                told = {"name": whole.name, "sum": number_text(sum(numbers)), "total": number_text(total)}
                text = _("Summe der Teile: %(sum)s, für %(name)s steht %(total)s.") % told
                found.append(Remark(WARNING, "sum", period, text))
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
