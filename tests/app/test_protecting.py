"""Secrets of a release: what is hidden by itself, what beside it, over levels, breakdowns, indicators and releases."""

import pytest

from indicators.actions import PublishingError, is_prepared, prepare_release, publish_release
from indicators.actions.withdrawing import withdraw_release
from indicators.auditing import exposures
from indicators.models import Figure
from indicators.models import SecrecyRule as Rule
from tests.app.secret_city import CASES, DISTRICTS, PEOPLE, QUARTERS, cases_in, draft, indicator_of, secret_city

pytestmark = pytest.mark.django_db


def figures(slug: str = "hilfen", period: str = "2024") -> dict[tuple[str, str], Figure]:
    found = Figure.objects.filter(edition__indicator__slug=slug, period__code=period).order_by("edition__release_id")
    return {(f.area.level.slug, f.area.code): f for f in found.select_related("area__level")}


def hidden(slug: str = "hilfen", period: str = "2024") -> set[tuple[str, str]]:
    return {key for key, figure in figures(slug, period).items() if figure.status.startswith("suppressed")}


def test_a_small_count_loses_its_numbers_and_so_does_one_beside_it():
    city = secret_city()
    cases_in(release := draft(), city)
    publish_release(release=release)
    found = figures()
    assert found["viertel", "01"].status == "suppressed"
    assert found["viertel", "01"].value is found["viertel", "01"].numerator is found["viertel", "01"].rank is None
    assert found["viertel", "01"].denominator == PEOPLE["01"], "how many people live there is no secret"
    assert len(hidden()) == 2
    (other,) = hidden() - {("viertel", "01")}
    assert other[1] in DISTRICTS["1"]
    assert found[other].status == "suppressed", "which of both is the small one is not told"
    assert found["stadt", "0"].numerator == sum(CASES.values())
    assert {f.rank_of for key, f in found.items() if key[0] == "viertel" and f.rank} == {4}


def test_nothing_is_hidden_where_nothing_is_small():
    city = secret_city()
    cases_in(release := draft(), city, {**CASES, "01": 5})
    publish_release(release=release)
    assert hidden() == set()


@pytest.mark.parametrize(("counts", "minimum"), [("nothing", 5), ("people", 0)])
def test_the_catalogue_and_the_source_decide_whether_anything_is_secret(counts, minimum):
    city = secret_city()
    city["indicator"].counts = counts
    city["indicator"].save()
    Rule.objects.update(min_count=minimum)
    cases_in(release := draft(), city)
    publish_release(release=release)
    assert hidden() == set()


def test_three_is_the_minimum_of_a_source_without_a_rule():
    city = secret_city()
    Rule.objects.all().delete()
    cases_in(release := draft(), city, {**CASES, "04": 3})
    publish_release(release=release)
    assert ("viertel", "01") in hidden()
    assert ("viertel", "04") not in hidden()


def test_a_zero_is_told_unless_the_rule_says_otherwise():
    city = secret_city()
    cases_in(release := draft(), city, {**CASES, "01": 0})
    publish_release(release=release)
    assert figures()["viertel", "01"].status == "zero"
    assert hidden() == set()


def test_secret_zeros_are_hidden():
    city = secret_city()
    Rule.objects.update(zero_is_secret=True)
    cases_in(release := draft(), city, {**CASES, "01": 0})
    publish_release(release=release)
    assert figures()["viertel", "01"].status == "suppressed"


def test_a_rate_without_numerator_is_hidden_where_it_gives_a_small_count():
    city = secret_city()
    for value in cases_in(release := draft(), city):
        value.numerator = None
        value.save()
    city["indicator"].aggregation = "none"
    city["indicator"].save()
    publish_release(release=release)
    assert ("viertel", "01") in hidden()


def test_a_rate_of_few_people_is_hidden():
    city = secret_city()
    Rule.objects.update(min_population=400)
    cases_in(release := draft(), city, {**CASES, "01": 99})
    publish_release(release=release)
    assert figures()["viertel", "05"].status == "suppressed"
    assert figures()["viertel", "05"].denominator == PEOPLE["05"]


def test_few_people_are_not_told_either():
    city = secret_city()
    cases_in(release := draft(), city, {**CASES, "01": 0}, people={**PEOPLE, "01": 3})
    publish_release(release=release)
    assert figures()["viertel", "01"].value is figures()["viertel", "01"].denominator is None
    others = [f for key, f in figures().items() if key[0] == "viertel" and f.denominator is None]
    assert len(others) >= 2


def test_one_of_two_is_hidden_with_both():
    """The public does not know that they are only two, so it cannot take that for a limit."""
    city = secret_city()
    cases_in(release := draft(), city, {**CASES, "01": 1}, people={**PEOPLE, "01": 2})
    publish_release(release=release)
    assert figures()["viertel", "01"].value is figures()["viertel", "01"].denominator is None
    assert exposures(release) == []


def test_levels_that_are_not_shown_are_protected_too():
    """City and district 1 are told, district 2 not: it follows from both, and nothing of it is secret."""
    city = secret_city(levels=("stadt", "viertel"))
    cases_in(release := draft(), city)
    publish_release(release=release)
    assert ("viertel", "01") in hidden()
    assert len(hidden()) == 2


def test_parts_of_a_breakdown_protect_each_other():
    city = secret_city(levels=("stadt", "viertel"))
    counting = {"aggregation": "sum", "unit": "", "decimals": 0, "levels": ("stadt", "viertel")}
    total = indicator_of(city, "alle", **counting)
    parts = [
        indicator_of(city, slug, part_of=total, breakdown="Geschlecht", **counting) for slug in ("frauen", "maenner")
    ]
    release = draft()
    women = {"01": 1, "02": 20, "03": 30, "04": 40, "05": 50, "06": 60}
    men = {"01": 16, "02": 21, "03": 33, "04": 37, "05": 48, "06": 59}
    cases_in(release, city, {c: women[c] + men[c] for c in QUARTERS}, indicator=total)
    for part, counts in zip(parts, (women, men), strict=True):
        cases_in(release, city, counts, indicator=part)
    publish_release(release=release)
    assert ("viertel", "01") in hidden("frauen")
    assert len(hidden("frauen")) >= 2, "the sum over areas"
    assert ("viertel", "01") in hidden("maenner") | hidden("alle"), "the sum of the breakdown"
    assert exposures(release) == []


def test_an_indicator_that_tells_the_same_count_is_hidden_with_it():
    city = secret_city()
    count = city["indicator"]
    other = indicator_of(city, "faelle", aggregation="sum", unit="", decimals=0, reveals=count)
    cases_in(release := draft(), city)
    cases_in(release, city, indicator=other)
    publish_release(release=release)
    assert hidden("faelle") == hidden("hilfen") != set()


def test_what_was_told_before_betrays_and_the_release_does_not_appear():
    city = secret_city()
    Rule.objects.update(min_count=0)
    cases_in(first := draft("Erste"), city)
    publish_release(release=first)
    Rule.objects.update(min_count=5)
    cases_in(second := draft("Zweite"), city)
    with pytest.raises(PublishingError, match=r"Frühere Veröffentlichungen.*Viertel 01 \(01\)") as refused:
        publish_release(release=second)
    assert "2," not in str(refused.value).replace("2024", "")
    second.refresh_from_db()
    assert second.published_at is None


def test_what_was_withdrawn_betrays_nothing():
    city = secret_city()
    Rule.objects.update(min_count=0)
    cases_in(first := draft("Erste"), city)
    publish_release(release=first)
    Rule.objects.update(min_count=5)
    withdraw_release(release=first, user=None, reason="Zu kleine Zahlen.")
    cases_in(second := draft("Zweite"), city)
    publish_release(release=second)
    assert ("viertel", "01") in hidden()


def test_a_later_release_hides_the_same_figures_again():
    city = secret_city()
    cases_in(first := draft("Erste"), city)
    publish_release(release=first)
    before = hidden()
    cases_in(second := draft("Zweite"), city, {"06": 45})
    publish_release(release=second)
    assert hidden() == before
    assert exposures(second) == []


def test_a_total_that_follows_later_does_not_betray_what_was_hidden_before():
    """First only the quarters are shown, one of them hidden; then the total would give it away."""
    city = secret_city(levels=("viertel",))
    cases_in(first := draft("Erste"), city)
    publish_release(release=first)
    city["indicator"].levels.set(city["levels"].values())
    cases_in(second := draft("Zweite"), city, {"06": 45})
    publish_release(release=second)
    assert exposures(second) == []


def test_a_changed_rule_makes_a_preparation_stale():
    city = secret_city()
    cases_in(release := draft(), city)
    release = prepare_release(release=release)
    assert is_prepared(release)
    Rule.objects.update(min_count=20)
    assert not is_prepared(release)
    release = prepare_release(release=release)
    assert ("viertel", "02") in hidden()


def test_estimates_betray_nobody():
    city = secret_city()
    for value in cases_in(release := draft(), city):
        value.status = "estimated"
        value.save()
    publish_release(release=release)
    assert hidden() == set()
