"""Making larger areas out of smaller ones. Pure shapely, no Django."""

from collections.abc import Mapping, Sequence

import shapely

from .validity import polygons_of


def dissolve(
    shapes: Mapping[str, shapely.Geometry], memberships: Mapping[str, Sequence[str]]
) -> dict[str, shapely.MultiPolygon]:
    """Union of the parts of each whole, as oriented MultiPolygons whose borders stay shared.

    `memberships` maps the code of a whole to the codes of its parts. Raises `KeyError` for an unknown part.
    """
    return {
        whole: shapely.orient_polygons(
            shapely.MultiPolygon(polygons_of(shapely.coverage_union_all([shapes[part] for part in parts])))
        )
        for whole, parts in memberships.items()
    }
