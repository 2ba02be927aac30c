"""The rules of the money hold on any day one asks for, and between a fund and the parts it contains."""

import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from actionplan.actions.booking import (
    BookingError,
    book,
    open_allocation,
    put_into_fund,
)
from actionplan.models import Fund
from areas.models import Source
from tests.app.plan_objects import DAY, a_fund, a_project

pytestmark = pytest.mark.django_db
KINDS = ("planned", "approved", "revised", "committed", "spent")
JANUARY = datetime.date(2021, 1, 1)


@pytest.fixture
def source():
    return Source.objects.create(slug="quelle", title="Quelle", publisher="Stadt")


@pytest.fixture
def whole(source):
    return a_fund(source, "1000", slug="ganzes")


def a_part(whole, amount="400", slug="teil", **more):
    return a_fund(whole.source, amount, slug=slug, part_of=whole, **{"year": whole.year, **more})


def a_place(fund, slug="garten"):
    return open_allocation(fund=fund, project=a_project(fund.source, f"{slug}-{fund.slug}"))


def insert(table, **row):
    """One row by raw SQL, in a savepoint."""
    row = {"day": DAY, "day_is_exact": True, "note": "", "recorded_at": datetime.datetime.now(datetime.UTC), **row}
    names, places = ", ".join(row), ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO actionplan_{table} ({names}) VALUES ({places})", list(row.values()))  # noqa: S608 - names of this file


def entry(allocation, kind, amount, day=DAY):
    insert("moneyentry", allocation_id=allocation.pk, kind=kind, amount=amount, day=day)


def refused(words):
    return pytest.raises(IntegrityError, match=words)


class TestParts:
    def test_part_and_whole_together_give_no_more_than_the_whole(self, whole):
        inside, above = a_place(a_part(whole)), a_place(whole)
        entry(inside, "approved", 400)
        with refused("im Topf sind 1000.00"):
            entry(above, "approved", 600.01)
        entry(above, "approved", 600)

    def test_what_the_whole_gave_is_missing_in_its_parts(self, whole):
        inside, above = a_place(a_part(whole)), a_place(whole)
        entry(above, "approved", 700)
        with refused("aus „Ganzes“ mit seinen Teilen 1000.01 Euro, im Ganzen sind 1000.00"):
            entry(inside, "approved", 300.01)
        entry(inside, "approved", 300)

    def test_parts_of_parts_count_as_well(self, whole):
        part = a_part(whole)
        deepest, above = a_place(a_part(part, "100", "teilchen")), a_place(whole)
        entry(above, "approved", 950)
        with refused("aus „Ganzes“"):
            entry(deepest, "approved", 51)
        entry(deepest, "approved", 50)

    def test_parts_of_a_part_without_amount_count_as_well(self, whole):
        unknown = a_part(whole, None, "unbekannt")
        deepest, above = a_place(a_part(unknown, "1000", "teilchen")), a_place(whole)
        entry(above, "approved", 950)
        with refused("aus „Ganzes“"):
            entry(deepest, "approved", 51)
        with refused("Die Teile von „Ganzes“ wären zusammen 1000.01 Euro, im Ganzen sind 1000.00"):
            insert("fundchange", fund_id=Fund.objects.get(slug="teilchen").pk, amount=0.01)

    def test_parts_hold_no_more_than_the_whole(self, whole):
        a_part(whole)
        other = a_part(whole, "600", "anderer")
        with refused("Die Teile von „Ganzes“ wären zusammen 1000.01 Euro, im Ganzen sind 1000.00"):
            insert("fundchange", fund_id=other.pk, amount=0.01)
        with refused("Im Topf wären 999.99 Euro, seine Teile sind zusammen 1000.00"):
            insert("fundchange", fund_id=whole.pk, amount=-0.01)

    def test_what_is_carried_out_of_a_part_leaves_the_whole(self, whole):
        part, later = a_part(whole), a_fund(whole.source, "1", slug="spaeter", year=2022)
        above = a_place(whole)
        entry(above, "approved", 700)
        with refused("Übertragen würden 300.01 Euro, frei sind in „Ganzes“ 300.00"):
            insert("carryover", out_of_id=part.pk, into_id=later.pk, amount=300.01)
        insert("carryover", out_of_id=part.pk, into_id=later.pk, amount=300)
        with refused("im Topf sind 700.00"):
            entry(above, "approved", 0.01)

    def test_the_whole_carries_nothing_that_is_in_its_parts(self, whole):
        a_part(whole)
        later = a_fund(whole.source, "1", slug="spaeter", year=2022)
        with refused("Übertragen würden 600.01 Euro, frei sind 600.00"):
            insert("carryover", out_of_id=whole.pk, into_id=later.pk, amount=600.01)

    def test_what_is_carried_into_a_part_enters_the_whole(self, whole):
        later = a_fund(whole.source, "10", slug="spaeter", year=2022)
        part = a_part(later, "10", "spaeterer-teil")
        insert("carryover", out_of_id=whole.pk, into_id=part.pk, amount=500)
        entry(a_place(part), "approved", 510, datetime.date(2022, 5, 1))

    def test_a_part_is_of_the_same_year(self, whole):
        with refused("Ein Topf von 2030 kann nicht in einem von 2021 enthalten sein"), transaction.atomic():
            a_part(whole, year=2030)

    def test_nothing_is_contained_in_a_circle(self, whole):
        with refused("gibt es noch nicht"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO actionplan_fund (id, part_of_id, slug, name, kind, year, funder_id, source_id,"
                " volume_is_known, is_about, decided_by, note)"
                " SELECT n, 9003 - n + 9000, 'k' || n, 'k', 'core', 2021, funder_id, source_id, true, false, '', ''"
                " FROM actionplan_fund, generate_series(9001, 9002) n WHERE slug = 'ganzes'"
            )


class TestDays:
    def test_nothing_is_paid_before_it_is_approved(self, whole):
        allocation = a_place(whole)
        entry(allocation, "approved", 100)
        for kind, verb in (("spent", "Ausgezahlt"), ("committed", "Gebunden")):
            with refused(f"{verb} wären am 30.04.2021 1.00 Euro, bewilligt sind 0.00"):
                entry(allocation, kind, 1, datetime.date(2021, 4, 30))
        entry(allocation, "spent", 1)

    def test_an_approval_of_later_is_no_money_yet(self, whole):
        allocation = a_place(whole)
        entry(allocation, "approved", 100)
        entry(allocation, "revised", 100, datetime.date(2021, 9, 1))
        with refused("Ausgezahlt wären am 31.08.2021 150.00 Euro, bewilligt sind 100.00"):
            entry(allocation, "spent", 150, datetime.date(2021, 8, 31))
        entry(allocation, "spent", 150, datetime.date(2021, 9, 1))

    def test_what_is_taken_back_was_there_on_every_day(self, whole):
        allocation = a_place(whole)
        entry(allocation, "approved", 100)
        entry(allocation, "spent", 80, datetime.date(2021, 8, 1))
        with refused("Mehr zurückgenommen als am 01.06.2021 gebucht war"):
            entry(allocation, "spent", -1, datetime.date(2021, 6, 1))
        with refused("Ausgezahlt wären 80.00 Euro, bewilligt sind 70.00"):
            entry(allocation, "revised", -30, datetime.date(2021, 6, 1))

    def test_nothing_is_approved_before_it_is_in_the_fund(self, whole):
        allocation = a_place(whole)
        put_into_fund(fund=whole, amount=Decimal(500), day=datetime.date(2021, 10, 1))
        with refused("Bewilligt wären am 01.05.2021 1200.00 Euro, im Topf sind 1000.00"):
            entry(allocation, "approved", 1200)
        entry(allocation, "approved", 1200, datetime.date(2021, 10, 1))
        with refused("Im Topf wären am 02.10.2021 1100.00 Euro, bewilligt sind schon 1200.00"):
            insert("fundchange", fund_id=whole.pk, amount=700, day=datetime.date(2021, 10, 3))
            insert("fundchange", fund_id=whole.pk, amount=-400, day=datetime.date(2021, 10, 2))

    def test_nothing_is_carried_before_it_is_there(self, whole):
        later = a_fund(whole.source, "1", slug="spaeter", year=2022)
        entry(a_place(whole), "approved", 900, datetime.date(2021, 6, 1))
        with refused("Übertragen würden 101.00 Euro, frei sind 100.00"):
            insert("carryover", out_of_id=whole.pk, into_id=later.pk, amount=101, day=datetime.date(2021, 3, 1))
        with refused("Übertragen würden 1.00 Euro, frei sind am 31.12.2020 0.00"):
            insert("carryover", out_of_id=whole.pk, into_id=later.pk, amount=1, day=datetime.date(2020, 12, 31))

    @pytest.mark.parametrize("kind", KINDS[1:])
    def test_what_has_happened_has_no_day_to_come(self, whole, kind):
        allocation, later = a_place(whole), datetime.date.today() + datetime.timedelta(days=40)  # noqa: DTZ011
        entry(allocation, "planned", 10, later)
        entry(allocation, "approved", 100)
        with refused("kommt erst noch"):
            entry(allocation, kind, 1, later)

    @pytest.mark.parametrize("day", ["1950-01-01", "2999-01-01", "infinity", "-infinity"])
    def test_days_lie_in_this_century(self, whole, day):
        later = a_fund(whole.source, "1", slug="spaeter", year=2022)
        with refused("a_money_entry_has_a_day"):
            entry(a_place(whole), "planned", 1, day)
        with refused("a_change_of_a_fund_has_a_day"):
            insert("fundchange", fund_id=whole.pk, amount=1, day=day)
        with refused("a_carry_over_has_a_day"):
            insert("carryover", out_of_id=whole.pk, into_id=later.pk, amount=1, day=day)

    def test_the_refusal_is_said_with_day_and_amounts(self, whole):
        allocation = a_place(whole)
        book(allocation=allocation, kind="approved", amount=Decimal(900), day=DAY)
        with pytest.raises(BookingError) as told:
            book(allocation=allocation, kind="spent", amount=Decimal("1.50"), day=JANUARY)
        assert str(told.value) == "Ausgezahlt wären am 01.01.2021 1,50 Euro, bewilligt sind 0,00."
        with pytest.raises(BookingError) as told:
            book(allocation=allocation, kind="planned", amount=Decimal(1), day=datetime.date(1950, 1, 1))
        assert str(told.value) == "Der Tag liegt nicht zwischen 2000 und 2100."


def test_not_a_number_is_no_amount(whole):
    allocation, later = a_place(whole), a_fund(whole.source, "1", slug="spaeter", year=2022)
    for write in (
        lambda: entry(allocation, "planned", "NaN"),
        lambda: insert("fundchange", fund_id=whole.pk, amount="NaN"),
        lambda: insert("carryover", out_of_id=whole.pk, into_id=later.pk, amount="NaN"),
    ):
        with refused("is_a_number"):
            write()
