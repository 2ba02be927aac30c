"""The page on what changed in the areas of the plan: recomputed from the public figures, and never a causal claim."""

import datetime
import re
from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest
from django.conf import settings

from atlas.effect_drawing import effect_drawing
from atlas.selectors.effect import effect_page
from indicators.definitions import defined_screenings, screened_indicators
from indicators.models import Figure, Indicator, Period, SeriesBreak

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]
PATH = "/aktionsplan/wirkung/"
TODAY = datetime.date(2026, 11, 27)
IN_PLAN = {"013", "014", "021", "022", "023", "042", "043", "053", "054", "064", "082", "102", "103", "121", "123"}
JOINED_LATER = ["014", "103"]


def text_of(client, path=PATH):
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\xa0", " ").split())


def values(slug, period):
    found = Figure.objects.current().filter(
        edition__indicator__slug=slug, period__code=period, area__level__slug="sozialraum", value__isnull=False
    )
    return {code: float(value) for code, value in found.values_list("area__code", "value")}


def by_numpy(code, slug="transferleistungsquote"):
    """Difference and usual range of an area, by the formula in docs/methods.md."""
    slugs = sorted({i.slug for defined in defined_screenings() for i in defined.indicators})
    before = {s: values(s, "2018") for s in slugs}
    after = values(slug, "2024")
    change = {c: after[c] - before[slug][c] for c in after if c in before[slug]}
    others = sorted(c for c in change if c not in IN_PLAN and all(c in of for of in before.values()))

    def difference(one, rest):
        table = np.array([[before[s][c] for s in slugs] for c in [one, *rest]])
        table = table / table.std(axis=0)
        order = np.argsort(np.sqrt(((table[1:] - table[0]) ** 2).sum(axis=1)), kind="stable")[:5]
        return change[one] - fmean(change[rest[i]] for i in order)

    chance = [difference(o, [x for x in others if x != o]) for o in others]
    return difference(code, others), np.quantile(chance, 0.05), np.quantile(chance, 0.95), len(others)


def written(number):
    return f"{number:+.1f}".replace(".", ",").replace("-", "−")


@pytest.mark.parametrize("code", JOINED_LATER)
def test_difference_and_usual_range_are_numpys(client, code):
    difference, low, high, count = by_numpy(code)
    name = {"014": "Dorstfeld", "103": "Bövinghausen/ Westrich"}[code]
    shown = text_of(client).split(f"{name} Aktionsraum seit", 1)[1].split("Ähnliche Gebiete", 1)[0]
    assert f"Unterschied {written(difference)} Prozentpunkte" in shown
    assert f"ohne Plan üblich {written(low)} bis {written(high)} Prozentpunkte" in shown
    assert ("größer, als unter Gebieten ohne Plan" in shown) == (not low <= difference <= high)
    assert f"{count} Sozialräume, die nie zum Plan gehörten" in text_of(client)


def test_areas_of_2008_are_compared_with_the_city_only_and_it_says_why(client):
    shown = text_of(client)
    table = shown.split("Verglichen nur mit der Stadt", 1)[1]
    assert "Aus der Zeit davor kennt das Portal keine Zahlen" in table
    assert "Borsigplatz" in table and "Dorstfeld " not in table.replace("Dorstfelder", "")


def test_it_never_claims_a_cause(client):
    shown = text_of(client)
    assert "Diese Zahlen zeigen keine Wirkung und keine Wirkungslosigkeit." in shown
    assert not re.search(r"(durch|wegen|dank) (des|den|dem) (Aktionsplans?|Plans?)\b", shown)


def test_every_indicator_of_the_rules_can_be_chosen(client):
    page = client.get(PATH).content.decode()
    slugs = re.findall(r'<option value="([a-z_0-9]+)"', page)
    assert len(slugs) == 5
    for slug in slugs:
        assert f'<option value="{slug}" selected>' in client.get(f"{PATH}?indikator={slug}").content.decode()


def test_an_indicator_that_is_none_of_these_is_said(client):
    response = client.get(f"{PATH}?indikator=quatsch")
    assert response.status_code == 400
    assert "quatsch" in response.content.decode()


def test_nothing_is_compared_across_a_break(client):
    SeriesBreak.objects.create(
        indicator=Indicator.objects.get(slug="transferleistungsquote"),
        period=Period.objects.get(code="2024"),
        reason="Anders gezählt",
        reason_en="Counted otherwise",
    )
    assert "Für einen Vergleich braucht es Zahlen aus zwei Jahren." in text_of(client)


def test_takes_few_queries_and_the_second_time_one(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        client.get(PATH)
    with django_assert_max_num_queries(1):
        client.get(PATH)


def test_the_example_of_the_methods_is_what_the_page_shows(client):
    chapter = (settings.BASE_DIR / "docs" / "methods.md").read_text(encoding="utf-8")
    example = (
        chapter.split("## Aktionsräume im Vergleich", 1)[1].split("**Beispiel.**", 1)[1].split("**Grenzen.**", 1)[0]
    )
    difference, low, high, count = by_numpy("014")
    for words in (
        f"Unterschied, {written(difference)} ",
        f"{written(low)} bis {written(high)} ",
        f"den {count} Sozialräumen",
    ):
        assert words in " ".join(example.split()), words
    shown = text_of(client)
    for change in re.findall(r"um ([−+]\d,\d)", example):
        assert f"{change} Prozentpunkte" in shown


def test_areas_that_left_stand_beside_the_city_and_are_not_counted(client):
    shown = text_of(client)
    table = shown.split("Verglichen nur mit der Stadt", 1)[1]
    before, after = values("transferleistungsquote", "2018"), values("transferleistungsquote", "2024")
    for name, code in (("Alt-Scharnhorst", "053"), ("Wickede", "064")):
        row = table.split(name, 1)[1].split("Stadt", 1)[0]
        assert "ausgeschieden am 13.04.2021, oben nicht mitgezählt" in row
        assert written(after[code] - before[code]) in row
    page = effect_page(Indicator.objects.get(slug="transferleistungsquote"), screened_indicators(), on=TODAY)
    assert {one.area.code for one in page.left} == {"053", "064"}
    assert not {"053", "064"} & {one.area.code for one in page.developments}


def test_similar_areas_whose_start_is_far_away_are_said_to_be_only_the_least_unlike(client):
    page = effect_page(Indicator.objects.get(slug="transferleistungsquote"), screened_indicators(), on=TODAY)
    before = values("transferleistungsquote", "2018")
    spread = np.std([value for code, value in before.items() if code not in IN_PLAN])
    far = {}
    for one in page.matched:
        like = fmean(before[code] for code in one.beside.like)
        far[one.area.code] = abs(before[one.area.code] - like) > spread
        assert one.like_is_far == far[one.area.code]
    said = text_of(client).count("Ähnlich heißt hier nur: am wenigsten unähnlich.")
    assert said == sum(far.values()) and set(far) == set(JOINED_LATER)


def test_the_drawing_shows_every_action_area_with_both_values_from_high_to_low(client):
    page = client.get(PATH).content.decode().split('id="auf-einen-blick"', 1)[1].split("</section>", 1)[0]
    rows = re.findall(r'gebiete/(\d{3})/".*?aria-label="([^"]+)"', page)
    before, after = values("transferleistungsquote", "2018"), values("transferleistungsquote", "2024")
    assert {code for code, _label in rows} == IN_PLAN - {"053", "064"}
    assert [code for code, _label in rows] == sorted((code for code, _l in rows), key=lambda code: -after[code])
    for code, label in rows:
        earlier, later = label.replace("\xa0", " ").split("; ")
        assert f"{before[code]:.1f}".replace(".", ",") in earlier and earlier.startswith("2018: ")
        assert f"{after[code]:.1f}".replace(".", ",") in later and later.startswith("2024: ")


def test_the_drawing_joins_nothing_that_may_not_be_compared():
    page = effect_page(Indicator.objects.get(slug="transferleistungsquote"), screened_indicators(), on=TODAY)
    whole, apart, lost = sorted(page.developments, key=lambda one: -one.after.value)[:3]
    changed = [replace(lost, after=None, change=None), replace(apart, change=None), whole]
    rows = effect_drawing(replace(page, developments=changed)).rows
    assert [row.area for row in rows] == [whole.area, apart.area, lost.area]
    assert ["dumbbell__way" in row.drawing for row in rows] == [True, False, False]
    assert [row.is_open for row in rows] == [False, True, True]
    assert "2024: kein Wert bekannt; nicht vergleichbar" in rows[2].drawing
    assert effect_drawing(replace(page, developments=[])) is None
