"""Dortmund's areas as stored: complete, and every level fits exactly (measured in PostGIS)."""

import pytest
from django.contrib.gis.db.models.aggregates import Union
from django.contrib.gis.db.models.functions import Area as AreaSize
from django.db import IntegrityError, connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Sum

from actionplan.models import ActionArea
from areas.models import Area, AreaLevel, AreaPart, Facility

pytestmark = pytest.mark.django_db

COUNTS = {"stadt": 1, "stadtbezirk": 12, "sozialraum": 39, "bezirk": 62, "unterbezirk": 170}


def test_all_284_areas_are_there(dortmund):
    assert {level.slug: level.areas.count() for level in AreaLevel.objects.all()} == COUNTS


@pytest.mark.parametrize("level", COUNTS)
def test_a_level_covers_the_city_without_gap_or_overlap(dortmund, level):
    areas = Area.objects.at_level(level)
    together = areas.annotate(size=AreaSize("geometry")).aggregate(total=Sum("size"))["total"].sq_m / 1e6
    union = areas.aggregate(union=Union("geometry"))["union"]
    assert together == pytest.approx(280.56, abs=0.02)
    assert union.area / 1e6 == pytest.approx(together, abs=1e-6)  # no overlap
    assert len(union) == 1 if union.geom_type == "MultiPolygon" else True
    assert all(polygon.num_interior_rings == 0 for polygon in ([union] if union.geom_type == "Polygon" else union))


@pytest.mark.parametrize("level", COUNTS)
def test_no_two_areas_of_a_level_overlap(dortmund, level):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT count(*) FROM areas_area a JOIN areas_area b
              ON a.id < b.id AND a.level_id = b.level_id AND a.geometry && b.geometry
             JOIN areas_arealevel l ON l.id = a.level_id
            WHERE l.slug = %s AND ST_Area(ST_Intersection(a.geometry, b.geometry)) > 0.01
            """,
            [level],
        )
        assert cursor.fetchone()[0] == 0


def test_every_area_is_the_union_of_its_parts(dortmund):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT w.code, ST_Area(ST_SymDifference(w.geometry, ST_Union(p.geometry)))
            FROM areas_areapart l JOIN areas_area w ON w.id = l.whole_id JOIN areas_area p ON p.id = l.part_id
            GROUP BY w.id
            """
        )
        rows = cursor.fetchall()
    assert len(rows) == 1 + 12 + 39 + 62
    assert max(difference for _code, difference in rows) < 0.01


def test_codes_are_unique_only_with_their_level(dortmund):
    assert Area.objects.filter(code="011").count() == 2


def test_two_areas_of_the_same_code_cannot_be_valid_at_once(dortmund):
    area = Area.objects.at_level("sozialraum").get(code="023")
    area.pk = None
    with pytest.raises(IntegrityError, match="one_area_per_level_and_code_at_a_time"):
        area.save(force_insert=True)


def test_an_ended_area_may_be_followed_by_another(dortmund):
    import datetime

    old = Area.objects.at_level("sozialraum").get(code="023")
    old.valid = DateRange(None, datetime.date(2020, 1, 1))
    old.save()
    old.pk, old.valid = None, DateRange(datetime.date(2020, 1, 1), None)
    old.save(force_insert=True)
    assert Area.objects.at_level("sozialraum").in_force(datetime.date(2019, 1, 1)).filter(code="023").count() == 1


def test_certainty_travels_along(dortmund):
    counts = {
        c: Area.objects.at_level("sozialraum").filter(certainty=c).count() for c in ("published", "derived", "assumed")
    }
    assert counts == {"published": 17, "derived": 20, "assumed": 2}


def test_parts_and_places(dortmund):
    assert AreaPart.objects.count() == 4 * 170
    assert Facility.objects.count() == 1150


def test_quarters_lie_inside_their_sozialraum(dortmund):
    quarters = ActionArea.objects.filter(kind="aktionsquartier").select_related("area")
    assert {q.name for q in quarters} == {"Wambeler Heide", "Meylantviertel"}
    for quarter in quarters:
        inside = quarter.geometry.intersection(quarter.area.geometry).area / quarter.geometry.area
        assert inside > 0.98
