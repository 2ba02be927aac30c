"""Which indicators are computed from which others, and in what order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from graphlib import TopologicalSorter

from indicators.models import CompositeIndex, FormulaTerm, IndexComponent, Indicator

Edges = Mapping[int, frozenset[int]]  # an indicator that is computed -> the indicators that it is computed from


def computed_from() -> Edges:
    """Every indicator that is computed from others, with those. 3 queries."""
    return {**_by_formulas(), **index_inputs()}


def _by_formulas() -> Edges:
    found: dict[int, set[int]] = defaultdict(set)
    computed = FormulaTerm.objects.filter(formula__indicator__aggregation=Indicator.Aggregation.COMPUTED)
    for pk, used in computed.order_by().values_list("formula__indicator_id", "input_id"):
        found[pk].add(used)
    return {pk: frozenset(used) for pk, used in found.items()}


def index_inputs() -> Edges:
    """Every index with its indicators, and with what counts the inhabitants where it asks for a minimum. 2 queries."""
    found: dict[int, set[int]] = {}
    for index, indicator in IndexComponent.objects.values_list("index_id", "indicator_id"):
        found.setdefault(index, set()).add(indicator)
    asking = CompositeIndex.objects.filter(min_population__gt=0, population__isnull=False)
    for index, population in asking.values_list("pk", "population_id"):
        if index in found:
            found[index].add(population)
    return {index: frozenset(inputs) for index, inputs in found.items()}


def dependents(of: Iterable[int], edges: Edges) -> set[int]:
    """`of` and everything that is computed from them, directly or over others.

    >>> sorted(dependents([1], {2: frozenset({1}), 3: frozenset({2}), 5: frozenset({4})}))
    [1, 2, 3]
    """
    found = set(of)
    while more := {pk for pk, inputs in edges.items() if pk not in found and inputs & found}:
        found |= more
    return found


def inputs(of: Iterable[int], edges: Edges) -> set[int]:
    """`of` and everything that they are computed from, directly or over others.

    >>> sorted(inputs([3], {2: frozenset({1}), 3: frozenset({2}), 5: frozenset({4})}))
    [1, 2, 3]
    """
    found, open_ones = set(), list(of)
    while open_ones:
        pk = open_ones.pop()
        if pk not in found:
            found.add(pk)
            open_ones += edges.get(pk, ())
    return found


def in_order(of: Iterable[int], edges: Edges) -> list[int]:
    """`of` so that inputs stand before what is computed from them. Raises `graphlib.CycleError`.

    >>> in_order([3, 1, 2], {2: frozenset({1}), 3: frozenset({2})})
    [1, 2, 3]
    """
    wanted = sorted(of)
    graph = TopologicalSorter({pk: sorted(edges.get(pk, frozenset()) & set(wanted)) for pk in wanted})
    return list(graph.static_order())
