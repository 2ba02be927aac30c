"""`/sozialindex/<slug>/was-waere-wenn/`: the index with other weights; nothing is stored."""

from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas.index_map import index_map
from atlas.links import index_path
from atlas.pages import public_page
from atlas.selectors.index_what_if import NoWeight, asked_weights, script_numbers, weight_names, what_if
from atlas.selectors.indices import IndexView, index_view
from atlas.views.index_asking import as_asked, crumbs, index_or_404


@require_safe
@public_page(reads={"ebene", "zeit", "stand", *weight_names()})
def index_what_if(request, slug: str):
    """Computed here for the weights in the address; a script does the same while they are moved."""
    indicator = index_or_404(slug)
    query = request.GET.dict()
    view, wrong = as_asked(lambda asked: index_view(indicator, asked), query)
    weights, unreadable = asked_weights(view, query)
    problems = [str(problem) for problem in ([wrong] if wrong else []) + unreadable]
    try:
        rows = what_if(view, weights)
    except NoWeight:
        rows = []
        problems.append(
            _("Alle Gewichte sind 0: So gibt es nichts zusammenzufassen. Mindestens eines muss größer sein.")
        )
    moving = sum(row.moves for row in rows)
    context = {
        "view": view,
        "indicator": indicator,
        "weights": weights,
        "rows": rows,
        "moving": moving,
        "result": moved_text(moving) if rows else "",
        "problems": problems,
        "map": index_map(view, {row.code: row.number_class for row in rows}) if rows else "",
        "numbers": {**script_numbers(view), "language": get_language(), "labels": view.class_labels, "texts": _texts()},
        "index_url": index_path(slug, **view.same),
        "crumbs": crumbs(view, _("Was wäre, wenn?")),
    }
    return render(request, "atlas/index_what_if.html", context, status=400 if problems else 200)


def moved_text(count: int) -> str:
    """How many areas are in another class than published."""
    if not count:
        return _texts()["none"]
    return _texts()["one"] if count == 1 else _texts()["many"].replace("{count}", str(count))


def _texts() -> dict[str, str]:
    """Words that the script says too."""
    return {
        "none": _("Mit diesen Gewichten bleibt jedes Gebiet in seiner Klasse."),
        "one": _("Mit diesen Gewichten kommt 1 Gebiet in eine andere Klasse."),
        "many": _("Mit diesen Gewichten kommen {count} Gebiete in eine andere Klasse."),
        "noWeight": _("Alle Gewichte sind 0: So gibt es nichts zusammenzufassen. Mindestens eines muss größer sein."),
        "unreadable": _("Gewichte sind Zahlen von 0 bis 100."),
        "before": _("veröffentlicht: {label}"),
    }


__all__ = ["IndexView", "index_what_if", "moved_text"]
