"""A representative edits only the own area: projects, participation, programmes; everybody else's can be read."""

import datetime

import pytest
from django.contrib.auth.models import Group, User
from django.db.backends.postgresql.psycopg_any import DateRange

from actionplan.models import ActionArea, ActionProgramme, AreaCharge, Project, ProjectPlace
from actionplan.rights import may_edit
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db
PROJECTS = "/verwaltung/actionplan/project/"


@pytest.fixture
def city():
    city = small_city()
    city["members"] = [
        ActionArea.objects.create(
            kind="aktionsraum", name=area.name, area=area, valid=DateRange(datetime.date(2020, 1, 1), None),
            decision="Rat", source=city["source"],
        )
        for area in city["areas"]
    ]  # fmt: skip
    return city


@pytest.fixture
def person(city, client):
    """In charge of the first area."""
    made = User.objects.create_user("mitte", is_staff=True)
    made.groups.add(Group.objects.get(name="Aktionsraum"))
    AreaCharge.objects.create(user=made, area=city["areas"][0])
    client.force_login(made)
    return made


def project(city, slug, *areas, reach="places") -> Project:
    made = Project.objects.create(slug=slug, title=slug.title(), reach=reach, source=city["source"])
    for number in areas:
        ProjectPlace.objects.create(project=made, area=city["areas"][number])
    return made


def sent(city, made=None, places=(), **changed) -> dict:
    """What the form of a project sends; `places` are new ones by number of the area."""
    there = list(made.places.all()) if made else []
    content = {
        "slug": made.slug if made else "neu",
        "title": "Neuer Titel",
        "reach": "places",
        "source": city["source"].pk,
    }
    forms = [
        ("places", there),
        ("field_links", []),
        ("states", []),
        ("allocations", []),
        ("results", []),
        ("files", []),
    ]
    for prefix, rows in forms:
        count = len(rows) + (len(places) if prefix == "places" else 0)
        content |= {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": len(rows)}
        for number, row in enumerate(rows):
            content |= {f"{prefix}-{number}-id": row.pk, f"{prefix}-{number}-area": row.area_id}
    for number, area in enumerate(places, start=len(there)):
        content[f"places-{number}-area"] = city["areas"][area].pk
    return content | changed


def test_the_own_project_is_edited(city, person, client):
    made = project(city, "garten", 0)
    response = client.post(f"{PROJECTS}{made.pk}/change/", sent(city, made))
    assert response.status_code == 302, response.context and response.context["errors"]
    assert Project.objects.get(pk=made.pk).title == "Neuer Titel"


@pytest.mark.parametrize(("areas", "reach"), [([1], "places"), ([0, 1], "places"), ([], "city"), ([], "unknown")])
def test_a_neighbours_project_is_read_and_not_touched(city, person, client, areas, reach):
    """Also one that works in the own area and in another, and one for the whole city."""
    made = project(city, "fremd", *areas, reach=reach)
    page = client.get(f"{PROJECTS}{made.pk}/change/")
    assert page.status_code == 200 and 'name="title"' not in page.content.decode()
    assert client.post(f"{PROJECTS}{made.pk}/change/", sent(city, made)).status_code == 403
    assert client.post(f"{PROJECTS}{made.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Project.objects.get(pk=made.pk).title == "Fremd"


@pytest.mark.parametrize("places", [[1], [0, 1], []])
def test_a_new_project_lies_in_the_own_area(city, person, client, places):
    page = client.post(f"{PROJECTS}add/", sent(city, places=places))
    assert page.status_code == 200
    assert "Sie sind zuständig für: Mitte." in page.content.decode()
    assert "Neuer Titel" in page.content.decode()  # nothing is lost
    assert not Project.objects.exists()
    assert client.post(f"{PROJECTS}add/", sent(city, places=[0])).status_code == 302
    assert Project.objects.get().places.get().area == city["areas"][0]


def test_the_own_project_is_not_moved_to_a_neighbour(city, person, client):
    made = project(city, "garten", 0)
    content = sent(city, made) | {"places-0-area": city["areas"][1].pk}
    assert client.post(f"{PROJECTS}{made.pk}/change/", content).status_code == 200
    assert made.places.get().area == city["areas"][0]


def test_a_step_for_many_leaves_out_what_is_not_the_own(city, person, client):
    own, other = (programme(city, number) for number in (0, 1))
    data = {"action": "begin", "_selected_action": [own.pk, other.pk]}
    client.post("/verwaltung/actionplan/actionprogramme/", data)
    assert (own.versions.count(), other.versions.count()) == (1, 0)


def programme(city, number) -> ActionProgramme:
    member = city["members"][number]
    return ActionProgramme.objects.create(
        slug=f"p{number}", title="Programm", action_area=member, valid=DateRange("2022-01-01", "2026-01-01"),
        source=city["source"],
    )  # fmt: skip


def test_a_programme_for_a_neighbour_cannot_be_made(city, person, client):
    content = {
        "title": "Programm", "slug": "p", "action_area": city["members"][1].pk, "valid_0": "2022-01-01",
        "valid_1": "2026-01-01", "state": "draft", "source": city["source"].pk,
        "participation_links-TOTAL_FORMS": 0, "participation_links-INITIAL_FORMS": 0,
        "versions-TOTAL_FORMS": 0, "versions-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert client.post("/verwaltung/actionplan/actionprogramme/add/", content).status_code == 200
    assert not ActionProgramme.objects.exists()


def test_money_papers_and_areas_are_not_theirs(city, person, client):
    for model in ("allocation", "fund", "councilpaper", "actionarea", "areacharge"):
        assert client.get(f"/verwaltung/actionplan/{model}/add/").status_code == 403
    assert client.get("/redaktion/aktionsplan/einlesen/").status_code == 403
    assert client.post("/redaktion/aktionsplan/anpassungen/", {}).status_code == 403


def test_who_edits_the_plan_edits_every_area_and_an_account_without_areas_none(city):
    made = project(city, "garten", 0)
    everywhere = User.objects.create_user("plan")
    everywhere.groups.add(Group.objects.get(name="Aktionsplan"))
    nowhere = User.objects.create_user("nirgends")
    nowhere.groups.add(Group.objects.get(name="Aktionsraum"))
    assert may_edit(everywhere, made)
    assert not may_edit(nowhere, made)
