"""Text pages, error pages and the frame around every page."""

import re

import pytest
from django.test import RequestFactory, override_settings
from django.utils.translation import override

from atlas.navigation import ENTRIES, Frame
from atlas.sentences.certainty import shaky_sign
from atlas.views import errors
from indicators.statuses import SIGN_MEANINGS

NAMES = ["ueber", "barrierefreiheit", "datenschutz", "impressum"]
FULL_OPERATOR = {
    "name": "Stadt Beispiel",
    "address": "Am Markt 1\n12345 Beispiel",
    "email": "portal@example.org",
    "phone": "0123 456",
    "responsible": "Amt für Statistik",
    "privacy_contact": "datenschutz@example.org",
}
EMPTY_OPERATOR = dict.fromkeys(FULL_OPERATOR, "")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("prefix, language", [("", "de"), ("/en", "en")])
def test_page_answers_in_its_language_without_database_or_cookie(client, name, prefix, language):
    response = client.get(f"{prefix}/{name}/")
    html = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in html
    assert html.count("<h1") == 1
    assert not response.cookies


def test_no_page_carries_inline_script_or_style(client):
    for name in [*NAMES, "leichte-sprache"]:
        html = client.get(f"/{name}/").content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html)


def test_language_links_keep_path_and_query(client):
    html = client.get("/ueber/?indikator=a&jahr=2024").content.decode()
    assert 'href="/en/ueber/?indikator=a&amp;jahr=2024"' in html
    html = client.get("/en/ueber/?jahr=2024").content.decode()
    assert 'href="/ueber/?jahr=2024"' in html
    assert '<link rel="alternate" hreflang="de" href="http://testserver/ueber/">' in html


@override_settings(PORTAL_URL="https://portal.example.org/")
def test_absolute_addresses_use_the_portals_public_name(client):
    html = client.get("/ueber/").content.decode()
    assert '<link rel="alternate" hreflang="en" href="https://portal.example.org/en/ueber/">' in html
    assert '<meta property="og:url" content="https://portal.example.org/ueber/">' in html


@pytest.mark.parametrize("name", ["impressum", "datenschutz", "barrierefreiheit"])
def test_missing_operator_facts_are_marked_and_given_ones_shown(client, name):
    with override_settings(OPERATOR=EMPTY_OPERATOR):
        empty = client.get(f"/{name}/").content.decode()
    with override_settings(OPERATOR=FULL_OPERATOR):
        full = client.get(f"/{name}/").content.decode()
    assert "vom Betreiber auszufüllen: Umgebungsvariable OPERATOR_NAME" in empty
    assert "Umgebungsvariable" not in full
    assert "Stadt Beispiel" in full


def test_imprint_says_whether_licences_are_confirmed(client):
    with override_settings(OPERATOR_LICENCES_CONFIRMED=False):
        assert "noch nicht bestätigt" in client.get("/impressum/").content.decode()
    with override_settings(OPERATOR_LICENCES_CONFIRMED=True):
        assert "noch nicht bestätigt" not in client.get("/impressum/").content.decode()


def test_accessibility_statement_names_status_contact_and_enforcement_body(client):
    html = client.get("/barrierefreiheit/").content.decode()
    for part in [
        "teilweise vereinbar",
        'id="rueckmeldung"',
        "ombudsstelle-barrierefreie-it@mags.nrw.de",
        "21. November 2026",
    ]:
        assert part in html


def test_easy_language_has_one_address_and_short_sentences(client):
    response = client.get("/en/leichte-sprache/")
    assert (response.status_code, response.url) == (301, "/leichte-sprache/")
    html = client.get("/leichte-sprache/").content.decode()
    article = html[html.index("<article") : html.index("</article>")]
    sentences = [re.sub(r"<[^>]+>", "", text).strip() for text in re.findall(r"<p>(.*?)</p>", article)]
    assert len(sentences) > 40
    assert max(len(sentence.split()) for sentence in sentences) <= 12
    assert "noch <strong>nicht</strong> geprüft" in article


def test_active_entry_is_marked_also_on_pages_below_it(rf):
    def current(path):
        return {str(entry["label"]): entry["current"] for entry in Frame(rf.get(path)).nav if entry["current"]}

    assert current("/karte/") == {"Karte": "page"}
    assert current("/gebiete/sozialraum/023/") == {"Gebiete": "true"}
    assert current("/rangliste/arbeitslosenquote/") == {"Indikatoren": "true"}
    assert current("/ueber/") == {}
    assert current("/typologie/") == current("/zusammenhang/") == {"Vertiefen": "true"}
    assert len(ENTRIES) == 6


def test_missing_page_is_calm_offers_search_and_keeps_the_language(client):
    response = client.get("/gibt-es-nicht/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "Diese Seite gibt es nicht" in html
    assert 'action="/suche/"' in html
    assert "gibt-es-nicht" not in re.sub(r'href="[^"]*"|content="[^"]*"', "", html)
    assert '<html lang="en">' in client.get("/en/gibt-es-nicht/").content.decode()


def test_forbidden_and_bad_request_pages_answer_with_their_status():
    request = RequestFactory().get("/verwaltung/")
    for view, status, words in [
        (errors.forbidden, 403, "Hier haben Sie keinen Zugang"),
        (errors.bad_request, 400, "Diese Anfrage haben wir nicht verstanden"),
    ]:
        response = view(request, Exception("internal detail"))
        assert response.status_code == status
        assert words in response.content.decode()
        assert "internal detail" not in response.content.decode()


def test_server_error_page_needs_no_database_and_no_context(client):
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Der Fehler liegt bei uns" in response.content.decode()


@override_settings(
    STORAGES={"staticfiles": {"BACKEND": "dortmund_sozial.staticfiles.HashedStaticFilesStorage"}},
    STATIC_ROOT="/nonexistent",
)
def test_server_error_page_survives_missing_static_files():
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Die Seite kann gerade nicht angezeigt werden" in response.content.decode()


@pytest.mark.parametrize("path", ["/ueber/", "/impressum/"])
def test_text_pages_only_answer_to_reading(client, path):
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("prefix, language", [("", "de"), ("/en", "en")])
def test_signs_are_the_ones_that_tables_use(client, prefix, language):
    html = client.get(f"{prefix}/ueber/").content.decode()
    listed = re.search(r'<dl class="signs">(.*?)</dl>', html, re.DOTALL).group(1)
    assert re.findall(r"<dt>(.*?)</dt>", listed) == [sign for sign, _meaning in [*SIGN_MEANINGS, shaky_sign(language)]]
    with override(language):
        assert re.findall(r"<dd>(.*?)</dd>", listed) == [
            str(meaning) for _sign, meaning in [*SIGN_MEANINGS, shaky_sign(language)]
        ]
    assert "statistische Bezirke" in html


def test_easy_language_does_not_explain_colours_by_their_strength(client):
    html = client.get("/leichte-sprache/").content.decode()
    assert "kräftig" not in html and "schwache Farbe" not in html
