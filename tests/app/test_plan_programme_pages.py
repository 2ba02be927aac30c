"""Programmes, participation and offices as readers see them."""

import datetime
import re

import pytest
from django.utils import timezone

from actionplan.actions.programmes import begin_version, publish_version
from actionplan.models import ActionArea, Office, Participation, PlanFunction
from areas.models import Area, Source
from tests.app.plan_objects import a_participation, a_programme, a_version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
DAY = datetime.date(2022, 3, 1)


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\xa0", " ").split())


def marten():
    return ActionArea.objects.defer("geometry").get(name="Marten")


@pytest.fixture
def source():
    return Source.objects.get(slug="vortrag-2021")


@pytest.fixture
def programme(source):
    return a_programme(marten(), "marten")


def test_the_public_sees_the_newest_published_version_and_can_open_the_older(client, programme):
    first = publish_version(version=a_version(programme, needs="Es fehlt ein Treffpunkt."), day=DAY)
    second = begin_version(programme=programme, like=first)
    second.milestones.update(done_on=datetime.date(2022, 5, 20))
    assert "Fassung 2" not in text_of(client, "/aktionsplan/programme/marten/"), "a draft is nobody's business"
    publish_version(version=second, day=datetime.date(2023, 3, 1))
    shown = text_of(client, "/aktionsplan/programme/marten/")
    assert "2022 bis 2024" in shown and "2 vom 1. März 2023" in shown and "01.06.2022 20.05.2022" in shown
    assert "Mehr Menschen finden Arbeit." in shown and "Beratung im Laden" in shown
    assert "ältere Fassung" not in shown
    old = text_of(client, "/aktionsplan/programme/marten/fassung/1/")
    assert "Dies ist die ältere Fassung 1 vom 1. März 2022." in old and "in dieser Fassung noch nicht" in old
    for wrong in ("3", "0", "9" * 30):
        assert client.get(f"/aktionsplan/programme/marten/fassung/{wrong}/").status_code == 404


def test_neither_drafts_nor_versions_of_tomorrow_are_public(client, programme):
    version = a_version(programme)
    assert client.get("/aktionsplan/programme/marten/").status_code == 404
    publish_version(version=version, day=timezone.localdate() + datetime.timedelta(days=1))
    assert client.get("/aktionsplan/programme/marten/").status_code == 404
    assert "marten" not in text_of(client, "/aktionsplan/programme/").split("Ohne veröffentlichtes Programm")[0]


def test_area_and_list_lead_to_a_programme_or_say_that_there_is_none(client, programme):
    assert "Noch ist kein Aktionsprogramm veröffentlicht." in text_of(client, "/aktionsplan/programme/")
    assert "noch kein Aktionsprogramm veröffentlicht" in text_of(client, "/aktionsplan/gebiete/102/")
    publish_version(version=a_version(programme), day=DAY)
    link = 'href="/aktionsplan/programme/marten/"'
    assert link in client.get("/aktionsplan/gebiete/102/").content.decode()
    assert link in client.get("/aktionsplan/programme/").content.decode()
    assert "noch kein Aktionsprogramm" in text_of(client, "/aktionsplan/gebiete/103/")
    assert "noch kein Aktionsprogramm" in text_of(client, "/aktionsplan/gebiete/064/"), "its quarter is in the plan"
    without = text_of(client, "/aktionsplan/programme/").split("Ohne veröffentlichtes Programm")[1]
    assert "Meylantviertel" in without


def test_participation_that_led_to_it_stands_there(client, programme):
    publish_version(version=a_version(programme), day=DAY)
    assert "ist nicht eingetragen" in text_of(client, "/aktionsplan/programme/marten/")
    programme.participations.add(Participation.objects.get(slug="sondierungsgespraeche-2021"))
    assert "2021: Sondierungsgespräche" in text_of(client, "/aktionsplan/programme/marten/")


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/aktionsplan/programme/", 5),
        ("/aktionsplan/programme/marten/", 9),
        ("/aktionsplan/beteiligung/", 3),
        ("/aktionsplan/beteiligung/termine.ics", 3),
        ("/aktionsplan/bueros/", 7),
    ],
)
def test_pages_take_few_queries_and_the_second_time_one(client, programme, path, most, django_assert_max_num_queries):
    publish_version(version=a_version(programme), day=DAY)
    with django_assert_max_num_queries(most):
        client.get(path)
    with django_assert_max_num_queries(1):
        assert client.get(path).status_code == 200


def coming(source, slug="forum-marten", **more):
    day = timezone.localdate() + datetime.timedelta(days=10)
    more = {
        "begins": day,
        "starts_at": datetime.time(18, 30),
        "place": "Bürgerhaus, Saal",
        "state": "announced",
        **more,
    }
    return a_participation(source, slug, **more)


def test_what_comes_is_a_next_date_and_what_was_is_history(client, source):
    assert "Zurzeit ist im Portal kein Termin angekündigt." in text_of(client, "/aktionsplan/beteiligung/")
    event = coming(source)
    soon, past = text_of(client, "/aktionsplan/beteiligung/").split(" Bisher ")
    assert "Forum-Marten" in soon and "18:30 Uhr" in soon and "Bürgerhaus, Saal" in soon
    assert "21. Februar 2008, 16:00 Uhr" in past and "Februar bis Juni 2008" in past
    assert "Was herauskam: Über 2.000 Menschen beteiligten sich, mehr als 200 Projektideen entstanden." in past
    event.begins -= datetime.timedelta(days=11)
    event.save()
    soon, past = text_of(client, "/aktionsplan/beteiligung/").split(" Bisher ")
    assert "Forum-Marten War angekündigt. Ob es stattfand, ist nicht bekannt." in past
    event.state = "held"
    event.save()
    assert "Forum-Marten War angekündigt" not in text_of(client, "/aktionsplan/beteiligung/")


def test_dates_to_come_for_the_own_calendar(client, source):
    today = timezone.localdate()
    coming(source, begins=datetime.date(today.year + 1, 7, 1))
    coming(source, "tage", begins=datetime.date(today.year + 1, 7, 1), starts_at=None, ends=f"{today.year + 1}-07-02")
    coming(source, "abgesagt", state="cancelled")
    coming(source, "ungefaehr", exactness="month", starts_at=None)
    answer = client.get("/aktionsplan/beteiligung/termine.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert text.count("BEGIN:VEVENT") == 2
    assert f"DTSTART:{today.year + 1}0701T163000Z\r\n" in text and "LOCATION:Bürgerhaus\\, Saal\r\n" in text
    assert f"DTSTART;VALUE=DATE:{today.year + 1}0701\r\nDTEND;VALUE=DATE:{today.year + 1}0703\r\n" in text
    assert "(abgesagt)" in text_of(client, "/aktionsplan/beteiligung/")


def test_an_area_shows_what_concerns_it(client, source):
    event = coming(source, reach="places")
    event.places.create(area=Area.objects.in_force().get(code="102", level__is_reporting=True))
    coming(source, "stadtfest")
    here = text_of(client, "/aktionsplan/gebiete/102/")
    assert "Forum-Marten" in here and "Stadtfest" in here
    there = text_of(client, "/aktionsplan/gebiete/103/")
    assert "Forum-Marten" not in there and "Stadtfest" in there
    assert "Beteiligung in den 13 Aktionsräumen" in here
    assert "Beteiligung in den 13 Aktionsräumen" not in there, "it joined in 2021"
    assert "Auftakt der Diskussion" not in here, "what was for the whole city stands on the page of all participation"
    assert "Sondierungsgespräche" in there and "in welchen, nennt die Quelle nicht" in there


def test_offices_and_functions_with_what_is_known_of_their_time(client):
    shown = text_of(client, "/aktionsplan/bueros/")
    now, earlier = shown.split(" Was früher war ")
    assert "Südwall 2–4, 44122 Dortmund" in now and "belegt: 2023" in now
    assert now.index("Projektbüro") < now.index("Aktionsbüro Scharnhorst-Ost")
    assert "Rathaus" in earlier and "ab 4. Mai 2009; bis wann, ist nicht bekannt" in earlier
    assert "2011 bis 2022" in earlier and "2012 bis 2019" in earlier and "Märkische Straße 24–26" in earlier
    assert "5 Aktionsraumbeauftragte" in now and "3 Mitarbeiterinnen im Projektbüro" in now
    assert "Anzahl: 6" in now


def test_offices_of_an_area_stand_on_its_page(client):
    shown = text_of(client, "/aktionsplan/gebiete/121/")
    assert "Westerfilder Straße 23" in shown and "Betreuung durch das Sozialdezernat" in shown
    assert "Südwall" not in shown
    assert "Hörder Stadtteilagentur" in text_of(client, "/aktionsplan/gebiete/082/").split(" Was früher war ")[1]
    assert "nur für dieses Gebiet ist nichts bekannt" in text_of(client, "/aktionsplan/gebiete/103/")


def test_no_field_of_offices_and_functions_is_for_a_person():
    names = {f.name for model in (Office, PlanFunction) for f in model._meta.fields}
    assert not {name for name in names if "person" in name or "contact_name" in name}


@pytest.mark.parametrize("path", ["programme/", "beteiligung/", "bueros/"])
def test_in_english_and_found_from_the_plan(client, path):
    assert f'href="/en/aktionsplan/{path}"' in client.get("/en/aktionsplan/").content.decode()
    shown = text_of(client, f"/en/aktionsplan/{path}")
    assert "Source:" in shown or "No action programme is published yet." in shown
