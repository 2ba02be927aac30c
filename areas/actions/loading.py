"""Loading a city's own levels, sources and places from its folder."""

from collections.abc import Sequence
from pathlib import Path

import pyproj
from django.contrib.gis.geos import Point
from django.db import transaction

from areas.cityfiles import CityFilesError, needed, read_levels, read_table, read_toml
from areas.models import AreaLevel, Facility, Source
from areas.models.area import SRID

from .publishing import publish_boundaries
from .saving import SavedAreas, link_parts, save_areas

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


@transaction.atomic
def load_sources(*, folder: Path) -> int:
    """Create or update every source of `sources.toml`; returns their number."""
    path = folder / "sources.toml"
    entries = needed(read_toml(path), "source", str(path))
    for order, entry in enumerate(entries):
        fields = {name: value for name, value in entry.items() if name != "slug"}
        slug = needed(entry, "slug", f"{path}, {order + 1}. Quelle")
        Source.objects.update_or_create(slug=slug, defaults={**fields, "order": order})
    return len(entries)


@transaction.atomic
def load_areas(*, folder: Path) -> dict[str, SavedAreas]:
    """Create or update all levels with their areas, compositions and map boundaries.

    Raises `CityFilesError` when the folder is not right; then nothing is changed.
    """
    results, levels = {}, []
    for file in read_levels(folder):
        defaults = {name: file.options[name] for name in _LEVEL_FIELDS if name in file.options}
        level, _created = AreaLevel.objects.update_or_create(slug=file.slug, defaults=defaults)
        levels.append((level, file.memberships))
        source = _source(folder, file.options["source"])
        results[file.slug] = save_areas(level=level, records=file.records, valid_from=None, source=source)
    for level, memberships in levels:
        link_parts(level=level, memberships=memberships)
    for level, _memberships in levels:
        publish_boundaries(level=level)
    return results


@transaction.atomic
def load_places(*, folder: Path) -> int:
    """Replace the places of the folder's source by the rows of its table; returns their number."""
    options = read_toml(folder / "city.toml").get("places")
    if options is None:
        return 0
    path = folder / options["file"]
    rows = read_table(path, {"art", "name", "anschrift", "laenge", "breite"})
    source = _source(folder, options["source"])
    places = [_place(path, number, row, source) for number, row in enumerate(rows, start=2)]
    Facility.objects.filter(source=source).delete()
    return len(_save(places))


def _source(folder: Path, slug: str) -> Source:
    source = Source.objects.filter(slug=slug).first()
    if source is None:
        raise CityFilesError(f"{folder / 'city.toml'}: Die Quelle „{slug}“ steht nicht in sources.toml.")
    return source


def _place(path: Path, number: int, row: dict[str, str], source: Source) -> Facility:
    try:
        point = Point(float(row["laenge"]), float(row["breite"]), srid=4326)
    except ValueError as error:
        raise CityFilesError(f"{path}, Zeile {number}: Länge und Breite sind keine Zahlen.") from error
    return Facility(kind=row["art"], name=row["name"], address=row["anschrift"], point=point, source=source)


def _save(places: Sequence[Facility]) -> Sequence[Facility]:
    project = pyproj.Transformer.from_crs(4326, SRID, always_xy=True)
    for place in places:
        place.point = Point(*project.transform(place.point.x, place.point.y), srid=SRID)
    return Facility.objects.bulk_create(places)
