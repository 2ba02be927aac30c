"""`/sozialindex/<slug>/`: one index with classes, contributions and stability; and the same as CSV."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from atlas.index_map import index_map
from atlas.index_rows import bars_of, classes_of, left_rows, reason_text, rows_of, stability_sentence
from atlas.links import full_address, index_path, indicator_path, map_path, ranking_path
from atlas.pages import public_page
from atlas.records import number_text, sign_text
from atlas.selectors.index_matrix import dynamics_of, status_of
from atlas.selectors.indices import IndexView, comparable_of, contributions_of, index_view
from atlas.views.csv_answer import csv_answer
from atlas.views.index_asking import as_asked, crumbs, index_or_404
from indicators.models import IndexResult
from indicators.statistics.composite import shares_of

READS = {"ebene", "zeit", "stand"}


@require_safe
@public_page(reads=READS)
def index_page(request, slug: str):
    """Map, classes, contributions, stability; what cannot be shown is said, with status 400."""
    indicator = index_or_404(slug)
    view, wrong = as_asked(lambda query: index_view(indicator, query), request.GET.dict())
    bars = bars_of(view)
    rows = rows_of(view, bars)
    context = {
        "view": view,
        "indicator": indicator,
        "wrong": wrong,
        "rows": rows,
        "left": left_rows(view),
        "left_is_secret": any(row.reason == IndexResult.Reason.SECRET for row in view.left),
        "classes": classes_of(view, rows),
        "zero": bars.zero,
        "map": index_map(view),
        "stability": stability_sentence(rows),
        "crumbs": crumbs(view),
        **_addresses(view),
    }
    return render(request, "atlas/index.html", context, status=400 if wrong else 200)


def _addresses(view: IndexView) -> dict[str, str]:
    slug = view.indicator.slug
    status = status_of(view.indicator) if view.is_dynamics else view.indicator
    has_matrix = status is not None and dynamics_of(status) is not None
    same = {"level": view.level.slug, "stand": view.stand.asked}
    permalink = index_path(slug, **{**view.same, "stand": view.edition.release.slug})
    return {
        "map_url": map_path(slug, **view.same),
        "ranking_url": ranking_path(slug, **view.same),
        "indicator_url": indicator_path(slug, stand=view.stand.asked),
        "csv_url": index_path(slug, page="ergebnisse.csv", **view.same),
        "what_if_url": index_path(slug, page="was-waere-wenn/", **view.same),
        "matrix_url": index_path(status.slug, page="matrix/", **same) if has_matrix else "",
        "permalink": full_address(permalink),
        "api_url": f"/api/v1/index-results/?index={slug}&level={view.level.slug}&period={view.period.code}",
    }


@require_safe
@public_page(reads=READS)
def index_csv(request, slug: str):
    """Every area: score, class, reason, and per indicator the value made comparable, contribution and share."""
    indicator = index_or_404(slug)
    view, wrong = as_asked(lambda query: index_view(indicator, query), request.GET.dict())
    if wrong:
        return HttpResponse(str(wrong), status=400, content_type="text/plain; charset=utf-8")
    keys = [shown.component.key for shown in view.components]
    columns = [f"{column}_{key}" for key in keys for column in ("vergleichswert", "beitrag", "anteil")]
    rows = (_record(view, result) for result in [*view.results, *view.left])
    return csv_answer([*_HEAD, *columns], rows, f"{slug}-{view.level.slug}-{view.period.code}")


_HEAD = (
    *("index", "ebene", "gebiet", "name", "zeit", "frueher", "indexwert", "zeichen", "klasse", "klassenname"),
    *("grund", "varianten", "andere_klasse_in", "aktionsraum", "veroeffentlichung"),
)


def _record(view: IndexView, result: IndexResult) -> list[str]:
    has_score = result.score is not None
    labels = view.class_labels
    record = [
        view.indicator.slug,
        view.level.slug,
        result.area.code,
        result.area.name,
        view.period.code,
        view.earlier,
        number_text(result.score, 6),
        sign_text(view.statuses[result.area_id]),
        str(result.number_class + 1) if has_score else "",
        labels[result.number_class] if has_score else "",
        "" if has_score else reason_text(view, result),
        str(result.variants) if has_score else "",
        str(len(result.changes)) if has_score else "",
        "ja" if result.area.code in view.plan else "",
        view.edition.release.slug,
    ]
    if not has_score:
        return record + [""] * (3 * len(view.components))
    parts = contributions_of(result)
    for z, part, share in zip(comparable_of(result), parts, shares_of(parts), strict=True):
        record += [number_text(z, 6), number_text(part, 6), number_text(share, 4)]
    return record
