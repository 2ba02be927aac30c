"""The same indicator, area and year twice."""

import numpy as np
from django.utils.translation import gettext as _

from ..collecting import Collection
from ..findings import ERROR, Finding
from .columns import Columns
from .ranges import german

CODE = "duplicate"


def check_duplicates(columns: Columns, found: Collection) -> None:
    """An error for every value after the first; `found` names the place of the first. n log n."""
    key = (columns.measure.astype(np.int64) * max(len(columns.places), 1) + columns.at) * 10_000 + columns.year
    order = np.argsort(key, kind="stable")
    same = np.flatnonzero(key[order][1:] == key[order][:-1]) + 1
    for position in same:
        if found.is_full(ERROR, CODE):
            found.count_more(ERROR, CODE)
            continue
        row, before = order[position], order[position - 1]
        first = Finding("", "", "", "", "", *columns.place(before))
        area = columns.area_of(row)
        values = columns.value[before], columns.value[row]
        text = _("Für %(area)s (%(code)s), „%(name)s“, %(year)s steht schon ein Wert in %(place)s.") % {
            "area": area.name,
            "code": area.code,
            "name": columns.measures[columns.measure[row]].name,
            "year": columns.year[row],
            "place": first.place,
        }
        hint = _("Beide Werte sind gleich; löschen Sie einen.")
        if values[0] != values[1] and not np.isnan(values).all():
            shown = [("…" if np.isnan(v) else german(v)) for v in values]
            hint = _("Die Werte widersprechen sich: %(first)s und %(second)s.") % {
                "first": shown[0],
                "second": shown[1],
            }
        found.add(Finding(ERROR, CODE, text, _("jeden Wert einmal"), hint, *columns.place(row)))
