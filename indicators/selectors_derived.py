"""What a computed figure is made of: the published figures of other indicators that its formula uses.

The figure is computed once more by the functions that publishing uses, from the figures that were public with its
release, so that whoever reads it can follow every number to its own page.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from indicators.derived import sizes_for
from indicators.deriving import Rule, Used, compute, rules_of, series_of, used_cells
from indicators.models import Figure, Indicator, IndicatorEdition, Release
from indicators.selectors_formulas import FormulaInWords, formula_in_words
from indicators.statistics.upwards import Delivered, Key


@dataclass(frozen=True)
class InputLine:
    """One published figure that the result is made of; `figure` is None where none is published.

    `is_by`: it divides or is subtracted.
    """

    indicator: Indicator
    period: str
    figure: Figure | None
    is_by: bool


@dataclass(frozen=True)
class Derivation:
    """How one figure was computed: formula, used figures (none where there is nothing to compare), result."""

    formula: FormulaInWords
    rule: Rule
    lines: tuple[InputLine, ...]
    size: Decimal | None
    result: Delivered


def derivation(edition: IndicatorEdition, figure: Figure) -> Derivation | None:
    """The way back of a computed figure; None for an indicator without a formula. About 12 queries."""
    indicator = edition.indicator
    rule = rules_of([indicator]).get(indicator.pk)
    if rule is None:
        return None
    key = (figure.area.level.slug, figure.area.code)
    editions = _editions(rule, edition.release)
    figures = _figures(editions, key, figure.area_id)
    series = series_of(rule, _published_at(editions, key[0]), key[0])
    cells = {pk: {period: {key: _cell(one)} for period, one in of.items()} for pk, of in figures.items()}
    used = used_cells(rule, cells, key, figure.period.code, series) if figure.period.code in series else None
    size = sizes_for([rule]).get(figure.area_id)
    return Derivation(
        formula=formula_in_words(indicator),
        rule=rule,
        lines=_lines(rule, used or [], figures),
        size=size,
        result=compute(rule, used, size=size),
    )


def _editions(rule: Rule, release: Release) -> dict[int, IndicatorEdition]:
    """Of every input the edition that was public with the release. 1 query."""
    seen = IndicatorEdition.objects.filter(indicator__in=rule.inputs, release__withdrawn_at__isnull=True)
    if release.published_at is not None:
        seen = seen.filter(release__published_at__lte=release.published_at)
    newest = seen.order_by("indicator_id", "-release__published_at", "-pk").distinct("indicator_id")
    own = IndicatorEdition.objects.filter(indicator__in=rule.inputs, release=release)
    return {e.indicator_id: e for e in [*newest, *own]}


def _figures(editions: Mapping[int, IndicatorEdition], key: Key, area: int) -> dict[int, dict[str, Figure]]:
    """The area's figures of each input by period. 1 query."""
    found: dict[int, dict[str, Figure]] = defaultdict(dict)
    rows = Figure.objects.filter(edition__in=editions.values(), area=area).select_related(
        *("edition__indicator", "edition__release", "period", "source")
    )
    for figure in rows.defer("classes", "edition__breaks"):
        found[figure.edition.indicator_id][figure.period.code] = figure
    return found


def _published_at(editions: Mapping[int, IndicatorEdition], level: str) -> dict[int, dict[str, dict[Key, Delivered]]]:
    """Which periods each input has on a level, as empty cells: enough to know its series. 1 query."""
    found: dict[int, dict[str, dict[Key, Delivered]]] = defaultdict(dict)
    rows = Figure.objects.filter(edition__in=editions.values(), area__level__slug=level).order_by()
    for pk, period in rows.values_list("edition__indicator_id", "period__code").distinct():
        found[pk][period] = {(level, ""): Delivered(None, "missing")}
    return found


def _cell(figure: Figure) -> Delivered:
    return Delivered(
        figure.value,
        figure.status,
        figure.numerator,
        figure.denominator,
        figure.joint_with,
        figure.coverage,
        figure.source.slug if figure.source else "",
    )


def _lines(rule: Rule, used: list[Used], figures: Mapping[int, Mapping[str, Figure]]) -> tuple[InputLine, ...]:
    known = Indicator.objects.in_bulk(rule.inputs)
    return tuple(
        InputLine(known[one.indicator], one.period, figures[one.indicator].get(one.period), one.indicator in rule.by)
        for one in used
    )
