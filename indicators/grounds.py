"""The division that figures of each period belong to: that in force then, or today's.

Figures of an earlier period belong to the areas that there were at its end, where values were delivered for areas that
have ended since. Where a city recomputed its earlier values for the areas of today, or nothing is known of earlier
divisions, they belong to today's. An area that stayed the same ground keeps its row of today throughout.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from areas.models import Area
from areas.recutting import has_history, parts_then, same_ground
from indicators.delivered import division_in_force
from indicators.dependencies import Edges, computed_from, in_order, inputs
from indicators.models import Indicator, Period, Release, Value
from indicators.statistics.upwards import Delivered, Division, Key


@dataclass(frozen=True)
class Ground:
    """A division with the row of every area; `rows` also names rows that ended on the same ground as a later one."""

    division: Division
    areas: Mapping[Key, int]
    rows: Mapping[int, Key]


@dataclass(frozen=True)
class Grounds:
    """The division of today, those of earlier periods where they differ, and which indicator and period uses those."""

    today: Ground
    then: Mapping[str, Ground] = field(default_factory=dict)  # by code of the period
    chosen: Mapping[tuple[int, str], Ground] = field(default_factory=dict)

    def of(self, indicator: int, period: str) -> Ground:
        """The division that an indicator's figures of a period belong to."""
        return self.chosen.get((indicator, period), self.today)

    def key_of(self, indicator: int, period: str, row: int, key: Key) -> Key | None:
        """Under which key a value counts that was delivered to a row: None where its area is not in the division.

        In the division of today values of areas unknown to it keep their level and code, as their city wrote them.
        """
        ground = self.of(indicator, period)
        return ground.rows.get(row, key if ground is self.today else None)

    def area(self, indicator: int, period: str, key: Key) -> int | None:
        """The row of an area in the division of an indicator's figures of a period."""
        return self.of(indicator, period).areas.get(key)

    def fitting(self, indicator: Indicator, period: str, weights: Mapping[Key, Delivered]) -> Mapping[Key, Delivered]:
        """The weights that stand for the same ground as the indicator's own figures."""
        own, its = self.of(indicator.pk, period), self.of(indicator.weight_id, period)
        if own is its:
            return weights
        return {key: cell for key, cell in weights.items() if own.areas.get(key) == its.areas.get(key)}

    def follow(self, indicators: Iterable[int], edges: Edges) -> "Grounds":
        """With the division of then for what is computed from figures of then; inputs before what needs them."""
        chosen = dict(self.chosen)
        for pk in indicators:
            for used, period in list(chosen):
                if used in edges.get(pk, ()):
                    chosen[pk, period] = chosen[used, period]
        return Grounds(self.today, self.then, chosen)

    def choose(self, delivered_to: Mapping[tuple[int, str], set[int]]) -> "Grounds":
        """With the division of then for each indicator and period that has values for areas that have ended since.

        `delivered_to`: rows of areas by indicator and period. Values for both, areas that ended and areas that began
        since, cannot be joined: then those of then count.
        """
        chosen = {}
        for (indicator, period), rows in delivered_to.items():
            then = self.then.get(period)
            if then is not None and (rows & then.rows.keys()) - self.today.rows.keys():
                chosen[indicator, period] = then
        return Grounds(self.today, self.then, chosen)


def grounds(on: date | None = None) -> Grounds:
    """The divisions of a day (default: today) and of the ends of all periods. 5 queries where no area ever ended."""
    on = on or timezone.localdate()
    division = division_in_force(on)
    areas = _rows(on)
    today = Ground(division, areas, {pk: key for key, pk in areas.items()})
    if not has_history():
        return Grounds(today)
    kept = same_ground(on)
    today = Ground(division, areas, today.rows | {old: today.rows[new] for old, new in kept.items()})
    then, made = {}, {}
    for period in Period.objects.filter(end__lt=on):
        rows = _rows(period.end)
        if rows and {kept.get(pk, pk) for pk in rows.values()} != set(areas.values()):
            same = frozenset(rows.values())
            if same not in made:
                made[same] = _ground(period.end, rows, today, kept)
            then[period.code] = made[same]
    return Grounds(today, then)


def _rows(on: date) -> dict[Key, int]:
    rows = Area.objects.in_force(on).values_list("level__slug", "code", "pk")
    return {(level, code): pk for level, code, pk in rows}


def _ground(on: date, rows: Mapping[Key, int], today: Ground, kept: Mapping[int, int]) -> Ground:
    """The division at the end of a period; of levels that had no areas yet the areas of today."""
    known = {level for level, _code in rows}
    smallest = today.division.smallest
    keys = {pk: key for key, pk in rows.items()}
    parts: dict[Key, frozenset[str]] = {}
    for pk, inside in parts_then(on).items():
        parts[keys[pk]] = frozenset(keys[part][1] for part in inside)
    parts |= {key: frozenset({key[1]}) for key in rows if key[0] == smallest}
    parts |= {key: of for key, of in today.division.parts.items() if key[0] not in known}
    areas = {key: kept.get(pk, pk) for key, pk in rows.items()}
    areas |= {key: pk for key, pk in today.areas.items() if key[0] not in known}
    found = {pk: key for key, pk in areas.items()} | {pk: key for key, pk in rows.items()}
    return Ground(Division(today.division.levels, smallest, parts), areas, found)


def grounds_seen(release: Release, on: date | None = None) -> Grounds:
    """Divisions of a day (default: today), chosen by the values that a release sees. 5 queries, 9 with ended areas."""
    found = grounds(on)
    if not found.then:
        return found
    delivered_to: dict[tuple[int, str], set[int]] = defaultdict(set)
    rows = Value.objects.visible_to(release).filter(area__valid__endswith__isnull=False)
    for pk, period, area in rows.values_list("indicator_id", "period__code", "area_id"):
        delivered_to[pk, period].add(area)
    edges = computed_from()
    return found.choose(delivered_to).follow(in_order(inputs(edges, edges), edges), edges)
