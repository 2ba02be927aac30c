"""The definitions of all indices as calculation takes them, and as a release keeps them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from indicators.models import CompositeIndex, IndexComponent, SeriesBreak
from indicators.statistics.composite import Component, Rules
from indicators.statistics.index_classes import ClassRule
from indicators.statistics.upwards import Key


@dataclass(frozen=True)
class Part:
    """One indicator of an index: `pk` and slug, how it counts, and from which periods on its series is broken."""

    pk: int
    component: Component
    is_count: bool
    breaks: tuple[str, ...]


@dataclass(frozen=True)
class Definition:
    """One index; `between` are the codes of two periods, `back` a number of periods, of a dynamics index."""

    pk: int
    kind: str
    parts: tuple[Part, ...]
    rules: Rules
    levels: tuple[str, ...]
    minimum: int
    population: int | None
    excluded: frozenset[Key]
    between: tuple[str, str] | None
    back: int | None

    @property
    def components(self) -> list[Component]:
        """Indicators, weights and directions in their order."""
        return [part.component for part in self.parts]

    @property
    def inputs(self) -> frozenset[int]:
        """Primary keys of every indicator that it is computed from."""
        pks = {part.pk for part in self.parts}
        return frozenset(pks | {self.population} if self.minimum and self.population else pks)


def definitions(pks: Iterable[int]) -> list[Definition]:
    """The definitions of those of these indicators that are indices. At most 7 queries."""
    found = CompositeIndex.objects.filter(pk__in=list(pks)).select_related("indicator", "earlier", "later")
    found = found.prefetch_related("components__indicator", "exclusions__level", "indicator__levels")
    gaps: dict[int, list[str]] = {}
    for indicator, code in SeriesBreak.objects.values_list("indicator_id", "period__code"):
        gaps.setdefault(indicator, []).append(code)
    return [_definition(index, gaps) for index in found if index.components.all()]


def _definition(index: CompositeIndex, gaps: dict[int, list[str]]) -> Definition:
    return Definition(
        pk=index.pk,
        kind=index.kind,
        parts=tuple(_part(row, gaps) for row in index.components.all()),
        rules=rules_of(index),
        levels=tuple(level.slug for level in index.indicator.levels.all()),
        minimum=index.min_population,
        population=index.population_id,
        excluded=frozenset((row.level.slug, row.code) for row in index.exclusions.all()),
        between=(index.earlier.code, index.later.code) if index.earlier_id else None,
        back=index.periods_back,
    )


def _part(row: IndexComponent, gaps: dict[int, list[str]]) -> Part:
    component = Component(row.indicator.slug, row.weight, raises=row.direction == IndexComponent.Direction.RAISES)
    return Part(row.indicator_id, component, row.indicator.is_count, tuple(sorted(gaps.get(row.indicator_id, ()))))


def rules_of(index: CompositeIndex) -> Rules:
    """How scores and classes come about."""
    limits = ClassRule(tuple(index.limits), own=index.limit_kind == CompositeIndex.Limits.OWN)
    return Rules(
        classes=limits,
        standardisation=index.standardisation,
        combining=index.combining,
        again=index.standardised_again,
        decimals=index.indicator.decimals,
    )


def deciding_rules(pks: Iterable[int] | None = None) -> dict[int, str]:
    """Everything of each index (of `pks`, default: all) that decides about its scores and classes, as one text.

    3 queries.
    """
    indices = CompositeIndex.objects.filter(components__isnull=False).distinct()
    indices = indices.filter(pk__in=list(pks)) if pks is not None else indices
    indices = indices.select_related("indicator", "population", "earlier", "later")
    indices = indices.prefetch_related("components__indicator", "exclusions__level")
    return {index.pk: json.dumps(described(index), sort_keys=True) for index in indices}


def described(index: CompositeIndex) -> dict:
    """The definition as a release keeps it, so that a later change of the catalogue does not reword what was told."""
    return {
        "kind": index.kind,
        "standardisation": index.standardisation,
        "combining": index.combining,
        "again": index.standardised_again,
        "decimals": index.indicator.decimals,
        "limit_kind": index.limit_kind,
        "limits": [_text(limit) for limit in index.limits],
        "class_names": index.class_names,
        "class_names_en": index.class_names_en,
        "min_population": index.min_population,
        "population": index.population.slug if index.population_id else "",
        "earlier": index.earlier.code if index.earlier_id else "",
        "later": index.later.code if index.later_id else "",
        "periods_back": index.periods_back,
        "components": [
            {"indicator": row.indicator.slug, "weight": _text(row.weight), "direction": row.direction}
            for row in index.components.all()
        ],
        "exclusions": [
            {"level": row.level.slug, "code": row.code, "reason": row.reason, "reason_en": row.reason_en}
            for row in index.exclusions.all()
        ],
    }


def rules_from(description: dict) -> Rules:
    """The rules that a kept description holds."""
    limits = tuple(Decimal(limit) for limit in description["limits"])
    return Rules(
        classes=ClassRule(limits, own=description["limit_kind"] == CompositeIndex.Limits.OWN),
        standardisation=description["standardisation"],
        combining=description["combining"],
        again=description["again"],
        decimals=description["decimals"],
    )


def components_from(description: dict) -> list[Component]:
    """The components that a kept description holds."""
    return [
        Component(row["indicator"], Decimal(row["weight"]), raises=row["direction"] == IndexComponent.Direction.RAISES)
        for row in description["components"]
    ]


def _text(number: Decimal) -> str:
    """A decimal without needless zeros."""
    return f"{number.normalize():f}"
