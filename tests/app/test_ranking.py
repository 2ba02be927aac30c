"""The ranking: in order, with the city among the areas, honest about what is missing or not comparable."""

import re

import pytest

from areas.models import Area
from indicators.actions import publish_release
from indicators.models import Figure, Indicator, Period, Release, SeriesBreak, Value

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
PATH = "/rangliste/transferleistungsquote/"


def rows(page):
    body = page.split("<tbody>", 1)[1]
    found = re.findall(
        r'<tr( class="city")?>\s*<td class="rank">(\d*)</td>.*?<td class="num"><a[^>]*>(.*?)<span', body, re.DOTALL
    )
    return [(bool(city), int(rank or 0), float(cell.strip("()").replace(",", "."))) for city, rank, cell in found]


def test_takes_few_queries_and_the_second_time_one(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        first = client.get(PATH + "?ebene=unterbezirk")
    with django_assert_max_num_queries(1):
        again = client.get(PATH + "?ebene=unterbezirk")
    assert again.content == first.content


def test_highest_first_with_the_city_where_it_belongs(client):
    found = rows(client.get(PATH).content.decode())
    assert len(found) == 40
    values = [value for _city, _rank, value in found]
    assert values == sorted(values, reverse=True)
    assert [rank for city, rank, _value in found if not city] == sorted(rank for city, rank, _v in found if not city)
    assert sum(city for city, _rank, _value in found) == 1


def test_lowest_first_by_link(client):
    page = client.get(PATH).content.decode()
    link = re.search(r'href="([^"]*folge=niedrigste)"', page).group(1).replace("&amp;", "&")
    values = [value for _city, _rank, value in rows(client.get(link).content.decode())]
    assert values == sorted(values)


def test_difference_and_change_are_those_of_the_published_values(client):
    page = client.get(PATH + "?zeit=2024").content.decode()
    figures = Figure.objects.current().filter(edition__indicator__slug="transferleistungsquote", area__code="022")
    now, before = (figures.at_level("sozialraum").for_period(year).get() for year in ("2024", "2018"))
    row = re.search(r">Nordmarkt</a>.*?</tr>", page, re.DOTALL).group()
    assert f"+{now.city_difference:.1f}".replace(".", ",") in row
    assert f"−{before.value - now.value:.1f}".replace(".", ",") in row
    assert "seit 2018" in page


def test_no_comparison_across_a_break(client):
    indicator = Indicator.objects.get(slug="transferleistungsquote")
    period = indicator.current_edition.periods.get(code="2024")
    SeriesBreak.objects.create(indicator=indicator, period=period, reason="Neue Zählweise.")
    page = client.get(PATH).content.decode()
    assert "seit 2018" not in page and "Neue Zählweise." in page


def test_areas_without_values_come_last_with_their_sign(client):
    page = client.get("/rangliste/hilfen_in_der_familie/").content.decode()
    known, without = page.split("Ohne Wert", 1)
    assert len(rows(known)) == 9
    assert len(re.findall(r'<td class="num"><a[^>]*>\.<span', without)) == 29


def test_counts_have_no_city_among_their_areas(client):
    found = rows(client.get("/rangliste/einwohner/").content.decode().replace(".", ""))
    assert len(found) == 39 and not any(city for city, _rank, _value in found)


def test_joint_values_name_their_partners(client):
    page = client.get("/rangliste/arbeitslosenquote/?ebene=unterbezirk&zeit=2024").content.decode()
    assert "gemeinsamer Wert mit" in page


@pytest.mark.parametrize("query", ["ebene=kreis", "zeit=1900", "folge=quer", "ebene=%01&zeit=x&folge="])
def test_what_there_is_not_is_said_and_the_rest_is_shown(client, query):
    answer = client.get(f"{PATH}?{query}")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "Erwartet:" in page and len(rows(page)) > 12


def test_values_of_the_city_alone_make_no_ranking(client):
    indicator = Indicator.objects.get(slug="kinder_mit_normalgewicht")
    city = Area.objects.in_force().at_level("stadt").get()
    indicator.levels.set([city.level])
    release = Release.objects.create(slug="nur-stadt", title="Nur die Stadt")
    of_what = {"indicator": indicator, "area": city, "period": Period.objects.get(code="2018")}
    Value.objects.create(release=release, **of_what, value="80.5", status="reported", source=city.source)
    publish_release(release=release)
    assert client.get(f"/rangliste/{indicator.slug}/").status_code == 404
    page = client.get(f"/indikatoren/{indicator.slug}/").content.decode()
    assert "/rangliste/" not in page and "kennwerte.csv" in page


def test_unknown_indicator(client):
    assert client.get("/rangliste/nichts/").status_code == 404
