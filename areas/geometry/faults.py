"""Which areas of a division do not fit to each other. Pure shapely, no Django."""

from collections.abc import Mapping

import numpy as np
import shapely


def coverage_faults(shapes: Mapping[str, shapely.Geometry]) -> list[tuple[str, str, float]]:
    """Pairs of areas that overlap or do not share their border exactly, with the common ground in square metres.

    Coordinates in metres. Empty for a valid coverage; the second name is "" where no partner can be found.
    """
    names, array = list(shapes), np.asarray(list(shapes.values()), dtype=object)
    edges = shapely.coverage_invalid_edges(array)
    wrong = [i for i, edge in enumerate(edges) if edge is not None and not edge.is_empty]
    tree = shapely.STRtree(array)
    pairs: dict[tuple[int, int], float] = {}
    for i in wrong:
        for j in tree.query(edges[i], predicate="intersects"):
            common = float(shapely.area(shapely.intersection(array[i], array[j])))
            if i != j and (common > 0 or j in wrong):
                pairs[min(i, int(j)), max(i, int(j))] = common
    overlapping = {pair: common for pair, common in pairs.items() if common > 0} or pairs
    paired = {i for pair in pairs for i in pair}
    alone = [(names[i], "", 0.0) for i in wrong if i not in paired]
    return [(names[i], names[j], common) for (i, j), common in sorted(overlapping.items())] + alone
