"""The idea box in the browser: a citizen sends, a moderator publishes, the citizen sees it and takes it back."""

import pgtrigger
import pytest
from django.db import transaction
from playwright.sync_api import expect

from actionplan.models import Idea
from tests.browser.axe import sticks_out, violations_in_both_schemes

WIDTHS = [320, 360, 768, 1280]


@pytest.fixture
def box(settings, portal, server):
    """The box is on, and empty again afterwards."""
    settings.IDEA_BOX = True
    yield server.url
    with transaction.atomic(), pgtrigger.ignore():
        Idea.objects.all().delete()


@pytest.fixture
def phone(browser, watch_page):
    """A small screen without JavaScript."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="de-DE", java_script_enabled=False)
    page = context.new_page()
    watch_page(page).allow("400|404")
    yield page
    context.close()


def is_good(page):
    assert sticks_out(page, WIDTHS) == []
    assert violations_in_both_schemes(page) == []


def test_sent_on_a_phone_published_seen_and_deleted(box, phone, colleagues, as_person):
    page = phone
    page.goto(f"{box}/aktionsplan/")
    page.get_by_role("navigation", name="Im Aktionsplan").get_by_role("link", name="Ideen").click()
    page.get_by_role("link", name="Eine Idee vorschlagen").click()
    page.wait_for_timeout(3100)
    page.get_by_label("Ihre Idee").fill("Im Hof der Schule ein Garten, den Kinder und Nachbarn zusammen pflegen.")
    page.get_by_role("button", name="Idee senden").click()
    expect(page.get_by_role("alert").get_by_role("link", name="Titel")).to_be_visible()
    assert "zusammen pflegen" in page.get_by_label("Ihre Idee").input_value()
    page.get_by_label("Wo?").select_option(label="Marten")
    page.get_by_label("Titel").fill("Garten im Schulhof")
    page.get_by_label("Ich bin einverstanden").check()
    page.get_by_role("button", name="Idee senden").click()
    expect(page.get_by_text("Danke, Ihre Idee ist angekommen.")).to_be_visible()
    own = page.get_by_label("Adresse dieser Seite").input_value()
    assert own.endswith(page.url.split("?")[0].split("/aktionsplan/")[1])

    desk = as_person(colleagues[0])
    desk.goto(f"{box}/redaktion/aktionsplan/")
    desk.get_by_role("link", name="Ideen aus der Stadt").click()
    is_good(desk)
    desk.get_by_role("link", name="Garten im Schulhof").click()
    is_good(desk)
    desk.get_by_label("Text, wie er erscheint").fill("Im Schulhof ein Garten für alle.")
    desk.get_by_role("button", name="Veröffentlichen", exact=True).click()
    expect(desk.get_by_text("Die Idee ist veröffentlicht.")).to_be_visible()
    is_good(desk)

    desk.goto(f"{box}/aktionsplan/ideen/?raum=102")
    expect(desk.get_by_text("Im Schulhof ein Garten für alle.")).to_be_visible()
    is_good(desk)

    page.goto(page.url.split("?")[0])
    assert page.locator("dd", has_text="veröffentlicht").first.is_visible()
    page.get_by_text("Idee löschen …").click()
    page.get_by_role("button", name="Ja, endgültig löschen").click()
    expect(page.get_by_role("heading", name="Ihre Idee ist gelöscht")).to_be_visible()
    desk.reload()
    assert not desk.get_by_text("Im Schulhof ein Garten für alle.").is_visible()


@pytest.mark.parametrize("path", ["/aktionsplan/ideen/", "/aktionsplan/ideen/neu/", "/en/aktionsplan/ideen/neu/"])
def test_accessible_and_nothing_sticks_out(box, visit, path):
    is_good(visit(path))


def test_the_page_with_errors_is_accessible_too(box, visit, watch):
    watch.allow("400")
    page = visit("/aktionsplan/ideen/neu/", width=360)
    page.wait_for_timeout(3100)
    page.get_by_role("button", name="Idee senden").click()
    expect(page.get_by_text("Noch nicht gesendet.")).to_be_visible()
    is_good(page)
