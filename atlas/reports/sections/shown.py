"""What a document shows, collected while it is made: the notes at its end explain that and nothing else.

Sections call `show` for the figures that they print; `notes.py` reads what came together in `Making.shown`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from areas.models import AreaLevel, Source
from atlas.reports.sections.section import Making
from indicators.models import Figure, Indicator
from indicators.statuses import SIGNS, Status

KEY = "figures"
ESTIMATED_SIGN, JOINT_SIGN, SMALL_SIGN = "( )", "J", "0"


@dataclass
class Shown:
    """Indicators by slug in the order of their appearance, sources by key, signs of tables, and what is special."""

    indicators: dict[str, Indicator] = field(default_factory=dict)
    sources: dict[int, Source] = field(default_factory=dict)
    signs: set[str] = field(default_factory=set)
    secret: dict[str, Indicator] = field(default_factory=dict)
    rounded: dict[str, int] = field(default_factory=dict)
    has_intervals: bool = False
    has_plan: bool = False


def shown_in(making: Making) -> Shown:
    """What the document has shown so far."""
    return making.shown.setdefault(KEY, Shown())


def show(making: Making, indicator: Indicator, figures: Iterable[Figure | None] = ()) -> None:
    """Tell the notes that these figures of an indicator are printed; None is one that is not known."""
    found = shown_in(making)
    found.indicators.setdefault(indicator.slug, indicator)
    found.sources.setdefault(indicator.source_id, indicator.source)
    for figure in figures:
        _show_figure(found, indicator, figure)


def _show_figure(found: Shown, indicator: Indicator, figure: Figure | None) -> None:
    status = Status(figure.status) if figure else Status.MISSING
    if status == Status.ESTIMATED:
        found.signs.add(ESTIMATED_SIGN)
    elif status == Status.JOINT:
        found.signs.add(JOINT_SIGN)
    elif status in SIGNS:
        found.signs.add(SIGNS[status])
    if status in (Status.SUPPRESSED, Status.SUPPRESSED_SECONDARY):
        found.secret.setdefault(indicator.slug, indicator)
    if figure is None:
        return
    if figure.value and not round(figure.value, indicator.decimals):
        found.signs.add(SMALL_SIGN)
    found.has_intervals |= figure.lower is not None


def show_sources_of(making: Making, entries: Iterable[Any]) -> None:
    """Tell the notes where entries of the plan come from; None among them, and those that name nobody, are left out.

    1 query where a source is new to the document.
    """
    wanted = {entry.source_id for entry in entries if entry is not None} - {None}
    unknown = wanted - shown_in(making).sources.keys()
    if unknown:
        shown_in(making).sources |= Source.objects.in_bulk(unknown)


def show_boundaries(making: Making, level: AreaLevel) -> None:
    """Tell the notes whose boundaries a map of a level draws: its own and those of the parts of its areas. 1 query."""
    of_level = Q(areas__level=level) | Q(areas__whole_links__whole__level=level)
    shown_in(making).sources |= {source.pk: source for source in Source.objects.filter(of_level).distinct()}


def show_source(making: Making, source: Source | None) -> None:
    """Tell the notes of a source that no indicator names."""
    if source is not None:
        shown_in(making).sources.setdefault(source.pk, source)
