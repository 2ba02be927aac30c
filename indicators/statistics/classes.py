"""Class limits for thematic maps: mapclassify's methods, made honest for readers. No Django.

One convention everywhere: a class begins at its limit ("8,5 bis unter 11,8"); the limits are the inner ones,
so k classes have k - 1 limits. Methods that group the data themselves (quantiles, natural breaks) get the
smallest value of each class as its limit; empty classes are dropped, so ties and few distinct values give
fewer classes instead of pretended ones.
"""

import math
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from .natural import natural_starts


class Method(StrEnum):
    """How class limits are found."""

    NATURAL = "natural"
    QUANTILES = "quantiles"
    EQUAL = "equal"
    DEVIATION = "deviation"
    AUTHOR = "author"


CLASS_COUNTS = range(3, 8)
INSIDE = 0.9  # share of the changes that lie within the inner classes of a map of change


@dataclass(frozen=True)
class ClassLimits:
    """Inner limits in the unit of the data, ascending; `len(limits) + 1` classes."""

    limits: tuple[float, ...]

    @property
    def count(self) -> int:
        """Number of classes."""
        return len(self.limits) + 1

    def class_of(self, value: float) -> int:
        """Number of the class (from 0) that a value falls into.

        >>> ClassLimits((8.52, 11.83)).class_of(8.52)
        1
        """
        return bisect_right(self.limits, value)


def find_limits(values: Iterable[float], method: Method, count: int, *, decimals: int = 6) -> ClassLimits:
    """Class limits for `values` (missing ones left out by the caller) by `method` with at most `count` classes.

    Limits of equal intervals and standard deviations are rounded to `decimals`, the precision in which the
    values are published. Raises `ValueError` for `Method.AUTHOR`, whose limits come from the catalogue.

    >>> find_limits([1, 1, 1, 1, 9], Method.QUANTILES, 5).limits
    (9.0,)
    """
    data = np.sort(np.asarray([v for v in values if v is not None], dtype=float))
    distinct = np.unique(data)
    if len(distinct) < 2:
        return ClassLimits(())
    if method == Method.AUTHOR:
        raise ValueError("author's limits stand in the catalogue")
    if method == Method.NATURAL:
        return ClassLimits(natural_starts(data, [count])[count])
    if method == Method.QUANTILES:
        return ClassLimits(_quantile_limits(data, count))
    return ClassLimits(_stepping_limits(data, method, count, decimals))


def author_limits(limits: Sequence[float]) -> ClassLimits:
    """Limits chosen by an author; ascending and distinct, else `ValueError`."""
    if any(b <= a for a, b in pairwise(limits)):
        raise ValueError("class limits must ascend")
    return ClassLimits(tuple(float(limit) for limit in limits))


def _mapclassify():
    """mapclassify, imported when needed: it takes seconds to import and only publishing uses it."""
    import mapclassify  # noqa: PLC0415

    return mapclassify


def _quantile_limits(data: np.ndarray, count: int) -> tuple[float, ...]:
    with warnings.catch_warnings():  # it tells of ties, which are handled below
        warnings.simplefilter("ignore", UserWarning)
        bins = np.asarray(_mapclassify().Quantiles(data, k=count).bins, dtype=float)
    classes = np.minimum(np.searchsorted(bins, data, side="left"), len(bins) - 1)
    starts = {int(c): float(data[classes == c].min()) for c in np.unique(classes)}
    return tuple(starts[c] for c in sorted(starts))[1:]


def _stepping_limits(data: np.ndarray, method: Method, count: int, decimals: int) -> tuple[float, ...]:
    low, high = float(data[0]), float(data[-1])
    if method == Method.EQUAL:
        raw = _mapclassify().EqualInterval(data, k=count).bins[:-1]
    else:
        raw = _deviation_limits(float(data.mean()), float(data.std()), count)
    rounded = sorted({round(float(limit), decimals) for limit in raw})
    return tuple(limit for limit in rounded if low < limit <= high)


def _deviation_limits(mean: float, deviation: float, count: int) -> list[float]:
    """Limits one (population) standard deviation apart, placed symmetrically around the mean."""
    inner = count - 1
    return [mean + (i - (inner - 1) / 2) * deviation for i in range(inner)]


def change_limits(differences: Iterable[float], *, decimals: int, count: int = 7) -> ClassLimits:
    """Limits for a map of change: `count` (odd) classes of equal width, the middle one around zero.

    The step is a round number (1, 2 or 5 times a power of ten) chosen so that about nine tenths of the areas lie
    within the inner classes; the outer ones are open, so single extremes do not flatten the map. No differences,
    or none other than zero, give one class.

    >>> change_limits([-4.3, 0.2, 3.9, 1.0], decimals=1).limits
    (-5.0, -3.0, -1.0, 1.0, 3.0, 5.0)
    """
    sizes = [abs(d) for d in differences if d]
    if not sizes:
        return ClassLimits(())
    half = count // 2
    step = _round_step(float(np.quantile(sizes, INSIDE)) / (half - 0.5), smallest=10.0**-decimals)
    return ClassLimits(tuple(round((i - half + 0.5) * step, 6) for i in range(count - 1)))


def _round_step(width: float, *, smallest: float) -> float:
    """The round number nearest to `width` (by ratio), of which half can still be written with the decimals."""
    power = 10.0 ** math.floor(math.log10(width))
    step = min((m * power for m in (1, 2, 5, 10)), key=lambda nice: abs(math.log(nice / width)))
    return max(step, 2 * smallest)
