"""A planner runs the adjustment of 2021 on the figures of 2018 and gets exactly what the committee decided."""

import pytest
from playwright.sync_api import expect

from actionplan.models import ActionArea
from tests.app.before_2021 import plan_as_before, plan_rows, undo_2021
from tests.browser.axe import sticks_out, violations_in_both_schemes


@pytest.fixture
def before_2021(portal, server):
    """The plan of 12 April 2021, the rows of today's plan and the boundaries of its quarters."""
    wanted = plan_rows()
    quarters = ActionArea.objects.filter(kind="aktionsquartier")
    drawn = {
        q.area.code: (q.name, q.geometry.transform(4326, clone=True).geojson) for q in quarters.select_related("area")
    }
    with plan_as_before():
        undo_2021()
        yield wanted, drawn


def test_the_planner_gets_exactly_the_decision_of_2021(before_2021, colleagues, as_person, server):
    wanted, drawn = before_2021
    page = as_person(colleagues[0])
    page.goto(server.url + "/redaktion/aktionsplan/")
    page.get_by_role("link", name="Anpassung der Aktionsräume").click()
    page.get_by_label("Regel, Zahlen und Veröffentlichung").select_option(index=_option(page))
    page.get_by_label("Vergleichen mit dem Plan vom").fill("2021-04-12")
    page.get_by_label("Titel").fill("Anpassung 2021 noch einmal")
    page.get_by_role("button", name="Entwurf anlegen").click()

    expect(page.get_by_text("Dazu kommen: Dorstfeld und Bövinghausen/Westrich.")).to_be_visible()
    expect(page.get_by_text("Es scheiden aus: ")).to_be_visible()
    assert sticks_out(page, [320, 360, 768, 1280]) == []
    assert violations_in_both_schemes(page) == []

    for code, reason in (("014", "Quote über 20 Prozent"), ("103", "Quote über 20 Prozent")):
        _area(page, code).get_by_label("Begründung").fill(reason)
    for code, (name, boundary) in drawn.items():
        area = _area(page, code)
        area.get_by_label("Ergebnis").select_option("quarter")
        area.get_by_label("Begründung").fill("Nur noch ein Quartier liegt unter dem Durchschnitt")
        area.get_by_text("Nur ein Teil: Name und Grenze des Quartiers").click()
        area.get_by_label("Name des Quartiers").fill(name)
        area.get_by_label("oder genaue Grenze (GeoJSON)").fill(boundary)
    page.get_by_role("button", name="Entwurf speichern").click()
    expect(page.get_by_text("Am Aktionsplan hat sich noch nichts geändert.")).to_be_visible()
    assert plan_rows() != wanted

    _decide(page, "2021-04-12")
    expect(page.get_by_role("alert").get_by_text("Der Beschluss liegt nicht nach dem Tag")).to_be_visible()
    assert plan_rows() != wanted
    _decide(page, "2021-04-13")
    expect(page.get_by_text("Der Beschluss ist eingetragen.")).to_be_visible()
    assert plan_rows() == wanted

    page.get_by_role("link", name="Die öffentliche Seite").click()
    expect(page.get_by_role("heading", name="Kommt dazu")).to_be_visible()
    page.goto(server.url + "/aktionsplan/gebiete/103/")
    expect(page.get_by_text("Quote über 20 Prozent")).to_be_visible()


def _option(page) -> int:
    texts = page.get_by_label("Regel, Zahlen und Veröffentlichung").locator("option").all_inner_texts()
    return next(n for n, text in enumerate(texts) if "13 höchsten · 2018" in text)


def _area(page, code):
    return page.locator(f"#gebiet-{code}")


def _decide(page, day):
    page.get_by_label("Drucksache").select_option(label=next(t for t in _papers(page) if t.startswith("19100-20")))
    page.get_by_label("Tag des Beschlusses").fill(day)
    page.get_by_role("button", name="Speichern und Beschluss eintragen").click()


def _papers(page) -> list[str]:
    return page.get_by_label("Drucksache").locator("option").all_inner_texts()
