"""The map of the parts of an area: zoomed in, what lies around it in pale grey, in the classes of its level's map."""

from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.charts.print_labels import fitting_labels
from atlas.charts.print_map import EDGE, PrintMap, print_map_svg, window_height, window_of
from atlas.map_legend import class_entries, pattern_entries
from atlas.map_page import MapPage
from atlas.map_rows import Row
from atlas.profile import AreaGroup, AreaProfile
from atlas.reports.composed import beside_key
from atlas.reports.document import Picture
from atlas.reports.fonts import FAMILY
from atlas.reports.map_drawing import drawing_of, map_keys, map_title, numbers_sentence, page_fills, source_sentence
from atlas.reports.map_sheet import asked_view, page_of
from atlas.reports.origin import NothingToReport
from atlas.reports.profile_tables import telling_rows
from indicators.models import Indicator
from indicators.statuses import Status

PARTS_MAP, PARTS_WIDTH, POINTS = 49, 83, 6  # mm: the map, and with its legend; points of that
FEWEST, MOST = 2, 62  # parts of an area that has such a map
SCALE_KM = 1


def parts_picture(profile: AreaProfile) -> Picture | None:
    """What tells most about an area, for its parts, with the legend beside it.

    None for the whole city, whose map has them already, and where the parts have no figures of it in this release.
    """
    rows = telling_rows(profile, 1)
    if not rows or profile.is_city:
        return None
    for group in reversed(profile.parts):
        if FEWEST <= len(group.areas) <= MOST:
            page = parts_page(profile, group, rows[0].indicator.slug, rows[0].period.code)
            if page:
                return _drawn(profile, page) if page.boundaries_path else None
    return None


def parts_page(profile: AreaProfile, group: AreaGroup, indicator: str, period: str) -> MapPage | None:
    """The map page of a level with the parts of an area alone, and with the classes of the whole level.

    None where none of them has a figure.
    """
    query = {"indikator": indicator, "ebene": group.level.slug, "zeit": period, "plan": "0"}
    try:
        whole = page_of(asked_view(query, profile.stand), profile.stand)
    except NothingToReport:
        return None
    codes = {area.code for area in group.areas}
    rows = [row for row in whole.rows if row.area.code in codes]
    if not any(row.number_class is not None for row in rows):
        return None
    decimals = whole.view.indicator.decimals
    return replace(
        whole,
        rows=rows,
        legend=class_entries(rows, whole.limits, decimals=decimals, is_change=False),
        patterns=pattern_entries(rows, is_change=False),
    )


def _drawn(profile: AreaProfile, page: MapPage) -> Picture:
    drawing = drawing_of(page.view.level.slug)
    names = {row.area.code: row.area.name for row in page.rows if row.area.code in drawing.polygons}
    window = window_of(drawing, names)
    unit = window.width / (PARTS_MAP - 2 * EDGE)
    words = _words(profile, page)
    printed = PrintMap(
        fills=page_fills(page),
        classes={row.area.code: row.number_class for row in page.rows if row.number_class is not None},
        signs={row.area.code: row.swatch.removeprefix("is-") for row in page.rows if row.number_class is None},
        joint=frozenset(r.area.code for r in page.rows if r.number_class is not None and r.figure.joint_with),
        only=frozenset(names),
        labels=fitting_labels(drawing, names, drawing.width / unit),
        description=words,
        scale_km=SCALE_KM,
        family=FAMILY,
    )
    svg = print_map_svg(printed, drawing, PARTS_MAP, window)
    state = page.view.state
    remarks = (_classes_sentence(), numbers_sentence(page, printed.labels), source_sentence(page))
    return beside_key(
        Picture(
            svg,
            words,
            f"teile-{state.indicator}-{state.level}",
            PARTS_MAP,
            window_height(window, PARTS_MAP),
            _caption(profile, page),
            title=f"{profile.area.name}, {map_title(page)}",
            keys=map_keys(page),
            remarks=tuple(said for said in remarks if said),
        ),
        PARTS_WIDTH,
        points=POINTS,
        title=page.view.indicator.label,
    )


def _caption(profile: AreaProfile, page: MapPage) -> str:
    view = page.view
    where = _("%(areas)s in %(name)s") % {"areas": view.level.label_plural, "name": profile.area.name}
    what = ", ".join(p for p in (view.indicator.label, page.period.label, view.indicator.unit_long_label) if p)
    return f"{where}: {what}. {_classes_sentence()}"


def _classes_sentence() -> str:
    """Where the limits of the classes come from, as two maps of one indicator stand side by side."""
    return _("Klassen wie auf der Karte dieser Ebene für die ganze Stadt. Hellgrau: Gebiete ringsum.")


def _words(profile: AreaProfile, page: MapPage) -> str:
    """The alternative text, from the figures of the parts: the highest, the lowest, those without a value."""
    known = sorted((row for row in page.rows if row.number_class is not None), key=lambda row: row.figure.value)
    words = {"name": profile.area.name, "title": map_title(page)}
    parts = [_("Karte der Teile von %(name)s. %(title)s.") % words]
    if len(known) > 1:
        ends = {"high": _told(known[-1], page.view.indicator), "low": _told(known[0], page.view.indicator)}
        parts.append(_("Höchster Wert in %(high)s; niedrigster in %(low)s.") % ends)
    else:
        parts.append(_("Nur ein Gebiet hat einen Wert, %(area)s.") % {"area": _told(known[0], page.view.indicator)})
    untold = [row for row in page.rows if row.number_class is None]
    if untold:
        parts.append(
            _("Ohne Wert: %(areas)s.") % {"areas": "; ".join(_told(row, page.view.indicator) for row in untold)}
        )
    classes = "; ".join(f"{entry.text}: {entry.count}" for entry in (*page.legend, *page.patterns))
    parts.append(_("Gebiete je Klasse: %(classes)s.") % {"classes": classes})
    return " ".join(parts)


def _told(row: Row, indicator: Indicator) -> str:
    """An area with its number and what holds for it, in words: brackets would say that it is estimated."""
    figure = row.figure
    status = Status(figure.status) if figure else Status.MISSING
    if figure is None or figure.value is None:
        return f"{row.area.name}, {status.label}"
    number = numbers.format_number(figure.value, indicator.decimals, get_language())
    said = f"{row.area.name}: {numbers.with_unit(number, indicator.unit_label)}"
    return said if status == Status.REPORTED else f"{said}, {status.label}"
