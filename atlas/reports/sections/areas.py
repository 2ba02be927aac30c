"""Sections about the areas themselves: a cover, where they lie and what tells most of them, an index of their names."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import Area, AreaLevel
from atlas.profile import AreaGroup, area_profile
from atlas.reports.area_maps import areas_picture
from atlas.reports.compilation import Part
from atlas.reports.document import Block, Cell, Column, PageBreak, Paragraph, Row, RowGroup, Table, runs
from atlas.reports.map_sheet import MANY
from atlas.reports.paper import content_height, content_width
from atlas.reports.profile_tables import telling_rows, telling_table
from atlas.reports.sections.maps import known_level
from atlas.reports.sections.reading import LEVEL
from atlas.reports.sections.section import Making, Option, Section, wrong
from atlas.reports.sections.shown import show

SHORT = 20  # names that stand in one column
COVER_LABEL = gettext_lazy("Titelseite")
OVERVIEW_LABEL = gettext_lazy("Überblick")
INDEX_LABEL = gettext_lazy("Verzeichnis der Gebiete")
WITHIN = Option("within", gettext_lazy("Nur Gebiete in"), "areas", hint=gettext_lazy("Ohne Angabe: die ganze Stadt."))


def areas_of(options: Mapping[str, Any], section) -> tuple[AreaLevel, list[Area], Area | None]:
    """Level, areas by code and what they lie in (None: the city). Raises `WrongOption`."""
    level = known_level(section, options)
    found = Area.objects.in_force().filter(level=level).select_related("level", "parent__level").defer(
        "geometry", "parent__geometry"
    )  # fmt: skip
    within = next(iter(options.get("within") or ()), "")
    if not within:
        return level, list(found.order_by("code")), None
    outer_level, _slash, code = str(within).partition("/")
    outer = Area.objects.in_force().at_level(outer_level).filter(code=code).select_related("level").first()
    if outer is None:
        raise wrong(section, WITHIN.label, within, _("ein Gebiet wie „stadtbezirk/05“"))
    areas = [area for area in found.order_by("code") if _lies_in(area, outer)]
    if not areas:
        expected = _("ein Gebiet, in dem Gebiete der Ebene „%(level)s“ liegen") % {"level": level.label}
        raise wrong(section, WITHIN.label, within, expected)
    return level, areas, outer


def _lies_in(area: Area, outer: Area) -> bool:
    """Whether an area lies in another by the chain of what it belongs to, or by its parts."""
    while area is not None:
        if area.pk == outer.pk:
            return True
        area = area.parent
    return False


def _groups(level: AreaLevel) -> dict[str, int]:
    return dict(Area.objects.in_force().filter(level=level).values_list("code", "parent_id"))


def _city() -> Area:
    return Area.objects.in_force().select_related("level").defer("geometry").get(level__rank=0)


def _where(level: AreaLevel, whole: Area) -> str:
    """What a map of some areas shows."""
    return _("%(areas)s in %(name)s") % {"areas": level.label_plural, "name": whole.name}


def _cover(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(COVER_LABEL))
    level, areas, outer = areas_of(part.options, COVER_LABEL)
    width = round(min(content_width(making.sheet), (content_height(making.sheet) - 60) / 0.9), 1)
    picture = areas_picture(
        level, [area.code for area in areas], width, groups=_groups(level), name="titel", labelled=False
    )
    picture = replace(picture, caption=_where(level, outer or _city()))
    release = making.stand.release
    said = _("Nach der Veröffentlichung „%(title)s“.") % {"title": release.label}
    return (picture, Paragraph(runs(said), "caption"), PageBreak())


def _overview(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(OVERVIEW_LABEL))
    level, areas, outer = areas_of(part.options, OVERVIEW_LABEL)
    whole = outer or _city()
    room = content_height(making.sheet) - (110 if len(areas) <= SHORT else 30)
    width = round(min(content_width(making.sheet), room / 0.9), 1)
    picture = areas_picture(level, [area.code for area in areas], width, groups=_groups(level), name="gebiete")
    picture = replace(picture, caption=_where(level, whole))
    profile = area_profile(whole.level.slug, whole.code, stand=making.stand, on=making.day)
    table = telling_table(profile, AreaGroup(level, tuple(areas)))
    if table is None:
        return (picture,)
    for row in telling_rows(profile, 99):
        show(making, row.indicator, [row.figure])
    return (picture, table) if len(areas) <= SHORT else (picture, PageBreak(), table)


def _index(part: Part, making: Making) -> Sequence[Block]:
    making.step(str(INDEX_LABEL))
    level, areas, _outer = areas_of(part.options, INDEX_LABEL)
    nested = any(area.parent and area.parent.level.rank for area in areas)
    rows = [_index_row(area, nested) for area in sorted(areas, key=lambda area: area.search_name)]
    columns = [Column(level.label, "text", 26), Column(_("Nr."), "text", 7)]
    columns += [Column(_("liegt in"), "text", 18)] if nested else []
    across = 3 if len(areas) > MANY else 2 if len(areas) > SHORT else 1
    caption = _("%(areas)s nach dem Alphabet") % {"areas": level.label_plural}
    return (Table(str(INDEX_LABEL), caption, tuple(columns), (RowGroup("", tuple(rows)),), dense=True, across=across),)


def _index_row(area: Area, nested: bool) -> Row:
    above = Cell(area.parent.name if area.parent else "")
    return Row((Cell(area.name), Cell(area.code), *([above] if nested else [])))


COVER = Section(
    "cover",
    COVER_LABEL,
    gettext_lazy("Unter dem Titel eine Karte der Gebiete; der Bericht beginnt auf der nächsten Seite."),
    _cover,
    (LEVEL, WITHIN),
    is_chapter=False,
)
OVERVIEW = Section(
    "overview",
    OVERVIEW_LABEL,
    gettext_lazy("Karte der Gebiete und eine Tabelle mit dem, was am meisten über sie sagt."),
    _overview,
    (LEVEL, WITHIN),
)
INDEX = Section(
    "area_index",
    INDEX_LABEL,
    gettext_lazy("Alle Gebiete einer Ebene nach dem Alphabet mit ihrer Nummer."),
    _index,
    (LEVEL, WITHIN),
)
