"""Applications in the browser: an organisation applies, a clerk leads the application to its end."""

import datetime
from decimal import Decimal

import pgtrigger
import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from actionplan.actions.booking import put_into_fund
from actionplan.models import ActionArea, Allocation, Application, Fund, Funder, Project
from tests.browser.axe import sticks_out, violations_in_both_schemes

WIDTHS = [320, 360, 768, 1280]


@pytest.fixture
def counter(settings, portal, server, colleagues):
    """The form is on, a fund has money; afterwards everything is as before."""
    settings.APPLICATION_FORM = True
    before = set(Project.objects.values_list("pk", flat=True))
    member = ActionArea.objects.in_force().get(name="Marten")
    funder = Funder.objects.first()
    fund = Fund.objects.create(
        slug="probe",
        name="Probetopf",
        kind="area",
        year=timezone.localdate().year,
        funder=funder,
        action_area=member,
        source=member.source,
    )
    put_into_fund(fund=fund, amount=Decimal("5000"), day=timezone.localdate())
    yield server.url
    watched = Application.watchers.through
    with transaction.atomic(), pgtrigger.ignore():
        watched.objects.all().delete()
        for application in Application.objects.all():
            application.steps.all().delete()
            application.delete()
        for allocation in Allocation.objects.filter(fund=fund):
            allocation.entries.all().delete()
            allocation.delete()
        Project.objects.exclude(pk__in=before).delete()
        fund.changes.all().delete()
        fund.delete()


@pytest.fixture
def visitor(browser, watch_page):
    """A window of an organisation; a form that is refused is no misbehaviour."""
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    watch_page(page).allow("400")
    yield page
    context.close()


def is_good(page):
    assert sticks_out(page, WIDTHS) == []
    assert violations_in_both_schemes(page) == []


def apply(page, url):
    """As an organisation; the first try has a cost plan that does not add up."""
    page.goto(f"{url}/aktionsplan/")
    page.get_by_role("link", name="Geld beantragen").click()
    is_good(page)
    page.wait_for_timeout(3100)
    for label, text in (
        ("Organisation", "Verein am Platz"),
        ("E-Mail der Organisation", "buero@example.org"),
        ("Titel des Projekts", "Werkstatt am Platz"),
        ("Was soll geschehen?", "Eine offene Werkstatt für alle im Quartier."),
        ("Für wen?", "Kinder und Familien"),
        ("Was soll erreicht werden?", "Dreißig Kinder kommen jede Woche."),
        ("Geplanter Beginn", "2027-01-01"),
        ("Geplantes Ende", "2027-06-30"),
        ("Beantragter Betrag in Euro", "1.000,00"),
        ("Wofür, Zeile 1", "Holz und Werkzeug"),
        ("Euro, Zeile 1", "900"),
    ):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Aktionsraum oder Aktionsquartier").select_option(label="Marten")
    page.get_by_label("Ich stelle den Antrag").check()
    page.get_by_role("button", name="Antrag senden").click()
    expect(page.get_by_text("Der Kostenplan ergibt 900,00 Euro")).to_be_visible()
    is_good(page)
    page.get_by_label("Euro, Zeile 1", exact=True).fill("1000")
    page.get_by_role("button", name="Antrag senden").click()
    page.wait_for_url("**/eingang/**")
    is_good(page)
    return page.get_by_role("heading", level=1).inner_text().removeprefix("Antrag ")


def test_from_the_form_to_the_end(counter, visitor, as_person, colleagues):
    number = apply(visitor, counter)
    page = as_person(colleagues[0])
    today = timezone.localdate()
    page.goto(f"{counter}/redaktion/aktionsplan/")
    page.get_by_role("link", name="Anträge").click()
    is_good(page)
    page.get_by_role("link", name=number).click()
    page.get_by_role("button", name="Mich an Fristen erinnern").click()
    page.get_by_text("Unterlagen fehlen", exact=True).click()
    page.get_by_label("Was fehlt?").fill("Satzung")
    page.get_by_label("Nachzureichen bis").fill((today + datetime.timedelta(days=14)).isoformat())
    page.get_by_role("button", name="Eintragen: Unterlagen fehlen").click()
    expect(page.get_by_text("Die Frist ist eingetragen.")).to_be_visible()
    is_good(page)
    visitor.reload()
    expect(visitor.get_by_text("Satzung")).to_be_visible()
    page.get_by_role("button", name="Eintragen: Vollständig").click()
    page.get_by_label("Tag der Projektkonferenz").first.fill(today.isoformat())
    for label, count in (("Ja-Stimmen", "9"), ("Nein-Stimmen", "0"), ("Enthaltungen", "2")):
        page.get_by_label(label).first.fill(count)
    page.get_by_label("Bewilligter Betrag in Euro").fill("6.000")
    page.get_by_label("Aus welchem Topf?").select_option(label="Probetopf 2026, frei 5.000,00 Euro")
    page.get_by_label("Auflagen").fill("Der Fonds wird genannt.")
    page.get_by_role("button", name="Eintragen: Bewilligt").click()
    expect(page.get_by_text("Bewilligt wären 6.000,00 Euro, im Topf sind 5.000,00.")).to_be_visible()
    assert page.get_by_label("Auflagen").input_value() == "Der Fonds wird genannt."
    is_good(page)
    page.get_by_label("Bewilligter Betrag in Euro").fill("800")
    page.get_by_role("button", name="Eintragen: Bewilligt").click()
    expect(page.get_by_text("Bewilligt und gebucht.")).to_be_visible()
    page.get_by_label("Nummer des Bescheids").fill("B-2026-1")
    page.get_by_label("Datum des Bescheids").fill(today.isoformat())
    page.get_by_label("Nachweis fällig am").fill((today + datetime.timedelta(days=90)).isoformat())
    page.get_by_role("button", name="Eintragen: Bescheid verschickt").click()
    page.get_by_role("link", name="Daten für den Bescheid").click()
    expect(page.get_by_text("B-2026-1")).to_be_visible()
    expect(page.get_by_text("9 Ja, 0 Nein")).to_be_visible()
    is_good(page)
    page.go_back()
    page.get_by_label("Nachweis eingegangen am").fill(today.isoformat())
    page.get_by_label("Verwendeter Betrag in Euro").fill("750,50")
    page.get_by_label("Summe der Belege in Euro").fill("1.010")
    page.get_by_label("Was wurde erreicht?").fill("Dreißig Kinder kamen.")
    page.get_by_role("button", name="Eintragen: Nachweis geprüft").click()
    page.get_by_role("button", name="Eintragen: Abschließen").click()
    expect(page.get_by_text("Der Antrag ist abgeschlossen.")).to_be_visible()
    is_good(page)
    page.get_by_role("link", name="Werkstatt am Platz").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Werkstatt am Platz")
    assert page.get_by_text("750,50 Euro").first.is_visible()
