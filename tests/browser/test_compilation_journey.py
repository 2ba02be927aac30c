"""A clerk compiles a Sachstandsbericht for two action areas, takes it along, and next year sees what changed."""

import io
import re
import threading
import zipfile

import pgtrigger
import pytest
from django.db import connection, transaction
from playwright.sync_api import expect

from atlas.actions import report_work
from atlas.actions.report_work import run_report
from atlas.models import Compilation, CompilationHistory, CompilationRun, Report, ReportText, ReportTextHistory
from tests.app.correcting import corrected
from tests.browser.axe import sticks_out, violations_in_both_schemes

HOME = "/redaktion/berichte/zusammenstellungen/"
WIDTHS = [320, 360, 768, 1280]


@pytest.fixture
def clerk(colleagues, as_person):
    """The window of somebody who is logged in; nothing that they keep outlives the test."""
    yield as_person(colleagues[0])
    with transaction.atomic(), pgtrigger.ignore():
        ReportText.objects.all().delete()
        CompilationRun.objects.update(before=None)
        CompilationRun.objects.all().delete()
        Compilation.objects.all().delete()
        CompilationHistory.objects.all().delete()
        ReportTextHistory.objects.all().delete()
        Report.objects.all().delete()


@pytest.fixture
def worker(monkeypatch):
    """A worker that takes a report when it is told to, and stops before writing the file until it may go on."""
    may_write = threading.Event()
    write = report_work.written

    def patient(document, ending):
        may_write.wait(30)
        return write(document, ending)

    def work():
        for report in Report.objects.filter(state=Report.State.WAITING):
            run_report(report=report)
        connection.close()

    def begin():
        may_write.clear()
        thread = threading.Thread(target=work)
        thread.start()
        return thread

    monkeypatch.setattr(report_work, "written", patient)
    monkeypatch.setattr("atlas.actions.reporting._wake", lambda *_asked: None)
    begin.may_write = may_write
    return begin


def is_good(page):
    assert violations_in_both_schemes(page) == []
    assert sticks_out(page, WIDTHS) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")


def watched(page, worker):
    """Watch the files of a run until they are there."""
    expect(page.get_by_text("Wartet auf einen freien Platz").first).to_be_visible()
    thread = worker()
    expect(page.get_by_text("Die Datei wird geschrieben").first).to_be_visible(timeout=30_000)
    is_good(page)
    worker.may_write.set()
    thread.join(60)
    expect(page.locator("[data-report]")).to_have_count(0)


def taken(page, number):
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Herunterladen")).nth(number).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_a_progress_report_this_year_and_next(clerk, worker, server):
    page = clerk
    page.goto(server.url + "/redaktion/berichte/")
    page.get_by_role("link", name="Zusammenstellungen", exact=True).click()
    page.get_by_role("link", name="Sachstandsbericht").click()
    is_good(page)
    page.get_by_text(re.compile("^Sozialräume")).click()
    for name in ("Hafen (021)", "Borsigplatz (023)"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Anlegen").click()
    expect(page.get_by_text("Aktionsräume: Hafen, Borsigplatz")).to_be_visible()
    is_good(page)

    page.get_by_role("link", name="Vorschau").click()
    expect(page.get_by_role("heading", name="Beschlussvorschlag")).to_be_visible()
    is_good(page)
    page.get_by_role("link", name="Zurück zum Bearbeiten").click()

    page.get_by_label("Word").check()
    page.get_by_role("button", name="Erstellen", exact=True).click()
    watched(page, worker)
    files = dict(taken(page, number) for number in (0, 1))
    assert sorted(name.rpartition(".")[2] for name in files) == ["docx", "pdf"]
    assert next(body for name, body in files.items() if name.endswith("pdf")).startswith(b"%PDF-1.7")
    text = next(body for name, body in files.items() if name.endswith("docx"))
    assert "Borsigplatz" in zipfile.ZipFile(io.BytesIO(text)).read("word/document.xml").decode()

    page.get_by_role("link", name="Zurück zur Zusammenstellung").click()
    page.get_by_role("link", name="Begründung").click()
    page.get_by_label("Einleitung, für jede Veröffentlichung gleich").fill("Das Jahr war gut.")
    is_good(page)
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_text("Gespeichert.")).to_be_visible()

    corrected(code="081", title="Zweite Veröffentlichung", slug="2027-1")
    page.reload()
    expect(page.get_by_label("Veröffentlichung", exact=True)).to_have_value("2027-1")
    page.get_by_role("button", name="Erstellen", exact=True).click()
    watched(page, worker)
    expect(page.get_by_role("heading", name="Was sich geändert hat")).to_be_visible()
    table = page.locator(".change-table")
    expect(table).to_contain_text("Das Jahr war gut.")
    is_good(page)
    page.locator(".change-counts").get_by_role("link", name=re.compile("andere Zahl")).click()
    expect(table).not_to_contain_text("Das Jahr war gut.")
    rows = table.locator("tbody tr")
    assert rows.count() > 1
    assert all(re.search(r"[+−±][\d.,]+$", text.strip()) for text in rows.all_inner_texts())
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert "Das Jahr war gut." in download.value.path().read_text(encoding="utf-8-sig")


def test_a_lost_login_and_an_unsaved_page_lose_nothing(clerk, server, colleagues):
    page = clerk
    page.goto(server.url + HOME + "neu/")
    page.get_by_label("Titel").fill("Vorwort allein")
    page.get_by_role("button", name="Anlegen").click()
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Einleitung").wait_for()
    address = page.url
    page.get_by_label("Einleitung").fill("Eine Stunde Arbeit")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Verlauf").click()
    expect(page).to_have_url(re.compile("/verlauf/"))
    assert asked == ["beforeunload"]
    page.goto(address)
    page.get_by_role("button", name="Wieder einsetzen").click()
    expect(page.get_by_label("Einleitung")).to_have_value("Eine Stunde Arbeit")
    is_good(page)

    page.context.add_cookies([{"name": "sessionid", "value": "vorbei", "url": server.url}])
    page.get_by_role("button", name="Speichern", exact=True).click()
    page.get_by_label("Benutzername").fill(colleagues[0].username)
    page.locator("input[type=password]").fill("gemeinsam-sicher-2026")
    page.get_by_role("button", name="Anmelden", exact=True).click()
    expect(page.get_by_text("Ihre Anmeldung war abgelaufen.")).to_be_visible()
    expect(page.get_by_label("Einleitung")).to_have_value("Eine Stunde Arbeit")
    is_good(page)
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_text("Gespeichert.")).to_be_visible()
    page.goto(address)
    expect(page.get_by_role("button", name="Wieder einsetzen")).to_have_count(0)


def test_parts_are_ordered_with_the_keyboard_and_without_script(clerk, server, browser, watch_page):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800}, locale="de-DE")
    context.add_cookies(clerk.context.cookies())
    page = context.new_page()
    watch_page(page)
    page.goto(server.url + HOME + "neu/")
    page.get_by_label("Titel").fill("Ohne Skript")
    page.get_by_role("button", name="Anlegen").click()
    for heading in ("Eins", "Zwei", "Drei"):
        page.get_by_role("button", name="Weiter").click()
        page.get_by_label("Überschrift").fill(heading)
        page.get_by_role("button", name="Speichern", exact=True).click()
    up = page.get_by_role("button", name=re.compile("Nach oben.*Drei"))
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".part h3")).to_have_text(["Eins", "Drei", "Zwei"])
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".part h3")).to_have_text(["Drei", "Eins", "Zwei"])
    expect(page.get_by_role("button", name=re.compile("Nach unten.*Drei"))).to_be_focused()
    page.get_by_role("button", name=re.compile("Entfernen.*Eins")).click()
    expect(page.locator(".part h3")).to_have_text(["Drei", "Zwei"])
    page.get_by_role("button", name="Rückgängig machen").click()
    expect(page.locator(".part h3")).to_have_text(["Drei", "Eins", "Zwei"])
    context.close()
