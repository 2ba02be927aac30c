"""The stage of computing a release in which figures come about that are computed from others (docs/figures.md)."""

from collections.abc import Collection
from decimal import Decimal

from django.contrib.gis.db.models.functions import Area as SizeOf

from areas.models import Area
from indicators.cells import Cells, Concerned
from indicators.deriving import Rule, derived_figures, published, rules_of
from indicators.statistics.formulas import Kind, size_in_km2
from indicators.statistics.upwards import Division, Key


def derived_cells(cells: Cells, concerned: Concerned, division: Division) -> Cells:
    """Cells with those of all indicators that a formula computes, inputs before what needs them.

    Where nothing can be computed an indicator gets no cells at all; what was delivered for it earlier does not count.
    """
    indicators = [*concerned.needed, *concerned.shown]
    rules = rules_of(indicators)
    decimals = {i.pk: i.decimals for i in indicators}
    sizes = sizes_for(rules.values())
    found, rounded = dict(cells), {}
    for indicator in (i for i in indicators if i.pk in rules):
        rule = rules[indicator.pk]
        for pk in rule.inputs:
            rounded.setdefault(pk, published(found.get(pk, {}), decimals[pk]))
        offered = {level.slug for level in indicator.levels.all()}
        levels = [slug for slug in division.levels if slug in offered]
        found[indicator.pk] = derived_figures(rule, rounded, division=division, levels=levels, sizes=sizes)
    return found


def sizes_for(rules: Collection[Rule]) -> dict[Key, Decimal]:
    """Sizes in km² of the areas in force, where a density is computed; 1 query or none."""
    if not any(rule.kind == Kind.DENSITY for rule in rules):
        return {}
    rows = Area.objects.in_force().annotate(size=SizeOf("geometry")).values_list("level__slug", "code", "size")
    return {(level, code): size_in_km2(size.sq_m) for level, code, size in rows}
