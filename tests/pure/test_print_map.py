"""Maps for paper: every class has its own colour and texture, areas keep their place, labels never touch."""

import re
from itertools import pairwise

import pytest
import shapely

from areas.geometry.drawing import Drawing
from atlas.charts.print_labels import LETTER, LINE, POINT, fitting_labels
from atlas.charts.print_map import PrintMap, print_map_height, print_map_svg
from atlas.charts.textures import PLAIN, fills

SQUARES = {  # two squares side by side with a wavy border between them
    "type": "Topology",
    "transform": {"scale": [0.0001, 0.0001], "translate": [7.4, 51.4]},
    "arcs": [
        [[100, 0], [1, 20], [-1, 20], [1, 20], [-1, 40]],
        [[100, 100], [-100, 0], [0, -100], [100, 0]],
        [[100, 0], [100, 0], [0, 100], [-100, 0]],
    ],
    "objects": {
        "areas": {
            "type": "GeometryCollection",
            "geometries": [
                {
                    "id": "1",
                    "arcs": [[[0, 1]]],
                    "properties": {"name": "West", "label": [7.405, 51.405], "radius": 300},
                },
                {
                    "id": "2",
                    "arcs": [[[2, -1]]],
                    "properties": {"name": "Ost", "label": [7.415, 51.405], "radius": 300},
                },
            ],
        }
    },
}


def lightness(colour):
    return sum(int(colour[i : i + 2], 16) * part for i, part in ((1, 0.2126), (3, 0.7152), (5, 0.0722)))


@pytest.mark.parametrize("scale", ["petrol", "ochre"])
@pytest.mark.parametrize("count", range(1, 8))
def test_classes_can_be_told_apart_in_grey(count, scale):
    used = fills(count, scale)
    assert len(used) == count == len({(fill.texture, fill.colour) for fill in used})
    for lower, higher in pairwise(used):
        assert lower.texture != higher.texture
        assert lightness(lower.colour) > lightness(higher.colour) + 8
    for one in used:
        same = [other for other in used if other is not one and other.texture == one.texture]
        assert all(abs(lightness(one.colour) - lightness(other.colour)) > 60 for other in same)


def test_falling_and_rising_areas_differ_also_where_they_are_equally_dark():
    below, middle, above = fills(7, is_change=True)[:3], fills(7, is_change=True)[3], fills(7, is_change=True)[4:]
    assert middle.texture == PLAIN
    assert not {fill.texture for fill in below} & {fill.texture for fill in above}
    assert len(fills(1, is_change=True)) == 1


def test_marks_can_be_seen_on_their_ground():
    for count in range(1, 8):
        for fill in fills(count):
            assert abs(lightness(fill.colour) - lightness(fill.mark)) > 25


def test_every_area_is_drawn_once_and_those_without_a_value_by_their_sign():
    drawing = Drawing(SQUARES)
    svg = print_map_svg(PrintMap(fills(2), {"1": 1}, {"2": "suppressed"}, description="<b>&"), drawing, 100)
    assert svg.count(drawing.paths["1"]) == 2  # colour and texture
    assert f'd="{drawing.paths["2"]}" fill-rule="evenodd" fill="url(#suppressed)"' in svg
    assert "&lt;b&gt;&amp;" in svg
    assert 'id="t1"' in svg and 'id="suppressed"' in svg


def test_simpler_lines_stay_near_the_true_ones_and_borders_stay_shared():
    whole = Drawing(SQUARES)
    simple = whole.simplified(40)
    assert len(simple.paths["1"]) < len(whole.paths["1"])
    assert whole.simplified(0.01).paths == whole.paths
    for code, polygon in whole.polygons.items():
        assert polygon.hausdorff_distance(simple.polygons[code]) <= 40
    assert not simple.polygons["1"].intersection(simple.polygons["2"]).area
    union = shapely.union_all(list(simple.polygons.values()))
    assert union.area == pytest.approx(sum(polygon.area for polygon in simple.polygons.values()))


def test_an_area_without_room_for_its_name_carries_its_code_or_nothing():
    drawing = Drawing(SQUARES)
    wide = fitting_labels(drawing, {"1": "West", "2": "Ost"}, 100)
    assert [label.text for label in wide] == ["West", "Ost"]
    narrow = fitting_labels(drawing, {"1": "Ein sehr langer Name", "2": "Ost"}, 16)
    assert "1" in [label.text for label in narrow]
    assert fitting_labels(drawing, {"1": "West", "2": "Ost"}, 1) == []
    boxes = [box_of(label, drawing.width / 100 * POINT) for label in wide]
    assert not boxes[0].intersects(boxes[1])


def box_of(label, unit):
    half, high = len(label.text) * LETTER * label.points * unit / 2, LINE * label.points * unit / 2
    return shapely.box(label.x - half, label.y - high, label.x + half, label.y + high)


def test_the_height_follows_from_the_width():
    drawing = Drawing(SQUARES)
    svg = print_map_svg(PrintMap(fills(1), {}, {}), drawing, 100)
    left, top, wide, high = map(float, re.search(r'viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ([\d.]+)"', svg).groups())
    assert (left, top) == (pytest.approx(left), left)
    assert print_map_height(drawing, 100) == pytest.approx(100 * high / wide, abs=0.1)
