"""Two indicators against each other: the published pairs, scipy's coefficients, and nothing hidden."""

import csv
import io
import re

import pytest
import scipy.stats

from indicators.models import Figure, Indicator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
PATH = "/zusammenhang/?x=transferleistungsquote&y=gymnasialempfehlungen&ebene=sozialraum&zeit=2018"


def published(slug, level, period):
    found = Figure.objects.current().filter(edition__indicator__slug=slug, value__isnull=False)
    return dict(found.at_level(level).for_period(period).values_list("area__code", "value"))


def test_coefficients_are_scipys_of_the_published_pairs(client):
    x, y = (published(slug, "sozialraum", "2018") for slug in ("transferleistungsquote", "gymnasialempfehlungen"))
    both = sorted({*x} & {*y})
    pairs = [float(x[c]) for c in both], [float(y[c]) for c in both]
    page = client.get(PATH).content.decode()
    shown = re.findall(r'<div class="key-figure"><dt>.*?</dt><dd>(.*?)</dd>', page)
    written = [
        f"{c.statistic:.2f}".replace(".", ",").replace("-", "−")
        for c in (scipy.stats.pearsonr(*pairs), scipy.stats.spearmanr(*pairs))
    ]
    assert shown == [*written, str(len(both))]


def test_points_are_links_and_areas_without_a_value_are_named(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        page = client.get(PATH).content.decode()
    assert page.count("<circle ") == 38 and page.count('<circle class="scatter__point is-plan"') >= 10
    assert 'href="/gebiete/sozialraum/023/" aria-label="Borsigplatz: Transferleistungsquote' in page
    assert "1 Gebiet hat nicht beide Werte und fehlt im Diagramm: Derne/Hostedde/Grevel/Kirchderne" in page
    with django_assert_max_num_queries(1):
        client.get(PATH)


def test_what_it_cannot_say_is_said(client):
    page = client.get(PATH).content.decode()
    assert "Ein Zusammenhang ist keine Ursache." in page and "muss nicht für Menschen gelten" in page
    assert "/methoden/#zusammenhang-zweier-indikatoren" in page


def test_joint_areas_are_one_point(client):
    page = client.get(
        "/zusammenhang/?x=transferleistungsquote&y=arbeitslosenquote&ebene=unterbezirk&zeit=2024"
    ).content.decode()
    assert page.count("<circle ") == 145


def test_swapping_the_axes_keeps_the_coefficients(client):
    page = client.get(PATH).content.decode()
    link = re.search(r'href="([^"]+)">Achsen tauschen', page).group(1).replace("&amp;", "&")
    other = client.get(link).content.decode()
    found = [re.findall(r"<dt>(?:Pearson|Spearman)</dt><dd>(.*?)</dd>", text) for text in (page, other)]
    assert found[0] == found[1] and "<h1>Gymnasialempfehlungen und Transferleistungsquote</h1>" in other


def test_counts_are_not_offered(client):
    page = client.get("/zusammenhang/").content.decode()
    counts = [i.slug for i in Indicator.objects.published() if i.is_count]
    assert counts and not any(f'<option value="{slug}"' in page for slug in counts)


@pytest.mark.parametrize("query", ["x=unfug", "y=einwohner", "ebene=mond", "zeit=1999"])
def test_what_cannot_be_shown_is_said(client, query):
    answer = client.get(f"/zusammenhang/?{query}")
    assert answer.status_code == 400 and "Erwartet" in answer.content.decode()
    assert client.get(f"/zusammenhang/zusammenhang.csv?{query}").status_code == 400


def test_table_to_take_away(client):
    text = client.get(PATH.replace("/?", "/zusammenhang.csv?")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    x = published("transferleistungsquote", "sozialraum", "2018")
    assert len(rows) == 39
    assert {r["gebiet"]: float(r["wert_x"].replace(",", ".")) for r in rows} == {c: float(v) for c, v in x.items()}
    assert [r["name"] for r in rows if not r["wert_y"]] == ["Derne/Hostedde/Grevel/Kirchderne"]


def test_interface_says_the_same(client):
    query = "x=transferleistungsquote&y=gymnasialempfehlungen&level=sozialraum&period=2018"
    found = client.get("/api/v1/correlation/?" + query).json()
    assert (found["n"], round(found["pearson"], 2), found["period"], len(found["pairs"])) == (38, -0.78, "2018", 39)
    assert [pair["name"] for pair in found["pairs"] if pair["y"] is None] == ["Derne/Hostedde/Grevel/Kirchderne"]
    for wrong in ("x=unfug&y=arbeitslosenquote", "x=arbeitslosenquote", query + "&release=unfug"):
        assert client.get("/api/v1/correlation/?" + wrong).status_code == 400


def test_states_and_english(client):
    assert client.get(PATH + "&stand=2026-1").status_code == 200
    assert "neueste Stand" in client.get(PATH + "&stand=unfug").content.decode()
    assert client.get("/zusammenhang/zusammenhang.csv?stand=unfug").status_code == 400
    page = client.get("/en" + PATH).content.decode()
    assert "Correlation is not cause." in page and "Ursache" not in page


def test_same_indicator_twice_is_perfectly_correlated(client):
    page = client.get("/zusammenhang/?x=transferleistungsquote&y=transferleistungsquote").content.decode()
    assert "<dd>1,00</dd>" in page
