"""`/rangliste/<slug>/`: an indicator's areas in order."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas.asked import AskedWrongly
from atlas.links import catalogue_path, indicator_path, map_path, ranking_path
from atlas.pages import public_page
from atlas.selectors.ranking import HIGHEST, LOWEST, NothingToRank, Ranking, ranking
from indicators.models import Indicator


@require_safe
@public_page(reads={"ebene", "zeit", "folge", "stand"})
def ranking_view(request, slug: str):
    """Ordered table with bars, distance to the city and change; what cannot be shown is said, with status 400."""
    indicator = Indicator.objects.published().for_lists().select_related("weight").filter(slug=slug).first()
    if indicator is None:
        raise Http404(_("Für diesen Indikator gibt es keine Rangliste."))
    try:
        page, wrong = _as_asked(indicator, request.GET.dict())
    except NothingToRank as nothing:
        raise Http404(_("Für diesen Indikator gibt es keine Rangliste.")) from nothing
    level, period, stand = page.level.slug, page.period.code, page.stand
    same = {"level": level, "period": period, "stand": stand}
    orders = ((HIGHEST, _("höchste zuerst")), (LOWEST, _("niedrigste zuerst")))
    context = {
        "page": page,
        "indicator": indicator,
        "wrong": wrong,
        "map_url": map_path(slug, **same),
        "stand": stand,
        "orders": [(word, label, ranking_path(slug, **same, order=word)) for word, label in orders],
        "crumbs": [
            {"label": _("Indikatoren"), "url": catalogue_path()},
            {"label": indicator.label, "url": indicator_path(slug)},
            {"label": _("Rangliste"), "url": ""},
        ],
    }
    return render(request, "atlas/ranking.html", context, status=400 if wrong else 200)


def _as_asked(indicator: Indicator, query: dict[str, str]) -> tuple[Ranking, AskedWrongly | None]:
    """The ranking; parameters that cannot be used are left out, the first of them is returned too."""
    wrong = None
    while True:
        try:
            return ranking(indicator, query), wrong
        except AskedWrongly as asked:
            wrong = wrong or asked
            query = {name: value for name, value in query.items() if name != asked.parameter}
