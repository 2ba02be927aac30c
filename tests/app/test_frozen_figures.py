"""Figures of a membership are frozen at its decision: corrections, bulk writes and raw SQL do not change them."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import ProtectedError
from django.utils import timezone

from actionplan.actions import freeze_figures, freeze_memberships
from actionplan.models import ActionArea, MembershipFigure
from actionplan.selectors.membership_figures import frozen_of
from areas.models import Area
from atlas.selectors.plan_area import since_joining
from indicators.definitions import screened_indicators
from indicators.models import Figure
from tests.app.correcting import SLUG, corrected, withdrawn
from tests.app.test_plan_area import path, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
IN_014 = "031"  # an Unterbezirk of Dorstfeld


def member(code="014", **which):
    return ActionArea.objects.select_related("area").get(area__code=code, **which)


def row_of(one, moment=None, slug=SLUG):
    [row] = [r for r in since_joining(one.area, [one], moment=moment) if r.indicator.slug == slug]
    return row


def test_the_city_is_loaded_with_figures_of_every_membership():
    count = len(screened_indicators())
    assert ActionArea.objects.count() == 17
    assert all(one.figures.count() == count for one in ActionArea.objects.all())
    joined = {(row.period.code, row.is_earliest) for row in member("014").figures.all()}
    assert joined == {("2018", False)}, "the newest that had ended on 13 April 2021"
    assert {row.is_earliest for row in member("023").figures.all()} == {True}, "of 2008 nothing is known"


def test_frozen_figures_are_those_of_the_first_release():
    for row in MembershipFigure.objects.select_related("area__level", "release"):
        live = Figure.objects.filter(
            edition__release=row.release, edition__indicator=row.indicator_id, period=row.period_id
        )
        here = live.get(area=row.area_id)
        city = live.get(area__level__rank=0)
        assert (row.value, row.status, row.city_difference) == (here.value, here.status, here.city_difference)
        assert (row.city_value, row.city_status) == (city.value, city.status)
        assert row.indicator_slug == here.edition.indicator.slug


def test_freezing_again_writes_nothing():
    before = set(MembershipFigure.objects.values_list("pk", flat=True))
    assert freeze_memberships() == 0
    assert freeze_figures(member("014")) == 0
    call_command("freeze_memberships", commit=True, verbosity=0)
    assert set(MembershipFigure.objects.values_list("pk", flat=True)) == before


def test_after_a_published_correction_stands_what_stood_then(client):
    one = member("014")
    before = row_of(one)
    published = timezone.now()
    release = corrected("90", code=IN_014, period="2018")
    row = row_of(one)
    assert row.is_frozen and row.here_corrected and row.here_corrected.value > before.then.here.value
    assert (row.then.here.value, row.then.city.value) == (before.then.here.value, before.then.city.value)
    assert row.then.distance == before.then.distance
    other = row_of(member("023"))
    assert other.here_corrected is None
    shown = text_of(client, path("014"))
    told = f"{before.then.here.value:.1f}".replace(".", ",")
    today = f"{row.here_corrected.value:.1f}".replace(".", ",")
    assert f"{told}" in shown and "inzwischen berichtigt:" in shown and today in shown
    assert "wie sie beim Beschluss veröffentlicht waren" in shown
    assert row_of(one, moment=published).here_corrected is None, "a document of an earlier moment"
    withdrawn(release)
    assert row_of(one).here_corrected is None


@pytest.mark.parametrize(("begins", "slug"), [("2008-01-01", "2026-1"), ("today", "2026-2")])
def test_the_release_of_the_first_day_counts_whenever_it_is_frozen(begins, slug):
    corrected("90", code=IN_014, period="2018")
    day = timezone.localdate() if begins == "today" else datetime.date.fromisoformat(begins)
    area = Area.objects.in_force().get(code="011", level__slug="sozialraum")
    late = ActionArea.objects.create(
        kind="aktionsraum",
        name="Spät",
        area=area,
        valid=DateRange(day, None),
        decision="Rat",
        source=member("014").source,
    )
    freeze_figures(late)
    assert late.figures.get(indicator_slug=SLUG).release.slug == slug


def test_figures_of_a_withdrawn_release_are_not_shown_again():
    one = member("014")
    moment = timezone.now() - datetime.timedelta(days=400)
    assert frozen_of(one, moment=moment) == [], "nothing was public then"
    release = one.figures.first().release
    withdrawn_on = timezone.now()
    type(release).objects.filter(pk=release.pk).update(
        status="withdrawn", withdrawn_at=withdrawn_on, withdrawal_reason="Falsch."
    )
    assert frozen_of(one) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE actionplan_membershipfigure SET value = 1",
        "UPDATE actionplan_membershipfigure SET is_earliest = NOT is_earliest",
        "DELETE FROM actionplan_membershipfigure",
    ],
)
def test_raw_sql_changes_nothing(statement):
    with pytest.raises(IntegrityError, match="festgehalten"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_way_of_emptying_or_doubling():
    connection.check_constraints()
    for table in ("membershipfigure", "actionarea"):
        with pytest.raises(IntegrityError, match="nicht geleert"), transaction.atomic():
            connection.cursor().execute(f"TRUNCATE actionplan_{table} CASCADE")
    row = MembershipFigure.objects.first()
    row.pk = None
    with pytest.raises(IntegrityError, match="one_figure_per_membership_and_indicator"), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(ProtectedError):
        member("014").delete()


def test_the_administration_shows_them_and_takes_no_change(client):
    client.force_login(User.objects.create_superuser("chef"))
    one = member("014")
    shown = client.get(f"/verwaltung/actionplan/actionarea/{one.pk}/change/")
    assert shown.status_code == 200
    assert one.figures.first().indicator_label in shown.content.decode()
    assert 'name="figures-0-value"' not in shown.content.decode()


def test_values_are_copies_to_the_last_digit():
    row = member("014").figures.get(indicator_slug=SLUG)
    assert row.value == Decimal("21.1") and row.city_difference == Decimal("4.3")
    assert row.frozen_on == timezone.localdate()
