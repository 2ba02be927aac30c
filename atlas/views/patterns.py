"""`/raeumliche-muster/`: where similar values lie side by side."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from atlas import pattern_words
from atlas.asked import AskedWrongly
from atlas.asking import as_asked
from atlas.charts.area_map import area_map_svg
from atlas.links import analyses_path, indicator_path, map_path, patterns_path
from atlas.pages import public_page
from atlas.records import number_text, sign_text
from atlas.selectors.patterns import NoPattern, PatternPage, PatternRow, pattern_overview, pattern_page
from atlas.stand import PARAMETER, read_stand, remark_of
from atlas.stand_notice import figure_text
from atlas.views.csv_answer import csv_answer
from indicators.models import Indicator
from indicators.statistics.spatial import GROUPS, NONE

READS = {"ebene", "zeit", PARAMETER}
COLUMNS = (
    "ebene",
    "gebiet",
    "name",
    "zeit",
    "wert",
    "zeichen",
    "mittel_der_nachbarn",
    "muster",
    "sicher",
    "moran_lokal",
    "p",
    "p_korrigiert",
)


@require_safe
@public_page(reads={"ebene", PARAMETER})
def patterns(request):
    """All indicators, those with the strongest pattern first."""
    stand = read_stand(request.GET.get(PARAMETER, ""))
    found, wrong = as_asked(lambda query: pattern_overview(query, stand), request.GET.dict())
    rows = [(e, pattern_words.strength(e.i, e.p, 0)) for e in found.entries]
    context = {
        "page": found,
        "rows": rows,
        "wrong": wrong,
        "remark": remark_of(stand),
        "stand": stand.asked,
        "crumbs": [{"label": _("Vertiefen"), "url": analyses_path()}, {"label": _("Räumliche Muster"), "url": ""}],
    }
    return render(request, "atlas/patterns.html", context, status=400 if wrong else 200)


@require_safe
@public_page(reads=READS)
def pattern(request, slug: str):
    """One indicator: map, table, and what can be concluded; what cannot be shown is said, with status 400."""
    page, wrong = _page(slug, request.GET.dict(), lenient=True)
    names = pattern_words.group_names()
    groups = [(names[g], pattern_words.css_of(g, sure=True), page.in_group(g, sure=True)) for g in GROUPS]
    hints = [(names[g], pattern_words.css_of(g, sure=False), page.in_group(g, sure=False)) for g in GROUPS]
    same = {"level": page.level.slug, "period": page.period.code, "stand": page.stand.asked}
    context = {
        "page": page,
        "indicator": page.indicator,
        "wrong": wrong,
        "sentence": pattern_words.sentence(page.content),
        "strength": pattern_words.strength(page.content["i"], page.content["p"], page.content["expected"]),
        "groups": [group for group in groups if group[2]],
        "hints": [group for group in hints if group[2]],
        "others": page.in_group(NONE, sure=False),
        "legend": [(name, css, len(rows)) for name, css, rows in groups],
        "map": _map(page, names),
        "joint": _names(page, page.content["joint"]),
        "islands": [row for row in page.without if row.figure.area.code in page.content["islands"]],
        "without": [row for row in page.without if row.figure.area.code in page.content["without"]],
        "map_url": map_path(slug, **same),
        "indicator_url": indicator_path(slug, stand=page.stand.asked),
        "crumbs": [
            {"label": _("Vertiefen"), "url": analyses_path()},
            {"label": _("Räumliche Muster"), "url": patterns_path(stand=page.stand.asked)},
            {"label": page.indicator.label, "url": ""},
        ],
    }
    return render(request, "atlas/pattern.html", context, status=400 if wrong else 200)


@require_safe
@public_page(reads=READS)
def pattern_csv(request, slug: str):
    """The same as a table: semicolons, decimal comma, UTF-8 with byte order mark."""
    try:
        page, _wrong = _page(slug, request.GET.dict(), lenient=False)
    except AskedWrongly as wrong:
        return HttpResponse(str(wrong), status=400, content_type="text/plain; charset=utf-8")
    names = pattern_words.group_names()
    rows = (_record(page, row, names) for row in (*page.rows, *page.without))
    return csv_answer(COLUMNS, rows, f"raeumliches-muster-{slug}-{page.level.slug}-{page.period.code}")


def _page(slug: str, query: dict, *, lenient: bool) -> tuple[PatternPage, AskedWrongly | None]:
    known = Indicator.objects.published().for_lists().filter(slug=slug).first()
    if known is None:
        raise Http404(_("Diesen Indikator gibt es nicht, oder es liegen keine Werte vor."))
    try:
        if lenient:
            return as_asked(lambda asked: pattern_page(known, asked), query)
        page = pattern_page(known, query)
    except NoPattern as nothing:
        raise Http404(
            _("Für diesen Indikator gibt es kein räumliches Muster: eine Anzahl, oder zu wenige Gebiete mit Wert.")
        ) from nothing
    if page.stand.wrong:
        raise page.stand.wrong
    return page, None


def _map(page: PatternPage, names: dict[str, str]) -> str:
    drawing = page.drawing
    if drawing is None:
        return ""
    words = {"name": page.indicator.label, "levels": page.level.label_plural, "period": page.period.label}
    label = _("Karte der räumlichen Muster: %(name)s, %(levels)s, %(period)s. Die Tabelle nennt dasselbe.") % words
    links = {row.figure.area.code: (row.url, _told(page, row, names)) for row in page.rows}
    svg = area_map_svg(
        drawing,
        classes={row.figure.area.code: pattern_words.css_of(row.group, sure=row.is_sure) for row in page.rows},
        links=links,
        label=label,
        plan=page.plan,
        groups={code: properties["parent"] for code, properties in drawing.properties.items()},
        named=[row.figure.area.code for row in page.rows if row.group],
    )
    return mark_safe(svg)  # noqa: S308 - every text in it is escaped where it is written


def _told(page: PatternPage, row: PatternRow, names: dict[str, str]) -> str:
    value = figure_text(page.indicator, row.figure.value, row.figure.status)
    return f"{row.name}: {value}, {names[row.group]}" + ("" if row.is_sure or not row.group else f" ({_('Hinweis')})")


def _names(page: PatternPage, joint: list[list[str]]) -> list[str]:
    names = {row.figure.area.code: row.name for row in page.rows}
    return [" + ".join(names.get(code, code) for code in codes) for codes in joint]


def _record(page: PatternPage, row: PatternRow, names: dict[str, str]) -> list:
    figure, local, decimals = row.figure, row.local or {}, page.indicator.decimals
    around = number_text(local["around"], decimals + 1) if local else ""
    return [
        page.level.slug,
        figure.area.code,
        figure.area.name,
        page.period.code,
        number_text(figure.value, decimals),
        sign_text(figure.status),
        around,
        names[row.group] if local else "",
        _("ja") if row.is_sure else "",
        *(number_text(local.get(name), 4) for name in ("i", "p", "q")),
    ]
