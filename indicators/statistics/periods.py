"""Which periods of a series a figure over time is made of. Pure calculation.

A series is the list of periods in which an indicator has figures on a level, oldest first. It is the same for all areas
of the level: an area without a value in one of them never shifts the periods of another, nor its own.
"""

from collections.abc import Sequence
from itertools import pairwise


def earlier_by(series: Sequence[str], period: str, back: int) -> str:
    """The period `back` steps before in the series, however many years lie between; "" where there is none.

    >>> earlier_by(["1987", "2003", "2008"], "2008", 2), earlier_by(["1987", "2003"], "2003", 2)
    ('1987', '')
    """
    place = series.index(period) - back
    return series[place] if place >= 0 else ""


def fixed_before(series: Sequence[str], period: str, base: str, *, itself: bool = False) -> str:
    """`base`, where the series has it and `period` is later (or, with `itself`, is the base); else "".

    >>> fixed_before(["2018", "2024"], "2024", "2018"), fixed_before(["2018", "2024"], "2018", "2018")
    ('2018', '')
    """
    is_after = base < period or (itself and base == period)
    return base if base in series and is_after else ""


def years_until(series: Sequence[str], period: str, years: int) -> tuple[str, ...]:
    """The periods of the `years` years that end with `period`; () where the series lacks one of them.

    >>> years_until(["2019", "2021", "2022", "2023"], "2023", 3), years_until(["2019", "2021"], "2021", 3)
    (('2021', '2022', '2023'), ())
    """
    if not period.isdecimal():
        return ()
    window = tuple(f"{int(period) - step:04d}" for step in reversed(range(years)))
    return window if set(window) <= set(series) else ()


def is_unbroken(periods: Sequence[str], gaps: Sequence[str]) -> bool:
    """Whether no break of the series lies between these periods (`gaps`: from which on values differ).

    >>> is_unbroken(["2018", "2024"], ["2020"]), is_unbroken(["2018", "2024"], ["2018"])
    (False, True)
    """
    return not any(earlier < gap <= later for earlier, later in pairwise(sorted(periods)) for gap in gaps)
