"""Areas like mine: recomputed with numpy from what is published, with reasons, and everything left out is named."""

import csv
import io

import numpy as np
import pytest

from areas.models import Area
from atlas.selectors.similar import similar_to
from atlas.stand import Stand
from indicators.models import Figure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
PATH = "/aehnliche-gebiete/sozialraum/023/"
CHOSEN = "?merkmal=durchschnittsalter&merkmal=transferleistungsquote"


def test_distances_are_numpys_of_the_published_figures(client):
    found = Figure.objects.current().at_level("sozialraum").for_period("2024")
    slugs = ["durchschnittsalter", "transferleistungsquote"]
    tables = [dict(found.filter(edition__indicator__slug=s).values_list("area__code", "value")) for s in slugs]
    codes = sorted(tables[0])
    matrix = np.array([[float(table[c]) for c in codes] for table in tables])
    z = (matrix - matrix.mean(axis=1, keepdims=True)) / matrix.std(axis=1, keepdims=True)
    here = codes.index("023")
    expected = dict(zip(codes, np.sqrt(((z - z[:, [here]]) ** 2).mean(axis=0)), strict=True))
    text = client.get(PATH + "aehnliche-gebiete.csv" + CHOSEN).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 38
    for row in rows:
        assert float(row["abstand"].replace(",", ".")) == pytest.approx(expected[row["gebiet"]], abs=5e-4)


def test_page_says_why_and_puts_them_side_by_side(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = client.get(PATH).content.decode()
    assert "Am ähnlichsten ist " in page and "Fast gleich:" in page and "Nebeneinander" in page
    assert "/methoden/#aehnliche-gebiete" in page
    with django_assert_max_num_queries(1):
        client.get(PATH)


def test_the_order_of_boxes_does_not_matter_and_every_box_counts(client, django_assert_max_num_queries):
    first = client.get(PATH + CHOSEN)
    with django_assert_max_num_queries(1):
        again = client.get(
            PATH + "?merkmal=transferleistungsquote&merkmal=durchschnittsalter&merkmal=durchschnittsalter"
        )
    assert first.content == again.content
    page = first.content.decode()
    assert page.count(" checked>") == 2 and "gemessen an 2 Indikatoren" in page


def test_the_latest_common_period_is_taken():
    area = Area.objects.in_force().at_level("sozialraum").select_related("level").get(code="023")
    both = similar_to(area, ["transferleistungsquote", "gymnasialempfehlungen"], Stand())
    assert both.period == "2018" and not both.untimely
    assert "Derne/Hostedde/Grevel/Kirchderne" in both.without  # its value is missing, it is not filled in
    apart = similar_to(area, ["transferleistungsquote", "arbeitslosenquote", "hilfen_in_der_familie"], Stand())
    assert apart.period == "2024" and [i.slug for i in apart.untimely] == ["hilfen_in_der_familie"]


def test_areas_published_together_are_not_compared(client):
    page = client.get("/aehnliche-gebiete/unterbezirk/921/?merkmal=transferleistungsquote").content.decode()
    assert "gemeinsam veröffentlicht" in page


def test_an_area_whose_value_is_missing(client):
    code = (
        Figure.objects.current()
        .at_level("sozialraum")
        .get(edition__indicator__slug="gymnasialempfehlungen", value__isnull=True)
        .area.code
    )
    page = client.get(f"/aehnliche-gebiete/sozialraum/{code}/?merkmal=gymnasialempfehlungen")
    assert page.status_code == 200 and "lässt sich nichts vergleichen" in page.content.decode()


def test_what_cannot_be_compared_is_said(client):
    for query in ("?merkmal=unfug", "?merkmal=einwohner"):
        assert client.get(PATH + query).status_code == 400
        assert client.get(PATH + "aehnliche-gebiete.csv" + query).status_code == 400
    for path in ("sozialraum/999", "mond/1", "stadt/05913000"):
        assert client.get(f"/aehnliche-gebiete/{path}/").status_code == 404


def test_start_lists_every_area_and_the_profile_leads_here(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        page = client.get("/aehnliche-gebiete/").content.decode()
    assert page.count('href="/aehnliche-gebiete/') >= 283
    profile = client.get("/gebiete/sozialraum/023/").content.decode()
    assert PATH in profile and "Gebiete wie dieses" in profile
    assert "/aehnliche-gebiete/" not in client.get("/gebiete/stadt/05913000/").content.decode()


def test_interface_says_the_same(client):
    address = "/api/v1/similar/?level=sozialraum&area=023"
    found = client.get(address + "&indicators=durchschnittsalter,transferleistungsquote").json()
    assert [area["area"] for area in found["areas"][:2]] == ["022", "021"] and len(found["areas"]) == 38
    assert found["indicators"] == ["durchschnittsalter", "transferleistungsquote"] and found["period"] == "2024"
    for wrong in ("&indicators=unfug", "&release=unfug"):
        assert client.get(address + wrong).status_code == 400
    assert client.get("/api/v1/similar/?level=sozialraum&area=999").status_code == 400


def test_states_and_english(client):
    assert client.get(PATH + "?stand=2026-1").status_code == 200
    assert client.get(PATH + "aehnliche-gebiete.csv?stand=unfug").status_code == 400
    page = client.get("/en" + PATH).content.decode()
    assert "Areas like Borsigplatz" in page and "Fast gleich" not in page
