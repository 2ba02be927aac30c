"""`/ungleichheit/`: how far the areas of the city lie apart."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas import numbers
from atlas.asked import AskedWrongly
from atlas.asking import as_asked
from atlas.charts.lorenz import lorenz_svg
from atlas.decimals import as_decimal
from atlas.links import analyses_path, indicator_path, inequalities_path, map_path
from atlas.pages import public_page
from atlas.records import number_text
from atlas.selectors.inequality import InequalityPage, NoInequality, inequality_overview, inequality_page
from atlas.stand import PARAMETER, read_stand, remark_of
from atlas.views.csv_answer import csv_answer
from indicators.models import Indicator

READS = {"ebene", PARAMETER}
MOST_CURVES = 3  # more lines than that cannot be told apart
COLUMNS = (
    *("indikator", "ebene", "zeit", "gebiete", "menschen", "geschaetzt", "gewicht", "p10", "p90", "p90_zu_p10"),
    *("gini", "segregation"),
)


@require_safe
@public_page(reads=READS)
def inequality_list(request):
    """All indicators, the most unequal first."""
    stand = read_stand(request.GET.get(PARAMETER, ""))
    found, wrong = as_asked(lambda query: inequality_overview(query, stand), request.GET.dict())
    crumbs = [{"label": _("Vertiefen"), "url": analyses_path()}, {"label": _("Ungleichheit"), "url": ""}]
    context = {"page": found, "wrong": wrong, "remark": remark_of(stand), "stand": stand.asked, "crumbs": crumbs}
    return render(request, "atlas/inequality_list.html", context, status=400 if wrong else 200)


@require_safe
@public_page(reads=READS)
def inequality(request, slug: str):
    """One indicator over time; what cannot be shown is said, with status 400."""
    page, wrong = _page(slug, request.GET.dict(), lenient=True)
    context = {
        "page": page,
        "indicator": page.indicator,
        "wrong": wrong,
        "sentences": _sentences(page),
        "lorenz": _lorenz(page),
        "curves": [one for one in page.comparable if one.content["lorenz"]][-MOST_CURVES:][::-1],
        "map_url": map_path(slug, level=page.level.slug, stand=page.stand.asked),
        "indicator_url": indicator_path(slug, stand=page.stand.asked),
        "crumbs": [
            {"label": _("Vertiefen"), "url": analyses_path()},
            {"label": _("Ungleichheit"), "url": inequalities_path(stand=page.stand.asked)},
            {"label": page.indicator.label, "url": ""},
        ],
    }
    return render(request, "atlas/inequality.html", context, status=400 if wrong else 200)


@require_safe
@public_page(reads=READS)
def inequality_csv(request, slug: str):
    """All periods as a table: semicolons, decimal comma, UTF-8 with byte order mark."""
    try:
        page, _wrong = _page(slug, request.GET.dict(), lenient=False)
    except AskedWrongly as wrong:
        return HttpResponse(str(wrong), status=400, content_type="text/plain; charset=utf-8")
    return csv_answer(COLUMNS, (_record(page, one) for one in page.periods), f"ungleichheit-{slug}-{page.level.slug}")


def _page(slug: str, query: dict, *, lenient: bool) -> tuple[InequalityPage, AskedWrongly | None]:
    known = Indicator.objects.published().for_lists().filter(slug=slug).first()
    if known is None:
        raise Http404(_("Diesen Indikator gibt es nicht, oder es liegen keine Werte vor."))
    try:
        if lenient:
            return as_asked(lambda asked: inequality_page(known, asked), query)
        page = inequality_page(known, query)
    except NoInequality as nothing:
        raise Http404(
            _("Für diesen Indikator gibt es keine Maße der Ungleichheit: kein Gewicht, oder zu viele Werte fehlen.")
        ) from nothing
    if page.stand.wrong:
        raise page.stand.wrong
    return page, None


def _sentences(page: InequalityPage) -> list[str]:
    """Where the tenth with the lowest and with the highest values lives, and whether they have drawn apart."""
    low, high = (_value(page, page.latest.content[name]) for name in ("p10", "p90"))
    told = [
        _(
            "Mindestens ein Zehntel der Menschen lebt in Gebieten mit höchstens %(low)s, ebenso viele in Gebieten mit "
            "%(high)s oder mehr."
        )
        % {"low": low, "high": high}
    ]
    if len(page.comparable) > 1:
        first = page.comparable[0]
        words = {"before": _distance(page, first.difference), "year": first.period.label}
        words["now"] = _distance(page, page.latest.difference)
        before, now = (round(one.difference, page.indicator.decimals) for one in (first, page.latest))
        if now > before:
            told.append(_("Der Abstand ist gewachsen: von %(before)s (%(year)s) auf %(now)s.") % words)
        elif now < before:
            told.append(_("Der Abstand ist kleiner geworden: von %(before)s (%(year)s) auf %(now)s.") % words)
        else:
            told.append(_("Der Abstand ist gleich geblieben: %(now)s wie %(year)s.") % words)
    return told


def _value(page: InequalityPage, value: float) -> str:
    written = numbers.format_number(as_decimal(value), page.indicator.decimals, get_language())
    return numbers.with_unit(written, page.indicator.unit_label)


def _distance(page: InequalityPage, value: float) -> str:
    """A difference of two values: of per cents it has percentage points."""
    if page.indicator.unit != "%":
        return _value(page, value)
    return _("%s Prozentpunkte") % numbers.format_number(as_decimal(value), page.indicator.decimals, get_language())


def _lorenz(page: InequalityPage) -> str:
    shown = [one for one in page.comparable if one.content["lorenz"]][-MOST_CURVES:]
    words = {"name": page.indicator.label, "levels": page.level.label_plural}
    svg = lorenz_svg(
        [(one.period.label, one.content["lorenz"]) for one in shown],
        label=_("Lorenzkurven: %(name)s, %(levels)s. Die Tabelle nennt die Maße.") % words,
        x_label=_("Anteil der Menschen in %"),
        y_label=_("Anteil an der Summe in %"),
    )
    return mark_safe(svg)  # noqa: S308 - every text in it is escaped where it is written


def _record(page: InequalityPage, one) -> list:
    content, decimals = one.content, page.indicator.decimals
    return [
        page.indicator.slug,
        page.level.slug,
        one.period.code,
        content["areas"],
        number_text(content["people"], 0),
        _("ja") if content["estimated"] else _("nein"),
        content["weight"],
        number_text(content["p10"], decimals),
        number_text(content["p90"], decimals),
        *(number_text(content[name], 4) for name in ("ratio", "gini", "dissimilarity")),
    ]
