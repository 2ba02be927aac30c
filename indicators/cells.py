"""The unrounded cells that a release is computed from: of every indicator concerned, all periods, all levels.

What is told about figures comes about in stages, each a function from cells to cells (docs/figures.md):
delivered -> combined upwards -> protected -> computed from other indicators. `actions/computing.py` names them in
their order and stores the last one. What is computed from others starts from protected cells, so it can tell nothing
that is secret; ranks, classes and files do too.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from indicators.delivered import delivered_values
from indicators.dependencies import computed_from, dependents, in_order, inputs
from indicators.grounds import Grounds
from indicators.models import Indicator, Release
from indicators.statistics.upwards import Delivered, Key, figures_of_levels

OfPeriod = dict[Key, Delivered]
OfIndicator = dict[str, OfPeriod]  # by code of the period
Cells = dict[int, OfIndicator]  # by primary key of the indicator


@dataclass(frozen=True)
class Concerned:
    """Which indicators a release gives new figures (`shown`), and which are needed only to compute them (`needed`)."""

    shown: Sequence[Indicator]
    needed: Sequence[Indicator] = ()


def concerned_by(release: Release) -> Concerned:
    """Indicators with values in the release and those computed from them (`shown`, inputs before what needs them).

    Raises `graphlib.CycleError` where indicators are computed from each other in a circle.
    """
    edges = computed_from()
    own = Indicator.objects.filter(values__release=release).values_list("pk", flat=True)
    shown = dependents(own, edges)
    order = in_order(inputs(shown, edges), edges)
    found = Indicator.objects.prefetch_related("levels", "breaks__period").in_bulk(order)
    ordered = [found[pk] for pk in order]
    return Concerned(shown=[i for i in ordered if i.pk in shown], needed=[i for i in ordered if i.pk not in shown])


def weights_of(indicators: Iterable[Indicator]) -> QuerySet[Indicator]:
    """The indicators by which these are weighted."""
    return Indicator.objects.filter(weighs__in=list(indicators)).distinct()


def combined_cells(release: Release, concerned: Concerned, grounds: Grounds) -> Cells:
    """Delivered values of all indicators concerned, combined upwards on the levels on which each is offered.

    Each period in the division that its figures belong to (`grounds`).
    """
    indicators = [*concerned.shown, *concerned.needed]
    delivered = delivered_values(release, indicators, key_of=grounds.key_of)
    weights = delivered_values(release, weights_of(indicators), key_of=grounds.key_of)
    return {
        i.pk: _combined(i, delivered.get(i.pk, {}), grounds, weights.get(i.weight_id, {}), _offered(i))
        for i in indicators
    }


def cells_of_all_levels(release: Release, indicators: Sequence[Indicator], grounds: Grounds) -> Cells:
    """The same on every level, also where an indicator is not offered: what must be secret hangs on these too."""
    delivered = delivered_values(release, indicators, key_of=grounds.key_of)
    weights = delivered_values(release, weights_of(indicators), key_of=grounds.key_of)
    everywhere = set(grounds.today.division.levels)
    return {
        i.pk: _combined(i, delivered.get(i.pk, {}), grounds, weights.get(i.weight_id, {}), everywhere)
        for i in indicators
    }


def _offered(indicator: Indicator) -> set[str]:
    return {level.slug for level in indicator.levels.all()}


def _combined(
    indicator: Indicator, delivered: Mapping, grounds: Grounds, weights: Mapping, levels: set[str]
) -> OfIndicator:
    found = {}
    for period, values in sorted(delivered.items()):
        division = grounds.of(indicator.pk, period).division
        found[period] = figures_of_levels(
            values,
            division=division,
            levels=[slug for slug in division.levels if slug in levels],
            rule=indicator.aggregation,
            factor=indicator.factor,
            weights=grounds.fitting(indicator, period, weights.get(period, {})),
        )
    return found
