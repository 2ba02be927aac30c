"""What a profile says about each indicator, as plain dataclasses."""

from dataclasses import dataclass
from decimal import Decimal

from atlas.charts.trend import TrendPoint
from indicators.models import Dimension, Figure, Indicator, SeriesBreak
from indicators.selectors import PeriodName
from indicators.statuses import Status


@dataclass(frozen=True)
class ProfileRow:
    """One indicator in a profile. `figure` is None where the release says nothing about this area.

    `spread` are the published values of all areas of the compared level in the same period. `series_break` and
    `other_extent` say why a trend stops; `counted` is the newest value that is no estimate. `earlier` is the
    oldest figure of the same making; `change` is the difference to the oldest one that may be compared. `city_trend`
    is the line of the whole city, of figures made as its latest was.
    """

    indicator: Indicator
    period: PeriodName
    figure: Figure | None
    city: Figure | None
    spread: tuple[float, ...]
    trend: tuple[TrendPoint, ...]
    change: Decimal | None
    since: PeriodName | None
    series_break: SeriesBreak | None
    other_extent: bool
    period_differs: bool
    counted: Figure | None
    earlier: Figure | None
    city_trend: tuple[TrendPoint, ...] = ()

    @property
    def value(self) -> Decimal | None:
        """The published number."""
        return self.figure.value if self.figure else None

    @property
    def status(self) -> Status:
        """What the value is; `missing` where there is no figure."""
        return Status(self.figure.status) if self.figure else Status.MISSING

    @property
    def change_is_shaky(self) -> bool:
        """Whether the change may be chance."""
        return bool(self.figure and self.since and self.figure.is_shaky_since(self.since.code))

    @property
    def city_in_spread(self) -> float | None:
        """The city's value where it can be compared with areas: not for counts, of which the city has the sum."""
        if self.indicator.is_count or self.city is None or self.city.value is None:
            return None
        return float(self.city.value)

    @property
    def joint_codes(self) -> tuple[str, ...]:
        """Codes of all areas that the value holds for together; empty for a value of this area alone."""
        joint = self.figure.joint_with if self.figure else ""
        return tuple(joint.split("+")) if joint else ()


@dataclass(frozen=True)
class DimensionRows:
    """Rows that stand under one theme."""

    dimension: Dimension
    rows: tuple[ProfileRow, ...]


@dataclass(frozen=True)
class ProfileFigures:
    """All rows of a profile; `period` is the one that most rows are about (None without rows)."""

    groups: tuple[DimensionRows, ...]
    period: str | None
    since: str | None

    @property
    def rows(self) -> tuple[ProfileRow, ...]:
        """All rows in the order of the catalogue."""
        return tuple(row for group in self.groups for row in group.rows)
