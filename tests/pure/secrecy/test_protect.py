"""Suppression against the truth by counting, on tables small enough to try everything."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.secrecy.attack import attack, intervals
from indicators.secrecy.suppression import protect
from indicators.secrecy.tables import Cell, Relation, Table

from . import oracle

MINIMUM = 3
QUICK = settings(max_examples=12, deadline=None)


def table_of(values, sums, *, fixed=(), minimum=MINIMUM, holders=True, weight=lambda v: 1 + v):
    cells = {}
    for key, value in values.items():
        is_secret = 0 < value < minimum and key not in fixed
        cells[key] = Cell(
            key, value, is_sensitive=is_secret, is_fixed=key in fixed, weight=weight(value),
            low=0, high=minimum, holder=key if value == 1 and holders else None,
        )  # fmt: skip
    return Table(cells, [Relation(total, parts) for total, parts in sums])


@st.composite
def two_way(draw, largest=4, size=3):
    rows, columns = "ab", "xyz"[: draw(st.integers(2, size))]
    counts = draw(
        st.lists(st.integers(0, largest), min_size=len(rows) * len(columns), max_size=len(rows) * len(columns))
    )
    inner = dict(zip(((r, c) for r in rows for c in columns), counts, strict=True))
    values, sums = oracle.two_way(rows, columns, inner)
    return table_of(values, sums, fixed={("*", "*")})


@given(two_way())
@QUICK
def test_every_secret_is_safe_by_counting(table):
    found = protect(table)
    if not found.unprotectable:
        assert oracle.is_safe(table, found.hidden)


@given(two_way(largest=2, size=2))
@settings(max_examples=6, deadline=None)
def test_no_other_choice_loses_less(table):
    found = protect(table)
    least = oracle.least_loss(table)
    assert (least is None) == bool(found.unprotectable)
    if least is not None:
        assert found.is_least
        assert sum(table.cells[key].weight for key in found.secondary) == least


@given(two_way(), st.integers(0, 2**9))
@QUICK
def test_intervals_are_what_counting_gives(table, pattern):
    keys = sorted(table.cells, key=repr)
    hidden = {key for i, key in enumerate(keys) if pattern >> i & 1 and key != ("*", "*")}
    public = {key: None if key in hidden else table.cells[key].value for key in keys}
    limits = {key: (0, 6 + table.cells[key].value) for key in hidden}
    counted = oracle.possible_values(public, table.relations, limits)
    assert intervals(public, table.relations, limits) == {k: (min(v), max(v)) for k, v in counted.items()}


@given(two_way(), st.integers())
@QUICK
def test_the_order_of_cells_and_relations_changes_nothing(table, seed):
    keys, relations = list(table.cells), list(table.relations)
    Random(seed).shuffle(keys)  # noqa: S311 - an order, no secret
    Random(seed).shuffle(relations)  # noqa: S311
    assert protect(Table({key: table.cells[key] for key in keys}, relations)) == protect(table)


@given(two_way())
@QUICK
def test_fixed_cells_are_never_hidden_and_the_attacker_agrees(table):
    found = protect(table)
    assert not any(table.cells[key].is_fixed for key in found.hidden)
    public = {key: None if key in found.hidden else cell.value for key, cell in table.cells.items()}
    secrets = [cell for cell in table.cells.values() if cell.is_sensitive]
    exposed = {exposure.key for exposure in attack(public, table.relations, secrets=secrets)}
    assert exposed == found.unprotectable


def test_one_secret_in_a_line_takes_the_smallest_with_room_along():
    values = {"all": 40, "a": 2, "b": 1, "c": 9, "d": 28}
    found = protect(table_of(values, [("all", ("a", "b", "c", "d"))], fixed={"all"}))
    assert found.primary == {"a", "b"}
    assert found.secondary == {"c"}  # b alone knows itself: a would be 2 for b


def test_nothing_secret_hides_nothing():
    assert protect(table_of({"all": 30, "a": 10, "b": 20}, [("all", ("a", "b"))])).hidden == frozenset()


def test_what_fixed_cells_betray_is_said():
    values = {"all": 12, "a": 2, "b": 10}
    found = protect(table_of(values, [("all", ("a", "b"))], fixed={"all", "b"}))
    assert (found.primary, found.secondary, found.unprotectable) == ({"a"}, set(), {"a"})


@pytest.mark.parametrize("seed", range(3))
def test_the_same_content_gives_the_same_answer(seed):
    maker = Random(seed)  # noqa: S311 - invented counts
    inner = {(r, c): maker.randint(0, 9) for r in "abcde" for c in "vwxyz"}
    values, sums = oracle.two_way("abcde", "vwxyz", inner)
    table = table_of(values, sums, fixed={("*", "*")})
    assert protect(table) == protect(table)


def test_who_is_counted_knows_his_part_of_every_sum():
    values = {"all": 60, "d": 4, "e": 56, "a": 1, "b": 3, "x": 26, "y": 30}
    sums = [("all", ("d", "e")), ("d", ("a", "b")), ("e", ("x", "y"))]
    table = table_of(values, sums, fixed={"all"}, minimum=5)
    found = protect(table)
    assert not found.unprotectable  # the case in a knows that d is at least 1; that d is 4 he must not find out
    assert {"d", "a", "b", "e"} <= found.hidden and found.hidden & {"x", "y"}


def test_a_sum_of_one_case_and_its_only_part_have_one_holder():
    values = {"all": 60, "d": 1, "e": 59, "a": 1, "b": 0}
    sums = [("all", ("d", "e")), ("d", ("a", "b"))]
    found = protect(table_of(values, sums, fixed={"all"}, minimum=5))
    assert found.primary == {"d", "a"} and "e" in found.secondary and not found.unprotectable


def test_a_large_table_is_safe_too():
    import numpy as np

    from tests.bench.secrecy import make_counts

    table = make_counts(420, np.random.default_rng(3), share=0.05)
    found = protect(table)
    public = {key: None if key in found.hidden else cell.value for key, cell in table.cells.items()}
    secrets = [cell for cell in table.cells.values() if cell.is_sensitive]
    assert secrets and not found.unprotectable and not found.is_least
    assert not attack(public, table.relations, secrets=secrets)
