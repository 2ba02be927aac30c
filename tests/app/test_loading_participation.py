"""Participation, offices, functions and programmes from a city's folder: read, brought up to date, refused in words."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from actionplan.actions.loading_participation import load_offices, load_participation
from actionplan.actions.loading_programmes import load_programmes
from actionplan.models import (
    ActionProgramme,
    FieldOfAction,
    Office,
    Participation,
    PlanFunction,
    PlanFunctionPlace,
    ProgrammeVersion,
)
from areas.actions.findings import Findings
from areas.citytables import CityFilesError
from tests.app.plan_objects import a_member, a_participation
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db

PARTICIPATION = """
[[participation]]
slug = "forum"
kind = "meeting"
title = "Forum im Quartier"
begins = 2022-05-01
starts_at = 18:00:00
place = "Markt 1"
areas = ["01"]
state = "held"
source = "quelle"
"""
OFFICES = """
[[office]]
slug = "laden"
kind = "quartiersbuero"
name = "Laden"
address = "Markt 1"
begins = 2020-01-01
areas = ["01"]
source = "quelle"

[[function]]
slug = "beauftragte"
title = "Beauftragte"
number = 2
reported = "2020"
office = "laden"
assumed_areas = ["02"]
source = "quelle"
"""
PROGRAMMES = """
[[programme]]
slug = "mitte"
title = "Aktionsprogramm Mitte"
area = "01"
from = 2022-01-01
to = 2026-01-01
state = "in_force"
participation = ["forum"]
source = "quelle"

[[programme.version]]
number = 1
published_on = 2022-03-01
needs = "Es fehlt ein Treffpunkt."

[[programme.version.goal]]
field = "arbeit"
text = "Mehr Menschen finden Arbeit."

[[programme.version.measure]]
field = "arbeit"
title = "Beratung"

[[programme.version.milestone]]
title = "Eröffnung"
day = 2022-06-01
"""
READERS = {
    "participation": (load_participation, PARTICIPATION),
    "offices": (load_offices, OFFICES),
    "programmes": (load_programmes, PROGRAMMES),
}


@pytest.fixture
def city():
    made = small_city()
    made["level"].is_reporting = True
    made["level"].save()
    return made


@pytest.fixture
def load(city, tmp_path):
    """Read one file, as it is or with something replaced; what is found is raised."""

    def read(kind, old="", new=""):
        reader, text = READERS[kind]
        assert old in text
        path = tmp_path / f"{kind}.toml"
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
        findings = Findings()
        count = reader(path=path, findings=findings)
        findings.refuse()
        return count

    return read


def test_without_files_there_is_nothing(tmp_path):
    for reader, _text in READERS.values():
        findings = Findings()
        assert reader(path=tmp_path / "fehlt.toml", findings=findings) == 0
        findings.refuse()


def test_participation_and_offices_are_read_and_brought_up_to_date(load):
    assert (load("participation"), load("offices")) == (1, 1)
    forum, laden, function = Participation.objects.get(), Office.objects.get(), PlanFunction.objects.get()
    assert (forum.starts_at, forum.exactness) == (datetime.time(18), "day")
    assert [p.name for p in forum.places.all()] == [p.name for p in laden.places.all()] == ["Mitte"]
    assert [(p.name, p.is_assumed) for p in function.places.all()] == [("Rand", True)]
    assert (function.office, function.number) == (laden, 2)
    kept = set(PlanFunctionPlace.objects.values_list("pk"))
    load("participation", "Forum im Quartier", "Zweites Forum")
    load("offices")
    assert Participation.objects.get().title == "Zweites Forum"
    assert set(PlanFunctionPlace.objects.values_list("pk")) == kept, "what is the same is not written again"
    assert Participation.objects.get().history.get().title == "Forum im Quartier"


@pytest.mark.parametrize(
    ("kind", "old", "new", "message"),
    [
        ("participation", 'areas = ["01"]', "", "Gebiete stehen genau dann da, wenn reach „places“ ist"),
        ("participation", 'areas = ["01"]', 'areas = ["99"]', "„99“ ist weder Gebiet der Berichtsebene noch"),
        ("participation", "begins = 2022-05-01", 'begins = "im Mai"', "begins: .*im Mai"),
        ("participation", 'place = "', 'exactness = "year"\nplace = "', "an_hour_stands_only_where_the_day_is_known"),
        ("participation", 'kind = "meeting"', 'kind = "fest"', "kind: .*fest"),
        ("participation", 'source = "quelle"', 'source = "keine"', r"„keine“ ist nicht bekannt \(Quelle\)"),
        ("participation", 'slug = "forum"', "", "Die Angabe „slug“ fehlt"),
        ("participation", "[[participation]]", "[[participation", "kein gültiges TOML"),
        ("offices", "begins = 2020-01-01", "", "a_office_says_for_when_it_is_documented"),
        ("offices", "number = 2", "number = 0", "number: "),
        ("offices", 'title = "Beauftragte"', 'title = "Beauftragte"\nperson = "X"', "Unbekannte Angaben: person"),
        ("offices", 'office = "laden"', 'office = "haus"', r"„haus“ ist nicht bekannt \(Büro\)"),
    ],
)
def test_a_mistake_is_named_with_its_place(load, kind, old, new, message):
    with pytest.raises(CityFilesError, match=rf"{kind}\.toml.*{message}"):
        load(kind, old, new)


@pytest.fixture
def planned(city):
    """What a programme can name."""
    a_member(city)
    FieldOfAction.objects.create(slug="arbeit")
    return a_participation(city["source"])


def test_a_programme_with_its_first_version(load, planned):
    assert load("programmes") == load("programmes") == 1
    programme, version = ActionProgramme.objects.get(), ProgrammeVersion.objects.get()
    assert list(programme.participations.all()) == [planned]
    assert (version.published_on, version.goals.count(), version.measures.get().title) == (
        datetime.date(2022, 3, 1), 1, "Beratung",
    )  # fmt: skip


def test_a_draft_is_written_anew_a_published_version_never(load, planned):
    load("programmes", "published_on = 2022-03-01", "")
    load("programmes", "Eröffnung", "Fest")
    with pytest.raises(CityFilesError, match="Fassung 1 ist veröffentlicht und sagt etwas anderes als die Datei"):
        load("programmes", "Es fehlt ein Treffpunkt.", "Es fehlt Arbeit.")
    assert ProgrammeVersion.objects.get().milestones.get().title == "Fest"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("to = 2026-01-01", "to = 2023-01-01", "a_programme_runs_for_three_to_five_years"),
        ("to = 2026-01-01", "", "Die Angabe „to“ fehlt"),
        ('area = "01"', 'area = "02"', "„02“ ist am 01.01.2022 weder Aktionsraum noch Aktionsquartier"),
        ('participation = ["forum"]', 'participation = ["fest"]', r"„fest“ ist nicht bekannt \(Beteiligung\)"),
        ('state = "in_force"', 'state = "draft"', "Ein Entwurf wird nicht veröffentlicht"),
        ('field = "arbeit"\ntitle', "title", r"1\. \[\[programme.version.measure\]\]: Die Angabe „field“ fehlt"),
        ("day = 2022-06-01", 'day = "Sommer"', "day: .*Sommer"),
        ("number = 1", "number = 0", "number: "),
        ('needs = "', 'wishes = "', "Unbekannte Angaben: wishes"),
    ],
)
def test_a_mistake_in_a_programme_stores_nothing(load, planned, old, new, message):
    with pytest.raises(CityFilesError, match=f"programmes.toml.*{message}"):
        load("programmes", old, new)
    assert not ActionProgramme.objects.exists()


def test_an_office_has_one_address_at_a_time(city):
    def office(slug, **more):
        more = {"kind": "quartiersbuero", "name": "Laden", "source": city["source"], **more}
        return Office.objects.create(slug=slug, **more)

    office("alt", begins="2010-01-01", is_former=True)  # nobody knows when it ended: no overlap can be told
    office("jetzt", begins="2015-01-01")
    office("irgendwann", reported="2012")
    with pytest.raises(IntegrityError, match="an_office_has_one_address_at_a_time"), transaction.atomic():
        office("neu", begins="2020-01-01")


@pytest.mark.parametrize("name", ["participation", "office", "planfunction"])
def test_staff_have_forms_that_ask_for_no_person(admin_client, name):
    text = admin_client.get(reverse(f"admin:actionplan_{name}_add")).content.decode()
    if name != "participation":
        assert "Namen von Menschen gehören nicht ins Portal." in text


def test_staff_announce_a_date(admin_client, city):
    sent = {
        "slug": "termin", "kind": "meeting", "title": "Termin", "begins": "01.12.2026", "starts_at": "18:00",
        "exactness": "day", "reach": "city", "state": "announced", "source": city["source"].pk,
        "places-TOTAL_FORMS": 0, "places-INITIAL_FORMS": 0,
    }  # fmt: skip
    address = reverse("admin:actionplan_participation_add")
    page = admin_client.post(address, {**sent, "ends": "01.11.2026"})
    assert "Der letzte Tag liegt vor dem Beginn." in page.content.decode()
    assert admin_client.post(address, sent).status_code == 302
    assert Participation.objects.get().starts_at == datetime.time(18)
