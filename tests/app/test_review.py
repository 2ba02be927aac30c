"""The page on which a release is checked: every state, exactly the difference, as a table, for those who may."""

import datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone

from indicators.actions import prepare_release
from indicators.actions.withdrawing import create_draft
from indicators.actions.workflow import submit_release
from indicators.models import Release, Value
from indicators.selectors_review import Filter, counted_changes, listed_changes

pytestmark = pytest.mark.django_db
LIST = "/redaktion/veroeffentlichungen/"
PAGE_LIMIT = 55  # the digest over everything that a release is computed from asks each table once
SLUG = "transferleistungsquote"


def account(name, *roles):
    user = get_user_model().objects.create_user(name)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


@pytest.fixture
def editor(prepared):
    return get_user_model().objects.get(username="redaktion")


@pytest.fixture
def checker(dortmund):
    return account("freigabe", "Freigabe")


@pytest.fixture(scope="module")
def prepared(city_of_file):
    """A correction in review, prepared once for the whole file: that takes seconds."""
    editor = account("redaktion", "Redaktion")
    release = create_draft(title="Berichtigung", user=editor, corrects=Release.objects.get(slug="2026-1"))
    value = Value.objects.get(
        indicator__slug=SLUG, area__code="061", area__level__slug="unterbezirk", period__code="2024"
    )
    value.pk, value.release, value.value = None, release, 50
    value.save(force_insert=True)
    submit_release(release=release, user=editor)
    return prepare_release(release=release)


@pytest.fixture
def draft(prepared):
    return Release.objects.get(pk=prepared.pk)


def page(release):
    return f"{LIST}{release.slug}/"


def text(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_difference_is_complete(draft):
    every, count = listed_changes(draft, Filter(kind="value"))
    assert count == len(every) == sum(row.values for row in counted_changes(draft))
    assert {row.indicator for row in every} == {SLUG, f"{SLUG}_seit_2018", "mss_status", "mss_dynamik"}
    assert [row.indicator for row in every[:5]] == [SLUG] * 5, "what was delivered comes first"
    rows, count = listed_changes(draft, Filter(kind="value", indicator=SLUG))
    told = {(row.level, row.area_code): (row.old_value, row.new_value) for row in rows}
    assert count == len(rows) == 5
    assert [float(number) for number in told["unterbezirk", "061"]] == [37.1, 50]
    assert {level for level, _code in told} == {"stadt", "stadtbezirk", "sozialraum", "bezirk", "unterbezirk"}
    assert all(
        row.old_value == row.new_value for row in listed_changes(draft, Filter(kind="rank"))[0] if row.kind == "rank"
    )


def test_the_page_says_what_changes_and_what_comes_next(draft, checker, client, django_assert_max_num_queries):
    client.force_login(checker)
    with django_assert_max_num_queries(PAGE_LIMIT):
        shown = text(client, page(draft))
    for words in ("37,1", "50,0", "+12,9", "Aktionsplan", "Borsigplatz", "Eine zweite Person prüft", "freigeben"):
        assert words in shown, words


@pytest.mark.parametrize("state", ["draft", "in_review", "approved", "scheduled", "overdue", "published", "withdrawn"])
def test_every_state_has_its_page(draft, checker, client, state):
    now = timezone.now()
    hour = {"scheduled": now + datetime.timedelta(days=1), "overdue": now - datetime.timedelta(minutes=3)}.get(state)
    release = draft
    if state == "published":
        release = Release.objects.get(slug="2026-1")
    elif state == "withdrawn":
        release = Release.objects.create(
            slug="weg", title="Weg", status="withdrawn", published_at=now, withdrawn_at=now, withdrawal_reason="Falsch."
        )
    elif state == "draft":
        Release.objects.filter(pk=draft.pk).update(status="draft")
    elif state != "in_review":
        Release.objects.filter(pk=draft.pk).update(status="approved", approved_at=now, publish_at=hour)
        if hour:
            Release.objects.filter(pk=draft.pk).update(status="scheduled")
    client.force_login(checker)
    shown = text(client, page(release))
    assert ("versucht es weiter" in shown) == (state == "overdue")
    assert ("Falsch." in shown) == (state == "withdrawn")


def test_the_list_needs_few_queries(draft, checker, client, django_assert_max_num_queries):
    client.force_login(checker)
    with django_assert_max_num_queries(10):
        shown = text(client, LIST)
    assert "Berichtigung" in shown and "in Prüfung" in shown


def test_filters_and_pages_that_make_no_sense_show_something(draft, checker, client):
    client.force_login(checker)
    assert "Keine Änderung dieser Art" in text(client, page(draft) + "?indikator=gibt-es-nicht")
    for query in ("?seite=0", "?seite=9999", "?seite=abc", "?art=unsinn", "?ebene=%00", "?zeit=2024'--"):
        assert client.get(page(draft) + query).status_code in (200, 400), query


def test_the_table_holds_every_change(draft, checker, client):
    client.force_login(checker)
    response = client.get(page(draft) + "aenderungen.csv")
    lines = response.content.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("indikator;ebene;gebiet;name;zeit;art;wert_vorher")
    assert len(lines) - 2 == listed_changes(draft, Filter())[1]
    assert any(";061;" in line and ";37,1;" in line and ";50;" in line for line in lines)
    assert response["Cache-Control"] == "private, no-store"


def test_steps_by_the_page(draft, editor, checker, client):
    client.force_login(editor)
    assert client.post(page(draft) + "freigeben/", {"seen": draft.prepared_digest}).status_code == 403
    client.force_login(checker)
    refused = client.post(page(draft) + "zurueckgeben/", {"text": " "})
    assert refused.status_code == 409 and "was überarbeitet werden soll" in refused.content.decode()
    assert client.post(page(draft) + "freigeben/", {"seen": draft.prepared_digest}).status_code == 302
    late = client.post(page(draft) + "freigeben/", {"seen": draft.prepared_digest})
    assert late.status_code == 409 and "ist inzwischen: freigegeben" in late.content.decode()
    past = client.post(page(draft) + "zeitpunkt/", {"day": "2020-01-01", "time": "10:00"})
    assert past.status_code == 409 and "Vergangenheit" in past.content.decode()
    odd = client.post(page(draft) + "zeitpunkt/", {"day": "morgen", "time": "zehn"})
    assert odd.status_code == 422 and "Bitte Tag und Uhrzeit angeben" in odd.content.decode()
    assert client.post(page(draft) + "veroeffentlichen/").status_code == 302
    again = client.post(page(draft) + "veroeffentlichen/", follow=True)
    assert "schon öffentlich" in again.content.decode()
    assert draft.events.filter(kind="published").count() == 1


def test_nobody_else_sees_it(draft, client):
    assert client.get(page(draft)).status_code == 302
    client.force_login(account("niemand"))
    for path in (LIST, page(draft), page(draft) + "aenderungen.csv"):
        assert client.get(path).status_code == 403
