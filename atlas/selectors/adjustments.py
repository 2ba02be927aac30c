"""Adjustments of the plan in words: rule, figures of the time and reasons, area by area."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from actionplan.models import Adjustment, AdjustmentCriterion, AdjustmentFigure, AdjustmentLine
from actionplan.selectors.adjustments import AdjustmentDetail, adjustment_detail, grounds_of
from areas.models import Area, AreaLevel
from atlas import numbers
from atlas.selectors.results import figure_cell
from atlas.selectors.screening import Condition, Reason, condition_words, in_units

Outcome, Proposed, Before = AdjustmentLine.Outcome, AdjustmentLine.Proposed, AdjustmentLine.Before
_MET = {True: _lazy("erfüllt"), False: _lazy("nicht erfüllt"), None: _lazy("nicht beurteilbar")}


@dataclass(frozen=True)
class AdjustedArea:
    """One area with the figures of the time: a cell for each condition, and the same in words with label and unit."""

    line: AdjustmentLine
    cells: tuple[Reason, ...]
    told: tuple[str, ...]


@dataclass(frozen=True)
class AdjustedGroup:
    """Areas with the same outcome; `is_quiet` for those for which nothing changes."""

    word: str
    title: str
    areas: list[AdjustedArea]
    is_quiet: bool = False


@dataclass(frozen=True)
class AdjustmentPage:
    """One adjustment with conditions in words and its areas by outcome."""

    adjustment: Adjustment
    conditions: list[Condition]
    groups: list[AdjustedGroup]

    @property
    def has_estimates(self) -> bool:
        """Whether a figure of the time is an estimate, so that it may differ from what a reason says."""
        return any(figure.status == "estimated" for area in self.areas for figure in area.line.figures.all())

    @property
    def areas(self) -> list[AdjustedArea]:
        """All areas, in the order of the groups."""
        return [area for group in self.groups for area in group.areas]


@dataclass(frozen=True)
class Ground:
    """What a decision said about one area: the line, the conditions with figures of the time."""

    line: AdjustmentLine
    adjustment: Adjustment
    figures: list[tuple[Condition, str]]


def adjustment_page(found: QuerySet[Adjustment]) -> AdjustmentPage:
    """The one adjustment of a queryset. 4 queries. Raises `Adjustment.DoesNotExist`."""
    detail = adjustment_detail(found)
    level = detail.adjustment.level
    conditions = [condition_of(criterion, level) for criterion in detail.criteria]
    return AdjustmentPage(detail.adjustment, conditions, list(_groups(detail)))


def _groups(detail: AdjustmentDetail) -> Iterable[AdjustedGroup]:
    titles = (
        ("joins", _("Kommt dazu"), [Outcome.JOIN], False),
        ("quarter", _("Nur noch oder neu ein Teil: Aktionsquartier"), [Outcome.QUARTER], False),
        ("leaves", _("Scheidet aus"), [Outcome.LEAVE], False),
        ("stays", _("Bleibt dabei"), [Outcome.STAY], True),
        ("others", _("Bleibt außerhalb"), [Outcome.OUTSIDE], True),
    )
    for word, title, outcomes, is_quiet in titles:
        lines = sorted(detail.having(*outcomes), key=_worst_first(detail.criteria))
        if lines:
            yield AdjustedGroup(
                word, title, [AdjustedArea(line, cells_of(line), told_of(line)) for line in lines], is_quiet
            )


def by_proposal(page: AdjustmentPage) -> list[AdjustedGroup]:
    """The same areas by what the rule proposes, in the order in which a planner decides about them."""
    titles = (
        ("joins", _("Unter dem Durchschnitt, bisher nicht im Plan"), Proposed.STANDS_OUT, {Before.OUTSIDE}, False),
        ("leaves", _("Unauffällig, bisher Aktionsraum"), Proposed.INCONSPICUOUS, {Before.AREA}, False),
        ("quarters", _("Bisher Aktionsquartier"), None, {Before.QUARTER}, False),
        ("open", _("Nicht beurteilbar"), Proposed.UNKNOWN, {Before.OUTSIDE, Before.AREA}, False),
        ("stays", _("Unter dem Durchschnitt und Aktionsraum"), Proposed.STANDS_OUT, {Before.AREA}, True),
        ("others", _("Unauffällig und nicht im Plan"), Proposed.INCONSPICUOUS, {Before.OUTSIDE}, True),
    )
    groups = []
    for word, title, proposed, before, is_quiet in titles:
        areas = [a for a in page.areas if a.line.before in before and (proposed is None or a.line.proposed == proposed)]
        if areas:
            groups.append(AdjustedGroup(word, title, areas, is_quiet))
    return groups


def _worst_first(criteria: Sequence[AdjustmentCriterion]):
    sign = -1 if criteria and criteria[0].side == AdjustmentCriterion.Side.ABOVE else 1

    def place(line: AdjustmentLine) -> tuple:
        figures = line.figures.all()
        value = figures[0].value if figures else None
        return value is None, sign * (value or 0), line.area.code

    return place


def condition_of(criterion: AdjustmentCriterion, level: AreaLevel) -> Condition:
    """A stored condition in words, with the city's value and the limit of the time."""
    indicator = criterion.indicator
    return Condition(
        label=indicator.label,
        words=condition_words(_as_rule(criterion), indicator, level),
        city=in_units(_text(criterion.city), indicator),
        limit=in_units(_text(criterion.limit), indicator),
        tied="",
        unit=indicator.unit_label,
    )


def _as_rule(criterion: AdjustmentCriterion) -> Mapping[str, str]:
    threshold = _text(criterion.threshold)
    return {"comparison": criterion.comparison, "side": criterion.side, "threshold": threshold}


def _text(number: Decimal | None) -> str | None:
    return None if number is None else f"{number.normalize():f}"


def cells_of(line: AdjustmentLine) -> tuple[Reason, ...]:
    """The figures of a line as tables show them."""
    return tuple(
        Reason(figure_cell(figure.criterion.indicator, figure.value, figure.status), figure.met, str(_MET[figure.met]))
        for figure in line.figures.all()
    )


def told_of(line: AdjustmentLine) -> tuple[str, ...]:
    """The figures of a line in words, such as "Transferleistungsquote 2018: (21,1) %, erfüllt"."""
    period = line.adjustment.period
    return tuple(
        f"{figure.criterion.indicator.label} {period}: {_with_unit(figure)}, {_MET[figure.met]}"
        for figure in line.figures.all()
    )


def _with_unit(figure: AdjustmentFigure) -> str:
    indicator = figure.criterion.indicator
    cell = figure_cell(indicator, figure.value, figure.status)
    return cell if figure.value is None else numbers.with_unit(cell, indicator.unit_label)


def grounds(area: Area) -> list[Ground]:
    """Why an area is, was or is not in the plan: one entry for each decision that changed something for it.

    Oldest first. 3 queries.
    """
    found = []
    for line in grounds_of(area):
        if line.changes:
            conditions = [condition_of(figure.criterion, area.level) for figure in line.figures.all()]
            found.append(Ground(line, line.adjustment, list(zip(conditions, told_of(line), strict=True))))
    return found
