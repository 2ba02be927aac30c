"""Deciding about ideas: publish, shorten, refuse, make a project; who may, and two people at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection

from actionplan.actions.ideas import IdeaError, delete_idea, make_project, publish_idea, refuse_idea, take_up
from actionplan.models import FieldOfAction, Idea, IdeaStep, Project
from areas.models import PublicState
from tests.app.idea_objects import an_idea, newest
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db
DESK = "/redaktion/aktionsplan/ideen/"


@pytest.fixture(autouse=True)
def _switched_on(settings):
    settings.IDEA_BOX = True


@pytest.fixture
def city():
    PublicState.objects.get_or_create(pk=1)
    return small_city()


@pytest.fixture
def moderator(client):
    person = User.objects.create_user("moderation", first_name="Mo", last_name="Derat")
    person.groups.add(Group.objects.get(name="Aktionsplan"))
    client.force_login(person)
    return person


def test_published_shortened_the_original_stays_for_staff(client, city, moderator):
    idea = an_idea()
    page = client.get(f"{DESK}{idea.pk}/").content.decode()
    assert "die Frau Muster gehört" in page
    data = {
        "gesehen": newest(idea),
        "titel": "Ein Garten",
        "text": "Auf der leeren Fläche.",
        "grund": "Name gestrichen.",
    }
    assert client.post(f"{DESK}{idea.pk}/veroeffentlichen/", data).status_code == 302
    page = client.get(f"{DESK}{idea.pk}/").content.decode()
    assert "die Frau Muster gehört" in page and "Auf der leeren Fläche." in page
    assert "Name gestrichen." in page and "Aktionsplan</p>" in page and page.count("Derat") == 1, "only in the frame"
    public = client.get("/aktionsplan/ideen/").content.decode()
    assert "Auf der leeren Fläche." in public and "Muster" not in public
    assert "Name gestrichen." in client.get("/aktionsplan/ideen/stand/geheim/").content.decode()
    step = idea.steps.order_by("-pk").first()
    assert (step.kind, step.is_shortened, step.recorded_by, step.role) == ("published", True, moderator, "Aktionsplan")


def test_a_project_comes_of_it_and_stays_when_the_idea_goes(client, city, moderator):
    field = FieldOfAction.objects.create(slug="arbeit")
    idea = an_idea(area=city["areas"][0], field=field, title="Ein Garten für alle!")
    assert client.post(f"{DESK}{idea.pk}/projekt/", {"gesehen": newest(idea)}).status_code == 302
    project = Project.objects.get()
    assert (project.slug, project.reach, project.source.slug) == ("ein-garten-fur-alle", "places", "ideenbox")
    assert [str(state.state) for state in project.states.all()] == ["idea"]
    assert [place.area for place in project.places.all()] == [city["areas"][0]]
    assert [link.field for link in project.field_links.all()] == [field]
    link = f"/aktionsplan/projekte/{project.slug}/"
    for path in ("/aktionsplan/ideen/", "/aktionsplan/ideen/stand/geheim/", f"{DESK}{idea.pk}/"):
        assert link in client.get(path).content.decode()
    back = f'<a href="/aktionsplan/ideen/?idee={idea.pk}" lang="de">Ein Garten für alle!</a>'
    assert back in client.get(link).content.decode()
    alone = client.get(f"/aktionsplan/ideen/?idee={idea.pk}").content.decode()
    assert link in alone and "1 Idee<" in alone
    client.post("/aktionsplan/ideen/stand/geheim/", {"wunsch": "loeschen"})
    assert not Idea.objects.exists() and not IdeaStep.objects.exists()
    page = client.get(link)
    assert page.status_code == 200 and "Ideenkasten kam" not in page.content.decode(), "the kept page is written anew"


def test_without_the_idea_box_a_project_names_its_idea_without_a_way_to_it(client, city, moderator, settings):
    project = make_project(idea=an_idea(), seen=newest(Idea.objects.get()), user=moderator)
    settings.IDEA_BOX = False
    page = client.get(f"/aktionsplan/projekte/{project.slug}/").content.decode()
    assert 'die über den Ideenkasten kam: <span lang="de">Ein Garten für alle' in " ".join(page.split())
    assert "/aktionsplan/ideen/" not in page


@pytest.mark.parametrize("key", ["x", "-1", "12345678901"])
def test_an_idea_is_asked_for_by_its_number(client, city, key):
    assert client.get(f"/aktionsplan/ideen/?idee={key}").status_code == 400
    assert "Keine Idee passt" in client.get("/aktionsplan/ideen/?idee=999").content.decode()


def test_projects_of_the_same_title_get_addresses_of_their_own(city, moderator):
    slugs = []
    for key, title in (("a", "Garten im Hof"), ("b", "Garten im Hof"), ("c", "Äöü ?!")):
        idea = an_idea(key, title=title)
        slugs.append(make_project(idea=idea, seen=newest(idea), user=moderator).slug)
    assert slugs == ["garten-im-hof", "garten-im-hof-2", "aou"]


@pytest.mark.parametrize(
    ("step", "data", "sentence"),
    [
        ("veroeffentlichen", {"titel": "", "text": "x"}, "Ohne Titel kann die Idee nicht erscheinen."),
        ("veroeffentlichen", {"titel": "x", "text": ""}, "Ohne Text kann die Idee nicht erscheinen."),
        ("veroeffentlichen", {"titel": "x" * 121, "text": "bleibt stehen"}, "bleibt stehen"),
        ("ablehnen", {"grund": ""}, "Bitte sagen Sie, warum."),
        ("ablehnen", {"grund": "x" * 1001}, "x" * 1001),
        ("in-pruefung", {"gesehen": "neu"}, "Das Formular war unvollständig."),
        ("projekt", {"gesehen": ""}, "Das Formular war unvollständig."),
    ],
)
def test_what_is_missing_is_said(client, moderator, step, data, sentence):
    idea = an_idea()
    answer = client.post(f"{DESK}{idea.pk}/{step}/", {"gesehen": newest(idea), **data})
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert Idea.objects.get().state == "received" and not Project.objects.exists()


def test_who_saw_an_old_state_decides_nothing(client, city, moderator):
    idea = an_idea()
    seen = newest(idea)
    refuse_idea(idea=idea, reason="Nein.", seen=seen, user=moderator)
    data = {"gesehen": seen, "titel": "Ein Garten", "text": "Meine sorgsam gekürzten Worte."}
    answer = client.post(f"{DESK}{idea.pk}/veroeffentlichen/", data)
    assert answer.status_code == 409 and "Inzwischen hat jemand anderes entschieden" in answer.content.decode()
    assert "Meine sorgsam" not in answer.content.decode(), "a refused idea has no form for publishing"
    assert Idea.objects.get().state == "refused" and not Idea.objects.get().public_text


def test_who_decides_about_a_deleted_idea_is_told(client, city, moderator):
    idea = an_idea()
    delete_idea(idea=Idea.objects.get())
    with pytest.raises(IdeaError, match="gelöscht"):
        take_up(idea=idea, seen=1, user=moderator)
    assert client.get(f"{DESK}{idea.pk}/").status_code == 404
    assert client.post(f"{DESK}{idea.pk}/in-pruefung/", {"gesehen": "1"}).status_code == 404


def test_after_a_project_nothing_else_is_decided(city, moderator):
    idea = an_idea()
    make_project(idea=idea, seen=newest(idea), user=moderator)
    with pytest.raises(IdeaError, match="folgt nicht"):
        refuse_idea(idea=idea, reason="Nein.", seen=newest(idea), user=moderator)
    with pytest.raises(IdeaError):
        make_project(idea=idea, seen=newest(idea), user=moderator)
    assert Project.objects.count() == 1, "what the second step made is undone with it"


def test_a_refusal_can_be_looked_at_again(city, moderator):
    idea = an_idea()
    refuse_idea(idea=idea, reason="Nein.", seen=newest(idea), user=moderator)
    with pytest.raises(IdeaError):
        publish_idea(idea=idea, title="Titel", text="Text", seen=newest(idea), user=moderator)
    assert not Idea.objects.get().public_title
    take_up(idea=idea, seen=newest(idea), user=moderator)
    publish_idea(idea=idea, title="Titel", text="Text", seen=newest(idea), user=moderator)
    assert [step.kind for step in idea.steps.order_by("pk")] == ["received", "refused", "in_review", "published"]


def test_the_list_by_state_takes_few_queries(client, city, moderator, django_assert_max_num_queries):
    for number in range(25):
        an_idea(str(number), title=f"Idee {number:02}")
    refused = Idea.objects.order_by("pk").first()
    refuse_idea(idea=refused, reason="Nein.", seen=newest(refused), user=moderator)
    with django_assert_max_num_queries(10):
        page = client.get(f"{DESK}?stand=received").content.decode()
    assert "eingegangen (24)" in page and "Idee 01" in page and "Idee 00" not in page
    assert "Idee 24" in client.get(f"{DESK}?stand=received&seite=2").content.decode()
    assert client.get(f"{DESK}?stand=nie").status_code == 200


def test_the_council_reads_and_decides_nothing(client, city):
    person = User.objects.create_user("rat")
    person.groups.add(Group.objects.get(name="Rat"))
    client.force_login(person)
    idea = an_idea()
    page = client.get(f"{DESK}{idea.pk}/").content.decode()
    assert idea.title in page and "Entscheiden" not in page
    assert client.post(f"{DESK}{idea.pk}/in-pruefung/", {"gesehen": newest(idea)}).status_code == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_who_decide_at_once_one_is_told(attempt):
    PublicState.objects.get_or_create(pk=1)
    idea = an_idea()
    seen, start = newest(idea), Barrier(2)

    def run(job):
        try:
            start.wait(timeout=30)
            job()
        except IdeaError:
            return False
        else:
            return True
        finally:
            connection.close()

    jobs = [
        lambda: refuse_idea(idea=idea, reason="Nein.", seen=seen, user=None),
        lambda: make_project(idea=idea, seen=seen, user=None),
    ]
    with ThreadPoolExecutor(2) as pool:
        taken = list(pool.map(run, jobs))
    assert sorted(taken) == [False, True]
    assert Project.objects.count() == int(taken[1]) and idea.steps.count() == 2
