"""Rows that a table itself calls a sum, against the rows that they add up. They are checked and never stored."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from ..catalogue import Measure
from ..collecting import Collection
from ..findings import WARNING, Finding
from .columns import Columns
from .ranges import german
from .sums import CODE, allowed

KEPT = 200  # rows of sums that are checked; a table with more is no table of a few levels


class Total(NamedTuple):
    """One number of a row of sums; `kind` is `value`, `numerator` or `denominator`."""

    measure: Measure
    year: int
    kind: str
    number: float
    name: str
    sheet: str
    row: int
    column: int


def is_mean(name: str) -> bool:
    """Whether a row below a table is a mean, which is no sum.

    >>> is_mean("Mittelwert"), is_mean("Städtischer Durchschnitt"), is_mean("Insgesamt")
    (True, True, False)
    """
    return any(word in name.casefold() for word in ("mittel", "durchschnitt", "median"))


def check_totals(columns: Columns, totals: list[Total], found: Collection) -> None:
    """A warning for each sum that is neither that of the whole table, nor of the rows above it or below it.

    The tolerance is that of `check_sums`. Where rows have no number, because it is secret or not known, only a sum
    that is too small is told.
    """
    rows_of = {measure.pk: rows for measure, rows in columns.by_measure()}
    marks = {sheet: sorted({t.row for t in totals if t.sheet == sheet}) for sheet in {t.sheet for t in totals}}
    for total in totals:
        rows = rows_of.get(total.measure.pk)
        if rows is None or total.sheet not in columns.sheets:
            continue
        mine = rows[(columns.sheet[rows] == columns.sheets.index(total.sheet)) & (columns.year[rows] == total.year)]
        _check(total, list(_candidates(total, mine, columns, marks[total.sheet])), columns, found)


def _candidates(total: Total, rows: np.ndarray, columns: Columns, marks: list[int]) -> Iterator[np.ndarray]:
    """Rows that the sum may stand for: of one level each, the whole table, or up to the next sum."""
    at = marks.index(total.row)
    before = marks[at - 1] if at else 0
    after = marks[at + 1] if at + 1 < len(marks) else np.inf
    numbers = columns.row[rows]
    levels = np.array([columns.area_of(row).level for row in rows.tolist()])
    for level in np.unique(levels):
        for lowest, highest in ((0, np.inf), (before, total.row), (total.row, after)):
            chosen = rows[(levels == level) & (numbers > lowest) & (numbers < highest)]
            if len(chosen) > 1:
                yield chosen


def _check(total: Total, candidates: list[np.ndarray], columns: Columns, found: Collection) -> None:
    nearest = None
    for rows in candidates:
        numbers = getattr(columns, total.kind)[rows]
        known = numbers[~np.isnan(numbers)]
        limit = allowed(total.measure, total.number, len(known))
        difference = known.sum() - total.number
        if not len(known) or abs(difference) <= limit or (len(known) < len(rows) and difference < 0):
            return
        if nearest is None or abs(difference) < abs(nearest[0] - total.number):
            nearest = known.sum(), len(known), limit
    if nearest:
        found.add(_finding(total, *nearest))


def _finding(total: Total, actual: float, count: int, limit: float) -> Finding:
    text = _("„%(name)s“ %(year)s: In der Zeile „%(row)s“ steht %(total)s, die %(count)s Zeilen ergeben %(sum)s.") % {
        "name": total.measure.name,
        "year": total.year,
        "row": total.name,
        "total": german(total.number),
        "count": count,
        "sum": german(actual),
    }
    expected = _("höchstens %(allowed)s Unterschied") % {"allowed": german(round(limit, 1))}
    hint = _("Prüfen Sie, ob Zeilen fehlen oder doppelt sind. Die Summe selbst wird nicht übernommen.")
    return Finding(WARNING, CODE, text, expected, hint, total.sheet, total.row, total.column)
