"""The stage of the indices: from protected cells of their indicators to cells of scores, with all that is told of them.

Nothing is read here but what the stages before have left: a suppressed value has no number any more, so no score can
betray it. `Delivered.value` of a score is unrounded.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indicators.cells import Cells, OfIndicator, OfPeriod
from indicators.index_definitions import Definition
from indicators.statistics.composite import Score, composite_index
from indicators.statistics.index_classes import limits_of
from indicators.statistics.index_inputs import LACKING as MISSING_INPUT
from indicators.statistics.index_inputs import SECRET, Inputs, Left, Series, Size, inputs_of
from indicators.statistics.sensitivity import Stability, stability
from indicators.statistics.standardising import Spread, spread
from indicators.statistics.upwards import Delivered, Division, Key
from indicators.statuses import Status

FEWEST = 3  # areas that take part; fewer cannot be told apart by a standard deviation


@dataclass(frozen=True)
class LevelResult:
    """An index on one level in one period; `earlier` is the period that a dynamics index starts from."""

    level: str
    period: str
    earlier: str
    scores: Mapping[Key, Score]
    left: Mapping[Key, Left]
    stability: Mapping[Key, Stability]
    spreads: Sequence[Spread]
    limits: Sequence


@dataclass(frozen=True)
class IndexOutcome:
    """Cells of an index and what stands behind them."""

    definition: Definition
    cells: OfIndicator
    results: Sequence[LevelResult]


def index_outcomes(defined: Iterable[Definition], cells: Cells, division: Division) -> dict[int, IndexOutcome]:
    """Every index computed from the cells of its indicators, by primary key."""
    return {definition.pk: _outcome(definition, cells, division) for definition in defined}


def _outcome(definition: Definition, cells: Cells, division: Division) -> IndexOutcome:
    found: OfIndicator = {}
    results = []
    for earlier, period in _spans(definition, cells):
        for level in (slug for slug in division.levels if slug in definition.levels):
            inputs = _inputs(definition, cells, division.at(level), earlier, period)
            if len(inputs.values) < FEWEST:
                continue
            result = _result(definition, level, earlier, period, inputs)
            results.append(result)
            found.setdefault(period, {}).update(_cells(result, inputs))
    return IndexOutcome(definition, found, results)


def _spans(definition: Definition, cells: Cells) -> list[tuple[str, str]]:
    """Periods for which an index can be told, with the earlier one ("" for a status index), in their order.

    n periods back are n of those for which every indicator has figures. No dynamics index is told across a break
    in the series of one of its indicators.
    """
    of_parts = [set(cells.get(part.pk, {})) for part in definition.parts]
    common = sorted(set.intersection(*of_parts)) if of_parts else []
    if definition.kind == "status":
        return [("", period) for period in common]
    if definition.between:
        spans = [definition.between] if set(definition.between) <= set(common) else []
    else:
        spans = list(zip(common, common[definition.back :], strict=False))
    return [span for span in spans if not _is_broken(definition, *span)]


def _is_broken(definition: Definition, earlier: str, later: str) -> bool:
    low, high = sorted((earlier, later))
    return any(low < gap <= high for part in definition.parts for gap in part.breaks)


def _inputs(definition: Definition, cells: Cells, areas: Sequence[Key], earlier: str, period: str) -> Inputs:
    def of(pk: int | None, code: str) -> OfPeriod:
        return cells.get(pk, {}).get(code, {})

    series = [
        Series(
            key=part.component.key,
            cells=of(part.pk, period),
            earlier=of(part.pk, earlier) if earlier else None,
            is_count=part.is_count,
        )
        for part in definition.parts
    ]
    size = Size(definition.minimum, of(definition.population, period))
    return inputs_of(areas, series, size=size, excluded=definition.excluded)


def _result(definition: Definition, level: str, earlier: str, period: str, inputs: Inputs) -> LevelResult:
    by_code = {key[1]: values for key, values in inputs.values.items()}
    scores = composite_index(by_code, definition.components, definition.rules)
    stable = stability(scores, definition.components, definition.rules)
    ordered = sorted(by_code)
    return LevelResult(
        level=level,
        period=period,
        earlier=earlier,
        scores={(level, code): score for code, score in scores.items()},
        left=inputs.left,
        stability={(level, code): found for code, found in stable.items()},
        spreads=[spread([by_code[code][n] for code in ordered]) for n in range(len(definition.parts))],
        limits=limits_of(definition.rules.classes, [scores[code].score for code in ordered]),
    )


def _cells(result: LevelResult, inputs: Inputs) -> OfPeriod:
    found = {key: Delivered(None, _status_without(left)) for key, left in result.left.items()}
    for key, score in result.scores.items():
        joint = inputs.joint.get(key, "")
        plain = Status.JOINT if joint else Status.REPORTED
        status = Status.ESTIMATED if key in inputs.estimated else plain
        found[key] = Delivered(score.score, status.value, joint_with=joint)
    return found


def _status_without(left: Left) -> str:
    """Secret and missing inputs make secret and missing scores; areas that take no part have no meaningful one."""
    known = {SECRET: Status.SUPPRESSED, MISSING_INPUT: Status.MISSING}
    return known.get(left.reason, Status.NOT_APPLICABLE).value
