"""Which areas lie below the city's average by a stated rule, and why. Pure calculation, no Django.

A rule is a list of criteria and how many of them must be met. Every comparison is strict ("more than"), so an area that
is exactly like the city never stands out. Numbers are published ones, exact decimals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

Column = Mapping[str, Decimal | None]  # value by area; None: missing or secret


class Kind(StrEnum):
    """What a value is compared with."""

    DIFFERENCE = "difference"  # further from the city's value than the threshold, in the indicator's unit
    RATIO = "ratio"  # more (or less) than the threshold times the city's value
    HIGHEST = "highest"  # among the so many worst of the level


class Side(StrEnum):
    """Which values are the worse ones."""

    ABOVE = "above"
    BELOW = "below"


class Verdict(StrEnum):
    """What the rule says about an area."""

    STANDS_OUT = "stands_out"
    INCONSPICUOUS = "inconspicuous"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Criterion:
    """One condition; `threshold` in the unit of its kind: indicator's unit, factor, or number of places."""

    slug: str
    kind: Kind
    side: Side
    threshold: Decimal


@dataclass(frozen=True)
class Limit:
    """The value that decides (`value` None: it cannot be told), whether it itself is inside, who shares the last place.

    `tied` is empty unless equal values let in more areas than there are places.
    """

    value: Decimal | None
    is_inside: bool
    tied: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reason:
    """How an area stands to one criterion; `met` is None where its value or the limit is unknown."""

    slug: str
    value: Decimal | None
    limit: Decimal | None
    met: bool | None


@dataclass(frozen=True)
class Screened:
    """An area with the verdict and a reason for every criterion, in their order."""

    key: str
    verdict: Verdict
    reasons: tuple[Reason, ...]

    @property
    def met(self) -> int:
        """How many criteria are met."""
        return sum(reason.met is True for reason in self.reasons)


def limit_of(criterion: Criterion, column: Column, city: Decimal | None) -> Limit:
    """The limit that a criterion sets on a level with these values.

    >>> found = limit_of(Criterion("q", Kind.HIGHEST, Side.ABOVE, Decimal(2)),
    ...                  {"a": Decimal(9), "b": Decimal(5), "c": Decimal(5)}, None)
    >>> found.value, found.tied
    (Decimal('5'), ('b', 'c'))
    """
    if criterion.kind == Kind.HIGHEST:
        return _last_place(criterion, column)
    if city is None or (criterion.kind == Kind.RATIO and not city):
        return Limit(None, is_inside=False)
    if criterion.kind == Kind.RATIO:
        return Limit(city * criterion.threshold, is_inside=False)
    sign = 1 if criterion.side == Side.ABOVE else -1
    return Limit(city + sign * criterion.threshold, is_inside=False)


def screen(
    columns: Mapping[str, Column], criteria: Sequence[Criterion], limits: Sequence[Limit], needed: int
) -> tuple[Screened, ...]:
    """Every area of any column, by key. `limits` go with the criteria; for areas of a smaller level they are those of
    the larger one, so that a small area stands out where it would if it were one of the large ones.

    An area stands out as soon as `needed` criteria are met. Otherwise it is inconspicuous only if every criterion
    could be judged; with a value missing or secret it is unknown, never inconspicuous.

    >>> criterion = Criterion("q", Kind.DIFFERENCE, Side.ABOVE, Decimal(0))
    >>> found = screen({"q": {"a": Decimal(9), "b": None}}, [criterion], [Limit(Decimal(5), False)], 1)
    >>> [str(area.verdict) for area in found]
    ['stands_out', 'unknown']
    """
    keys = sorted({key for criterion in criteria for key in columns.get(criterion.slug, {})})
    return tuple(_screened(key, columns, criteria, limits, needed) for key in keys)


def _last_place(criterion: Criterion, column: Column) -> Limit:
    known = {key: value for key, value in column.items() if value is not None}
    places = int(criterion.threshold)
    if not known or places < 1:
        return Limit(None, is_inside=True)
    ordered = sorted(known.values(), reverse=criterion.side == Side.ABOVE)
    limit = ordered[min(places, len(ordered)) - 1]
    inside = sum(_is_worse(value, limit, criterion.side) or value == limit for value in known.values())
    tied = sorted(key for key, value in known.items() if value == limit) if inside > places else []
    return Limit(limit, is_inside=True, tied=tuple(tied))


def _is_worse(value: Decimal, limit: Decimal, side: Side) -> bool:
    return value > limit if side == Side.ABOVE else value < limit


def _screened(
    key: str, columns: Mapping[str, Column], criteria: Sequence[Criterion], limits: Sequence[Limit], needed: int
) -> Screened:
    reasons = tuple(
        _reason(criterion, columns.get(criterion.slug, {}).get(key), limit)
        for criterion, limit in zip(criteria, limits, strict=True)
    )
    met, unknown = sum(r.met is True for r in reasons), sum(r.met is None for r in reasons)
    if met >= needed:
        return Screened(key, Verdict.STANDS_OUT, reasons)
    return Screened(key, Verdict.UNKNOWN if unknown else Verdict.INCONSPICUOUS, reasons)


def _reason(criterion: Criterion, value: Decimal | None, limit: Limit) -> Reason:
    if value is None or limit.value is None:
        return Reason(criterion.slug, value, limit.value, None)
    met = _is_worse(value, limit.value, criterion.side) or (limit.is_inside and value == limit.value)
    return Reason(criterion.slug, value, limit.value, met)
