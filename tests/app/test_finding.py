"""Finding areas: at a place, by name in any spelling, by street, beside and inside each other."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from django.contrib.gis.geos import Point

from areas.models import Area
from areas.selectors import areas_at, children, facilities_in, find_areas, neighbours, parts

pytestmark = pytest.mark.usefixtures("dortmund", "db")
FIXTURE = Path(__file__).parents[2] / "fixtures" / "areas" / "unterbezirke.geojson"
LEVELS = ["stadt", "stadtbezirk", "sozialraum", "bezirk", "unterbezirk"]


def area(level: str, code: str) -> Area:
    return Area.objects.in_force().at_level(level).get(code=code)


# At a place


def test_a_point_has_one_area_on_every_level(django_assert_num_queries):
    with django_assert_num_queries(1):
        here = areas_at(7.4983, 51.4893)
    assert here.inside
    assert [a.level for a in here.areas] == LEVELS
    assert [a.name for a in here.areas] == ["Dortmund", "Hörde", "Hörde", "Hörde", "Hörde"]


def test_a_point_in_every_smallest_area_answers_with_it_and_its_parent():
    for feature in json.loads(FIXTURE.read_text(encoding="utf-8"))["features"][::10]:
        inside = shapely.from_geojson(json.dumps(feature["geometry"])).representative_point()
        by_level = {a.level: a.code for a in areas_at(inside.x, inside.y).areas}
        assert by_level["unterbezirk"] == feature["properties"]["schluessel"]
        assert by_level["sozialraum"] == feature["properties"]["sozialraum"]


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(6.96, 50.94), (51.49, 7.49), (0, 0), (200, 51), (7.4, 91), (float("nan"), 51.5), (float("inf"), 0)],
)
def test_outside_the_city_there_is_nothing(lon, lat):
    here = areas_at(lon, lat)
    assert (here.areas, here.inside) == ((), False)


def test_a_point_on_a_border_has_one_area_per_level():
    feature = json.loads(FIXTURE.read_text(encoding="utf-8"))["features"][5]
    x, y = feature["geometry"]["coordinates"][0][0]
    levels = [a.level for a in areas_at(x, y).areas]
    assert len(levels) == len(set(levels))


def test_before_an_area_began_there_is_nothing():
    from datetime import date

    Area.objects.update(valid=(date(2020, 1, 1), None))
    assert areas_at(7.4983, 51.4893, on=date(2019, 12, 31)).inside is False
    assert areas_at(7.4983, 51.4893, on=date(2020, 1, 1)).inside is True


# By name


@pytest.mark.parametrize("typed", ["Hörde", "Horde", "hoerde", "HÖRDE", "hör", "  Hörde "])
def test_every_spelling_finds_hoerde_on_every_level(typed, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = find_areas(typed)
    assert [(a.level, a.name) for a in found.areas[:4]] == [(level, "Hörde") for level in LEVELS[1:]]
    assert found.suggestions == ()


def test_better_matches_come_before_larger_areas():
    names = [a.name for a in find_areas("dorstfeld").areas]
    assert names[:3] == ["Dorstfeld"] * 3
    assert names.index("Oberdorstfeld") > names.index("Dorstfelder Brücke")


def test_a_code_finds_its_areas_with_zeros():
    assert [(a.level, a.code) for a in find_areas("013").areas] == [("sozialraum", "013"), ("unterbezirk", "013")]


def test_a_typing_error_gives_suggestions_marked_as_such():
    found = find_areas("Hombruhc")
    assert found.areas == ()
    assert found.suggestions[0].name == "Hombruch"


@pytest.mark.parametrize("typed", ["", "   ", "?!", "'; drop table"])
def test_nothing_useful_gives_nothing(typed):
    found = find_areas(typed)
    assert (found.areas, found.suggestions, found.places) == ((), (), ())


def test_the_limit_holds_and_the_total_is_told():
    found = find_areas("or", limit=3)
    assert len(found.areas) == 3
    assert found.total > 20
    assert len(found.places) <= 3


@pytest.mark.parametrize("typed", ["Rheinische Straße", "rheinische str", "Rheinische Str.", "rheinische strasse"])
def test_a_street_finds_the_areas_of_its_places(typed, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = find_areas(typed)
    assert found.areas == ()
    assert len(found.places) == 5
    assert {a.name for p in found.places for a in p.areas if a.level == "sozialraum"} == {"Dorstfelder Brücke"}
    assert all([a.level for a in p.areas] == LEVELS for p in found.places)


def test_a_place_is_found_by_its_name():
    (place,) = find_areas("nordmarktschule").places
    assert place.address == "Nordmarkt 18-20"


# Beside and inside


def test_neighbours_share_a_border_and_not_just_a_point(django_assert_num_queries):
    every = list(Area.objects.in_force().at_level("unterbezirk"))
    shapes = shapely.from_wkb([bytes(a.geometry.wkb) for a in every])
    for n in range(0, len(every), 17):
        shared = shapely.length(shapely.intersection(shapes, shapes[n]))
        wanted = {every[i].code for i in np.flatnonzero(shared > 0.01) if i != n}
        with django_assert_num_queries(1):
            found = {a.code for a in neighbours(every[n])}
        assert found == wanted


def test_neighbourhood_is_mutual():
    for neighbour in neighbours(area("sozialraum", "082")):
        assert "082" in {a.code for a in neighbours(area("sozialraum", neighbour.code))}


def test_the_city_has_no_neighbours():
    assert neighbours(area("stadt", "05913000")) == ()


def test_parts_are_the_smallest_areas(django_assert_num_queries):
    hoerde = area("sozialraum", "082")
    with django_assert_num_queries(1):
        assert [a.code for a in parts(hoerde)] == ["531", "532", "533", "534", "535"]
    assert len(parts(area("stadt", "05913000"))) == 170
    assert parts(area("unterbezirk", "532")) == ()


def test_children_lie_in_their_parent(django_assert_num_queries):
    district = area("stadtbezirk", "08")
    with django_assert_num_queries(1):
        found = children(district)
    assert {a.level for a in found} == {"sozialraum", "bezirk"}
    assert {"081", "082"} <= {a.code for a in found}


def test_places_are_grouped_by_kind_and_none_is_lost(django_assert_num_queries):
    city = area("stadt", "05913000")
    with django_assert_num_queries(1):
        groups = facilities_in(city)
    assert sum(len(g.places) for g in groups) == 1150
    assert [g.kind for g in groups] == sorted({g.kind for g in groups}, key=[g.kind for g in groups].index)
    by_space = sum(len(g.places) for n in range(1, 13) for g in facilities_in(area("stadtbezirk", f"{n:02}")))
    assert by_space == 1150


def test_a_place_lies_where_its_point_lies():
    (group,) = [g for g in facilities_in(area("sozialraum", "013")) if g.kind == "Bibliothek"]
    assert len(group.places) == 1
    assert Area.objects.in_force().at_level("sozialraum").containing(Point(7.4653, 51.5136, srid=4326)).count() == 1
