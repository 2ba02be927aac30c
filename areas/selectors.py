"""Finding areas: at a place, by name, beside and inside another area."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.contrib.gis.geos import Point
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet

from areas.models import Area, AreaPart, Facility
from areas.naming import fold
from areas.searching import EXACT, NEAR, PREFIX, fold_address, match_kind, similarity, spelling_pattern

WGS84 = 4326
SHORTEST_PLACE = 3  # letters from which places and streets are searched
SUGGESTIONS = 5


@dataclass(frozen=True)
class AreaRef:
    """An area as far as a link needs it; `level` is the slug of its level."""

    pk: int
    level: str
    level_name: str
    rank: int
    code: str
    name: str


@dataclass(frozen=True)
class AreasHere:
    """The areas at a place, one per level from the city down; `inside` is false outside the city."""

    areas: tuple[AreaRef, ...]
    inside: bool


@dataclass(frozen=True)
class Place:
    """A facility with its address, and the areas in which it lies, from the city down."""

    kind: str
    name: str
    address: str
    areas: tuple[AreaRef, ...] = ()


@dataclass(frozen=True)
class FoundAreas:
    """Answer to a search: areas best first; without any, similar names; places with the areas they lie in."""

    query: str
    areas: tuple[AreaRef, ...] = ()
    suggestions: tuple[AreaRef, ...] = ()
    places: tuple[Place, ...] = ()
    total: int = 0  # areas found before the limit


@dataclass(frozen=True)
class PlacesOfKind:
    """All facilities of one kind in an area."""

    kind: str
    places: tuple[Place, ...] = field(default=())


def areas_at(point_lon: float, point_lat: float, on: date | None = None) -> AreasHere:
    """The area of every level that holds a point in degrees (WGS 84), in force on a day (default: today)."""
    if not (math.isfinite(point_lon) and math.isfinite(point_lat) and abs(point_lon) <= 180 and abs(point_lat) <= 90):
        return AreasHere((), inside=False)
    here = _refs(Area.objects.in_force(on).containing(Point(point_lon, point_lat, srid=WGS84)))
    first = {ref.level: ref for ref in reversed(here)}  # on a border the smaller code counts
    areas = tuple(ref for ref in here if first[ref.level] is ref)
    return AreasHere(areas, inside=bool(areas))


def find_areas(query: str, limit: int = 20, on: date | None = None) -> FoundAreas:
    """Areas by name or code and places by name or address, however umlauts are written.

    Areas are ordered by how well they match (whole name or code, beginning, beginning of a word, inside), then
    by level from the city down, then by name.
    """
    folded = fold(query[:100])
    if not folded:
        return FoundAreas(query)
    everywhere = Area.objects.in_force(on)
    known = [(fold(ref.name), ref) for ref in _refs(everywhere)]
    hits = [(kind, ref) for name, ref in known if (kind := _kind(folded, name, ref.code)) is not None]
    hits.sort(key=lambda hit: (hit[0], hit[1].rank, hit[1].name, hit[1].code))
    return FoundAreas(
        query,
        tuple(ref for _kind, ref in hits[:limit]),
        () if hits else _similar(folded, known),
        _places(query, limit, everywhere, {ref.pk: ref for _name, ref in known}),
        len(hits),
    )


def neighbours(area: Area, on: date | None = None) -> tuple[AreaRef, ...]:
    """Areas of the same level that share a border with this one, not just a point."""
    beside = Area.objects.in_force(on).filter(level=area.level_id).exclude(pk=area.pk)
    return _refs(beside.filter(geometry__relate=(area.geometry, "****1****")))


def parts(area: Area) -> tuple[AreaRef, ...]:
    """The smallest areas that an area consists of."""
    return _refs(Area.objects.filter(pk__in=AreaPart.objects.filter(whole=area).values("part")))


def children(area: Area, on: date | None = None) -> tuple[AreaRef, ...]:
    """The areas that name this one as the area they lie in, such as the Sozialräume of a Stadtbezirk."""
    return _refs(Area.objects.in_force(on).filter(parent=area.pk))


def facilities_in(area: Area) -> tuple[PlacesOfKind, ...]:
    """The facilities in an area by kind, both in alphabetical order."""
    inside = Facility.objects.filter(point__coveredby=area.geometry).order_by("kind", "name", "address")
    rows = inside.values_list("kind", "name", "address")
    return tuple(
        PlacesOfKind(kind, tuple(Place(*row) for row in group)) for kind, group in groupby(rows, key=lambda row: row[0])
    )


def _refs(areas: QuerySet[Area]) -> tuple[AreaRef, ...]:
    """From the city down, within a level by code. One query, no geometry."""
    rows = areas.select_related("level").order_by("level__rank", "code")
    rows = rows.only("code", "name", "level__slug", "level__name", "level__name_en", "level__rank")
    return tuple(AreaRef(a.pk, a.level.slug, a.level.label, a.level.rank, a.code, a.name) for a in rows)


def _kind(folded: str, name: str, code: str) -> int | None:
    if folded == code:
        return EXACT
    if len(folded) > 1 and folded.isdigit() and code.startswith(folded):
        return PREFIX
    return match_kind(folded, name)


def _similar(folded: str, known: Iterable[tuple[str, AreaRef]]) -> tuple[AreaRef, ...]:
    rated = [(-similarity(folded, name), ref.rank, ref.name, ref.code, ref) for name, ref in known]
    return tuple(row[-1] for row in sorted(r for r in rated if -r[0] >= NEAR)[:SUGGESTIONS])


def _places(query: str, limit: int, areas: QuerySet[Area], refs: dict[int, AreaRef]) -> tuple[Place, ...]:
    """Facilities whose name or address contains the query. The database finds spellings, Python compares."""
    folded = fold_address(query[:100])
    if len(folded) < SHORTEST_PLACE:
        return ()
    pattern = spelling_pattern(folded)
    around = areas.filter(geometry__covers=OuterRef("point")).order_by("level__rank", "code").values("pk")
    rows = (
        Facility.objects.filter(Q(name__iregex=pattern) | Q(address__iregex=pattern))
        .annotate(around=ArraySubquery(around))
        .order_by("name", "address")
        .values_list("kind", "name", "address", "around")[: 2 * limit]
    )
    return tuple(
        Place(kind, name, address, tuple(refs[pk] for pk in around if pk in refs))
        for kind, name, address, around in rows
        if folded in fold_address(name) or folded in fold_address(address)
    )[:limit]
