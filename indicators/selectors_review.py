"""What a prepared release would change of what is public: for the person who approves it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from indicators.models import Release, UploadFinding

KINDS = ("value", "new", "gone", "rank", "class")  # what can change of a figure; the first that holds counts

# Every figure of the prepared editions beside the one that is public today, with what differs. Indicators that
# somebody delivered come first; what only follows from them (`follows`) after.
_PAIRED = """
WITH pairs AS (
    SELECT i.id AS indicator_id, i.slug,
           NOT EXISTS (SELECT 1 FROM indicators_value v WHERE v.release_id = e.release_id AND v.indicator_id = i.id)
               AS follows, i.name, i.unit, i.decimals, i.default_method, i.order,
           COALESCE(n.area_id, o.area_id) AS area_id, COALESCE(n.period_id, o.period_id) AS period_id,
           o.id IS NOT NULL AS had, n.id IS NOT NULL AS has,
           o.value AS old_value, o.status AS old_status, n.value AS new_value, n.status AS new_status,
           o.rank AS old_rank, n.rank AS new_rank, n.rank_of AS rank_of,
           (o.classes ->> i.default_method)::int AS old_class, (n.classes ->> i.default_method)::int AS new_class
    FROM indicators_indicatoredition e
    JOIN indicators_indicator i ON i.id = e.indicator_id
    CROSS JOIN LATERAL (
        SELECT COALESCE(f.new_id, 0) AS new_id, COALESCE(f.old_id, 0) AS old_id
        FROM (
            SELECT x.id AS new_id, y.id AS old_id
            FROM (SELECT id, area_id, period_id FROM indicators_figure WHERE edition_id = e.id) x
            FULL JOIN (SELECT id, area_id, period_id FROM indicators_figure WHERE edition_id = i.current_edition_id) y
            USING (area_id, period_id)
        ) f
    ) side
    LEFT JOIN indicators_figure n ON n.id = side.new_id
    LEFT JOIN indicators_figure o ON o.id = side.old_id
    WHERE e.release_id = %(release)s
), told AS (
    SELECT *, CASE
        WHEN NOT had THEN 'new'
        WHEN NOT has THEN 'gone'
        WHEN (old_value, old_status) IS DISTINCT FROM (new_value, new_status) THEN 'value'
        WHEN old_class IS DISTINCT FROM new_class THEN 'class'
        WHEN old_rank IS DISTINCT FROM new_rank THEN 'rank'
        ELSE '' END AS kind
    FROM pairs
)
"""
_JOINED = """
FROM told t
JOIN areas_area a ON a.id = t.area_id
JOIN areas_arealevel l ON l.id = a.level_id
JOIN indicators_period p ON p.id = t.period_id
"""
_COUNTED = (
    _PAIRED
    + """
SELECT t.slug, t.name, l.slug, l.name, p.code,
       count(*) FILTER (WHERE t.kind = 'new' AND t.new_value IS NOT NULL), count(*) FILTER (WHERE t.kind = 'value'),
       count(*) FILTER (WHERE t.kind = 'gone'), count(*) FILTER (WHERE t.old_rank <> t.new_rank),
       count(*) FILTER (WHERE t.old_class <> t.new_class)
"""
    + _JOINED
    + """
GROUP BY t.follows, t.slug, t.name, t.order, l.slug, l.name, l.rank, p.code
HAVING count(*) FILTER (WHERE t.kind <> '' AND (t.kind <> 'new' OR t.new_value IS NOT NULL)) > 0
ORDER BY t.follows, t.order, t.name, l.rank, p.code
"""
)
_LISTED = (
    _PAIRED
    + """
SELECT t.slug, t.name, t.unit, t.decimals, l.slug, l.name, a.id, a.code, a.name, p.code, t.kind,
       t.old_value, t.old_status, t.new_value, t.new_status, t.old_rank, t.new_rank, t.rank_of,
       t.old_class, t.new_class, count(*) OVER ()
"""
    + _JOINED
    + """
WHERE t.kind <> '' AND (t.kind <> 'new' OR t.new_value IS NOT NULL)
  AND (%(indicator)s = '' OR t.slug = %(indicator)s) AND (%(level)s = '' OR l.slug = %(level)s)
  AND (%(period)s = '' OR p.code = %(period)s)
  AND (%(kind)s = '' OR t.kind = %(kind)s OR (%(kind)s = 'rank' AND t.old_rank <> t.new_rank)
       OR (%(kind)s = 'class' AND t.old_class <> t.new_class))
ORDER BY t.follows, t.order, t.name, l.rank, p.code, a.code
LIMIT %(limit)s OFFSET %(offset)s
"""
)


@dataclass(frozen=True)
class Counted:
    """How much changes for one indicator, level and period."""

    indicator: str
    indicator_name: str
    level: str
    level_name: str
    period: str
    new: int
    values: int
    gone: int
    ranks: int
    classes: int


@dataclass(frozen=True)
class Change:
    """One figure as it is public today and as it would be. Classes count from 0; None where there is no number."""

    indicator: str
    indicator_name: str
    unit: str
    decimals: int
    level: str
    level_name: str
    area_id: int
    area_code: str
    area_name: str
    period: str
    kind: str
    old_value: Decimal | None
    old_status: str | None
    new_value: Decimal | None
    new_status: str | None
    old_rank: int | None
    new_rank: int | None
    rank_of: int | None
    old_class: int | None
    new_class: int | None


@dataclass(frozen=True)
class Filter:
    """Which changes are asked for; "" is all."""

    indicator: str = ""
    level: str = ""
    period: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Reasoned:
    """A warning of an upload with the reason that somebody gave."""

    upload_id: int
    file_name: str
    found: str
    count: int
    reason: str


def counted_changes(release: Release) -> list[Counted]:
    """Changes by indicator, level and period; empty when the release is not prepared. 1 query."""
    return [Counted(*row) for row in _rows(_COUNTED, {"release": release.pk})]


def listed_changes(
    release: Release, which: Filter, *, limit: int | None = None, offset: int = 0
) -> tuple[list[Change], int]:
    """The changes asked for, and how many there are in all. 1 query."""
    rows = _rows(_LISTED, {"release": release.pk, **vars(which), "limit": limit, "offset": offset})
    return [Change(*row[:-1]) for row in rows], (rows[0][-1] if rows else 0)


def changed_areas(release: Release) -> set[int]:
    """Primary keys of areas of which at least one public figure changes or appears. 1 query."""
    asked = {"release": release.pk, **vars(Filter()), "limit": None, "offset": 0}
    return {row[6] for row in _rows(_LISTED, asked)}


def reasoned_warnings(release: Release) -> Iterator[Reasoned]:
    """Warnings of the uploads in a release, alike ones together. 1 query."""
    findings = UploadFinding.objects.filter(upload__release=release, kind=UploadFinding.Kind.WARNING)
    seen: dict[tuple, list] = {}
    for finding in findings.select_related("upload").order_by("upload", "code", "pk"):
        entry = seen.setdefault((finding.upload_id, finding.code, finding.reason), [finding, 0])
        entry[1] += finding.count
    for (upload, _code, reason), (first, count) in seen.items():
        yield Reasoned(upload, first.upload.file_name, first.found, count, reason)


def _rows(sql: str, parameters: dict) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
