"""What the page of a draft adjustment shows: each area with its choice, sent or saved, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actionplan.actions.choosing import Choice, fitting_outcomes
from actionplan.models import AdjustmentLine
from actionplan.selectors.adjustments import SmallArea, quarter_boundaries, small_areas_of
from atlas.charts.quarter import quarter_svg
from atlas.drawings import level_drawing, placed_path
from atlas.selectors.adjustments import AdjustedArea, AdjustmentPage, by_proposal
from atlas.sentences.types import listed

Outcome = AdjustmentLine.Outcome


@dataclass(frozen=True)
class ChosenArea:
    """One area in the form."""

    area: AdjustedArea
    choice: Choice
    outcomes: list[tuple[str, str]]
    parts: list[tuple[SmallArea, bool]]
    has_boundary: bool
    fault: str
    map: str = ""

    @property
    def can_be_quarter(self) -> bool:
        """Whether a quarter can be chosen."""
        return any(value == Outcome.QUARTER for value, _label in self.outcomes)

    @property
    def outstanding(self) -> str:
        """Small areas inside that stand out, by name; "" without any."""
        return listed([part.name for part, _chosen in self.parts if part.stands_out], get_language())


@dataclass(frozen=True)
class ChosenGroup:
    """Areas in the same position."""

    title: str
    is_quiet: bool
    areas: list[ChosenArea]


def chosen_groups(
    page: AdjustmentPage, sent: Mapping[int, Choice] | None = None, faults: Mapping[int, str] | None = None
) -> list[ChosenGroup]:
    """All areas with what was `sent`, else what is saved. 6 queries at most."""
    sent, faults = sent or {}, faults or {}
    lines = [area.line for area in page.areas]
    small = small_areas_of(page.adjustment, lines)
    maps = quarter_maps(page)
    return [
        ChosenGroup(
            group.title,
            group.is_quiet and not any(area.line.pk in faults for area in group.areas),
            [
                _chosen(
                    area,
                    sent.get(area.line.pk) or _saved(area.line),
                    small.get(area.line.area_id, ()),
                    maps.get(area.line.pk),
                    faults.get(area.line.pk, ""),
                )
                for area in group.areas
            ],
        )
        for group in by_proposal(page)
    ]


def _saved(line: AdjustmentLine) -> Choice:
    return Choice(line.outcome, line.reason, line.quarter_name)


def _chosen(area: AdjustedArea, choice: Choice, small, drawn: str | None, fault: str) -> ChosenArea:
    parts = [(part, part.code in choice.parts) for part in small]
    return ChosenArea(area, choice, fitting_outcomes(area.line), parts, drawn is not None, fault, drawn or "")


def quarter_maps(page: AdjustmentPage) -> dict[int, str]:
    """Small maps of saved quarters by key of their line; "" where no boundary is published. 1 to 3 queries."""
    boundaries = quarter_boundaries(page.adjustment)
    drawing = level_drawing(page.adjustment.level.slug) if boundaries else None
    if drawing is None:
        return dict.fromkeys(boundaries, "")
    lines = {area.line.pk: area.line for area in page.areas}
    return {
        pk: quarter_svg(drawing, lines[pk].area.code, placed_path(found, drawing), text=_map_words(lines[pk]))
        for pk, found in boundaries.items()
    }


def _map_words(line: AdjustmentLine) -> str:
    words = {"quarter": line.quarter_name or _("das Quartier"), "area": line.area.name}
    return _("Karte: die gespeicherte Grenze von %(quarter)s in %(area)s") % words


def what_changes(page: AdjustmentPage) -> list[str]:
    """What the saved draft would change about the plan, in sentences."""
    said = []
    for outcome, text in (
        (Outcome.JOIN, _("Dazu kommen: %s.")),
        (Outcome.QUARTER, _("Aktionsquartier werden: %s.")),
        (Outcome.LEAVE, _("Es scheiden aus: %s.")),
    ):
        names = [_named(area.line) for area in page.areas if area.line.outcome == outcome]
        if names:
            said.append(text % listed(names, get_language()))
    return said


def _named(line: AdjustmentLine) -> str:
    if line.outcome == Outcome.QUARTER and line.quarter_name:
        return f"{line.quarter_name} ({line.area.name})"
    return line.area.name
