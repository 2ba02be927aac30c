"""The plan in the administration: clerks book, the database's refusals stand in the form, lists need few queries."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from actionplan.actions.booking import book, open_allocation
from actionplan.models import ActionArea, CarryOver, CouncilPaper, MoneyEntry, ProjectPlace
from areas.models import PublicState, Source
from tests.app.plan_objects import DAY, a_fund, a_project, an_allocation
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db
LISTS = [
    "project",
    "fieldofaction",
    "fund",
    "funder",
    "allocation",
    "carryover",
    "budgetyear",
    "councilpaper",
    "pressrelease",
    "participation",
    "office",
    "planfunction",
    "actionprogramme",
    "programmeversion",
]


@pytest.fixture
def source():
    return Source.objects.create(slug="quelle", title="Quelle", publisher="Stadt")


@pytest.fixture
def clerk(admin_client):
    return admin_client


def booking(allocation, kind, amount):
    """What the form of an allocation sends for one new row of its journal."""
    before = allocation.entries.count()
    entry = {"kind": kind, "amount": amount, "day": "01.05.2021", "day_is_exact": "on", "paper": "", "note": ""}
    return {
        "fund": allocation.fund_id,
        "project": allocation.project_id,
        "note": "",
        "shares-TOTAL_FORMS": 0,
        "shares-INITIAL_FORMS": 0,
        "entries-TOTAL_FORMS": before + 1,
        "entries-INITIAL_FORMS": before,
        **{f"entries-{number}-id": row.pk for number, row in enumerate(allocation.entries.all())},
        **{f"entries-{before}-{name}": value for name, value in entry.items()},
    }


def test_a_clerk_books_and_is_remembered(clerk, source):
    allocation = an_allocation(source)
    url = reverse("admin:actionplan_allocation_change", args=[allocation.pk])
    response = clerk.post(url, booking(allocation, "approved", "237,50"))
    assert response.status_code == 302, response.context["errors"]
    entry = allocation.entries.get()
    assert (entry.amount, entry.recorded_by) == (Decimal("237.50"), get_user_model().objects.get())


def test_a_refusal_stands_in_the_form_and_nothing_is_lost(clerk, source):
    allocation = an_allocation(source)
    book(allocation=allocation, kind="approved", amount=Decimal(100), day=DAY)
    url = reverse("admin:actionplan_allocation_change", args=[allocation.pk])
    page = clerk.post(url, booking(allocation, "spent", "100,01"))
    assert page.status_code == 200
    text = page.content.decode()
    assert "Ausgezahlt wären 100,01 Euro, bewilligt sind 100,00." in text
    assert 'value="100,01"' in text
    assert allocation.entries.count() == 1


def test_a_carry_over_is_tried_before_it_is_saved(clerk, source):
    fund, later = a_fund(source), a_fund(source, "1.00", slug="spaeter", year=2022)
    sent = {"out_of": fund.pk, "into": later.pk, "amount": "1.000,01", "day": "01.02.2022", "paper": "", "source": ""}
    page = clerk.post(reverse("admin:actionplan_carryover_add"), sent)
    assert "Übertragen würden 1.000,01 Euro, frei sind 1.000,00." in page.content.decode()
    assert clerk.post(reverse("admin:actionplan_carryover_add"), {**sent, "amount": "1.000,00"}).status_code == 302
    assert CarryOver.objects.get().amount == 1000


def test_what_is_booked_can_only_be_read(clerk, source):
    allocation = an_allocation(source)
    book(allocation=allocation, kind="approved", amount=Decimal(100), day=DAY)
    page = clerk.get(reverse("admin:actionplan_allocation_change", args=[allocation.pk])).content.decode()
    assert 'name="entries-0-amount"' not in page and 'name="entries-1-amount"' in page


@pytest.mark.parametrize("name", LISTS)
def test_lists_need_few_queries(clerk, source, name, django_assert_max_num_queries):
    allocation = an_allocation(source)
    book(allocation=allocation, kind="approved", amount=Decimal(1), day=datetime.date(2021, 5, 1))
    PublicState.objects.get_or_create(pk=1)
    assert clerk.get(reverse(f"admin:actionplan_{name}_changelist")).status_code == 200
    with django_assert_max_num_queries(10):  # what can be chosen from is kept until something public changes
        assert clerk.get(reverse(f"admin:actionplan_{name}_changelist")).status_code == 200
    assert MoneyEntry.objects.count() == 1


def test_booking_needs_the_same_queries_whatever_stands_in_the_journal(admin_client):
    PublicState.objects.get_or_create(pk=1)
    city = small_city()
    project, other = a_project(city["source"]), a_project(city["source"], "anderes")
    place = ProjectPlace.objects.create(project=project, area=city["areas"][0])
    foreign = ProjectPlace.objects.create(project=other, area=city["areas"][1])
    paper = CouncilPaper.objects.create(slug="d-1", number="1", title="Eins", day=DAY, source=city["source"])
    fund = a_fund(city["source"], slug="topf", year=DAY.year)
    allocation = open_allocation(fund=fund, project=project, weights={place: Decimal(1)})
    book(allocation=allocation, kind="approved", amount=Decimal(90), day=DAY, paper=paper)
    address = f"/verwaltung/actionplan/allocation/{allocation.pk}/change/"
    admin_client.get(address)
    with CaptureQueriesContext(connection) as few:
        admin_client.get(address)
    for _n in range(30):
        book(allocation=allocation, kind="spent", amount=Decimal(1), day=DAY, paper=paper)
    with CaptureQueriesContext(connection) as many:
        page = admin_client.get(address).content.decode()
    assert len(many) <= len(few) <= 30
    assert f'<option value="{place.pk}" selected' in page
    assert f'<option value="{foreign.pk}"' not in page, "places of other projects are not offered"
    assert "bewilligt 90,00, ausgezahlt 30,00, noch auszuzahlen 60,00" in page


def test_nothing_ends_without_a_decision(clerk):
    city = small_city()
    source = city["source"]
    begun = {"kind": "aktionsraum", "name": "Eins", "area": city["areas"][0], "valid": ("2008-01-01", None)}
    member = ActionArea.objects.create(decision="Beschluss von 2008", source=source, **begun)
    row = ActionArea.objects.filter(pk=member.pk)
    for change in ({"valid": ("2008-01-01", "2025-12-31")}, {"end_decision": "erfunden"}, {"decision": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**change)
    form = {
        **{"kind": "aktionsraum", "name": "Eins", "area": member.area_id, "valid_0": "01.01.2008"},
        **{"valid_1": "31.12.2025", "start_is_exact": "on", "decision": "Beschluss von 2008", "source": source.pk},
    }
    page = clerk.post(f"/verwaltung/actionplan/actionarea/{member.pk}/change/", form).content.decode()
    assert "Ohne Beschluss endet nichts" in page
    member.refresh_from_db()
    assert member.valid.upper is None


@pytest.mark.parametrize(
    ("state", "day", "said"),
    [
        ("idea", "01.01.2099", "Der Tag liegt in der Zukunft."),
        ("idea", "01.01.2020", "hat schon einen späteren Zustand"),
        ("running", "01.06.2021", "ist schon in diesem Zustand"),
    ],
)
def test_a_state_that_cannot_follow_is_refused_at_the_project_too(clerk, source, state, day, said):
    project = a_project(source)
    project.states.create(state="running", day=DAY)
    empty = {
        f"{name}-{what}": 0
        for name in ("places", "field_links", "states", "allocations", "results", "files")
        for what in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    data = {
        **{"title": "Garten", "slug": "garten", "source": source.pk, "reach": "unknown"},
        **empty,
        **{"states-TOTAL_FORMS": 2, "states-INITIAL_FORMS": 1, "states-0-id": project.states.get().pk},
        **{"states-1-state": state, "states-1-day": day, "states-1-day_is_exact": "on"},
    }
    page = clerk.post(f"/verwaltung/actionplan/project/{project.pk}/change/", data).content.decode()
    assert said in page
    assert project.states.count() == 1


def test_plans_that_are_together_more_than_the_fund_are_told(clerk, source):
    allocation = an_allocation(source)
    other = open_allocation(fund=allocation.fund, project=a_project(source, "zweites"))
    book(allocation=other, kind="planned", amount=Decimal(600), day=DAY)
    address = reverse("admin:actionplan_allocation_change", args=[allocation.pk])
    page = clerk.post(address, booking(allocation, "planned", "500,50"), follow=True).content.decode()
    assert "sind zusammen 1.100,50 Euro geplant, im Topf sind 1.000,00." in page


def test_areas_of_the_plan_change_by_decisions_alone(client, clerk):
    city = small_city()
    source = city["source"]
    begun = {"kind": "aktionsraum", "name": "Eins", "area": city["areas"][0], "valid": ("2008-01-01", None)}
    member = ActionArea.objects.create(decision="Beschluss von 2008", source=source, **begun)
    address = f"/verwaltung/actionplan/actionarea/{member.pk}/"
    assert clerk.post(f"{address}delete/", {"post": "yes"}).status_code == 403, "not even the administrator"
    planner = get_user_model().objects.create_user("plan", is_staff=True)
    planner.groups.add(Group.objects.get(name="Aktionsplan"))
    client.force_login(planner)
    assert client.get(f"{address}change/").status_code == 200
    for path in (f"{address}change/", f"{address}delete/", "/verwaltung/actionplan/actionarea/add/"):
        assert client.post(path, {"post": "yes"}).status_code == 403
    assert ActionArea.objects.filter(pk=member.pk, valid__upper_inf=True).exists()
