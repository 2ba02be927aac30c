"""An indicator's areas in order, compared with the city and with an earlier period."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from areas.models import AreaLevel
from areas.recutting import recut_since
from atlas import numbers
from atlas.asked import one_of
from atlas.links import area_path, provenance_path, ranking_path
from atlas.recut import extent_words
from atlas.selectors.summaries import is_estimated, summary
from atlas.stand import Stand, stand_for
from atlas.stand_notice import StandNotice, notice_of_edition
from indicators.models import Figure, Indicator, IndicatorEdition, SeriesBreak
from indicators.selectors import FigureTable, PeriodName, figure_table
from indicators.statuses import SECRET, SIGN_MEANINGS, SIGNS, Status

HIGHEST, LOWEST = "hoechste", "niedrigste"
WORTH_COMPARING = 0.5  # share of areas with a value from which an earlier period is compared with


@dataclass(frozen=True)
class RankedRow:
    """One line: an area, or the city among them."""

    name: str
    code: str
    rank: int | None
    value: Decimal | None
    cell: str
    bar: str
    difference: str = ""
    change: str = ""
    remark: str = ""
    url: str = ""
    origin: str = ""  # address that says where the number comes from
    is_city: bool = False
    figure: Figure | None = None
    is_shaky: bool = False
    change_is_shaky: bool = False


@dataclass(frozen=True)
class Ranking:
    """The ranking page.

    `without` are areas whose value is not known, `secret` those whose value is not told, `broken` is the break that
    forbids a comparison.
    """

    indicator: Indicator
    level: AreaLevel
    levels: list[AreaLevel]
    period: PeriodName
    periods: list[PeriodName]
    order: str
    rows: list[RankedRow]
    without: list[RankedRow]
    secret: list[RankedRow]
    text: str
    earlier: PeriodName | None
    broken: SeriesBreak | None
    release: str
    has_estimates: bool
    stand: str
    notice: StandNotice

    @property
    def has_intervals(self) -> bool:
        """Whether any value has an interval."""
        return any(row.figure.lower is not None for row in self.rows)

    @property
    def is_shaky(self) -> bool:
        """Whether any difference may be chance."""
        return any(row.is_shaky or row.change_is_shaky for row in self.rows)

    @property
    def signs(self) -> list[tuple[str, str]]:
        """Signs that stand for a number, with their meaning; brackets and J are explained beside them."""
        every = (*self.rows, *self.secret, *self.without)
        used = {SIGNS.get(Status(row.figure.status), "") for row in every} | {row.cell for row in every} & {"0"}
        return [(sign, meaning) for sign, meaning in SIGN_MEANINGS if sign in used]


class NothingToRank(Exception):
    """There are values for the whole city only."""


def ranking(indicator: Indicator, query) -> Ranking:
    """The ranking that an address asks for (`ebene`, `zeit`, `folge`, `stand`). 8 queries, 13 for an earlier state.

    Raises `atlas.asked.AskedWrongly` for a level, period or order that there is not, and `NothingToRank`.
    """
    stand, edition = stand_for(indicator, query.get("stand", ""))
    levels = ranked_levels(edition)
    if not levels:
        raise NothingToRank
    usual = next((level for level in levels if level.is_reporting), levels[-1])
    slug = one_of(query, "ebene", [level.slug for level in levels], default=usual.slug)
    order = one_of(query, "folge", [HIGHEST, LOWEST], default=HIGHEST)
    table = figure_table(edition, slug)
    code = one_of(query, "zeit", [p.code for p in table.periods], default=table.latest.code)
    broken, earlier = _earlier(table, code)
    recut = recut_since(slug, timezone.localdate())
    figures, city = list(table.figures[code].values()), table.city.get(code)
    said = {"stand": stand.asked, "recut": recut}
    silent = [_row(table, f, earlier, Decimal(0), **said) for f in figures if f.value is None]
    return Ranking(
        indicator=indicator,
        level=_named(levels, slug),
        levels=levels,
        period=next(p for p in table.periods if p.code == code),
        periods=table.periods,
        order=order,
        rows=_rows(table, figures, city, earlier, order, **said),
        without=[row for row in silent if row.figure.status not in SECRET],
        secret=[row for row in silent if row.figure.status in SECRET],
        text=summary(indicator, _named(levels, slug), figures, city),
        earlier=earlier,
        broken=broken,
        release=edition.release.label,
        has_estimates=is_estimated(figures),
        stand=stand.asked,
        notice=_notice(stand, edition, slug, code, order),
    )


def _notice(stand: Stand, edition: IndicatorEdition, level: str, period: str, order: str) -> StandNotice:
    newest = ranking_path(edition.indicator.slug, level=level, period=period, order=order)
    which = {"area__level__slug": level, "period__code": period}
    return notice_of_edition(stand, edition, newest=newest, **which)


def ranked_levels(edition: IndicatorEdition) -> list[AreaLevel]:
    """Levels with several areas for which an edition has values. 1 query."""
    return [level for level in AreaLevel.objects.order_by("rank") if level.rank and level.slug in edition.breaks]


def _named(levels: list[AreaLevel], slug: str) -> AreaLevel:
    return next(level for level in levels if level.slug == slug)


def _earlier(table: FigureTable, code: str) -> tuple[SeriesBreak | None, PeriodName | None]:
    """The newest earlier period with values for enough areas, unless a break in the series lies between."""
    nearest = table.earlier_than(code)
    earlier = next((p for p in table.periods if p.code == nearest), None)
    if earlier and _share(table, earlier.code) >= WORTH_COMPARING:
        return None, earlier
    return next((g for g in table.breaks if table.periods[0].code < g.period.code <= code), None), None


def _share(table: FigureTable, code: str) -> float:
    figures = table.figures[code].values()
    return sum(f.value is not None for f in figures) / len(figures)


def _rows(table, figures: list[Figure], city: Figure | None, earlier, order: str, **said) -> list[RankedRow]:
    known = [f for f in figures if f.value is not None]
    if city is not None and city.value is not None and _city_is_comparable(table.indicator):
        known.append(city)
    longest = max((abs(f.value) for f in known), default=Decimal(0))
    sign = -1 if order == HIGHEST else 1
    known.sort(key=lambda f: (sign * f.value, f is city, f.area.code))
    return [_row(table, f, earlier, longest, is_city=f is city, **said) for f in known]


def _city_is_comparable(indicator: Indicator) -> bool:
    """Of counts the city has the sum, which is no value among those of its areas."""
    return not indicator.is_count


def _row(
    table, figure: Figure, earlier: PeriodName | None, longest: Decimal, *, stand: str, recut, is_city: bool = False
) -> RankedRow:
    decimals, language = table.indicator.decimals, get_language()
    change = _change(table, figure, earlier, is_city=is_city) if earlier else None
    difference = None if is_city else figure.city_difference
    level = figure.area.level.slug if is_city else table.level
    return RankedRow(
        name=_("%s insgesamt") % figure.area.name if is_city else figure.area.name,
        code=figure.area.code,
        rank=figure.rank,
        value=figure.value,
        cell=numbers.cell(figure.value, figure.status, decimals, language),
        bar=f"{abs(figure.value) / longest * 100:.1f}%" if figure.value is not None and longest else "0%",
        difference="" if difference is None else numbers.format_signed(difference, decimals, language),
        change="" if change is None else numbers.format_signed(change, decimals, language),
        remark=", ".join(text for text in (_joint(table, figure), extent_words(figure, recut)) if text),
        url=area_path(table.level, figure.area.code),
        origin=provenance_path(table.indicator.slug, level, figure.area.code, figure.period.code, stand=stand),
        is_city=is_city,
        figure=figure,
        is_shaky=figure.is_shaky,
        change_is_shaky=change is not None and figure.is_shaky_since(earlier.code),
    )


def _change(table: FigureTable, figure: Figure, earlier: PeriodName, *, is_city: bool) -> Decimal | None:
    if not is_city:
        return table.change(figure.area.code, earlier.code, figure.period.code)
    return table.city_change(earlier.code, figure.period.code)


def _joint(table: FigureTable, figure: Figure) -> str:
    """With which areas a joint value was published; "" for values of one area."""
    of_period = table.figures.get(figure.period.code, {})
    partners = [code for code in figure.joint_with.split("+") if code and code != figure.area.code]
    names = [of_period[code].area.name if code in of_period else code for code in partners]
    return _("gemeinsamer Wert mit %s") % ", ".join(names) if names else ""
