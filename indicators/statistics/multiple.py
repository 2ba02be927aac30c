"""Many tests at once: how small a p-value must be so that few findings are false. Pure calculation, no Django."""

from collections.abc import Hashable, Mapping


def false_discovery_rates(p_values: Mapping[Hashable, float]) -> dict[Hashable, float]:
    """Adjusted p-values: a finding with at most 0.05 belongs to those of which 5 % are expected to be false.

    Benjamini, Hochberg: Controlling the False Discovery Rate, Journal of the Royal Statistical Society B 57 (1995),
    289-300: with m tests in order of p, the smallest of m / j x p(j) over all j >= i. Keys stay, values lie in 0..1.

    >>> false_discovery_rates({"a": 0.01, "b": 0.04, "c": 0.03})
    {'a': 0.03, 'b': 0.04, 'c': 0.04}
    """
    ordered = sorted(p_values, key=lambda key: -p_values[key])
    found, smallest = {}, 1.0
    for place, key in enumerate(ordered):
        smallest = min(smallest, p_values[key] * len(ordered) / (len(ordered) - place))
        found[key] = smallest
    return {key: found[key] for key in p_values}
