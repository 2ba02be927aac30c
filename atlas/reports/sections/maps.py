"""Thematic maps as chapters: chosen indicators, or all of a dimension; in one period or through time."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from areas.models import AreaLevel
from atlas.map_page import MapPage
from atlas.map_state import METHODS
from atlas.reports.compilation import Part
from atlas.reports.document import Block, Heading, PageBreak, Paragraph, runs, shifted
from atlas.reports.map_series import series_blocks, series_view
from atlas.reports.map_sheet import asked_page, chapter_blocks, sheet_subtitle
from atlas.reports.origin import NothingToReport
from atlas.reports.sections.reading import DIMENSION, LEVEL, dimension_in, level_in
from atlas.reports.sections.section import Making, Option, Section, WrongOption, wrong
from atlas.reports.sections.shown import show
from indicators.models import Indicator
from indicators.standing import editions_at
from indicators.statistics.classes import CLASS_COUNTS

LABEL = gettext_lazy("Thematische Karten")
DIMENSION_LABEL = gettext_lazy("Karten einer Dimension")
INDICATORS = Option("indicators", gettext_lazy("Indikatoren"), "indicators", needed=True)
PERIODS = Option("periods", gettext_lazy("Zeitpunkte"), "periods", hint=gettext_lazy("Ohne Angabe: der neueste."))
METHOD = Option(
    "method", gettext_lazy("Klassen"), "choice", choices=tuple((word, label) for word, (_m, label) in METHODS.items())
)
COUNT = Option(
    "count",
    gettext_lazy("Zahl der Klassen"),
    "choice",
    choices=tuple((str(count), str(count)) for count in CLASS_COUNTS),
)
PLAN = Option("plan", gettext_lazy("Aktionsräume umrandet"), "flag", default=True)
SERIES = Option("series", gettext_lazy("Alle Zeitpunkte als kleine Karten"), "flag", default=False)
LOOKS = (LEVEL, METHOD, COUNT, PLAN, SERIES)


def _build(part: Part, making: Making) -> Sequence[Block]:
    blocks: list[Block] = []
    for slug in part.options.get("indicators", ()):
        making.step(str(slug))
        found = _one(str(slug), part.options, making, LABEL)
        blocks += [PageBreak(), *found] if blocks else found
    return blocks


def _build_dimension(part: Part, making: Making) -> Sequence[Block]:
    dimension = dimension_in(DIMENSION_LABEL, part.options)
    level = known_level(DIMENSION_LABEL, part.options)
    blocks: list[Block] = []
    indicators = shown_indicators(making, level.slug).filter(dimension=dimension)
    for indicator in indicators:
        making.step(indicator.label)
        found = _one(indicator.slug, part.options, making, DIMENSION_LABEL)
        blocks += [PageBreak(), *found] if blocks else found
    return blocks


def shown_indicators(making: Making, level: str):
    """Indicators with figures on a level in the release of the document, in the order of the catalogue."""
    editions = editions_at(making.stand.moment)
    having = Indicator.objects.for_lists().filter(pk__in=editions, editions__in=editions.values())
    return having.filter(**{f"editions__breaks__{level}__isnull": False}).order_by("dimension__order", "order", "name")


def _one(slug: str, options: Mapping[str, Any], making: Making, section) -> list[Block]:
    """The chapter of one indicator."""
    _check_classes(section, options)
    query = _query(slug, options)
    blocks: list[Block] = []
    try:
        if options.get("series"):
            view = series_view(query, making.stand)
            blocks += [Heading(2, view.indicator.label), *shifted(series_blocks(view, making.stand, making.sheet), 2)]
            _tell(making, view.indicator, view.table.figures.values())
            return blocks
        for period in options.get("periods") or ("",):
            page = asked_page(query | {"zeit": period}, making.stand)
            blocks += [PageBreak()] if blocks else []
            blocks += page_blocks(page, making)
    except NothingToReport as error:
        said = _("Abschnitt „%(section)s“, Indikator „%(indicator)s“: %(reason)s")
        raise WrongOption(said % {"section": section, "indicator": slug[:80], "reason": error}) from error
    return blocks


def page_blocks(page: MapPage, making: Making) -> list[Block]:
    """Heading, what is measured, and the map; the notes at the end are told of it."""
    _tell(making, page.view.indicator, [page.view.table.figures[page.view.state.period]])
    show(making, page.view.indicator, [page.city_figure])
    return [
        Heading(2, page.view.indicator.label),
        Paragraph(runs(sheet_subtitle(page)), "caption"),
        *shifted(chapter_blocks(page, making.sheet), 2),
    ]


def _tell(making: Making, indicator: Indicator, tables) -> None:
    for figures in tables:
        show(making, indicator, figures.values())


def _check_classes(section, options: Mapping[str, Any]) -> None:
    """Method and number of classes are such as there are. Raises `WrongOption`."""
    for option in (METHOD, COUNT):
        found, known = str(options.get(option.name) or ""), [value for value, _label in option.choices]
        if found and found not in known:
            raise wrong(section, option.label, found, " / ".join(known))


def _query(slug: str, options: Mapping[str, Any]) -> dict[str, str]:
    return {
        "indikator": slug,
        "ebene": str(options.get("level") or ""),
        "klassen": str(options.get("method") or ""),
        "anzahl": str(options.get("count") or ""),
        "plan": "" if options.get("plan", True) else "0",
        "sortierung": "rang",
    }


def _steps(options: Mapping[str, Any]) -> int:
    return len(options.get("indicators", ()))


def _steps_of_dimension(options: Mapping[str, Any]) -> int:
    return Indicator.objects.published().filter(dimension__slug=str(options.get("dimension"))).count()


def known_level(section, options: Mapping[str, Any]) -> AreaLevel:
    """The level of the options, else that of the reports. Raises `WrongOption`, also where there is none."""
    level = level_in(section, options)
    if level is None:
        raise wrong(section, LEVEL.label, "", _("eine Ebene"))
    return level


MAPS = Section(
    "maps",
    LABEL,
    gettext_lazy("Je Indikator eine Karte mit Legende und Tabelle aller Gebiete."),
    _build,
    (INDICATORS, PERIODS, *LOOKS),
    _steps,
)
DIMENSION_MAPS = Section(
    "dimension",
    DIMENSION_LABEL,
    gettext_lazy("Alle Indikatoren einer Dimension, die auf der Ebene Werte haben, je eine Karte mit Tabelle."),
    _build_dimension,
    (DIMENSION, *LOOKS),
    _steps_of_dimension,
)
