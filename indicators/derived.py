"""The stage of computing a release in which figures come about that are computed from others (docs/figures.md)."""

from collections.abc import Collection
from decimal import Decimal

from django.contrib.gis.db.models.functions import Area as SizeOf

from areas.models import Area
from indicators.cells import Cells, Concerned
from indicators.deriving import Places, Rule, derived_figures, published, rules_of
from indicators.grounds import Grounds
from indicators.statistics.formulas import Kind, size_in_km2


def derived_cells(cells: Cells, concerned: Concerned, grounds: Grounds) -> Cells:
    """Cells with those of all indicators that a formula computes, inputs before what needs them.

    Where nothing can be computed an indicator gets no cells at all; what was delivered for it earlier does not count.
    """
    indicators = [*concerned.needed, *concerned.shown]
    rules = rules_of(indicators)
    decimals = {i.pk: i.decimals for i in indicators}
    sizes = sizes_for(rules.values())
    levels = grounds.today.division.levels
    found, rounded = dict(cells), {}
    for indicator in (i for i in indicators if i.pk in rules):
        rule = rules[indicator.pk]
        for pk in rule.inputs:
            rounded.setdefault(pk, published(found.get(pk, {}), decimals[pk]))
        offered = {level.slug for level in indicator.levels.all()}
        found[indicator.pk] = derived_figures(
            rule,
            rounded,
            places=Places(
                keys=lambda period, level, pk=indicator.pk: grounds.of(pk, period).division.at(level),
                row=grounds.area,
                of=indicator.pk,
            ),
            levels=[slug for slug in levels if slug in offered],
            sizes=sizes,
        )
    return found


def sizes_for(rules: Collection[Rule]) -> dict[int, Decimal]:
    """Sizes in km² of all areas by their row, where a density is computed; 1 query or none."""
    if not any(rule.kind == Kind.DENSITY for rule in rules):
        return {}
    rows = Area.objects.annotate(size=SizeOf("geometry")).values_list("pk", "size")
    return {pk: size_in_km2(size.sq_m) for pk, size in rows}
