"""Sums and splits made by the database are those of the plain calculation, and searching folds as names do."""

import datetime
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from actionplan.actions.booking import book, open_allocation
from actionplan.budget import split_exactly
from actionplan.models import Project, ProjectPlace
from actionplan.selectors.money import year_money
from actionplan.selectors.sums import parts_of_area, parts_of_year
from areas.models import Area, Source
from areas.naming import fold
from tests.app.plan_objects import DAY, a_fund, a_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
CODES = ("021", "022", "023")
weights = st.lists(st.integers(1, 99_999).map(lambda n: Decimal(n) / 10_000), min_size=1, max_size=3)
amounts = st.integers(1, 10_000_000).map(lambda n: Decimal(n) / 100)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(amounts, amounts, weights), min_size=1, max_size=3))
def test_the_database_splits_as_the_plain_calculation_does(given_out):
    with transaction.atomic():
        caches["parts"].clear()
        expected = _book(given_out)
        parts = parts_of_year(2014, DAY.replace(year=2014))
        assert {part.area: (part.granted, part.spent) for part in parts} == expected
        assert {(part.source, part.planned) for part in parts} == {("city", None)}, "nobody recorded a plan"
        for area in Area.objects.filter(pk__in=expected).defer("geometry"):
            (part,) = (p for p in parts_of_area(area, DAY.replace(year=2014)) if p.year == 2014)
            assert (part.granted, part.spent) == expected[area.pk]
        money = year_money(2014, on=DAY.replace(year=2014))
        assert money.undivided == 0 and money.reconciled.difference == 0
        transaction.set_rollback(True)


def _book(given_out):
    """Book it all; what each area gets by `split_exactly`."""
    source, areas = Source.objects.first(), list(Area.objects.in_force().at_level("sozialraum").filter(code__in=CODES))
    fund = a_fund(source, "99999999.00", slug="viel", year=2014)
    expected: dict[int, tuple] = {}
    for number, (granted, spent, shares) in enumerate(given_out):
        project = a_project(source, f"summe-{number}", reach="places")
        chosen = areas[: len(shares)]
        places = [ProjectPlace.objects.create(project=project, area=area) for area in chosen]
        allocation = open_allocation(fund=fund, project=project, weights=dict(zip(places, shares, strict=True)))
        day, paid = datetime.date(2014, 2, 1), min(granted, spent)
        book(allocation=allocation, kind="approved", amount=granted, day=day)
        book(allocation=allocation, kind="spent", amount=paid, day=day)
        split = [split_exactly(amount, dict(zip(places, shares, strict=True))) for amount in (granted, paid)]
        for place in places:
            before = expected.get(place.area_id, (0, 0))
            expected[place.area_id] = (before[0] + split[0][place], before[1] + split[1][place])
    return expected


@pytest.mark.parametrize("title", ["Bövinghausen/Westrich", "Straßenfest & Café", "Boevinghausen", "Haeuser, neue"])
def test_words_are_folded_as_names_are(title):
    project = a_project(Source.objects.first(), "worte")
    Project.objects.filter(pk=project.pk).update(title=title)
    assert fold(title) in Project.objects.get(pk=project.pk).words


def test_any_spelling_finds_a_project(client):
    for words in ("B%C3%BCrgergarten", "buergergarten", "BURGERGARTEN"):
        assert "Bürgergarten" in client.get(f"/aktionsplan/projekte/?q={words}").content.decode()
