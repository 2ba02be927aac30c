"""Storing what stands behind the scores of an index, beside the edition that shows them."""

from decimal import Decimal

from areas.models import Area
from indicators.index_definitions import described
from indicators.indexing import IndexOutcome, LevelResult
from indicators.models import CompositeIndex, IndexEdition, IndexResult, IndicatorEdition, Period
from indicators.statistics.upwards import Key

PLACES = Decimal("1e-12")  # what is kept of an unrounded number


def keep_index(*, edition: IndicatorEdition, outcome: IndexOutcome) -> None:
    """Keep rule, spread and results of an index with its edition. 7 queries."""
    indices = CompositeIndex.objects.select_related("indicator", "population", "earlier", "later")
    index = indices.prefetch_related("components__indicator", "exclusions__level").get(pk=edition.indicator_id)
    IndexEdition.objects.create(edition=edition, definition=described(index), statistics=_statistics(outcome))
    areas = {(a.level.slug, a.code): a for a in Area.objects.in_force().select_related("level").defer("geometry")}
    periods = {p.code: p for p in Period.objects.filter(code__in=outcome.cells)}
    rows = [_row(edition, areas[key], periods[r.period], r, key) for r in outcome.results for key in _keys(r)]
    IndexResult.objects.bulk_create(rows, batch_size=2000)


def _keys(result: LevelResult) -> list[Key]:
    return sorted([*result.scores, *result.left])


def _row(edition: IndicatorEdition, area: Area, period: Period, result: LevelResult, key: Key) -> IndexResult:
    row = IndexResult(edition=edition, area=area, period=period)
    if left := result.left.get(key):
        row.reason, row.about = left.reason, list(left.about)
        return row
    score, stable = result.scores[key], result.stability[key]
    row.score, row.number_class = score.score.quantize(PLACES), score.number_class
    row.contributions = [
        {"z": _text(z), "part": _text(part)} for z, part in zip(score.standardised, score.contributions, strict=True)
    ]
    row.changes, row.variants = [list(change) for change in stable.changes], stable.of
    return row


def _statistics(outcome: IndexOutcome) -> dict:
    """Per level and period: areas that take part, earlier period, limits, mean and deviation of each indicator."""
    found: dict[str, dict[str, dict]] = {}
    for result in outcome.results:
        found.setdefault(result.level, {})[result.period] = {
            "areas": len(result.scores),
            "earlier": result.earlier,
            "limits": [_text(limit) for limit in result.limits],
            "spread": [{"mean": _text(one.mean), "deviation": _text(one.deviation)} for one in result.spreads],
        }
    return found


def _text(number: Decimal) -> str:
    return f"{number.quantize(PLACES):f}"
