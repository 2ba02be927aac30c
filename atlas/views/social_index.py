"""`/sozialindex/`: what a social index is, what it is not, and which ones there are."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from atlas.links import index_path
from atlas.pages import public_page
from atlas.selectors.indices import published_indices


@require_safe
@public_page
def social_index(request):
    """The entrance in plain language."""
    indices = [
        {
            "index": index,
            "url": index_path(index.indicator.slug),
            "matrix_url": index_path(index.indicator.slug, page="matrix/") if index.dynamics.all() else "",
            "what_if_url": index_path(index.indicator.slug, page="was-waere-wenn/"),
            "indicators": [row.indicator.label for row in index.components.all()],
        }
        for index in published_indices()
    ]
    return render(request, "atlas/social_index.html", {"indices": indices})
