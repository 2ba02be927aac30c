"""How areas of the plan developed beside similar ones that were not chosen. Pure calculation: no Django.

A matched comparison: of each area the change of an indicator minus the mean change of the areas that were most like it
before it joined. How large such a difference is by chance is read off the others: each of them is compared in the same
way with its own nearest (a placebo test; Abadie, Diamond and Hainmueller, "Synthetic control methods for comparative
case studies", JASA 105, 2010, use it likewise). It shows whether a development was unusual, never why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pstdev

SIMILAR = 5  # areas that one is compared with
FEWEST = 15  # areas outside the plan with all figures; with fewer nothing is said about chance
USUAL = 0.9  # share of the placebo differences that counts as usual


@dataclass(frozen=True)
class Place:
    """An area with its figures before (by indicator, in their units) and the later change of the one looked at."""

    key: str
    before: Mapping[str, float]
    change: float


@dataclass(frozen=True)
class Comparison:
    """The change of an area, the mean change of the areas `like` it (nearest first), and what is usual by chance.

    `difference` is change minus mean, in units of the indicator; between `low` and `high` lie the middle 90 % of such
    differences among areas outside the plan.
    """

    key: str
    change: float
    like: tuple[str, ...]
    like_change: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        """By how much the area developed otherwise than those like it."""
        return self.change - self.like_change

    @property
    def is_unusual(self) -> bool:
        """Whether the difference is larger than what is usual without the plan."""
        return not self.low <= self.difference <= self.high


def nearest(place: Place, others: Sequence[Place], *, count: int = SIMILAR) -> list[Place]:
    """The others most like a place before: Euclidean distance of standardised figures.

    Each is divided by its population standard deviation over all these places. Indicators that do not vary say
    nothing and are left out; of equal distances the smaller key comes first.

    >>> a, b, c = (Place(key, {"x": x}, 0.0) for key, x in (("a", 1.0), ("b", 5.0), ("c", 2.0)))
    >>> [other.key for other in nearest(a, [b, c], count=1)]
    ['c']
    """
    everything = [place, *others]
    spreads = {slug: pstdev(p.before[slug] for p in everything) for slug in place.before}
    used = [slug for slug, spread in spreads.items() if spread]

    def distance(other: Place) -> float:
        return sqrt(sum(((place.before[slug] - other.before[slug]) / spreads[slug]) ** 2 for slug in used))

    return sorted(others, key=lambda other: (distance(other), other.key))[:count]


def compared(place: Place, others: Sequence[Place], *, count: int = SIMILAR) -> Comparison | None:
    """A place of the plan beside those outside it; None with fewer than 15 others.

    `others` never belonged to the plan and have all figures; their order does not matter.
    """
    if len(others) < FEWEST:
        return None
    like = nearest(place, others, count=count)
    chance = sorted(
        other.change - fmean(p.change for p in nearest(other, [o for o in others if o is not other], count=count))
        for other in others
    )
    return Comparison(
        place.key,
        place.change,
        tuple(other.key for other in like),
        fmean(other.change for other in like),
        low=_quantile(chance, (1 - USUAL) / 2),
        high=_quantile(chance, (1 + USUAL) / 2),
    )


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Linear between neighbours (type 7 of Hyndman and Fan, The American Statistician 50, 1996)."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
