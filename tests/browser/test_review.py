"""Journey: a second person checks a release, asks, approves, sets the hour, looks at the preview; also on a phone."""

import datetime
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import expect

from indicators.actions import prepare_release
from indicators.actions.preparing import forget_preparation
from indicators.actions.withdrawing import create_draft
from indicators.actions.workflow import submit_release
from indicators.models import Release, Value

from .axe import violations
from .grid_page import log_in, remove


def account(name, role):
    user = get_user_model().objects.create(username=name)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def people(portal, server):
    """One who edits, one who checks."""
    return account("pruefung-redaktion", "Redaktion"), account("pruefung-freigabe", "Freigabe")


@pytest.fixture
def release(people):
    """A correction in review, its figures computed; gone afterwards."""
    first = Release.objects.get(slug="2026-1")
    draft = create_draft(title="Berichtigung der Quote", user=people[0], corrects=first, notice="Zahlendreher.")
    value = Value.objects.get(
        indicator__slug="transferleistungsquote", area__code="061", area__level__slug="unterbezirk", period__code="2024"
    )
    value.pk, value.release, value.value = None, draft, 50
    value.save(force_insert=True)
    submit_release(release=draft, user=people[0])
    ready = prepare_release(release=draft)
    ready.editor, ready.checker = people
    ready.address = f"/redaktion/veroeffentlichungen/{draft.slug}/"
    yield ready
    draft.refresh_from_db()
    forget_preparation(draft)
    remove(draft, *people)


@pytest.fixture
def visit_as(page, visit, server):
    """`visit_as(user, path)` opens a path with the session of an account."""

    def opened(user, path, **window):
        log_in(page.context, server, user)
        return visit(path, **window)

    return opened


def test_check_ask_approve_and_set_the_hour(release, visit_as):
    page = visit_as(release.checker, release.address)
    row = page.locator(".change-table tbody tr", has_text=re.compile(r"Unterbezirk 061\s+Transferleistungsquote,"))
    expect(row).to_contain_text("37,1")
    expect(row).to_contain_text("50,0")
    expect(row).to_contain_text("+12,9")
    page.get_by_label("Art der Änderung").select_option(label="Klasse geändert")
    page.get_by_role("button", name="Anzeigen").click()
    expect(row).to_have_count(0)
    expect(page.locator(".change-table tbody tr").first).to_contain_text("→")
    page.get_by_label("Kommentar").fill("Woher kommt die 50?")
    page.get_by_role("button", name="Kommentieren").click()
    expect(page.locator(".happened")).to_contain_text("Woher kommt die 50?")
    page.get_by_role("button", name="Genau diese Änderungen freigeben").click()
    expect(page.get_by_role("button", name="Jetzt veröffentlichen")).to_be_visible()
    day = timezone.localdate() + datetime.timedelta(days=30)
    page.get_by_label("Tag").fill(day.isoformat())
    page.get_by_label("Uhrzeit").fill("10:00")
    page.get_by_role("button", name="Zeitpunkt festlegen").click()
    expect(page.locator(".next-step")).to_contain_text("10:00 Uhr")
    release.refresh_from_db()
    assert release.status == "scheduled"
    assert timezone.localtime(release.publish_at).replace(tzinfo=None) == datetime.datetime.combine(
        day, datetime.time(10)
    )


def test_the_last_editor_is_offered_no_approval(release, visit_as):
    release.editor.groups.add(Group.objects.get(name="Freigabe"))
    page = visit_as(release.editor, release.address)
    expect(page.locator(".next-step")).to_contain_text("freigeben muss jemand anderes")
    expect(page.get_by_role("button", name="freigeben")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_accessible_and_readable_everywhere(release, visit_as, width, scheme):
    for path in (release.address, "/redaktion/veroeffentlichungen/"):
        page = visit_as(release.checker, path, width=width, scheme=scheme)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        inside = page.locator(".table-wrap").evaluate_all(
            "all => all.every(one => one.scrollWidth <= one.clientWidth + 1)"
        )
        assert inside, "a table has to be pushed sideways"


def test_the_map_of_the_preview_draws_from_the_preview(release, visit_as, watch):
    page = visit_as(
        release.checker,
        f"/vorschau/intern-{release.pk}/karte/?indikator=transferleistungsquote&ebene=sozialraum&gebiet=023",
    )
    expect(page.get_by_text("Vorschau – nicht öffentlich.")).to_be_visible()
    expect(page.locator("#map path.leaflet-interactive, [data-map] path").first).to_be_attached()
    data = [url for url in watch.requests if "/daten/" in url and "kennwerte" in url]
    assert data and all(f"/vorschau/intern-{release.pk}/daten/" in url for url in data)
    expect(page.locator("main")).to_contain_text("37,6")
    assert violations(page) == []
