"""Ranks and distances of published numbers. Pure calculation."""

from collections.abc import Hashable, Mapping
from decimal import ROUND_HALF_UP, Decimal


def publish_rounded(value: Decimal | None, decimals: int) -> Decimal | None:
    """The number as it is published: rounded half up, as German official statistics do.

    Everything that is said about a figure (rank, class, difference) starts from this number, so that readers
    can recompute it from the table.

    >>> publish_rounded(Decimal("12.25"), 1)
    Decimal('12.3')
    """
    if value is None:
        return None
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def rank_descending(values: Mapping[Hashable, Decimal]) -> dict[Hashable, int]:
    """Rank 1 for the highest value; equal values share a rank and the next one is skipped (1, 2, 2, 4).

    >>> rank_descending({"a": Decimal(5), "b": Decimal(7), "c": Decimal(5)})
    {'a': 2, 'b': 1, 'c': 2}
    """
    ordered = sorted(values.values(), reverse=True)
    first = {}
    for position, value in enumerate(ordered, start=1):
        first.setdefault(value, position)
    return {key: first[value] for key, value in values.items()}
