"""How unequal the city is: for every indicator with known people behind it, on each level and in each period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from areas.models import AreaLevel
from indicators.analyses import Told, figures_seen_with, tables_of
from indicators.models import Analysis, Indicator, Release
from indicators.statistics.inequality import Weighted, dissimilarity, gini, lorenz_curve, spread
from indicators.statuses import Status

KIND = "ungleichheit"
FEWEST = 20  # areas with a value; with fewer a share of 10 % is one or two areas
COVERAGE = 0.9  # of the people must live in areas with a value, or nothing is told about the city
DIGITS = 6
CURVE_DIGITS = 4


def inequalities(release: Release) -> Iterator[Analysis]:
    """One result `<indicator>/<level>` each, with all periods in `content["periods"]`.

    Per period: `areas` (with a value and people), `without` (codes), `estimated` (weights or values are), `weight`
    ("denominator", or slug of the indicator that weighs), `people`, `gini`, `lorenz` (points), `p10`, `p90`, `ratio`,
    `dissimilarity` (None where the indicator is no share of a group) and `counted` (numerators and denominators known).
    """
    own = Indicator.objects.filter(Q(editions__release=release) | Q(weight__editions__release=release)).distinct()
    indicators = [i for i in own.select_related("weight").order_by("slug") if not i.is_count]
    needed = {i.pk: i for i in indicators} | {i.weight.pk: i.weight for i in indicators if i.weight}
    levels = {level.slug: level for level in AreaLevel.objects.all()}
    tables = tables_of(figures_seen_with(release, needed.values()))
    for indicator in indicators:
        weights = tables.get(indicator.weight_id, {})
        for level, periods in tables.get(indicator.pk, {}).items():
            found = {p: _of_period(indicator, rows, weights.get(level, {}).get(p, ())) for p, rows in periods.items()}
            if found := {period: content for period, content in found.items() if content}:
                yield Analysis(
                    kind=KIND,
                    key=f"{indicator.slug}/{level}",
                    indicator=indicator,
                    level=levels[level],
                    inputs=sorted({indicator.slug, *([indicator.weight.slug] if indicator.weight else [])}),
                    content={"periods": found},
                )


@dataclass(frozen=True)
class _Area:
    """One area with value and people; `group` and `others` are known where the indicator is the share of a group."""

    value: float
    people: float
    group: float | None


def _of_period(indicator: Indicator, rows: Sequence[Told], weighing: Sequence[Told]) -> dict | None:
    figures, weights = {row.code: row for row in rows}, {row.code: row for row in weighing}
    with_value = {code: figure for code, figure in sorted(figures.items()) if figure.value is not None}
    counted = bool(with_value) and all(f.denominator is not None for f in with_value.values())
    people = _denominators(with_value) if counted else _weights(weights)
    known = {code: f for code, f in with_value.items() if people.get(code)}
    missing = sum(number for code, number in people.items() if code in figures and code not in known)
    total = sum(people[code] for code in known)
    share = len(known) / len(figures) if counted else total / (total + missing) if known else 0
    if len(known) < FEWEST or share < COVERAGE:
        return None
    areas = [_area(indicator, known[code], people[code], counted=counted) for code in known]
    estimated = not counted and any(weights[code].status == Status.ESTIMATED for code in known)
    return {
        "areas": len(areas),
        "without": sorted(set(figures) - set(known)),
        "estimated": estimated or any(f.status == Status.ESTIMATED for f in known.values()),
        "weight": "denominator" if counted else indicator.weight.slug,
        "counted": counted,
        "people": round(total, 1),
        **_measures(areas),
    }


def _denominators(figures: Mapping[str, Told]) -> dict[str, float]:
    return {code: float(figure.denominator) for code, figure in figures.items()}


def _weights(figures: Mapping[str, Told]) -> dict[str, float]:
    return {code: float(figure.value) for code, figure in figures.items() if figure.value is not None}


def _area(indicator: Indicator, figure: Told, people: float, *, counted: bool) -> _Area:
    value = float(figure.value)
    if counted and figure.numerator is not None:
        group = float(figure.numerator)
    else:
        group = value / indicator.factor * people if _is_share(indicator) else None
    return _Area(value, people, group if group is not None and 0 <= group <= people else None)


def _is_share(indicator: Indicator) -> bool:
    """Whether a value is the part of a known whole that belongs to a known group."""
    return indicator.unit == "%" and bool(indicator.numerator and indicator.denominator)


def _measures(areas: Sequence[_Area]) -> dict:
    weighted = [Weighted(area.value, area.people) for area in areas]
    between = spread(weighted)
    apart = None
    if all(area.group is not None for area in areas):
        apart = dissimilarity([a.group for a in areas], [a.people - a.group for a in areas])
    return {
        "gini": _rounded(gini(weighted)),
        "lorenz": [[round(x, CURVE_DIGITS), round(y, CURVE_DIGITS)] for x, y in lorenz_curve(weighted)],
        "p10": _rounded(between.p10),
        "p90": _rounded(between.p90),
        "ratio": _rounded(between.ratio),
        "dissimilarity": _rounded(apart),
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, DIGITS)
