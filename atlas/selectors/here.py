"""Which areas lie at a point, from the city down."""

from dataclasses import dataclass

from django.contrib.gis.geos import Point

from areas.models import Area

WGS84 = 4326


@dataclass(frozen=True)
class Here:
    """A position in degrees (WGS 84) and the areas there, largest first; empty outside the city."""

    lat: float
    lon: float
    areas: list[Area]

    @property
    def inside(self) -> bool:
        """Whether the position lies in the city."""
        return bool(self.areas)

    @property
    def reporting(self) -> Area | None:
        """The area of the reporting level (for Dortmund the Sozialraum); None outside."""
        return next((area for area in self.areas if area.level.is_reporting), None)


def areas_here(*, lat: float, lon: float) -> Here:
    """The area in force today on every level at a position in degrees. 1 query.

    A position exactly on a border belongs to the area with the lower code.
    """
    point = Point(lon, lat, srid=WGS84)
    found = Area.objects.in_force().containing(point).select_related("level", "parent__level", "source")
    by_level: dict[int, Area] = {}
    for area in found.defer("geometry", "parent__geometry").order_by("level__rank", "code"):
        by_level.setdefault(area.level_id, area)
    return Here(lat, lon, list(by_level.values()))
