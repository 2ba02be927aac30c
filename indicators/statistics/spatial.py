"""Do similar values lie side by side? Moran's I and its local parts (esda, libpysal). Pure calculation, no Django.

Moran: Notes on Continuous Stochastic Phenomena, Biometrika 37 (1950), 17-23. Anselin: Local Indicators of Spatial
Association, Geographical Analysis 27 (1995), 93-115. With z the values less their mean, w the weights (each neighbour
of i counts 1 / number of neighbours of i) and n the number of units:

    I = sum_i z_i (sum_j w_ij z_j) / sum_i z_i²        I_i = (n - 1) z_i (sum_j w_ij z_j) / sum_j z_j²

How often chance gives as much is tried out: for I all values are dealt out anew to all units, for I_i the value of i
stays and its neighbours are drawn from all others (conditional randomisation).
"""

import warnings
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from .multiple import false_discovery_rates

PERMUTATIONS = 1999
SEED = 44135  # any fixed number: the same figures give the same result on every machine
FALSE_DISCOVERIES = 0.05  # share of the sure local findings that may be false
HINT = 0.05  # chance of a single unit up to which it is worth a hint
FEWEST = 20  # units with a value; below, neighbourhoods overlap so much that chance explains nearly everything
TIE = 1e-9  # differences of sums that are rounding of the machine

HIGH, LOW, HIGH_AMONG_LOW, LOW_AMONG_HIGH, NONE = "high", "low", "high_among_low", "low_among_high", ""
GROUPS = (HIGH, LOW, HIGH_AMONG_LOW, LOW_AMONG_HIGH)
_QUADRANTS = {1: HIGH, 2: LOW_AMONG_HIGH, 3: LOW, 4: HIGH_AMONG_LOW}


@dataclass(frozen=True)
class Unit:
    """What counts as one observation: an area, or several that share one published value."""

    codes: tuple[str, ...]
    value: float


@dataclass(frozen=True)
class LocalPattern:
    """One unit: `around` is the mean of its neighbours, `p` how often chance gives as much (two-sided), `q` the same
    corrected for the many tests, `group` what it belongs to ("" where `p` is above HINT)."""

    unit: Unit
    around: float
    i: float
    p: float
    q: float
    group: str

    @property
    def is_sure(self) -> bool:
        """Whether it stands out also after the correction; otherwise its group is a hint only."""
        return bool(self.group) and self.q <= FALSE_DISCOVERIES


@dataclass(frozen=True)
class SpatialPattern:
    """Moran's I of one map. `i` and `p` are None where all values are equal: then there is no pattern to find.

    `expected` is I without any pattern, -1 / (n - 1). `islands` are codes without a neighbour that has a value,
    they take no part.
    """

    n: int
    i: float | None
    expected: float
    p: float | None
    locals: Sequence[LocalPattern] = ()
    islands: Sequence[str] = ()
    permutations: int = field(default=PERMUTATIONS)


def spatial_pattern(
    units: Sequence[Unit],
    neighbours: Mapping[str, Collection[str]],
    *,
    permutations: int = PERMUTATIONS,
    drawn: dict | None = None,
) -> SpatialPattern | None:
    """The pattern of the values (any unit) of `units` on a map on which areas (codes) have these neighbours.

    Areas without a value must not be among the units: they are no one's neighbour. The order of the units does not
    matter. None for fewer than FEWEST units that have a neighbour. `drawn` keeps draws for the next map.
    """
    ordered = sorted(units, key=lambda unit: unit.codes)
    around = _units_around(ordered, neighbours)
    taking = [k for k in range(len(ordered)) if around[k]]
    islands = tuple(code for k, unit in enumerate(ordered) if not around[k] for code in unit.codes)
    if len(taking) < FEWEST:
        return None
    place = {k: number for number, k in enumerate(taking)}
    links = {place[k]: sorted(place[other] for other in around[k]) for k in taking}
    kept, n = [ordered[k] for k in taking], len(taking)
    if len({unit.value for unit in kept}) == 1:
        return SpatialPattern(n, None, -1 / (n - 1), None, islands=islands, permutations=permutations)
    i, p, found = _computed([unit.value for unit in kept], links, permutations, {} if drawn is None else drawn)
    q = false_discovery_rates(dict(enumerate(one.p for one in found)))
    told = [
        LocalPattern(kept[k], one.around, one.i, one.p, q[k], one.group if one.p <= HINT else NONE)
        for k, one in enumerate(found)
    ]
    return SpatialPattern(n, i, -1 / (n - 1), p, told, islands, permutations)


def _units_around(units: Sequence[Unit], neighbours: Mapping[str, Collection[str]]) -> list[set[int]]:
    """For every unit the numbers of the units of which an area touches one of its areas."""
    unit_of = {code: k for k, unit in enumerate(units) for code in unit.codes}
    return [
        {unit_of[other] for code in unit.codes for other in neighbours.get(code, ()) if other in unit_of} - {k}
        for k, unit in enumerate(units)
    ]


@dataclass(frozen=True)
class _Local:
    around: float
    i: float
    p: float
    group: str


def _computed(values: Sequence[float], links: Mapping[int, list[int]], permutations: int, drawn: dict):
    """I with its p-value, and the local parts in the order of the values."""
    import numpy as np  # noqa: PLC0415 - esda, libpysal and what they need take two seconds to load
    from esda.moran import Moran, Moran_Local  # noqa: PLC0415
    from libpysal.weights import W  # noqa: PLC0415

    y = np.asarray(values, dtype=float)
    with warnings.catch_warnings():  # about sparse matrices and several components
        warnings.simplefilter("ignore")
        weights = W(dict(links), silence_warnings=True)
        weights.transform = "r"
        whole = Moran(y, weights, permutations=0)
        local = Moran_Local(y, weights, permutations=0)
    z, around = (y - y.mean()) / y.std(), weights.sparse @ y
    if (len(y), permutations) not in drawn:
        drawn[len(y), permutations] = _Chance(len(y), permutations)
    chance = drawn[len(y), permutations]
    parts = [
        _Local(
            float(around[k]),
            float(local.Is[k]),
            _two_sided(chance.local(z, k, len(links[k])), local.Is[k]),
            _QUADRANTS[int(local.q[k])],
        )
        for k in range(len(y))
    ]
    return float(whole.I), _two_sided(chance.whole(z, weights.sparse), whole.I), parts


class _Chance:
    """What chance makes of the same standardised values; drawn once for all units, as esda does.

    esda draws anew for every map and in a loop, which takes five times longer; tests hold both together.
    """

    def __init__(self, n: int, permutations: int):
        import numpy as np  # noqa: PLC0415 - as above

        generator = np.random.default_rng(SEED)
        self._dealt = generator.permuted(np.tile(np.arange(n), (permutations, 1)), axis=1)
        others = generator.permuted(np.tile(np.arange(n - 1), (permutations, 1)), axis=1)
        self._neighbours = np.ascontiguousarray(others.T)

    def whole(self, z, weights):
        """I with all values dealt out anew, once per permutation."""
        dealt = z[self._dealt]
        return (dealt.T * (weights @ dealt.T)).sum(axis=0) / (z @ z)

    def local(self, z, unit: int, neighbours: int):
        """The local part of a unit that keeps its value while its neighbours are drawn from all others."""
        drawn = self._neighbours[:neighbours]
        return (len(z) - 1) * z[unit] * z[drawn + (drawn >= unit)].mean(axis=0) / (z @ z)


def _two_sided(simulated, observed: float) -> float:
    """Share of chance results at least as far out on the nearer side, doubled; the observed one counts as one."""
    tie = TIE * max(1.0, abs(float(observed)))
    above = int((simulated >= observed - tie).sum())
    below = int((simulated <= observed + tie).sum())
    return min(1.0, 2 * (min(above, below) + 1) / (len(simulated) + 1))
