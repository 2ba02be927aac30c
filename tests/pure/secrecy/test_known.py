"""Answers that can be known without the engine: Fréchet bounds, tables solved by hand, Dortmund's youth welfare of 2001."""

import csv
from decimal import Decimal
from itertools import product
from pathlib import Path

import pytest

from indicators.secrecy.attack import attack, intervals
from indicators.secrecy.rounding import round_controlled, round_plain, rounded_bounds
from indicators.secrecy.rules import Reason, Rule, cell_of, primary
from indicators.secrecy.suppression import protect
from indicators.secrecy.tables import (
    Cell,
    Knowledge,
    Relation,
    Table,
    TableError,
    loss,
    make_table,
    rate_bounds,
    rate_knowledge,
)

from . import oracle

FIXTURE = Path(__file__).parents[3] / "fixtures" / "values" / "jugendhilfeplan-2001.csv"


def test_frechet_bounds_of_a_two_by_two_table():
    """Turnover by region and industry, Handbook on SDC, table 4.1; bounds max(0, r + c - n) <= x <= min(r, c)."""
    inner = {("1", "A"): 540, ("1", "B"): 231, ("2", "A"): 48, ("2", "B"): 125}
    values, sums = oracle.two_way("12", "AB", inner)
    relations = [Relation(total, parts) for total, parts in sums]
    public = {key: None if key in inner else value for key, value in values.items()}
    total = values["*", "*"]
    for (r, c), (low, high) in intervals(public, relations).items():
        assert low == max(0, values[r, "*"] + values["*", c] - total)
        assert high == min(values[r, "*"], values["*", c])


def test_two_hidden_in_each_line_are_not_enough():
    """The corners of a 3 x 3 table with a gap: every line has two hidden cells or none, yet 1 and 1 stay between 0 and 2."""
    inner = {("a", "x"): 1, ("a", "y"): 1, ("a", "z"): 9, ("b", "x"): 1, ("b", "y"): 1, ("b", "z"): 9,
             ("c", "x"): 9, ("c", "y"): 9, ("c", "z"): 9}  # fmt: skip
    values, sums = oracle.two_way("abc", "xyz", inner)
    relations = [Relation(total, parts) for total, parts in sums]
    secret = {key: Cell(key, 1, is_sensitive=True, low=0, high=3) for key, value in inner.items() if value == 1}
    public = {key: None if key in secret else value for key, value in values.items()}
    found = attack(public, relations, secrets=secret.values())
    assert {(e.key, e.low, e.high) for e in found} == {(key, 0, 2) for key in secret}
    cells = {key: secret.get(key, Cell(key, v, weight=1 + v, is_fixed="*" in key)) for key, v in values.items()}
    hidden = protect(Table(cells, relations)).hidden
    assert oracle.is_safe(Table(cells, relations), hidden)


def test_two_singletons_in_a_line_do_not_find_each_other():
    cells = [Cell("all", 20, is_fixed=True), Cell("a", 1, is_sensitive=True, low=0, high=3, holder="a")]
    cells += [
        Cell("b", 1, is_sensitive=True, low=0, high=3, holder="b"),
        Cell("c", 4, weight=3),
        Cell("d", 14, weight=9),
    ]
    line = Relation("all", ("a", "b", "c", "d"))
    assert protect(make_table(cells, [line])).secondary == {"c"}
    public = {"all": 20, "a": None, "b": None, "c": 4, "d": 14}
    found = attack(public, [line], secrets=cells[1:3])
    assert {(e.key, e.high) for e in found} == {("a", 2), ("b", 2)}


def test_cubes_of_three_breakdowns():
    """Area x age x sex, all margins public: protected and checked by counting."""
    inner = dict.fromkeys(product("ab", "xy", "mf"), 2) | {("a", "x", "m"): 1, ("b", "y", "f"): 3}
    values, relations = dict(inner), []
    for axis in range(3):
        for key in list(values):
            if key[axis] != "*":
                total = (*key[:axis], "*", *key[axis + 1 :])
                parts = tuple((*key[:axis], p, *key[axis + 1 :]) for p in ("ab", "xy", "mf")[axis])
                if total not in values:
                    values[total] = sum(values[p] for p in parts)
                    relations.append(Relation(total, parts))
    cells = {
        key: Cell(key, v, is_sensitive=v == 1, low=0, high=2, weight=1 + v, is_fixed="*" in key)
        for key, v in values.items()
    }
    table = Table(cells, relations)
    found = protect(table)
    assert found.unprotectable or oracle.is_safe(table, found.hidden)


def test_a_rounded_rate_tells_its_numerator():
    line = Relation("all", ("a", "b"))
    known = {"a": rate_bounds(Decimal("2.0"), 200, half=Decimal("0.05"))}
    assert intervals({"all": 30, "a": None, "b": None}, [line], known) == {"a": (4, 4), "b": (26, 26)}
    both = rate_knowledge("a", "n", Decimal("50.0"), half=Decimal("0.05"))
    found = intervals({"a": None, "n": None, "m": 3, "t": 11}, [Relation("t", ("n", "m"))], knowledge=both)
    assert found == {"a": (4, 4), "n": (8, 8)}


def test_what_else_is_known_narrows():
    line = Relation("all", ("a", "b", "c"))
    public = {"all": 10, "a": None, "b": None, "c": None}
    group = Knowledge((("a", 1), ("b", 1)), low=4, high=4)  # an own group of areas that somebody asked for
    assert intervals(public, [line], knowledge=[group]) == {"a": (0, 4), "b": (0, 4), "c": (6, 6)}


def test_contradictions_are_refused():
    with pytest.raises(TableError, match="do not add up"):
        protect(Table({"t": Cell("t", 3), "a": Cell("a", 1), "b": Cell("b", 1)}, [Relation("t", ("a", "b"))]))
    with pytest.raises(TableError, match="no cell"):
        protect(Table({"t": Cell("t", 3)}, [Relation("t", ("a",))]))


def test_rules():
    rule = Rule(min_count=5, dominance=(1, 75), min_population=300)
    assert primary(0, rule) is None and primary(5, rule) is None
    assert primary(4, rule).reason == Reason.FEW_CASES
    assert primary(0, Rule(zero_is_secret=True)).high == 3
    assert primary(98, rule, denominator=100).reason == Reason.FEW_WITHOUT
    assert primary(40, rule, denominator=299).reason == Reason.SMALL_POPULATION
    assert primary(40, rule, denominator=300) is None
    firms = primary(Decimal(100), rule, contributions=[80, 5, 5, 5, 5])
    assert firms.reason == Reason.DOMINANCE and round(firms.high, 2) == Decimal("106.67")  # 80 is 75 % of 106.67
    assert primary(100, rule, contributions=[70, 10, 10, 5, 5]) is None
    with pytest.raises(ValueError, match="never negative"):
        primary(-1, rule)


def test_rounding_keeps_sums_and_stays_near():
    inner = {("a", "x"): 1, ("a", "y"): 7, ("b", "x"): 13, ("b", "y"): 4}
    values, sums = oracle.two_way("ab", "xy", inner)
    table = make_table([Cell(k, v) for k, v in values.items()], [Relation(t, p) for t, p in sums])
    found = round_controlled(table, 5)
    assert all(found[total] == sum(found[p] for p in parts) for total, parts in sums)
    assert all(abs(found[key] - value) < 5 and found[key] % 5 == 0 for key, value in values.items())
    assert round_controlled(make_table(list(table.cells.values())[::-1], table.relations[::-1]), 5) == found
    for value in range(40):
        low, high = rounded_bounds(round_plain(value, 5), 5, is_plain=True)
        assert low <= value <= high


def youth_welfare(indicator):
    """Counts of 2001 by area, and the districts of which all Sozialräume are there."""
    with FIXTURE.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["indikator"] == indicator]
    values = {(row["ebene"], row["gebiet"]): int(row["zaehler"]) for row in rows}
    sums = []
    for (level, code), value in values.items():
        parts = tuple(
            key for key in values if key[0] == "sozialraum" and key[1].startswith(code) and level == "stadtbezirk"
        )
        if parts and sum(values[p] for p in parts) == value:
            sums.append(Relation((level, code), parts))
    return values, sums


@pytest.mark.parametrize("indicator", ["hilfen_in_der_familie", "hilfen_ausserhalb_der_familie"])
def test_youth_welfare_of_2001_with_a_minimum_of_five(indicator):
    values, sums = youth_welfare(indicator)
    assert len(sums) >= 3  # the parts of 04, 07 and 08 add up
    rule = Rule(min_count=5)
    rank = {"sozialraum": 0, "stadtbezirk": 1, "stadt": 2}
    table = make_table(
        [
            cell_of(key, v, primary(v, rule), is_fixed=key[0] == "stadt", weight=loss(v, rank=rank[key[0]]))
            for key, v in values.items()
        ],
        sums,
    )
    found = protect(table)
    secrets = [cell for cell in table.cells.values() if cell.is_sensitive]
    assert secrets and not found.unprotectable and found.is_least
    only_primary = {key: None if key in found.primary else v for key, v in values.items()}
    assert {e.key for e in attack(only_primary, sums, secrets=secrets)} == {
        c.key
        for c in secrets
        if any(c.key in r.parts and not found.primary.issuperset({*r.parts} - {c.key}) for r in sums)
    }
    safe = {key: None if key in found.hidden else v for key, v in values.items()}
    assert not attack(safe, sums, secrets=secrets)
    if indicator == "hilfen_ausserhalb_der_familie":
        assert found.primary == {("sozialraum", "083")} and found.secondary == {("sozialraum", "081")}
        assert intervals(safe, sums)["sozialraum", "083"] == (0, 25)
