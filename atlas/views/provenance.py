"""`/herkunft/<indicator>/<level>/<code>/<period>/`: where one figure comes from; for readers, as data, for staff."""

import json

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from atlas.pages import public_page
from atlas.provenance_data import provenance_data
from atlas.provenance_page import provenance_context
from atlas.stand import PARAMETER, Stand, read_stand, remark_of
from indicators.models import Indicator
from indicators.selectors_provenance import Provenance, figure_at, provenance
from indicators.standing import edition_at


@require_safe
@public_page(reads={PARAMETER})
def provenance_page(request, slug: str, level: str, code: str, period: str):
    """The whole way back of one figure; 404 for one that was not public in the state asked for."""
    stand, found = _found(request, slug, level, code, period)
    context = {**provenance_context(found), "stand": stand, "remark": remark_of(stand)}
    return render(request, "atlas/provenance.html", context)


@require_safe
@public_page(reads={PARAMETER})
def provenance_json(request, slug: str, level: str, code: str, period: str):
    """The same as data; a state that there is not is refused."""
    stand, found = _found(request, slug, level, code, period)
    if stand.wrong:
        return HttpResponse(str(stand.wrong), status=400, content_type="text/plain; charset=utf-8")
    body = json.dumps(provenance_data(found), ensure_ascii=False, indent=2)
    return HttpResponse(body, content_type="application/json")


@require_safe
@never_cache
@login_required
@permission_required("indicators.view_upload", raise_exception=True)
def provenance_staff(request, slug: str, level: str, code: str, period: str):
    """With all numbers and steps; names only for those who may see them."""
    stand, found = _found(request, slug, level, code, period)
    names = request.user.has_perm("indicators.view_editor_names")
    context = {**provenance_context(found, staff=True, names=names), "stand": stand, "remark": remark_of(stand)}
    return render(request, "atlas/provenance_staff.html", context)


def _found(request, slug: str, level: str, code: str, period: str) -> tuple[Stand, Provenance]:
    indicator = Indicator.objects.select_related("source", "weight", "dimension").filter(slug=slug).first()
    stand = read_stand(request.GET.get(PARAMETER, ""))
    edition = edition_at(indicator, stand.moment) if indicator else None
    figure = figure_at(edition, level=level, code=code, period=period) if edition else None
    if figure is None:
        raise Http404(_("Diese Zahl ist nicht veröffentlicht."))
    edition.indicator = indicator
    return stand, provenance(edition, figure)
