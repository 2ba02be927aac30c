"""Maps of the map page for paper: the same areas, classes and signs, in colours with textures."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.core.cache import caches
from django.utils.translation import gettext as _

from areas.geometry.drawing import Drawing
from atlas.charts.print_labels import PrintLabel, fitting_labels
from atlas.charts.print_map import EDGE, PrintMap, print_map_height, print_map_svg
from atlas.charts.textures import Fill, definitions, fills, painted
from atlas.drawings import boundaries_file, level_drawing
from atlas.map_legend import LegendEntry
from atlas.map_page import MapPage
from atlas.reports.document import Key, Picture
from atlas.reports.fonts import FAMILY
from atlas.reports.origin import NothingToReport

FINEST = 0.1  # mm: lines on paper leave the true ones by at most this
SWATCH_WIDTH, SWATCH_HEIGHT = 7.0, 3.4  # mm
SCALE_KM = 5
SMALLEST_LABELLED = 100  # mm: narrower maps carry no names
KEPT_EVERY = 20  # mm: large maps share lines and places of names with others of nearly their size


def map_picture(
    page: MapPage,
    width: float,
    *,
    name: str,
    caption: str = "",
    labelled: bool = True,
    marked: frozenset[str] = frozenset(),
) -> Picture:
    """The map of a page, `width` millimetres wide, the areas with `marked` codes outlined.

    Raises `NothingToReport` while no boundaries are published.
    """
    slug = page.view.level.slug
    drawing = printed_drawing(slug, width)
    parents = {row.area.code: row.area.parent_id for row in page.rows}
    labelled = labelled and width >= SMALLEST_LABELLED
    printed = PrintMap(
        fills=page_fills(page),
        classes={row.area.code: row.number_class for row in page.rows if row.number_class is not None},
        signs={row.area.code: row.swatch.removeprefix("is-") for row in page.rows if row.number_class is None},
        joint=frozenset(r.area.code for r in page.rows if r.number_class is not None and r.figure.joint_with),
        groups=parents if len(set(parents.values())) > 1 else {},
        plan=shown_plan(page),
        marked=marked,
        labels=_labels(page, slug, width) if labelled else (),
        description=page.alternative,
        scale_km=SCALE_KM if labelled else 0,
        family=FAMILY,
    )
    svg = print_map_svg(printed, drawing, width)
    return Picture(
        svg,
        map_words(page),
        name,
        width,
        print_map_height(drawing, width),
        caption,
        title=map_title(page),
        keys=map_keys(page),
        remarks=tuple(said for said in (numbers_sentence(page, printed.labels), source_sentence(page)) if said),
    )


def map_shape(page: MapPage) -> float:
    """How high the map of a page is where it is 1 wide. Raises `NothingToReport` while no boundaries are published."""
    whole = drawing_of(page.view.level.slug)
    return whole.height / whole.width


def map_title(page: MapPage) -> str:
    """What a map shows, where it stands alone: indicator, level, unit and time."""
    view = page.view
    time = page.period.label
    if page.is_change:
        words = {"earlier": view.state.compare, "later": view.state.period}
        time = _("Veränderung {earlier} bis {later}").format(**words)
    unit = _("in Prozentpunkten") if page.is_change and view.indicator.unit == "%" else view.indicator.unit_long_label
    parts = (view.level.label_plural, time, unit)
    return f"{view.indicator.label}: {', '.join(part for part in parts if part)}"


def map_keys(page: MapPage) -> tuple[Key, ...]:
    """The legend of a map that stands alone."""
    keys = [Key(field, entry.text, entry.count) for entry, field in swatches(page)]
    plan = shown_plan(page) & {row.area.code for row in page.rows}
    return (*keys, *([Key(plan_swatch(), _("im Aktionsraum"), len(plan))] if plan else []))


def numbers_sentence(page: MapPage, labels: Sequence[PrintLabel]) -> str:
    """The names of areas that carry their number on the map; "" where none does."""
    names = {row.area.code: row.area.name for row in page.rows}
    told = sorted({label.text for label in labels} & set(names))
    return _("Nummern auf der Karte: %s.") % ", ".join(f"{code} {names[code]}" for code in told) if told else ""


def source_sentence(page: MapPage) -> str:
    """Who the figures and the boundaries of a map are from, with the licence."""
    source = page.view.indicator.source
    state = f" ({source.state})" if source.state else ""
    licence = f", {source.licence}" if source.licence else ""
    words = {"source": f"{source.label}, {source.publisher}{state}{licence}"}
    return _("Quelle: %(source)s. Grenzen: Stadt Dortmund.") % words


def shown_plan(page: MapPage) -> frozenset[str]:
    """Codes of the action areas that the map outlines; none where the state leaves them out."""
    return page.plan_codes if page.view.state.plan else frozenset()


def map_words(page: MapPage) -> str:
    """The alternative text: what the page says of its map, with classes and how many areas each holds."""
    classes = "; ".join(f"{entry.text}: {entry.count}" for entry in (*page.legend, *page.patterns))
    words = [page.alternative, _("Gebiete je Klasse: %(classes)s.") % {"classes": classes}]
    plan = shown_plan(page)
    names = [row.area.name for row in page.rows if row.area.code in plan]
    if names:
        words.append(_("Umrandet sind Aktionsräume: %(names)s.") % {"names": ", ".join(sorted(names))})
    return " ".join(words)


def page_fills(page: MapPage) -> list[Fill]:
    """The fills of the page's classes, lowest first."""
    scale = page.view.indicator.colours
    return fills(page.limits.count, scale, is_change=page.is_change)


def swatches(page: MapPage) -> list[tuple[LegendEntry, Picture]]:
    """The entries of the legend, classes and signs, with a field of their colour and texture."""
    used = page_fills(page)
    found = [(entry, _class_field(used, number, entry)) for number, entry in enumerate(page.legend)]
    return found + [(entry, _sign_field(entry)) for entry in page.patterns]


def plan_swatch() -> Picture:
    """A piece of the line around action areas."""
    y = SWATCH_HEIGHT / 2
    line = (
        f'<path d="M0 {y}H{SWATCH_WIDTH}" fill="none" stroke="#c2410c" stroke-width="0.65" stroke-dasharray="2.2 1.3"/>'
    )
    return _field(line, _("gestrichelte Linie"), framed=False)


def _class_field(used: list[Fill], number: int, entry: LegendEntry) -> Picture:
    fill = used[number]
    shape = f'<rect width="{SWATCH_WIDTH}" height="{SWATCH_HEIGHT}"'
    blank = [fill if n == number else replace(fill, texture="plain") for n in range(number + 1)]
    return _field(definitions(blank, 1) + painted(shape, number, fill), _("Farbe und Muster: %s") % entry.text)


def _sign_field(entry: LegendEntry) -> Picture:
    sign = entry.swatch.removeprefix("is-")
    shape = f'<rect width="{SWATCH_WIDTH}" height="{SWATCH_HEIGHT}" fill="url(#{sign})"/>'
    return _field(definitions((), 1) + shape, _("Farbe und Muster: %s") % entry.text)


def _field(inner: str, words: str, *, framed: bool = True) -> Picture:
    frame = (
        f'<rect x="0.08" y="0.08" width="{SWATCH_WIDTH - 0.16:g}" height="{SWATCH_HEIGHT - 0.16:g}" fill="none" '
        'stroke="#557076" stroke-width="0.16"/>'
        if framed
        else ""
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SWATCH_WIDTH} {SWATCH_HEIGHT}">{inner}{frame}</svg>'
    return Picture(svg, words, "feld", SWATCH_WIDTH, SWATCH_HEIGHT)


def drawing_of(level: str) -> Drawing:
    """The drawing of a level with all its points. Raises `NothingToReport` while no boundaries are published."""
    drawing = level_drawing(level)
    if drawing is None:
        raise NothingToReport(_("Grenzen dieser Ebene sind noch nicht veröffentlicht."))
    return drawing


def printed_drawing(level: str, width: float) -> Drawing:
    """The drawing of a level with no more points than paper can show at `width` millimetres; kept by its file."""
    file = boundaries_file(level)
    if file is None:
        raise NothingToReport(_("Grenzen dieser Ebene sind noch nicht veröffentlicht."))
    width = -(-width // KEPT_EVERY) * KEPT_EVERY if width >= SMALLEST_LABELLED else width
    key = f"printed:{file.digest}:{width:g}"
    drawing = caches["drawings"].get(key)
    if drawing is None:
        whole = level_drawing(level)
        drawing = whole.simplified(FINEST * whole.width / (width - 2 * EDGE))
        drawing.paths  # noqa: B018 - computed before it is kept
        caches["drawings"].set(key, drawing)
    return drawing


def printed_labels(level: str, names: Mapping[str, str], width: float) -> list[PrintLabel]:
    """Labels of the areas in `names` that fit on a map of `width` millimetres; kept, as many maps carry the same."""
    file = boundaries_file(level)
    told = hashlib.sha256(repr(sorted(names.items())).encode()).hexdigest()
    width = width // KEPT_EVERY * KEPT_EVERY if width >= SMALLEST_LABELLED else width
    key = f"labels:{file.digest}:{width:g}:{told}"
    labels = caches["drawings"].get(key)
    if labels is None:
        labels = fitting_labels(level_drawing(level), names, width - 2 * EDGE)
        caches["drawings"].set(key, labels)
    return labels


def _labels(page: MapPage, slug: str, width: float) -> list[PrintLabel]:
    return printed_labels(slug, {row.area.code: row.area.name for row in page.rows}, width)
