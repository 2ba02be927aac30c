"""Spatial patterns of a release: Moran's I and clusters for every indicator, level and period with enough values."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from areas.models import AreaLevel
from areas.neighbours import published_neighbours
from indicators.analyses import Told, tables_of
from indicators.models import Analysis, Figure, Indicator, Period, Release
from indicators.statistics.spatial import (
    FALSE_DISCOVERIES,
    FEWEST,
    GROUPS,
    SpatialPattern,
    Unit,
    spatial_pattern,
)

KIND = "raeumliches-muster"
DIGITS = 6


def spatial_patterns(release: Release) -> Iterator[Analysis]:
    """One result `<indicator>/<level>/<period>` each; none for counts, which grow with the size of an area.

    Content: `units` (observations), `i`, `expected`, `p` (None: all values are equal), `permutations`, `counts` (areas
    of each group that are sure), `areas` by code with `around` (mean of the neighbours), `i`, `p`, `q`, `group` and
    `sure`; `without` (no value), `islands` (no neighbour with a value) and `joint` (areas with one value, which are one
    observation) as codes.
    """
    rates = {i.pk: i for i in Indicator.objects.all() if not i.is_count}
    levels, periods = {x.slug: x for x in AreaLevel.objects.all()}, {x.code: x for x in Period.objects.all()}
    own = Figure.objects.filter(edition__release=release, edition__indicator__in=rates)
    maps, drawn = {}, {}
    for indicator, of_levels in tables_of(own).items():
        for level, of_periods in of_levels.items():
            for period, figures in of_periods.items():
                if pattern := _pattern(figures, level, maps, drawn):
                    yield Analysis(
                        kind=KIND,
                        key=f"{rates[indicator].slug}/{level}/{period}",
                        indicator=rates[indicator],
                        level=levels[level],
                        period=periods[period],
                        inputs=[rates[indicator].slug],
                        content=_content(pattern, figures),
                    )


def _pattern(figures: Sequence[Told], level: str, maps: dict, drawn: dict) -> SpatialPattern | None:
    """`maps` and `drawn` keep the neighbours of levels and the draws of chance for those that follow."""
    if sum(figure.value is not None for figure in figures) < FEWEST:
        return None
    if level not in maps:
        maps[level] = published_neighbours(level)
    return spatial_pattern(units_of(figures), maps[level], drawn=drawn)


def units_of(figures: Iterable[Told]) -> list[Unit]:
    """Areas with a value; those that were published with one joint value are one observation."""
    together: dict[tuple, list[str]] = defaultdict(list)
    for figure in figures:
        if figure.value is not None:
            together[figure.joint_with or figure.code, figure.value].append(figure.code)
    return [Unit(tuple(sorted(codes)), float(value)) for (_group, value), codes in together.items()]


def _content(pattern: SpatialPattern, figures: Iterable[Told]) -> dict:
    sure = [local for local in pattern.locals if local.is_sure]
    return {
        "units": pattern.n,
        "i": _rounded(pattern.i),
        "expected": _rounded(pattern.expected),
        "p": _rounded(pattern.p),
        "permutations": pattern.permutations,
        "false_discoveries": FALSE_DISCOVERIES,
        "without": sorted(f.code for f in figures if f.value is None),
        "islands": list(pattern.islands),
        "joint": [list(local.unit.codes) for local in pattern.locals if len(local.unit.codes) > 1],
        "counts": {group: sum(len(x.unit.codes) for x in sure if x.group == group) for group in GROUPS},
        "areas": {
            code: {
                "around": _rounded(local.around),
                "i": _rounded(local.i),
                "p": _rounded(local.p),
                "q": _rounded(local.q),
                "group": local.group,
                "sure": local.is_sure,
            }
            for local in pattern.locals
            for code in local.unit.codes
        },
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, DIGITS)
