"""Counts of parts against the count of the whole."""

from collections import defaultdict

import numpy as np
from django.utils.translation import gettext as _

from ..catalogue import Catalogue, Measure
from ..collecting import Collection
from ..findings import WARNING, Finding
from .columns import Columns
from .ranges import german

CODE = "sum_of_parts"
SHARE = 0.001  # of the whole: what rounding and secret cells of the statistics office may move


def check_sums(columns: Columns, catalogue: Catalogue, found: Collection) -> None:
    """A warning for every whole whose delivered parts do not add up to it.

    With all parts: |sum - whole| > max(half a unit of the last place per part, `SHARE` of the whole). With parts
    missing: only sum > whole by more than that.
    """
    for measure, rows in columns.by_measure():
        if measure.is_count:
            _check(measure, rows, columns, catalogue, found)


def _check(measure: Measure, rows: np.ndarray, columns: Columns, catalogue: Catalogue, found: Collection) -> None:
    by_year: dict[int, dict[int, int]] = defaultdict(dict)
    for row in rows[~np.isnan(columns.value[rows])].tolist():
        by_year[int(columns.year[row])].setdefault(columns.area_of(row).pk, row)
    for delivered in by_year.values():
        for area, row in delivered.items():
            parts = catalogue.parts.get(area, ())
            there = [delivered[part] for part in parts if part in delivered]
            if len(there) > (1 if len(there) < len(parts) else 0):
                _compare(measure, row, columns.value[there].sum(), len(there), len(parts), columns, found)


def _compare(measure, row: int, total: float, there: int, parts: int, columns: Columns, found: Collection) -> None:  # noqa: PLR0917
    whole = columns.value[row]
    allowed = max(0.5 * 10.0**-measure.decimals * (there + 1), abs(whole) * SHARE)
    if abs(total - whole) <= allowed or (there < parts and total < whole):
        return
    area = columns.area_of(row)
    text = _("„%(name)s“ %(year)s: %(area)s (%(code)s) ist %(whole)s, die Summe der Teile %(total)s.") % {
        "name": measure.name,
        "year": columns.year[row],
        "area": area.name,
        "code": area.code,
        "whole": german(whole),
        "total": german(total),
    }
    if there < parts:
        text += " " + _("Dabei fehlen noch %(count)s von %(parts)s Teilen.") % {"count": parts - there, "parts": parts}
    expected = _("höchstens %(allowed)s Unterschied") % {"allowed": german(round(allowed, 1))}
    hint = _("Prüfen Sie die Teile und die Gesamtzahl; sie können zu verschiedenen Ständen gehören.")
    found.add(Finding(WARNING, CODE, text, expected, hint, *columns.place(row)))
