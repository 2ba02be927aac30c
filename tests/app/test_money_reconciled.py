"""The cross-check of a year finds what is wrong, should it ever come into the database past all triggers."""

from decimal import Decimal

import pytest
from django.core.cache import caches
from django.db import connection

from actionplan.actions.booking import book, open_allocation
from actionplan.models import ProjectPlace
from actionplan.selectors.money import year_money
from tests.app.plan_objects import DAY, a_fund, a_project
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(db):
    """A whole with a part; two projects, one of them divided among two places."""
    caches["parts"].clear()
    city = small_city()
    whole = a_fund(city["source"], "1000")
    part = a_fund(city["source"], "400", slug="teil", part_of=whole)
    project = a_project(city["source"])
    places = [ProjectPlace.objects.create(project=project, area=area) for area in city["areas"][:2]]
    divided = open_allocation(fund=whole, project=project, weights=dict.fromkeys(places, Decimal(1)))
    other = open_allocation(fund=part, project=a_project(city["source"], "zweites"))
    for allocation, kind, amount in ((divided, "approved", 100), (divided, "spent", 60), (other, "approved", 50)):
        book(allocation=allocation, kind=kind, amount=Decimal(amount), day=DAY)
    return {"whole": whole, "part": part, "divided": divided, "other": other}


def without_triggers(text: str, *values):
    """What no user of the portal can do: the statement asks neither triggers nor foreign keys."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(text, values)
        cursor.execute("SET LOCAL session_replication_role = origin")
    caches["parts"].clear()


def found():
    return year_money(2021, on=DAY).reconciled


ENTRY = (
    "INSERT INTO actionplan_moneyentry (allocation_id, kind, amount, day, day_is_exact, note, recorded_at) "
    "VALUES (%s, %s, %s, '2021-05-01', true, '', now())"
)


def test_all_ways_come_to_the_same(booked):
    check = found()
    assert check.difference == 0
    assert {(one.granted, one.spent) for one in check.sums} == {(Decimal("150.00"), Decimal("60.00"))}
    assert [one.count for one in check.sums] == [3, 2, 2, 2]
    whole = next(one for one in check.wholes if one.name == "Kern")
    assert (whole.volume, whole.granted, whole.parts) == (1000, 150, 400)


def test_more_than_there_is_in_a_part_and_its_whole(booked):
    without_triggers(ENTRY, booked["other"].pk, "approved", 950)
    check = found()
    assert {one.name: one.over for one in check.wholes} == {"Kern": 100, "Teil": 600}
    assert check.difference == 600


def test_parts_that_hold_more_than_the_whole(booked):
    without_triggers(
        "INSERT INTO actionplan_fundchange (fund_id, amount, day, day_is_exact, note, recorded_at) "
        "VALUES (%s, 700, '2021-05-01', true, '', now())",
        booked["part"].pk,
    )
    assert found().difference == 100


def test_a_share_whose_place_is_gone(booked):
    without_triggers("DELETE FROM actionplan_projectplace WHERE id = (SELECT min(id) FROM actionplan_projectplace)")
    assert found().difference == 50


def test_money_of_a_project_that_is_gone(booked):
    without_triggers("DELETE FROM actionplan_project WHERE slug = 'zweites'")
    assert found().difference == 50


def test_readers_see_the_difference(booked, client):
    page = client.get("/aktionsplan/geld/?jahr=2021").content.decode()
    assert "hier stimmt etwas nicht" not in page and "Zeilen des Journals" in page
    without_triggers("DELETE FROM actionplan_project WHERE slug = 'zweites'")
    connection.cursor().execute("UPDATE areas_publicstate SET version = version + 1")
    page = client.get("/aktionsplan/geld/?jahr=2021").content.decode()
    assert "hier stimmt etwas nicht" in page


def test_what_nobody_recorded_is_no_zero_in_the_cross_check(booked, client):
    page = client.get("/aktionsplan/geld/?jahr=2021").content.decode()
    assert "nichts eingetragen" not in page.split('id="gegenprobe"')[1].split("</table>")[0]
    without_triggers("DELETE FROM actionplan_moneyentry WHERE kind = 'spent'")
    connection.cursor().execute("UPDATE areas_publicstate SET version = version + 1")
    check = client.get("/aktionsplan/geld/?jahr=2021").content.decode().split('id="gegenprobe"')[1].split("</table>")[0]
    assert check.count("nichts eingetragen") == 4 and "150,00" in check
