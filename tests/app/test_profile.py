"""Profiles of areas on every level: complete, honest about gaps, in a fixed number of queries."""

import csv
import html
import io
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from actionplan.models import ActionArea
from areas.models import Area
from areas.selectors import neighbours
from atlas.profile import area_profile
from indicators.models import Indicator
from indicators.statuses import Status

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]

EXAMPLES = [
    ("stadt", "05913000"),
    ("stadtbezirk", "02"),
    ("sozialraum", "023"),
    ("bezirk", "26"),
    ("unterbezirk", "671"),
]


def page(client, level, code, query=""):
    response = client.get(f"/gebiete/{level}/{code}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def text(markup):
    """What a reader sees, with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def row(profile, slug):
    return next(r for r in profile.figures.rows if r.indicator.slug == slug)


def table_row(markup, slug):
    return re.search(rf'<tr role="row" id="{slug}">.*?</tr>', markup, re.DOTALL).group()


@pytest.mark.parametrize(("level", "code"), EXAMPLES)
def test_every_level_has_profiles_with_all_its_indicators(client, level, code):
    content = page(client, level, code)
    expected = Indicator.objects.published().filter(levels__slug=level)
    assert sorted(re.findall(r'<tr role="row" id="(\w+)"', content)) == sorted(i.slug for i in expected)
    assert Area.objects.get(level__slug=level, code=code).name in re.search(r"<h1>(.*?)</h1>", content).group(1)


@pytest.mark.parametrize(("level", "code"), EXAMPLES)
def test_at_most_17_queries_whatever_the_number_of_indicators(client, django_assert_max_num_queries, level, code):
    page(client, level, code, "?drawings=warm")
    with django_assert_max_num_queries(17):
        page(client, level, code)


def test_areas_of_every_level_have_a_profile(client):
    """All of the upper levels, every tenth of the 232 small ones."""
    keys = sorted(Area.objects.in_force().values_list("level__slug", "code"))
    assert len(keys) == 284
    small = [key for key in keys if key[0] in {"unterbezirk", "bezirk"}]
    chosen = [key for key in keys if key not in small] + small[::10]
    assert len(chosen) == 52 + 24
    answers = {key: client.get(reverse("atlas:profile", args=key)).status_code for key in chosen}
    assert set(answers.values()) == {200}


@pytest.mark.parametrize("path", ["sozialraum/999", "sozialraum/23", "gibtesnicht/023", "sozialraum/023'--"])
def test_unknown_level_or_code_is_a_404_with_search(client, path):
    response = client.get(f"/gebiete/{path}/")
    assert response.status_code == 404
    assert 'role="search"' in response.content.decode()
    assert client.get(f"/gebiete/{path}/kennwerte.csv").status_code == 404


def test_value_city_rank_and_change_stand_in_the_row():
    found = row(area_profile("sozialraum", "023"), "transferleistungsquote")
    assert (found.value, found.status, found.city.value) == (Decimal("34.6"), Status.ESTIMATED, Decimal("15.4"))
    assert (found.figure.rank, found.figure.rank_of, len(found.spread)) == (2, 39, 39)
    assert (found.change, found.since.code) == (Decimal("-8.2"), "2018")
    assert list(found.spread) == sorted(found.spread)


def test_row_is_written_with_sign_unit_and_words(client):
    written = table_row(page(client, "sozialraum", "023"), "transferleistungsquote")
    assert "(34,6)\u202f%" in written
    assert "geschätzt 34,6 Prozent der Bevölkerung" in written
    assert "2. von 39" in text(written)
    assert "−8,2" in text(written)
    assert "/karte/?indikator=transferleistungsquote&amp;ebene=sozialraum&amp;zeit=2024&amp;gebiet=023" in written


def test_missing_values_are_rows_with_a_sign_and_never_a_zero(client):
    profile = area_profile("sozialraum", "023")
    missing = row(profile, "hilfen_in_der_familie")
    assert (missing.value, missing.status, missing.change) == (None, Status.MISSING, None)
    written = table_row(page(client, "sozialraum", "023"), "hilfen_in_der_familie")
    assert '<span aria-hidden="true">.</span>' in written
    assert "kein Wert bekannt" in written
    assert 'class="here"' not in written
    assert "von" not in text(re.search(r'class="num rank">(.*?)</td>', written, re.DOTALL).group(1))


def test_period_stands_in_the_row_only_where_it_differs(client):
    content = page(client, "sozialraum", "023")
    assert "Stand 2024, wo nichts anderes steht" in text(content)
    assert "2018" in text(table_row(content, "frauenanteil"))
    assert not re.search(r'</a> <span class="caption">\d{4}', table_row(content, "durchschnittsalter"))


def test_a_break_in_the_series_forbids_a_change_and_is_said(client):
    found = row(area_profile("sozialraum", "023"), "einpersonenhaushalte_ab_65")
    assert (found.change, found.series_break.period.code) == (None, "2024")
    content = page(client, "sozialraum", "023")
    written = table_row(content, "einpersonenhaushalte_ab_65")
    assert "nicht vergleichbar" in text(written) and 'title="Bruch in der Reihe ab 2024"' in written
    assert found.series_break.reason.rstrip(".") in html.unescape(content)


def test_joint_values_name_their_partners_and_are_not_compared_with_the_time_before(client):
    found = row(area_profile("unterbezirk", "671"), "transferleistungsquote")
    assert found.joint_codes == ("671", "676", "677")
    assert found.other_extent
    assert found.change is None
    content = page(client, "unterbezirk", "671")
    assert "6,8\u202f%\u00a0J" in table_row(content, "transferleistungsquote")
    assert "gelten gemeinsam mit Löttringhausen-Nord 676, Löttringhausen-Süd 677." in text(content)


def test_counted_inhabitants_lead_while_they_are_recent(client):
    facts = re.compile(r'<dl class="key-figures">.*?</dl>', re.DOTALL)
    assert "Einwohner 13.570 13.570 Menschen 31.12.2023" in text(
        facts.search(page(client, "sozialraum", "023")).group()
    )
    old = text(facts.search(page(client, "sozialraum", "053")).group())
    assert "(8.816)" in old
    assert "31.12.2024, geschätzt" in old


def test_the_city_has_no_rank_and_shows_the_range_of_the_reporting_level(client):
    profile = area_profile("stadt", "05913000")
    found = row(profile, "transferleistungsquote")
    assert len(found.spread) == 39
    content = page(client, "stadt", "05913000")
    assert "Rang" not in text(content)
    written = table_row(content, "transferleistungsquote")
    assert 'class="city"' in written
    assert 'class="here"' not in written


@pytest.mark.parametrize(
    ("level", "code", "said"),
    [
        ("sozialraum", "023", ["Aktionsraum seit 2008"]),
        ("sozialraum", "014", ["Aktionsraum seit 13.04.2021"]),
        ("sozialraum", "053", ["Aktionsquartier Wambeler Heide, seit 13.04.2021", "War Aktionsraum von 2008 bis 13.04.2021"]),
        ("unterbezirk", "061", ["Liegt im Aktionsraum Borsigplatz, seit 2008"]),
        ("unterbezirk", "262", ["Teilweise im Aktionsquartier Wambeler Heide, seit 13.04.2021"]),
        ("unterbezirk", "341", ["Teilweise im Aktionsquartier Meylantviertel, seit 13.04.2021"]),
        ("stadt", "05913000", ["13 Aktionsräume und 2 Aktionsquartiere"]),
    ],
)  # fmt: skip
def test_the_plan_is_named_where_it_concerns_the_area(client, level, code, said):
    content = text(page(client, level, code))
    for sentence in said:
        assert sentence in content


def test_an_area_outside_the_plan_has_no_plan_card(client):
    assert area_profile("sozialraum", "104").plan == ()
    assert "card--plan" not in page(client, "sozialraum", "104")


def test_a_membership_that_ends_is_told_in_the_past(client):
    ActionArea.objects.filter(name="Borsigplatz").update(valid=("2008-01-01", "2020-01-01"), end_decision="Beschluss X")
    content = text(page(client, "sozialraum", "023"))
    assert "War Aktionsraum von 2008 bis 01.01.2020 Beschluss X" in content


@pytest.mark.parametrize(("level", "code"), EXAMPLES)
def test_neighbours_are_those_that_share_a_border_in_the_database(level, code):
    profile = area_profile(level, code)
    assert {c for c, _name in profile.neighbours} == {ref.code for ref in neighbours(profile.area)}


def test_parts_parents_and_places_are_linked(client):
    content = page(client, "sozialraum", "023")
    for path in ("unterbezirk/061/", "unterbezirk/062/", "stadtbezirk/02/", "stadt/05913000/", "sozialraum/022/"):
        assert f'href="/gebiete/{path}"' in content
    assert "Kindertageseinrichtung 8" in text(content)
    assert area_profile("stadt", "05913000").facility_count == 1150


def test_certainty_of_the_composition_is_said(client):
    assert "ist eine Annahme. Name nicht gefunden" in text(page(client, "sozialraum", "104"))
    assert "aus Veröffentlichungen abgeleitet" in text(page(client, "sozialraum", "053"))
    assert "Die Grenze ist veröffentlicht" in text(page(client, "unterbezirk", "671"))


def test_long_names_may_break_behind_their_slashes(client):
    content = page(client, "sozialraum", "091")
    assert "<h1>Barop/<wbr>Brünninghausen/<wbr>Hombruch</h1>" in content


def test_names_are_escaped(client):
    Area.objects.filter(level__slug="sozialraum", code="023").update(name="<script>alert(1)</script>")
    assert "<script>alert" not in page(client, "sozialraum", "023")


def test_csv_opens_in_german_spreadsheets(client):
    response = client.get("/gebiete/sozialraum/023/kennwerte.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "kennwerte-sozialraum-023.csv" in response["Content-Disposition"]
    assert response.content.startswith(b"\xef\xbb\xbf")
    records = {
        r["indikator"]: r for r in csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";")
    }
    quote = records["transferleistungsquote"]
    assert (quote["wert"], quote["status"], quote["stadt"]) == ("34,6", "estimated", "15,4")
    assert (quote["gebiet"], quote["rang"], quote["von"], quote["zeit"]) == ("023", "2", "39", "2024")
    missing = records["hilfen_in_der_familie"]
    assert (missing["wert"], missing["status"], missing["zeichen"], missing["rang"]) == ("", "missing", ".", "")


def test_english_page_writes_numbers_the_english_way(client):
    with translation.override("en"):
        content = client.get("/en/gebiete/sozialraum/023/").content.decode()
    assert "(34.6)\u202f%" in content
    assert "+0.5" in content


def test_page_is_kept_until_public_data_change(client, django_assert_num_queries):
    first = client.get("/gebiete/sozialraum/023/")
    with django_assert_num_queries(1):
        again = client.get("/gebiete/sozialraum/023/")
    assert again.content == first.content
    Area.objects.filter(level__slug="sozialraum", code="023").update(name="Anderer Name")
    assert "Anderer Name" in page(client, "sozialraum", "023")


def test_no_inline_styles_or_scripts(client):
    content = page(client, "sozialraum", "023")
    assert " style=" not in content
    assert not re.search(r"<script(?![^>]*\bsrc=)", content)


def test_a_count_is_not_set_beside_the_total_of_the_city(client):
    content = page(client, "sozialraum", "023")
    cell = re.search(r'class="num city">(.*?)</td>', table_row(content, "einwohner"), re.DOTALL).group(1)
    assert cell == ""
    share = re.search(r'class="num city">(.*?)</td>', table_row(content, "transferleistungsquote"), re.DOTALL).group(1)
    assert "15,4" in text(share)


def test_the_page_of_the_city_is_named_without_its_key(client):
    content = page(client, "stadt", "05913000")
    assert "Stadt 05913000" not in text(content)
