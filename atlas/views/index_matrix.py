"""`/sozialindex/<slug>/matrix/`: status and dynamics of the same areas."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas.index_map import index_map
from atlas.links import index_path
from atlas.pages import public_page
from atlas.selectors.index_matrix import dynamics_of, index_matrix
from atlas.views.index_asking import as_asked, crumbs, index_or_404


@require_safe
@public_page(reads={"ebene", "stand"})
def index_matrix_page(request, slug: str):
    """The table with the areas in its cells, and a map of each index."""
    status = index_or_404(slug)
    dynamics = dynamics_of(status)
    if dynamics is None:
        raise Http404(_("Zu diesem Index gibt es keine Matrix."))
    found, wrong = as_asked(lambda query: index_matrix(status, dynamics, query), request.GET.dict())
    context = {
        "matrix": found,
        "view": found.dynamics,
        "wrong": wrong,
        "maps": [
            {"view": view, "svg": index_map(view), "url": index_path(view.indicator.slug, **view.same)}
            for view in (found.status, found.dynamics)
        ],
        "crumbs": crumbs(found.status, _("Status und Dynamik")),
    }
    return render(request, "atlas/index_matrix.html", context, status=400 if wrong else 200)
