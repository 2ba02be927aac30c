"""`/indikatoren/<slug>/`: one indicator with all that a reader needs to trust it, and its values to take away."""

import csv
import json

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas.links import catalogue_path, map_path, ranking_path
from atlas.pages import public_page
from atlas.selectors.downloads import describe, value_rows
from atlas.selectors.indicators import availability, sorted_levels, usual_classes
from atlas.selectors.ranking import ranked_levels
from atlas.selectors.thumbnails import indicator_thumbnail
from indicators.models import Indicator
from indicators.selectors import edition_of

BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheet programs take UTF-8 for something else


@require_safe
@public_page
def indicator(request, slug: str):
    """Definition, unit, source, breaks, availability, small map."""
    found = _indicator(slug)
    edition = edition_of(found)
    levels = sorted_levels(found)
    thumbnail = indicator_thumbnail(edition, levels) if edition else None
    context = {
        "indicator": found,
        "edition": edition,
        "levels": levels,
        "breaks": found.breaks.all(),
        "available": availability(edition) if edition else None,
        "classes": usual_classes(edition, levels) if edition else [],
        "thumbnail": thumbnail,
        "map_url": map_path(slug, level=thumbnail.level.slug, period=thumbnail.period) if thumbnail else "",
        "ranking_url": ranking_path(slug) if edition and ranked_levels(edition) else "",
        "crumbs": [{"label": _("Indikatoren"), "url": catalogue_path()}, {"label": found.label, "url": ""}],
    }
    return render(request, "atlas/indicator.html", context)


@require_safe
@public_page
def indicator_csv(request, slug: str):
    """All published values: a pure table, semicolons, decimal comma, UTF-8 with byte order mark."""
    edition = edition_of(_indicator(slug))
    if edition is None:
        raise Http404(_("Für diesen Indikator gibt es noch keine Werte."))
    response = HttpResponse(BYTE_ORDER_MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}.csv"'
    csv.writer(response, delimiter=";", lineterminator="\r\n").writerows(value_rows(edition))
    return response


@require_safe
@public_page
def indicator_json(request, slug: str):
    """What the values mean, for keeping beside the table."""
    body = json.dumps(describe(_indicator(slug)), ensure_ascii=False, indent=2)
    response = HttpResponse(body, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{slug}-beschreibung.json"'
    return response


def _indicator(slug: str) -> Indicator:
    known = Indicator.objects.for_lists().select_related("weight")
    found = known.prefetch_related("levels", "breaks__period").filter(slug=slug).first()
    if found is None:
        raise Http404(_("Diesen Indikator gibt es nicht."))
    return found
