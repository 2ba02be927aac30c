"""Typologies: which areas resemble each other, computed from published figures when a release is prepared."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from indicators.analyses import Told, figures_seen_with, tables_of
from indicators.definitions import DefinedTypology, defined_typologies
from indicators.models import Analysis, Period, Release, SeriesBreak
from indicators.statistics.typology import Typology, typology
from indicators.statuses import Status

TYPOLOGIES = "typologie"
DECIMALS = 6


def typologies_of(release: Release) -> Iterator[Analysis]:
    """A result for every definition that the release concerns, and every period for which it can be computed."""
    touched = set(release.editions.values_list("indicator_id", flat=True))
    periods = {period.code: period for period in Period.objects.all()}
    for defined in defined_typologies():
        if touched & {indicator.pk for indicator in defined.indicators}:
            yield from _results(release, defined, periods)


def _results(release: Release, defined: DefinedTypology, periods: Mapping[str, Period]) -> Iterator[Analysis]:
    table = _figures(release, defined)
    earlier: tuple[str, Typology] | None = None
    for code in _complete_periods(table, defined):
        values = _values(table[code])
        try:
            found = typology(values, defined.rule, earlier[1] if earlier else None)
        except ValueError:  # too few areas with all values: there is no typology, and readers are told so
            continue
        content = _content(defined, table[code], found)
        if earlier:
            content["earlier"] = _transitions(defined, table, earlier, (code, found))
        yield Analysis(
            kind=TYPOLOGIES,
            key=f"{defined.record.slug}/{code}",
            level=defined.record.level,
            period=periods[code],
            inputs=list(defined.rule.slugs),
            content=content,
        )
        earlier = code, found


def _figures(release: Release, defined: DefinedTypology) -> dict[str, dict[str, dict[str, Told]]]:
    """Figures by period, area and indicator."""
    found: dict = defaultdict(lambda: defaultdict(dict))
    slugs = {indicator.pk: indicator.slug for indicator in defined.indicators}
    level = defined.record.level
    seen = figures_seen_with(release, defined.indicators).filter(area__level=level)
    for pk, of_levels in tables_of(seen, with_city=True).items():
        for period, figures in of_levels[level.slug].items():
            for figure in figures:
                found[period][figure.code][slugs[pk]] = figure
    return found


def _complete_periods(table: Mapping, defined: DefinedTypology) -> list[str]:
    """Periods asked for, or all, for which every indicator has figures."""
    wanted = defined.record.periods or sorted(table)
    slugs = set(defined.rule.slugs)
    return [code for code in sorted(wanted) if slugs <= {slug for of_area in table[code].values() for slug in of_area}]


def _values(of_period: Mapping[str, Mapping[str, Told]]) -> dict[str, dict[str, float | None]]:
    return {
        area: {slug: None if f.value is None else float(f.value) for slug, f in figures.items()}
        for area, figures in of_period.items()
    }


def _content(defined: DefinedTypology, of_period: Mapping, found: Typology) -> dict:
    figures = [f for of_area in of_period.values() for f in of_area.values()]
    return {
        "definition": _definition(defined),
        "areas": [
            {
                "code": area.key,
                "cluster": area.cluster,
                "other": area.other,
                "severity": _rounded(area.severity),
                "silhouette": _rounded(area.silhouette),
            }
            for area in found.areas
        ],
        "left_out": [
            {"code": code, "missing": {slug: _status(of_period, code, slug) for slug in slugs}}
            for code, slugs in found.left_out.items()
        ],
        "clusters": [
            {
                "label": cluster.label,
                "size": len(cluster.keys),
                "severity": _rounded(cluster.severity),
                "silhouette": _rounded(cluster.silhouette),
                "profile": [_rounded(z) for z in cluster.profile],
                "means": [_rounded(mean) for mean in cluster.means],
            }
            for cluster in found.clusters
        ],
        "merges": [[m.left, m.right, _rounded(m.height), m.size] for m in found.merges],
        "order": list(found.order),
        "silhouette": _rounded(found.silhouette),
        "explained": _rounded(found.explained),
        "agreement": _rounded(found.agreement),
        "fits": {str(count): _rounded(fit) for count, fit in found.fits.items()},
        "in_order": found.in_order,
        "has_estimates": any(f.status == Status.ESTIMATED for f in figures),
    }


def _definition(defined: DefinedTypology) -> dict:
    record = defined.record
    texts = {key: getattr(record, key) for key in ("slug", "name", "name_en", "description", "description_en")}
    return {
        **texts,
        "level": record.level.slug,
        "order": record.order,
        "method": record.method,
        "cluster_count": record.cluster_count,
        "starts": record.starts,
        "seed": record.seed,
        "indicators": [
            {"slug": slug, "sign": sign} for slug, sign in zip(defined.rule.slugs, defined.rule.signs, strict=True)
        ],
    }


def _transitions(defined: DefinedTypology, table: Mapping, earlier: tuple, later: tuple) -> dict:
    """Which areas changed their cluster; none are told across a break in a series or where the ground differs."""
    (before, then), (after, now) = earlier, later
    broken = _broken(defined, before, after)
    changed_ground = {
        code
        for code, figures in table[after].items()
        if any(f.joint_with != _joint(table[before], code, slug) for slug, f in figures.items())
    }
    both = [code for code in now.labels if code in then.labels and code not in changed_ground]
    return {
        "period": before,
        "broken": broken,
        "compared": 0 if broken else len(both),
        "not_compared": sorted(changed_ground),
        "moves": [
            {"code": code, "from": then.labels[code], "to": now.labels[code]}
            for code in both
            if not broken and then.labels[code] != now.labels[code]
        ],
    }


def _broken(defined: DefinedTypology, before: str, after: str) -> list[str]:
    gaps = SeriesBreak.objects.filter(
        indicator__in=defined.indicators, period__code__gt=before, period__code__lte=after
    )
    return sorted(set(gaps.values_list("indicator__slug", flat=True)))


def _joint(of_period: Mapping, code: str, slug: str) -> str:
    figure = of_period.get(code, {}).get(slug)
    return figure.joint_with if figure else ""


def _status(of_period: Mapping, code: str, slug: str) -> str:
    figure = of_period[code].get(slug)
    return str(figure.status if figure else Status.MISSING)


def _rounded(number: float) -> float:
    return round(number, DECIMALS) + 0.0  # no negative zero
