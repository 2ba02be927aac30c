"""The shared city: there for those who ask, whole again after each test."""

import pytest

from areas.models import Area, Facility


@pytest.mark.django_db
def test_without_asking_the_tables_are_empty():
    assert not Area.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("turn", ["first", "second"])
def test_every_test_sees_the_whole_city_whatever_the_one_before_did(dortmund, turn):
    assert Area.objects.in_force().count() == 284
    deleted, _by_model = Facility.objects.all().delete()
    assert deleted == 1150
