"""Releases for readers: what comes, what was published, what was corrected. Of what comes: title and hour alone."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber

from areas.models import Area
from atlas.selectors.indicators import periods_text
from atlas.stand_notice import figure_text
from indicators.models import Correction, Figure, Indicator, IndicatorEdition, Release, Value
from indicators.periods import period_label

PER_PAGE = 20  # releases in the history
FEW = 3  # corrected figures that stand in the overview for each correction
MOST = 300  # corrected figures on the page of a release; the table to take away has all


@dataclass(frozen=True)
class Coming:
    """A release that is scheduled. Nothing but this is known about it in public."""

    pk: int
    title: str
    at: datetime.datetime


@dataclass(frozen=True)
class Changed:
    """One corrected figure in words."""

    indicator: Indicator
    area: Area
    period: str
    before: str
    after: str


@dataclass
class Entry:
    """One release in the history."""

    release: Release
    indicators: int = 0
    figures: int = 0
    corrected: int = 0
    changed: list[Changed] = field(default_factory=list)

    @property
    def is_withdrawn(self) -> bool:
        """Whether its figures are no longer shown."""
        return self.release.withdrawn_at is not None

    @property
    def is_correction(self) -> bool:
        """Whether it was made to correct figures."""
        return self.release.kind == Release.Kind.CORRECTION

    @property
    def more(self) -> int:
        """Corrected figures that are not in `changed`."""
        return self.corrected - len(self.changed)


@dataclass(frozen=True)
class ReleasesPage:
    """Everything on the page."""

    coming: list[Coming]
    page: Page
    entries: list[Entry]

    @property
    def corrections(self) -> list[Entry]:
        """Those that corrected figures; what was withdrawn stands in the history alone."""
        return [e for e in self.entries if (e.is_correction or e.corrected) and not e.is_withdrawn]


@dataclass(frozen=True)
class EditionNews:
    """What a release says about one indicator: its periods, those that are new, and how many figures."""

    indicator: Indicator
    periods: str
    new_periods: str
    is_first: bool
    figures: int
    corrected: int


@dataclass(frozen=True)
class ReleaseDetail:
    """One release; `changed` are at most `MOST` corrected figures in the order of indicators and areas."""

    entry: Entry
    editions: list[EditionNews]
    changed: list[Changed]
    corrected_by: list[Release]
    newer: Release | None
    older: Release | None


def releases_page(number: str) -> ReleasesPage:
    """One page of the history, newest first, with what comes. 7 queries."""
    paginator = Paginator(Release.objects.filter(published_at__isnull=False).select_related("corrects"), PER_PAGE)
    page = paginator.get_page(number)
    return ReleasesPage(coming_releases(), page, entries_of(page.object_list))


def coming_releases() -> list[Coming]:
    """Scheduled releases, the next one first. 1 query."""
    found = Release.objects.filter(status=Release.State.SCHEDULED, publish_at__isnull=False).order_by("publish_at")
    return [Coming(release.pk, release.label, release.publish_at) for release in found]


def entries_of(releases: Iterable[Release], *, few: int = FEW) -> list[Entry]:
    """Releases with their numbers and their first corrected figures. 4 queries, none for a withdrawn one's figures."""
    releases = list(releases)
    entries = {release.pk: Entry(release) for release in releases}
    shown = [release.pk for release in releases if release.withdrawn_at is None]
    for pk, count in _counted(IndicatorEdition.objects.filter(release__in=releases), "release"):
        entries[pk].indicators = count
    figures = Figure.objects.filter(edition__release__in=shown, value__isnull=False)
    for pk, count in _counted(figures, "edition__release"):
        entries[pk].figures = count
    for pk, count in _counted(Correction.objects.filter(release__in=shown), "release"):
        entries[pk].corrected = count
    for row in _first_of_each(Correction.objects.filter(release__in=shown), few):
        entries[row.release_id].changed.append(_changed(row))
    return list(entries.values())


def release_detail(slug: str) -> ReleaseDetail:
    """One release that is or was public. At most 14 queries. Raises `Release.DoesNotExist`."""
    public = Release.objects.filter(published_at__isnull=False)
    release = public.select_related("corrects").get(slug=slug)
    entry = entries_of([release], few=0)[0]
    others = Release.objects.published()
    return ReleaseDetail(
        entry=entry,
        editions=_editions(release),
        changed=[_changed(row) for row in corrected_figures(release)[:MOST]] if entry.corrected else [],
        corrected_by=list(others.filter(corrects=release).order_by("published_at")),
        newer=others.filter(published_at__gt=release.published_at).order_by("published_at").first(),
        older=others.filter(published_at__lt=release.published_at).order_by("-published_at").first(),
    )


def corrected_figures(release: Release) -> QuerySet[Correction]:
    """Every corrected figure of a release by indicator, level, area and period; none of a withdrawn one."""
    rows = Correction.objects.filter(release=release, release__withdrawn_at__isnull=True)
    return _in_order(rows)


def _in_order(rows: QuerySet[Correction]) -> QuerySet[Correction]:
    """What was delivered anew first; then what changed only because it is computed from that."""
    joined = rows.select_related("indicator__dimension", "area__level", "period").defer("area__geometry")
    joined = joined.annotate(follows=_FOLLOWS)
    return joined.order_by("follows", "indicator__dimension__order", "indicator__order", *_BY_AREA)


_BY_AREA = ("area__level__rank", "area__code", "period__code")
_FOLLOWS = ~Exists(Value.objects.filter(release=OuterRef("release"), indicator=OuterRef("indicator")))


def _first_of_each(rows: QuerySet[Correction], few: int) -> Iterable[Correction]:
    if not few:
        return []
    order = [F("follows"), F("indicator__order"), *map(F, _BY_AREA)]
    rows = rows.annotate(follows=_FOLLOWS)
    numbered = rows.annotate(number=Window(RowNumber(), partition_by=[F("release")], order_by=order))
    return _in_order(numbered.filter(number__lte=few))


def _counted(rows: QuerySet, by: str) -> list[tuple[int, int]]:
    return list(rows.order_by().values_list(by).annotate(Count("pk")))


def _changed(row: Correction) -> Changed:
    indicator = row.indicator
    return Changed(
        indicator=indicator,
        area=row.area,
        period=period_label(row.period.code, indicator.reference),
        before=figure_text(indicator, row.old_value, row.old_status),
        after=figure_text(indicator, row.new_value, row.new_status),
    )


def _editions(release: Release) -> list[EditionNews]:
    editions = release.editions.select_related("indicator__dimension").prefetch_related("periods").defer("breaks")
    editions = list(editions.order_by("indicator__dimension__order", "indicator__order", "indicator__name"))
    before = _periods_before(release, [edition.indicator_id for edition in editions])
    figures = dict(_counted(Figure.objects.filter(edition__in=editions, value__isnull=False), "edition"))
    corrected = dict(_counted(Correction.objects.filter(release=release), "indicator"))
    return [
        EditionNews(
            indicator=edition.indicator,
            periods=periods_text(sorted(p.code for p in edition.periods.all())),
            new_periods=periods_text(
                sorted({p.code for p in edition.periods.all()} - before.get(edition.indicator_id, set()))
            ),
            is_first=edition.indicator_id not in before,
            figures=figures.get(edition.pk, 0),
            corrected=corrected.get(edition.indicator_id, 0),
        )
        for edition in editions
    ]


def _periods_before(release: Release, indicators: list[int]) -> dict[int, set[str]]:
    """Codes of the periods that were public just before; indicators without figures then are left out."""
    earlier = IndicatorEdition.objects.filter(
        indicator__in=indicators,
        release__published_at__lt=release.published_at,
        release__withdrawn_at__isnull=True,
    )
    newest = earlier.order_by("indicator_id", "-release__published_at", "-pk").distinct("indicator_id").defer("breaks")
    return {e.indicator_id: {period.code for period in e.periods.all()} for e in newest.prefetch_related("periods")}
