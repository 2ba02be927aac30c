"""Counts of parts against the count of the whole."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from ..catalogue import Catalogue, Measure, Place
from ..collecting import Collection
from ..findings import WARNING, Finding
from .columns import Columns
from .ranges import german

CODE = "sum_of_parts"
SHARE = 0.001  # of the whole: what rounding and secret cells of the statistics office may move


class Parts(NamedTuple):
    """Delivered areas of one level inside a larger one, and how many of that level it has."""

    delivered: tuple[int, ...]
    number: int
    are_all: bool


class Divisions:
    """Which areas of each finer level lie inside an area, by the smallest areas that both consist of."""

    def __init__(self, catalogue: Catalogue):
        self.cells = {place.pk: frozenset(catalogue.parts.get(place.pk, (place.pk,))) for place in catalogue.places}
        self.ranks = {level.slug: level.rank for level in catalogue.levels}
        self.by_level: dict[str, list[Place]] = defaultdict(list)
        for place in catalogue.places:
            self.by_level[place.level].append(place)
        self._inside: dict[tuple[int, str], tuple[Place, ...]] = {}

    def is_whole(self, place: Place) -> bool:
        """Whether the area is known to consist of others."""
        return self.cells[place.pk] != {place.pk}

    def inside(self, whole: Place, level: str) -> tuple[Place, ...]:
        """Areas of a level, of all times, that lie inside another one."""
        key = whole.pk, level
        if key not in self._inside:
            cells = self.cells[whole.pk]
            self._inside[key] = tuple(p for p in self.by_level[level] if p.pk != whole.pk and self.cells[p.pk] <= cells)
        return self._inside[key]

    def parts(self, whole: Place, delivered: dict[int, int], levels: list[str], year: int) -> Parts | None:
        """The coarsest finer level of which all parts were delivered, else the finest of which some were."""
        partly = None
        for level in sorted(levels, key=lambda slug: self.ranks.get(slug, 0)):
            if level == whole.level:
                continue
            inside = self.inside(whole, level)
            there = tuple(place.pk for place in inside if place.pk in delivered)
            covered = frozenset().union(*(self.cells[pk] for pk in there))
            if there and covered == self.cells[whole.pk]:
                return Parts(there, len(there), are_all=True)
            if len(there) > 1:
                of_the_year = {place.code for place in inside if place.in_force(date(year, 12, 31))}
                partly = Parts(there, max(len(of_the_year), len(there)), are_all=False)
        return partly


def check_sums(columns: Columns, catalogue: Catalogue, found: Collection) -> None:
    """A warning for every whole whose delivered parts, of whatever level, do not add up to it.

    With all parts: |sum - whole| > max(half a unit of the last place per part, `SHARE` of the whole). With parts
    missing: only sum > whole by more than that.
    """
    divisions = Divisions(catalogue)
    for measure, rows in columns.by_measure():
        if measure.is_count:
            _check(measure, rows, columns, divisions, found)


def _check(measure: Measure, rows: np.ndarray, columns: Columns, divisions: Divisions, found: Collection) -> None:
    by_year: dict[int, dict[int, int]] = defaultdict(dict)
    levels: dict[int, set[str]] = defaultdict(set)
    for row in rows[~np.isnan(columns.value[rows])].tolist():
        year, place = int(columns.year[row]), columns.area_of(row)
        by_year[year].setdefault(place.pk, row)
        levels[year].add(place.level)
    for year, delivered in by_year.items():
        for row in delivered.values() if len(levels[year]) > 1 else ():
            whole = columns.area_of(row)
            if divisions.is_whole(whole) and (parts := divisions.parts(whole, delivered, list(levels[year]), year)):
                total = columns.value[[delivered[pk] for pk in parts.delivered]].sum()
                _compare(measure, row, total, parts, columns, found)


def allowed(measure: Measure, whole: float, parts: int) -> float:
    """How far a sum of so many rounded parts may be from the whole."""
    return max(0.5 * 10.0**-measure.decimals * (parts + 1), abs(whole) * SHARE)


def _compare(measure: Measure, row: int, total: float, parts: Parts, columns: Columns, found: Collection) -> None:  # noqa: PLR0917
    whole, there = columns.value[row], len(parts.delivered)
    limit = allowed(measure, whole, there)
    if abs(total - whole) <= limit or (not parts.are_all and total < whole):
        return
    area = columns.area_of(row)
    text = _("„%(name)s“ %(year)s: %(area)s (%(code)s) ist %(whole)s, die Summe der Teile %(total)s.") % {
        "name": measure.name,
        "year": columns.year[row],
        "area": area.name,
        "code": area.code,
        "whole": german(whole),
        "total": german(total),
    }
    if there < parts.number:
        told = {"count": parts.number - there, "parts": parts.number}
        text += " " + _("Dabei fehlen noch %(count)s von %(parts)s Teilen.") % told
    expected = _("höchstens %(allowed)s Unterschied") % {"allowed": german(round(limit, 1))}
    hint = _("Prüfen Sie die Teile und die Gesamtzahl; sie können zu verschiedenen Ständen gehören.")
    found.add(Finding(WARNING, CODE, text, expected, hint, *columns.place(row)))
