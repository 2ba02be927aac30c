"""Saving whole levels of areas; history stays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from areas.models import Area, AreaLevel, AreaPart, Source
from areas.models.area import SRID
from areas.naming import fold

SHARE_INSIDE = 0.99  # of a smallest area that must lie inside an area to be its part


@dataclass(frozen=True)
class AreaRecord:
    """One area as it is to be stored; geometry in EPSG:25832."""

    code: str
    name: str
    geometry: shapely.MultiPolygon
    parent_code: str | None = None
    parent_level: str | None = None
    certainty: str = "published"
    note: str = ""


@dataclass(frozen=True)
class SavedAreas:
    """How many areas of a level were created, replaced by a new state, left alone, or ended."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0


@transaction.atomic
def save_areas(
    *, level: AreaLevel, records: Sequence[AreaRecord], valid_from: date | None, source: Source
) -> SavedAreas:
    """Store the areas of one level as they are from `valid_from` on.

    Unchanged areas stay untouched. A changed one ends on that day and a new row begins; codes that are
    no longer delivered end. An area that began on that same day is replaced in place.
    `valid_from=None` means that the beginning is not known; changed areas are then replaced in place.
    Raises `ValueError` for a parent that does not exist, and when an area would begin and end on one day.
    """
    on = valid_from or timezone.localdate()
    known = {a.code: a for a in Area.objects.in_force(on).filter(level=level)}
    parents = _parents(records, on)
    fresh, counts = [], {"created": 0, "changed": 0, "unchanged": 0}
    for record in records:
        new = _as_area(record, level=level, source=source, valid_from=valid_from, parents=parents)
        old = known.pop(record.code, None)
        if old is None:
            counts["created"] += 1
        elif _same(old, new):
            counts["unchanged"] += 1
            continue
        else:
            counts["changed"] += 1
            if valid_from is None or _end(old, on) is None:
                _replace(old, new)
                continue
        fresh.append(new)
    _end_all(known.values(), on)
    Area.objects.bulk_create(fresh)
    return SavedAreas(closed=len(known), **counts)


@transaction.atomic
def link_parts(*, level: AreaLevel, memberships: Mapping[str, Sequence[str]] | None = None) -> int:
    """Say which smallest areas each area of a level consists of; returns the number of links.

    `memberships` maps the code of the whole to the codes of its smallest areas; without it a smallest area
    belongs to the area in which at least 99 % of it lies. Raises `KeyError` for an unknown code.
    """
    if level.is_smallest:
        return 0
    wholes = {a.code: a for a in Area.objects.in_force().filter(level=level)}
    smallest = {a.code: a for a in Area.objects.in_force().smallest()}
    if memberships is None:
        memberships = _memberships_by_geometry(wholes, smallest)
    links = [
        AreaPart(whole=wholes[whole], part=smallest[part]) for whole, parts in memberships.items() for part in parts
    ]
    AreaPart.objects.filter(whole__in=wholes.values()).delete()
    AreaPart.objects.bulk_create(links)
    return len(links)


def _memberships_by_geometry(wholes, smallest) -> dict[str, list[str]]:
    codes = list(smallest)
    shapes = shapely.from_wkb([bytes(smallest[c].geometry.wkb) for c in codes])
    tree, sizes = shapely.STRtree(shapes), shapely.area(shapes)
    memberships = {}
    for code, whole in wholes.items():
        shape = shapely.from_wkb(bytes(whole.geometry.wkb))
        near = tree.query(shape)
        share = shapely.area(shapely.intersection(shapes[near], shape)) / sizes[near]
        memberships[code] = [codes[i] for i, s in zip(near, share, strict=True) if s >= SHARE_INSIDE]
    return memberships


def _parents(records: Sequence[AreaRecord], on: date) -> dict[tuple[str, str], Area]:
    wanted = {(r.parent_level, r.parent_code) for r in records if r.parent_code}
    found = {
        (a.level.slug, a.code): a
        for a in Area.objects.in_force(on).select_related("level").filter(level__slug__in={w[0] for w in wanted})
    }
    missing = sorted(w for w in wanted if w not in found)
    if missing:
        raise ValueError("Übergeordnete Gebiete fehlen: " + ", ".join(f"{lv} {code}" for lv, code in missing))
    return found


def _as_area(record: AreaRecord, *, level, source, valid_from, parents) -> Area:
    shape = GEOSGeometry(memoryview(shapely.to_wkb(record.geometry)), srid=SRID)
    return Area(
        level=level,
        code=record.code,
        name=record.name,
        search_name=fold(record.name),
        parent=parents.get((record.parent_level, record.parent_code)),
        geometry=shape,
        valid=DateRange(valid_from, None),
        certainty=record.certainty,
        note=record.note,
        source=source,
    )


def _same(old: Area, new: Area) -> bool:
    plain = ("name", "parent_id", "certainty", "note", "source_id")
    return all(getattr(old, f) == getattr(new, f) for f in plain) and old.geometry.equals_exact(new.geometry, 0.001)


def _replace(old: Area, new: Area) -> None:
    """Put a new state in the place of an old one, for the same time."""
    new.pk, new.valid = old.pk, old.valid
    new.save(force_update=True)


def _end_all(areas: Iterable[Area], on: date) -> None:
    """Close areas that are no longer delivered; one that began that very day cannot have existed and end at once."""
    for area in areas:
        if _end(area, on) is None:
            raise ValueError(f"{area} gilt erst seit diesem Tag und fehlt jetzt; so würde es nie gegolten haben.")


def _end(area: Area, on: date) -> date | None:
    """Close an area on a day; None when it began that very day and must be replaced instead."""
    if area.valid.lower == on:
        return None
    area.valid = DateRange(area.valid.lower, on)
    area.save(update_fields=["valid"])
    return on
