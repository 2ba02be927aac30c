"""Many projects at once, a year copied, the money of a project seen: what staff do with the plan."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django.utils import timezone

from actionplan.actions.booking import BookingError, book, lock_year, open_allocation
from actionplan.actions.copying import copy_year
from actionplan.actions.states import LeftOut, StateError, set_states
from actionplan.desk import tools_for
from actionplan.models import Allocation, AreaCharge, Fund, FundChange, MoneyEntry, Project, ProjectState
from actionplan.selectors.money import money_so_far
from areas.models import PublicState, Source
from tests.app.plan_objects import DAY, a_fund, a_project, an_allocation
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db
LIST = "admin:actionplan_project_changelist"


@pytest.fixture
def source():
    PublicState.objects.get_or_create(pk=1)
    return Source.objects.create(slug="quelle", title="Quelle", publisher="Stadt")


class TestStates:
    def test_several_move_together(self, source):
        projects = [a_project(source, name) for name in ("eins", "zwei")]
        assert set_states(projects=projects, state="running", day=DAY, note="Start") == 2
        assert set(ProjectState.objects.values_list("state", "note")) == {("running", "Start")}

    @pytest.mark.parametrize(
        ("state", "day", "words"),
        [
            ("finished", DAY - datetime.timedelta(days=1), "hat schon einen späteren Zustand: „läuft“ seit 01.05.2021"),
            ("running", DAY, "ist schon in diesem Zustand: „läuft“ seit 01.05.2021"),
        ],
    )
    def test_who_cannot_follow_is_told_before_the_others_move(self, source, state, day, words):
        projects = [a_project(source, name) for name in ("eins", "zwei")]
        ProjectState.objects.create(project=projects[1], state="running", day=DAY)
        with pytest.raises(LeftOut) as told:
            set_states(projects=projects, state=state, day=day)
        assert told.value.projects == [(projects[1], words)] and ProjectState.objects.count() == 1
        with pytest.raises(LeftOut):
            set_states(projects=projects[1:], state=state, day=day, without=[projects[1].pk])
        assert set_states(projects=projects, state=state, day=day, without=[projects[1].pk]) == 1
        assert ProjectState.objects.get(project=projects[0]).state == state

    def test_a_day_to_come_is_refused(self, source):
        with pytest.raises(StateError, match="Zukunft"):
            set_states(projects=[a_project(source)], state="finished", day=datetime.date(2999, 1, 1))

    def test_the_page_names_who_is_left_out_and_why(self, admin_client, source):
        projects = [a_project(source, name) for name in ("eins", "zwei")]
        ProjectState.objects.create(project=projects[1], state="running", day=DAY)
        sent = self.sent(projects, apply="1", state="running", day="01.06.2021")
        page = admin_client.post(reverse(LIST), sent).content.decode()
        assert "Zwei: ist schon in diesem Zustand" in page and "Das übrige 1 ändern" in page
        assert ProjectState.objects.count() == 1
        page = admin_client.post(reverse(LIST), {**sent, "without": projects[1].pk}, follow=True).content.decode()
        assert "1 Projekt geändert. 1 blieb weg." in page and ProjectState.objects.count() == 2

    def test_no_state_is_chosen_before_and_each_project_says_where_it_stands(self, admin_client, source):
        projects = [a_project(source, name) for name in ("eins", "zwei")]
        ProjectState.objects.create(project=projects[1], state="running", day=DAY)
        page = admin_client.post(reverse(LIST), self.sent(projects)).content.decode()
        assert '<option value="" selected>bitte wählen</option>' in page
        assert "läuft, seit 01.05.2021" in page and "nicht bekannt" in page
        page = admin_client.post(reverse(LIST), self.sent(projects, apply="1", state="", day="01.06.2021"))
        assert page.status_code == 200 and ProjectState.objects.count() == 1

    def test_projects_of_other_areas_are_named(self, client):
        PublicState.objects.get_or_create(pk=1)
        city = small_city()
        person = User.objects.create_user("beauftragt", is_staff=True)
        person.groups.add(Group.objects.get(name="Aktionsraum"))
        AreaCharge.objects.create(user=person, area=city["areas"][0])
        own, other = (a_project(city["source"], name, reach="places") for name in ("eigenes", "fremdes"))
        for project, area in zip((own, other), city["areas"], strict=True):
            project.places.create(area=area)
        client.force_login(person)
        page = client.post(reverse(LIST), self.sent([own, other])).content.decode()
        assert "weil Sie dort nicht zuständig sind: Fremdes." in page and "1 Projekt ist gewählt:" in page
        page = client.post(reverse(LIST), self.sent([other]), follow=True).content.decode()
        assert "weil Sie dort nicht zuständig sind: Fremdes." in page and "ist gewählt" not in page

    def sent(self, projects, **more):
        chosen = {"action": "change_state", "_selected_action": [project.pk for project in projects]}
        return {**chosen, **more}

    def test_the_page_asks_first_and_keeps_what_was_typed(self, admin_client, source):
        projects = [a_project(source, name) for name in ("eins", "zwei")]
        page = admin_client.post(reverse(LIST), self.sent(projects)).content.decode()
        assert "2 Projekte sind gewählt:" in page and not ProjectState.objects.exists()
        wrong = self.sent(projects, apply="1", state="running", day="01.01.2999", note="Beginn im Mai")
        page = admin_client.post(reverse(LIST), wrong).content.decode()
        assert "Der Tag liegt in der Zukunft." in page and "Beginn im Mai" in page
        right = self.sent(projects, apply="1", state="running", day="01.05.2021", note="Beginn im Mai")
        page = admin_client.post(reverse(LIST), right, follow=True).content.decode()
        assert "2 Projekte geändert." in page and ProjectState.objects.count() == 2

    def test_who_may_not_is_not_offered_it(self, client, source):
        person = User.objects.create_user("liest", is_staff=True)
        person.user_permissions.set(Permission.objects.filter(codename__in=["view_project", "change_project"]))
        client.force_login(person)
        project = a_project(source)
        sent = self.sent([project], apply="1", state="running", day="01.05.2021")
        client.post(reverse(LIST), sent)
        assert not ProjectState.objects.exists()


def test_the_list_finds_any_spelling_and_shows_the_state(admin_client, source):
    project = a_project(source, "garten")
    Project.objects.filter(pk=project.pk).update(title="Bürgergärten")
    ProjectState.objects.create(project=project, state="running", day=DAY)
    page = admin_client.get(reverse(LIST) + "?q=Buergergaerten").content.decode()
    assert "Bürgergärten" in page and "läuft" in page


def test_the_money_of_a_project_stands_at_it(admin_client, source, django_assert_max_num_queries):
    allocation = an_allocation(source)
    book(allocation=allocation, kind="approved", amount=Decimal("237.50"), day=DAY)
    url = reverse("admin:actionplan_project_change", args=[allocation.project_id])
    with django_assert_max_num_queries(40):
        page = admin_client.get(url).content.decode()
    assert "237,50" in page and "Kern 2021" in page
    assert reverse("admin:actionplan_allocation_change", args=[allocation.pk]) in page
    assert "/redaktion/verlauf/?art=projekte" in page


class TestCopying:
    def year(self, source):
        whole = a_fund(source, "1000.00", slug="kern-2021")
        part = a_fund(source, "200.00", slug="spenden", part_of=whole)
        unknown = a_fund(source, None, slug="offen-2021")
        running, over = a_project(source, "laeuft"), a_project(source, "vorbei")
        for project, state in ((running, "running"), (over, "finished")):
            ProjectState.objects.create(project=project, state=state, day=DAY)
            allocation = open_allocation(fund=whole, project=project)
            book(allocation=allocation, kind="approved", amount=Decimal("300.10"), day=DAY)
        return whole, part, unknown

    def test_looking_stores_nothing(self, source):
        self.year(source)
        found = copy_year(year=2021, with_amounts=True, with_projects=True, commit=False)
        assert [one.fund.slug for one in found.copied] == ["kern-2022", "offen-2022", "spenden-2022"]
        assert Fund.objects.filter(year=2022).count() == 0

    def test_amounts_and_running_projects_come_along_as_planned(self, source):
        self.year(source)
        copy_year(year=2021, with_amounts=True, with_projects=True, commit=True)
        new = Fund.objects.get(slug="kern-2022")
        assert new.foreseen == 1000 and not FundChange.objects.filter(fund=new).exists(), "nothing is decided"
        assert Fund.objects.get(slug="spenden-2022").part_of == new
        assert not Fund.objects.get(slug="offen-2022").volume_is_known
        entry = MoneyEntry.objects.get(allocation__fund=new)
        assert (entry.kind, entry.amount, entry.allocation.project.slug) == ("planned", Decimal("300.10"), "laeuft")

    def test_without_amounts_nothing_is_put_in(self, source):
        self.year(source)
        copy_year(year=2021, with_amounts=False, with_projects=False, commit=True)
        assert not FundChange.objects.filter(fund__year=2022).exists()
        assert not Allocation.objects.filter(fund__year=2022).exists()

    def test_copying_twice_changes_nothing(self, source):
        self.year(source)
        copy_year(year=2021, with_amounts=True, with_projects=True, commit=True)
        before = Fund.objects.count(), MoneyEntry.objects.count(), FundChange.objects.count()
        again = copy_year(year=2021, with_amounts=True, with_projects=True, commit=True)
        assert not again.copied and {reason for _fund, reason in again.left_out} == {"gibt es schon"}
        assert (Fund.objects.count(), MoneyEntry.objects.count(), FundChange.objects.count()) == before

    def test_what_was_copied_is_no_amount_until_it_is_decided(self, client, admin_client, source):
        self.year(source)
        copy_year(year=2021, with_amounts=True, with_projects=True, commit=True)
        public = client.get("/aktionsplan/geld/?jahr=2022").content.decode().split("Was damit geschah")[0]
        assert "noch nicht beschlossen" in public and "1.000,00" not in public and ">0,00" not in public
        assert "1000,00" not in client.get("/aktionsplan/geld/geld.csv?jahr=2022").content.decode()
        assert 2022 not in [year.year for year in money_so_far(on=datetime.date(2022, 12, 31)).years]
        new = Fund.objects.get(slug="kern-2022")
        allocation = Allocation.objects.get(fund=new)
        with pytest.raises(BookingError, match="im Topf sind 0"):
            book(allocation=allocation, kind="approved", amount=Decimal("1"), day=datetime.date(2022, 2, 1))
        funds = reverse("admin:actionplan_fund_changelist")
        assert "noch nicht beschlossen, vorgesehen 1.000,00" in admin_client.get(funds).content.decode()
        sent = {"action": "decide", "_selected_action": list(Fund.objects.values_list("pk", flat=True))}
        page = admin_client.post(funds, sent).content.decode()
        assert "Kern-2021 2022: 1.000,00" in page.replace("\xa0", " ") and "bleiben weg:" in page
        sent |= {"apply": "1", "day": "15.01.2022", "note": "Rat"}
        refused = admin_client.post(funds, {**sent, "day": "15.01.2999"}).content.decode()
        assert "Der Tag liegt in der Zukunft." in refused and not FundChange.objects.filter(fund=new).exists()
        page = admin_client.post(funds, sent, follow=True).content.decode()
        assert "2 Töpfe sind beschlossen." in page
        new.refresh_from_db()
        assert (new.foreseen, new.note, new.changes.get().amount) == (None, "", 1000)
        assert "1.000,00" in client.get("/aktionsplan/geld/?jahr=2022").content.decode()
        again = admin_client.post(funds, sent).content.decode()
        assert "ihr Betrag ist schon beschlossen" in again and new.changes.count() == 1

    def test_a_closed_year_is_refused_in_words(self, admin_client, source):
        self.year(source)
        lock_year(year=2022, on=timezone.localdate())
        with pytest.raises(BookingError, match="Haushaltsjahr 2022 ist abgeschlossen"):
            copy_year(year=2021, with_amounts=True, with_projects=True, commit=True)
        page = admin_client.get(reverse("plan:copy_year") + "?von=2021")
        assert page.status_code == 422 and "abgeschlossen" in page.content.decode()

    def test_the_page_shows_it_before_it_is_done(self, admin_client, source):
        self.year(source)
        url = reverse("plan:copy_year")
        page = admin_client.get(url + "?von=2021&betraege=gleich&projekte=ja").content.decode()
        assert "Was für 2022 entsteht" in page and "Laeuft" in page and not Fund.objects.filter(year=2022).exists()
        assert admin_client.get(url + "?von=1999").status_code == 422
        admin_client.post(url, {"von": "2021", "betraege": "gleich", "projekte": "ja"})
        assert Fund.objects.filter(year=2022).count() == 3


class TestList:
    def names(self, client, **asked):
        """Titles that the list shows."""
        return [str(project) for project in client.get(reverse(LIST), asked).context["cl"].result_list]

    def test_it_shows_areas_and_is_narrowed_by_area_year_and_newest_state(self, admin_client):
        PublicState.objects.get_or_create(pk=1)
        city = small_city()
        city["level"].is_reporting = True
        city["level"].save()
        here = a_project(city["source"], "hier", reach="places", begins=DAY, ends=datetime.date(2022, 1, 31))
        here.places.create(area=city["areas"][0])
        everywhere = a_project(city["source"], "ueberall", reach="city")
        for state, day in (("idea", DAY), ("running", datetime.date(2021, 6, 1))):
            here.states.create(state=state, day=day)
        everywhere.states.create(state="idea", day=DAY)
        page = admin_client.get(reverse(LIST)).content.decode()
        assert '<td class="field-where">Mitte</td>' in page and '<td class="field-where">stadtweit</td>' in page
        assert "01.05.2021 – 31.01.2022" in page
        assert self.names(admin_client, gebiet="01") == self.names(admin_client, jahr="2022") == ["Hier"]
        assert self.names(admin_client, gebiet="stadt") == self.names(admin_client, zustand="idea") == ["Ueberall"]
        assert self.names(admin_client, zustand="running") == ["Hier"]
        assert len(self.names(admin_client, jahr="1x")) == 2


def test_the_desk_leads_to_everything_a_clerk_writes(client):
    person = User.objects.create_user("sachbearbeitung", is_staff=True)
    person.groups.add(Group.objects.get(name="Aktionsplan"))
    client.force_login(person)
    person = User.objects.get(pk=person.pk)
    named = {tool.name for tool in tools_for(person)}
    wanted = ("fund", "carryover", "budgetyear", "councilpaper", "actionarea", "allocation", "project")
    for name in wanted:
        address = f"admin:actionplan_{name}_changelist"
        assert address in named and client.get(reverse(address)).status_code == 200
