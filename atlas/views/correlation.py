"""`/zusammenhang/`: two indicators against each other."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas import numbers
from atlas.asked import AskedWrongly
from atlas.asking import as_asked
from atlas.charts.scatter import Axis, Point, scatter_svg
from atlas.decimals import as_decimal
from atlas.links import analyses_path, correlation_path
from atlas.pages import public_page
from atlas.records import number_text, sign_text
from atlas.selectors.correlation import CorrelationPage, NothingToCompare, Pair, correlation_page
from atlas.stand import PARAMETER, read_stand, remark_of
from atlas.stand_notice import figure_text
from atlas.views.csv_answer import csv_answer
from indicators.models import Indicator

READS = {"x", "y", "ebene", "zeit", PARAMETER}
WEAK, CLEAR, CLOSE = 0.2, 0.5, 0.8  # of a coefficient; steps of this portal, said in docs/methods.md
COLUMNS = (
    *("ebene", "gebiet", "name", "zeit", "indikator_x", "wert_x", "zeichen_x", "indikator_y", "wert_y", "zeichen_y"),
    "aktionsraum",
)


@require_safe
@public_page(reads=READS)
def correlation_view(request):
    """Points, coefficients, and what they cannot say; what cannot be shown is said, with status 400."""
    stand = read_stand(request.GET.get(PARAMETER, ""))
    page, wrong = _page(request.GET.dict(), stand, lenient=True)
    same = {"x": page.x.slug, "y": page.y.slug, "level": page.level.slug if page.level else ""}
    same["period"] = page.period.code if page.period else ""
    context = {
        "page": page,
        "wrong": wrong,
        "remark": remark_of(stand),
        "stand_sentence": "" if page.is_newest else stand.when,
        "newest_url": correlation_path(**same),
        "swapped_url": correlation_path(**same | {"x": page.y.slug, "y": page.x.slug}, stand=stand.asked),
        "csv_url": correlation_path(**same, stand=stand.asked, ending="zusammenhang.csv"),
        "sentence": _sentence(page),
        "scatter": _scatter(page),
        "stand": stand.asked,
        "crumbs": [
            {"label": _("Vertiefen"), "url": analyses_path()},
            {"label": _("Zusammenhang zweier Indikatoren"), "url": ""},
        ],
    }
    return render(request, "atlas/correlation.html", context, status=400 if wrong else 200)


@require_safe
@public_page(reads=READS)
def correlation_csv(request):
    """All pairs as a table: semicolons, decimal comma, UTF-8 with byte order mark."""
    stand = read_stand(request.GET.get(PARAMETER, ""))
    try:
        if stand.wrong:
            raise stand.wrong
        page, _wrong = _page(request.GET.dict(), stand, lenient=False)
    except AskedWrongly as wrong:
        return HttpResponse(str(wrong), status=400, content_type="text/plain; charset=utf-8")
    rows = (_record(page, pair) for pair in page.pairs)
    return csv_answer(COLUMNS, rows, f"zusammenhang-{page.x.slug}-{page.y.slug}")


def _page(query: dict, stand, *, lenient: bool) -> tuple[CorrelationPage, AskedWrongly | None]:
    try:
        if lenient:
            return as_asked(lambda asked: correlation_page(asked, stand), query)
        return correlation_page(query, stand), None
    except NothingToCompare as nothing:
        raise Http404(_("Es gibt noch keine zwei Indikatoren mit Werten.")) from nothing


def _sentence(page: CorrelationPage) -> str:
    r = page.found.pearson
    if r is None:
        return _("Für einen Zusammenhang gibt es zu wenige Gebiete mit beiden Werten, oder alle haben denselben.")
    words = {"x": page.x.label, "y": page.y.label}
    if abs(r) < WEAK:
        return _("Zwischen „%(x)s“ und „%(y)s“ ist kein nennenswerter Zusammenhang zu erkennen.") % words
    if abs(r) >= CLOSE:
        words["strength"] = _("sehr eng")
    else:
        words["strength"] = _("deutlich") if abs(r) >= CLEAR else _("schwach")
    if r > 0:
        return _("Wo „%(x)s“ hoch ist, ist meist auch „%(y)s“ hoch. Der Zusammenhang ist %(strength)s.") % words
    return _("Wo „%(x)s“ hoch ist, ist „%(y)s“ meist niedrig. Der Zusammenhang ist %(strength)s.") % words


def _scatter(page: CorrelationPage) -> str:
    words = {"x": page.x.label, "y": page.y.label, "count": len(page.observations)}
    svg = scatter_svg(
        [_point(page, group) for group in page.observations],
        x=_axis(page.x, page.city and page.city.x),
        y=_axis(page.y, page.city and page.city.y),
        label=_("Streudiagramm: %(x)s nach rechts, %(y)s nach oben, %(count)s Punkte") % words,
    )
    return mark_safe(svg)  # noqa: S308 - every text in it is escaped where it is written


def _point(page: CorrelationPage, group: list[Pair]) -> Point:
    pair, name = group[0], " + ".join(each.name for each in group)
    x, y = figure_text(page.x, pair.x.value, pair.x.status), figure_text(page.y, pair.y.value, pair.y.status)
    text = f"{name}: {page.x.label} {x}, {page.y.label} {y}"
    is_plan = any(each.is_plan for each in group)
    if is_plan:
        text += f", {_('Aktionsraum')}"
    return Point(float(pair.x.value), float(pair.y.value), name, text, pair.url, is_plan)


def _axis(indicator: Indicator, city) -> Axis:
    def written(value: float) -> str:
        number = as_decimal(value)
        whole = number == number.to_integral_value()
        return numbers.format_number(number, 0 if whole else max(indicator.decimals, 1), get_language())

    value = float(city.value) if city is not None and city.value is not None else None
    return Axis(
        f"{indicator.label} ({indicator.unit_label})" if indicator.unit_label else indicator.label, written, value
    )


def _record(page: CorrelationPage, pair: Pair) -> list:
    sides = ((page.x, pair.x), (page.y, pair.y))
    cells = []
    for indicator, side in sides:
        value = number_text(side.value, indicator.decimals) if side else ""
        cells += [indicator.slug, value, sign_text(side.status) if side else "."]
    period = page.period.code if page.period else ""
    return [page.level.slug, pair.code, pair.name, period, *cells, _("ja") if pair.is_plan else ""]
