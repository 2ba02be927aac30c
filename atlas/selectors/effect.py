"""How the areas of the action plan developed: beside the city, and beside similar areas that were never in the plan."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean, pstdev

from actionplan.effect import Comparison, Place, compared
from actionplan.models import ActionArea
from areas.models import Area, AreaLevel
from indicators.models import Figure, Indicator, Period
from indicators.series_breaks import breaks_by_indicator
from indicators.statistics.comparability import is_comparable

Table = Mapping[str, Mapping[str, Figure]]  # figures by period and area code
CITY = ""  # under this key the tables keep the figure of the whole city


@dataclass(frozen=True)
class Development:
    """One area of the plan between two periods, in units of the indicator.

    `beside` compares it with similar areas that were never in the plan; None where nothing is known from before it
    joined, or where figures are missing. `like_before` is the mean of the similar areas in the earlier period;
    `months_before` how many whole months of the time between the periods lie before it joined. `like_is_far`: its own
    value was further from that mean than the standard deviation among all areas outside. `left`: first day on which it
    was no longer in the plan.
    """

    area: Area
    joined: datetime.date
    before: Figure | None
    after: Figure | None
    change: Decimal | None
    beside: Comparison | None
    like: Sequence[Area] = ()
    like_before: float | None = None
    months_before: int = 0
    like_is_far: bool = False
    left: datetime.date | None = None


@dataclass(frozen=True)
class EffectPage:
    """What the page says about one indicator; `nearer` and `further` count areas by their distance to the city.

    `left` are areas that are no longer in the plan as a whole; they are not counted.
    """

    indicator: Indicator
    earlier: Period
    later: Period
    city_change: Decimal | None
    city_before: Figure | None
    city_after: Figure | None
    developments: Sequence[Development]
    outside: int
    nearer: int
    further: int
    left: Sequence[Development] = ()

    @property
    def matched(self) -> list[Development]:
        """Areas that can be compared with similar ones."""
        return [one for one in self.developments if one.beside]

    @property
    def others(self) -> list[Development]:
        """Areas of which nothing is known from before they joined."""
        return [one for one in self.developments if not one.beside]

    @property
    def only_city(self) -> list[Development]:
        """Those, then areas that have left: beside both stands the city alone."""
        return [*self.others, *self.left]


def effect_page(
    indicator: Indicator, choices: Sequence[Indicator], *, on: datetime.date, moment: datetime.datetime | None = None
) -> EffectPage | None:
    """The development between the first and the newest period of an indicator; None where there are not two. 8 queries.

    With a moment: by figures that were public then (1 query more).

    A whole Sozialraum counts as in the plan while it is an Aktionsraum. Those that ever belonged to it, also with a
    quarter only, are no comparison for others.
    """
    level = AreaLevel.objects.get(is_reporting=True)
    periods = {period.code: period for period in Period.objects.all()}
    tables = _tables(choices, level, moment)
    own = tables.get(indicator.pk, {})
    # Periods before a break are no beginning for a comparison with the newest.
    gaps = breaks_by_indicator().get(indicator.pk, ())
    codes = sorted(code for code in own if all(gap.period.code <= code for gap in gaps))
    if len(codes) < 2:
        return None
    earlier, later = periods[codes[0]], periods[codes[-1]]
    members = list(ActionArea.objects.select_related("area").defer("geometry", "area__geometry").order_by("area__code"))
    areas = {a.code: a for a in Area.objects.in_force(on).filter(level=level).defer("geometry")}
    before = {pk: of.get(earlier.code, {}) for pk, of in tables.items()}
    known = _places(indicator, before, own, (earlier.code, later.code))
    outside = [known[code] for code in sorted(known.keys() - {m.area.code for m in members}) if code in areas]
    holding = [m for m in members if m.kind == ActionArea.Kind.ACTION_AREA and m.holds_on(on)]
    measured = _Measured(indicator, own, earlier, later, known, outside)
    developments = [_development(m, measured, areas) for m in holding]
    still = {m.area.code for m in holding}
    gone = [m for m in members if _has_left(m, on) and m.area.code not in still]
    city = _change(indicator, own, (earlier.code, later.code), CITY)
    steps = [_step(one) for one in developments]
    return EffectPage(
        indicator=indicator,
        earlier=earlier,
        later=later,
        city_change=city,
        city_before=own.get(earlier.code, {}).get(CITY),
        city_after=own.get(later.code, {}).get(CITY),
        developments=developments,
        outside=len(outside),
        nearer=sum(step is not None and step < 0 for step in steps),
        further=sum(step is not None and step > 0 for step in steps),
        left=[_development(m, measured, areas) for m in gone],
    )


def _has_left(membership: ActionArea, on: datetime.date) -> bool:
    until = membership.valid.upper
    return membership.kind == ActionArea.Kind.ACTION_AREA and until is not None and until <= on


def _tables(choices: Sequence[Indicator], level: AreaLevel, moment: datetime.datetime | None) -> dict[int, Table]:
    found = Figure.objects.public_at(moment).filter(edition__indicator__in=choices, value__isnull=False)
    found = found.filter(area__level__in=[level, AreaLevel.objects.order_by("rank").first()])
    rows = found.select_related("area", "period", "edition").defer("area__geometry", "edition__breaks", "classes")
    tables: dict[int, dict[str, dict[str, Figure]]] = {}
    for figure in rows:
        code = figure.area.code if figure.area.level_id == level.pk else CITY
        tables.setdefault(figure.edition.indicator_id, {}).setdefault(figure.period.code, {})[code] = figure
    return tables


def _places(indicator: Indicator, before: Mapping[int, Mapping[str, Figure]], own: Table, ends) -> dict[str, Place]:
    """Areas with all figures before and a change that may be told."""
    codes = set.intersection(*(set(of) for of in before.values())) - {CITY} if before else set()
    found = {}
    for code in codes:
        change = _change(indicator, own, ends, code)
        if change is not None:
            found[code] = Place(code, {str(pk): float(of[code].value) for pk, of in before.items()}, float(change))
    return found


def _change(indicator: Indicator, own: Table, ends: tuple[str, str], code: str) -> Decimal | None:
    before, after = (own.get(end, {}).get(code) for end in ends)
    if not is_comparable(before, after, is_count=indicator.hides_estimated_change):
        return None
    return after.value - before.value


@dataclass(frozen=True)
class _Measured:
    """The figures of one indicator, and the places that can be compared; `outside` never belonged to the plan."""

    indicator: Indicator
    own: Table
    earlier: Period
    later: Period
    known: Mapping[str, Place]
    outside: Sequence[Place]


def _development(membership: ActionArea, measured: _Measured, areas: Mapping[str, Area]) -> Development:
    code, ends = membership.area.code, (measured.earlier.code, measured.later.code)
    early = measured.own[measured.earlier.code]
    joined_after = membership.valid.lower > measured.earlier.end
    beside = compared(measured.known[code], measured.outside) if joined_after and code in measured.known else None
    like_before = fmean(float(early[other].value) for other in beside.like) if beside else None
    return Development(
        area=membership.area,
        joined=membership.valid.lower,
        before=early.get(code),
        after=measured.own[measured.later.code].get(code),
        change=_change(measured.indicator, measured.own, ends, code),
        beside=beside,
        like=[areas[other] for other in beside.like] if beside else (),
        like_before=like_before,
        months_before=_months(measured.earlier.end, membership.valid.lower),
        like_is_far=like_before is not None and _is_far(float(early[code].value), like_before, measured),
        left=membership.valid.upper,
    )


def _is_far(own: float, like: float, measured: _Measured) -> bool:
    """Whether two starting values lie more than one standard deviation of the areas outside apart."""
    early = measured.own[measured.earlier.code]
    return abs(own - like) > pstdev(float(early[place.key].value) for place in measured.outside)


def _months(start: datetime.date, end: datetime.date) -> int:
    """Whole months from one day to a later one; 0 where it is not later."""
    months = (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
    return max(months, 0)


def _step(one: Development) -> Decimal | None:
    """How the distance to the city changed: negative is nearer."""
    if one.change is None or one.before.city_difference is None or one.after.city_difference is None:
        return None
    return abs(one.after.city_difference) - abs(one.before.city_difference)
