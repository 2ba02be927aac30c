"""Adjustments of the plan: drafts and decisions, each area with its reasons and the figures of the time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.gis.db.models.functions import Transform
from django.contrib.gis.geos import MultiPolygon
from django.db.models import Count, Prefetch, Q, QuerySet

from actionplan.models import Adjustment, AdjustmentCriterion, AdjustmentFigure, AdjustmentLine
from areas.models import Area, AreaPart
from areas.selectors import WGS84
from indicators.actions.analysing_screens import SCREENINGS
from indicators.models import Analysis

Outcome, Before, Proposed = AdjustmentLine.Outcome, AdjustmentLine.Before, AdjustmentLine.Proposed


@dataclass(frozen=True)
class AdjustmentDetail:
    """One adjustment with its conditions and lines; the figures of a line stand in the order of the conditions."""

    adjustment: Adjustment
    criteria: tuple[AdjustmentCriterion, ...]
    lines: tuple[AdjustmentLine, ...]

    def having(self, *outcomes: str) -> list[AdjustmentLine]:
        """Lines with one of these outcomes."""
        return [line for line in self.lines if line.outcome in outcomes]


@dataclass(frozen=True)
class SmallArea:
    """A smallest area that can be part of a quarter, and whether it stands out by the rule by itself."""

    code: str
    name: str
    stands_out: bool


def adjustments() -> list[Adjustment]:
    """All of them with the number of lines that change something, newest first. 1 query."""
    changing = ~Q(lines__outcome__in=[Outcome.STAY, Outcome.OUTSIDE])
    found = Adjustment.objects.select_related("paper", "release", "level")
    return list(found.annotate(changes=Count("lines", filter=changing)).order_by("-plan_day", "-pk"))


def results_to_adjust() -> QuerySet[Analysis]:
    """Stored results of rules for levels that can be action areas, of all public releases, the newest first."""
    found = Analysis.objects.filter(kind=SCREENINGS, level__is_reporting=True)
    found = found.filter(release__published_at__isnull=False, release__withdrawn_at__isnull=True)
    return found.select_related("release", "level", "period").order_by("-release__published_at", "-period__code", "key")


def decided() -> QuerySet[Adjustment]:
    """Adjustments that were decided, newest first."""
    return Adjustment.objects.filter(state=Adjustment.State.DECIDED).order_by("-day")


def adjustment_detail(found: QuerySet[Adjustment]) -> AdjustmentDetail:
    """The one adjustment of a queryset. 4 queries. Raises `Adjustment.DoesNotExist`."""
    adjustment = found.select_related("paper", "release", "level", "source").get()
    criteria = adjustment.criteria.select_related("indicator__source").order_by("order")
    return AdjustmentDetail(adjustment, tuple(criteria), tuple(_lines(adjustment.lines.all())))


def grounds_of(area: Area) -> list[AdjustmentLine]:
    """What was decided about an area, oldest first, with the adjustment behind it and the figures. 3 queries."""
    found = AdjustmentLine.objects.filter(area__code=area.code, area__level=area.level)
    found = found.filter(adjustment__state=Adjustment.State.DECIDED)
    return list(_lines(found.select_related("adjustment__paper")).order_by("adjustment__day"))


def _lines(found: QuerySet[AdjustmentLine]) -> QuerySet[AdjustmentLine]:
    figures = AdjustmentFigure.objects.select_related("criterion__indicator").order_by("criterion__order")
    found = found.select_related("area__level", "adjustment").defer("area__geometry", "quarter_geometry")
    return found.prefetch_related(Prefetch("figures", figures)).order_by("area__code")


def quarter_boundaries(adjustment: Adjustment) -> dict[int, MultiPolygon]:
    """Saved boundaries of quarters in degrees (WGS 84), by key of their line. 1 query."""
    found = adjustment.lines.filter(quarter_geometry__isnull=False).annotate(wgs84=Transform("quarter_geometry", WGS84))
    return dict(found.values_list("pk", "wgs84"))


def small_areas_of(adjustment: Adjustment, lines: Iterable[AdjustmentLine]) -> dict[int, Sequence[SmallArea]]:
    """Smallest areas inside the areas of these lines, by key of the area. 2 queries."""
    outstanding = _outstanding(adjustment)
    found: dict[int, list[SmallArea]] = {}
    links = AreaPart.objects.filter(whole__in=[line.area_id for line in lines], part__level__is_smallest=True)
    for whole, code, name in links.order_by("part__code").values_list("whole_id", "part__code", "part__name"):
        found.setdefault(whole, []).append(SmallArea(code, name, code in outstanding))
    return found


def _outstanding(adjustment: Adjustment) -> set[str]:
    key = f"{adjustment.rule_slug}/{adjustment.period}"
    stored = Analysis.objects.filter(release=adjustment.release_id, kind=SCREENINGS, key=key).first()
    below = stored.content["below"] if stored else []
    return {row["code"] for row in below if row["verdict"] == Proposed.STANDS_OUT}
