"""Action programmes: how long they run, one at a time, and versions that stay once they are public."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from actionplan.actions.programmes import ProgrammeError, begin_version, publish_version
from actionplan.models import ActionProgramme, ProgrammeMilestone, ProgrammeVersion
from tests.app.plan_objects import a_member, a_participation, a_programme, a_version
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db
DAY = datetime.date(2022, 3, 1)


@pytest.fixture
def city():
    return small_city()


@pytest.fixture
def member(city):
    return a_member(city)


@pytest.fixture
def programme(member):
    return a_programme(member)


def refused(*words):
    return pytest.raises(IntegrityError, match=".*".join(words))


@pytest.mark.parametrize("valid", ["[2022-01-01,2025-01-01)", "[2022-01-01,2027-01-01)", "[2024-02-29,2027-02-28)"])
def test_three_to_five_years_are_taken(member, valid):
    programme = a_programme(member, valid=valid)
    programme.refresh_from_db()
    programme.full_clean()


@pytest.mark.parametrize(
    "valid",
    ["[2022-01-01,2024-12-31)", "[2022-01-01,2027-01-02)", "[2022-01-01,)", "(,2025-01-01)", "(,)", "empty"],
)
def test_anything_else_is_refused_by_the_database_and_said_in_words(member, valid):
    with refused("a_programme_runs_for_three_to_five_years"), transaction.atomic():
        a_programme(member, valid=valid)


def test_the_form_says_it_too(member):
    programme = a_programme(member)
    programme.valid = DateRange(datetime.date(2022, 1, 1), datetime.date(2023, 1, 1))
    with pytest.raises(ValidationError, match="drei bis fünf Jahre"):
        programme.validate_constraints()


def test_no_two_programmes_in_force_at_a_time(city, member, programme):
    with refused("one_programme_in_force_per_action_area_at_a_time"), transaction.atomic():
        a_programme(member, "zweites", valid="[2024-12-31,2028-01-01)")
    a_programme(member, "entwurf", valid="[2024-01-01,2028-01-01)", state="draft")
    a_programme(member, "danach", valid="[2025-01-01,2028-01-01)")
    a_programme(a_member(city, 1), "nebenan")
    ActionProgramme.objects.filter(slug="programm").update(state="ended")
    a_programme(member, "ersatz", valid="[2022-01-01,2025-01-01)")


def published(programme, number=1):
    return publish_version(version=a_version(programme, number), day=DAY)


@pytest.mark.parametrize(
    "write",
    [
        "UPDATE actionplan_programmeversion SET needs = 'anders'",
        "UPDATE actionplan_programmeversion SET published_on = NULL",
        "DELETE FROM actionplan_programmeversion",
        "UPDATE actionplan_programmegoal SET text = 'anders'",
        "DELETE FROM actionplan_programmemeasure",
        "UPDATE actionplan_programmemilestone SET done_on = '2022-06-01'",
        "TRUNCATE actionplan_programmegoal",
        "TRUNCATE actionplan_programmeversion CASCADE",
        "UPDATE actionplan_actionprogramme SET slug = 'anders'",
        "UPDATE actionplan_actionprogramme SET state = 'draft'",
    ],
)
def test_what_was_published_never_changes_not_even_by_raw_sql(programme, write):
    published(programme)
    connection.check_constraints()
    with refused("veröffentlicht"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(write)


def test_nothing_is_added_to_or_moved_into_what_was_published(programme):
    version, draft = published(programme), a_version(programme, 2)
    with refused("veröffentlicht"), transaction.atomic():
        version.goals.create(text="Noch ein Ziel")
    with refused("veröffentlicht"), transaction.atomic():
        draft.goals.update(version=version)
    with refused("veröffentlicht"), transaction.atomic():
        ProgrammeMilestone.objects.filter(version=version).update(version=draft)
    draft.goals.update(text="Ein Entwurf ändert sich.")
    draft.delete()


def test_a_draft_programme_publishes_nothing_and_says_why(member):
    version = a_version(a_programme(member, state="draft"))
    with pytest.raises(ProgrammeError, match="Ein Entwurf wird nicht veröffentlicht"):
        publish_version(version=version, day=DAY)
    version.refresh_from_db()
    assert version.published_on is None


def test_a_new_version_begins_with_what_the_last_one_says(programme):
    old = published(programme)
    new = begin_version(programme=programme, like=old)
    assert (new.number, new.published_on) == (2, None)
    assert [m.title for m in new.milestones.all()] == ["Laden ist offen"]
    new.milestones.update(done_on=DAY)
    assert old.milestones.get().done_on is None
    assert begin_version(programme=programme).number == 3


def test_earlier_states_of_a_programme_are_kept(programme):
    programme.title = "Neuer Titel"
    programme.save()
    assert [(h.title, h.pgh_label) for h in programme.history.all()] == [("Programm", "changed")]


def test_staff_begin_write_and_publish_a_version(admin_client, programme):
    address = reverse("admin:actionplan_actionprogramme_changelist")
    admin_client.post(address, {"action": "begin", "_selected_action": programme.pk})
    version = ProgrammeVersion.objects.get()
    page = reverse("admin:actionplan_programmeversion_change", args=[version.pk])
    assert admin_client.get(page).status_code == 200
    address = reverse("admin:actionplan_programmeversion_changelist")
    answer = admin_client.post(address, {"action": "publish", "_selected_action": version.pk}, follow=True)
    assert "Veröffentlicht: Programm, Fassung 1." in answer.content.decode()
    version.refresh_from_db()
    assert version.published_on
    text = admin_client.get(page).content.decode()
    assert 'name="_save"' not in text
    assert admin_client.post(page, {"needs": "anders"}).status_code == 403
    assert "_selected_action" not in admin_client.get(reverse("admin:actionplan_actionprogramme_add")).content.decode()


def test_a_refusal_stands_in_the_form_of_a_programme(admin_client, city, programme):
    published(programme)
    forum = a_participation(city["source"])
    sent = {
        "title": "Programm", "slug": "anders", "action_area": programme.action_area_id, "valid_0": "01.01.2022",
        "valid_1": "01.01.2030", "state": "draft", "paper": "", "source": city["source"].pk,
        "programmeparticipation_set-TOTAL_FORMS": 0, "programmeparticipation_set-INITIAL_FORMS": 0,
        "+-TOTAL_FORMS": 0, "+-INITIAL_FORMS": 0, "versions-TOTAL_FORMS": 0, "versions-INITIAL_FORMS": 0,
    }  # fmt: skip
    page = admin_client.post(reverse("admin:actionplan_actionprogramme_change", args=[programme.pk]), sent)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Das bleibt, wie es ist." in text and "kein Entwurf mehr" in text
    assert 'value="anders"' in text
    programme.refresh_from_db()
    assert (programme.slug, forum.programmes.count()) == ("programm", 0)


@pytest.mark.parametrize(("valid", "state"), [(("01.01.2022", "01.01.2030"), "in_force"), (("", ""), "unsinn")])
def test_bad_input_of_a_new_programme_is_named(admin_client, member, valid, state):
    sent = {"title": "Programm", "slug": "p", "action_area": member.pk, "valid_0": valid[0], "valid_1": valid[1],
            "state": state, "source": member.source_id,
            **{f"{name}-{end}_FORMS": 0 for name in ("programmeparticipation_set", "versions", "+")
               for end in ("TOTAL", "INITIAL")}}  # fmt: skip
    page = admin_client.post(reverse("admin:actionplan_actionprogramme_add"), sent)
    assert page.status_code == 200
    assert page.context["adminform"].form.errors
    assert not ActionProgramme.objects.exists()


def test_a_programme_with_versions_is_not_deleted(admin_client, programme):
    published(programme)
    page = admin_client.post(reverse("admin:actionplan_actionprogramme_delete", args=[programme.pk]), {"post": "yes"})
    assert page.status_code == 200
    assert ActionProgramme.objects.exists()
