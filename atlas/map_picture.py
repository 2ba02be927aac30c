"""The map as a picture: SVG by our own drawing, PNG from that SVG."""

from pathlib import Path
from textwrap import wrap

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import colours
from atlas.charts.choropleth import Choropleth, ShownArea, choropleth_svg
from atlas.drawings import level_drawing
from atlas.links import full_address
from atlas.map_imprint import Imprint
from atlas.map_legend import range_texts
from atlas.map_page import MapPage
from atlas.map_rows import Row
from atlas.picture_form import USUAL_WIDTH
from atlas.reports.bundle import map_alone
from atlas.reports.images import MM_PER_INCH
from atlas.reports.origin import origin_of
from atlas.reports.picture_facts import described_png, described_svg

CAPTION_LETTERS = 130  # per line of the caption at its size
CSS_DPI = 96  # pixels of an inch, where a picture is shown as it is
FONTS = ("sozialportal-sans-400.ttf", "sozialportal-sans-600.ttf")


def map_drawing(page: MapPage, ending: str, width: int | None, *, imprint: Imprint | None, patterned: bool) -> bytes:
    """The map alone as a file, "svg" or "png", `width` pixels wide: title, legend, source, date, address, checksum.

    `patterned`: classes differ by textures too, for printing; this needs an `imprint`. Without one (in a preview) the
    picture has the long address of the page, and no checksum. The same bytes for the same map of the same release.
    """
    if patterned:
        size = (width or USUAL_WIDTH) if ending == "png" else round((width or 0) * MM_PER_INCH / CSS_DPI, 2)
        return map_alone(imprint.document, ending, size)
    svg = map_svg(imprint.page if imprint else page, width=width if ending == "svg" else None, imprint=imprint)
    if ending == "svg":
        return (described_svg(svg, imprint.facts) if imprint else svg).encode()
    png = _pixels(svg, width or USUAL_WIDTH)
    return described_png(png, imprint.facts) if imprint else png


def map_svg(page: MapPage, *, embedded: bool = False, width: int | None = None, imprint: Imprint | None = None) -> str:
    """The map as an SVG document.

    `embedded`: for the page without script, map alone with areas as links; otherwise the full sheet with
    title, legend, source, date and address, `width` pixels wide where it is not scaled.
    """
    view, drawing = page.view, level_drawing(page.view.level.slug)
    count = page.limits.count
    palette = (
        colours.diverging(7 if count > 1 else 1)
        if page.is_change
        else colours.sequential(count, view.indicator.colours)
    )
    parents = {row.area.code: row.area.parent_id for row in page.rows}
    sheet = Choropleth(
        areas=[_area(page, row, embedded) for row in page.rows],
        palette=palette,
        description=page.alternative,
        plan=page.plan_codes if view.state.plan else frozenset(),
        districts=parents if len(set(parents.values())) > 1 else {},
        language=get_language(),
        shown_width=width,
        **({} if embedded else _sheet_texts(page, imprint)),
    )
    return choropleth_svg(sheet, drawing)


def _pixels(svg: str, width: int) -> bytes:
    """A full sheet as a PNG of `width` pixels."""
    import resvg_py  # noqa: PLC0415 - native library that only this answer needs

    folder = Path(settings.BASE_DIR) / "static" / "fonts"
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            background=colours.PAPER,
            skip_system_fonts=True,
            font_files=[str(folder / name) for name in FONTS],
            font_family="Sozialportal Sans",
        )
    )


def _area(page: MapPage, row: Row, embedded: bool) -> ShownArea:
    joint = "joint" if row.figure.joint_with else ""
    pattern = row.swatch.removeprefix("is-") if row.number_class is None else joint
    shown = row.change_text if page.is_change and row.change_text else row.spoken
    return ShownArea(
        code=row.area.code,
        name=row.area.name,
        number_class=row.number_class,
        text=f"{row.area.name}: {shown}",
        pattern=pattern,
        href=row.map_url if embedded else "",
        is_selected=row.is_selected,
    )


def _sheet_texts(page: MapPage, imprint: Imprint | None) -> dict:
    view = page.view
    source = view.indicator.source
    release = imprint.release if imprint else origin_of(view.table.edition.release, "").release
    licence = f", {source.licence}" if source.licence else ""
    title = view.indicator.label
    if page.is_change:
        title = _("%(name)s: Veränderung seit %(period)s") % {"name": title, "period": view.state.compare}
    texts = range_texts(page.limits, decimals=view.indicator.decimals, signed=page.is_change)
    return {
        "title": title,
        "subtitle": " · ".join(part for part in (view.level.label_plural, *_measured(page)) if part),
        "legend": [(text, entry.count) for text, entry in zip(texts, page.legend, strict=True)],
        "pattern_texts": {entry.swatch.removeprefix("is-"): f"{entry.text} ({entry.count})" for entry in page.patterns},
        "plan_text": _("Aktionsraum"),
        "caption": _wrapped(
            _("Quelle: %(source)s (%(publisher)s). Grenzen: Stadt Dortmund.")
            % {"source": source.label, "publisher": f"{source.publisher}{licence}"},
            _("Sozialportal Dortmund, %(release)s. %(certainty)s")
            % {"release": release, "certainty": " ".join(page.certainty[:1])},
            _address_line(page, imprint),
        ),
    }


def _address_line(page: MapPage, imprint: Imprint | None) -> str:
    if imprint is None:
        return _("Diese Karte: %(address)s") % {"address": full_address(page.permalink)}
    words = {"address": imprint.address, "checksum": imprint.checksum}
    return _("Diese Karte: %(address)s · Prüfsumme des Inhalts: %(checksum)s") % words


def _measured(page: MapPage) -> tuple[str, str]:
    """Unit and time of what the colours mean: of values, or of changes."""
    view = page.view
    if not page.is_change:
        return view.indicator.unit_long_label, page.period.label
    times = _("Veränderung {earlier} bis {later}").format(earlier=view.state.compare, later=view.state.period)
    return times, _("in Prozentpunkten") if view.indicator.unit == "%" else view.indicator.unit_long_label


def _wrapped(*lines: str) -> list[str]:
    """Lines that fit under the map."""
    return [part for line in lines for part in wrap(line, CAPTION_LETTERS)]
