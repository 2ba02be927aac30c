"""Changes against the last period that are far from those of the other areas."""

from collections.abc import Callable

import numpy as np
from django.utils.translation import gettext as _

from ..catalogue import Measure
from ..collecting import Collection
from ..findings import WARNING, Finding
from .columns import Columns
from .ranges import german

CODE = "jump"
THRESHOLD = 5.0  # Iglewicz and Hoaglin recommend 3.5 for normal data; small areas have heavier tails (docs/intake.md)
TO_SIGMA = 0.6745  # 75 % quantile of the normal distribution: MAD / 0.6745 estimates the standard deviation
MEAN_TO_SIGMA = 0.7979  # sqrt(2 / pi): the same for the mean absolute deviation, used where more than half change alike
LARGEST_FROM_ZERO = 12  # counts: 0 → n is chance up to here: by Poisson sqrt(2 n) standard deviations, 5 at n = 12.5
FEWEST = 8  # areas that are needed to say what is usual
YEARS_BACK = 10  # how old the last period may be

History = Callable[[int, list[int]], tuple[np.ndarray, np.ndarray, np.ndarray]]


def robust_z(changes: np.ndarray) -> np.ndarray:
    """How far each change is from the median, in robust standard deviations; zeros when all are alike.

    z = 0.6745 (d - median) / MAD (Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers, ASQC 16).

    >>> [round(float(z), 1) for z in robust_z(np.array([0.1, 0.2, 0.3, 0.2, 9.0]))]
    [-0.7, 0.0, 0.7, 0.0, 59.4]
    """
    away = changes - np.median(changes)
    spread = np.median(np.abs(away)) / TO_SIGMA
    if not spread:
        spread = np.abs(away).mean() / MEAN_TO_SIGMA
    return away / spread if spread else np.zeros_like(away)


def check_jumps(columns: Columns, history: History, found: Collection) -> None:
    """A warning for every jump, by indicator, level and year; earlier values: of the file, else of the portal."""
    for measure, rows in columns.by_measure():
        numbered = rows[~np.isnan(columns.value[rows])]
        if len(numbered):
            _check(measure, numbered, columns, history, found)


def _check(measure: Measure, rows: np.ndarray, columns: Columns, history: History, found: Collection) -> None:
    years = columns.year[rows]
    slugs = sorted({place.level for place in columns.places})
    levels = np.array([slugs.index(place.level) for place in columns.places])[columns.at[rows]]
    known = _known(measure, rows, columns, history)
    for year in np.unique(years):
        for level in np.unique(levels):
            chosen = rows[(years == year) & (levels == level)]
            if len(chosen) < FEWEST:
                continue
            before = _before(measure, int(year), columns.area[columns.at[chosen]], known)
            if before is not None:
                _report(measure, chosen, before, columns, found)


def _known(measure: Measure, rows: np.ndarray, columns: Columns, history: History) -> dict[int, tuple]:
    """Sorted areas and their numbers by year: of the file, where it says nothing of the portal."""
    years = np.unique(columns.year[rows])
    wanted = {int(year) - back for year in years for back in range(1, YEARS_BACK + 1)}
    areas, when, numbers = history(measure.pk, sorted(wanted))
    areas = np.concatenate([columns.area[columns.at[rows]], areas])
    when = np.concatenate([columns.year[rows], when])
    numbers = np.concatenate([columns.value[rows], numbers])
    known = {}
    for year in np.unique(when):
        of = when == year
        unique, first = np.unique(areas[of], return_index=True)
        known[int(year)] = unique, numbers[of][first]
    return known


def _before(measure: Measure, year: int, areas: np.ndarray, known: dict[int, tuple]) -> tuple | None:
    """The numbers of the same areas in the last year that has enough of them, and that year; none across a break."""
    for earlier in range(year - 1, year - 1 - YEARS_BACK, -1):
        if any(earlier < start <= year for start in measure.breaks):
            return None
        if earlier not in known:
            continue
        there, numbers = known[earlier]
        at = np.clip(np.searchsorted(there, areas), 0, len(there) - 1)
        values = np.where(there[at] == areas, numbers[at], np.nan)
        if np.isfinite(values).sum() >= FEWEST:
            return values, earlier
    return None


def _report(measure: Measure, rows: np.ndarray, before: tuple, columns: Columns, found: Collection) -> None:
    old, earlier = before
    new = columns.value[rows]
    usable = np.isfinite(old) & ((old > 0) & (new > 0) if measure.is_count else True)
    if usable.sum() < FEWEST:
        return
    if measure.is_count:
        _report_zeros(measure, rows, old, new, earlier, columns, found)
    rows, old, new = rows[usable], old[usable], new[usable]
    z = robust_z(np.log(new / old) if measure.is_count else new - old)
    far = (np.abs(z) > THRESHOLD) & (np.abs(new - old) > 10.0**-measure.decimals)
    for i in np.flatnonzero(far):
        if found.is_full(WARNING, CODE):
            found.count_more(WARNING, CODE)
            continue
        found.add(_finding(measure, rows[i], old, new, z, i, earlier, columns))


def _report_zeros(measure, rows, old, new, earlier, columns, found: Collection) -> None:  # noqa: PLR0917
    """Counts that come from nothing or sink to nothing have no logarithm, and are the likeliest to be mistakes."""
    far = np.isfinite(old) & ((old == 0) != (new == 0)) & (np.maximum(old, new) > LARGEST_FROM_ZERO)
    for i in np.flatnonzero(far):
        if found.is_full(WARNING, CODE):
            found.count_more(WARNING, CODE)
            continue
        text = _worded(measure, rows[i], old[i], new[i], earlier, columns)
        expected = _("nicht auf einmal von oder auf null")
        hint = _("Prüfen Sie, ob die Null für „unbekannt“ steht, oder begründen Sie die Änderung.")
        found.add(Finding(WARNING, CODE, text, expected, hint, *columns.place(rows[i])))


def _worded(measure, row, old: float, new: float, earlier: int, columns) -> str:  # noqa: PLR0917
    area = columns.area_of(row)
    return _("„%(name)s“, %(area)s (%(code)s): %(old)s (%(earlier)s) → %(new)s (%(year)s)") % {
        "name": measure.name,
        "area": area.name,
        "code": area.code,
        "old": german(old),
        "earlier": earlier,
        "new": german(new),
        "year": columns.year[row],
    }


def _finding(measure, row, old, new, z, i, earlier, columns) -> Finding:  # noqa: PLR0917
    text = _worded(measure, row, old[i], new[i], earlier, columns)
    usual = np.median((new / old - 1) * 100 if measure.is_count else new - old)
    amount = f"{usual:+.1f}".replace(".", ",").replace("-", "−") + (" %" if measure.is_count else "")
    expected = _("ähnlich wie anderswo, dort in der Mitte %(usual)s") % {"usual": amount}
    hint = _("Robuster z-Wert %(z)s. Prüfen Sie Stelle und Komma, oder begründen Sie die Änderung.")
    return Finding(
        WARNING,
        CODE,
        text,
        expected,
        hint % {"z": f"{z[i]:.1f}".replace(".", ",").replace("-", "−")},
        *columns.place(row),
    )
