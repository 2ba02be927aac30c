"""How sure the figures of an indicator are: their intervals, and which differences may be called that.

Everything starts from the figures as they are published: what is suppressed has no counts and says nothing here.
"""

from collections import defaultdict
from collections.abc import Sequence

from indicators.models import Figure, Indicator
from indicators.statistics.breaks import period_pairs
from indicators.statistics.comparability import is_comparable
from indicators.statistics.differences import differ, differs_from_whole
from indicators.statistics.intervals import KNOWN, Counts, published_interval

NOTHING_KNOWN = Counts(None, None, "")


def counts_of(figure: Figure | None, indicator: Indicator) -> Counts:
    """What a figure was counted from; nothing known for estimates, suppressed and missing ones."""
    if figure is None or figure.status not in KNOWN:
        return NOTHING_KNOWN
    return Counts(figure.numerator, figure.denominator, indicator.numerator_kind)


def tell_uncertainty(indicator: Indicator, figures: Sequence[Figure], *, city: str) -> None:
    """Give unsaved figures (with `key`, `period_code`) their interval and say what they differ from.

    `city` is the level that is the whole city. Figures without an interval are left as they are: nothing is known.
    """
    counted = [figure for figure in figures if _give_interval(indicator, figure)]
    whole = {f.period_code: counts_of(f, indicator) for f in counted if f.key[0] == city}
    for figure in counted:
        if figure.key[0] != city:
            figure.differs = differs_from_whole(
                counts_of(figure, indicator), whole.get(figure.period_code, NOTHING_KNOWN)
            )
    _tell_changes(indicator, counted, figures)


def _give_interval(indicator: Indicator, figure: Figure) -> bool:
    rules = {"factor": indicator.factor, "decimals": indicator.decimals}
    found = published_interval(figure.value, figure.status, counts_of(figure, indicator), **rules)
    if found is not None:
        figure.lower, figure.upper = found
    return found is not None


def _tell_changes(indicator: Indicator, counted: Sequence[Figure], figures: Sequence[Figure]) -> None:
    """For the pairs of periods that the map and the profile may compare."""
    periods: dict[str, set[str]] = defaultdict(set)
    for figure in figures:
        periods[figure.key[0]].add(figure.period_code)
    pairs = {level: period_pairs(sorted(codes)) for level, codes in periods.items()}
    known = {(figure.key, figure.period_code): figure for figure in counted}
    for (key, code), after in known.items():
        for earlier in (a for a, b in pairs[key[0]] if b == code):
            before = known.get((key, earlier))
            if before and is_comparable(before, after, is_count=indicator.hides_estimated_change):
                after.differs_since[earlier] = differ(counts_of(before, indicator), counts_of(after, indicator))


def tell_of_group(indicator: Indicator, figure: Figure, city: Figure | None) -> None:
    """The same for the figure of areas that somebody put together, which is never stored."""
    if _give_interval(indicator, figure):
        figure.differs = differs_from_whole(counts_of(figure, indicator), counts_of(city, indicator))
