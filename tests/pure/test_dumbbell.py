"""From a value before to a value after on a common axis."""

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from atlas.charts.dumbbell import MARGIN, Axis, Pair, axis_svg, dumbbell_svg

NOTHING = Pair(None, None)
numbers = st.floats(-1e6, 1e6).map(lambda x: round(x, 2))


def marks(svg):
    return {(e.get("class"), e.get("cx") or e.get("x1")) for e in ElementTree.fromstring(svg)}  # noqa: S314 - our own


@given(st.lists(numbers, min_size=1), st.data())
def test_every_value_lies_within_the_row_and_the_higher_one_further_right(values, data):
    axis = Axis.of(values)
    low, high = sorted(data.draw(st.tuples(st.sampled_from(values), st.sampled_from(values))))
    places = [float(axis.percent(value)[:-1]) for value in (low, high)]
    assert MARGIN <= places[0] <= places[1] <= 100 - MARGIN


def test_ring_dot_way_and_the_city_behind_them():
    svg = dumbbell_svg(Pair(2, 6), Axis([0.0, 10.0]), city=Pair(0, 10), label="<von 2 auf 6>")
    assert 'aria-label="&lt;von 2 auf 6&gt;"' in svg
    assert marks(svg) == {
        ("dumbbell__city is-before", "3.0%"),
        ("dumbbell__city is-after", "97.0%"),
        ("dumbbell__way", "21.8%"),
        ("dumbbell__dot is-before", "21.8%"),
        ("dumbbell__dot is-after", "59.4%"),
    }


def test_what_is_not_known_is_not_drawn_and_what_may_not_be_compared_is_not_joined():
    axis = Axis([0.0, 10.0])
    assert marks(dumbbell_svg(Pair(None, 5), axis, city=NOTHING, label="")) == {("dumbbell__dot is-after", "50.0%")}
    assert len(marks(dumbbell_svg(Pair(5, 6, joined=False), axis, city=NOTHING, label=""))) == 2
    assert marks(dumbbell_svg(NOTHING, axis, city=NOTHING, label="")) == set()


def test_the_axis_writes_its_numbers_at_their_places():
    assert '<text x="50.0%" y="14" text-anchor="middle">5,0</text>' in axis_svg(
        Axis([0.0, 5.0, 10.0]), lambda tick: f"{tick:.1f}".replace(".", ",")
    )
