"""Journeys: set up an app and log in by it; log in by passkey alone; be locked out."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from playwright.sync_api import expect

from .axe import violations

PASSWORD = "ein-langes-kennwort-von-hier"  # noqa: S105
LOGIN = "/konto/anmelden/"


@pytest.fixture
def person(server):
    """An editor, committed because the server has its own connection; removed afterwards."""
    cache.clear()
    user = User.objects.create_user("reise", "reise@example.org", PASSWORD)
    user.groups.add(Group.objects.get(name="Redaktion"))
    yield user
    user.delete()
    AccessAttempt.objects.all().delete()


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def log_in(page, password=PASSWORD):
    page.get_by_label("Benutzername oder E-Mail-Adresse").fill("reise")
    page.get_by_label("Kennwort", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Anmelden", exact=True).click()


def code_of(secret, step=0):
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + step))


def is_accessible(page):
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_with_an_app(person, required, visit):
    page = visit("/redaktion/")
    page.wait_for_url(f"**{LOGIN}?next=/redaktion/")
    is_accessible(page)
    log_in(page)
    page.get_by_text("Für die Arbeit mit Zahlen ist ein zweiter Faktor nötig").wait_for()
    is_accessible(page)
    page.get_by_role("link", name="App einrichten").click()
    is_accessible(page)
    secret = page.locator(".account-secret").inner_text()
    page.get_by_label("Code aus der App").fill(code_of(secret, -1))
    page.get_by_role("button", name="Einrichten").click()
    expect(page.locator(".account-codes li")).to_have_count(10)
    is_accessible(page)
    emergency = page.locator(".account-codes code").first.inner_text()
    page.get_by_role("link", name="Weiter").click()
    page.get_by_role("heading", name="Was auf mich wartet").wait_for()
    is_accessible(page)

    for code in (code_of(secret), emergency):
        page.get_by_role("button", name="Abmelden").click()
        page.goto(page.url.split("/", 3)[0] + "//" + page.url.split("/", 3)[2] + LOGIN)
        log_in(page)
        page.get_by_role("heading", name="Zweiter Faktor").wait_for()
        is_accessible(page)
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Anmelden").click()
        page.get_by_role("heading", name="Was auf mich wartet").wait_for()


def test_with_a_passkey_alone(person, required, visit):
    page = visit(LOGIN)
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    key.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    log_in(page)
    page.get_by_role("link", name="Passkey einrichten").click()
    is_accessible(page)
    page.get_by_label("Als Passkey: ohne Kennwort anmelden").check()
    page.get_by_label("Name des Schlüssels").fill("Dienstrechner")
    page.get_by_role("button", name="Einrichten").click()
    page.get_by_role("heading", name="Notfallcodes").wait_for()
    assert Authenticator.objects.filter(user=person, type="webauthn").count() == 1
    visit("/konto/sicherheit/schluessel/")
    page.get_by_role("row", name="Dienstrechner Passkey").wait_for()
    is_accessible(page)
    page.get_by_role("button", name="Abmelden").click()
    visit(LOGIN)
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.get_by_role("heading", name="Was auf mich wartet").wait_for()


def test_a_device_without_a_passkey_says_so(person, visit):
    page = visit(LOGIN)
    refusing = "() => Promise.reject(new DOMException('', 'NotAllowedError'))"
    page.evaluate(f"() => {{ navigator.credentials.get = {refusing}; }}")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    page.get_by_role("alert").filter(has_text="kennt keinen passenden Schlüssel").wait_for()
    is_accessible(page)


def test_five_wrong_passwords(person, settings, visit, watch):
    watch.allow("429")
    settings.AXES_ENABLED = True
    page = visit(LOGIN)
    for _ in range(4):
        log_in(page, "ganz-falsch")
        page.get_by_text("Name oder Kennwort stimmt nicht.").wait_for()
    is_accessible(page)
    log_in(page, "ganz-falsch")
    page.get_by_role("heading", name="Zu viele Versuche").wait_for()
    is_accessible(page)
    visit(LOGIN)
    log_in(page)
    page.get_by_role("heading", name="Zu viele Versuche").wait_for()
