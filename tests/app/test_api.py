"""The public interface: complete, clear about mistakes, readable from anywhere, kept until public data change."""

import json

import pytest
from django.core.cache import caches
from django.test import Client

from indicators.models import Figure, Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

FIGURES = "figures/?indicator=transferleistungsquote&level=sozialraum&period=2024"
ADDRESSES = {
    "": 1,
    "levels/": 2,
    "areas/?level=unterbezirk": 3,
    "areas.geojson?level=stadtbezirk": 3,
    "areas/sozialraum/023/": 3,
    "indicators/": 3,
    "indicators/einwohner/": 6,
    FIGURES: 7,
    "groups/?level=sozialraum&areas=041,042,043": 8,
    "releases/": 3,
    "action-areas/": 2,
}


def ask(path: str, **headers):
    return Client().get(f"/api/v1/{path}", headers=headers)


@pytest.mark.parametrize("path", ADDRESSES)
def test_answers_take_few_queries_and_the_second_time_one(path, django_assert_max_num_queries):
    with django_assert_max_num_queries(ADDRESSES[path]):
        first = ask(path)
    assert first.status_code == 200
    with django_assert_max_num_queries(1):
        again = ask(path)
    assert again.content == first.content
    assert ask(path, if_none_match=first["ETag"]).status_code == 304


@pytest.mark.parametrize("path", [*ADDRESSES, "wo/?lat=51.5&lon=7.47", "levels/nope", "areas/?level=x"])
def test_scripts_of_other_sites_may_read(path):
    assert ask(path)["Access-Control-Allow-Origin"] == "*"


def test_nothing_can_be_written():
    for method in ("post", "put", "patch", "delete"):
        answer = getattr(Client(), method)("/api/v1/levels/")
        assert answer.status_code == 405
    assert Client().head("/api/v1/levels/").status_code == 200


def test_levels_from_the_city_down_with_their_number_of_areas():
    found = [(level["slug"], level["areas"]) for level in ask("levels/").json()]
    assert found == [("stadt", 1), ("stadtbezirk", 12), ("sozialraum", 39), ("bezirk", 62), ("unterbezirk", 170)]


def test_areas_say_how_sure_their_composition_is():
    found = {area["code"]: area for area in ask("areas/?level=sozialraum").json()}
    assert len(found) == 39
    assert found["092"]["certainty"] == "assumed"
    assert found["023"]["parent"] == {"level": "stadtbezirk", "code": "02"}
    assert ask("areas/sozialraum/023/").json()["parts"] == ["061", "062"]


def test_boundaries_are_wgs84_and_have_full_detail():
    answer = ask("areas.geojson?level=unterbezirk")
    assert answer["Content-Type"].startswith("application/geo+json")
    features = answer.json()["features"]
    assert len(features) == 170
    lon, lat = features[0]["geometry"]["coordinates"][0][0][0]
    assert 7.3 < lon < 7.7 and 51.4 < lat < 51.7
    assert isinstance(features[0]["id"], str)
    corners = sum(len(r) for f in features for p in f["geometry"]["coordinates"] for r in p)
    stored = sum(figure.num_points for figure in _geometries("unterbezirk"))
    assert corners == stored


def _geometries(level):
    from areas.models import Area

    return [area.geometry for area in Area.objects.in_force().at_level(level)]


def test_figures_are_the_published_ones():
    answer = ask(FIGURES).json()
    assert len(answer["figures"]) == 39
    stored = Figure.objects.current().at_level("sozialraum").for_period("2024")
    stored = stored.filter(edition__indicator__slug="transferleistungsquote")
    by_code = {figure["area"]: figure for figure in answer["figures"]}
    for figure in stored.select_related("area"):
        found = by_code[figure.area.code]
        assert (found["value"], found["status"], found["rank"]) == (float(figure.value), figure.status, figure.rank)
    assert answer["city"][0]["name"] == "Dortmund"
    assert by_code["022"]["sign"] == "( )"


def test_missing_is_null_with_a_sign_and_never_zero():
    answer = ask("figures/?indicator=hilfen_in_der_familie&level=sozialraum").json()
    missing = [figure for figure in answer["figures"] if figure["status"] == "missing"]
    assert len(missing) == 29
    assert all(figure["value"] is None and figure["sign"] == "." and figure["rank"] is None for figure in missing)


def test_joint_values_name_their_partners():
    answer = ask("figures/?indicator=arbeitslosenquote&level=unterbezirk&period=2024").json()
    joint = [figure for figure in answer["figures"] if figure["status"] == "joint"]
    assert joint and all(figure["joint_with"] and figure["sign"] == "J" for figure in joint)


@pytest.mark.parametrize(
    ("path", "parameter", "found"),
    [
        ("areas/?level=kreis", "level", "kreis"),
        ("areas.geojson", "level", ""),
        ("areas/?on=gestern", "on", "gestern"),
        ("figures/?level=sozialraum", "indicator", ""),
        ("figures/?indicator=einwohner&level=x", "level", "x"),
        ("figures/?indicator=einwohner&level=sozialraum&period=1900", "period", "1900"),
        ("wo/?lat=51.5", "lon", ""),
        ("wo/?lat=nan&lon=7", "lat", "nan"),
        ("wo/?lat=99&lon=7", "lat", "99"),
        ("areas/?ebene=sozialraum", "ebene", "sozialraum"),
        ("figures/?indicator=einwohner&level=sozialraum&year=2018", "year", "2018"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_was_found_and_expected(path, parameter, found):
    answer = ask(path)
    assert answer.status_code == 400
    told = answer.json()
    assert (told["parameter"], told["found"]) == (parameter, found)
    assert told["expected"] and parameter in told["detail"]
    assert "Erwartet" in told["detail"] or "Mögliche Parameter" in told["detail"]


def test_answers_about_a_certain_day_fill_no_memory():
    for year in range(2000, 2010):
        assert ask(f"areas.geojson?level=stadtbezirk&on={year}-01-01").status_code == 200
    assert len(caches["pages"]._cache) == 0


@pytest.mark.parametrize("path", ["nope", "areas/sozialraum/999/", "indicators/nope/"])
def test_unknown_things_are_told_in_german_as_json(path):
    answer = ask(path)
    assert answer.status_code == 404
    assert "gibt es" in answer.json()["detail"]


def test_a_point_answers_with_its_area_on_every_level_and_is_not_kept():
    answer = ask("wo/?lat=51.5285&lon=7.4790")
    assert answer["Cache-Control"] == "no-store"
    assert [area["level"] for area in answer.json()["areas"]] == [
        "stadt",
        "stadtbezirk",
        "sozialraum",
        "bezirk",
        "unterbezirk",
    ]
    outside = ask("wo/?lat=52.52&lon=13.40").json()
    assert outside["inside"] is False and outside["areas"] == []


def test_action_areas_of_any_day():
    def names(day):
        return {entry["area"] for entry in ask(f"action-areas/?on={day}").json() if entry["kind"] == "aktionsraum"}

    before, after = names("2021-04-12"), names("2021-04-13")
    assert len(before) == len(after) == 13
    assert before - after == {"053", "064"} and after - before == {"014", "103"}
    since = {entry["since"] for entry in ask("action-areas/?on=2010-01-01").json()}
    assert since == {"2008"}


def test_only_published_releases_are_told():
    Release.objects.create(slug="geheim", title="Noch geheim")
    assert [release["slug"] for release in ask("releases/").json()] == ["2026-1"]


def test_the_description_for_machines_is_complete(django_assert_max_num_queries):
    described = json.loads(ask("schema/").content)
    for path in ("levels/", "areas/", "areas.geojson", "indicators/", "figures/", "releases/", "action-areas/", "wo/"):
        assert f"/api/v1/{path}" in described["paths"]
    needed = {p["name"] for p in described["paths"]["/api/v1/figures/"]["get"]["parameters"] if p.get("required")}
    assert needed == {"indicator", "level"}


def test_too_many_computed_answers_are_refused_politely(monkeypatch):
    from django.core.cache import cache

    from dortmund_sozial.throttling import ByVisitor

    cache.clear()  # whoever asked in an earlier test
    monkeypatch.setattr(ByVisitor, "THROTTLE_RATES", {"anon": "3/minute"})
    answers = [ask(f"wo/?lat=51.{number}&lon=7.4", x_forwarded_for="198.51.100.7") for number in range(1, 6)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1]["Retry-After"]
