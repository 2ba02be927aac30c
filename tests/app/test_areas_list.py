"""The list of neighbourhoods: every area of a level once, under its Stadtbezirk, with a way to its profile."""

import re

import pytest

from areas.models import Area

pytestmark = pytest.mark.django_db

COUNTS = {"stadtbezirk": 12, "sozialraum": 39, "bezirk": 62, "unterbezirk": 170}


def page(client, query=""):
    response = client.get(f"/gebiete/{query}")
    assert response.status_code == 200
    return response.content.decode()


def table(content):
    return re.search(r"<table.*?</table>", content, re.DOTALL).group()


def test_without_areas_the_page_says_so(client):
    response = client.get("/gebiete/")
    assert response.status_code == 503
    assert "noch keine Gebiete" in response.content.decode()


@pytest.mark.parametrize(("level", "count"), COUNTS.items())
def test_every_area_of_the_level_is_listed_once(dortmund, client, level, count):
    linked = re.findall(rf'<a href="/gebiete/{level}/(\w+)/">', table(page(client, f"?ebene={level}")))
    assert len(linked) == len(set(linked)) == count
    assert set(linked) == set(Area.objects.in_force().at_level(level).values_list("code", flat=True))


def test_the_reporting_level_comes_first_and_an_unknown_level_gives_it_too(dortmund, client):
    assert table(page(client)) == table(page(client, "?ebene=sozialraum")) == table(page(client, "?ebene=%27quatsch"))


def test_areas_stand_under_their_stadtbezirk(dortmund, client):
    groups = table(page(client)).split('<tr class="group"')[1:]
    assert len(groups) == 12
    north = next(group for group in groups if "Innenstadt-Nord" in group)
    assert re.findall(r'href="/gebiete/sozialraum/(\d+)/"', north) == ["021", "022", "023"]


def test_row_shows_inhabitants_leading_indicator_parts_and_plan(dortmund, client):
    row = next(r for r in re.findall(r'<tr role="row">.*?</tr>', table(page(client)), re.DOTALL) if "/023/" in r)
    assert "(13.570)" in row
    assert "(34,6)\u202f%" in row
    assert "Aktionsraum" in row
    assert re.search(r"</span>2</td>", row)


def test_thirteen_action_areas_and_two_quarters_are_marked(dortmund, client):
    badges = re.findall(r'badge--plan">(.*?)</span>', table(page(client)))
    assert badges.count("Aktionsraum") == 13
    assert sorted(b for b in badges if b != "Aktionsraum") == [
        "Aktionsquartier Meylantviertel",
        "Aktionsquartier Wambeler Heide",
    ]


def test_the_map_links_every_area(dortmund, client):
    overview = re.search(r'<svg class="locator".*?</svg>', page(client), re.DOTALL).group()
    assert len(re.findall(r'<a href="/gebiete/sozialraum/\d+/" tabindex="-1">', overview)) == 39
    assert overview.count("is-plan") == 15


@pytest.mark.parametrize("level", COUNTS)
def test_few_queries_whatever_the_level(dortmund, client, django_assert_max_num_queries, level):
    page(client, f"?ebene={level}&warm=1")
    with django_assert_max_num_queries(10):
        page(client, f"?ebene={level}")


def test_levels_and_search_work_without_script(dortmund, client):
    content = page(client, "?ebene=bezirk")
    assert re.search(r'<a href="/gebiete/\?ebene=bezirk" aria-current="page">', content)
    assert '<a href="/gebiete/">' in content
    assert '/suche/" method="get"' in content
