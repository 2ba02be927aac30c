"""The matched comparison of areas in and outside the plan."""

from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplan.effect import FEWEST, SIMILAR, Place, compared, nearest


def places(count):
    draw = np.random.default_rng(1)
    return [
        Place(f"{n:03}", {"x": draw.uniform(5, 30), "y": draw.uniform(0, 3)}, draw.normal(-1, 0.5))
        for n in range(count)
    ]


def test_nearest_are_numpys_by_standardised_distance():
    here, *others = places(30)
    table = np.array([[p.before["x"], p.before["y"]] for p in [here, *others]])
    table = (table - table.mean(axis=0)) / table.std(axis=0)
    distances = np.sqrt(((table[1:] - table[0]) ** 2).sum(axis=1))
    expected = [others[i].key for i in np.argsort(distances)[:SIMILAR]]
    assert [p.key for p in nearest(here, others)] == expected


def test_an_indicator_that_does_not_vary_says_nothing():
    here, *others = [Place(p.key, {**p.before, "z": 4.0}, p.change) for p in places(20)]
    plain, *rest = places(20)
    assert [p.key for p in nearest(here, others)] == [p.key for p in nearest(plain, rest)]


def test_the_difference_is_change_minus_the_mean_of_those_like_it():
    here, *others = places(30)
    found = compared(here, others)
    like = [p for p in others if p.key in found.like]
    assert len(like) == SIMILAR
    assert found.difference == pytest.approx(here.change - fmean(p.change for p in like))


def test_a_development_like_the_others_is_usual_and_a_leap_is_not():
    here, *others = places(36)
    usual = Place("p", here.before, fmean(p.change for p in nearest(here, others)))
    leap = Place("p", here.before, -9.0)
    assert not compared(usual, others).is_unusual
    assert compared(leap, others).is_unusual


def test_usual_is_the_middle_ninety_per_cent_of_the_others_compared_alike():
    here, *others = places(41)
    found = compared(here, others)
    chance = [o.change - fmean(p.change for p in nearest(o, [x for x in others if x is not o])) for o in others]
    assert found.low == pytest.approx(np.quantile(chance, 0.05))
    assert found.high == pytest.approx(np.quantile(chance, 0.95))


def test_with_few_others_nothing_is_said():
    here, *others = places(FEWEST)
    assert compared(here, others) is None


@given(st.randoms(use_true_random=False))
def test_the_order_of_areas_does_not_matter(draw):
    here, *others = places(25)
    mixed = list(others)
    draw.shuffle(mixed)
    assert compared(here, mixed) == compared(here, others)


@given(st.floats(0.1, 50), st.floats(-20, 20))
def test_another_unit_of_what_is_compared_before_changes_nothing(factor, shift):
    here, *others = places(25)
    other = [Place(p.key, {**p.before, "x": p.before["x"] * factor + shift}, p.change) for p in (here, *others)]
    assert compared(other[0], other[1:]).like == compared(here, others).like
