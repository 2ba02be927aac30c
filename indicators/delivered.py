"""What figures are computed from: the values that a release sees, and the city's division."""

import datetime
from collections import defaultdict
from collections.abc import Callable

from areas.models import Area, AreaLevel, AreaPart
from indicators.models import Release, Value
from indicators.statistics.upwards import Delivered, Division, Key

# Plain columns: with rows of models a release takes several times as long to compute.
_PLACE = ("indicator_id", "period__code", "area_id", "area__level__slug", "area__code")
_CELL = ("value", "status", "numerator", "denominator", "joint_with", "source__slug")

KeyOf = Callable[[int, str, int, Key], Key | None]


def division_in_force(on: datetime.date | None = None) -> Division:
    """The city's division in force on a day (default: today), as plain codes. 3 queries."""
    levels = list(AreaLevel.objects.order_by("rank"))
    slugs = {level.pk: level.slug for level in levels}
    rows = Area.objects.in_force(on).values_list("pk", "level_id", "code")
    keys = {pk: (slugs[level], code) for pk, level, code in rows}
    found = defaultdict(set)
    for whole, code in AreaPart.objects.filter(whole__in=keys).values_list("whole_id", "part__code"):
        found[keys[whole]].add(code)
    smallest = next(level.slug for level in levels if level.is_smallest)
    parts = {key: frozenset({key[1]} if key[0] == smallest else found[key]) for key in keys.values()}
    return Division(levels=tuple(level.slug for level in levels), smallest=smallest, parts=parts)


def delivered_values(release: Release, indicators, *, period: str = "", key_of: KeyOf | None = None) -> dict[int, dict]:
    """Values of these indicators visible to the release: {indicator: {period code: {(level, code): Delivered}}}.

    With `period` only those of one. `key_of` says by indicator, period and row of the area under which key a value
    counts (None: not at all); without it each counts for the area of its level and code.
    """
    rows = Value.objects.visible_to(release).filter(indicator__in=indicators)
    if period:
        rows = rows.filter(period__code=period)
    found: dict[int, dict] = defaultdict(lambda: defaultdict(dict))
    for indicator, code, area, *key, value, status, numerator, denominator, joint, source in rows.values_list(
        *_PLACE, *_CELL
    ).iterator(chunk_size=5000):
        place = tuple(key)
        if key_of is not None:
            place = key_of(indicator, code, area, place)
        if place is not None:
            found[indicator][code][place] = Delivered(value, status, numerator, denominator, joint, source=source)
    return found


def delivered_of(row: Value) -> Delivered:
    """A value as calculation takes it."""
    return Delivered(row.value, row.status, row.numerator, row.denominator, row.joint_with, source=row.source.slug)
