"""What is secret by itself: the rule of a source applied to one count, rate or sum over firms. No Django.

Sources: A. Hundepool et al., "Statistical Disclosure Control" (Wiley 2012) and the Handbook on SDC, chapters on
frequency tables (minimum frequency, group disclosure) and magnitude tables (dominance, upper protection levels).
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

from .tables import Cell, Number, loss


class Reason(StrEnum):
    """Why a count is secret."""

    FEW_CASES = "few_cases"
    FEW_WITHOUT = "few_without"  # all but a few have the trait
    SMALL_POPULATION = "small_population"
    DOMINANCE = "dominance"


@dataclass(frozen=True)
class Rule:
    """The rule of a source.

    `min_count`: counts from 1 to below it are secret. 0 and 1 switch this off.
    `base`: 5 or 10: instead of hiding, all counts of the source are rounded to multiples (`rounding.py`).
    `dominance` (n, k): a sum over firms is secret if the n largest contribute more than k percent of it.
    `min_population`: rates of fewer people are secret.
    `zero_is_secret`: usually a zero is told. It is about nobody, and who knows that nobody receives help learns
    nothing about a person who does; hiding zeros would also hide most of a table of rare events. A source for which the
    absence itself is sensitive says so here.
    `complement`: for rates, also the number of those without the trait is protected, because it can be computed.
    """

    min_count: int = 3
    base: int | None = None
    dominance: tuple[int, Number] | None = None
    min_population: int | None = None
    zero_is_secret: bool = False
    complement: bool = True


@dataclass(frozen=True)
class Need:
    """Why a value is secret, and from where to where the interval of an attacker must reach at least."""

    reason: Reason
    low: Number
    high: Number


def primary(
    value: Number,
    rule: Rule,
    *,
    denominator: Number | None = None,
    contributions: Sequence[Number] | None = None,
) -> Need | None:
    """Whether a value is secret by itself, and how much of it: None if it may be told.

    `value` is a count (numerator of a rate) in persons, or a sum over firms in the unit of `contributions`. A missing
    value is not asked for: it cannot be secret. Raises `ValueError` for negative values.

    >>> primary(2, Rule(min_count=5))
    Need(reason=<Reason.FEW_CASES: 'few_cases'>, low=0, high=5)
    >>> primary(0, Rule()), primary(3, Rule())
    (None, None)
    """
    if value < 0:
        raise ValueError("a count is never negative")
    if contributions is not None:
        return _firms(value, rule, contributions)
    if _is_few(value, rule):
        return Need(Reason.FEW_CASES, 0, rule.min_count)
    if denominator is None:
        return None
    return _rate(value, denominator, rule)


def cell_of(
    key: Hashable, value: Number, need: Need | None, *, is_fixed: bool = False, weight: float | None = None
) -> Cell:
    """The cell of a count: a single case is its own holder, because that person knows of himself.

    >>> cell_of("a", 1, primary(1, Rule())).holder
    'a'
    """
    kept = {"is_fixed": is_fixed, "weight": loss(value) if weight is None else weight}
    if need is None:
        return Cell(key, value, **kept)
    holder = key if value == 1 and need.reason == Reason.FEW_CASES else None
    low, high = _in_steps_of(value, need)
    return Cell(key, value, is_sensitive=True, width=high - low, low=low, high=high, holder=holder, **kept)


def _in_steps_of(value: Number, need: Need) -> tuple[Number, Number]:
    """What is needed, rounded outwards to the precision of the value: tables are computed in whole steps.

    >>> _in_steps_of(Decimal("1.5"), Need(Reason.DOMINANCE, Decimal(1) / 3, Decimal(8) / 3))
    (Decimal('0.3'), Decimal('2.7'))
    """
    if isinstance(need.low, int) and isinstance(need.high, int):
        return need.low, need.high
    step = Decimal(1).scaleb(min(Decimal(value).normalize().as_tuple().exponent, 0))
    return Decimal(need.low).quantize(step, ROUND_FLOOR), Decimal(need.high).quantize(step, ROUND_CEILING)


def _is_few(count: Number, rule: Rule) -> bool:
    return count < rule.min_count and (count > 0 or (rule.zero_is_secret and rule.min_count > 1))


def _rate(value: Number, denominator: Number, rule: Rule) -> Need | None:
    """A rate tells numerator and denominator: both, and their difference, must not be few."""
    if denominator < value:
        return None  # not a share (cases per resident): there are no people without
    if rule.complement and _is_few(denominator - value, rule):
        return Need(Reason.FEW_WITHOUT, max(denominator - rule.min_count, 0), denominator)
    if _is_few(denominator, rule) or (rule.min_population is not None and denominator < rule.min_population):
        width = max(rule.min_count, 1)
        return Need(Reason.SMALL_POPULATION, max(value - width, 0), value + width)
    return None


def _firms(value: Number, rule: Rule, contributions: Sequence[Number]) -> Need | None:
    """Few firms, or dominance (n, k): the attacker's upper estimate must reach what makes the n largest at most k
    percent.

    That level is (largest n) / k x 100 - value above the true value; below it the same (Hundepool et al., chapter on
    magnitude tables). Fewer firms than `min_count` are protected by the largest contribution, so that no firm
    learns the other's.
    """
    largest = sorted((Decimal(c) for c in contributions if c), reverse=True)
    if largest and len(largest) < rule.min_count:
        return Need(Reason.FEW_CASES, max(value - largest[0], 0), value + largest[0])
    if rule.dominance is None or not value:
        return None
    count, percent = rule.dominance
    needed = sum(largest[:count]) * 100 / Decimal(percent) - value
    if needed <= 0:
        return None
    return Need(Reason.DOMINANCE, max(value - needed, Decimal(0)), value + needed)
