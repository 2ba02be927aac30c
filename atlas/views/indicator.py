"""`/indikatoren/<slug>/`: one indicator with all that a reader needs to trust it, and its values to take away."""

import json

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas.links import catalogue_path, index_path, indicator_path, map_path, ranking_path, subscribe_path
from atlas.pages import public_page
from atlas.selectors.downloads import describe, value_rows
from atlas.selectors.indicators import availability, sorted_levels, usual_classes
from atlas.selectors.ranking import ranked_levels
from atlas.selectors.thumbnails import Thumbnail, indicator_thumbnail
from atlas.stand import PARAMETER, Stand, stand_for
from atlas.stand_notice import notice_of_edition
from atlas.views.csv_answer import csv_answer
from indicators.actions import inequality, spatial_patterns
from indicators.models import Analysis, Indicator
from indicators.selectors_formulas import formula_in_words
from indicators.standing import notice_begins, recent_correction


@require_safe
@public_page(reads={PARAMETER})
def indicator(request, slug: str):
    """Definition, unit, source, breaks, availability, small map."""
    found = _indicator(slug)
    stand, edition = stand_for(found, request.GET.get(PARAMETER, ""))
    levels = sorted_levels(found)
    thumbnail = indicator_thumbnail(edition, levels) if edition else None
    notice = notice_of_edition(stand, edition, newest=indicator_path(slug))
    lately = notice_begins(timezone.localdate())
    context = {
        "indicator": found,
        "edition": edition,
        "levels": levels,
        "breaks": found.breaks.all(),
        "formula": formula_in_words(found),
        "available": availability(edition) if edition else None,
        "classes": usual_classes(edition, levels) if edition else [],
        "thumbnail": thumbnail,
        "index_url": index_path(slug, stand=stand.asked) if edition and hasattr(found, "index") else "",
        "map_url": _map(slug, thumbnail, stand) if thumbnail else "",
        "ranking_url": ranking_path(slug, stand=stand.asked) if edition and ranked_levels(edition) else "",
        **_analyses(found, stand),
        "stand": stand.asked,
        "notice": notice,
        "corrected": None if notice.sentence else recent_correction(found, lately),
        "subscribe_url": subscribe_path(indicator=slug),
        "crumbs": [{"label": _("Indikatoren"), "url": catalogue_path()}, {"label": found.label, "url": ""}],
    }
    return render(request, "atlas/indicator.html", context)


@require_safe
@public_page(reads={PARAMETER})
def indicator_csv(request, slug: str):
    """All published values: a pure table, semicolons, decimal comma, UTF-8 with byte order mark."""
    stand, edition = stand_for(_indicator(slug), request.GET.get(PARAMETER, ""))
    if stand.wrong:
        return _refused(stand)
    if edition is None:
        raise Http404(_("Für diesen Indikator gibt es noch keine Werte."))
    rows = value_rows(edition)
    return csv_answer(next(rows), rows, slug)


@require_safe
@public_page(reads={PARAMETER})
def indicator_json(request, slug: str):
    """What the values mean, for keeping beside the table."""
    found = _indicator(slug)
    stand, edition = stand_for(found, request.GET.get(PARAMETER, ""))
    if stand.wrong:
        return _refused(stand)
    body = json.dumps(describe(found, edition), ensure_ascii=False, indent=2)
    response = HttpResponse(body, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{slug}-beschreibung.json"'
    return response


def _analyses(found: Indicator, stand: Stand) -> dict[str, bool]:
    """Which further results there are to link to. 1 query."""
    kinds = Analysis.objects.filter(indicator=found).public_at(stand.moment or timezone.now())
    known = set(kinds.values_list("kind", flat=True).order_by().distinct())
    return {"has_pattern": spatial_patterns.KIND in known, "has_inequality": inequality.KIND in known}


def _map(slug: str, thumbnail: Thumbnail, stand: Stand) -> str:
    return map_path(slug, level=thumbnail.level.slug, period=thumbnail.period, stand=stand.asked)


def _refused(stand: Stand) -> HttpResponse:
    """What is taken away is read far from the page that could say it: a download never answers for another state."""
    return HttpResponse(str(stand.wrong), status=400, content_type="text/plain; charset=utf-8")


def _indicator(slug: str) -> Indicator:
    known = Indicator.objects.for_lists().select_related("index").select_related("weight")
    found = known.prefetch_related("levels", "breaks__period").filter(slug=slug).first()
    if found is None:
        raise Http404(_("Diesen Indikator gibt es nicht."))
    return found
