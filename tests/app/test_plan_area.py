"""The page of an action area: since when, why, what is done, with which money, by which decision."""

import datetime
import re
from decimal import Decimal

import pytest

from actionplan.actions.booking import book, open_allocation
from actionplan.models import AllocationShare, CarryOver, Fund, Funder, ProjectPlace
from actionplan.selectors.areas import area_in_plan
from areas.models import Area
from atlas.selectors.plan_area import then_and_now
from tests.app.plan_objects import a_fund, a_project

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
TODAY = datetime.date(2026, 11, 27)
CODES = ["013", "014", "021", "022", "023", "042", "043", "053", "054", "064", "082", "102", "103", "121", "123"]


def path(code):
    return f"/aktionsplan/gebiete/{code}/"


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\xa0", " ").split())


@pytest.mark.parametrize("code", CODES)
def test_every_area_of_the_plan_has_its_page_in_few_queries(client, code, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        shown = text_of(client, path(code))
    assert "Warum dieses Gebiet" in shown and "Beschlüsse" in shown
    with django_assert_max_num_queries(1):
        client.get(path(code))


def test_it_says_since_when_and_by_which_decision(client):
    assert "Der ganze Sozialraum ist seit 2008 Aktionsraum." in text_of(client, path("023"))
    shown = text_of(client, path("014"))
    assert "Der ganze Sozialraum ist seit dem 13. April 2021 Aktionsraum." in shown
    assert "19100-20" in shown
    shown = text_of(client, path("053"))
    assert "Ein Teil des Sozialraums, Wambeler Heide, ist seit dem 13. April 2021 Aktionsquartier." in shown
    assert "13. April 2021 Alt-Scharnhorst ist als Ganzes nicht mehr Aktionsraum." in shown
    assert "2008 Alt-Scharnhorst wird Aktionsraum." in shown


def test_the_fund_of_hoerde_stands_there_with_what_its_source_tells(client):
    shown = text_of(client, path("082"))
    assert "Hörder Stadtteilfonds: 37.500,00 Euro" in shown
    assert "Als Gebiet nennt die Quelle Hörde (Soziale Stadt – Stadtumbau Hörde), eine genaue Grenze nicht." in shown
    assert "Hörder Stadtteilfonds" not in text_of(client, path("021"))


def test_figures_then_are_the_newest_known_when_it_joined():
    area = Area.objects.in_force().get(code="014", level__slug="sozialraum")
    [row] = [r for r in then_and_now(area, datetime.date(2021, 4, 13)) if r.indicator.slug == "transferleistungsquote"]
    assert (row.then.period.code, row.now.period.code, row.is_earliest) == ("2018", "2024", False)
    assert row.then.distance == row.then.here.value - row.then.city.value
    [row] = [r for r in then_and_now(area, datetime.date(2008, 1, 1)) if r.indicator.slug == "transferleistungsquote"]
    assert row.is_earliest, "of 2008 nothing is known"
    [row] = [r for r in then_and_now(area, datetime.date(2025, 6, 1)) if r.indicator.slug == "transferleistungsquote"]
    assert row.then is None and not row.is_earliest, "who joined after the newest figures has only one time"


def test_the_rule_of_2021_can_be_read_off_the_page(client):
    shown = text_of(client, path("014"))
    assert "Transferleistungsquote" in shown
    assert "früheste bekannte" not in shown
    assert "früheste bekannte" in text_of(client, path("023"))
    assert "Cluster 5 von 5" in text_of(client, path("023"))
    assert "Auch ohne Aktionsplan hätte sich etwas verändert." in shown


def test_projects_of_the_area_and_of_its_quarter(client):
    shown = text_of(client, path("053"))
    assert "Kinder- und Jugendangebot Wambeler Heide" in shown
    assert "seit 2012" in shown


def test_money_is_the_areas_own_part_to_the_cent(client):
    project = a_project(Fund.objects.first().source, "zwei-orte", reach="places")
    here, there = (
        ProjectPlace.objects.create(
            project=project, area=Area.objects.in_force().get(code=code, level__slug="sozialraum")
        )
        for code in ("023", "022")
    )
    allocation = open_allocation(project=project, fund=Fund.objects.get(kind="core", year=2011))
    for place, weight in ((here, 1), (there, 2)):
        AllocationShare.objects.create(allocation=allocation, place=place, weight=weight)
    day = datetime.date(2011, 5, 1)
    book(allocation=allocation, kind="approved", amount=Decimal("100.00"), day=day)
    book(allocation=allocation, kind="spent", amount=Decimal("50.00"), day=day)
    years = {year.year: year for year in area_in_plan("023", on=TODAY).years}
    assert (years[2011].granted, years[2011].spent) == (Decimal("33.33"), Decimal("16.67"))
    other = {year.year: year for year in area_in_plan("022", on=TODAY).years}[2011]
    assert years[2011].granted + other.granted == 100 and years[2011].spent + other.spent == 50
    assert "33,33 Euro" in text_of(client, path("023"))
    assert {year.year for year in area_in_plan("023", on=datetime.date(2010, 1, 1)).years} >= {2009}
    assert [y for y in area_in_plan("023", on=datetime.date(2011, 4, 30)).years if y.granted] == []


def test_money_that_is_not_divided_is_not_counted_but_said(client):
    project = a_project(Fund.objects.first().source, "ungeteilt", reach="places")
    area = Area.objects.in_force().get(code="023", level__slug="sozialraum")
    ProjectPlace.objects.create(project=project, area=area)
    open_allocation(project=project, fund=Fund.objects.get(kind="core", year=2011), weights={})
    assert "Nicht dabei ist Geld von Projekten, das nicht auf Gebiete aufgeteilt ist." in text_of(client, path("023"))


@pytest.mark.parametrize("code", ["011", "999", "abc", "0" * 300])
def test_an_area_that_never_belonged_to_it_has_no_page(client, code):
    assert client.get(path(code)).status_code == 404


def test_plan_and_profile_lead_to_it(client):
    assert path("014") in client.get("/aktionsplan/").content.decode()
    assert path("053") in client.get("/gebiete/sozialraum/053/").content.decode()
    assert "/aktionsplan/gebiete/" not in client.get("/gebiete/sozialraum/011/").content.decode()
    assert "/en/aktionsplan/gebiete/014/" in client.get("/en/aktionsplan/").content.decode()


def test_money_of_an_area_tells_source_and_step_and_never_makes_zero_of_the_unknown(client):
    source = Fund.objects.first().source
    area = Area.objects.in_force().get(code="082", level__slug="sozialraum")
    project = a_project(source, "hafenpark", reach="places")
    place = ProjectPlace.objects.create(project=project, area=area)
    eu = Funder.objects.create(slug="efre", name="EFRE", kind=Funder.Kind.EU)
    kern, efre = a_fund(source, "9000.00", slug="k-14", year=2014), a_fund(source, "9000.00", slug="e-14", year=2014)
    Fund.objects.filter(pk=efre.pk).update(funder=eu)
    day = datetime.date(2014, 5, 1)
    of_city = open_allocation(fund=kern, project=project, weights={place: Decimal(1)})
    book(allocation=of_city, kind="planned", amount=Decimal("700.00"), day=day)
    book(allocation=of_city, kind="approved", amount=Decimal("600.00"), day=day)
    of_eu = open_allocation(fund=efre, project=project, weights={place: Decimal(1)})
    book(allocation=of_eu, kind="approved", amount=Decimal("80.10"), day=day)
    book(allocation=of_eu, kind="spent", amount=Decimal("80.10"), day=day)

    [year] = [y for y in area_in_plan("082", on=day).years if y.year == 2014]
    assert [(s.label, s.planned, s.granted, s.spent) for s in year.sources] == [
        ("Stadt", Decimal("700.00"), Decimal("600.00"), None),
        ("Europäische Union", None, Decimal("80.10"), Decimal("80.10")),
    ]
    assert (year.granted, year.spent) == (Decimal("680.10"), Decimal("80.10"))
    shown = text_of(client, path("021"))
    money = shown[shown.index("Geld für dieses Gebiet") :].split("Büros")[0]
    assert "2009" in money and "nichts eingetragen" in money and "0,00 Euro" not in money.replace("5.000,00 Euro", "")


def test_carried_money_stands_on_the_page_of_the_area_and_of_both_years(client):
    early = Fund.objects.get(year=2009, kind="area", action_area__area__code="021")
    late = a_fund(early.source, "5000.00", slug="fonds-2010", year=2010)
    Fund.objects.filter(pk=late.pk).update(kind="area", name=early.name, action_area=early.action_area)
    day = datetime.date(2010, 1, 15)
    CarryOver.objects.create(out_of=early, into=late, amount=Decimal("1234.56"), day=day, source=early.source)
    years = {year.year: dict(year.funds) for year in area_in_plan("021", on=day).years}
    assert years[2010][late] == Decimal("6234.56")
    assert years[2009][early] == Decimal("3765.44")
    shown = text_of(client, "/aktionsplan/geld/?jahr=2010")
    assert "Davon aus früheren Jahren übertragen: 1.234,56 Euro." in shown
    assert "6.234,56 Euro für einen Aktionsraum." in shown
    shown = text_of(client, "/aktionsplan/geld/?jahr=2009")
    assert "In spätere Jahre übertragen und hier abgezogen: 1.234,56 Euro." in shown
    assert "Für 13 Aktionsräume, nicht überall gleich viel." in shown and "Je 5.000" not in shown


def test_money_of_a_project_with_one_place_falls_to_it():
    source = Fund.objects.first().source
    project = a_project(source, "coolness", reach="places")
    ProjectPlace.objects.create(project=project, area=Area.objects.in_force().get(code="054", level__slug="sozialraum"))
    fund = a_fund(source, "900.00", slug="ein-ort", year=2014)
    day = datetime.date(2014, 5, 1)
    book(allocation=open_allocation(fund=fund, project=project), kind="approved", amount=Decimal("500.00"), day=day)
    assert [y.granted for y in area_in_plan("054", on=day).years if y.year == 2014] == [Decimal("500.00")]
    undivided = a_project(source, "ohne-ort", reach="unknown")
    assert not open_allocation(fund=fund, project=undivided).shares.exists()
