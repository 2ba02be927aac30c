"""From a spreadsheet to a published figure: one person brings it, another one lets it out, the public sees it."""

import datetime
import json

import openpyxl
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from indicators.models import IndicatorEdition, Release
from tests.browser.axe import violations

pytestmark = pytest.mark.usefixtures("portal")
SLUG = "transferleistungsquote"


@pytest.fixture
def spreadsheet(tmp_path):
    """`spreadsheet(name, fault=...)`: rates of all Unterbezirke for 2025, as the statistics office would send them."""
    content = json.loads((settings.BASE_DIR / "fixtures/areas/unterbezirke.geojson").read_text(encoding="utf-8"))
    areas = sorted((f["properties"]["schluessel"], f["properties"]["name"]) for f in content["features"])
    before = {
        f.area.code: f.value
        for f in IndicatorEdition.objects.get(current_for__slug=SLUG)
        .figures.filter(period__code="2024", area__level__slug="unterbezirk")
        .select_related("area")
    }

    def write(name, *, fault=False):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["Transferleistungsquote nach Unterbezirken, 31.12.2025"])
        sheet.append(["Schlüssel", "Unterbezirk", "2025"])
        for number, (code, area) in enumerate(areas):
            value = float(before[code] or 10) + 0.1
            if code == "061":
                value = 371.2 if fault else 37.2
            sheet.append([code, "Westfalnhütte" if fault and number == 20 else area, round(value, 1)])
        sheet.append(["", "Quelle: Dortmunder Statistik", ""])
        path = tmp_path / name
        book.save(path)
        return path

    return write


def bring(page, server, path):
    page.goto(f"{server.url}/redaktion/lieferungen/")
    page.set_input_files("#id_file", path)
    page.get_by_role("button", name="Hochladen").click()


def correct_and_accept(page, server, path):
    """The file of the statistics office in order again, read by the template of a minute ago."""
    page.goto(f"{server.url}/redaktion/lieferungen/")
    page.set_input_files("#id_file", path)
    page.select_option("#id_template", label="Quote je Unterbezirk (1)")
    page.get_by_role("button", name="Hochladen").click()
    expect(page.get_by_role("heading", name="Was die Lieferung bringt")).to_be_visible()
    while page.get_by_role("button", name="Begründen").count():
        page.get_by_label("Warum ist das richtig so?").first.fill("Mit dem Fachamt abgestimmt.")
        page.get_by_role("button", name="Begründen").first.click()
    page.fill("#id_title", "Quote 2025")
    page.get_by_role("button", name="In den Entwurf übernehmen").click()
    expect(page.get_by_text("Die Werte stehen im Entwurf.")).to_be_visible()


def approve_and_schedule(page, address):
    """The colleague sees what changes, looks ahead, approves and sets the hour."""
    page.goto(address)
    expect(page.get_by_role("heading", name="Was sich öffentlich ändert")).to_be_visible()
    expect(page.get_by_text("Gebiete des Aktionsplans sind betroffen")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Vorschau: das Portal").click()
    page.wait_for_url("**/vorschau/**")
    page.goto(page.url + f"karte/?indikator={SLUG}&ebene=unterbezirk&zeit=2025&gebiet=061")
    expect(page.locator('tr[data-code="061"] td.value')).to_contain_text("37,2")
    expect(page.locator("#map path").first).to_be_visible()
    assert violations(page) == []
    page.goto(address)
    page.get_by_role("button", name="Genau diese Änderungen freigeben").click()
    tomorrow = timezone.localtime() + datetime.timedelta(days=1)
    page.fill("#id_day", tomorrow.strftime("%Y-%m-%d"))
    page.fill("#id_time", "10:00")
    page.get_by_role("button", name="Zeitpunkt festlegen").click()
    expect(page.locator(".next-step")).to_contain_text("10:00 Uhr")


def test_from_a_spreadsheet_with_faults_to_a_public_figure(colleagues, spreadsheet, as_person, server, tmp_path):
    page = as_person(colleagues[0])
    # The file has two faults; both are told with their cells, in the planner's own spreadsheet too.
    bring(page, server, spreadsheet(f"quote-2025-{'fehler' * 30}.xlsx", fault=True))
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360  # also with a very long name
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("link", name="Zur Zuordnung").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Was steht wo?")
    assert violations(page) == []
    page.fill("#id_template_name", "Quote je Unterbezirk")
    page.get_by_role("button", name="Zuordnung speichern und prüfen").click()
    expect(page.get_by_role("heading", name="Was aufgefallen ist")).to_be_visible()
    expect(page.get_by_text("höchstens 100 %")).to_be_visible()
    expect(page.get_by_text("Noch nicht möglich: Es gibt Fehler.")).to_be_visible()
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Ihre Tabelle mit markierten Zellen").click()
    download.value.save_as(tmp_path / "befunde.xlsx")
    marked = openpyxl.load_workbook(tmp_path / "befunde.xlsx")
    assert "Befunde" in marked.sheetnames
    assert any(cell.comment for row in marked["Sheet"].iter_rows() for cell in row)

    path = spreadsheet("quote-2025.xlsx")
    correct_and_accept(page, server, path)
    bring(page, server, path)  # the same file once more
    expect(page.get_by_text("wurde schon geliefert")).to_be_visible()

    # To review; the planner herself cannot approve.
    page.goto(f"{server.url}/redaktion/veroeffentlichungen/")
    page.get_by_role("link", name="Quote 2025").click()
    page.get_by_role("button", name="Zur Prüfung geben").click()
    expect(page.get_by_text("freigeben muss jemand anderes")).to_be_visible()
    expect(page.get_by_role("button", name="Genau diese Änderungen freigeben")).to_have_count(0)
    approve_and_schedule(as_person(colleagues[1]), page.url)

    # Until the hour the public knows the title only; then the figures.
    reader = as_person(None)
    reader.goto(f"{server.url}/veroeffentlichungen/")
    expect(reader.get_by_text("Quote 2025").first).to_be_visible()
    address = f"{server.url}/karte/?indikator={SLUG}&ebene=unterbezirk&zeit=2025&gebiet=061"
    reader.goto(address)
    expect(reader.locator("body")).not_to_contain_text("37,2")
    Release.objects.filter(title="Quote 2025").update(publish_at=timezone.now())
    call_command("publish_due")
    reader = as_person(None)  # somebody else: the first reader's browser keeps the page for a minute
    reader.goto(address)
    expect(reader.locator('tr[data-code="061"] td.value')).to_contain_text("37,2")
