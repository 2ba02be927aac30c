"""The figures of areas that a reader put together, computed from public figures only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Max

from areas.models import Area, AreaLevel
from indicators.models import Dimension, Figure, Indicator
from indicators.periods import period_label
from indicators.selectors import PeriodName
from indicators.standing import current_editions, editions_at
from indicators.statistics.grouping import Grouped, Member, group_value
from indicators.statistics.ranking import publish_rounded
from indicators.uncertainty import tell_of_group

COLUMNS = ("value", "status", "numerator", "denominator", "joint_with")


class Told(NamedTuple):
    """What is used of a published figure; thousands of rows, so no models."""

    value: Decimal | None
    status: str
    numerator: Decimal | None
    denominator: Decimal | None
    joint_with: str


Table = Mapping[tuple[int, str, str], Told]  # by indicator, code of the period, code of the area


@dataclass(frozen=True)
class GroupRow:
    """One indicator of the group. `figure` is unsaved and made for the group: value, status, interval, distance."""

    indicator: Indicator
    period: PeriodName
    figure: Figure
    city: Figure | None
    found: Grouped

    @property
    def is_count(self) -> bool:
        """Whether the value adds up, so that the city's says nothing beside it."""
        return self.indicator.is_count


@dataclass(frozen=True)
class GroupRows:
    """Rows that stand under one theme."""

    dimension: Dimension
    rows: list[GroupRow]


def group_rows(level: AreaLevel, areas: Sequence[Area], moment=None) -> list[GroupRows]:
    """Every indicator of the level in the newest period that has values on it. 5 queries, whatever the group.

    With a moment: from the figures that were public then.
    """
    editions = current_editions() if moment is None else editions_at(moment)
    public = Figure.objects.filter(edition__in=editions.values())
    latest = _latest(public, level)
    table = _told(public.filter(area__in=areas, period__code__in=set(latest.values())))
    of_city = _of_city(public.filter(period__code__in=set(latest.values())))
    indicators = Indicator.objects.for_lists().filter(pk__in=latest, levels=level).select_related("weight")
    groups: dict[int, list[GroupRow]] = defaultdict(list)
    dimensions = {}
    for indicator in indicators:
        period = latest[indicator.pk]
        row = _row(indicator, period, [area.code for area in areas], table, of_city.get((indicator.pk, period)))
        groups[indicator.dimension_id].append(row)
        dimensions[indicator.dimension_id] = indicator.dimension
    ordered = sorted(dimensions.values(), key=lambda dimension: dimension.order)
    return [GroupRows(dimension, groups[dimension.pk]) for dimension in ordered]


def _latest(public, level: AreaLevel) -> dict[int, str]:
    known = public.filter(area__level=level, value__isnull=False).order_by()
    return dict(known.values_list("edition__indicator_id").annotate(Max("period__code")))


def _told(figures) -> Table:
    rows = figures.values_list("edition__indicator_id", "period__code", "area__code", *COLUMNS)
    return {row[:3]: Told(*row[3:]) for row in rows.iterator(chunk_size=5000)}


def _of_city(figures) -> dict[tuple[int, str], Figure]:
    rows = figures.filter(area__level__rank=0).select_related("edition", "period")
    return {(f.edition.indicator_id, f.period.code): f for f in rows.defer("classes", "edition__breaks")}


def _row(indicator: Indicator, period: str, codes: list[str], table: Table, city: Figure | None) -> GroupRow:
    members = [_member(indicator, code, table, period) for code in codes]
    rule = "sum" if indicator.is_count else indicator.aggregation  # also counts that a formula gives
    found = group_value(members, rule=rule, factor=indicator.factor)
    value = publish_rounded(found.value, indicator.decimals)
    figure = Figure(
        value=value,
        status=found.status,
        numerator=found.numerator,
        denominator=found.denominator,
        coverage=found.coverage,
    )
    if value is not None and city is not None and city.value is not None and not indicator.is_count:
        figure.city_difference = value - city.value
    tell_of_group(indicator, figure, city)
    return GroupRow(indicator, PeriodName(period, period_label(period, indicator.reference)), figure, city, found)


def _member(indicator: Indicator, code: str, table: Table, period: str) -> Member:
    figure = table.get((indicator.pk, period, code))
    if figure is None:
        return Member(code, None, "missing")
    weight = table.get((indicator.weight_id, period, code)) if indicator.weight_id else None
    counts = (figure.numerator, figure.denominator) if _counts_are_public(figure, indicator) else (None, None)
    return Member(code, figure.value, figure.status, weight.value if weight else None, *counts, figure.joint_with)


def _counts_are_public(figure: Told, indicator: Indicator) -> bool:
    """The rule by which the page on the origin of a figure shows its counts."""
    return figure.value is not None and figure.numerator is not None and figure.numerator >= indicator.min_cases
