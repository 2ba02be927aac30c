"""Sums of the journal, made by the database: what allocations come to, and what of it falls to which area.

The split is the one of `actionplan.budget.split_exactly` (largest remainder, whole cents), written in SQL so that
fifty thousand bookings need not be read; of equal remainders the place recorded first comes first.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.db import connection
from django.db.models import Q, QuerySet, Sum

from actionplan.budget import NOTHING, Money
from actionplan.models import Allocation, MoneyEntry
from areas.kept import kept
from areas.models import Area

_KINDS = MoneyEntry.Kind.values
SUMS = tuple(f"sum_{kind}" for kind in _KINDS)


@dataclass(frozen=True)
class AreaPart:
    """What falls to one area of the money of one year from one kind of funder (`Funder.Kind`), in euros.

    `granted` is approved by now, `spent` paid out; None where nothing of the kind is recorded.
    """

    area: int
    year: int
    source: str
    planned: Decimal | None
    granted: Decimal | None
    spent: Decimal | None


def with_sums(allocations: QuerySet[Allocation], on: datetime.date) -> QuerySet[Allocation]:
    """Allocations with `sum_planned`, `sum_approved` … of their journal up to and including a day; None without any."""
    return allocations.annotate(
        **{f"sum_{kind}": Sum("entries__amount", filter=Q(entries__kind=kind, entries__day__lte=on)) for kind in _KINDS}
    )


def money_from(sums: Sequence[Decimal | None]) -> Money:
    """The money that SUMS of `with_sums` stand for."""
    return Money(*(amount if amount is not None else NOTHING for amount in sums))


def parts_of_year(year: int, on: datetime.date) -> list[AreaPart]:
    """What falls to each area of the divided money of a year, up to and including a day, ordered by area and source.

    2 queries, 1 when kept.
    """
    make = partial(_parts, "f.year = %(year)s", "TRUE", {"year": year, "on": on})
    return kept(f"money-by-area-{year}-{on}", make)


def parts_of_area(area: Area, on: datetime.date) -> list[AreaPart]:
    """What falls to an area in all its versions, by year and source. 2 queries, 1 when kept."""
    here = (
        "COALESCE(m.area_id, p.area_id) IN (SELECT id FROM areas_area WHERE code = %(code)s AND level_id = %(level)s)"
    )
    touched = f"a.id IN (SELECT s.allocation_id FROM actionplan_allocationshare s {_PLACES} WHERE {here})"  # noqa: S608
    make = partial(_parts, touched, here, {"code": area.code, "level": area.level_id, "on": on})
    return kept(f"money-of-area-{area.level_id}-{area.code}-{on}", make)


_PLACES = """
    JOIN actionplan_projectplace p ON p.id = s.place_id
    LEFT JOIN actionplan_actionarea m ON m.id = p.action_area_id
"""
_KIND = "round(sum(sign(s.cents) * (s.given + (s.turn <= s.over)::int)) FILTER (WHERE s.kind = '{}') / 100, 2)"
_SPLIT = """
WITH sums AS (
    SELECT a.id, f.year, fu.kind AS source,
           sum(e.amount) FILTER (WHERE e.kind = 'planned') * 100 AS planned,
           sum(e.amount) FILTER (WHERE e.kind IN ('approved', 'revised')) * 100 AS granted,
           sum(e.amount) FILTER (WHERE e.kind = 'spent') * 100 AS spent
      FROM actionplan_allocation a
      JOIN actionplan_fund f ON f.id = a.fund_id
      JOIN actionplan_funder fu ON fu.id = f.funder_id
      JOIN actionplan_moneyentry e ON e.allocation_id = a.id AND e.day <= %(on)s
     WHERE {chosen}
     GROUP BY a.id, f.year, fu.kind
), shares AS (
    SELECT sums.year, sums.source, s.allocation_id, s.place_id, m.kind, m.cents,
           s.weight * 10000 AS units,
           sum(s.weight * 10000) OVER (PARTITION BY s.allocation_id, m.kind) AS whole
      FROM sums
      JOIN actionplan_allocationshare s ON s.allocation_id = sums.id
      CROSS JOIN LATERAL (
          VALUES ('planned', sums.planned), ('granted', sums.granted), ('spent', sums.spent)
      ) AS m(kind, cents)
), cut AS (
    SELECT *, div(abs(cents) * units, whole) AS given,
           row_number() OVER (
               PARTITION BY allocation_id, kind ORDER BY mod(abs(cents) * units, whole) DESC, place_id
           ) AS turn
      FROM shares
), filled AS (
    SELECT *, abs(cents) - sum(given) OVER (PARTITION BY allocation_id, kind) AS over FROM cut
)
SELECT COALESCE(m.area_id, p.area_id), s.year, s.source, {kinds}
  FROM filled s {places}
 WHERE {here}
 GROUP BY 1, 2, 3 ORDER BY 2, 1, 3
"""


def _parts(chosen: str, here: str, values: dict) -> list[AreaPart]:
    with connection.cursor() as cursor:
        kinds = ", ".join(_KIND.format(kind) for kind in ("planned", "granted", "spent"))
        cursor.execute(_SPLIT.format(chosen=chosen, here=here, places=_PLACES, kinds=kinds), values)
        return [AreaPart(*row) for row in cursor.fetchall()]
