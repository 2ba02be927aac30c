"""A clerk starts a long report, watches it, cancels another, and takes a third along as PDF.

The worker works in a thread of the test: it computes what the page has put into the queue, on the same database.
"""

import threading

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from playwright.sync_api import expect

from atlas.actions.report_work import run_report
from atlas.models import Report
from atlas.reports import kinds

from .axe import violations_in_both_schemes as violations

pytestmark = pytest.mark.usefixtures("portal")
LIST = "/redaktion/berichte/"


@pytest.fixture
def clerk(server):
    user = User.objects.create_superuser("berichte", "berichte@example.org")
    yield user
    with transaction.atomic():
        Report.objects.all().delete()
        user.delete()


@pytest.fixture
def held(monkeypatch):
    """The worker waits before each area of a long report until the test lets it go on."""
    go_on = threading.Event()
    original = kinds.KINDS["compilation"]

    def make(parameters, release, progress):
        def told(done, of, words):
            progress(done, of, words)
            if done == 1:
                assert go_on.wait(60)

        return original.make(parameters, release, told)

    monkeypatch.setitem(kinds.KINDS, "compilation", kinds.Kind("compilation", original.label, make))
    return go_on


@pytest.fixture
def worker(monkeypatch):
    """Computes waiting reports one after the other; the page only puts them into the queue."""
    from atlas.actions import reporting

    monkeypatch.setattr(reporting, "_wake", lambda pk, run: None)
    stop = threading.Event()

    def work():
        try:
            while not stop.wait(0.2):
                waiting = Report.objects.filter(state="waiting").order_by("heartbeat_at").first()
                if waiting:
                    run_report(report=waiting)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    stop.set()
    thread.join(60)


def start(page, server, areas):
    page.goto(f"{server.url}{LIST}")
    page.get_by_role("link", name="Profil eines oder mehrerer Gebiete").click()
    for level, code in areas:
        page.locator("details", has=page.locator(f'input[value="{level}/{code}"]')).evaluate("e => { e.open = true; }")
        page.locator(f'input[value="{level}/{code}"]').check()
    page.get_by_role("button", name="Bericht erstellen").click()
    page.wait_for_url(f"**{LIST}*")


def row(page, title):
    return page.locator(".report").filter(has=page.get_by_role("heading", name=title, exact=True))


def test_start_watch_cancel_and_take_along(clerk, as_person, server, held, worker):
    page = as_person(clerk)
    start(page, server, [("sozialraum", "023"), ("stadtbezirk", "01"), ("stadtbezirk", "02")])
    expect(row(page, "Profile von 3 Gebieten")).to_contain_text("Schritt 2 von 4: Innenstadt-West")
    start(page, server, [("sozialraum", "023"), ("sozialraum", "011")])
    expect(row(page, "Profile von 2 Gebieten")).to_contain_text("Wartet auf einen freien Platz")
    assert violations(page) == []
    row(page, "Profile von 2 Gebieten").get_by_role("button", name="Abbrechen").click()
    expect(page.get_by_role("status").first).to_contain_text("„Profile von 2 Gebieten“ wird abgebrochen.")
    expect(row(page, "Profile von 2 Gebieten")).to_contain_text("abgebrochen")
    start(page, server, [("sozialraum", "023")])
    held.set()
    for title in ("Profile von 3 Gebieten", "Borsigplatz"):
        expect(row(page, title)).to_contain_text("liegt bis zum", timeout=60_000)
    with page.expect_download() as download:
        row(page, "Borsigplatz").get_by_role("link", name="Herunterladen").click()
    assert download.value.suggested_filename == "profil-sozialraum-023.pdf"
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{server.url}{LIST}")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(page) == []
    page.get_by_role("link", name=Report.objects.get(title="Borsigplatz").checksum).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Borsigplatz")
    page.get_by_label("Prüfsumme, die im Dokument steht").fill(Report.objects.get(title="Borsigplatz").checksum)
    page.get_by_role("button", name="Vergleichen").click()
    expect(page.get_by_role("status")).to_contain_text("Die Prüfsumme stimmt")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_the_forms_are_accessible_and_say_what_is_missing(clerk, as_person, server, width):
    page = as_person(clerk)
    page.set_viewport_size({"width": width, "height": 800})
    for slug in ("profil", "karte"):
        page.goto(f"{server.url}{LIST}neu/{slug}/")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.goto(f"{server.url}{LIST}neu/profil/")
    page.get_by_role("button", name="Bericht erstellen").click()
    expect(page.get_by_role("alert")).to_contain_text("Es fehlt noch etwas")
    assert violations(page) == []
