"""What a typology starts from: areas by standardised indicators. Pure calculation, no Django.

Standardised with the population standard deviation (the areas are all there are, no sample), as the Berlin
Monitoring Soziale Stadtentwicklung does. An area of which one value is missing or secret is left out and named; a
missing value is never filled with a mean, because that would call the unknown average.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

PRECISION = 9  # decimals of z: the same clusters whatever unit an indicator is written in


@dataclass(frozen=True)
class ClusterInput:
    """`z[i, j]` is indicator `slugs[j]` of area `keys[i]` in standard deviations from the mean of these areas.

    `keys` ascend, so that the order in which areas were given decides nothing. `left_out` names for every area that
    takes no part the indicators it lacks.
    """

    keys: tuple[str, ...]
    slugs: tuple[str, ...]
    z: np.ndarray
    left_out: Mapping[str, tuple[str, ...]]


def cluster_input(values: Mapping[str, Mapping[str, float | None]], slugs: Sequence[str]) -> ClusterInput:
    """Standardise `values[area][indicator]` (any unit; missing or None: unknown) over the areas that have them all.

    An indicator that is the same everywhere tells nothing apart: its z is 0.

    >>> cluster_input({"01": {"q": 1.0}, "02": {"q": 3.0}, "03": {"q": None}}, ["q"]).left_out
    {'03': ('q',)}
    """
    lacking = {key: tuple(s for s in slugs if row.get(s) is None) for key, row in sorted(values.items())}
    keys = tuple(key for key, missing in lacking.items() if not missing)
    table = np.array([[float(values[key][slug]) for slug in slugs] for key in keys]).reshape(len(keys), len(slugs))
    left_out = {key: missing for key, missing in lacking.items() if missing}
    return ClusterInput(keys, tuple(slugs), _standardised(table), left_out)


def _standardised(table: np.ndarray) -> np.ndarray:
    if not len(table):
        return table
    centred = table - table.mean(axis=0)
    spread = table.std(axis=0)
    flat = spread <= 1e-12 * np.maximum(1e-300, np.abs(table).max(axis=0))
    return np.round(centred / np.where(flat, 1, spread) * ~flat, PRECISION)
