"""Computing the figures of a release from values: combined, rounded, ranked, classed. Nothing becomes public here."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from areas.models import Source
from indicators.cells import OfIndicator, combined_cells, concerned_by
from indicators.derived import derived_cells
from indicators.files import store_figure_files
from indicators.grounds import Grounds, grounds_seen
from indicators.index_definitions import definitions
from indicators.indexing import IndexOutcome, index_outcomes
from indicators.models import Figure, Indicator, IndicatorEdition, Period, Release, SeriesBreak
from indicators.protecting import protected_cells
from indicators.series_breaks import breaks_by_indicator
from indicators.statistics.breaks import breaks_of_levels
from indicators.statistics.classes import ClassLimits
from indicators.statistics.comparability import is_comparable
from indicators.statistics.ranking import publish_rounded, rank_descending
from indicators.uncertainty import tell_uncertainty

from .analysing import compute_analyses
from .keeping_indices import keep_index

CITY = "stadt"  # slug of the level that is the whole city


def compute_editions(release: Release) -> list[IndicatorEdition]:
    """Store an edition with figures, class breaks and files for every indicator that the release concerns.

    Then everything that is computed from these figures as they are published.
    """
    concerned = concerned_by(release)
    grounds = grounds_seen(release)
    cells = combined_cells(release, concerned, grounds)
    protected = protected_cells(release, concerned, cells, grounds)
    cells = derived_cells(protected.cells, concerned, grounds)
    indices = index_outcomes(definitions(i.pk for i in concerned.shown), cells, grounds.today.division)
    cells |= {pk: outcome.cells for pk, outcome in indices.items()}
    shown = [i for i in concerned.shown if cells[i.pk] or not (i.is_computed or i.pk in indices)]
    gaps = breaks_by_indicator()
    editions = [
        _edition(
            *(release, i, cells[i.pk], indices.get(i.pk)),
            grounds=grounds,
            gaps=gaps.get(i.pk, ()),
            base=protected.rounded.get(i.pk),
        )
        for i in shown
    ]
    compute_analyses(release)
    return editions


def _edition(
    release: Release,
    indicator: Indicator,
    computed: OfIndicator,
    index: IndexOutcome | None = None,
    *,
    grounds: Grounds,
    gaps: Sequence[SeriesBreak],
    base: int | None = None,
) -> IndicatorEdition:
    figures = _figures(indicator, computed)
    for figure in figures:
        # A composite index is always computed in the division of today, whatever its inputs stand for.
        place = None if index else grounds.area(indicator.pk, figure.period_code, figure.key)
        figure.area_id = place or grounds.today.areas[figure.key]
    tell_uncertainty(indicator, figures, city=CITY)
    breaks = _breaks(indicator, figures, [gap.period.code for gap in gaps])
    edition = IndicatorEdition.objects.create(release=release, indicator=indicator, breaks=breaks, rounding_base=base)
    periods = {p.code: p for p in Period.objects.filter(code__in=computed)}
    edition.periods.set(periods.values())
    _save(edition, figures, breaks, periods)
    if index is not None:
        keep_index(edition=edition, outcome=index)
    edition.files.set(store_figure_files(edition=edition))
    return edition


def _figures(indicator: Indicator, computed: OfIndicator) -> list[Figure]:
    """Unsaved figures with rounded values, ranks and distances; `area` and `period` are still keys."""
    figures = []
    for period, by_key in computed.items():
        city = _city_value(indicator, by_key)
        for level in {key[0] for key in by_key}:
            of_level = {k: c for k, c in by_key.items() if k[0] == level}
            rounded = {k: publish_rounded(c.value, indicator.decimals) for k, c in of_level.items()}
            ranks = rank_descending({k: v for k, v in rounded.items() if v is not None}) if level != CITY else {}
            figures += [
                _figure(key, period, c, value=rounded[key], city=city, ranks=ranks) for key, c in of_level.items()
            ]
    return figures


def _figure(key, period, cell, *, value: Decimal | None, city: Decimal | None, ranks: dict) -> Figure:
    figure = Figure(
        value=value,
        status=cell.status,
        numerator=cell.numerator,
        denominator=cell.denominator,
        joint_with=cell.joint_with,
        coverage=cell.coverage,
        rank=ranks.get(key),
        rank_of=len(ranks) if key in ranks else None,
        city_difference=None if value is None or city is None else value - city,
    )
    figure.key, figure.period_code, figure.source_slug = key, period, cell.source
    return figure


def _city_value(indicator: Indicator, by_key: dict) -> Decimal | None:
    """The published value of the whole city, except for counts, where a difference says nothing."""
    if indicator.is_count:
        return None
    city = [cell for (level, _code), cell in by_key.items() if level == CITY]
    return publish_rounded(city[0].value, indicator.decimals) if city else None


def _breaks(indicator: Indicator, figures: Sequence[Figure], gaps: Sequence[str]) -> dict:
    by_level: dict[str, dict] = defaultdict(lambda: defaultdict(dict))
    known = {}
    for figure in figures:
        level, code = figure.key
        known[level, code, figure.period_code] = figure
        if figure.value is not None:
            by_level[level][figure.period_code][code] = float(figure.value)

    def comparable(level: str, code: str, earlier: str, later: str) -> bool:
        before, after = known.get((level, code, earlier)), known.get((level, code, later))
        return is_comparable(before, after, is_count=indicator.hides_estimated_change)

    return breaks_of_levels(
        by_level,
        decimals=indicator.decimals,
        author=[float(limit) for limit in indicator.author_breaks],
        comparable=comparable,
        series_breaks=gaps,
    )


def _save(edition: IndicatorEdition, figures: Sequence[Figure], breaks: dict, periods: dict) -> None:
    sources = {s.slug: s for s in Source.objects.all()}
    count = str(edition.indicator.default_classes)
    for figure in figures:
        figure.edition, figure.period = edition, periods[figure.period_code]
        figure.source = sources.get(figure.source_slug)
        if figure.value is not None:
            methods = breaks[figure.key[0]]["methods"]
            figure.classes = {
                method: ClassLimits(tuple(sets.get(count) or sets.get("own") or ())).class_of(float(figure.value))
                for method, sets in methods.items()
            }
    Figure.objects.bulk_create(figures, batch_size=2000)
