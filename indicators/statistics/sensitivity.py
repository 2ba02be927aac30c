"""How much the class of an area depends on the choices behind an index. Pure calculation.

Two questions, asked one at a time: what if one indicator were not there, and what if its weight were a quarter
smaller or larger? Source: OECD and JRC, Handbook on Constructing Composite Indicators (2008), section 1.7.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .composite import Component, NoWeight, Rules, Score, combined_index

QUARTER = Decimal("0.25")


@dataclass(frozen=True)
class Variant:
    """Another set of weights: `kind` is `without`, `less` or `more`, about the component `key`."""

    kind: str
    key: str
    weights: tuple[Decimal, ...]


@dataclass(frozen=True)
class Stability:
    """In how many of `of` variants the class of an area is another one, and which: (kind, key, class)."""

    of: int
    changes: tuple[tuple[str, str, int], ...]

    @property
    def is_stable(self) -> bool:
        """Whether the area keeps its class in all variants."""
        return not self.changes


def variants(components: Sequence[Component]) -> list[Variant]:
    """Without each component in turn, then each with a weight of -25 % and +25 %; weights of 0 have no variants.

    >>> [(v.kind, v.key) for v in variants([Component("a", Decimal(1)), Component("b", Decimal(2))])][:3]
    [('without', 'a'), ('without', 'b'), ('less', 'a')]
    """
    weights = [component.weight for component in components]
    factors = (("without", Decimal(0)), ("less", 1 - QUARTER), ("more", 1 + QUARTER))
    return [
        Variant(kind, component.key, (*weights[:number], component.weight * factor, *weights[number + 1 :]))
        for kind, factor in factors
        for number, component in enumerate(components)
        if component.weight
    ]


def stability(scores: Mapping[str, Score], components: Sequence[Component], rules: Rules) -> dict[str, Stability]:
    """How stable the class of each area is. The same areas take part in every variant, so that only weights differ.

    An index of one indicator has no variant without it.
    """
    comparable = {area: score.standardised for area, score in scores.items()}
    tried = []
    for variant in variants(components):
        try:
            tried.append((variant, combined_index(comparable, variant.weights, rules)))
        except NoWeight:
            continue
    return {area: _of_area(area, score, tried) for area, score in scores.items()}


def _of_area(area: str, score: Score, tried) -> Stability:
    changes = tuple(
        (variant.kind, variant.key, found[area].number_class)
        for variant, found in tried
        if found[area].number_class != score.number_class
    )
    return Stability(len(tried), changes)
