"""`/typologie/`: table, map, profiles, changes, tree; downloads and interface say the same."""

import csv
import html
import io
import re

import pytest

from indicators.actions import publish_release
from indicators.analyses import analysis_at
from indicators.models import Indicator, Period, Release, SeriesBreak, Value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
PATH = "/typologie/"


def text(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_takes_few_queries_and_the_second_time_one(client, django_assert_max_num_queries):
    client.get(f"{PATH}?zeit=2018")  # drawings are kept
    with django_assert_max_num_queries(9):
        first = client.get(PATH)
    with django_assert_max_num_queries(1):
        assert client.get(PATH).content == first.content


def test_clusters_with_areas_words_and_2007(client):
    page = client.get(f"{PATH}?zeit=2018").content.decode()
    told = text(page)
    assert "39 Sozialräume, in 5 Gruppen geordnet." in told
    assert "Cluster 5: Nordmarkt, Borsigplatz, Hafen und Scharnhorst-Ost." in told
    assert "Cluster 5: besonders stark ausgeprägt" in told and "Cluster 1: deutlich günstiger als im Mittel" in told
    row = re.search(r">Nordmarkt</a>.*?</tr>", page, re.DOTALL).group()
    assert '<td class="num">5</td>' in row
    assert page.count('class="of-cluster') == 34 and page.count('class="above"') == 4
    assert "/methoden/#typologie" in page
    assert "Silhouette 0,37" in told and "97 %" in told


def test_who_moved_is_told_for_the_later_year_only(client):
    assert "Wer seit 2018 den Cluster gewechselt hat" in client.get(PATH).content.decode()
    told = text(client.get(PATH).content.decode())
    assert "2 von 39 Gebieten" in told and "City : von Cluster 3 nach Cluster 4 (ungünstiger)" in told
    assert "gewechselt" not in client.get(f"{PATH}?zeit=2018").content.decode()


def test_no_change_is_told_across_a_break(client):
    indicator = Indicator.objects.get(slug="arbeitslosenquote")
    SeriesBreak.objects.create(indicator=indicator, period=Period.objects.get(code="2024"), reason="Neue Zählweise.")
    again(indicator)
    told = text(client.get(PATH).content.decode())
    assert "Die Reihe ist unterbrochen bei Arbeitslosenquote" in told and "von 39 Gebieten" not in told


def clusters_of(page):
    return re.findall(
        r'id="cluster-\d"|/gebiete/sozialraum/\d+/', page.split("typology-table", 1)[1].split("</table>", 1)[0]
    )


def again(indicator):
    """A release that repeats one value, so that figures and results are computed anew."""
    value = Value.objects.filter(indicator=indicator, period__code="2018").first()
    release = Release.objects.create(slug="nochmal", title="Noch einmal")
    value.pk, value.release = None, release
    value._state.adding = True
    value.save()
    return publish_release(release=release)


def test_areas_left_out_stand_in_table_and_csv(client):
    value = Value.objects.filter(indicator__slug="arbeitslosenquote", area__code="341", period__code="2018").first()
    release = Release.objects.create(slug="geheim", title="Geheim")
    value.pk, value.release, value.value, value.status = None, release, None, "suppressed"
    value._state.adding = True
    value.save()
    publish_release(release=release)
    page = client.get(f"{PATH}?typologie=soziale-lage-unterbezirke&zeit=2018").content.decode()
    left_out = analysis_at("typologie", "soziale-lage-unterbezirke/2018").content["left_out"]
    assert left_out and "Ohne Cluster, weil Werte fehlen oder geheim sind" in page
    found = rows(client.get(f"{PATH}typologie.csv?typologie=soziale-lage-unterbezirke&zeit=2018"))
    without = {row["gebiet"] for row in found if not row["cluster"]}
    assert len(found) == 170 and without == {area["code"] for area in left_out}
    assert all(row["fehlende_merkmale"] for row in found if not row["cluster"])
    assert "dendrogram" not in page


def test_page_csv_and_interface_say_the_same(client):
    page = client.get(PATH).content.decode()
    table = rows(client.get(f"{PATH}typologie.csv"))
    (told,) = client.get("/api/v1/typologies/?typology=soziale-lage&period=2024").json()
    by_api = {area["code"]: str(area["cluster"]) for area in told["result"]["areas"]}
    assert {row["gebiet"]: row["cluster"] for row in table} == by_api
    assert {
        row["gebiet"]: (row["cluster_vorher"], row["cluster"])
        for row in table
        if row["cluster_vorher"] != row["cluster"]
    } == {"011": ("3", "4"), "031": ("3", "4")}
    found, label = {}, ""
    for name, code in re.findall(r'id="cluster-(\d)"|/gebiete/sozialraum/(\d+)/', page.split("</table>", 1)[0]):
        label = name or label
        found |= {code: label} if code else {}
    by_page = found
    assert by_page == by_api


def test_an_earlier_state_stays_and_says_so(client):
    before = client.get(PATH).content.decode()
    first = analysis_at("typologie", "soziale-lage/2024").release
    again(Indicator.objects.get(slug="arbeitslosenquote"))
    old = client.get(f"{PATH}?stand={first.slug}").content.decode()
    assert "Inzwischen gibt es einen neueren" in old and "Zum neuesten Stand" in old
    assert clusters_of(old) == clusters_of(before)
    assert client.get(f"{PATH}typologie.csv?stand={first.slug}").status_code == 200
    assert client.get(f"{PATH}typologie.csv?stand=nie").status_code == 400
    assert "Gezeigt wird der neueste Stand" in client.get(f"{PATH}?stand=nie").content.decode()


@pytest.mark.parametrize("query", ["zeit=1900", "typologie=keine", "typologie=%01&zeit=x"])
def test_what_there_is_not_is_said_and_the_rest_is_shown(client, query):
    answer = client.get(f"{PATH}?{query}")
    assert answer.status_code == 400 and "Erwartet:" in answer.content.decode()
    assert "Cluster 5" in answer.content.decode()
    assert client.get(f"{PATH}typologie.csv?{query}").status_code == 400


def test_english(client):
    told = text(client.get("/en/typologie/").content.decode())
    assert "39 social areas, ordered in 5 groups." in told and "particularly pronounced" in told


def test_profile_names_the_cluster(client):
    page = client.get("/gebiete/sozialraum/022/").content.decode()
    assert re.search(r'href="/typologie/\?typologie=soziale-lage&amp;zeit=2024#cluster-5">Cluster 5 von 5</a>', page)
    assert "profile-cluster" not in client.get("/gebiete/stadtbezirk/01/").content.decode()


def test_a_day_before_everything_shows_the_newest_with_a_remark(client):
    answer = client.get(f"{PATH}?stand=2000-01-01")
    assert answer.status_code == 200 and "noch nichts veröffentlicht" in answer.content.decode()
