"""Values name things that exist, and these stay: kept by the database, once per statement, also for raw SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from indicators.models import Release, Value
from tests.app import uploading

pytestmark = pytest.mark.django_db
NAMED = {
    "release_id": "indicators_release",
    "indicator_id": "indicators_indicator",
    "area_id": "areas_area",
    "period_id": "indicators_period",
    "source_id": "areas_source",
}


@pytest.fixture(autouse=True)
def values():
    uploading.make_city()
    uploading.publish_values({"001": 40, "002": 41})


@pytest.mark.parametrize("column", [*NAMED, "upload_id"])
def test_nothing_names_what_does_not_exist(column):
    value = Value.objects.first()
    with pytest.raises(IntegrityError, match="does not exist"), transaction.atomic():
        Value.objects.filter(pk=value.pk).update(**{column: 999_999})
    Value.objects.filter(pk=value.pk).delete()
    value.pk = None
    setattr(value, column, 999_999)
    with pytest.raises(IntegrityError, match="does not exist"), transaction.atomic():
        Value.objects.bulk_create([value])


@pytest.mark.parametrize(("column", "table"), NAMED.items())
def test_what_is_named_is_not_deleted_by_raw_sql(column, table):
    pk = getattr(Value.objects.first(), column)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM {table} WHERE id = %s", [pk])  # noqa: S608


def test_a_draft_is_deleted_with_its_values():
    Release.objects.all().delete()
    assert not Value.objects.exists()
