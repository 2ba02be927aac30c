"""`/indikatoren/`: the catalogue, by dimension and target group."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from atlas.pages import public_page
from atlas.selectors.indicators import catalogue_groups


@require_safe
@public_page
def indicators(request):
    """Every indicator with unit, years, levels and source; those without values are marked."""
    groups = catalogue_groups()
    every = [entry.indicator for group in groups for entry in group.entries]
    context = {
        "groups": groups,
        "count": len(every),
        "with_values": sum(indicator.current_edition_id is not None for indicator in every),
    }
    return render(request, "atlas/indicators.html", context)
