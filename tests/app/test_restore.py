"""Earlier states come back: values as a new draft, texts as a change."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.utils import timezone

from areas.actions.restoring import restore_row
from areas.models import Source, SourceHistory
from indicators.actions import WorkflowError
from indicators.actions.restoring import draft_values_at, restore_values
from indicators.models import Edit, Indicator, IndicatorHistory, Release, SeriesBreak, SeriesBreakHistory, Value
from tests.app.small_city import small_city, value_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return small_city()


@pytest.fixture
def editor(django_user_model):
    return django_user_model.objects.create_user("ada")


def published(slug, city, days_ago, **numbers):
    release = Release.objects.create(slug=slug, title=slug)
    for area, number in enumerate(numbers.values()):
        if number is not None:
            value_in(release, city, area, number)
    Release.objects.filter(pk=release.pk).update(
        status="published", published_at=timezone.now() - timedelta(days=days_ago)
    )
    release.refresh_from_db()
    return release


def numbers_of(release):
    return dict(release.values.values_list("area__code", "value"))


def test_values_of_a_release_become_a_draft_with_only_what_differs(city, editor):
    first = published("erste", city, 20, mitte=5, rand=7)
    published("zweite", city, 10, mitte=6)
    made = restore_values(indicator=city["indicator"], user=editor, title="Zurück", release=first)
    assert numbers_of(made.release) == {"01": Decimal(5)}
    assert (made.values, made.later) == (1, 0)
    assert made.release.status == "draft"
    assert made.release.values.get().origin == "übernommen: zahlen.csv, Zeile 2"


def test_values_as_they_were_public_at_a_moment(city, editor):
    published("erste", city, 20, mitte=5)
    published("zweite", city, 10, mitte=6, rand=8)
    at = timezone.now() - timedelta(days=15)
    made = restore_values(indicator=city["indicator"], user=editor, title="Zurück", at=at)
    assert numbers_of(made.release) == {"01": Decimal(5)}
    assert made.later == 1  # Rand was not known then; it stays public


def test_what_is_public_stays_as_it_is(city, editor):
    first = published("erste", city, 20, mitte=5)
    second = published("zweite", city, 10, mitte=6)
    restore_values(indicator=city["indicator"], user=editor, title="Zurück", release=first)
    assert numbers_of(second) == {"01": Decimal(6)}


def test_nothing_to_restore_is_said_and_leaves_no_draft(city, editor):
    first = published("erste", city, 20, mitte=5)
    with pytest.raises(WorkflowError, match="dieselben"):
        restore_values(indicator=city["indicator"], user=editor, title="Zurück", release=first)
    assert Release.objects.count() == 1


def test_withdrawn_values_do_not_come_back(city, editor):
    first = published("erste", city, 20, mitte=5)
    Release.objects.filter(pk=first.pk).update(status="withdrawn", withdrawn_at=timezone.now())
    first.refresh_from_db()
    with pytest.raises(WorkflowError):
        restore_values(indicator=city["indicator"], user=editor, title="Zurück", release=first)
    with pytest.raises(WorkflowError):
        at = timezone.now() - timedelta(days=15)
        restore_values(indicator=city["indicator"], user=editor, title="Zurück", at=at)


@pytest.fixture
def changed_draft(city, editor):
    """A draft of three days ago whose values were changed, deleted and added since, each at a known time."""
    draft = Release.objects.create(slug="entwurf", title="Entwurf")
    Release.objects.filter(pk=draft.pk).update(created_at=timezone.now() - timedelta(days=3))
    value_in(draft, city, 0, 5)
    value_in(draft, city, 1, 7)
    draft.refresh_from_db()
    return draft


def test_what_a_draft_held_before_it_was_changed_and_deleted(city, editor, changed_draft):
    before = timezone.now() - timedelta(days=1)
    Value.objects.filter(value=5).update(value=6)
    Value.objects.filter(value=6).update(value=8)
    Value.objects.filter(value=7).delete()
    assert sorted(row.value for row in draft_values_at(changed_draft, city["indicator"], before)) == [5, 7]
    made = restore_values(indicator=city["indicator"], user=editor, title="Zurück", at=before, draft=changed_draft)
    assert numbers_of(made.release) == {"01": Decimal(5), "02": Decimal(7)}


def test_what_was_typed_later_was_not_there_then(city, changed_draft):
    edit = Edit.objects.create(release=changed_draft, indicator=city["indicator"], cells=1)
    Value.objects.filter(value=7).delete()
    value_in(changed_draft, city, 1, 9, edit=edit, origin="")
    before = timezone.now() - timedelta(days=1)
    assert sorted(row.value for row in draft_values_at(changed_draft, city["indicator"], before)) == [5, 7]


# ---- Texts ----


def test_an_earlier_text_comes_back_and_that_is_a_change_too(city):
    Indicator.objects.update(definition="Falsch.", note="Neu.")
    row = restore_row(event=IndicatorHistory.objects.get())
    assert (row.definition, row.note) == ("Anteil der Menschen.", "")
    assert Indicator.objects.get().definition == "Anteil der Menschen."
    assert IndicatorHistory.objects.count() == 2


def test_a_deleted_break_is_made_anew(city):
    gap = SeriesBreak.objects.create(indicator=city["indicator"], period=city["period"], reason="Neue Zählung")
    gap.delete()
    restore_row(event=SeriesBreakHistory.objects.get())
    assert SeriesBreak.objects.get().reason == "Neue Zählung"


def test_a_state_that_is_no_longer_possible_is_refused(city):
    Source.objects.update(slug="andere")
    Source.objects.create(slug="quelle", title="Neu", publisher="Stadt")
    with pytest.raises(ValidationError):
        restore_row(event=SourceHistory.objects.first())


# ---- The page ----


def login(client, user, *codenames):
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    client.force_login(user)


def test_values_are_restored_on_the_page(client, city, editor):
    first = published("erste", city, 20, mitte=5)
    published("zweite", city, 10, mitte=6)
    login(client, editor, "view_valuehistory", "edit_values")
    page = client.get("/redaktion/verlauf/?indikator=quote")
    assert 'name="titel" value="Quote: früherer Stand"' in page.content.decode()
    form = {"indikator": "quote", "veroeffentlichung": first.pk, "titel": "Quote zurück"}
    response = client.post("/redaktion/verlauf/werte-zurueckholen/", form)
    assert response.status_code == 302
    assert numbers_of(Release.objects.get(title="Quote zurück")) == {"01": Decimal(5)}


@pytest.mark.parametrize(
    "wrong", [{}, {"titel": ""}, {"zeitpunkt": "gestern"}, {"veroeffentlichung": "9999"}, {"indikator": "nichts"}]
)
def test_wrong_input_is_answered_in_words(client, city, editor, wrong):
    login(client, editor, "edit_values")
    form = {"indikator": "quote", "titel": "Zurück", **wrong}
    response = client.post("/redaktion/verlauf/werte-zurueckholen/", form)
    assert response.status_code == 400
    assert not Release.objects.exists()


def test_who_may_not_edit_cannot_restore(client, city, editor):
    login(client, editor, "view_indicatorhistory", "view_valuehistory")
    Indicator.objects.update(note="Neu.")
    event = IndicatorHistory.objects.get()
    assert client.post("/redaktion/verlauf/werte-zurueckholen/", {}).status_code == 403
    assert client.post(f"/redaktion/verlauf/indikatoren/{event.pk}/").status_code == 403
    assert Indicator.objects.get().note == "Neu."
    login(client, type(editor).objects.get(pk=editor.pk), "change_indicator")
    assert client.post(f"/redaktion/verlauf/indikatoren/{event.pk}/").status_code == 302
    assert Indicator.objects.get().note == ""
