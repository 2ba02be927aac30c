"""Splits, places and closed years: what changes is recorded, what is closed stays, nothing is emptied; raw SQL."""

import datetime
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from actionplan.actions.booking import lock_year, open_allocation
from actionplan.models import (
    ActionArea,
    Adjustment,
    AllocationShareHistory,
    BudgetYear,
    BudgetYearHistory,
    ProjectPlace,
    ProjectState,
)
from actionplan.selectors.money import year_money
from tests.app.plan_objects import DAY, a_fund, a_member, a_project
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db


def sql(text: str, *values):
    """A statement by raw SQL, in a savepoint."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)


def refused(words):
    return pytest.raises(IntegrityError, match=words)


@pytest.fixture
def city(db):
    return small_city()


@pytest.fixture
def split(city):
    """An allocation with one share."""
    project = a_project(city["source"])
    place = ProjectPlace.objects.create(project=project, area=city["areas"][0])
    allocation = open_allocation(fund=a_fund(city["source"]), project=project, weights={place: Decimal(1)})
    return allocation.shares.get()


SHARE = "INSERT INTO actionplan_allocationshare (allocation_id, place_id, weight) VALUES (%s, %s, 1)"


class TestSplits:
    def test_a_split_is_among_own_places(self, city, split):
        elsewhere = ProjectPlace.objects.create(project=a_project(city["source"], "anderes"), area=city["areas"][0])
        with refused("nur unter den Orten des Projekts"):
            sql(SHARE, split.allocation_id, elsewhere.pk)
        with refused("nur unter den Orten des Projekts"):
            sql("UPDATE actionplan_allocationshare SET place_id = %s", elsewhere.pk)

    def test_the_split_of_a_closed_year_stays(self, city, split):
        other = ProjectPlace.objects.create(project=split.allocation.project, area=city["areas"][1])
        lock_year(year=2021, on=DAY)
        for text, values in (
            (SHARE, (split.allocation_id, other.pk)),
            ("UPDATE actionplan_allocationshare SET weight = 77", ()),
            ("DELETE FROM actionplan_allocationshare", ()),
            ("DELETE FROM actionplan_allocation", ()),
            ("DELETE FROM actionplan_fund", ()),
        ):
            with refused("Das Haushaltsjahr 2021 ist abgeschlossen"):
                sql(text, *values)

    def test_earlier_splits_are_kept(self, split):
        sql("UPDATE actionplan_allocationshare SET weight = 77")
        sql("DELETE FROM actionplan_allocationshare")
        kept = AllocationShareHistory.objects.order_by("pgh_id").values_list("pgh_label", "weight")
        assert list(kept) == [("changed", Decimal(1)), ("deleted", Decimal(77))]

    def test_where_money_fell_stays(self, city, split):
        with refused("Hierher ist Geld aufgeteilt"):
            sql("UPDATE actionplan_projectplace SET area_id = %s", city["areas"][1].pk)
        sql("DELETE FROM actionplan_allocationshare")
        sql("UPDATE actionplan_projectplace SET area_id = %s", city["areas"][1].pk)

    def test_a_member_of_the_plan_where_money_fell_stays(self, city, split):
        member = a_member(city)
        place = ProjectPlace.objects.create(project=split.allocation.project, action_area=member)
        sql(SHARE, split.allocation_id, place.pk)
        with refused("Hierher ist Geld aufgeteilt"):
            sql("UPDATE actionplan_actionarea SET area_id = %s", city["areas"][1].pk)

    def test_no_weight_is_nan(self, split):
        with refused("a_share_is_a_number"):
            sql("UPDATE actionplan_allocationshare SET weight = 'NaN'")


class TestYears:
    def test_opening_a_year_again_is_recorded_and_told(self, city):
        lock_year(year=2021, on=datetime.date(2022, 3, 1))
        assert year_money(2021, on=DAY).reopened == ()
        sql("UPDATE actionplan_budgetyear SET locked_on = NULL WHERE year = 2021")
        [kept] = BudgetYearHistory.objects.all()
        assert (kept.year, kept.locked_on) == (2021, datetime.date(2022, 3, 1))
        [told] = year_money(2021, on=DAY).reopened
        assert told.closed_on == datetime.date(2022, 3, 1)
        lock_year(year=2021, on=datetime.date(2022, 4, 1))
        assert year_money(2021, on=DAY).reopened == (told,)

    def test_readers_see_that_it_was_opened_again(self, city, client):
        a_fund(city["source"])
        lock_year(year=2021, on=datetime.date(2022, 3, 1))
        BudgetYear.objects.update(locked_on=None)
        page = client.get("/aktionsplan/geld/?jahr=2021").content.decode()
        assert "Es war seit 1. März 2022 abgeschlossen und wurde am" in page

    def test_a_year_is_not_deleted_and_becomes_no_other(self):
        lock_year(year=2021, on=DAY)
        with refused("nicht gelöscht"):
            sql("DELETE FROM actionplan_budgetyear")
        with refused("kein anderes"):
            sql("UPDATE actionplan_budgetyear SET year = 2022")


@pytest.mark.parametrize(
    "table",
    ["moneyentry", "fundchange", "carryover", "projectstate", "applicationstep", "ideastep"],
)
def test_a_journal_is_not_emptied(split, table):
    ProjectState.objects.create(project=split.allocation.project, state="idea", day=DAY)
    connection.check_constraints()  # nothing waits for the end of the transaction, which TRUNCATE does not like
    with refused("Ein Journal wird nicht geleert"):
        sql(f"TRUNCATE actionplan_{table} CASCADE")


def test_journals_are_not_emptied_with_what_they_belong_to(split):
    connection.check_constraints()
    with refused("Ein Journal wird nicht geleert"):
        sql("TRUNCATE actionplan_project CASCADE")


HISTORIES = sorted(
    model._meta.db_table for model in apps.get_app_config("actionplan").get_models() if hasattr(model, "pgh_trackers")
)


@pytest.mark.parametrize("table", HISTORIES)
def test_earlier_states_are_not_emptied(city, table):
    connection.check_constraints()
    with refused("Ein Journal wird nicht geleert"):
        sql(f"TRUNCATE {table}")


@pytest.mark.parametrize("table", ["budgetyear", "allocationshare"])
def test_closed_years_and_splits_are_not_emptied(split, table):
    lock_year(year=2021, on=DAY)
    connection.check_constraints()
    with refused("nicht geleert"):
        sql(f"TRUNCATE actionplan_{table} CASCADE")


def test_a_funder_keeps_its_kind_once_a_year_is_closed(city):
    fund = a_fund(city["source"])
    sql("UPDATE actionplan_funder SET kind = 'eu'")
    lock_year(year=2021, on=DAY)
    with refused("Das Haushaltsjahr 2021"):
        sql("UPDATE actionplan_funder SET kind = 'city'")
    sql("UPDATE actionplan_funder SET name = 'Europa'")
    for column, value in (("foreseen", 5), ("is_about", True)):
        with refused("Das Haushaltsjahr 2021 ist abgeschlossen"):
            sql(f"UPDATE actionplan_fund SET {column} = %s WHERE id = %s", value, fund.pk)  # noqa: S608 - names of this file


class TestMembers:
    @pytest.mark.parametrize(
        "valid", ["empty", "(,2005-01-01)", "[1950-01-01,)", "[2021-01-01,infinity)", "[-infinity,2020-01-01)"]
    )
    def test_a_membership_has_a_time(self, city, valid):
        with refused("a_membership_begins_on_a_day_of_this_century"), transaction.atomic():
            a_member(city, valid=valid, end_decision="Rat")

    def test_an_area_is_not_in_the_plan_as_a_whole_and_in_part(self, city):
        whole, shape = a_member(city), city["areas"][0].geometry
        quarter = {"kind": "aktionsquartier", "name": "Viertel", "geometry": shape}
        with refused("schon zum Plan"), transaction.atomic():
            a_member(city, **quarter)
        sql("UPDATE actionplan_actionarea SET valid = '[2021-01-01,2022-01-01)', end_decision = 'Rat'")
        a_member(city, **quarter, valid="[2022-01-01,)")
        with refused("schon zum Plan"):
            sql(
                "UPDATE actionplan_actionarea SET valid = '[2021-01-01,2022-01-02)' WHERE id = %s",
                whole.pk,
            )
        assert ActionArea.objects.count() == 2

    def test_two_quarters_do_not_cover_the_same_ground(self, city):
        shape = city["areas"][0].geometry
        a_member(city, kind="aktionsquartier", name="Viertel", geometry=shape)
        with refused("schon zum Plan"), transaction.atomic():
            a_member(city, kind="aktionsquartier", name="Zwilling", geometry=shape)


@pytest.mark.parametrize("table", ["adjustment", "adjustmentcriterion", "adjustmentline", "adjustmentfigure"])
def test_what_was_decided_is_not_emptied(city, table):
    words = {"title": "Anpassung", "rule": "Regel", "decision": "Rat"}
    Adjustment.objects.create(
        slug="anpassung", level=city["areas"][0].level, plan_day=DAY, day=DAY, state="decided", **words
    )
    connection.check_constraints()
    with refused("nicht geleert"):
        sql(f"TRUNCATE actionplan_{table} CASCADE")
