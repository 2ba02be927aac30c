"""The pictures of a profile: where the area lies, and how it has changed."""

from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas import numbers
from atlas.profile import AreaProfile
from atlas.profile_page import locator
from atlas.profile_rows import ProfileRow
from atlas.reports.composed import beside_key
from atlas.reports.document import Block, Heading, Paragraph, Picture, Pictures, runs
from atlas.reports.drawings import TrendLine, styled, trend_picture
from atlas.reports.map_drawing import map_picture, map_title
from atlas.reports.map_sheet import asked_view, page_of
from atlas.reports.origin import NothingToReport
from atlas.reports.profile_tables import telling_rows

LOCATOR_WIDTH = 60  # mm
THEME_MAP, THEME_WIDTH, THEME_POINTS = 58, 96, 6.5  # mm: the thematic map, and with its legend; points of that
SMALL_MAP, SMALL_WIDTH, SMALL_POINTS = 53, 88, 6  # mm, and of its legend: the same beside the map of the area's parts
TRENDS, FEW_TRENDS = 6, 3  # lines on the first page; few where the action plan stands there too
# The colours of static/css/profile.css on paper.
LOCATOR_STYLE = (
    "path{fill:#d7e4e1;stroke:#ffffff;stroke-width:1.5;stroke-linejoin:round}"
    ".is-here{fill:#1f6c7d;stroke:#0e3a47;stroke-width:1}"
)


def locator_picture(profile: AreaProfile) -> Picture | None:
    """The small map of the page; None while no boundaries are published."""
    svg = locator(profile, linked=False)
    if not svg:
        return None
    return styled(
        svg,
        LOCATOR_STYLE,
        width=LOCATOR_WIDTH,
        alternative=_locator_words(profile),
        name="lage",
        caption=_place(profile),
    )


def theme_picture(profile: AreaProfile, *, small: bool = False) -> Picture | None:
    """A thematic map of what tells most about the area, with the area outlined and its legend beside it.

    `small`: for beside another one. None where the area's level has no such map in this release.
    """
    rows = telling_rows(profile, 1)
    if not rows or not profile.compared:
        return None
    indicator = rows[0].indicator
    sizes = (SMALL_MAP, SMALL_WIDTH, SMALL_POINTS) if small else (THEME_MAP, THEME_WIDTH, THEME_POINTS)
    wide, whole, points = sizes
    query = {"indikator": indicator.slug, "ebene": profile.compared.slug, "zeit": rows[0].period.code, "plan": "0"}
    try:
        page = page_of(asked_view(query, profile.stand), profile.stand)
        marked = frozenset() if profile.is_city else frozenset({profile.area.code})
        outlined = _("Umrandet: %(name)s.") % {"name": profile.area.name} if marked else ""
        picture = map_picture(page, wide, name=f"karte-{indicator.slug}", labelled=False, marked=marked)
    except NothingToReport:
        return None
    caption = " ".join(part for part in (_place(profile), f"{map_title(page)}.", outlined) if part)
    alternative = " ".join(part for part in (_locator_words(profile), picture.alternative) if part)
    told = replace(picture, caption=caption, alternative=alternative)
    return beside_key(told, whole, points=points, title=indicator.label)


def _locator_words(profile: AreaProfile) -> str:
    if profile.is_city:
        return _("Karte von %(name)s mit den Grenzen seiner Teile.") % {"name": profile.area.name}
    words = {"place": _place(profile), "names": ", ".join(name for _code, name in profile.neighbours)}
    if not words["names"]:
        return _("Karte der Stadt; hervorgehoben: %(name)s.") % {"name": profile.area.name}
    return _("Karte der Stadt: %(place)s Nachbarn: %(names)s.") % words


def _place(profile: AreaProfile) -> str:
    words = {"name": profile.area.name}
    if profile.is_city:
        return ""
    if len(profile.above) > 1:
        words["above"] = profile.above[1].name
        return _("%(name)s liegt im Stadtbezirk %(above)s.") % words
    return _("Lage von %(name)s im Stadtgebiet.") % words


def trend_blocks(profile: AreaProfile) -> tuple[Block, ...]:
    """Lines of the indicators that tell most and that can be compared through time; nothing where there is none."""
    rows = [row for row in telling_rows(profile, 99) if row.since is not None]
    more = [row for row in profile.figures.rows if row.since is not None and row not in rows]
    most = FEW_TRENDS if profile.plan else TRENDS
    chosen = sorted([*rows, *more][:most], key=profile.figures.rows.index)
    if not chosen:
        return ()
    words = _("Kräftige Linie: %(name)s.") % {"name": profile.area.name}
    if not profile.is_city:
        words += " " + _("Gestrichelt: die Stadt.")
    words += " " + _("Jede Zeichnung hat ihren eigenen Maßstab, der nicht bei null beginnt.")
    return (
        Heading(1, _("Entwicklung")),
        Pictures(tuple(_trend(profile, row) for row in chosen)),
        Paragraph(runs(words), "caption"),
    )


def _trend(profile: AreaProfile, row: ProfileRow) -> Picture:
    name = f"entwicklung-{row.indicator.slug}"
    return row_trend(row, profile.area.name, name=name, is_city=profile.is_city)


def row_trend(row: ProfileRow, area: str, *, name: str, is_city: bool = False) -> Picture:
    """The line of one row of an area (its name), with that of the city where the row is not about the city itself."""
    compares = not is_city and not row.indicator.is_count and row.city_trend
    city = _line(row, _("Stadt"), row.city_trend) if compares else None
    own = _line(row, area, row.trend)
    return trend_picture(own, city, text=_trend_words(row, own, city), name=name, caption=row.indicator.label)


def _line(row: ProfileRow, name: str, points) -> TrendLine:
    estimated = row.figure.status == "estimated"

    def written(value: float) -> str:
        text = numbers.format_number(value, row.indicator.decimals, get_language())
        return numbers.with_unit(f"({text})" if estimated else text, row.indicator.unit_label)

    return TrendLine(name, points, written(points[0].value), written(points[-1].value))


def _trend_words(row: ProfileRow, own: TrendLine, city: TrendLine | None) -> str:
    words = {"indicator": row.indicator.label, "lines": "; ".join(_line_words(line) for line in (own, city) if line)}
    return _("%(indicator)s: %(lines)s.") % words


def _line_words(line: TrendLine) -> str:
    first, last = line.points[0], line.points[-1]
    words = {"name": line.name, "then": f"{first.year:g}", "before": line.first, "now": f"{last.year:g}"}
    return _("%(name)s %(then)s %(before)s, %(now)s %(after)s") % (words | {"after": line.last})
