"""What the sentences are told: plain values, already rounded as they are published. No Django."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

WITH_VALUE = frozenset({"reported", "zero", "estimated", "joint"})
SECRET = frozenset({"suppressed", "suppressed_secondary"})


@dataclass(frozen=True)
class FigureFacts:
    """One indicator in one area. `value` in the indicator's unit; None where `status` says there is none.

    `headline` is the table of that name in the indicator's file. `city_value` is None for the city itself and
    where the city has none. `earlier_*` describe the period to compare with (empty `earlier_period`: none).
    `has_break` is True when the series has a break between the two periods. `differs` (from the city) and
    `change_differs` are False where the difference may be chance, None where that cannot be said.
    """

    name: str
    headline: Mapping
    value: Decimal | None
    status: str
    decimals: int = 1
    unit: str = "%"
    dimension: str = ""
    city_value: Decimal | None = None
    period: str = ""
    joint_with: str = ""
    earlier_period: str = ""
    earlier_value: Decimal | None = None
    earlier_status: str = "missing"
    earlier_joint_with: str = ""
    has_break: bool = False
    differs: bool | None = None
    change_differs: bool | None = None

    @property
    def has_value(self) -> bool:
        """Whether a number stands here."""
        return self.value is not None and self.status in WITH_VALUE

    @property
    def priority(self) -> int | None:
        """Smaller leads the profile; None: never part of it."""
        return self.headline.get("priority")


@dataclass(frozen=True)
class AreaFacts:
    """One area with its newest figures, in any order."""

    name: str
    figures: tuple[FigureFacts, ...]
    language: str = "de"


@dataclass(frozen=True)
class AreaValue:
    """One area on the map, now and, where a comparison is chosen, earlier."""

    name: str
    value: Decimal | None
    status: str
    joint_with: str = ""
    earlier_value: Decimal | None = None
    earlier_status: str = "missing"
    earlier_joint_with: str = ""


@dataclass(frozen=True)
class MapFacts:
    """What one map shows: an indicator on one level at one period.

    `limits` are the inner class limits, ascending; a class begins at its limit. `city_status` None: the indicator
    has no value for the whole city by its nature. `break_reason` is set when the periods cannot be compared.
    `tells_certainty` False: the page itself says which values are estimates, the summary need not end with it.
    """

    name: str
    headline: Mapping
    city: str
    level_plural: str
    areas: tuple[AreaValue, ...]
    period: str
    decimals: int = 1
    unit: str = "%"
    city_value: Decimal | None = None
    city_status: str | None = None
    limits: tuple[float, ...] = field(default=())
    earlier_period: str = ""
    break_reason: str = ""
    language: str = "de"
    tells_certainty: bool = True
