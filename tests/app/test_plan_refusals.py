"""No form of the plan's administration answers with a 500: what the database refuses stands in it as a sentence.

`CASES` (`refusal_cases.py`) has one entry for each constraint and trigger; `UNREACHABLE` says why a form cannot come to it.
"""

import datetime
import re
from decimal import Decimal
from html import unescape

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.urls import reverse

from actionplan.actions.booking import book, lock_year, open_allocation, put_into_fund
from actionplan.actions.programmes import publish_version
from actionplan.admin import money
from actionplan.admin.refusals import SaysRefusals
from actionplan.models import (
    Allocation,
    AreaCharge,
    CouncilPaper,
    FieldOfAction,
    Fund,
    MoneyEntry,
    Office,
    PlanFunction,
    Project,
    ProjectPlace,
)
from areas.models import AreaLevel, PublicState
from tests.app.page_form import form_of
from tests.app.plan_objects import DAY, a_fund, a_member, a_participation, a_programme, a_project, a_version
from tests.app.refusal_cases import CASES, NO_RULE, UNREACHABLE, Typed, entry
from tests.app.small_city import small_city


@pytest.fixture
def plan(db):
    """A bit of everything that the administration can open."""
    PublicState.objects.get_or_create(pk=1)
    city = small_city()
    source, area = city["source"], city["areas"][0]
    AreaLevel.objects.update(is_reporting=True)
    project = a_project(source)
    place = ProjectPlace.objects.create(project=project, area=area)
    project.states.create(state="running", day=DAY)
    fund, closed = a_fund(source), a_fund(source, slug="alt", year=2019)
    allocation = open_allocation(fund=fund, project=project, weights={place: Decimal(1)})
    book(allocation=allocation, kind="approved", amount=Decimal(100), day=DAY)
    lock_year(year=2019, on=datetime.date(2020, 3, 1))
    member = a_member(city)
    field = FieldOfAction.objects.create(slug="arbeit", order=1)
    field.names.create(name="Arbeit", valid="[2008-01-01,)", source=source)
    field.goals.create(indicator=city["indicator"], direction="down")
    project.field_links.create(field=field)
    programme = a_programme(member)
    version = a_version(programme)
    publish_version(version=version, day=datetime.date(2022, 1, 2))
    told = {"source": source, "source_note": "S. 1"}
    office = Office.objects.create(
        slug="buero", kind=Office.Kind.values[0], name="Büro", address="Platz 1", begins=DAY, **told
    )
    office.places.create(area=area)
    function = PlanFunction.objects.create(slug="rolle", title="Rolle", reported=DAY, **told)
    function.places.create(area=area)
    participation = a_participation(source)
    participation.places.create(area=area)
    programme.participations.add(participation)
    paper = CouncilPaper.objects.create(slug="d-1", number="1", title="Eins", day=DAY, kind="report", source=source)
    paper.consultations.create(order=1, body="Rat", day=DAY, role="notice")
    return {
        **city,
        **{"project": project, "place": place, "fund": fund, "closed": closed, "allocation": allocation},
        **{"member": member, "field": field, "programme": programme, "version": version, "office": office},
        **{"function": function, "participation": participation, "paper": paper, "area": area},
        "rim": city["areas"][1],
        "whole": area.geometry.geojson,
        "other": a_fund(source, slug="anderer", year=2022),
        "second": a_project(source, "zweites"),
        "charge": AreaCharge.objects.create(user=get_user_model().objects.create(username="rolle"), area=area).user,
        "draft": a_version(programme, 2),
    }


def errors(page) -> str:
    """Everything that the form says is wrong."""
    return " ".join(
        unescape(text) for text in re.findall(r'class="errorlist[^>]*>(.*?)</ul>', page.content.decode(), re.S)
    )


def send(client, typed: Typed, plan: dict):
    """What the form answers."""
    address = typed.address(plan)
    return client.post(address, typed.data(client.get(address), plan))


@pytest.mark.parametrize("rule", CASES)
def test_a_refusal_stands_in_the_form(admin_client, plan, rule):
    typed, sentence = CASES[rule]
    before = _counts()
    page = send(admin_client, typed, {**plan, "funder": plan["fund"].funder})
    assert page.status_code == 200, "it was taken"
    text = page.content.decode()
    assert errors(page) and sentence in errors(page)
    assert rule not in errors(page), "a name is no sentence"
    assert all(f'value="{value}"' in text for value in typed.fields.values() if value == "bleibt stehen")
    assert _counts() == before


def _counts() -> dict:
    return {model: model.objects.count() for model in apps.get_app_config("actionplan").get_models()}


def test_every_rule_has_a_case():
    models = set()
    for model, its_admin in admin.site._registry.items():
        if model._meta.app_label == "actionplan":
            assert isinstance(its_admin, SaysRefusals), model
            models |= {model, *(inline.model for inline in its_admin.inlines)}
    rules = {
        rule.name for model in models for rule in (*model._meta.constraints, *getattr(model._meta, "triggers", ()))
    }
    assert rules - set(CASES) - set(UNREACHABLE) - set(NO_RULE) == set()


def test_fixed_fields_are_read(admin_client, plan):
    page = admin_client.get(reverse("admin:actionplan_fund_change", args=[plan["fund"].pk]))
    assert not {"year", "part_of", "volume_is_known"} & set(form_of(page, "novalidate"))
    assert '<div class="readonly">2021</div>' in page.content.decode()
    page = admin_client.get(reverse("admin:actionplan_allocation_change", args=[plan["allocation"].pk]))
    assert not {"fund", "project"} & set(form_of(page, "novalidate"))


def test_another_year_in_the_form_changes_nothing(admin_client, plan):
    address = reverse("admin:actionplan_fund_change", args=[plan["fund"].pk])
    sent = {**form_of(admin_client.get(address), "novalidate"), "year": "2022", "name": "Kernbudget"}
    assert admin_client.post(address, sent).status_code == 302
    assert (Fund.objects.get(slug="kern").year, Fund.objects.get(slug="kern").name) == (2021, "Kernbudget")


def test_published_versions_have_no_form(admin_client, plan):
    address = reverse("admin:actionplan_programmeversion_change", args=[plan["version"].pk])
    assert "_save" not in form_of(admin_client.get(address), "novalidate")
    assert admin_client.post(address, {"number": "7"}).status_code == 403


def test_deleting_what_has_a_journal_is_told(admin_client, plan):
    project = plan["second"]
    project.states.create(state="idea", day=DAY)
    page = admin_client.post(
        reverse("admin:actionplan_project_delete", args=[project.pk]), {"post": "yes"}, follow=True
    )
    assert page.status_code == 200 and "Ein Journal wird nur ergänzt" in page.content.decode()
    chosen = {"action": "delete_selected", "_selected_action": [project.pk], "post": "yes"}
    page = admin_client.post(reverse("admin:actionplan_project_changelist"), chosen, follow=True)
    assert page.status_code == 200 and "Ein Journal wird nur ergänzt" in page.content.decode()
    assert Project.objects.filter(pk=project.pk).exists()


def test_what_somebody_else_did_in_between_is_told(admin_client, plan, monkeypatch):
    """Between the check and the saving another clerk takes the last money: the sentence stands in the form."""
    allocation, first = plan["allocation"], []
    own = money.BookingAdmin.save_formset

    def late(self, request, form, formset, change):
        if not first:
            first.append(1)
            raise_what_the_database_says(allocation)
        return own(self, request, form, formset, change)

    monkeypatch.setattr(money.BookingAdmin, "save_formset", late)
    page = send(admin_client, Typed("allocation", "allocation", rows={"entries": [entry(amount="900")]}), plan)
    assert page.status_code == 200
    assert "Bewilligt wären 1.600,00 Euro, im Topf sind 1.000,00." in page.content.decode()
    assert allocation.entries.count() == 1


def raise_what_the_database_says(allocation: Allocation) -> None:
    """A booking that the fund does not allow."""
    MoneyEntry.objects.create(allocation=allocation, kind="approved", amount=Decimal(1500), day=DAY)


def test_lowering_a_fund_is_possible_as_long_as_it_leaves_enough(admin_client, plan):
    rows = {"changes": [{"amount": "-900", "day": "02.05.2021"}]}
    assert send(admin_client, Typed("fund", "fund", rows=rows), plan).status_code == 302
    put_into_fund(fund=plan["fund"], amount=Decimal(1), day=DAY)
