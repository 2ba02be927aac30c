"""A made-up city of any size, for measuring: areas that fit, values that look like rates. Seeded."""

import datetime
from decimal import Decimal

import numpy as np
import shapely
from django.db import transaction

from areas.actions import AreaRecord, link_parts, publish_boundaries, save_areas
from areas.models import AreaLevel, Source
from indicators.actions import publish_release
from indicators.models import Dimension, Indicator, Period, Release, Value

ORIGIN = np.array([390_000.0, 5_700_000.0])  # metres in EPSG:25832, somewhere in Westphalia
CELL = 400.0  # metres
BORDER_POINTS = 12  # per side, so that boundaries are as rough as real ones


def make_coverage(count: int, seed: int = 1) -> list[shapely.Polygon]:
    """`count` polygons that share wiggly borders exactly: a grid with moved corners and rough edges."""
    random = np.random.default_rng(seed)
    columns = int(np.ceil(np.sqrt(count)))
    rows = -(-count // columns)
    corners = np.stack(np.meshgrid(np.arange(columns + 1), np.arange(rows + 1), indexing="ij"), axis=-1).astype(float)
    corners += random.uniform(-0.25, 0.25, corners.shape)
    across = {(c, r): _edge(corners[c, r], corners[c + 1, r], random) for c in range(columns) for r in range(rows + 1)}
    upward = {(c, r): _edge(corners[c, r], corners[c, r + 1], random) for c in range(columns + 1) for r in range(rows)}
    shapes = []
    for c in range(columns):
        for r in range(rows):
            ring = [*across[c, r][:-1], *upward[c + 1, r][:-1], *across[c, r + 1][:0:-1], *upward[c, r][:0:-1]]
            shapes.append(shapely.Polygon(np.array(ring) * CELL + ORIGIN))
    return shapes[:count]


def _edge(start, end, random) -> list:
    share = np.linspace(0, 1, BORDER_POINTS)[:, None]
    points = start + (end - start) * share
    points[1:-1] += random.normal(0, 0.015, points[1:-1].shape)
    return list(points)


@transaction.atomic
def build_city(count: int, *, periods: int = 2, seed: int = 1) -> None:
    """A city of `count` smallest areas, one indicator and a published release, in an empty database."""
    source = Source.objects.create(slug="bench", title="Synthetisch", publisher="Benchmark")
    levels = [
        AreaLevel.objects.create(
            slug=slug, name=name, name_plural=name, name_en=name, name_plural_en=name, rank=rank, **extra
        )
        for slug, name, rank, extra in (
            ("stadt", "Stadt", 0, {}),
            ("gebiet", "Gebiet", 10, {"is_smallest": True, "is_reporting": True}),
        )
    ]
    shapes = make_coverage(count, seed)
    whole = shapely.coverage_union_all(shapes)
    city = AreaRecord("0", "Stadt", shapely.MultiPolygon(shapely.get_parts(whole).tolist()))
    save_areas(level=levels[0], records=[city], valid_from=None, source=source)
    records = [
        AreaRecord(f"{i:04d}", f"Gebiet {i:04d}", shapely.MultiPolygon([s]), "0", "stadt") for i, s in enumerate(shapes)
    ]
    save_areas(level=levels[1], records=records, valid_from=None, source=source)
    link_parts(level=levels[0], memberships={"0": [r.code for r in records]})
    for level in levels:
        publish_boundaries(level=level)
    _publish_values(levels, records, source, periods, np.random.default_rng(seed))


def _publish_values(levels, records, source, periods, random) -> None:
    dimension = Dimension.objects.create(slug="bench", name="Benchmark", name_en="Benchmark")
    common = {"dimension": dimension, "source": source, "definition": "Synthetisch"}
    people = Indicator.objects.create(
        slug="einwohner",
        name="Einwohner",
        name_en="Population",
        unit="",
        unit_long="Menschen",
        decimals=0,
        aggregation="sum",
        **common,
    )
    rate = Indicator.objects.create(
        slug="transferleistungsquote", name="Quote", name_en="Rate", unit="%", unit_long="% der Bevölkerung",
        aggregation="weighted_mean", weight=people, **common,
    )  # fmt: skip
    for indicator in (people, rate):
        indicator.levels.set(levels)
    release = Release.objects.create(slug="bench", title="Benchmark")
    areas = {a.code: a for a in levels[1].areas.all()}
    values = []
    for year in range(2025 - periods, 2025):
        period = Period.objects.get_or_create(
            code=str(year), defaults={"start": datetime.date(year, 1, 1), "end": datetime.date(year, 12, 31)}
        )[0]
        for record in records:
            shared = {
                "release": release,
                "area": areas[record.code],
                "period": period,
                "source": source,
                "status": "reported",
            }
            values.append(Value(indicator=people, value=Decimal(int(random.integers(300, 9000))), **shared))
            values.append(
                Value(
                    indicator=rate,
                    value=Decimal(round(float(random.gamma(3, 5)), 1)).quantize(Decimal("0.1")),
                    **shared,
                )
            )
    Value.objects.bulk_create(values, batch_size=5000)
    publish_release(release=release)
