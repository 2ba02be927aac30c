"""Rates against their numerators and denominators."""

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..catalogue import RATIO, Measure
from ..collecting import Collection
from ..findings import ERROR, WARNING, Finding
from .columns import Columns
from .ranges import german

FACTORS = (1000.0, 100.0, 10.0, 0.1, 0.01, 0.001)  # a share for a percentage, per mille for percent
NEAR = 0.02  # of the expected value, to recognise such a factor
FEWEST = 8  # values that are needed to suspect that all are fractions


def check_rates(columns: Columns, found: Collection) -> None:
    """Missing denominators, rates that do not follow from their parts, shares delivered as fractions of one."""
    for measure, rows in columns.by_measure():
        if measure.aggregation == RATIO:
            _check_denominators(measure, rows, columns, found)
        if not measure.is_count:
            _check_quotients(measure, rows, columns, found)
            _check_fractions(measure, rows, columns, found)


def _check_denominators(measure: Measure, rows: np.ndarray, columns: Columns, found: Collection) -> None:
    lacking = np.isfinite(columns.value[rows]) & (
        np.isnan(columns.denominator[rows]) | np.isnan(columns.numerator[rows])
    )
    for year in np.unique(columns.year[rows][lacking]):
        of = rows[lacking & (columns.year[rows] == year)]
        text = ngettext(
            "„%(name)s“ %(year)s: Bei %(count)s Wert fehlen Zähler oder Nenner.",
            "„%(name)s“ %(year)s: Bei %(count)s Werten fehlen Zähler oder Nenner.",
            len(of),
        ) % {"name": measure.name, "year": year, "count": len(of)}
        parts = " / ".join(part for part in (measure.numerator, measure.denominator) if part)
        expected = _("Zähler und Nenner (%(parts)s)") % {"parts": parts} if parts else _("Zähler und Nenner")
        hint = _("Ohne sie lassen sich die Werte nicht für größere Gebiete zusammenfassen.")
        found.add(Finding(WARNING, "denominator_missing", text, expected, hint, *columns.place(of[0])), len(of))


def _check_quotients(measure: Measure, rows: np.ndarray, columns: Columns, found: Collection) -> None:
    """|value - numerator / denominator * factor| <= half a unit of the last published place."""
    value, above, below = columns.value[rows], columns.numerator[rows], columns.denominator[rows]
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = above / below * measure.factor
        ratio = value / expected
    off = np.isfinite(value) & np.isfinite(expected) & (np.abs(value - expected) > 0.501 * 10.0**-measure.decimals)
    for i in np.flatnonzero(off):
        by_factor = any(abs(ratio[i] / factor - 1) < NEAR for factor in FACTORS)
        kind, code = (ERROR, "rate_factor") if by_factor else (WARNING, "rate_mismatch")
        if found.is_full(kind, code):
            found.count_more(kind, code)
            continue
        text = _("„%(name)s“: Wert %(value)s, aber Zähler %(above)s durch Nenner %(below)s") % {
            "name": measure.name,
            "value": german(value[i]),
            "above": german(above[i]),
            "below": german(below[i]),
        }
        hint = _("Das sieht nach einer anderen Einheit aus, etwa Anteil statt Prozent.") if by_factor else ""
        hint = hint or _("Prüfen Sie, ob Zähler und Nenner zu diesem Indikator und Jahr gehören.")
        found.add(Finding(kind, code, text, german(round(float(expected[i]), 6)), hint, *columns.place(rows[i])))
    zero = np.isfinite(value) & (value != 0) & (below == 0)
    for i in np.flatnonzero(zero):
        text = _("„%(name)s“: Wert %(value)s bei Nenner 0") % {"name": measure.name, "value": german(value[i])}
        hint = _("Wo es niemanden gibt, ist eine Quote nicht sinnvoll (Zeichen „x“).")
        found.add(Finding(WARNING, "rate_mismatch", text, _("kein Wert"), hint, *columns.place(rows[i])))


def _check_fractions(measure: Measure, rows: np.ndarray, columns: Columns, found: Collection) -> None:
    if measure.unit != "%":
        return
    for sheet in np.unique(columns.sheet[rows]):
        of = rows[columns.sheet[rows] == sheet]
        value = columns.value[of]
        value = value[np.isfinite(value) & (value != 0)]
        if len(value) >= FEWEST and np.all(np.abs(value) <= 1) and np.unique(value).size > 2:
            text = _("„%(name)s“: Alle Werte sind höchstens 1, der größte ist %(value)s.") % {
                "name": measure.name,
                "value": german(value.max()),
            }
            hint = _("Sind es Anteile (0,125) statt Prozent (12,5)? Dann stellen Sie die Spalte in der Tabelle um.")
            found.add(Finding(WARNING, "fractions", text, _("Werte in Prozent"), hint, *columns.place(of[0])))
