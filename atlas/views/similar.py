"""`/aehnliche-gebiete/`: areas like mine."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from areas.models import Area, AreaLevel
from atlas.asked import AskedWrongly
from atlas.links import analyses_path, area_path, similar_path, similar_start_path
from atlas.pages import public_page
from atlas.records import number_text
from atlas.selectors.similar import SimilarAreas, similar_to
from atlas.stand import PARAMETER, read_stand, remark_of
from atlas.views.csv_answer import csv_answer

LIST = "merkmal"


@require_safe
@public_page
def similar_start(request):
    """Every area of the city leads to those like it. 2 queries."""
    areas = Area.objects.in_force().filter(level__rank__gt=0).defer("geometry").order_by("level__rank", "code")
    of_level: dict[int, list] = {}
    for area in areas:
        of_level.setdefault(area.level_id, []).append(area)
    groups = [(level, of_level.get(level.pk, [])) for level in AreaLevel.objects.order_by("rank") if level.rank]
    listed = [(lv, [(a, similar_path(lv.slug, a.code)) for a in found]) for lv, found in groups if found]
    crumbs = [{"label": _("Vertiefen"), "url": analyses_path()}, {"label": _("Gebiete wie meines"), "url": ""}]
    return render(request, "atlas/similar_start.html", {"groups": listed, "crumbs": crumbs})


@require_safe
@public_page(reads={PARAMETER}, lists={LIST})
def similar(request, level: str, code: str):
    """The areas most like one, why, and side by side; what cannot be compared is said, with status 400."""
    stand = read_stand(request.GET.get(PARAMETER, ""))
    area, slugs, wrong = _area(level, code), request.GET.getlist(LIST), None
    try:
        page = similar_to(area, slugs, stand)
    except AskedWrongly as asked:
        page, wrong = similar_to(area, [], stand), asked
    chosen = {i.pk for i in page.chosen}
    context = {
        "page": page,
        "area": area,
        "wrong": wrong,
        "remark": remark_of(stand),
        "stand": stand.asked,
        "offered": [(i, i.pk in chosen) for i in page.offered],
        "area_url": area_path(level, code, stand=stand.asked),
        "csv_url": similar_path(level, code, indicators=slugs if not wrong else (), stand=stand.asked, ending=True),
        "crumbs": [
            {"label": _("Vertiefen"), "url": analyses_path()},
            {"label": _("Gebiete wie meines"), "url": similar_start_path()},
            {"label": area.name, "url": ""},
        ],
    }
    return render(request, "atlas/similar.html", context, status=400 if wrong else 200)


@require_safe
@public_page(reads={PARAMETER}, lists={LIST})
def similar_csv(request, level: str, code: str):
    """All areas of the level by distance: semicolons, decimal comma, UTF-8 with byte order mark."""
    stand = read_stand(request.GET.get(PARAMETER, ""))
    try:
        if stand.wrong:
            raise stand.wrong
        page = similar_to(_area(level, code), request.GET.getlist(LIST), stand, shown=10_000)
    except AskedWrongly as wrong:
        return HttpResponse(str(wrong), status=400, content_type="text/plain; charset=utf-8")
    used = page.used
    columns = ["ebene", "gebiet", "name", "zeit", "abstand", *(f"abweichung_{i.slug}" for i in used)]
    return csv_answer(columns, _records(page, used), f"aehnliche-gebiete-{level}-{code}")


def _area(level: str, code: str) -> Area:
    found = Area.objects.in_force().at_level(level).filter(code=code).select_related("level").defer("geometry").first()
    if found is None or not found.level.rank:
        raise Http404(_("Dieses Gebiet gibt es nicht."))
    return found


def _records(page: SimilarAreas, used):
    for row, alike in zip(page.rows, page.every, strict=False):
        deviations = [number_text(alike.differences[i.slug], 3) for i in used]
        yield [page.area.level.slug, row.code, row.name, page.period, number_text(row.distance, 3), *deviations]
