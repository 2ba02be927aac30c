"""What a release means for those who subscribed: new figures and corrected ones, by indicator and area."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from areas.models import Area, AreaLevel
from indicators.models import Correction, Figure, Indicator, IndicatorEdition, Release, Subscription
from indicators.standing import editions_at

MOST_FIGURES = 40  # indicators that a section of a mail names
PERIODS_NAMED = 3
MOST_CORRECTED = 10  # corrected figures that it names


@dataclass(frozen=True)
class NewFigures:
    """New periods of an indicator, and the newest figure where the news are about one area."""

    indicator: Indicator
    periods: str
    figure: Figure | None = None


@dataclass(frozen=True)
class Section:
    """What one subscription hears."""

    subscription: Subscription
    title: str
    figures: list[NewFigures]
    corrected: list[Correction]
    more_figures: int = 0
    more_corrected: int = 0


@dataclass
class ReleaseNews:
    """News of one release; what several subscriptions ask for is read once."""

    release: Release
    _areas: dict[tuple[int, str], list[Figure]] = field(default_factory=dict)
    _titles: dict[tuple, str] = field(default_factory=dict)

    def section(self, subscription: Subscription) -> Section | None:
        """What a subscription hears, None where the release brings nothing for it."""
        new = self._of_area(subscription) if subscription.area_code else self._of_release(subscription.indicator_id)
        corrected = [row for row in self._corrections if _is_about(row, subscription)]
        if not new and not corrected:
            return None
        return Section(
            subscription,
            title_of(subscription),
            new[:MOST_FIGURES],
            corrected[:MOST_CORRECTED],
            max(len(new) - MOST_FIGURES, 0),
            max(len(corrected) - MOST_CORRECTED, 0),
        )

    @cached_property
    def _before(self) -> dict[int, int]:
        return editions_at(self.release.published_at - datetime.timedelta(microseconds=1))

    @cached_property
    def _editions(self) -> list[IndicatorEdition]:
        found = self.release.editions.select_related("indicator").prefetch_related("periods").defer("breaks")
        return list(found.order_by("indicator__dimension__order", "indicator__order", "indicator__name"))

    @cached_property
    def _periods_before(self) -> dict[int, set[str]]:
        editions = IndicatorEdition.objects.filter(pk__in=self._before.values()).prefetch_related("periods")
        return {e.indicator_id: {p.code for p in e.periods.all()} for e in editions.defer("breaks")}

    @cached_property
    def _corrections(self) -> list[Correction]:
        rows = Correction.objects.filter(release=self.release).select_related("indicator", "area__level", "period")
        rows = rows.defer("area__geometry")
        return list(rows.order_by("indicator__order", "area__level__rank", "area__code", "period__code"))

    def _of_release(self, indicator: int | None) -> list[NewFigures]:
        """Indicators with the periods that were not public before; corrected ones without new periods are left out."""
        corrected = {row.indicator_id for row in self._corrections}
        found = []
        for edition in self._editions:
            if indicator not in (None, edition.indicator_id):
                continue
            known = self._periods_before.get(edition.indicator_id, set())
            periods = sorted({p.code for p in edition.periods.all()} - known)
            if periods or edition.indicator_id not in corrected:
                found.append(NewFigures(edition.indicator, periods_text(periods)))
        return found

    def _of_area(self, subscription: Subscription) -> list[NewFigures]:
        by_indicator: dict[int, list[Figure]] = defaultdict(list)
        for figure in self._changed(subscription.level_id, subscription.area_code):
            if subscription.indicator_id in (None, figure.edition.indicator_id):
                by_indicator[figure.edition.indicator_id].append(figure)
        return [
            NewFigures(figures[-1].edition.indicator, periods_text([f.period.code for f in figures]), figures[-1])
            for figures in by_indicator.values()
        ]

    def _changed(self, level: int, code: str) -> list[Figure]:
        """The area's figures that are new or other than before, without those that were corrected."""
        key = (level, code)
        if key not in self._areas:
            here = Figure.objects.filter(area__level=level, area__code=code)
            columns = ("edition__indicator_id", "period_id", "value", "status")
            before = set(here.filter(edition__in=self._before.values()).values_list(*columns))
            named = {(row.indicator_id, row.period_id) for row in self._corrections if _is_in(row, level, code)}
            rows = here.filter(edition__release=self.release).select_related("edition__indicator", "period")
            rows = rows.defer("edition__breaks", "classes")
            rows = rows.order_by("edition__indicator__dimension__order", "edition__indicator__order", "period__start")
            self._areas[key] = [
                row
                for row in rows
                if (row.edition.indicator_id, row.period_id, row.value, row.status) not in before
                and (row.edition.indicator_id, row.period_id) not in named
            ]
        return self._areas[key]


def periods_text(codes: list[str]) -> str:
    """Periods in words: each by its code, many by the first and the last."""
    if len(codes) <= PERIODS_NAMED:
        return ", ".join(codes)
    return _("%(first)s bis %(last)s") % {"first": codes[0], "last": codes[-1]}


def _is_in(row: Correction, level: int, code: str) -> bool:
    return row.area.level_id == level and row.area.code == code


def _is_about(row: Correction, subscription: Subscription) -> bool:
    if subscription.indicator_id not in (None, row.indicator_id):
        return False
    return not subscription.area_code or _is_in(row, subscription.level_id, subscription.area_code)


def title_of(subscription: Subscription) -> str:
    """What a subscription is about, in the language that is active. At most 2 queries."""
    indicator = subscription.indicator.label if subscription.indicator else ""
    area = area_title(subscription.level, subscription.area_code) if subscription.level else ""
    if indicator and area:
        return _("%(indicator)s: %(area)s") % {"indicator": indicator, "area": area}
    return indicator or area or _("alle Veröffentlichungen")


def area_title(level: AreaLevel, code: str) -> str:
    """An area with its level and code; the code alone where it is no longer in force. 1 query."""
    area = Area.objects.in_force().filter(level=level, code=code).defer("geometry").first()
    words = {"name": area.name if area else "", "level": level.label, "code": code}
    if level.rank == 0:
        return words["name"] or level.label
    return (_("%(name)s (%(level)s %(code)s)") % words).strip()
