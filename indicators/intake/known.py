"""What the portal knows and a spreadsheet may speak of: levels, areas, indicators, periods. Plain data."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class KnownLevel(NamedTuple):
    """A level of division, such as Unterbezirk."""

    slug: str
    name: str
    code_pattern: str = ""
    name_plural: str = ""


class KnownArea(NamedTuple):
    """An area with the days on which it was in force (`valid_to` exclusive, None: open)."""

    level: str
    code: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None


class KnownIndicator(NamedTuple):
    """An indicator of the catalogue, as far as reading and checking need it."""

    slug: str
    name: str
    unit: str = ""
    decimals: int = 1
    aggregation: str = ""
    numerator: str = ""  # what is counted, in words
    denominator: str = ""
    unit_long: str = ""


@dataclass(frozen=True)
class Known:
    """Everything a spreadsheet may refer to."""

    levels: tuple[KnownLevel, ...] = ()
    areas: tuple[KnownArea, ...] = ()
    indicators: tuple[KnownIndicator, ...] = ()
    periods: tuple[str, ...] = field(default_factory=tuple)
