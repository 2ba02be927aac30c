"""Which areas touch: queen contiguity (common border or corner), from published boundaries. Pure, no Django."""

from collections import defaultdict
from collections.abc import Mapping

Neighbours = dict[str, frozenset[str]]


def queen_neighbours(topojson: Mapping) -> Neighbours:
    """For every area of a TopoJSON object with one collection: the codes of the areas that touch it; empty for islands.

    Corners at which areas meet are ends of arcs, because `topology.build_topology` cuts borders there; so areas touch
    exactly when they use the same arc or arcs with a common end. No tolerance is needed: the grid is one for all areas.
    """
    ((_name, collection),) = topojson["objects"].items()
    ends = [_ends(arc) for arc in topojson["arcs"]]
    users = defaultdict(set)
    for area in collection["geometries"]:
        for number in _numbers(area["arcs"]):
            for place in (("arc", number), *(("point", point) for point in ends[number])):
                users[place].add(area["id"])
    found: dict[str, set[str]] = {area["id"]: set() for area in collection["geometries"]}
    for codes in users.values():
        for code in codes:
            found[code] |= codes - {code}
    return {code: frozenset(others) for code, others in found.items()}


def _ends(arc) -> tuple[tuple[int, int], tuple[int, int]]:
    """First and last point of a delta-encoded arc on the grid."""
    return tuple(arc[0]), (sum(step[0] for step in arc), sum(step[1] for step in arc))


def _numbers(polygons):
    for polygon in polygons:
        for ring in polygon:
            for number in ring:
                yield number if number >= 0 else ~number
