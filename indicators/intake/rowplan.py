"""A table of a mapping made ready for quick reading: places of cells from 0, words looked up once."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from areas.intake.codes import as_text, is_number

from .mapping import (
    AREA_BOTH,
    AREA_CODE,
    AREA_LEVEL,
    AREA_NAME,
    COMMENT,
    DENOMINATOR,
    INDICATOR,
    JOINT_WITH,
    NUMBERS,
    NUMERATOR,
    PERIOD,
    STATUS,
    UNIT,
    VALUE,
    Mapping,
    Table,
)
from .years import period_of

_AS_TEXT = re.compile(r'="(.*)"|\'(.+)', re.DOTALL)  # how people keep Excel from making numbers of codes
_BOTH = re.compile(r"(\d[\dA-Za-z]*)\s*[-–:,|/]?\s+(\S.*)|(\S.*?)\s*[\[(](\d+)[\])]", re.DOTALL)


@dataclass
class Group:
    """Cells of one row that make one entry."""

    indicator: str = ""
    period: str = ""
    value: int | None = None
    numerator: int | None = None
    denominator: int | None = None

    @cached_property
    def column(self) -> int:
        """The column to show, from 1."""
        places = (self.value, self.numerator, self.denominator)
        return next(p for p in places if p is not None) + 1


@dataclass
class Plan:
    """Where things are in a row. Lookups are remembered, since areas and periods repeat."""

    first_row: int
    last_row: int | None
    width: int
    keys: dict[str, int]
    groups: list[Group]
    titles: dict[int, str]
    fixed_level: str
    fixed_indicator: str
    fixed_period: str
    level_words: dict[str, str]
    indicator_words: dict[str, str]
    period_words: dict[str, str]
    fill_down: bool
    skip_totals: bool
    total_words: frozenset[str]
    _codes: dict = field(default_factory=dict)
    _periods: dict = field(default_factory=dict)
    _indicators: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.numbers = sorted({p for g in self.groups for p in (g.value, g.numerator, g.denominator) if p is not None})
        self.has_remarks = any(k in self.keys for k in (STATUS, COMMENT, JOINT_WITH, UNIT))
        self.named = [self.keys[k] for k in (AREA_CODE, AREA_NAME, AREA_BOTH) if k in self.keys]
        repeating = (AREA_CODE, AREA_NAME, AREA_BOTH, AREA_LEVEL, INDICATOR, PERIOD)
        self.repeating = [self.keys[k] for k in repeating if k in self.keys]

    def area(self, row: list) -> tuple[str, str, bool]:
        """Code, name, and whether the code stood as a number."""
        keys = self.keys
        name = text_of(row[keys[AREA_NAME]]) if AREA_NAME in keys else ""
        if AREA_CODE in keys:
            cell = row[keys[AREA_CODE]]
            found = self._codes.get(cell) if type(cell) is str else None
            if found is None:
                found = self._codes[cell] = code_of(cell)
            return found[0], name, found[1]
        if AREA_BOTH in keys:
            return both_of(row[keys[AREA_BOTH]])
        return "", name, False

    def level(self, row: list) -> str:
        """Slug of the level, or the word in the file."""
        if AREA_LEVEL not in self.keys:
            return self.fixed_level
        word = text_of(row[self.keys[AREA_LEVEL]])
        return self.level_words.get(word, word) or self.fixed_level

    def indicator(self, row: list) -> str:
        """Slug of the indicator, or the word in the file."""
        if INDICATOR not in self.keys:
            return self.fixed_indicator
        cell = row[self.keys[INDICATOR]]
        found = self._indicators.get(cell)
        if found is None:
            word = text_of(cell)
            found = self._indicators[cell] = self.indicator_words.get(word, word) or self.fixed_indicator
        return found

    def period(self, row: list) -> str:
        """Code of the period, or the word in the file."""
        if PERIOD not in self.keys:
            return self.fixed_period
        cell = row[self.keys[PERIOD]]
        code = self._periods.get(cell)
        if code is None:
            told = text_of(cell)
            code = told if "/" in told else period_of(cell)  # not every indicator has school years: checking decides
            code = self._periods[cell] = self.period_words.get(told, code) or self.fixed_period
        return code

    def remarks(self, row: list) -> tuple[str, str, str, str]:
        """Status, comment, partners and unit, as they stand."""
        return tuple(text_of(row[self.keys[k]]) if k in self.keys else "" for k in (STATUS, COMMENT, JOINT_WITH, UNIT))

    def filled(self, row: list, above: list) -> list:
        """The row with empty keys taken from the row above."""
        if not above:
            return row
        row = list(row)
        same_area = all(text_of(row[p]) == "" for p in self.named)
        for place in self.repeating:
            # A new area with an empty name must not take the name of the area above.
            if row[place] == "" and (place not in self.named or same_area):
                row[place] = above[place]
        return row


def plan_of(table: Table, mapping: Mapping) -> Plan:
    """Everything of a table and its mapping, ready for reading rows."""
    keys, groups = {}, []
    for column in table.columns:
        if column.role in NUMBERS:
            _add(groups, column.role, column.index - 1, column.indicator, column.period)
        else:
            keys.setdefault(column.role, column.index - 1)
    return Plan(
        first_row=table.first_row,
        last_row=table.last_row,
        width=max((c.index for c in table.columns), default=0),
        keys=keys,
        groups=groups,
        titles={c.index - 1: c.title for c in table.columns if c.title},
        fixed_level=table.level or mapping.level,
        fixed_indicator=table.indicator or mapping.indicator,
        fixed_period=table.period or mapping.period,
        level_words=mapping.level_words,
        indicator_words=mapping.indicator_words,
        period_words=mapping.period_words,
        fill_down=mapping.fill_down,
        skip_totals=mapping.skip_totals,
        total_words=frozenset(w.casefold() for w in mapping.total_words),
    )


def _add(groups: list[Group], role: str, place: int, indicator: str, period: str) -> None:
    """Puts a number column to the value, numerator or denominator of the same indicator and period."""
    kind = {VALUE: "value", NUMERATOR: "numerator", DENOMINATOR: "denominator"}[role]
    for group in groups:
        if (group.indicator, group.period) == (indicator, period) and getattr(group, kind) is None:
            setattr(group, kind, place)
            return
    groups.append(Group(indicator, period, **{kind: place}))


def text_of(cell: object) -> str:
    """A cell as text in one line; whole numbers without `.0`, dates as in German."""
    if type(cell) is str:
        return cell.strip() if "\n" not in cell else " ".join(cell.split())
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    return as_text(cell)


def code_of(cell: object) -> tuple[str, bool]:
    """A code as text, and whether it stood as a number.

    >>> code_of(11.0), code_of("011"), code_of('="011"')
    (('11', True), ('011', False), ('011', False))
    """
    text = text_of(cell)
    wrapped = _AS_TEXT.fullmatch(text) if text[:1] in ("=", "'") else None
    return (wrapped[1] or wrapped[2] or "" if wrapped else text), is_number(cell)


def both_of(cell: object) -> tuple[str, str, bool]:
    """Code and name that stand in one cell.

    >>> both_of("011 City"), both_of("City (011)"), both_of("City")
    (('011', 'City', False), ('011', 'City', False), ('', 'City', False))
    """
    text = text_of(cell)
    if is_number(cell):
        return text, "", True
    found = _BOTH.fullmatch(text)
    if not found:
        return (text, "", False) if text.isdigit() else ("", text, False)
    return found[1] or found[4], found[2] or found[3], False
