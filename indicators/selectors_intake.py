"""Reading what spreadsheets are matched and checked against: the catalogue, the areas, and last period's values."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from django.db import connection

from areas.models import Area, AreaLevel, AreaPart
from indicators.intake.catalogue import Catalogue, Level, Measure, Place
from indicators.models import Indicator, Period, SeriesBreak


def intake_catalogue() -> Catalogue:
    """Levels, areas of all times, indicators and periods; 7 queries."""
    levels = AreaLevel.objects.order_by("rank")
    areas = Area.objects.order_by("level__rank", "code").values_list("pk", "level__slug", "code", "name", "valid")
    return Catalogue(
        levels=tuple(Level(v.slug, v.name, v.name_plural, v.rank, v.code_pattern) for v in levels),
        places=tuple(Place(*rest, valid.lower, valid.upper) for *rest, valid in areas),
        measures=_measures(),
        parts=_parts(),
        periods=tuple(Period.objects.values_list("code", flat=True)),
    )


def _measures() -> tuple[Measure, ...]:
    breaks, levels = defaultdict(set), defaultdict(set)
    for pk, code in SeriesBreak.objects.values_list("indicator_id", "period__code"):
        if code.isdecimal():
            breaks[pk].add(int(code))
    for pk, slug in Indicator.levels.through.objects.values_list("indicator_id", "arealevel__slug"):
        levels[pk].add(slug)
    return tuple(
        Measure(
            *(i.pk, i.slug, i.name, i.unit, i.unit_long, i.decimals, i.aggregation, i.factor),
            *(None if limit is None else float(limit) for limit in (i.lowest, i.highest)),
            *(i.reference, i.numerator, i.denominator, frozenset(levels[i.pk])),
            is_index=hasattr(i, "index"),
            breaks=frozenset(breaks[i.pk]),
        )
        for i in Indicator.objects.select_related("index").order_by("slug")
    )


def _parts() -> dict[int, tuple[int, ...]]:
    parts = defaultdict(list)
    for whole, part in AreaPart.objects.order_by("whole", "part").values_list("whole_id", "part_id"):
        parts[whole].append(part)
    return {whole: tuple(of) for whole, of in parts.items()}


_LATEST = """
SELECT DISTINCT ON (v.area_id, v.period_id) v.area_id, p.code::int, v.value::float8
FROM indicators_value v
JOIN indicators_release r ON r.id = v.release_id
JOIN indicators_period p ON p.id = v.period_id
WHERE v.indicator_id = %s AND p.code = ANY(%s) AND r.published_at IS NOT NULL AND r.withdrawn_at IS NULL
ORDER BY v.area_id, v.period_id, r.published_at DESC
"""


def previous_values(indicator: int, years: Iterable[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Areas, years and numbers of what is public of an indicator in these years; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, [indicator, [str(year) for year in years]])
        rows = [row for row in cursor.fetchall() if row[2] is not None]
    areas, when, numbers = zip(*rows, strict=True) if rows else ((), (), ())
    return np.array(areas, dtype=np.int64), np.array(when, dtype=np.int64), np.array(numbers, dtype=float)
