"""The screening rule: strict comparisons, ties, three verdicts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.statistics.screening import Criterion, Kind, Limit, Side, Verdict, limit_of, screen

CITY = {"quote": Decimal("10"), "m2": Decimal("40")}


def criterion(kind, threshold, side=Side.ABOVE, slug="quote"):
    return Criterion(slug, kind, side, Decimal(threshold))


def verdicts(columns, criteria, needed, limits=None):
    limits = limits or [limit_of(c, columns[c.slug], CITY.get(c.slug)) for c in criteria]
    return {area.key: str(area.verdict) for area in screen(columns, criteria, limits, needed)}


def column(**values):
    return {key: None if value is None else Decimal(value) for key, value in values.items()}


@pytest.mark.parametrize(
    ("kind", "threshold", "side", "limit"),
    [
        (Kind.DIFFERENCE, "2.5", Side.ABOVE, "12.5"),
        (Kind.DIFFERENCE, "2.5", Side.BELOW, "7.5"),
        (Kind.DIFFERENCE, "0", Side.ABOVE, "10"),
        (Kind.RATIO, "1.25", Side.ABOVE, "12.5"),
        (Kind.RATIO, "0.8", Side.BELOW, "8"),
    ],
)
def test_limits_and_exactly_on_them_is_not_beyond(kind, threshold, side, limit):
    rule = criterion(kind, threshold, side)
    found = limit_of(rule, {}, CITY["quote"])
    assert found == Limit(Decimal(limit), is_inside=False)
    step = Decimal("0.1") if side == Side.ABOVE else Decimal("-0.1")
    columns = {"quote": {"on": Decimal(limit), "beyond": Decimal(limit) + step, "inside": Decimal(limit) - step}}
    expected = {"on": Verdict.INCONSPICUOUS, "beyond": Verdict.STANDS_OUT, "inside": Verdict.INCONSPICUOUS}
    assert verdicts(columns, [rule], 1, [found]) == expected


def test_so_many_worst_and_all_that_share_the_last_place():
    columns = {"quote": column(a="9", b="7", c="7", d="7", e="3")}
    rule = criterion(Kind.HIGHEST, "2")
    found = limit_of(rule, columns["quote"], None)
    assert found == Limit(Decimal(7), is_inside=True, tied=("b", "c", "d"))
    assert [key for key, v in verdicts(columns, [rule], 1).items() if v == "stands_out"] == ["a", "b", "c", "d"]
    assert limit_of(criterion(Kind.HIGHEST, "4"), columns["quote"], None).tied == ()


def test_lowest_are_the_worst_where_low_is_bad():
    columns = {"m2": column(a="30", b="35", c="50")}
    rule = criterion(Kind.HIGHEST, "2", Side.BELOW, "m2")
    assert verdicts(columns, [rule], 1) == {"a": "stands_out", "b": "stands_out", "c": "inconspicuous"}


def test_fewer_known_areas_than_places():
    columns = {"quote": column(a="1", b=None)}
    assert verdicts(columns, [criterion(Kind.HIGHEST, "5")], 1) == {"a": "stands_out", "b": "unknown"}
    assert limit_of(criterion(Kind.HIGHEST, "5"), column(a=None), None).value is None


def test_missing_is_never_inconspicuous_and_never_needed_twice():
    columns = {"quote": column(a="20", b="5", c=None, d="5"), "m2": column(a=None, b=None, c=None, d="50")}
    criteria = [criterion(Kind.DIFFERENCE, "0"), criterion(Kind.DIFFERENCE, "0", Side.BELOW, "m2")]
    assert verdicts(columns, criteria, 1) == {
        "a": "stands_out",
        "b": "unknown",
        "c": "unknown",
        "d": "inconspicuous",
    }
    assert verdicts(columns, criteria, 2)["a"] == "unknown"


def test_no_city_value_no_verdict():
    rule = criterion(Kind.RATIO, "1.5", slug="ohne")
    columns = {"ohne": column(a="5")}
    assert verdicts(columns, [rule], 1) == {"a": "unknown"}
    assert limit_of(rule, {}, Decimal(0)).value is None


def test_small_areas_are_held_to_the_limit_of_the_large_ones():
    rule = criterion(Kind.HIGHEST, "1")
    limit = limit_of(rule, column(gross="20", klein="5"), None)
    small = screen({"quote": column(teil1="20", teil2="19.9")}, [rule], [limit], 1)
    assert {area.key: str(area.verdict) for area in small} == {"teil1": "stands_out", "teil2": "inconspicuous"}


numbers = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.none() | st.integers(0, 9), min_size=1)


@given(numbers, st.integers(1, 6))
def test_places_by_counting(raw, places):
    """The oracle: an area is inside if fewer than `places` known areas are worse than it."""
    values = {key: None if v is None else Decimal(v) for key, v in raw.items()}
    found = verdicts({"quote": values}, [criterion(Kind.HIGHEST, places)], 1)
    for key, value in values.items():
        if value is None:
            assert found[key] == "unknown"
        else:
            worse = sum(other is not None and other > value for other in values.values())
            assert (found[key] == "stands_out") == (worse < places)


@given(numbers, st.sampled_from([Decimal("0.1"), Decimal(7), Decimal(1000)]), st.integers(1, 5))
def test_unit_and_order_do_not_matter(raw, factor, places):
    values = {key: None if v is None else Decimal(v) for key, v in raw.items()}
    scaled = {key: None if v is None else v * factor for key, v in reversed(values.items())}
    rule = criterion(Kind.HIGHEST, places)
    assert verdicts({"quote": scaled}, [rule], 1) == verdicts({"quote": values}, [rule], 1)
    more = {**values, "zzzz": None}
    assert {k: v for k, v in verdicts({"quote": more}, [rule], 1).items() if k != "zzzz"} == verdicts(
        {"quote": values}, [rule], 1
    )
