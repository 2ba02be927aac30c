"""Loading a city's own levels, sources and places from its folder."""

import math
from collections.abc import Sequence
from pathlib import Path

import pyproj
import shapely
from django.contrib.gis.geos import Point
from django.db import transaction

from areas.cityfiles import read_levels
from areas.citytables import CityFilesError, needed, needed_tables, read_table, read_toml
from areas.models import Area, AreaLevel, Facility, Source
from areas.models.area import SRID

from .findings import Findings, save_checked, wrong_fields
from .publishing import publish_boundaries
from .saving import SavedAreas, link_parts, save_areas

FARTHEST = 5000  # metres outside the city where a place may still lie
_LEVEL_FIELDS = (
    "name",
    "name_plural",
    "name_en",
    "name_plural_en",
    "rank",
    "code_pattern",
    "is_smallest",
    "is_reporting",
)
_OF_OTHERS = {"secrecy"}  # keys of a source that other apps read


def load_sources(*, folder: Path, findings: Findings) -> int:
    """Create or update every source of `sources.toml`; returns their number."""
    path = folder / "sources.toml"
    entries = []
    with findings.at(path, "sources"):
        entries = needed_tables(path, "source")
    for order, entry in enumerate(entries):
        where = f"{path}, {order + 1}. Quelle"
        with findings.at(where, "sources"):
            fields = {name: value for name, value in entry.items() if name not in {"slug", *_OF_OTHERS}}
            save_checked(Source, where, needed(entry, "slug", where), {**fields, "order": order})
    return len(entries)


def load_areas(*, folder: Path, findings: Findings) -> dict[str, SavedAreas]:
    """Create or update all levels with their areas, compositions and map boundaries."""
    path = folder / "city.toml"
    with findings.at(path, "areas"):
        return _save_levels(path, folder, findings)
    return {}


@transaction.atomic
def _save_levels(path: Path, folder: Path, findings: Findings) -> dict[str, SavedAreas]:
    results, levels = {}, []
    files = read_levels(folder)
    for file in files:
        defaults = {name: file.options[name] for name in _LEVEL_FIELDS if name in file.options}
        level = save_checked(AreaLevel, f"{path}, Ebene {file.slug}", file.slug, defaults)
        source = Source.objects.filter(slug=file.options["source"]).first()
        if source is None:
            findings.add(_no_source(path, file.options["source"]), because_of="sources")
            continue
        levels.append((level, file.memberships))
        results[file.slug] = save_areas(level=level, records=file.records, valid_from=None, source=source)
    if len(levels) < len(files):
        findings.broken.add("areas")
        return results
    for level, memberships in levels:
        link_parts(level=level, memberships=memberships)
    for level, _memberships in levels:
        publish_boundaries(level=level)
    return results


def load_places(*, folder: Path, findings: Findings) -> int:
    """Replace the places of the folder's source by the rows of its table; returns their number."""
    places: list[Facility] = []
    with findings.at(folder / "city.toml", "places"):
        options = read_toml(folder / "city.toml").get("places")
        if options is None:
            return 0
        where = f"{folder / 'city.toml'}, [places]"
        source = Source.objects.filter(slug=needed(options, "source", where)).first()
        if source is None:
            findings.add(_no_source(folder / "city.toml", options["source"]), because_of="sources")
            return 0
        places = _read_places(folder / needed(options, "file", where), source, findings)
        Facility.objects.filter(source=source).delete()
        Facility.objects.bulk_create(places)
    return len(places)


def _no_source(path: Path, slug: str) -> str:
    return f"{path}: Die Quelle „{slug}“ steht nicht in sources.toml."


def _read_places(path: Path, source: Source, findings: Findings) -> list[Facility]:
    """Places that lie where they should; the others become findings."""
    project = pyproj.Transformer.from_crs(4326, SRID, always_xy=True)
    places, lines = [], []
    for number, row in read_table(path, {"art", "name", "anschrift", "laenge", "breite"}):
        with findings.at(f"{path}, Zeile {number}"):
            place = _place(f"{path}, Zeile {number}", row, source, project)
            places.append(place)
            lines.append(number)
    for number, metres in zip(lines, _distances(places), strict=True):
        if metres > FARTHEST:
            far = f"{metres / 1000:.0f} km außerhalb der Stadt (höchstens {FARTHEST // 1000} km)"
            findings.add(f"{path}, Zeile {number}: Der Ort liegt {far}.", because_of="areas")
    return places


def _place(where: str, row: dict[str, str], source: Source, project: pyproj.Transformer) -> Facility:
    try:
        position = project.transform(float(row["laenge"]), float(row["breite"]))
    except ValueError as error:
        raise CityFilesError(f"{where}: Länge und Breite sind keine Zahlen.") from error
    if not all(math.isfinite(number) for number in position):
        raise CityFilesError(f"{where}: Länge und Breite liegen nicht auf der Erde.")
    place = Facility(
        kind=row["art"], name=row["name"], address=row["anschrift"], point=Point(*position, srid=SRID), source=source
    )
    if wrong := wrong_fields(place, where):
        raise CityFilesError(*wrong)
    return place


def _distances(places: Sequence[Facility]) -> list[float]:
    """Metres between each place and the city; 0 inside, and where no boundary is known."""
    city = Area.objects.in_force().filter(level__rank=0).first()
    if city is None or not places:
        return [0.0] * len(places)
    shape = shapely.from_wkb(bytes(city.geometry.wkb))
    shapely.prepare(shape)
    points = shapely.points([place.point.coords for place in places])
    inside = shapely.contains(shape, points)
    return [0.0 if ok else float(shapely.distance(shape, p)) for ok, p in zip(inside, points, strict=True)]
