"""The small drawings: right places, right shapes, nothing that the content security policy would refuse."""

import re
from xml.etree import ElementTree

import pytest

from atlas.charts.locator import coarse_path, locator_svg
from atlas.charts.strip import middle_half, strip_svg
from atlas.charts.trend import TrendPoint, comparable_since, trend_svg

VALUES = [10.0, 20.0, 30.0, 40.0, 50.0]


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314 - drawn by ourselves


def of_class(svg, name):
    return [element for element in parsed(svg).iter() if name in element.get("class", "").split()]


def ticks(svg):
    return re.findall(r"M(\d+) 9V15", of_class(svg, "tick")[0].get("d"))


def test_strip_places_every_value_between_the_lowest_and_the_highest():
    svg = strip_svg(VALUES, here=50.0, city=20.0, label="Lage")
    assert ticks(svg) == ["0", "250", "500", "750", "1000"]
    assert of_class(svg, "here")[0].get("cx") == "100.0%"
    assert of_class(svg, "city")[0].get("x1") == of_class(svg, "city")[0].get("x2") == "25.0%"
    box = of_class(svg, "box")[0]
    assert (box.get("x"), box.get("width")) == ("250", "500")


def test_strip_does_not_depend_on_the_order_of_values():
    assert strip_svg(VALUES[::-1], here=20, city=None, label="") == strip_svg(VALUES, here=20, city=None, label="")


def test_area_without_value_has_no_dot_and_a_city_outside_the_range_no_line():
    svg = strip_svg(VALUES, here=None, city=5000.0, label="Lage")
    assert of_class(svg, "here") == []
    assert of_class(svg, "city") == []
    assert len(ticks(svg)) == 5


def test_equal_values_lie_in_the_middle():
    svg = strip_svg([7.0, 7.0, 7.0, 7.0], here=7.0, city=7.0, label="")
    assert ticks(svg) == ["500"]
    assert of_class(svg, "here")[0].get("cx") == "50.0%"


@pytest.mark.parametrize("values", [[], [3.0]])
def test_no_strip_without_something_to_compare_with(values):
    assert strip_svg(values, here=3.0, city=None, label="Lage") == ""


def test_strip_says_the_same_in_words_and_escapes_them():
    svg = strip_svg(VALUES, here=10, city=None, label='<b> & "Lage"')
    assert parsed(svg).get("role") == "img"
    assert parsed(svg).get("aria-label") == '<b> & "Lage"'


def test_middle_half_needs_four_values():
    assert middle_half([1, 2, 3]) is None
    assert middle_half([4, 1, 2, 3]) == (1.75, 3.25)


def test_trend_rises_from_left_to_right_and_ends_in_a_dot():
    svg = trend_svg([TrendPoint(2018, 10), TrendPoint(2021, 20), TrendPoint(2024, 30)])
    points = [tuple(map(float, p.split(","))) for p in parsed(svg).find("polyline").get("points").split()]
    assert [x for x, _y in points] == sorted(x for x, _y in points)
    assert [y for _x, y in points] == sorted((y for _x, y in points), reverse=True)
    assert points[1][0] == pytest.approx((points[0][0] + points[2][0]) / 2)
    dot = parsed(svg).find("circle")
    assert (float(dot.get("cx")), float(dot.get("cy"))) == points[-1]


def test_a_break_interrupts_the_line():
    before = [TrendPoint(2010, 1), TrendPoint(2012, 2)]
    after = [TrendPoint(2018, 9, comparable=False), TrendPoint(2024, 8)]
    lines = parsed(trend_svg([*before, *after])).findall("polyline")
    assert [len(line.get("points").split()) for line in lines] == [2, 2]
    assert comparable_since([*before, *after]) == 2


def test_a_point_that_stands_alone_is_a_dot_and_no_line():
    svg = parsed(trend_svg([TrendPoint(2018, 1), TrendPoint(2024, 9, comparable=False)]))
    assert svg.findall("polyline") == []
    assert len(svg.findall("circle")) == 2


def test_unchanged_values_make_a_level_line():
    points = parsed(trend_svg([TrendPoint(2018, 5), TrendPoint(2024, 5)])).find("polyline").get("points")
    assert {pair.split(",")[1] for pair in points.split()} == {"12"}


def test_coarse_paths_of_neighbours_share_their_border():
    left = coarse_path("M0,0L31.4,0.2L30.9,60.1L0,60Z", grid=3)
    right = coarse_path("M30.9,60.1L31.4,0.2L90,0L90,60Z", grid=3)
    assert absolute(left) & absolute(right) == {(10, 0), (10, 20)}


def absolute(path):
    start, steps = re.fullmatch(r"M(\S+ \S+?)l(.+)z", path).groups()
    numbers = [int(n) for n in re.findall(r"-?\d+", steps)]
    x, y = map(int, start.split())
    points = {(x, y)}
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        points.add((x, y))
    return points


def test_rings_smaller_than_the_grid_disappear():
    assert coarse_path("M0,0L1,0L1,1Z", grid=3) == ""


def test_locator_links_areas_and_marks_where_we_are():
    svg = locator_svg(
        {"1": "M0 0l9 0 0 9z", "2": "M9 9l9 0 0 9z"},
        size=(90, 60),
        links={"1": ("/gebiete/x/1/", "Grün & Weiß")},
        here=["2"],
        plan=["1"],
    )
    links = list(parsed(svg).iter("a"))
    assert [(a.get("href"), a.get("tabindex"), a.find("path/title").text) for a in links] == [
        ("/gebiete/x/1/", "-1", "Grün & Weiß")
    ]
    assert [e.get("d") for e in of_class(svg, "is-here")] == ["M9 9l9 0 0 9z"]
    assert [e.get("d") for e in of_class(svg, "is-plan")] == ["M0 0l9 0 0 9z"]
    assert parsed(svg).get("aria-hidden") == "true"


def test_no_drawing_carries_inline_styles_or_colours():
    drawings = [
        strip_svg(VALUES, here=10, city=20, label="x"),
        trend_svg([TrendPoint(2018, 1), TrendPoint(2024, 2)]),
        locator_svg({"1": "M0 0l9 0 0 9z"}, size=(90, 60), links={}),
    ]
    for svg in drawings:
        assert not re.search(r"style=|fill=|stroke=|<style|#[0-9a-f]{3}", svg), svg
