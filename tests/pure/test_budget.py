"""Money is exact: splits add up, sums hold on every day, both sides of a reconciliation agree."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.budget import Money, Reconciliation, Sums, Whole, money_of, split_exactly

cents = st.integers(-(10**11), 10**11).map(lambda n: Decimal(n) / 100)
weights = st.lists(st.decimals("0.0001", "99999", places=4), min_size=1, max_size=20).map(
    lambda found: dict(enumerate(found))
)
kinds = st.sampled_from(["planned", "approved", "revised", "committed", "spent"])
days = st.dates(date(2008, 1, 1), date(2026, 12, 31))


@given(cents, weights)
def test_a_split_adds_up_to_the_cent(amount, shares):
    parts = split_exactly(amount, shares)
    assert sum(parts.values()) == amount
    assert list(parts) == list(shares)


@given(cents, weights)
def test_no_part_is_a_cent_away_from_its_exact_share(amount, shares):
    total = sum(shares.values())
    for key, part in split_exactly(amount, shares).items():
        assert abs(part - amount * shares[key] / total) < Decimal("0.0101")


@given(cents, weights)
def test_taking_back_a_split_leaves_nothing(amount, shares):
    given_out, back = split_exactly(amount, shares), split_exactly(-amount, shares)
    assert all(given_out[key] + back[key] == 0 for key in shares)


@given(cents, weights, st.decimals("0.5", "3", places=2))
def test_only_the_ratio_of_weights_matters(amount, shares, factor):
    scaled = {key: weight * factor for key, weight in shares.items()}
    assert split_exactly(amount, scaled) == split_exactly(amount, shares)


@pytest.mark.parametrize("shares", [{}, {"a": Decimal(0)}, {"a": Decimal(1), "b": Decimal(-1)}])
def test_a_split_needs_weights(shares):
    with pytest.raises(ValueError):
        split_exactly(Decimal("1.00"), shares)


def test_fractions_of_a_cent_are_refused():
    with pytest.raises(ValueError):
        split_exactly(Decimal("1.005"), {"a": Decimal(1)})


@given(st.lists(st.tuples(kinds, cents, days), max_size=30), days)
def test_the_sums_of_a_day_are_those_of_the_rows_until_then(rows, on):
    journal = [SimpleNamespace(kind=kind, amount=amount, day=day) for kind, amount, day in rows]
    found = money_of(journal, on)
    for kind in ("planned", "approved", "revised", "committed", "spent"):
        assert getattr(found, kind) == sum((a for k, a, d in rows if k == kind and d <= on), Decimal("0.00"))
    later = money_of([row for row in journal if row.day > on])
    assert found + later == money_of(journal)


def test_any_way_that_comes_to_something_else_is_a_difference():
    def found(granted="5.00", spent="2.00", volume="9.00", parts="9.00"):
        ways = (Sums("journal", 1, Decimal("5.00"), Decimal("2.00")), Sums("way", 1, Decimal(granted), Decimal(spent)))
        whole = Whole("fund", Decimal(volume), Decimal("5.00"), Decimal(parts))
        return Reconciliation(ways, (whole,)).difference

    assert found() == 0
    assert found(granted="4.99") == Decimal("0.01") and found(spent="2.50") == Decimal("0.50")
    assert found(volume="4.00", parts="0.00") == 1 and found(parts="10.00") == 1


def test_left_is_what_was_approved_and_changed_and_not_paid():
    money = Money(approved=Decimal("900.00"), revised=Decimal("-100.00"), spent=Decimal("250.50"))
    assert (money.granted, money.left) == (Decimal("800.00"), Decimal("549.50"))
