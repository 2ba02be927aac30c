"""A wrong figure is corrected in public: one person begins and changes it, another lets it out, a reader is told."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.grid_page import INDICATOR

pytestmark = pytest.mark.usefixtures("portal")
MAP = f"/karte/?indikator={INDICATOR}&ebene=unterbezirk&zeit=2024&gebiet=061"
NOTICE = "Im Unterbezirk 061 waren zwei Ziffern vertauscht."


def figure(page):
    return page.locator('tr[data-code="061"] td.value')


def begin_and_change(page, url):
    """The planner begins a correction of what is public, changes one cell and gives it to review."""
    page.goto(f"{url}/redaktion/veroeffentlichungen/2026-1/")
    page.get_by_label("Berichtigen: Was war falsch?").fill(NOTICE)
    page.get_by_role("button", name="Berichtigung beginnen").click()
    expect(page.locator("main")).to_contain_text(NOTICE)
    draft = page.url
    page.goto(f"{url}/redaktion/raster/{INDICATOR}/?ebene=unterbezirk&entwurf={draft.rstrip('/').rpartition('/')[2]}")
    labels = page.locator("[data-grid] thead th").all_inner_texts()
    rows = page.locator("[data-grid] tbody th").all_inner_texts()
    row = next(number for number, text in enumerate(rows) if text.strip().startswith("061"))
    page.locator(f'[data-at="{row},{labels.index("31.12.2024") - 1}"]').click()
    page.keyboard.type("31,7")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+S")
    expect(page.locator("[data-remarks]")).to_contain_text("Sprung: 2018 war es 42,6, jetzt 31,7")
    page.get_by_label("Begründung").fill("Ziffern vertauscht, Rückfrage bei der Statistik.")
    page.get_by_role("button", name="Im Entwurf speichern").click()
    expect(page.locator("[data-save-state]")).to_contain_text("1 Zelle")
    page.goto(draft)
    page.get_by_role("button", name="Zur Prüfung geben").click()
    expect(page.get_by_text("freigeben muss jemand anderes")).to_be_visible()
    return draft


def approve_and_publish(page, draft):
    page.goto(draft)
    row = page.locator(".change-table tbody tr", has_text=re.compile(r"Unterbezirk 061\s+Transferleistungsquote,"))
    expect(row).to_contain_text("37,1")
    expect(row).to_contain_text("31,7")
    page.get_by_role("button", name="Genau diese Änderungen freigeben").click()
    page.get_by_role("button", name="Jetzt veröffentlichen").click()
    expect(page.locator(".happened")).to_contain_text("eröffentlicht")


def test_a_correction_from_the_first_word_to_the_reader(colleagues, as_person, server):
    reader = as_person(None)
    reader.goto(server.url + MAP)
    expect(figure(reader)).to_contain_text("37,1")
    kept = reader.locator("[data-permalink]").get_attribute("href")
    assert "stand=2026-1" in kept

    draft = begin_and_change(as_person(colleagues[0]), server.url)
    stranger = as_person(None)
    stranger.goto(server.url + MAP)
    expect(figure(stranger)).to_contain_text("37,1")
    approve_and_publish(as_person(colleagues[1]), draft)

    reader = as_person(None)
    reader.goto(server.url + MAP)
    expect(figure(reader)).to_contain_text("31,7")
    reader.locator(".corrected a").first.click()
    expect(reader.locator("main")).to_contain_text(NOTICE)
    row = reader.get_by_role(
        "row", name=re.compile("^Transferleistungsquote Borsigplatz Statistischer Unterbezirk 061")
    )
    expect(row).to_contain_text("37,1")
    expect(row).to_contain_text("31,7")
    assert violations(reader) == []

    reader.goto(kept)
    expect(figure(reader)).to_contain_text("37,1")
    expect(reader.locator(".stand")).to_contain_text("heute 31,7")
    assert violations(reader) == []
    reader.goto(f"{server.url}/veroeffentlichungen/")
    expect(reader.locator("main")).to_contain_text(NOTICE)
