"""From numbers to a judgement in words, the same for every language. Exact fractions, no Django.

Every judgement is true as it stands: "more than" and "less than" are strict, "almost" lies below, "about" is
within the named tolerance. The limits are conventions of this portal, documented in docs/catalogue.md.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

SAME, SLIGHTLY_MORE, CLEARLY_MORE = "same", "slightly_more", "clearly_more"
SLIGHTLY_LESS, CLEARLY_LESS = "slightly_less", "clearly_less"
ABOUT, ALMOST, MORE, LESS, BETWEEN, NONE = "about", "almost", "more", "less", "between", "none"

LARGE_PARTS = [Fraction(1, 5), Fraction(1, 4), Fraction(1, 3), Fraction(1, 2), Fraction(2, 3), Fraction(3, 4)]
LARGE_PARTS += [Fraction(9, 10)]
SMALL_PARTS = {10: None, 20: (Fraction("18.5"), Fraction("21.5")), 50: (46, 54), 100: (95, 105)}
TIMES = [Fraction(3, 2), Fraction(2), Fraction(3), Fraction(4), Fraction(5)]
PARTS = [Fraction(1, 2), Fraction(1, 3), Fraction(1, 4), Fraction(1, 5)]

NEAR_SHARE, ALMOST_FROM = Fraction("0.025"), Fraction("0.93")
NEAR_TIMES, NEAR_PART = Fraction("0.03"), Fraction("0.04")
NEAR_ORDINAL = Fraction("0.2")  # "every sixth" for 5.8 to 6.2
ESTIMATE_NOISE = 3  # units of the last decimal that a change of estimates must exceed


@dataclass(frozen=True)
class Judgement:
    """`relation` to `part` (a share or a multiple); for `between` also the `smaller` end."""

    relation: str
    part: Fraction | None = None
    smaller: Fraction | None = None


@dataclass(frozen=True)
class Trend:
    """`direction` is `risen`, `fallen` or `same`; `degree` is `slightly`, `plainly` or `clearly`."""

    direction: str
    degree: str = ""


def judge_share(percent: Decimal, *, is_zero: bool = False) -> Judgement:
    """A share in percent (0 to 100) as a simple part of the whole.

    Zero is `none` only when it is exactly nothing; a zero that was rounded is less than one in a hundred.

    >>> judge_share(Decimal("15.4"))
    Judgement(relation='between', part=Fraction(1, 6), smaller=Fraction(1, 7))
    """
    share = Fraction(percent) / 100
    if share <= 0:
        return Judgement(NONE) if is_zero else Judgement(LESS, Fraction(1, 100))
    if share >= LARGE_PARTS[0] * (1 - NEAR_SHARE):
        return _large(share)
    return _small(1 / share)


def _large(share: Fraction) -> Judgement:
    for part in LARGE_PARTS:
        if abs(share - part) <= part * NEAR_SHARE:
            return Judgement(ABOUT, part)
        if part * ALMOST_FROM <= share < part:
            return Judgement(ALMOST, part)
    return Judgement(MORE, max(part for part in LARGE_PARTS if part < share))


def _small(one_in: Fraction) -> Judgement:
    """`one_in` = 6.5 means that one of 6.5 is meant."""
    if one_in <= 10 + NEAR_ORDINAL:
        nearest = round(one_in)
        if abs(one_in - nearest) <= NEAR_ORDINAL:
            return Judgement(ABOUT, Fraction(1, nearest))
        below = int(one_in)
        return Judgement(BETWEEN, Fraction(1, below), Fraction(1, below + 1))
    for count, near in SMALL_PARTS.items():
        if near and near[0] <= one_in <= near[1]:
            return Judgement(ABOUT, Fraction(1, count))
    return Judgement(LESS, Fraction(1, max(count for count in SMALL_PARTS if count < one_in)))


def judge_ratio(value: Decimal, reference: Decimal, *, noise: Decimal = Decimal(0)) -> Judgement | None:
    """How many times the reference; None where a ratio says nothing (zero or negative numbers).

    Differences up to `noise` (in the unit of the values) count as the same.

    >>> judge_ratio(Decimal("34.6"), Decimal("15.4"))
    Judgement(relation='more', part=Fraction(2, 1), smaller=None)
    """
    if value <= 0 or reference <= 0:
        return None
    ratio = Fraction(value) / Fraction(reference)
    if abs(value - reference) <= noise or Fraction("0.95") <= ratio <= Fraction("1.05"):
        return Judgement(SAME)
    return _more(ratio) if ratio > 1 else _less(ratio)


def _more(ratio: Fraction) -> Judgement:
    if ratio <= Fraction("1.2"):
        return Judgement(SLIGHTLY_MORE)
    if ratio < TIMES[0] * ALMOST_FROM:
        return Judgement(CLEARLY_MORE)
    for times in TIMES:
        if abs(ratio - times) <= times * NEAR_TIMES:
            return Judgement(ABOUT, times)
        if times * ALMOST_FROM <= ratio < times:
            return Judgement(ALMOST, times)
    return Judgement(MORE, max(times for times in TIMES if times < ratio))


def _less(ratio: Fraction) -> Judgement:
    if ratio >= Fraction("0.8"):
        return Judgement(SLIGHTLY_LESS)
    if ratio >= Fraction("0.56"):
        return Judgement(CLEARLY_LESS)
    for part in PARTS:
        if abs(ratio - part) <= part * NEAR_PART:
            return Judgement(ABOUT, part)
    if ratio > PARTS[0]:
        return Judgement(MORE, PARTS[0])
    return Judgement(LESS, min(part for part in PARTS if part > ratio))


def judge_distance(value: Decimal, reference: Decimal, *, noise: Decimal = Decimal(0)) -> Judgement:
    """Above or below the reference, for means such as an age, where multiples would sound wrong.

    >>> judge_distance(Decimal("33.7"), Decimal("43.1")).relation
    'clearly_less'
    """
    difference = value - reference
    if abs(difference) <= noise or abs(difference) < abs(reference) * Decimal("0.02"):
        return Judgement(SAME)
    slight = abs(difference) < abs(reference) * Decimal("0.1")
    if difference > 0:
        return Judgement(SLIGHTLY_MORE if slight else CLEARLY_MORE)
    return Judgement(SLIGHTLY_LESS if slight else CLEARLY_LESS)


def rounding_noise(decimals: int, *, is_estimate: bool = False) -> Decimal:
    """The largest change that rounding alone (or an estimate's uncertainty) can explain, in the unit."""
    return Decimal(1).scaleb(-decimals) * (ESTIMATE_NOISE if is_estimate else 1)


def judge_change(earlier: Decimal, later: Decimal, *, noise: Decimal) -> Trend:
    """Risen, fallen or the same; the same up to `noise` or one percent of the earlier value.

    >>> judge_change(Decimal("42.8"), Decimal("34.6"), noise=Decimal("0.3"))
    Trend(direction='fallen', degree='clearly')
    """
    change = later - earlier
    size = abs(change)
    if size <= noise or size < abs(earlier) * Decimal("0.01"):
        return Trend("same")
    direction = "risen" if change > 0 else "fallen"
    if not earlier:
        return Trend(direction, "plainly")
    relative = size / abs(earlier)
    if relative < Decimal("0.05"):
        return Trend(direction, "slightly")
    return Trend(direction, "clearly" if relative >= Decimal("0.15") else "plainly")
