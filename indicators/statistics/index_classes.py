"""Classes of an index and the matrix of two of them. Pure calculation.

By standard deviation: a class begins at mean + k standard deviations of the scores (k ascending); after a second
standardisation that is k itself. Berlin, Monitoring Soziale Stadtentwicklung: status at -1, +1, +1.5 and dynamics at
-1, +1. Own limits are scores. Classes count from 0, the lowest (most favourable) scores; a class begins at its limit.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from .standardising import DIGITS, spread


@dataclass(frozen=True)
class ClassRule:
    """Inner limits in ascending order: in standard deviations, or (`own`) scores."""

    limits: tuple[Decimal, ...]
    own: bool = False

    def __post_init__(self):
        """Refuse limits that do not ascend."""
        if any(low >= high for low, high in zip(self.limits, self.limits[1:], strict=False)):
            raise ValueError("limits have to ascend")


def limits_of(rule: ClassRule, scores: Sequence[Decimal]) -> list[Decimal]:
    """The limits as scores. Equal scores have no deviation: every limit is then at its own k, so that they all
    lie in the middle class.

    >>> limits_of(ClassRule((Decimal(-1), Decimal(1))), [Decimal(10), Decimal(20)])
    [Decimal('10'), Decimal('20')]
    """
    if rule.own or not scores:
        return list(rule.limits)
    of_all = spread(scores)
    with localcontext(prec=DIGITS):
        if not of_all.deviation:
            return [of_all.mean + limit for limit in rule.limits]
        # 40 digits leave a last one behind where the mean is 0 and the deviation 1 (standardised again)
        return [_plain(of_all.mean + limit * of_all.deviation) for limit in rule.limits]


def _plain(limit: Decimal) -> Decimal:
    return limit.quantize(Decimal("1e-20")).normalize() + 0


def class_of(score: Decimal, limits: Sequence[Decimal]) -> int:
    """The class of a score, from 0; a class begins at its limit.

    >>> [class_of(Decimal(x), [Decimal(-1), Decimal(1), Decimal("1.5")]) for x in ("-1.01", "-1", "1.49", "1.5")]
    [0, 1, 2, 3]
    """
    return bisect_right(limits, score)


def matrix(rows: Mapping[str, int], columns: Mapping[str, int], *, size: tuple[int, int]) -> list[list[list[str]]]:
    """Areas in a table of two classifications: `result[row][column]`, each cell in the order of the areas' codes.

    Areas that one of both does not know are left out. `size`: number of classes of each.

    >>> matrix({"a": 0, "b": 1, "c": 1}, {"a": 1, "b": 0}, size=(2, 2))
    [[[], ['a']], [['b'], []]]
    """
    cells = [[[] for _column in range(size[1])] for _row in range(size[0])]
    for area in sorted(rows.keys() & columns.keys()):
        cells[rows[area]][columns[area]].append(area)
    return cells
