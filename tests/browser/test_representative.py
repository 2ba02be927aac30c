"""A representative changes a project of the own area in the browser and may not touch a neighbour's."""

import pgtrigger
import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import expect

from actionplan.models import AreaCharge, Project, ProjectHistory
from areas.models import Area


@pytest.fixture
def representative(portal, server):
    """In charge of Marten (102); the project that is changed is afterwards as before."""
    person = User.objects.create_user("beauftragte", is_staff=True)
    person.groups.add(Group.objects.get(name="Aktionsraum"))
    area = Area.objects.in_force().get(level__slug="sozialraum", code="102")
    AreaCharge.objects.create(user=person, area=area)
    before = list(Project.objects.all())
    yield person
    with pgtrigger.ignore():
        Project.objects.bulk_update(before, ["description"])
        ProjectHistory.objects.all().delete()
        person.delete()


def test_the_own_area_and_not_the_neighbours(representative, as_person, server):
    page = as_person(representative)
    page.goto(server.url + "/redaktion/aktionsplan/")
    page.get_by_role("link", name="Projekte", exact=True).click()
    page.get_by_role("link", name="Currendeblasen in der Germaniasiedlung").click()
    page.get_by_label("Beschreibung:").fill("Bläser ziehen durch die Siedlung.")
    page.get_by_role("button", name="Sichern", exact=True).click()
    page.get_by_text("wurde erfolgreich geändert").wait_for()
    slug = Project.objects.get(title__startswith="Currendeblasen").slug
    page.goto(f"{server.url}/aktionsplan/projekte/{slug}/")
    expect(page.get_by_text("Bläser ziehen durch die Siedlung.")).to_be_visible()

    other = Project.objects.get(slug="rampe-2")
    page.goto(f"{server.url}/verwaltung/actionplan/project/{other.pk}/change/")
    assert page.get_by_text("Streetwork in Hörde").first.is_visible()
    expect(page.get_by_role("button", name="Sichern")).to_have_count(0)
    expect(page.get_by_label("Beschreibung:")).to_have_count(0)
