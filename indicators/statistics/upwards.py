"""From delivered values to the figures of every level. Pure calculation.

For each area the delivered value stands. Where none was delivered, the value is combined from the areas of
the nearest finer level that divide the area completely and all carry values; else from the smallest areas.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from .aggregation import NOTHING, Combined, Part, combine_ratio, combine_sum, combine_weighted_mean

Key = tuple[str, str]  # level slug, area code


@dataclass(frozen=True)
class Delivered:
    """One value as delivered; `status` is the string of a `Status`, `source` the slug of its source."""

    value: Decimal | None
    status: str
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    joint_with: str = ""
    coverage: Decimal | None = None
    source: str = ""


MISSING = Delivered(None, "missing")


@dataclass(frozen=True)
class Division:
    """Levels from the whole to the smallest, and of every area the smallest areas it consists of."""

    levels: tuple[str, ...]
    smallest: str
    parts: Mapping[Key, frozenset[str]]
    _divided: dict[tuple[Key, str], list[Key]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def at(self, level: str) -> Sequence[Key]:
        """Keys of a level's areas in the order of their codes."""
        return self._by_level.get(level, ())

    def finer_than(self, level: str) -> Sequence[str]:
        """Levels below `level`, the next one first."""
        return self.levels[self.levels.index(level) + 1 :]

    def dividing(self, key: Key, level: str) -> list[Key]:
        """Areas of `level` that together are exactly the area `key`; empty where they do not fit."""
        if (key, level) not in self._divided:
            self._divided[key, level] = self._dividing(key, level)
        return self._divided[key, level]

    def _dividing(self, key: Key, level: str) -> list[Key]:
        whole = self.parts[key]
        inside = [k for k in self.at(level) if self.parts[k] and self.parts[k] <= whole]
        return inside if sum(len(self.parts[k]) for k in inside) == len(whole) else []

    @cached_property
    def _by_level(self) -> Mapping[str, Sequence[Key]]:
        found = defaultdict(list)
        for key in sorted(self.parts):
            found[key[0]].append(key)
        return {level: tuple(keys) for level, keys in found.items()}


def figures_of_levels(
    values: Mapping[Key, Delivered],
    *,
    division: Division,
    levels: Sequence[str],
    rule: str,
    factor: int,
    weights: Mapping[Key, Delivered],
) -> dict[Key, Delivered]:
    """One cell for every area of every level in `levels`: delivered, combined, or missing.

    A level of which not a single area has a value gets no cells at all: a blank map would say nothing.

    `rule` is sum, ratio, weighted_mean or none; `weights` are values of the weight indicator, of which those
    of the smallest areas (or combined sums of them) are used. `factor`: 100 for percent, 1000 for per 1,000.
    """
    cells = {}
    for level in levels:
        of_level = {}
        for key in division.at(level):
            of_level[key] = values.get(key) or _combined(
                key, values, division=division, rule=rule, factor=factor, weights=weights
            )
        if any(cell.value is not None for cell in of_level.values()):
            cells |= of_level
    return cells


@dataclass(frozen=True)
class Combination:
    """How one area was combined: from which areas of which level, with what result (its value None: impossible)."""

    level: str
    keys: tuple[Key, ...]
    parts: tuple[Part, ...]
    result: Combined


def combination(key: Key, values, *, division: Division, rule: str, factor: int, weights) -> Combination | None:
    """The combination that gives the area its value; the first one tried where none succeeds, None for none to try."""
    if rule == "none":
        return None
    first = None
    for level in division.finer_than(key[0]):
        inside = division.dividing(key, level)
        if not inside or not any(k in values for k in inside):
            continue
        parts = tuple(_part(k, values, division, weights) for k in inside)
        counted = parts if rule == "weighted_mean" else _counted_once(inside, parts, values)
        tried = Combination(level, tuple(inside), parts, _combine(counted, rule, factor))
        if tried.result.value is not None:
            return tried
        first = first or tried
    return first


def _combined(key: Key, values, *, division: Division, rule: str, factor: int, weights) -> Delivered:
    made = combination(key, values, division=division, rule=rule, factor=factor, weights=weights)
    if made is None or made.result.value is None:
        return MISSING
    return _cell(made.result, _common_source(values[k] for k in made.keys if k in values))


def _combine(parts: Sequence[Part], rule: str, factor: int) -> Combined:
    if rule == "sum":
        return combine_sum(parts)
    if rule == "ratio":
        return combine_ratio(parts, factor=factor)
    return combine_weighted_mean(parts) if rule == "weighted_mean" else NOTHING


def _counted_once(keys: Sequence[Key], parts: Sequence[Part], values: Mapping[Key, Delivered]) -> list[Part]:
    """The parts, of areas that share one number only the first; a missing part where one of them lies outside."""
    inside = {code for _level, code in keys}
    counted, seen = [], set()
    for key, part in zip(keys, parts, strict=True):
        shared = values.get(key, MISSING).joint_with
        if not shared:
            counted.append(part)
        elif not set(shared.split("+")) <= inside:
            counted.append(Part(None))
        elif shared not in seen:
            seen.add(shared)
            counted.append(part)
    return counted


def _part(key: Key, values, division: Division, weights) -> Part:
    cell = values.get(key, MISSING)
    return Part(
        value=cell.value,
        weight=_weight(key, division, weights),
        numerator=cell.numerator,
        denominator=cell.denominator,
        is_estimate=cell.status == "estimated",
    )


def _weight(key: Key, division: Division, weights: Mapping[Key, Delivered]) -> Decimal | None:
    """Sum of the weights of the smallest areas of an area; None when one of them is unknown."""
    total = Decimal(0)
    for code in division.parts[key]:
        weight = weights.get((division.smallest, code), MISSING).value
        if weight is None:
            return None
        total += weight
    return total


def _common_source(cells: Iterable[Delivered]) -> str:
    """The source of all parts; "" when they come from several."""
    sources = {cell.source for cell in cells}
    return sources.pop() if len(sources) == 1 else ""


def _cell(result: Combined, source: str) -> Delivered:
    plain = "zero" if result.value == 0 else "reported"
    status = "estimated" if result.is_estimate else plain
    return Delivered(
        result.value, status, result.numerator, result.denominator, coverage=result.coverage, source=source
    )
