"""The catalogue and the page of one indicator."""

import csv
import io
import re

import pytest

from indicators.models import Figure, Indicator, SeriesBreak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def test_the_catalogue_lists_all_and_marks_those_without_values(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        page = client.get("/indikatoren/").content.decode()
    everything = Indicator.objects.all()
    assert len(everything) >= 48
    assert all(f'href="/indikatoren/{indicator.slug}/"' in page for indicator in everything)
    assert page.count("noch ohne Werte") == everything.without_data().count() > 0
    assert "Nach Dimension" in page and "Nach Zielgruppe" in page
    assert "1987 bis 2024" in page


def test_page_of_an_indicator_takes_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        answer = client.get("/indikatoren/transferleistungsquote/")
    page = answer.content.decode()
    found = Indicator.objects.get(slug="transferleistungsquote")
    assert found.definition in page and found.source.title in page
    assert "gewichtet mit „Einwohner“" in page and "Geschätzt und deshalb in Klammern" in page
    assert page.count('<path class="class-') == 39
    assert "/karte/?indikator=transferleistungsquote" in page and "/rangliste/transferleistungsquote/" in page
    assert "Verfasst von" not in page


def test_an_indicator_without_values_offers_neither_map_nor_download(client):
    page = client.get("/indikatoren/kinder_mit_normalgewicht/").content.decode()
    assert "noch keine Werte" in page
    assert "/karte/?" not in page and "kennwerte.csv" not in page and "/rangliste/" not in page
    assert client.get("/indikatoren/kinder_mit_normalgewicht/kennwerte.csv").status_code == 404
    assert client.get("/rangliste/kinder_mit_normalgewicht/").status_code == 404


def test_availability_counts_values_not_rows(client):
    page = client.get("/indikatoren/hilfen_in_der_familie/").content.decode()
    assert "8 von 39" in page and "5 von 12" in page  # of ten, two are secret


def test_says_which_levels_are_estimated_always_or_for_some_years(client):
    page = client.get("/indikatoren/einwohner/").content.decode()
    always = page.split("Geschätzt und deshalb in Klammern:", 1)[1].split(".", 1)[0]
    sometimes = page.split("Für einige Jahre geschätzt:", 1)[1].split(".", 1)[0]
    assert "Unterbezirke" in always and "Unterbezirke" not in sometimes
    assert "Statistische Bezirke" in sometimes


def test_breaks_and_authors_limits_are_shown(client):
    indicator = Indicator.objects.get(slug="arbeitslosenquote")
    period = indicator.current_edition.periods.last()
    SeriesBreak.objects.create(indicator=indicator, period=period, reason="Neues Verfahren.")
    Indicator.objects.filter(pk=indicator.pk).update(author_breaks=["8.52", "11.83"], author_breaks_note="Atlas 2005")
    page = client.get("/indikatoren/arbeitslosenquote/").content.decode()
    assert "Bruch in der Reihe ab 2024" in page and "Neues Verfahren." in page
    assert "8,52" in page and "11,83" in page and "Atlas 2005" in page
    assert "Grenzen der Fachleute" in page


def test_the_limits_of_the_usual_classes_are_told_as_in_the_legend(client):
    edition = Indicator.objects.get(slug="transferleistungsquote").current_edition
    limits = edition.breaks["sozialraum"]["methods"]["natural"][str(edition.indicator.default_classes)]
    first, *_between, last = (f"{limit:.1f}".replace(".", ",") for limit in limits)
    page = client.get("/indikatoren/transferleistungsquote/").content.decode()
    told = page.split("Klassen der Karte", 1)[1].split("</div>", 1)[0]
    social_areas = re.sub("<.*?>", "", told.split("Sozialräume</strong>", 1)[1].split("</p>", 1)[0])
    assert social_areas.startswith(" (natürliche Grenzen): unter " + first + " · ")
    assert social_areas.endswith(last + " und mehr")
    assert social_areas.count(" · ") == edition.indicator.default_classes - 1
    assert "Stadt</strong>" not in told


def test_what_is_written_in_german_only_is_left_out_in_english(client):
    known = Indicator.objects.published().exclude(numerator="").first()
    assert known.numerator in client.get(f"/indikatoren/{known.slug}/").content.decode()
    english = client.get(f"/en/indikatoren/{known.slug}/").content.decode()
    assert "divided by" not in english and known.numerator not in english


@pytest.mark.parametrize("path", ["/indikatoren/gibt_es_nicht/", "/indikatoren/gibt_es_nicht/kennwerte.csv"])
def test_unknown_indicators_are_not_found(client, path):
    assert client.get(path).status_code == 404


def test_csv_is_a_pure_table_of_all_published_values(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        answer = client.get("/indikatoren/hilfen_in_der_familie/kennwerte.csv")
    text = answer.content.decode("utf-8")
    assert text.startswith("\ufeff") and "attachment" in answer["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(text[1:]), delimiter=";"))
    published = Figure.objects.current().filter(edition__indicator__slug="hilfen_in_der_familie")
    assert len(rows) == published.count()
    by_key = {(row["ebene"], row["gebiet"], row["zeit"]): row for row in rows}
    for figure in published.select_related("area__level", "period"):
        row = by_key[figure.area.level.slug, figure.area.code, figure.period.code]
        written = "" if figure.value is None else f"{figure.value:.1f}".replace(".", ",")
        assert row["wert"] == written
        assert (row["status"] in {"missing", "suppressed"}) == (figure.value is None)
        assert (row["zeichen"] == ".") == (figure.value is None)


def test_csv_is_the_same_in_both_languages(client):
    german = client.get("/indikatoren/frauenanteil/kennwerte.csv").content
    assert client.get("/en/indikatoren/frauenanteil/kennwerte.csv").content == german


def test_description_explains_the_table(client):
    told = client.get("/indikatoren/transferleistungsquote/beschreibung.json").json()
    assert told["einheit"] == "% der Bevölkerung" and told["gewicht"] == "Einwohner"
    assert told["status"]["zero"] == {"bedeutung": "genau null", "zeichen": "–"} and told["quelle"]["herausgeber"]


def test_target_groups_without_indicators_are_named_too(client, dortmund):
    html = client.get("/indikatoren/").content.decode()
    for name in ("Menschen mit Behinderung", "Zugewanderte Menschen", "Seniorinnen und Senioren"):
        assert name in html
    assert "noch keinen Indikator" in html
