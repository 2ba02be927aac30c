"""The money of a year summed in several ways that share no rows read by another one; they have to come to the same."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext as _

from actionplan.budget import NOTHING, Reconciliation, Sums, Whole

from .funds import FundLine
from .sums import AreaPart

# The bare rows; by project, from the projects on; and what is not divided.
_JOURNAL = """
    SELECT count(*) AS n, {sums} FROM actionplan_moneyentry e
     WHERE e.day <= %(on)s AND e.kind IN ('approved', 'revised', 'spent') AND e.allocation_id IN (
        SELECT a.id FROM actionplan_allocation a
         WHERE a.fund_id IN (SELECT f.id FROM actionplan_fund f WHERE f.year = %(year)s))
"""
_PROJECTS = """
    SELECT count(DISTINCT p.id), {sums} FROM actionplan_project p
      JOIN actionplan_allocation a ON a.project_id = p.id
      JOIN actionplan_fund f ON f.id = a.fund_id AND f.year = %(year)s
      JOIN actionplan_moneyentry e ON e.allocation_id = a.id AND e.day <= %(on)s
"""
_UNDIVIDED = """
    SELECT count(DISTINCT a.id), {sums} FROM actionplan_allocation a
      JOIN actionplan_fund f ON f.id = a.fund_id AND f.year = %(year)s
      JOIN actionplan_moneyentry e ON e.allocation_id = a.id AND e.day <= %(on)s
     WHERE NOT EXISTS (SELECT 1 FROM actionplan_allocationshare s WHERE s.allocation_id = a.id)
"""
_SUMS = """
    COALESCE(sum(e.amount) FILTER (WHERE e.kind IN ('approved', 'revised')), 0.00) AS granted,
    COALESCE(sum(e.amount) FILTER (WHERE e.kind = 'spent'), 0.00) AS spent
"""


def reconciled(year: int, *, on: datetime.date, lines: Sequence[FundLine], parts: Sequence[AreaPart]) -> Reconciliation:
    """Journal, funds, projects, and areas with what is not divided, as of a day; wholes with their parts. 1 query.

    `lines`: all funds of the year; `parts`: what falls to each area.
    """
    values = {"year": year, "on": on}
    journal, projects, undivided = _asked(values, _JOURNAL, _PROJECTS, _UNDIVIDED)
    granted = sum((part.granted or NOTHING for part in parts), NOTHING)
    spent = sum((part.spent or NOTHING for part in parts), NOTHING)
    used = [line.used for line in lines]
    sums = (
        Sums(_("Zeilen des Journals"), *journal),
        Sums(
            _("Töpfe"),
            len(used),
            sum((money.granted for money in used), NOTHING),
            sum((money.spent for money in used), NOTHING),
        ),
        Sums(_("Projekte"), *projects),
        Sums(
            _("Gebiete, mit dem, was nicht aufgeteilt ist"),
            len({part.area for part in parts}),
            granted + undivided[1],
            spent + undivided[2],
        ),
    )
    return Reconciliation(sums, tuple(_whole(line) for line in lines if line.volume is not None))


def _asked(values: dict, *queries: str) -> list[tuple[int, Decimal, Decimal]]:
    """The answers of several queries, asked at once."""
    text = " UNION ALL ".join(f"(SELECT {n}, q.* FROM ({query}) q)" for n, query in enumerate(queries))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{text} ORDER BY 1".format(sums=_SUMS), values)
        return [row[1:] for row in cursor.fetchall()]


def _whole(line: FundLine) -> Whole:
    fund = line.fund
    name = f"{fund.name} ({fund.action_area.name})" if fund.action_area else fund.name
    return Whole(name, line.volume, line.used.granted + line.used_inside.granted, line.parts)
