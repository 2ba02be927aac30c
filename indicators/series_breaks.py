"""Breaks in the series of every indicator: its own, and those of the indicators that it is computed from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from indicators.models import FormulaTerm, SeriesBreak
from indicators.statistics.formulas import Kind

# A change lies between two periods itself: two changes can be compared although the series breaks between them.
_APART = (Kind.CHANGE.value, Kind.CHANGE_PERCENT.value)


def breaks_by_indicator() -> dict[int, list[SeriesBreak]]:
    """Breaks by indicator, oldest first, one per period; an own one before one of an input. 2 queries."""
    own: dict[int, list[SeriesBreak]] = defaultdict(list)
    for gap in SeriesBreak.objects.select_related("period"):
        own[gap.indicator_id].append(gap)
    used: dict[int, list[int]] = defaultdict(list)
    terms = FormulaTerm.objects.exclude(formula__kind__in=_APART).filter(formula__indicator__aggregation="computed")
    for pk, one in terms.order_by("formula", "-role", "order").values_list("formula__indicator_id", "input_id"):
        used[pk].append(one)
    return {pk: _carried(pk, own, used) for pk in {*own, *used}}


def _carried(pk: int, own: Mapping[int, Sequence], used: Mapping[int, Sequence[int]]) -> list[SeriesBreak]:
    found = {gap.period_id: gap for gap in own.get(pk, ())}
    for one in used.get(pk, ()):
        for gap in _carried(one, own, used):
            found.setdefault(gap.period_id, gap)
    return sorted(found.values(), key=lambda gap: gap.period.start)
