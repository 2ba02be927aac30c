"""A reader keeps an address; the city corrects a figure; the address still says what it said, and what is right now."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import sticks_out, violations, violations_in_both_schemes
from tests.browser.published import correction

pytestmark = pytest.mark.usefixtures("portal")
MAP = "/karte/?indikator=transferleistungsquote&ebene=unterbezirk&zeit=2024&gebiet=061"


def cell(page):
    return page.locator('tr[data-code="061"] td.value')


def test_the_kept_address_shows_the_old_figure_names_the_correction_and_leads_to_the_new_one(visit, page, server):
    visit(MAP)
    expect(cell(page)).to_contain_text("37,1")
    kept = page.locator("[data-permalink]").get_attribute("href").removeprefix(server.url)
    assert "stand=2026-1" in kept

    with correction("50"):
        visit(kept)
        expect(cell(page)).to_contain_text("37,1")
        notice = page.locator(".stand")
        expect(notice).to_contain_text("Dies ist der Stand der Veröffentlichung „Erste Veröffentlichung")
        expect(notice).to_contain_text("Borsigplatz, 31.12.2024: damals 37,1")
        expect(notice).to_contain_text("heute 50,0")
        assert violations(page) == []

        notice.get_by_role("link", name="berichtigt am").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Berichtigung Westliche Innenstadt")
        expect(page.get_by_text("Ein Komma war verrutscht.")).to_be_visible()
        row = page.get_by_role(
            "row", name=re.compile("^Transferleistungsquote Borsigplatz Statistischer Unterbezirk 061")
        )
        expect(row).to_contain_text("37,1")
        expect(row).to_contain_text("50,0")

        page.go_back()
        page.locator(".stand").get_by_role("link", name="Zum neuesten Stand").click()
        expect(cell(page)).to_contain_text("50,0")
        assert "stand=" not in page.url
        expect(page.locator(".stand")).to_have_count(0)
        expect(page.locator(".corrected")).to_contain_text("Berichtigt am")

    visit(MAP)
    expect(cell(page)).to_contain_text("37,1")


def test_the_state_stays_while_the_reader_goes_on_looking(visit, page):
    with correction("50"):
        visit(f"{MAP}&stand=2026-1")
        expect(page.locator("#map path").first).to_be_visible()
        page.locator("label[for=f-zeit-2018]").click()
        page.wait_for_url("**zeit=2018**")
        assert "stand=2026-1" in page.url
        page.locator("label[for=f-zeit-2024]").click()
        page.wait_for_url("**zeit=2024**")
        expect(cell(page)).to_contain_text("37,1")
        page.locator("[data-slot=card]").get_by_role("link", name="Profil öffnen").click()
        page.wait_for_url("**/gebiete/unterbezirk/061/?stand=2026-1")
        expect(page.locator("#transferleistungsquote td.main")).to_contain_text("37,1")


def test_notice_row_and_page_of_the_correction_are_accessible_and_fit(visit, page):
    with correction("50"):
        for path in (
            f"{MAP}&stand=2026-1",
            "/gebiete/unterbezirk/061/?stand=2026-1",
            "/gebiete/unterbezirk/061/",
            "/rangliste/transferleistungsquote/?stand=2026-1&ebene=unterbezirk",
            "/veroeffentlichungen/",
            "/veroeffentlichungen/2026-2/",
        ):
            visit(path)
            assert sticks_out(page, [1280, 360]) == [], path
            assert violations_in_both_schemes(page) == [], path
