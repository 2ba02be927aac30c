"""Releases and news by mail in the browser: accessible, fitting, and a subscription from the link to the end."""

import re
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import expect

from indicators.models import Subscription
from tests.browser.axe import sticks_out, violations, violations_in_both_schemes

pytestmark = pytest.mark.usefixtures("portal")
PAGES = ["/veroeffentlichungen/", "/veroeffentlichungen/2026-1/", "/veroeffentlichungen/abonnieren/"]


@pytest.fixture
def no_subscriptions(server):
    cache.clear()
    yield
    Subscription.objects.all().delete()
    cache.clear()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_no_accessibility_violations_and_nothing_sticks_out(visit, path, width):
    page = visit(path, width=width)
    assert violations_in_both_schemes(page) == []
    assert sticks_out(page, [width]) == []


def test_from_the_map_to_a_confirmed_subscription(visit, page, watch, no_subscriptions):
    watch.allow("400")  # the form that is sent back
    visit("/karte/?indikator=arbeitslosenquote")
    page.get_by_role("link", name="Nachricht bei neuen Zahlen").click()
    expect(page.get_by_label("Indikator", exact=True)).to_have_value("arbeitslosenquote")
    page.get_by_label("Ihre E-Mail-Adresse").fill("keine Adresse")
    page.get_by_label("Ihre E-Mail-Adresse").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Das ist keine E-Mail-Adresse.")
    expect(page.get_by_label("Indikator", exact=True)).to_have_value("arbeitslosenquote")
    assert violations(page) == []
    page.get_by_label("Ihre E-Mail-Adresse").fill("leserin@example.org")
    page.get_by_label("Ihre E-Mail-Adresse").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Bitte sehen Sie in Ihr Postfach.")

    (message,) = mail.outbox
    visit(urlsplit(re.search(r"http\S+/abonnement/\S+", message.body).group()).path)
    assert violations(page) == []
    page.get_by_role("button", name="Ja, bestätigen").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bestätigt")
    subscription = Subscription.objects.get()
    assert subscription.confirmed_at and subscription.indicator.slug == "arbeitslosenquote"
