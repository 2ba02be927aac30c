"""What the portal knows, as checking needs it: areas through time, indicators their rules, what parts areas have."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from .known import Known, KnownArea, KnownIndicator, KnownLevel

COUNT, RATIO, COMPUTED = "sum", "ratio", "computed"  # values of Indicator.Aggregation


class Level(NamedTuple):
    """A level of division; `rank` 0 is the whole city."""

    slug: str
    name: str
    name_plural: str = ""
    rank: int = 0
    code_pattern: str = ""


class Place(NamedTuple):
    """One area in one range of days (`valid_to` exclusive; None: open)."""

    pk: int
    level: str
    code: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether it exists on a day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)


class Measure(NamedTuple):
    """An indicator with what its values must obey."""

    pk: int
    slug: str
    name: str
    unit: str = ""
    unit_long: str = ""
    decimals: int = 1
    aggregation: str = ""
    factor: int = 100
    lowest: float | None = None
    highest: float | None = None
    reference: str = "year_end"
    numerator: str = ""
    denominator: str = ""
    levels: frozenset[str] = frozenset()
    is_index: bool = False  # a composite index: computed, whatever its aggregation
    breaks: frozenset[int] = frozenset()  # years from which values are not comparable with earlier ones

    @property
    def is_count(self) -> bool:
        """Whether values of parts add up."""
        return self.aggregation == COUNT


@dataclass(frozen=True)
class Catalogue:
    """Everything that rows are matched and checked against."""

    levels: tuple[Level, ...] = ()
    places: tuple[Place, ...] = ()
    measures: tuple[Measure, ...] = ()
    parts: dict[int, tuple[int, ...]] = field(default_factory=dict)  # area -> the smallest areas it consists of
    periods: tuple[str, ...] = ()

    def known(self) -> Known:
        """The same for recognising layouts."""
        return Known(
            levels=tuple(KnownLevel(v.slug, v.name, v.code_pattern, v.name_plural) for v in self.levels),
            areas=tuple(KnownArea(p.level, p.code, p.name, p.valid_from, p.valid_to) for p in self.places),
            indicators=tuple(
                KnownIndicator(
                    m.slug, m.name, m.unit, m.decimals, m.aggregation, m.numerator, m.denominator, m.unit_long
                )
                for m in self.measures
            ),
            periods=self.periods,
        )
