"""The published files of an edition: one small JSON per level, with all periods at once."""

from collections import defaultdict
from decimal import Decimal
from itertools import product

from areas.actions import store_json
from areas.models import PublishedFile
from indicators.models import Figure, IndicatorEdition
from indicators.periods import period_label
from indicators.statuses import Status


def store_figure_files(*, edition: IndicatorEdition) -> list[PublishedFile]:
    """Store `kennwerte/<indicator>/<level>.json` for every level that has figures; not public yet.

    Content: `areas` (codes in order) and, per period, parallel lists `values` (numbers or null), `status`
    (one letter per area) and `ranks`; `city` per period; `joint` partners; `counts`: whether
    values add up (then estimates are not compared over time); `limits` and `change` of classes. Where counts are known
    also `intervals`, `differs` and `differs_since` (see `_uncertainty`).
    """
    figures = edition.figures.select_related("area__level", "period").order_by("area__code", "period__start")
    by_level: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_level[figure.area.level.slug].append(figure)
    city = {f.period.code: f for f in by_level.get("stadt", [])}
    return [
        store_json(
            name=f"kennwerte/{edition.indicator.slug}/{level}.json",
            content=_content(edition, level, of_level, city),
        )
        for level, of_level in by_level.items()
    ]


def _content(edition: IndicatorEdition, level: str, figures: list[Figure], city: dict[str, Figure]) -> dict:
    indicator = edition.indicator
    table: dict[str, dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        table[figure.period.code][figure.area.code] = figure
    codes = sorted({figure.area.code for figure in figures})
    periods = sorted(table)
    cuts = _cuts(table)
    for period, code in product(periods, codes):  # areas that there were not at all in a period
        table[period].setdefault(code, Figure(status=Status.MISSING))
    breaks = edition.breaks.get(level, {"methods": {}, "change": {}})
    return {
        "indicator": indicator.slug,
        "level": level,
        "release": edition.release.slug,
        "decimals": indicator.decimals,
        "periods": [{"code": p, "label": period_label(p, indicator.reference)} for p in periods],
        "areas": codes,
        "values": {p: [_number(table[p][c].value) for c in codes] for p in periods},
        "status": {p: "".join(Status(table[p][c].status).letter for c in codes) for p in periods},
        "ranks": {p: [table[p][c].rank for c in codes] for p in periods},
        "joint": _joint(table),
        "city": {p: _city(city[p]) for p in periods if p in city},
        "counts": indicator.hides_estimated_change,
        "limits": breaks["methods"],
        "change": breaks["change"],
        **_uncertainty(table, codes, city),
        **({"cuts": cuts} if cuts else {}),
    }


def _cuts(table: dict[str, dict[str, Figure]]) -> dict[str, dict[str, int]]:
    """Per period the areas that have been cut anew since, each with a number that tells one cut from another.

    Their figures stand for the ground of then: they colour nothing on the map of today and are not compared.
    """
    former = {p: {c: f.area_id for c, f in areas.items() if f.area.valid.upper} for p, areas in table.items()}
    return {p: areas for p, areas in sorted(former.items()) if areas}


def _uncertainty(table: dict[str, dict[str, Figure]], codes: list[str], city: dict[str, Figure]) -> dict:
    """Nothing at all where no figure has an interval, as most indicators are published without their counts.

    Per period `intervals` ([lower, upper] or null for each area) and `differs` (from the city: true, false: may be
    chance, null: cannot be said); per pair of periods `differs_since` for the areas and, last, the city.
    """
    periods = [p for p, areas in table.items() if any(f.lower is not None for f in areas.values())]
    if not periods:
        return {}
    pairs = {(a, p) for p in periods for f in table[p].values() for a in f.differs_since}
    return {
        "intervals": {p: [_interval(table[p][c]) for c in codes] for p in sorted(periods)},
        "differs": {p: [table[p][c].differs for c in codes] for p in sorted(periods)},
        "differs_since": {
            f"{earlier}-{p}": [f and f.differs_since.get(earlier) for f in [*map(table[p].get, codes), city.get(p)]]
            for earlier, p in sorted(pairs)
        },
    }


def _interval(figure: Figure) -> list[float | int] | None:
    return None if figure.lower is None else [_number(figure.lower), _number(figure.upper)]


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _city(figure: Figure) -> dict:
    told = {"value": _number(figure.value), "status": Status(figure.status).letter}
    return told if figure.lower is None else told | {"interval": _interval(figure)}


def _joint(table: dict[str, dict[str, Figure]]) -> dict[str, dict[str, str]]:
    joint = {p: {c: f.joint_with for c, f in areas.items() if f.joint_with} for p, areas in table.items()}
    return {p: partners for p, partners in joint.items() if partners}
