"""Areas whose boundary changed: which rows stand for the same ground, and since when an area has its present one."""

from collections.abc import Iterable
from datetime import date

import shapely

from areas.models import Area, AreaPart

SAME = 0.99  # of either area that both must have in common to be the same ground; redrawn boundaries differ by less
SHARED = 0.01  # of an area that must have lain in an earlier one of its level to come from it


def has_history() -> bool:
    """Whether any area ever ended; without one the division of today is that of all times. 1 query."""
    return Area.objects.filter(valid__endswith__isnull=False).exists()


def same_ground(today: date) -> dict[int, int]:
    """Rows that ended -> the row of today with the same level and code, where both are the same ground. 2 queries."""
    now = {(a.level_id, a.code): a for a in Area.objects.in_force(today).filter(valid__startswith__isnull=False)}
    found = {}
    for then in Area.objects.filter(valid__endswith__lte=today):
        new = now.get((then.level_id, then.code))
        if new is not None and is_same(_shape(then), _shape(new)):
            found[then.pk] = new.pk
    return found


def is_same(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """Whether two boundaries hold the same ground, but for how exactly they were drawn.

    >>> one = shapely.box(0, 0, 100, 100)
    >>> is_same(one, shapely.box(0, 0, 100, 100.5)), is_same(one, shapely.box(0, 0, 100, 50))
    (True, False)
    """
    common = shapely.area(shapely.intersection(one, other))
    return bool(common >= SAME * max(shapely.area(one), shapely.area(other)))


def parts_then(on: date) -> dict[int, set[int]]:
    """Of every larger area valid on a day the smallest areas valid that day that it consists of. 4 queries.

    As stored; a smallest area that has ended since belongs to every area in which at least 99 % of it lies, because
    the links of larger areas that stayed name their parts of today.
    """
    in_force = Area.objects.in_force(on)
    wholes, smallest = in_force.filter(level__is_smallest=False), in_force.smallest()
    found: dict[int, set[int]] = {pk: set() for pk in wholes.values_list("pk", flat=True)}
    links = AreaPart.objects.filter(whole__in=wholes, part__in=smallest)
    for whole, part in links.values_list("whole_id", "part_id"):
        found[whole].add(part)
    ended = list(smallest.filter(valid__endswith__isnull=False))
    for whole in wholes if ended else ():
        shape = _shape(whole)
        found[whole.pk] |= {part.pk for part in ended if _share(_shape(part), shape) >= SAME}
    return found


def recut_since(level: str, today: date) -> dict[str, date]:
    """Codes of areas of a level that were cut anew, with the day: before it other areas lay on their ground.

    An area that merely begins, because nothing is known of earlier times, was not cut anew; nor one whose row was
    replaced by another of the same ground. 1 query where no area began on a day, else 3.
    """
    begun = {a.pk: a for a in Area.objects.in_force(today).at_level(level).filter(valid__startswith__isnull=False)}
    if not begun:
        return {}
    days = {area.valid.lower for area in begun.values()}
    ended = list(Area.objects.at_level(level).filter(valid__endswith__in=days))
    return {
        a.code: a.valid.lower
        for a in begun.values()
        if _is_recut(a, [e for e in ended if e.valid.upper == a.valid.lower])
    }


def _is_recut(area: Area, before: Iterable[Area]) -> bool:
    """Whether the rows that ended when it began cover it, and none of them is the same ground."""
    shape = _shape(area)
    shapes = [_shape(one) for one in before]
    return any(_share(shape, one) >= SHARED for one in shapes) and not any(is_same(shape, one) for one in shapes)


def _shape(area: Area) -> shapely.Geometry:
    return shapely.from_wkb(bytes(area.geometry.wkb))


def _share(part: shapely.Geometry, whole: shapely.Geometry) -> float:
    """The share of `part` that lies in `whole`."""
    return shapely.area(shapely.intersection(part, whole)) / shapely.area(part)
