"""All class limits that an edition offers, per level, method and number of classes. Pure calculation."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import combinations

from .classes import CLASS_COUNTS, Method, author_limits, change_limits, find_limits
from .natural import natural_starts

Values = Mapping[str, Mapping[str, Mapping[str, float]]]
ALL_PAIRS_UP_TO = 6  # periods; longer series offer each period against the first and the last only


def breaks_of_levels(
    values: Values,
    *,
    decimals: int,
    author: Sequence[float] = (),
    comparable: Callable[[str, str, str, str], bool] = lambda level, area, earlier, later: True,
    series_breaks: Sequence[str] = (),
) -> dict:
    """Limits for `values[level][period][area]`; the same limits hold for all periods of a level.

    `comparable(level, area, earlier, later)` says whether a change of an area may be told. Pairs of periods with a
    break of the series between them (`series_breaks`: periods from which on values differ), and pairs in which no
    area is comparable, are not offered.

    Answer: `{level: {"methods": {method: {"5": [...]}, "author": {"own": [...]}}, "change": {"2018-2024": [...]}}}`.
    """
    return {
        level: {
            "methods": _methods([v for areas in periods.values() for v in areas.values()], decimals, author),
            "change": _changes(periods, decimals, partial(comparable, level), series_breaks),
        }
        for level, periods in values.items()
    }


def period_pairs(periods: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs (earlier, later) of periods for which a map of change is offered."""
    ordered = sorted(periods)
    pairs = list(combinations(ordered, 2))
    if len(ordered) <= ALL_PAIRS_UP_TO:
        return pairs
    return [(a, b) for a, b in pairs if a == ordered[0] or b == ordered[-1]]


def _methods(pooled: Sequence[float], decimals: int, author: Sequence[float]) -> dict:
    methods: dict[str, dict[str, list[float]]] = {}
    if author:
        methods[Method.AUTHOR.value] = {"own": list(author_limits(author).limits)}
    methods[Method.NATURAL.value] = {str(k): list(v) for k, v in natural_starts(pooled, CLASS_COUNTS).items()}
    for method in (Method.QUANTILES, Method.EQUAL, Method.DEVIATION):
        methods[method.value] = {
            str(count): list(find_limits(pooled, method, count, decimals=decimals).limits) for count in CLASS_COUNTS
        }
    return methods


def _changes(
    periods: Mapping[str, Mapping[str, float]], decimals: int, comparable: Callable, series_breaks: Sequence[str]
) -> dict[str, list[float]]:
    changes = {}
    for earlier, later in period_pairs(list(periods)):
        if any(earlier < period <= later for period in series_breaks):
            continue
        before, after = periods[earlier], periods[later]
        same = [area for area in after if area in before and comparable(area, earlier, later)]
        if same:
            differences = [round(after[area] - before[area], decimals) for area in same]
            changes[f"{earlier}-{later}"] = list(change_limits(differences, decimals=decimals).limits)
    return changes
