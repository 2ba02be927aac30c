"""Figures computed from other figures: the kinds of formulas, for one area and one period. Pure calculation.

Inputs are published figures (rounded as readers see them), so that anybody can recompute a result from the portal and a
result tells nothing that its inputs do not. What becomes of statuses and of missing inputs: `propagation`.

Sources: measures of structure, relation and change (Gliederungs-, Beziehungs- und Messzahlen) as in G. Bamberg,
F. Baur, M. Krapp: Statistik, chapter on ratios and index numbers; the single moving average of NIST/SEMATECH,
e-Handbook of Statistical Methods, 6.4.2.1.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from .comparability import is_comparable
from .propagation import blocked_by, derived_cell
from .upwards import MISSING, Delivered

NOT_MEANINGFUL = Delivered(None, "not_applicable")
PERCENT = 100
SQUARE_METRES = Decimal(1_000_000)  # in a square kilometre
SIZE_STEP = Decimal("0.0001")  # km² (100 m²) to which the size of an area is rounded before dividing


class Kind(StrEnum):
    """What a formula computes; the values stand in files and in the database."""

    SHARE = "share"
    PER_1000 = "per_1000"
    QUOTIENT = "quotient"
    DENSITY = "density"
    SUM = "sum"
    DIFFERENCE = "difference"
    CHANGE = "change"
    CHANGE_PERCENT = "change_percent"
    INDEX = "index"
    MOVING_AVERAGE = "moving_average"


RATIOS = frozenset({Kind.SHARE, Kind.PER_1000, Kind.QUOTIENT})
OVER_TIME = frozenset({Kind.CHANGE, Kind.CHANGE_PERCENT, Kind.INDEX, Kind.MOVING_AVERAGE})
FACTORS = {Kind.SHARE: 100, Kind.PER_1000: 1000}  # of kinds that say their factor by their name


def ratio(above: Sequence[Delivered], below: Sequence[Delivered], *, factor: int, counted: bool = True) -> Delivered:
    """Sum of `above` by sum of `below` times `factor` (100: percent, 1000: per 1,000); not meaningful by zero.

    Because inputs are combined upwards first, this is a ratio of sums on every level, never a mean of ratios.
    `counted`: both are numbers of people or things; then they are kept as numerator and denominator.

    >>> def cell(number): return Delivered(Decimal(number), "reported")
    >>> found = ratio([cell(3)], [cell(12)], factor=100)
    >>> found.value, found.numerator, found.denominator
    (Decimal('25.00'), Decimal('3'), Decimal('12'))
    >>> ratio([cell(3)], [cell(0)], factor=100).status
    'not_applicable'
    """
    if blocked := blocked_by([*above, *below]):
        return blocked
    numerator, denominator = _total(above), _total(below)
    if denominator == 0:
        return NOT_MEANINGFUL
    counts = {"numerator": numerator, "denominator": denominator} if counted else {}
    return derived_cell(numerator / denominator * factor, [*above, *below], **counts)


def density(count: Delivered, *, size: Decimal | None) -> Delivered:
    """Number per square kilometre; `size`: of the stored boundary in km². Joint counts hold for more than the area.

    >>> density(Delivered(Decimal(500), "reported"), size=Decimal(2)).value
    Decimal('250')
    >>> density(Delivered(Decimal(500), "reported"), size=None).status
    'missing'
    """
    if blocked := blocked_by([count]):
        return blocked
    if size is None or count.joint_with:
        return MISSING
    return NOT_MEANINGFUL if size == 0 else derived_cell(count.value / size, [count])


def size_in_km2(square_metres: float) -> Decimal:
    """The size of a boundary as formulas use it.

    >>> size_in_km2(1_234_567.8)
    Decimal('1.2346')
    """
    return (Decimal(square_metres) / SQUARE_METRES).quantize(SIZE_STEP)


def total(plus: Sequence[Delivered], *, factor: int = 1) -> Delivered:
    """Sum of figures of the same unit; nothing when one is missing, because a partial sum would look like a total.

    Rates of the same denominator are added by their counts where all are known: a and b cases of n are a + b of n.
    `factor`: of those rates (100, 1000).

    >>> def rate(cases): return Delivered(Decimal(cases) / 8 * 100, "reported", Decimal(cases), Decimal(8))
    >>> both = total([rate(1), rate(2)], factor=100)
    >>> both.value, both.numerator, both.denominator
    (Decimal('37.500'), Decimal('3'), Decimal('8'))
    """
    if blocked := blocked_by(plus):
        return blocked
    below = {cell.denominator for cell in plus}
    if len(below) == 1 and all(cell.numerator is not None for cell in plus) and (whole := below.pop()):
        cases = sum((cell.numerator for cell in plus), Decimal(0))
        return derived_cell(cases / whole * factor, plus, numerator=cases, denominator=whole)
    return derived_cell(_total(plus), plus)


def difference(first: Delivered, minus: Sequence[Delivered]) -> Delivered:
    """`first` minus all of `minus`, in their unit.

    >>> def cell(number): return Delivered(Decimal(number), "reported")
    >>> difference(cell(10), [cell(2), cell(3)]).value
    Decimal('5')
    """
    inputs = [first, *minus]
    return blocked_by(inputs) or derived_cell(first.value - _total(minus), inputs)


def change(before: Delivered, after: Delivered, *, is_count: bool) -> Delivered:
    """`after` minus `before` in their unit (percentage points for shares); missing where both are not comparable.

    >>> flat = Delivered(Decimal(7), "reported")
    >>> change(flat, flat, is_count=True).value, change(flat, flat, is_count=True).status
    (Decimal('0'), 'zero')
    """
    return _incomparable(before, after, is_count) or derived_cell(after.value - before.value, [before, after])


def change_percent(before: Delivered, after: Delivered, *, is_count: bool) -> Delivered:
    """Change in percent of the earlier number; not meaningful where that is zero or below.

    >>> def cell(number): return Delivered(Decimal(number), "reported")
    >>> change_percent(cell(80), cell(100), is_count=True).value
    Decimal('25.00')
    >>> change_percent(cell(0), cell(5), is_count=True).status
    'not_applicable'
    """
    if blocked := _incomparable(before, after, is_count):
        return blocked
    if before.value <= 0:
        return NOT_MEANINGFUL
    return derived_cell((after.value - before.value) / before.value * PERCENT, [before, after])


def index(base: Delivered, now: Delivered, *, is_count: bool) -> Delivered:
    """The number in hundredths of that of the base period, which itself is 100; not meaningful for a base of zero.

    >>> def cell(number): return Delivered(Decimal(number), "reported")
    >>> index(cell(80), cell(100), is_count=True).value, index(cell(80), cell(80), is_count=True).value
    (Decimal('125.00'), Decimal('100'))
    """
    if blocked := _incomparable(base, now, is_count):
        return blocked
    return NOT_MEANINGFUL if base.value <= 0 else derived_cell(now.value / base.value * PERCENT, [base, now])


def moving_average(window: Sequence[Delivered], *, is_count: bool) -> Delivered:
    """Mean of the figures of a window of years, the last one its own; missing when any year is.

    Years are only averaged that could be compared with the last one.

    >>> def cell(number): return Delivered(Decimal(number), "reported")
    >>> moving_average([cell(1), cell(2), cell(6)], is_count=False).value
    Decimal('3')
    >>> moving_average([cell(1), MISSING, cell(6)], is_count=False).status
    'missing'
    """
    if blocked := blocked_by(window):
        return blocked
    if not all(is_comparable(cell, window[-1], is_count=is_count) for cell in window):
        return MISSING
    return derived_cell(_total(window) / len(window), window)


def _incomparable(before: Delivered, after: Delivered, is_count: bool) -> Delivered | None:
    if blocked := blocked_by([before, after]):
        return blocked
    return None if is_comparable(before, after, is_count=is_count) else MISSING


def _total(cells: Sequence[Delivered]) -> Decimal:
    return sum((cell.value for cell in cells), Decimal(0))
