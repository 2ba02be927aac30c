"""How it was on a day: offices, programmes and projects of an earlier day; offices with a position on the maps."""

import datetime
import re
from decimal import Decimal

import pytest
from django.contrib.gis.geos import Point

from actionplan.actions.booking import book, open_allocation
from actionplan.actions.programmes import begin_version, publish_version
from actionplan.models import ActionArea, Office
from areas.models import Source
from tests.app.plan_objects import a_fund, a_programme, a_project, a_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
UNSURE = " Ob es an diesem Tag da war, sagt keine Quelle "


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\xa0", " ").split())


def an_office(name="Büro am Platz", *, area=None, at=(393000, 5707000), **more) -> Office:
    more = {"kind": "aktionsbuero", "begins": "2010-05-01", "ends": "2015-07-01", **more}
    source = Source.objects.get(slug="vortrag-2021")
    location = Point(*at, srid=25832) if at else None
    office = Office.objects.create(
        slug=name.lower().replace(" ", "-"), name=name, location=location, source=source, **more
    )
    if area:
        office.places.create(action_area=area)
    return office


def test_offices_of_an_earlier_day_and_those_of_which_nobody_can_say(client):
    an_office()
    for day, there in (("2010-04-30", False), ("2010-05-01", True), ("2015-06-30", True), ("2015-07-01", False)):
        sure = text_of(client, f"/aktionsplan/bueros/?am={day}").split(UNSURE)[0]
        assert ("Büro am Platz" in sure) is there, day
    sure, unsure = text_of(client, "/aktionsplan/bueros/?am=2012-01-01").split(UNSURE)
    assert "So war es am 1. Januar 2012" in sure and "Was früher war" not in unsure
    assert "Südwall" not in sure and "Südwall" in unsure, "of this office only a year is documented"
    assert "Rathaus" in unsure, "it is not known until when it was there"
    assert "So war es am" not in text_of(client, "/aktionsplan/bueros/")


@pytest.mark.parametrize("path", ["bueros", "programme"])
@pytest.mark.parametrize("day", ["gestern", "1999-01-01", "2999-01-01", "2021-02-30"])
def test_days_that_cannot_be_read_are_named(client, path, day):
    answer = client.get(f"/aktionsplan/{path}/", {"am": day})
    assert answer.status_code == 400 and "JJJJ-MM-TT" in answer.content.decode()


def test_programmes_of_an_earlier_day_in_the_version_of_that_day(client):
    programme = a_programme(ActionArea.objects.defer("geometry").get(name="Marten"), "marten")
    first = publish_version(version=a_version(programme), day=datetime.date(2022, 3, 1))
    publish_version(version=begin_version(programme=programme, like=first), day=datetime.date(2023, 3, 1))
    none = "An diesem Tag lief kein veröffentlichtes Aktionsprogramm."
    assert none in text_of(client, "/aktionsplan/programme/?am=2022-02-28")
    page = client.get("/aktionsplan/programme/?am=2022-03-01").content.decode()
    assert 'href="/aktionsplan/programme/marten/fassung/1/"' in page and "Fassung 1" in page
    assert "fassung/2/" in client.get("/aktionsplan/programme/?am=2024-01-01").content.decode()
    assert none in text_of(client, "/aktionsplan/programme/?am=2025-01-01"), "its duration is over"
    programme.state = "ended"
    programme.save()
    without = text_of(client, "/aktionsplan/programme/?am=2024-01-01").split("Ohne veröffentlichtes Programm")[1]
    assert "Marten" not in without


def test_an_office_with_a_position_is_drawn_with_its_number_in_the_list(client):
    marten = ActionArea.objects.defer("geometry").get(name="Marten")
    an_office("Büro Eins", area=marten, ends=None)
    an_office("Büro Zwei", ends=None, at=(394000, 5708000))
    an_office("Büro ohne Lage", ends=None, at=None)
    page = client.get("/aktionsplan/bueros/").content.decode()
    assert page.count('class="office-spot"') == 2 and page.count('class="office-number"') == 2
    assert "Auf der Karte: 1 Büro Eins" in text_of(client, "/aktionsplan/bueros/")
    here = client.get("/aktionsplan/gebiete/102/").content.decode()
    assert here.count('class="office-spot"') == 1 and "Auf der Karte:" in here
    start = client.get("/aktionsplan/").content.decode()
    assert start.count('class="office-spot"') == 2 and "Büro Zwei</a>" in start
    assert 'class="office-spot"' not in client.get("/aktionsplan/?am=2010-04-30").content.decode()
    assert 'class="office-spot"' not in client.get("/aktionsplan/gebiete/103/").content.decode()


def test_offices_at_the_same_place_share_a_mark(client):
    for name in ("Büro Eins", "Büro Zwei"):
        an_office(name, ends=None)
    page = client.get("/aktionsplan/bueros/").content.decode()
    assert page.count('class="office-spot"') == 1 and ">1, 2</text>" in page


class TestProjects:
    """The list as of a day, with states and money until then."""

    def test_state_and_money_are_those_of_the_day(self, client):
        source = Source.objects.get(slug="vortrag-2021")
        project = a_project(source, "probe-am-tag", reach="city")
        for state, day in (("approved", "2014-03-01"), ("running", "2014-06-01"), ("finished", "2016-01-01")):
            project.states.create(state=state, day=day)
        allocation = open_allocation(fund=a_fund(source, slug="kern-2014", year=2014), project=project)
        for amount, day in ((400, datetime.date(2014, 3, 1)), (300, datetime.date(2015, 3, 1))):
            book(allocation=allocation, kind="approved", amount=Decimal(amount), day=day)

        def found(query):
            page = text_of(client, f"/aktionsplan/projekte/?q=probe&{query}")
            table = client.get(f"/aktionsplan/projekte/projekte.csv?q=probe&{query}").content.decode()
            return page.split("Projekte von")[-1].split(" Diese Liste")[0], table

        page, table = found("am=2014-05-31")
        assert "bewilligt 400,00" in page and "So war es am 31. Mai 2014" in page
        assert ";bewilligt;400,00;" in table.replace('"', "")
        assert ";läuft;700,00;" in found("am=2015-12-31")[1].replace('"', "")
        assert ";abgeschlossen;700,00;" in found("")[1].replace('"', "")
        for query, there in (
            ("am=2014-05-31&zustand=approved", True),
            ("am=2014-06-01&zustand=approved", False),
            ("am=2014-02-28&zustand=unbekannt", True),
            ("am=2014-02-28&geld=ohne", True),
            ("am=2014-02-28&geld=mit", False),
            ("am=2015-02-28&von=401", False),
            ("am=2015-03-01&von=401", True),
        ):
            assert ("Probe-Am-Tag" in found(query)[1]) is there, query

    def test_projects_that_began_later_are_left_out(self, client):
        source = Source.objects.get(slug="vortrag-2021")
        later = a_project(source, "probe-spaeter", begins=datetime.date(2015, 1, 1), reach="city")
        a_project(source, "probe-ohne-tag", reach="city")

        def names(day):
            return client.get(f"/aktionsplan/projekte/projekte.csv?q=probe&am={day}").content.decode()

        assert "Probe-Spaeter" not in names("2014-12-31") and "Probe-Ohne-Tag" in names("2014-12-31")
        assert "Probe-Spaeter" in names("2015-01-01")
        later.states.create(state="idea", day="2014-01-01")
        assert "Probe-Spaeter" in names("2014-12-31"), "a state tells of it"

    @pytest.mark.parametrize("day", ["gestern", "1999-01-01", "2999-01-01"])
    def test_days_that_cannot_be_read_are_named(self, client, day):
        for path in ("", "projekte.csv"):
            answer = client.get(f"/aktionsplan/projekte/{path}", {"am": day})
            assert answer.status_code == 400 and "JJJJ-MM-TT" in answer.content.decode()


def test_the_plan_of_an_earlier_day_leads_to_its_offices_programmes_and_projects(client):
    page = client.get("/aktionsplan/?am=2012-01-01").content.decode()
    for path in ("bueros", "programme", "projekte"):
        assert f'href="/aktionsplan/{path}/?am=2012-01-01"' in page
    assert (
        "?am=" not in client.get("/aktionsplan/").content.decode().split('id="plan-offices"')[1].split("</section>")[0]
    )
