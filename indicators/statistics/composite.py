"""A composite index: several indicators standardised, weighted and added up. Pure calculation in exact decimals.

The rule of the Berlin Monitoring Soziale Stadtentwicklung is one setting of it: z-values, equal weights, sum,
standardised again. A high score always means less favourable conditions; the direction of every indicator sees to it.

Only areas with a value of every indicator take part; all others have to be left out before (`index_inputs`), so an
area without data changes nothing for the others.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from .index_classes import ClassRule, class_of, limits_of
from .ranking import publish_rounded
from .standardising import DIGITS, spread, standardised

COMBININGS = ("sum", "mean")


class NoWeight(ValueError):
    """All weights are zero: there is nothing to add up."""


@dataclass(frozen=True)
class Component:
    """One indicator of an index: `raises` says that a high value is unfavourable and raises the score."""

    key: str
    weight: Decimal
    raises: bool = True


@dataclass(frozen=True)
class Rules:
    """How an index is computed: standardisation (`z`, `min_max`, `rank`), `sum` or weighted `mean`, whether the
    result is standardised again, its classes, and the decimals of the published score."""

    classes: ClassRule
    standardisation: str = "z"
    combining: str = "sum"
    again: bool = True
    decimals: int = 2


@dataclass(frozen=True)
class Score:
    """The result of one area.

    `standardised` are its values of the components without weight, `contributions` what each adds to the score
    (they add up to it), `published` the rounded score, from which the class is read.
    """

    score: Decimal
    published: Decimal
    number_class: int
    standardised: tuple[Decimal, ...]
    contributions: tuple[Decimal, ...]

    @property
    def shares(self) -> tuple[Decimal, ...]:
        """Share of each component in the sum of all contributions regardless of sign (0 to 1); all 0 where none
        contributes."""
        return shares_of(self.contributions)


def shares_of(contributions: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Share of each contribution in the sum of their absolute values.

    >>> shares_of([Decimal(3), Decimal(-1)])
    (Decimal('0.75'), Decimal('0.25'))
    """
    whole = sum((abs(part) for part in contributions), Decimal(0))
    return tuple(abs(part) / whole if whole else Decimal(0) for part in contributions)


def composite_index(
    values: Mapping[str, Sequence[Decimal]], components: Sequence[Component], rules: Rules
) -> dict[str, Score]:
    """Scores by area from `values` (by area, in the order of the components, each in its own unit).

    Raises `NoWeight` when all weights are zero and `ValueError` for a negative weight or an unknown rule.

    >>> rule = Rules(ClassRule((Decimal(-1), Decimal(1))))
    >>> found = composite_index({"a": [Decimal(1)], "b": [Decimal(3)]}, [Component("quote", Decimal(1))], rule)
    >>> found["a"].score, found["b"].score, found["b"].number_class
    (Decimal('-1'), Decimal('1'), 2)
    """
    areas = sorted(values)
    columns = [
        standardised([values[area][number] for area in areas], rules.standardisation, raises=component.raises)
        for number, component in enumerate(components)
    ]
    return combined_index({area: tuple(column[n] for column in columns) for n, area in enumerate(areas)},
                          [component.weight for component in components], rules)  # fmt: skip


def combined_index(
    comparable: Mapping[str, Sequence[Decimal]], weights: Sequence[Decimal], rules: Rules
) -> dict[str, Score]:
    """The second half: scores from values that are standardised already; what weights alone can change.

    Raises as `composite_index` does.

    >>> rule = Rules(ClassRule(()), again=False, combining="mean")
    >>> combined_index({"a": [Decimal(1), Decimal(4)]}, [Decimal(1), Decimal(2)], rule)["a"].published
    Decimal('3.00')
    """
    areas = sorted(comparable)
    if not areas:
        return {}
    factors = _factors(weights, rules)
    with localcontext(prec=DIGITS):
        parts = {area: tuple(f * value for f, value in zip(factors, comparable[area], strict=True)) for area in areas}
        if rules.again:
            parts = _standardised_again(parts)
        scores = {area: sum(parts[area], Decimal(0)) for area in areas}
    limits = limits_of(rules.classes, list(scores.values()))
    return {area: _score(scores[area], parts[area], tuple(comparable[area]), limits, rules) for area in areas}


def _factors(weights: Sequence[Decimal], rules: Rules) -> list[Decimal]:
    if rules.combining not in COMBININGS:
        raise ValueError(f"unknown combining {rules.combining!r}")
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight cannot be negative: the direction turns an indicator round")
    whole = sum(weights, Decimal(0))
    if not whole:
        raise NoWeight("all weights are zero")
    with localcontext(prec=DIGITS):
        return [weight / whole for weight in weights] if rules.combining == "mean" else list(weights)


def _standardised_again(parts: Mapping[str, tuple[Decimal, ...]]) -> dict[str, tuple[Decimal, ...]]:
    """Contributions measured from their own mean in standard deviations of the sum; all zero for equal sums."""
    means = [sum(column, Decimal(0)) / len(column) for column in zip(*parts.values(), strict=True)]
    deviation = spread([sum(row, Decimal(0)) for row in parts.values()]).deviation
    if not _is_more_than_noise(deviation, parts):
        return {area: (Decimal(0),) * len(row) for area, row in parts.items()}
    return {
        area: tuple((part - mean) / deviation for part, mean in zip(row, means, strict=True))
        for area, row in parts.items()
    }


def _is_more_than_noise(deviation: Decimal, parts: Mapping[str, tuple[Decimal, ...]]) -> bool:
    """Sums that cancel out exactly leave the last of 40 digits behind; those are no differences between areas."""
    largest = max((abs(part) for row in parts.values() for part in row), default=Decimal(0))
    return deviation > largest * Decimal(10) ** (10 - DIGITS)


def _score(score: Decimal, parts, comparable, limits: Sequence[Decimal], rules: Rules) -> Score:
    published = publish_rounded(score, rules.decimals)
    return Score(score, published, class_of(published, limits), comparable, parts)
