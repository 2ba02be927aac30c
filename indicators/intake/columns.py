"""The meaning of each column of a table, from its title and its cells."""

from dataclasses import dataclass, field

from areas.naming import fold

from .headers import Header
from .mapping import (
    AREA_BOTH,
    AREA_CODE,
    AREA_LEVEL,
    AREA_NAME,
    COMMENT,
    DENOMINATOR,
    IGNORE,
    INDICATOR,
    JOINT_WITH,
    NUMBERS,
    NUMERATOR,
    PERIOD,
    STATUS,
    UNIT,
    VALUE,
    Column,
)
from .numbers import NumberReader, NumberRules
from .placing import Places
from .rowplan import text_of
from .sampling import Sample
from .vocabulary import Vocabulary
from .years import is_period, period_of, years_in

MOSTLY = 0.8  # of the filled cells
_READERS = (NumberReader(NumberRules(decimal=",")), NumberReader(NumberRules(decimal=".")))
_AREAS = (AREA_CODE, AREA_NAME, AREA_BOTH, AREA_LEVEL)


@dataclass
class Described:
    """One column as it is understood so far; `index` from 0."""

    index: int
    title: str
    path: list[object]
    cells: list
    role: str = ""
    indicator: str = ""
    period: str = ""
    numeric: float = 0.0  # share of filled cells that are numbers or signs

    def as_column(self) -> Column:
        """For the mapping; only number columns carry an indicator and a period."""
        counts = self.role in NUMBERS
        return Column(
            self.index + 1,
            self.role or IGNORE,
            self.title[:200],
            self.indicator if counts else "",
            self.period if counts else "",
        )


@dataclass
class Description:
    """All columns of a table."""

    columns: list[Described] = field(default_factory=list)

    def having(self, *roles: str) -> list[Described]:
        """Columns with one of the roles."""
        return [c for c in self.columns if c.role in roles]

    @property
    def indicators(self) -> list[str]:
        """Slugs that columns name, in their order."""
        return list(dict.fromkeys(c.indicator for c in self.having(*NUMBERS) if c.indicator))

    @property
    def periods(self) -> list[str]:
        """Codes that columns name, in their order."""
        return list(dict.fromkeys(c.period for c in self.having(*NUMBERS) if c.period))


def describe(sample: Sample, header: Header, places: Places, words: Vocabulary, context: set[str]) -> Description:
    """Roles of all columns; `context` are indicators that titles or the name of the sheet speak of."""
    roles = {column: role for role, column in places.columns.items()}
    description = Description()
    rows = [row for row in sample.rows[header.first_row :] if sum(1 for c in row if c != "") > 1]
    for index in range(sample.width):
        path = header.path(sample, index)
        title = " ".join(text_of(p) for p in path)
        cells = [row[index] for row in rows if text_of(row[index])]
        column = Described(index, title, path, cells, roles.get(index, ""))
        if column.role not in _AREAS and (title or cells):
            _understand(column, words)
        if title or cells:
            description.columns.append(column)
    _find_parts(description, words, context)
    return description


def _understand(column: Described, words: Vocabulary) -> None:
    """Role, indicator and period by the column alone."""
    titled = words.role_of(column.title)
    column.numeric = _numeric_share(column.cells)
    column.indicator = next((s for p in [*column.path, column.title] if (s := words.indicator_of(text_of(p)))), "")
    column.period = _period_in(column, words)
    if _share(column.cells, lambda c: bool(words.indicators.get(fold(text_of(c))))) >= MOSTLY:
        column.role = INDICATOR
    elif not column.indicator and titled in (PERIOD, "") and not column.period and _all_periods(column, words):
        column.role = PERIOD
    elif _says_its_role(column, titled, words):
        column.role = titled
    elif column.indicator or (column.period and (column.numeric >= 0.5 or not column.cells)):
        column.role = VALUE
    elif titled == INDICATOR and column.cells and column.numeric < 0.5:
        column.role = INDICATOR
    elif column.numeric >= 0.5 and titled not in _AREAS:
        column.role = VALUE
    else:
        column.role = IGNORE


def _says_its_role(column: Described, titled: str, words: Vocabulary) -> bool:
    if titled in (COMMENT, JOINT_WITH, STATUS, UNIT):
        return not column.indicator
    return titled in (NUMERATOR, DENOMINATOR) and not words.indicator_of(column.title)


def _period_in(column: Described, words: Vocabulary) -> str:
    for part in reversed(column.path):
        if is_period(part, words.periods):
            return period_of(part)
    years = years_in(column.title)
    return years[0] if len(years) == 1 else ""


def _all_periods(column: Described, words: Vocabulary) -> bool:
    known = _share(column.cells, lambda c: is_period(c, words.periods)) >= MOSTLY
    return known and (words.role_of(column.title) == PERIOD or len(set(map(text_of, column.cells))) < len(column.cells))


def _share(cells: list, fits: object) -> float:
    return sum(1 for c in cells if fits(c)) / len(cells) if cells else 0.0


def _numeric_share(cells: list) -> float:
    """Share of numbers and signs, if there is at least one number."""
    readings = [_READERS[0](c) if not _READERS[0](c).fault else _READERS[1](c) for c in cells]
    if not any(r.value is not None for r in readings):
        return 0.0
    return sum(1 for r in readings if not r.fault) / len(cells)


def _find_parts(description: Description, words: Vocabulary, context: set[str]) -> None:
    """Numerators and denominators by their names in the catalogue."""
    unnamed = [c for c in description.columns if c.role == VALUE and not c.indicator]
    among = context | set(description.indicators)
    for column in unnamed:
        part = words.part_of(column.title, among)
        if part:
            column.role, column.indicator = part.role, part.indicator
    if among or not unnamed:
        return
    parts = [(column, words.part_of(column.title, set(words.by_slug))) for column in unnamed]
    named = {part.indicator for _column, part in parts if part}
    if len(named) == 1 and len({part.role for _column, part in parts if part}) == 2:
        for column, part in parts:
            if part:
                column.role, column.indicator = part.role, part.indicator
