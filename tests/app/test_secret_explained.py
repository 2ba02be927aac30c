"""Wherever a page shows that a number is secret it links to the chapter that says why; pages without one do not."""

import re

import pytest
from django.template.loader import render_to_string

from areas.models import AreaLevel
from atlas.selectors.typology import _left_out
from indicators.models import Indicator

LINK = re.compile(r'href="/methoden/#geheimhaltung"')
HIDDEN = re.compile(r"<(\w+)[^>]* hidden>.*?</\1>|<template.*?</template>", re.DOTALL)

MAP = "/karte/?indikator=hilfen_in_der_familie&ebene=sozialraum&zeit=2001"
SHOWN = {
    f"{MAP}": 3,  # below the table, in the legend, in the notes
    f"{MAP}&gebiet=081": 3,
    f"{MAP}&gebiet=073": 4,  # and on the card
    "/rangliste/hilfen_in_der_familie/": 1,
    "/gebiete/sozialraum/081/": 1,
    "/gebiete/sozialraum/073/": 1,
    "/indikatoren/hilfen_in_der_familie/": 1,
    "/herkunft/hilfen_in_der_familie/sozialraum/073/2001/": 1,
    "/gruppe/?ebene=sozialraum&gebiete=081,083": 1,
}
NOT_SHOWN = [
    "/karte/?indikator=hilfen_in_der_familie&ebene=stadtbezirk&zeit=2001",
    "/karte/?indikator=transferleistungsquote&gebiet=073",
    "/rangliste/transferleistungsquote/",
    "/rangliste/hilfen_in_der_familie/?ebene=stadtbezirk",
    "/gebiete/sozialraum/071/",
    "/indikatoren/transferleistungsquote/",
    "/herkunft/hilfen_in_der_familie/sozialraum/081/2001/",
    "/gruppe/?ebene=sozialraum&gebiete=071,072",
]


def links_of(client, path) -> int:
    return len(LINK.findall(HIDDEN.sub("", client.get(path).content.decode())))


@pytest.mark.parametrize("path, count", SHOWN.items())
def test_a_page_with_a_secret_number_leads_to_the_reasons(dortmund, db, client, path, count):
    assert links_of(client, path) == count


@pytest.mark.parametrize("path", NOT_SHOWN)
def test_a_page_without_one_does_not(dortmund, db, client, path):
    assert links_of(client, path) == 0


def test_the_english_page_leads_to_its_own_methods(dortmund, db, client):
    html = client.get("/en/gebiete/sozialraum/081/").content.decode()
    assert 'href="/en/methoden/#geheimhaltung">Why some numbers are kept secret<' in html
    assert "To be kept secret so that nobody can be recognised:" in html


def test_the_profile_names_what_is_secret(dortmund, db, client):
    html = re.sub(r"\s+", " ", client.get("/gebiete/sozialraum/081/").content.decode())
    names = "Erziehungshilfen außerhalb der Familie, Erziehungshilfen insgesamt"
    assert f"Geheim zu halten, damit niemand zu erkennen ist: {names}." in html


def test_the_table_of_the_map_says_it_to_who_does_not_see_the_pattern(dortmund, db, client):
    html = client.get(MAP).content.decode()
    assert html.count('.<span class="visually-hidden"> geheim zu halten</span>') == 2


def test_the_ranking_keeps_secret_and_unknown_numbers_apart(dortmund, db, client):
    html = client.get("/rangliste/hilfen_in_der_familie/").content.decode()
    secret, unknown = html.index(">Geheim zu halten<"), html.index(">Ohne Wert<")
    assert secret < html.index('/sozialraum/073/2001/"') < html.index('/sozialraum/074/2001/"') < unknown
    assert "/sozialraum/011/2001/" not in html[:unknown]
    assert "<dt>.</dt><dd>unbekannt oder geheim zu halten</dd>" in html


def test_the_page_of_an_indicator_counts_secret_areas(dortmund, db, client):
    html = client.get("/indikatoren/hilfen_in_der_familie/").content.decode()
    assert "8 von 39, 2 geheim" in html and 'class="is-suppressed"' in html


@pytest.mark.parametrize("is_secret", [True, False])
def test_results_that_leave_areas_out_say_why_a_number_is_secret(is_secret):
    row = {"name": "Mitte", "url": "/x/", "reason": "ein Wert ist geheim zu halten"}
    html = render_to_string("atlas/index_left.html", {"left": [row], "left_is_secret": is_secret})
    assert len(LINK.findall(html)) == is_secret
    status = "suppressed" if is_secret else "missing"
    quote = Indicator(slug="quote", name="Quote")
    left = _left_out(
        {"code": "01", "missing": {"quote": status}}, {"01": "Mitte"}, AreaLevel(slug="x"), {"quote": quote}
    )
    level = AreaLevel(slug="x", name="X", name_plural="X")
    page = {"left_out": [left], "clusters": [], "level": level, "chosen": {"period": "2024"}}
    assert len(LINK.findall(render_to_string("atlas/typology_table.html", {"page": page}))) == is_secret
