"""The checks over all values at once: formulas, thresholds, and what they must not find."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from indicators.intake.catalogue import Catalogue, Level, Measure, Place
from indicators.intake.checking import Checker
from indicators.intake.checks.jumps import robust_z
from indicators.intake.checks.units import unit_remark
from indicators.intake.entries import Entry
from indicators.intake.mapping import Column, Mapping, Table

QUOTE = Measure(1, "quote", "Quote", "%", "% der Menschen", 1, "ratio")
COUNT = Measure(2, "zahl", "Zahl", "", "Menschen", 0, "sum")
PLACES = tuple(Place(n, "v", f"{n:03d}", f"V {n}") for n in range(1, 21))
CITY = Catalogue((Level("v", "Viertel"),), PLACES, (QUOTE, COUNT))


def nothing_before(*_):
    return np.array([]), np.array([]), np.array([])


def check(entries, history=nothing_before):
    """Codes found, and what was kept."""
    kept = []
    return {collected.finding.code for collected in _findings(entries, history, kept)}, kept


def _findings(entries, history, kept=None):
    checker = Checker(CITY, Mapping(), date(2024, 11, 24), ([] if kept is None else kept).append)
    for entry in entries:
        checker.take(entry)
    return checker.finish(history)


def entry(number, value, indicator="quote", year="2023", numerator=None, denominator=None, **extra):  # noqa: PLR0917
    """One entry about the area of that number."""
    words = {"status": "", "comment": "", "joint_with": "", **extra}
    return Entry("B", number + 1, 3, f"{number:03d}", "", "v", indicator, year, value, numerator, denominator, **words)


def test_a_rate_is_made_of_its_parts_exactly():
    _codes, kept = check([entry(1, None, numerator=1, denominator=3)])
    assert kept[0].value == Decimal("33.333333")


@pytest.mark.parametrize(
    ("value", "code"),
    [(12.5, None), (12.54, None), (12.6, "rate_mismatch"), (0.125, "rate_factor"), (125, "share_over_100")],
)
def test_a_rate_fits_its_parts(value, code):
    codes, _kept = check([entry(n, value, numerator=125, denominator=1000) for n in range(1, 21)])
    assert codes - {"fractions", "rate_factor" if value == 125 else ""} == ({code} if code else set())


def test_denominators_are_missed_only_where_they_are_needed():
    assert "denominator_missing" in check([entry(n, 12) for n in range(1, 21)])[0]
    assert "denominator_missing" not in check([entry(n, 12, "zahl") for n in range(1, 21)])[0]


def test_fractions_of_one_are_suspected():
    assert "fractions" in check([entry(n, n / 100) for n in range(1, 21)])[0]
    assert "fractions" not in check([entry(n, n / 10) for n in range(1, 21)])[0]


def test_a_jump_is_told_and_ordinary_change_is_not():
    before = (np.arange(1, 21), np.full(20, 2022), np.full(20, 20.0))
    calm = [entry(n, 20 + n % 5) for n in range(1, 20)]
    assert "jump" not in check([*calm, entry(20, 26)], lambda *_: before)[0]
    assert "jump" in check([*calm, entry(20, 60)], lambda *_: before)[0]
    assert "jump" not in check([*calm, entry(20, 60)])[0]


def test_the_robust_z_score_as_published():
    """Median 0.2, MAD 0.1: z = 0.6745 (9 - 0.2) / 0.1."""
    assert robust_z(np.array([0.1, 0.2, 0.3, 0.2, 9.0]))[-1] == pytest.approx(0.6745 * 8.8 / 0.1)
    assert not robust_z(np.full(9, 3.0)).any()


@pytest.mark.parametrize(
    ("status", "value", "extra", "code"),
    [
        ("geheim", "", {}, None),
        ("geheim", 12, {}, "status_contradiction"),
        ("genau null", 12, {}, "status_contradiction"),
        ("gemeldet", "", {}, "status_contradiction"),
        ("gemeinsam", 12, {}, "joint_without_partners"),
        ("gemeinsam", 12, {"joint_with": "001+002"}, None),
        ("gemeinsam", 12, {"joint_with": "002+003"}, "joint_partners"),
        ("vielleicht", 12, {}, "unknown_status"),
    ],
)
def test_signs_and_numbers_agree(status, value, extra, code):
    codes, kept = check([entry(1, value, "zahl", status=status, **extra)])
    assert codes - {"area_absent"} == ({code} if code else set())
    assert bool(kept) == (code is None)


@pytest.mark.parametrize(
    ("unit", "kind"), [("%", None), ("Prozent", None), ("€", "error"), ("je 1.000", "error"), ("Äpfel", "warning")]
)
def test_units_fit_the_indicator(unit, kind):
    remark = unit_remark(unit, QUOTE)
    assert (remark.kind if remark else None) == kind


def test_nothing_at_all_is_an_error():
    assert check([])[0] == {"no_values"}


def test_a_count_that_sinks_to_nothing_is_a_jump_and_chance_is_none():
    def history(*_):
        return np.arange(1, 11), np.full(10, 2022), np.array([400.0] * 8 + [500.0, 5.0])

    entries = [entry(n, 404 + n, "zahl") for n in range(1, 9)] + [entry(9, 0, "zahl"), entry(10, 0, "zahl")]
    found = [c.finding for c in _findings(entries, history) if c.finding.code == "jump"]
    assert [finding.row for finding in found] == [10]
    assert "500 (2022) → 0 (2023)" in found[0].found


def test_units_of_a_column_of_their_own_are_checked():
    assert "unit_mismatch" in check([entry(1, 12.5, unit="je 1.000")])[0]
    assert "unit_mismatch" not in check([entry(1, 12.5, unit="Prozent")])[0]
    assert "unit_mismatch" not in check([entry(1, 12, "zahl", unit="Pers.")])[0]


def test_the_unit_in_the_title_of_a_table_is_a_warning():
    table = Table(columns=(Column(1, "area_code"), Column(2, "value")), header_first=3, indicator="quote")
    checker = Checker(CITY, Mapping(tables=(table,)), date(2024, 11, 24), [].append)
    checker.take_title(table, "B", 1, "Quote nach Vierteln in Euro")
    checker.take_title(table, "B", 2, "Quote nach Vierteln in %")
    found = [c.finding for c in checker.finish(nothing_before) if c.finding.code == "unit_mismatch"]
    assert [(finding.kind, finding.row) for finding in found] == [("warning", 1)]
