"""The published files of an edition: one small JSON per level, with all periods at once."""

from collections import defaultdict
from decimal import Decimal

from areas.actions import store_json
from areas.models import PublishedFile
from indicators.models import Figure, IndicatorEdition
from indicators.periods import period_label
from indicators.statuses import Status


def store_figure_files(*, edition: IndicatorEdition) -> list[PublishedFile]:
    """Store `kennwerte/<indicator>/<level>.json` for every level that has figures; not public yet.

    Content: `areas` (codes in order) and, per period, parallel lists `values` (numbers or null), `status`
    (one letter per area) and `ranks`; `city` per period; `joint` partners; `counts`: whether
    values add up (then estimates are not compared over time); `limits` and `change` of classes.
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
        "counts": indicator.is_count,
        "limits": breaks["methods"],
        "change": breaks["change"],
    }


def _number(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _city(figure: Figure) -> dict:
    return {"value": _number(figure.value), "status": Status(figure.status).letter}


def _joint(table: dict[str, dict[str, Figure]]) -> dict[str, dict[str, str]]:
    joint = {p: {c: f.joint_with for c, f in areas.items() if f.joint_with} for p, areas in table.items()}
    return {p: partners for p, partners in joint.items() if partners}
