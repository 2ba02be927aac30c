"""One indicator in all its periods: small maps with the same classes on one page, and one table through time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from areas.models import Source
from atlas import numbers
from atlas.map_page import MapPage
from atlas.map_state import MapView
from atlas.reports.document import (
    Beside,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    Row,
    RowGroup,
    Runs,
    Sheet,
    Small,
    Table,
    runs,
    shifted,
)
from atlas.reports.figures import change_cell, figure_cell, signs_in
from atlas.reports.map_drawing import map_picture, plan_swatch, shown_plan, swatches
from atlas.reports.map_meaning import series_meaning_blocks
from atlas.reports.map_sheet import FEW, MANY, asked_view, chapter_blocks, map_sources, page_of
from atlas.reports.map_tables import count_cell, has_shaky_change, signs_sentences
from atlas.reports.origin import NothingToReport, licence_words, origin_of, stand_of, writers_words
from atlas.reports.paper import content_width
from atlas.stand import Stand

MOST_MAPS = 12  # small maps on a page; of longer series the newest
MOST_COLUMNS = 8  # periods in the table; of longer series the first and the newest
BETWEEN = 4  # mm between two maps


def series_document(
    query: Mapping[str, str], *, release: str = "", sheet: Sheet | None = None, each: bool = False
) -> Document:
    """The maps of an indicator for all periods of a level, in the state of a release; `each`: a page for every one too.

    `query`: parameters of the map page without a period. Raises `NothingToReport`, also where there is but one period.
    """
    stand = stand_of(release)
    sheet = sheet or Sheet()
    view = series_view(query, stand)
    return Document(
        title=view.indicator.label,
        kind=_("Karten im Zeitverlauf"),
        subtitle=f"{view.level.label_plural} · {_span(view, each=each)}",
        language=get_language(),
        name=f"kartenreihe-{view.state.indicator}-{view.state.level}",
        origin=origin_of(
            stand.release,
            view.state.url(release=stand.release.slug),
            licence=licence_words(_sources(view)),
        ),
        words=writers_words(),
        blocks=series_blocks(view, stand, sheet, each=each),
        sheet=sheet,
    )


def _span(view: MapView, *, each: bool) -> str:
    """From when to when; that periods between are left out, where they stand in no map and in no table."""
    periods = view.table.periods
    span = f"{periods[0].label} – {periods[-1].label}"
    is_whole = each or {*_in_maps(periods), *_in_table(periods)} == {*periods}
    return span if is_whole else _("ausgewählte Zeitpunkte, %(span)s") % {"span": span}


def _sources(view: MapView) -> list[Source]:
    """The sources of a series: those of its maps, and of figures that have one of their own. 1 query."""
    figures = (figure for found in view.table.figures.values() for figure in found.values())
    own = (figure.source for figure in figures if figure.source)
    return list({source.pk: source for source in (*map_sources(view), *own)}.values())


def _in_maps(periods: Sequence[Any]) -> Sequence[Any]:
    return periods[-MOST_MAPS:]


def _in_table(periods: Sequence[Any]) -> Sequence[Any]:
    return periods if len(periods) <= MOST_COLUMNS else [periods[0], *periods[1 - MOST_COLUMNS :]]


def series_view(query: Mapping[str, str], stand: Stand) -> MapView:
    """The newest view of a series. Raises `NothingToReport`."""
    if query.get("zeit") or query.get("vergleich"):
        raise NothingToReport(_("Eine Reihe zeigt alle Zeitpunkte; „zeit“ und „vergleich“ gibt es für sie nicht."))
    view = asked_view(query, stand)
    if len(view.table.periods) < 2:
        words = {"name": view.indicator.label, "areas": view.level.label_plural, "period": view.table.periods[0].label}
        said = _("„%(name)s“ gibt es für %(areas)s nur für einen Zeitpunkt: %(period)s.")
        raise NothingToReport(said % words)
    return view


def series_blocks(view: MapView, stand: Stand, sheet: Sheet, *, each: bool = False) -> tuple[Block, ...]:
    """Small maps, their common legend with counts, the table through time, and what it means; headings from level 1."""
    pages = [page_of(replace(view, state=replace(view.state, period=p.code)), stand) for p in view.table.periods]
    shown = _in_maps(pages)
    meaning = Small(series_meaning_blocks(pages))
    blocks: list[Block] = [Paragraph(runs(pages[-1].summary), "lead"), _maps(shown, sheet)]
    if len(shown) < len(pages):
        blocks.append(Paragraph(runs(_without_map(pages, each=each)), "caption"))
    blocks += [Beside((_legend(shown),), (meaning,), 0.5)] if sheet.landscape else [_legend(shown), meaning]
    table = _through_time(pages, sheet, each=each)
    blocks += [table] if sheet.size == "A3" else [PageBreak(), table]
    for page in pages if each else ():
        blocks += [PageBreak(), Heading(1, page.period.label), *shifted(chapter_blocks(page, sheet), 1)]
    return tuple(blocks)


def _without_map(pages: list[MapPage], *, each: bool) -> str:
    """Which periods have no small map."""
    shown = _in_maps(pages)
    words = {"all": len(pages), "shown": len(shown), "rest": _named(pages[: -len(shown)])}
    said = _("Auf dieser Ebene gibt es %(all)s Zeitpunkte. Gezeichnet sind die neuesten %(shown)s, nicht: %(rest)s.")
    return f"{said % words} {_('Eine eigene Seite hat jeder Zeitpunkt.')}" if each else said % words


def _named(pages: list[MapPage]) -> str:
    """Periods in few words: "1987, 2001 bis 2017"."""
    spans: list[list[str]] = []
    for code in (_short(page) for page in pages):
        follows = bool(spans) and code.isdecimal() and spans[-1][-1].isdecimal() and int(code) == int(spans[-1][-1]) + 1
        if follows:
            spans[-1].append(code)
        else:
            spans.append([code])
    several = _("%(first)s bis %(last)s")
    parts = [[several % {"first": s[0], "last": s[-1]}] if len(s) > 2 else s for s in spans]
    return ", ".join(code for part in parts for code in part)


def _maps(pages: list[MapPage], sheet: Sheet) -> Pictures:
    """As many side by side as leave each map large enough to be read."""
    count = len(pages)
    most = 4 if sheet.landscape or sheet.size == "A3" else 3
    across = min(count, 2 if count in (2, 4) and most == 3 else most)
    room = content_width(sheet) + BETWEEN
    width = round(min(room / across - BETWEEN, _highest(sheet, -(-count // across)) / 0.9), 1)
    return Pictures(tuple(_small_map(page, width) for page in pages), across)


def _highest(sheet: Sheet, rows: int) -> float:
    """Millimetres that a map may be high, so that all rows, the legend and the words fit on a page."""
    room = {("A4", False): 130, ("A4", True): 58, ("A3", False): 235, ("A3", True): 120}
    return room[sheet.size, sheet.landscape] / rows


def _small_map(page: MapPage, width: float) -> Picture:
    state = page.view.state
    name = f"{state.indicator}-{state.level}-{state.period}"
    return map_picture(page, width, name=name, caption=page.period.label, labelled=False)


def _legend(pages: list[MapPage]) -> Table:
    """The classes that all maps share, with the number of areas in each period."""
    signs = {entry.swatch: (entry, field) for page in pages for entry, field in swatches(page)}
    last = {entry.swatch: (entry, field) for entry, field in swatches(pages[-1])}
    order = [*last, *(swatch for swatch in signs if swatch not in last)]
    counts = [{entry.swatch: entry.count for entry in (*page.legend, *page.patterns)} for page in pages]
    rows = [
        Row((Cell(signs[swatch][0].text, swatch=signs[swatch][1]), *(count_cell(c.get(swatch, 0)) for c in counts)))
        for swatch in order
        if swatch != "is-joint"
    ]
    rows.append(Row((Cell(_("Alle Gebiete")), *(count_cell(len(page.rows)) for page in pages)), is_total=True))
    more = [_joint_row(signs["is-joint"], counts)] if "is-joint" in signs else []
    plan = [shown_plan(page) & {row.area.code for row in page.rows} for page in pages]
    if any(plan):
        more.append(Row((Cell(_("im Aktionsraum"), swatch=plan_swatch()), *(count_cell(len(one)) for one in plan))))
    unit = pages[-1].view.indicator.unit_long_label or pages[-1].view.indicator.label
    return Table(
        name=_("Legende"),
        caption=_("%(unit)s: Zahl der Gebiete in jeder Klasse") % {"unit": unit},
        columns=(Column(_("Farbe und Muster"), "text", 4), *(Column(_short(page), "number", 1) for page in pages)),
        groups=(RowGroup("", tuple(rows)), *([RowGroup("", tuple(more))] if more else [])),
        dense=True,
    )


def _joint_row(joint, counts) -> Row:
    entry, field = joint
    return Row((Cell(entry.text, swatch=field), *(count_cell(each.get("is-joint", 0)) for each in counts)))


def _short(page: MapPage) -> str:
    return page.view.state.period


def _through_time(pages: list[MapPage], sheet: Sheet, *, each: bool) -> Table:
    """Every area with its value in each period and the change to the newest from the first that can be compared."""
    shown, view = list(_in_table(pages)), pages[-1].view
    earlier = _comparable(shown)
    rows = []
    for row in pages[-1].rows:
        code = row.area.code
        values = [_value(page, page.view.table.figures[_short(page)].get(code)) for page in shown]
        rows.append(Row((Cell(row.area.name), Cell(code), *values, *_since(view, earlier, code))))
    if any(page.city_figure for page in shown):
        city = [_value(page, page.city_figure) for page in shown]
        rows.append(Row((Cell(_("Stadt")), Cell(), *city, *_since(view, earlier)), is_total=True))
    table = Table(
        name=view.indicator.label,
        caption=_caption(pages, shown),
        columns=(
            Column(view.level.label, "text", 34 if len(shown) > 3 or len(rows) <= FEW + 1 else 26),
            Column(_("Nr."), "text", 7),
            *(Column(_short(page), "number", 9) for page in shown),
            *([Column(_("seit %s") % earlier, "number", 10)] if earlier else []),
        ),
        groups=(RowGroup("", tuple(rows)),),
        dense=True,
        across=_across(len(rows), len(shown), sheet),
    )
    return replace(table, notes=_notes(table, pages, shown, each=each))


def _comparable(pages: list[MapPage]) -> str:
    """The first period from which any area's change to the newest may be told; "" where there is none."""
    view, last = pages[-1].view, _short(pages[-1])
    codes = [row.area.code for row in pages[-1].rows]
    for earlier in map(_short, pages[:-1]):
        changes = (view.table.city_change(earlier, last), *(view.table.change(code, earlier, last) for code in codes))
        if any(change is not None for change in changes):
            return earlier
    return ""


def _since(view: MapView, earlier: str, code: str = "") -> list[Cell]:
    """The change of an area, without a code of the city; no cell where no change can be told at all."""
    if not earlier:
        return []
    last = view.table.periods[-1].code
    change = view.table.change(code, earlier, last) if code else view.table.city_change(earlier, last)
    return [change_cell(change, view.indicator.decimals)]


def _caption(pages: list[MapPage], shown: list[MapPage]) -> str:
    indicator = pages[-1].view.indicator
    said = _("%(name)s: alle Zeitpunkte") if len(shown) == len(pages) else _("%(name)s: ausgewählte Zeitpunkte")
    unit = numbers.with_unit("", indicator.unit_label).strip()
    return said % {"name": indicator.label} + (f" ({unit})" if unit else "")


def _notes(table: Table, pages: list[MapPage], shown: list[MapPage], *, each: bool) -> tuple[Runs, ...]:
    """Which periods are left out, and the signs; where every period has a page, the signs of those too."""
    notes = []
    if left := [page for page in pages if page not in shown]:
        notes.append(_("Nicht in der Tabelle: %(periods)s.") % {"periods": _named(left)})
    pages = pages if each else []
    signs = signs_in([table]) | {sign for page in pages for sign, _said in page.signs}
    notes += signs_sentences(signs, is_shaky=any(map(has_shaky_change, pages)))
    return (runs(" ".join(notes)),) if notes else ()


def _across(rows: int, columns: int, sheet: Sheet) -> int:
    """Parts of the table side by side: as many as the paper has room for, where one would be too long."""
    room = content_width(sheet) / (38 + 9 * columns)
    is_tall = sheet.size == "A4" and not sheet.landscape
    wanted = 1 if rows <= FEW + 1 and is_tall else 2 if rows <= MANY else 4
    return max(1, min(wanted, int(room)))


def _value(page: MapPage, figure) -> Cell:
    return replace(figure_cell(figure, page.view.indicator, with_unit=False), note="")
