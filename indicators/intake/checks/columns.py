"""Checked rows as columns of numbers, so that checks run over a million of them at once."""

from array import array
from collections.abc import Iterator

import numpy as np

from ..catalogue import Measure, Place

_NAN = float("nan")


class Columns:
    """One entry per readable value; `freeze` turns what was appended into numpy arrays without a copy."""

    def __init__(self):
        self.measures: list[Measure] = []
        self.places: list[Place] = []
        self.sheets: list[str] = []
        self._measure_at: dict[int, int] = {}
        self._place_at: dict[int, int] = {}
        self._sheet_at: dict[str, int] = {}
        self._raw = {name: array(kind) for name, kind in _KINDS.items()}
        self._appends = [self._raw[name].append for name in _KINDS]

    def append(self, measure, place, year, value, numerator, denominator, sheet, row, column, estimated) -> None:  # noqa: PLR0917
        """One value; numbers are Decimals or None."""
        add = self._appends
        add[0](self._index(self._measure_at, self.measures, measure.pk, measure))
        add[1](self._index(self._place_at, self.places, place.pk, place))
        add[2](year)
        add[3](_NAN if value is None else value)
        add[4](_NAN if numerator is None else numerator)
        add[5](_NAN if denominator is None else denominator)
        add[6](self._index(self._sheet_at, self.sheets, sheet, sheet))
        add[7](row)
        add[8](column)
        add[9](estimated)

    @staticmethod
    def _index(at: dict, kept: list, key: object, thing: object) -> int:
        index = at.get(key)
        if index is None:
            index = at[key] = len(kept)
            kept.append(thing)
        return index

    def __len__(self) -> int:
        return len(self._raw["measure"])

    def freeze(self) -> None:
        """No more rows; the columns can be read now."""
        for name, values in self._raw.items():
            setattr(self, name, np.frombuffer(values, dtype=values.typecode) if len(values) else np.empty(0))
        self.area = np.array([place.pk for place in self.places], dtype=np.int64)
        order = np.argsort(self.measure, kind="stable")
        cuts = np.searchsorted(self.measure[order], np.arange(len(self.measures) + 1))
        self._rows = [order[cuts[i] : cuts[i + 1]] for i in range(len(self.measures))]

    def by_measure(self) -> Iterator[tuple[Measure, np.ndarray]]:
        """Each indicator with the numbers of its rows."""
        return zip(self.measures, self._rows, strict=True)

    def place(self, row: int) -> tuple[str, int, int]:
        """Sheet, row and column in the file."""
        return self.sheets[self.sheet[row]], int(self.row[row]), int(self.column[row])

    def area_of(self, row: int) -> Place:
        """The area of a row."""
        return self.places[self.at[row]]


_KINDS = {
    "measure": "i",
    "at": "i",
    "year": "i",
    "value": "d",
    "numerator": "d",
    "denominator": "d",
    "sheet": "i",
    "row": "i",
    "column": "i",
    "estimated": "b",
}
