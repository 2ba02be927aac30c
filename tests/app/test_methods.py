"""The page of methods, and the link that other pages lead to it with."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from atlas import methods
from atlas.views import methods as view

DOCUMENT = "# Methoden\n\nVorab.\n\n## Klassen\n\nText.\n\n    k = 6\n\n## Leer\n"


@pytest.fixture
def document(monkeypatch):
    monkeypatch.setattr(view, "document_text", lambda: DOCUMENT)


def test_page_shows_contents_and_chapters_with_anchors(client, db, document, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        html = client.get("/methoden/").content.decode()
    assert html.count("<h1") == 1
    assert '<a href="#klassen">Klassen</a>' in html and '<h2 id="klassen" lang="de">Klassen</h2>' in html
    assert '<div class="formula">k = 6</div>' in html
    assert "Leer" not in html and "nur auf Deutsch" not in html


def test_english_page_says_that_the_document_is_german_and_marks_it(client, db, document):
    html = client.get("/en/methoden/").content.decode()
    assert "This document exists in German only." in html
    assert '<div class="methods" lang="de">' in html


def test_page_of_the_real_document_answers_and_is_in_the_footer(client, db):
    html = client.get("/methoden/").content.decode()
    assert "Nach welchen Regeln die Zahlen des Portals entstehen" in html
    assert 'href="/methoden/"' in html[html.index("<footer") :]


def test_page_only_answers_to_reading(client, db):
    assert client.post("/methoden/").status_code == 405


@pytest.mark.parametrize(
    "language, path, words",
    [("de", "/methoden/", "So wird gerechnet"), ("en", "/en/methoden/", "How this is computed")],
)
def test_link_names_its_chapter_for_screen_readers(monkeypatch, language, path, words):
    monkeypatch.setattr("atlas.templatetags.methods.document_text", lambda: DOCUMENT)
    with override(language):
        html = Template('{% load methods %}{% method_link "klassen" %}').render(Context())
    assert f'href="{path}#klassen">{words}<span class="visually-hidden" lang="de">: Klassen</span></a>' in html


def test_link_may_have_words_of_its_own_and_survives_an_unknown_anchor():
    html = Template('{% load methods %}{% method_link "gibt-es-nicht" text="mehr dazu" %}').render(Context())
    assert html == '<a class="method-link" href="/methoden/#gibt-es-nicht">mehr dazu</a>'


def test_document_is_read_from_the_repository():
    assert methods.document_text().startswith("# Methoden")
