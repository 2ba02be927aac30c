"""Saving levels: history stays, nothing is lost, nothing overlaps in time."""

import datetime

import pytest
import shapely

from areas.actions import AreaRecord, save_areas
from areas.models import Area, AreaLevel, Source

pytestmark = pytest.mark.django_db

OLD, NEW = datetime.date(2010, 1, 1), datetime.date(2020, 1, 1)


def square(x, size=1.0):
    return shapely.MultiPolygon([shapely.box(x, 0, x + size, size)])


@pytest.fixture
def save():
    level = AreaLevel.objects.create(slug="block", name="Block", name_plural="Blöcke", rank=1, is_smallest=True)
    source = Source.objects.create(slug="test", title="Test", publisher="Test")

    def call(valid_from, **shapes):
        records = [AreaRecord(code, f"Block {code}", shape) for code, shape in shapes.items()]
        return save_areas(level=level, records=records, valid_from=valid_from, source=source)

    return call


def test_unchanged_areas_stay_untouched(save):
    save(OLD, a=square(0), b=square(1))
    keys = set(Area.objects.values_list("pk", flat=True))
    assert save(NEW, a=square(0), b=square(1)).unchanged == 2
    assert set(Area.objects.values_list("pk", flat=True)) == keys


def test_a_changed_boundary_is_a_new_row_and_history_stays(save):
    save(OLD, a=square(0), b=square(1))
    assert save(NEW, a=square(0, 2.0), b=square(1)).changed == 1
    before, after = Area.objects.filter(code="a").order_by("valid")
    assert (before.valid.lower, before.valid.upper) == (OLD, NEW)
    assert (after.valid.lower, after.valid.upper) == (NEW, None)
    assert Area.objects.in_force(datetime.date(2015, 6, 1)).get(code="a").geometry.area == 1
    assert Area.objects.in_force(datetime.date(2025, 6, 1)).get(code="a").geometry.area == 4


def test_a_code_that_is_no_longer_delivered_ends(save):
    save(OLD, a=square(0), b=square(1))
    assert save(NEW, a=square(0)).closed == 1
    assert not Area.objects.in_force(NEW).filter(code="b").exists()
    assert Area.objects.in_force(OLD).filter(code="b").exists()


def test_a_correction_on_the_same_day_replaces_in_place(save):
    save(NEW, a=square(0))
    key = Area.objects.get().pk
    save(NEW, a=square(0, 3.0))
    assert Area.objects.get().pk == key
    assert Area.objects.get().geometry.area == 9


def test_an_area_cannot_begin_and_end_on_one_day(save):
    save(NEW, a=square(0), b=square(1))
    with pytest.raises(ValueError, match="nie gegolten"):
        save(NEW, a=square(0))
    assert Area.objects.in_force(NEW).count() == 2


def test_an_unknown_beginning_does_not_open_a_second_row(save):
    save(NEW, a=square(0))
    save(None, a=square(0, 2.0))
    assert Area.objects.get().valid.lower == NEW
