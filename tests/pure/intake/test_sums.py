"""Sums of parts against their whole: levels in between, and rows that a table calls its sum."""

from datetime import date

import numpy as np
import pytest

from indicators.intake.catalogue import Catalogue, Level, Measure, Place
from indicators.intake.checking import Checker
from indicators.intake.entries import Entry
from indicators.intake.mapping import Mapping

COUNT = Measure(1, "zahl", "Zahl", "", "Menschen", 0, "sum")
RATE = Measure(2, "quote", "Quote", "%", "% der Menschen", 1, "ratio")
CITY = Place(1, "stadt", "0", "Stadt")
DISTRICTS = tuple(Place(10 + n, "bezirk", f"{n:02d}", f"Bezirk {n}") for n in (1, 2))
QUARTERS = tuple(Place(100 + n, "viertel", f"{n:03d}", f"Viertel {n}") for n in range(1, 5))
PARTS = {1: (101, 102, 103, 104), 11: (101, 102), 12: (103, 104)}
LEVELS = (Level("stadt", "Stadt", rank=0), Level("bezirk", "Bezirk", rank=1), Level("viertel", "Viertel", rank=2))
CATALOGUE = Catalogue(LEVELS, (CITY, *DISTRICTS, *QUARTERS), (COUNT, RATE), PARTS)
NOBODY = np.array([])


def _entry(row, place, value, **parts):
    numerator, denominator = parts.get("numerator"), parts.get("denominator")
    indicator = "quote" if numerator is not None else "zahl"
    level, code, name = (place.level, place.code, "") if isinstance(place, Place) else ("bezirk", "", place)
    return Entry("B", row, 3, code, name, level, indicator, "2023", value, numerator, denominator, "", "", "")


def _found(entries, totals=()):
    checker = Checker(CATALOGUE, Mapping(), date(2024, 11, 24), [].append)
    for entry in entries:
        checker.take(entry)
    for total in totals:
        checker.take_total(total)
    collected = checker.finish(lambda *_: (NOBODY, NOBODY, NOBODY))
    return [(c.finding.row, c.finding.found) for c in collected if c.finding.code == "sum_of_parts"]


def test_the_city_is_compared_with_its_districts_not_only_with_the_smallest_areas():
    districts = [_entry(row, place, 500) for row, place in enumerate(DISTRICTS, 3)]
    assert _found([_entry(2, CITY, 1000), *districts]) == []
    ((row, text),) = _found([_entry(2, CITY, 1500), *districts])
    assert row == 2
    assert "Stadt (0) ist 1500, die Summe der Teile 1000" in text


def test_each_level_is_compared_with_the_next():
    quarters = [_entry(row, place, 250) for row, place in enumerate(QUARTERS, 10)]
    districts = [_entry(3, DISTRICTS[0], 500), _entry(4, DISTRICTS[1], 700)]
    rows = [row for row, _text in _found([_entry(2, CITY, 1200), *districts, *quarters])]
    assert rows == [4], "the city is the sum of its districts; the second district is not that of its quarters"


def test_with_parts_missing_only_too_large_a_sum_is_told():
    assert _found([_entry(2, CITY, 1000), *(_entry(r, p, 250) for r, p in enumerate(QUARTERS[:3], 3))]) == []
    ((_row, text),) = _found([_entry(2, CITY, 1000), *(_entry(r, p, 400) for r, p in enumerate(QUARTERS[:3], 3))])
    assert "Dabei fehlen noch 1 von 4 Teilen" in text


@pytest.mark.parametrize(("total", "wrong"), [(1000, False), (1050, True), (950, True), (1001, False)])
def test_the_row_below_the_table_is_checked_and_not_stored(total, wrong):
    districts = [_entry(row, place, 500) for row, place in enumerate(DISTRICTS, 2)]
    assert [row for row, _text in _found(districts, [_entry(4, "Summe", total)])] == ([4] if wrong else [])


def test_a_sum_may_be_one_of_a_group_of_rows():
    quarters = [_entry(row, place, 250) for row, place in zip((2, 3, 5, 6), QUARTERS, strict=True)]
    sums = [_entry(4, "Zusammen", 500), _entry(7, "Zusammen", 500), _entry(8, "Insgesamt", 1000)]
    assert _found(quarters, sums) == []
    sums[1] = _entry(7, "Zusammen", 600)
    assert [row for row, _text in _found(quarters, sums)] == [7]


def test_with_secret_rows_the_sum_may_be_larger_and_never_smaller():
    rows = [_entry(2, DISTRICTS[0], 500), _entry(3, DISTRICTS[1], "*")]
    assert _found([*rows], [_entry(4, "Summe", 900)]) == []
    quarters = [_entry(2, QUARTERS[0], 300), _entry(3, QUARTERS[1], 300), _entry(5, QUARTERS[2], "*")]
    assert [row for row, _text in _found(quarters, [_entry(6, "Summe", 400)])] == [6]


def test_means_and_rates_are_no_sums_but_their_numerators_are():
    districts = [_entry(row, place, 500) for row, place in enumerate(DISTRICTS, 2)]
    assert _found(districts, [_entry(4, "Mittelwert", 500)]) == []
    rates = [_entry(row, place, 10, numerator=50, denominator=500) for row, place in enumerate(DISTRICTS, 2)]
    assert _found(rates, [_entry(4, "Summe", 10, numerator=100, denominator=1000)]) == []
    ((_row, text),) = _found(rates, [_entry(4, "Summe", 10, numerator=90, denominator=1000)])
    assert "steht 90, die 2 Zeilen ergeben 100" in text
