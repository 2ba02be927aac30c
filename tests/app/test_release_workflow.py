"""The way of a release: two people, no step skipped, nothing public before its hour, nothing changed after."""

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from indicators.actions import PublishingError, WorkflowError, prepare_release
from indicators.actions.due import publish_due
from indicators.actions.editors import note_edit
from indicators.actions.preparing import forget_preparation
from indicators.actions.withdrawing import create_draft, withdraw_release
from indicators.actions.workflow import (
    approve_release,
    comment_release,
    local_moment,
    publish_approved,
    recall_release,
    return_release,
    schedule_release,
    submit_release,
    unschedule_release,
)
from indicators.models import Correction, Figure, Indicator, Release, ReleaseEvent, Value

pytestmark = pytest.mark.django_db
State = Release.State


@pytest.fixture(scope="module")
def prepared(city_of_file):
    """A correction of one rate, Borsigplatz's first part from 37.1 to 50; prepared once, because that takes seconds."""
    editor = get_user_model().objects.create_user("redaktion")
    first = Release.objects.get(slug="2026-1")
    release = create_draft(title="Berichtigung der Quote", user=editor, corrects=first, notice="Zahlendreher.")
    value = Value.objects.get(
        indicator__slug="transferleistungsquote", area__code="061", area__level__slug="unterbezirk", period__code="2024"
    )
    value.pk, value.release, value.value = None, release, 50
    value.save(force_insert=True)
    prepare_release(release=release)
    connection.check_constraints()  # those that wait for the end of the transaction would stand in the tests' way
    return release


@pytest.fixture
def draft(prepared):
    return Release.objects.get(pk=prepared.pk)


@pytest.fixture
def editor(prepared):
    return get_user_model().objects.get(username="redaktion")


@pytest.fixture
def checker():
    return get_user_model().objects.create_user("freigabe")


def to_approved(release, editor, checker):
    submit_release(release=release, user=editor)
    seen = prepare_release(release=release).prepared_digest
    return approve_release(release=release, user=checker, seen_digest=seen)


def shown(level="unterbezirk", code="061"):
    return Figure.objects.current().get(
        edition__indicator__slug="transferleistungsquote", area__level__slug=level, area__code=code, period__code="2024"
    )


def test_the_whole_way(draft, editor, checker):
    approved = to_approved(draft, editor, checker)
    assert approved.status == State.APPROVED
    assert shown().value == Decimal("37.1")
    assert publish_approved(release=approved, user=checker)
    draft.refresh_from_db()
    assert draft.status == State.PUBLISHED and draft.published_at
    assert shown().value == 50
    kinds = list(draft.events.values_list("kind", flat=True))
    assert kinds == ["created", "submitted", "approved", "published"]


def test_publishing_twice_does_nothing_the_second_time(draft, editor, checker):
    approved = to_approved(draft, editor, checker)
    assert publish_approved(release=approved)
    before = list(Figure.objects.current().values_list("pk", "value"))
    assert not publish_approved(release=approved)
    assert list(Figure.objects.current().values_list("pk", "value")) == before


def test_the_replaced_figures_are_kept_with_old_and_new_value(draft, editor, checker):
    publish_approved(release=to_approved(draft, editor, checker))
    of_rate = Correction.objects.filter(release=draft, indicator__slug="transferleistungsquote")
    kept = of_rate.get(area__code="061", area__level__slug="unterbezirk", period__code="2024")
    assert (kept.old_value, kept.new_value) == (Decimal("37.1"), Decimal("50"))
    assert of_rate.filter(area__level__slug="sozialraum", area__code="023").count() == 1  # combined from it
    assert not Correction.objects.filter(release=draft, period__code="2018").exists()


def test_the_last_editor_does_not_approve(draft, editor, settings):
    submit_release(release=draft, user=editor)
    seen = prepare_release(release=draft).prepared_digest
    with pytest.raises(WorkflowError, match="zuletzt bearbeitet"):
        approve_release(release=draft, user=editor, seen_digest=seen)
    settings.RELEASE_FOUR_EYES = False
    assert approve_release(release=draft, user=editor, seen_digest=seen).status == State.APPROVED


def test_by_the_strict_rule_nobody_who_edited_approves(draft, editor, checker, settings):
    rate = Indicator.objects.get(slug="transferleistungsquote")
    for person in (checker, editor):  # the last one is the editor
        note_edit(release=draft, indicator=rate, user=person)
    submit_release(release=draft, user=editor)
    seen = prepare_release(release=draft).prepared_digest
    settings.RELEASE_FOUR_EYES_STRICT = True
    with pytest.raises(WorkflowError, match="zuletzt bearbeitet"):
        approve_release(release=draft, user=checker, seen_digest=seen)
    settings.RELEASE_FOUR_EYES_STRICT = False
    assert approve_release(release=draft, user=checker, seen_digest=seen).status == State.APPROVED


def test_only_what_was_seen_is_approved(draft, editor, checker):
    forget_preparation(draft)
    submit_release(release=draft, user=editor)
    with pytest.raises(WorkflowError, match="neu berechnet"):
        approve_release(release=draft, user=checker, seen_digest="")
    prepare_release(release=draft)
    with pytest.raises(WorkflowError, match="haben sich geändert"):
        approve_release(release=draft, user=checker, seen_digest="0" * 64)


def test_what_changes_after_approval_is_not_published(draft, editor, checker):
    approved = to_approved(draft, editor, checker)
    before = shown().value
    Indicator.objects.filter(slug="transferleistungsquote").update(decimals=0)
    with pytest.raises(PublishingError, match="nicht mehr die freigegebenen"):
        publish_approved(release=approved)
    approved.refresh_from_db()
    assert approved.status == State.APPROVED and approved.published_at is None
    assert shown().value == before
    assert approved.events.last().kind == ReleaseEvent.Kind.FAILED


def test_the_second_of_two_reviewers_is_told(draft, editor, checker):
    to_approved(draft, editor, checker)
    with pytest.raises(WorkflowError, match="ist inzwischen: freigegeben"):
        approve_release(release=draft, user=checker, seen_digest=draft.prepared_digest)


def test_returned_and_recalled_releases_are_drafts_again(draft, editor, checker):
    submit_release(release=draft, user=editor)
    with pytest.raises(WorkflowError, match="was überarbeitet werden soll"):
        return_release(release=draft, user=checker, text="  ")
    assert return_release(release=draft, user=checker, text="Bitte Marten prüfen.").is_open
    assert draft.events.last().text == "Bitte Marten prüfen."
    to_approved(draft, editor, checker)
    again = recall_release(release=draft, user=editor)
    assert again.is_open and again.approved_digest == "" and again.approved_at is None


def test_an_empty_draft_is_not_submitted(dortmund, editor):
    with pytest.raises(WorkflowError, match="keine Werte"):
        submit_release(release=create_draft(title="Leerer Entwurf", user=editor), user=editor)


def test_due_releases_are_published_once_and_others_wait(draft, editor, checker):
    approved = to_approved(draft, editor, checker)
    at = timezone.now() + datetime.timedelta(hours=2)
    schedule_release(release=approved, user=checker, at=at)
    assert publish_due() == []
    assert [(r.pk, wrong) for r, wrong in publish_due(now=at)] == [(draft.pk, "")]
    assert publish_due(now=at) == []
    assert shown().value == 50


def test_a_scheduled_release_that_fails_stays_scheduled_and_says_why(draft, editor, checker):
    approved = to_approved(draft, editor, checker)
    at = timezone.now() + datetime.timedelta(hours=2)
    schedule_release(release=approved, user=checker, at=at)
    Indicator.objects.filter(slug="transferleistungsquote").update(decimals=0)
    [(_release, wrong)] = publish_due(now=at)
    assert "nicht mehr die freigegebenen" in wrong
    draft.refresh_from_db()
    assert draft.status == State.SCHEDULED
    assert unschedule_release(release=draft, user=checker).status == State.APPROVED


def test_the_hour_lies_ahead(draft, editor, checker):
    approved = to_approved(draft, editor, checker)
    for at in (timezone.now() - datetime.timedelta(minutes=1), timezone.now() + datetime.timedelta(days=500)):
        with pytest.raises(WorkflowError, match="Der Zeitpunkt liegt"):
            schedule_release(release=approved, user=checker, at=at)


def test_an_hour_that_summer_time_skips_is_refused():
    with pytest.raises(WorkflowError, match="Sommerzeit"):
        local_moment(datetime.date(2027, 3, 28), datetime.time(2, 30))
    autumn = local_moment(datetime.date(2027, 10, 31), datetime.time(2, 30))
    assert autumn.utcoffset() == datetime.timedelta(hours=2)
    assert local_moment(datetime.date(2027, 1, 1), datetime.time(8)).utcoffset() == datetime.timedelta(hours=1)


def test_comments_are_kept_in_order(draft, checker):
    comment_release(release=draft, user=checker, text="Woher kommt die 50?")
    assert draft.events.last().text == "Woher kommt die 50?"
    with pytest.raises(WorkflowError, match="leer"):
        comment_release(release=draft, user=checker, text=" ")


def test_a_withdrawn_release_gives_way_to_what_was_before(draft, editor, checker):
    publish_approved(release=to_approved(draft, editor, checker))
    first = Release.objects.get(slug="2026-1")
    gone = withdraw_release(release=draft, user=checker, reason="Falsche Datei.")
    assert gone.status == State.WITHDRAWN
    assert shown().value == Decimal("37.1")
    assert shown().edition.release == first
    with pytest.raises(WorkflowError, match="Zurückziehen lässt sich nur"):
        withdraw_release(release=gone, user=checker, reason="Noch einmal.")


def test_what_others_build_upon_is_corrected_not_withdrawn(draft, editor, checker):
    publish_approved(release=to_approved(draft, editor, checker))
    with pytest.raises(WorkflowError, match="baut auf diesen Zahlen auf"):
        withdraw_release(release=Release.objects.get(slug="2026-1"), user=checker, reason="Alt.")


def test_a_release_of_which_nothing_is_current_is_superseded(draft, editor, checker):
    publish_approved(release=to_approved(draft, editor, checker))
    draft.refresh_from_db()
    second = create_draft(title="Noch eine Berichtigung", user=editor, corrects=draft)
    value = Value.objects.get(release=draft)
    value.pk, value.release, value.value = None, second, 40
    value.save(force_insert=True)
    publish_approved(release=to_approved(second, editor, checker))
    draft.refresh_from_db()
    assert draft.status == State.SUPERSEDED
    assert Release.objects.get(slug="2026-1").status == State.PUBLISHED
    withdraw_release(release=second, user=checker, reason="Doch nicht.")
    draft.refresh_from_db()
    assert draft.status == State.PUBLISHED


def refused(sql, *parameters):
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
    return str(error.value)


def test_the_database_knows_the_way(draft):
    sql = "UPDATE indicators_release SET status = 'approved', approved_at = now() WHERE id = %s"
    assert "führt kein Weg" in refused(sql, draft.pk)


@pytest.mark.parametrize(
    "change", ["title = 'Anders'", "status = 'draft', published_at = NULL", "prepared_digest = ''"]
)
def test_the_database_keeps_a_public_release_as_it_was(dortmund, change):
    assert "nicht mehr geändert" in refused(f"UPDATE indicators_release SET {change}")  # noqa: S608


def test_the_database_deletes_no_public_release(dortmund):
    sql = "DELETE FROM indicators_release"
    assert "nicht gelöscht" in refused(sql) or "nicht mehr geändert" in refused(sql)


def test_the_database_rewrites_no_step(draft):
    assert "nicht umgeschrieben" in refused("UPDATE indicators_releaseevent SET text = 'nie gesagt'")
    with connection.cursor() as cursor:  # but forgets who it was
        cursor.execute("UPDATE indicators_releaseevent SET user_id = NULL")


@pytest.mark.parametrize("table", ["indicators_indicatoredition_files", "indicators_indicatoredition_periods"])
def test_the_database_keeps_the_links_of_a_public_edition(dortmund, table):
    assert "nicht mehr geändert" in refused(f"DELETE FROM {table}")  # noqa: S608


@pytest.mark.parametrize(
    "table",
    [
        *("indicators_value", "indicators_figure", "indicators_indicatoredition", "indicators_release"),
        *("indicators_releaseevent", "indicators_correction", "indicators_analysis", "areas_publishedfile"),
        *("indicators_indicatoredition_files", "indicators_indicatoredition_periods"),
        *("indicators_period", "areas_area"),  # would take published rows along
    ],
)
def test_the_database_empties_no_table_of_what_is_public(dortmund, table):
    assert "nicht geleert" in refused(f"TRUNCATE {table} CASCADE")


def test_the_database_keeps_published_bytes(dortmund):
    assert "nicht mehr geändert" in refused("UPDATE areas_publishedfile SET plain = 'x'")
    assert "nicht mehr geändert" in refused("UPDATE areas_publishedfile SET is_public = false, is_current = false")


def test_before_its_hour_a_prepared_file_cannot_be_fetched(draft, editor, client):
    prepare_release(release=draft)
    files = [f for e in draft.editions.all() for f in e.files.filter(is_public=False)]
    assert files
    assert {client.get(file.path).status_code for file in files} == {404}
