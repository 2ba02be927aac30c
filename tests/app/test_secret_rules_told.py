"""Rules of secrecy as readers meet them: what is published, and what somebody who adds and subtracts gets out of it."""

import csv
import io
from decimal import Decimal

import numpy as np
import pytest
from django.core.cache import caches
from scipy.optimize import linprog

from indicators.actions import publish_release
from indicators.auditing import exposures
from indicators.models import SecrecyRule as Rule
from indicators.models import Value
from tests.app.secret_city import CASES, DISTRICTS, PEOPLE, QUARTERS, cases_in, draft, indicator_of, secret_city

pytestmark = pytest.mark.django_db

COUNTED = {"aggregation": "sum", "unit": "", "decimals": 0}
SUMS = {("stadt", "0"): QUARTERS, **{("bezirk", code): of for code, of in DISTRICTS.items()}}


@pytest.fixture
def city():
    caches["default"].clear()
    return secret_city()


def table(client, slug: str) -> dict[tuple[str, str], Decimal | None]:
    """The numbers of an indicator that the download tells, None where it tells none."""
    text = client.get(f"/indikatoren/{slug}/kennwerte.csv").content.decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    numbers = {(row["ebene"], row["gebiet"]): row["wert"].replace(".", "").replace(",", ".") for row in rows}
    return {key: Decimal(number) if number else None for key, number in numbers.items()}


def told(client, city, slug: str = "hilfen") -> dict[tuple[str, str], Decimal | None]:
    """The same, compared with what the interface says: the same numbers, and nothing else of those without one."""
    found = table(client, slug)
    for level in city["levels"]:
        answer = client.get(f"/api/v1/figures/?indicator={slug}&level={level}&period=2024").json()
        for row in answer["figures"]:
            value = found[level, row["area"]]
            assert row["value"] == (None if value is None else pytest.approx(float(value))), (level, row)
            assert value is not None or row["status"].startswith("suppressed")
            assert value is not None or row["rank"] is row["difference_to_city"] is None
    return found


def secret(found: dict, level: str = "viertel") -> set[str]:
    return {code for (at, code), value in found.items() if at == level and value is None}


def interval(found: dict, code: str, *, most: float | None = None) -> tuple[float, float]:
    """Smallest and largest count of a quarter that agree with the counts that are told."""
    sums = [(value, SUMS.get(key, [key[1]])) for key, value in found.items() if value is not None]
    matrix = [[float(quarter in parts) for quarter in QUARTERS] for _value, parts in sums]
    goal = np.array([float(quarter == code) for quarter in QUARTERS])
    known = [float(value) for value, _parts in sums]
    ends = [linprog(sign * goal, A_eq=matrix, b_eq=known, bounds=(0, most)) for sign in (1, -1)]
    assert [end.status for end in ends] in ([0, 0], [0, 3]), "what is public fits together"
    return ends[0].fun, -ends[1].fun if ends[1].status == 0 else float("inf")


def counts(found: dict) -> dict:
    """Cases per 1,000 as counts."""
    people = {("viertel", code): n for code, n in PEOPLE.items()}
    people |= {key: sum(PEOPLE[code] for code in of) for key, of in SUMS.items()}
    return {key: value and (value * people[key] / 1000).to_integral_value() for key, value in found.items()}


SALES = {"01": 1000, "02": 500, "03": 700, "04": 900, "05": 800, "06": 600}
FIRMS = {"01": 40, "02": 12, "03": 15, "04": 20, "05": 30, "06": 25}
LARGEST = {"01": 85, "02": 20, "03": 20, "04": 20, "05": 20, "06": 20}


def firms(city, *, largest: dict = LARGEST, number: dict = FIRMS):
    """A release of sales: `number` of firms in each quarter, of which the largest one has `largest` percent."""
    Rule.objects.update(min_count=3, dominance_units=1, dominance_percent=75)
    witnesses = {
        "cases": indicator_of(city, "betriebe", **COUNTED, counts="nothing"),
        "concentration": indicator_of(city, "groesste", aggregation="none", unit="%", counts="nothing", levels=("viertel",)),
    }  # fmt: skip
    sales = indicator_of(city, "umsatz", **COUNTED, counts="units", **witnesses)
    release = draft()
    cases_in(release, city, number, indicator=witnesses["cases"])
    for value in cases_in(release, city, largest, indicator=witnesses["concentration"]):
        Value.objects.filter(pk=value.pk).update(value=largest[value.area.code], numerator=None, denominator=None)
    cases_in(release, city, SALES, indicator=sales)
    return publish_release(release=release)


def test_a_sum_of_which_one_firm_has_more_than_the_rule_allows_is_secret(client, city):
    release = firms(city)
    found = told(client, city, "umsatz")
    assert "01" in secret(found) and len(secret(found)) == 2, "and one beside it, or it could be subtracted"
    low, high = interval(found, "01")
    needed = 850 * 100 / 75  # the sum of which 850 would be 75 percent
    assert high >= needed and low <= 1000 - (needed - 1000)
    assert found["stadt", "0"] == sum(SALES.values())
    assert exposures(release) == []


def test_a_firm_at_the_limit_of_the_rule_is_told(client, city):
    firms(city, largest={**LARGEST, "01": 75})
    assert secret(told(client, city, "umsatz")) == set()


def test_few_firms_are_secret_whatever_their_shares(client, city):
    firms(city, largest=dict.fromkeys(QUARTERS, 40), number={**FIRMS, "04": 2})
    found = told(client, city, "umsatz")
    assert "04" in secret(found) and len(secret(found)) == 2
    low, high = interval(found, "04")
    assert low <= SALES["04"] * 0.5 and high >= SALES["04"] * 1.5, "no firm learns what the other sells"


def test_a_rate_of_fewer_people_than_the_rule_asks_is_secret(client, city):
    Rule.objects.update(min_population=400)
    cases_in(release := draft(), city, {**CASES, "01": 50})
    publish_release(release=release)
    found = told(client, city)
    assert "05" in secret(found) and len(secret(found)) == 2
    low, high = interval(counts(found), "05")
    assert low <= CASES["05"] - 5 and high >= CASES["05"] + 5
    assert found["bezirk", "2"] is not None, "of the district there are enough"


def test_enough_people_for_the_rule_are_told(client, city):
    Rule.objects.update(min_population=355)
    cases_in(release := draft(), city, {**CASES, "01": 50})
    publish_release(release=release)
    assert secret(told(client, city)) == set()


def deliver_total(city, release, place: tuple[str, str], count: int, *, indicator=None):
    """The count of a larger area, as delivered."""
    return Value.objects.create(
        release=release, indicator=indicator or city["indicator"], area=city["areas"][place], value=count,
        period=city["period"], source=city["source"], status="reported", origin="amt.csv, Zeile 9",
    )  # fmt: skip


def test_what_was_delivered_as_secret_is_not_told_by_the_others(client, city):
    """The office hides one quarter and tells the city: what is left over would be its number."""
    count = indicator_of(city, "faelle", **COUNTED, levels=("stadt", "viertel"))
    values = cases_in(release := draft(), city, {**CASES, "01": 9}, indicator=count)
    Value.objects.filter(pk=values[0].pk).update(value=None, status="suppressed")
    deliver_total(city, release, ("stadt", "0"), 9 + sum(CASES.values()) - CASES["01"], indicator=count)
    publish_release(release=release)
    found = table(client, "faelle")
    assert "01" in secret(found)
    assert len(secret(found)) >= 2 or found["stadt", "0"] is None
    low, high = interval(found, "01")
    assert low <= 9 - 5 and high >= 9 + 5
    assert exposures(release) == []


def test_what_was_delivered_as_secret_and_follows_from_nothing_hides_nothing_else(client, city):
    count = indicator_of(city, "faelle", **COUNTED, levels=("viertel",))
    values = cases_in(release := draft(), city, {**CASES, "01": 9}, indicator=count)
    Value.objects.filter(pk=values[0].pk).update(value=None, status="suppressed")
    publish_release(release=release)
    assert secret(table(client, "faelle")) == {"01"}


def joint(values, *, count: int | None, people: int | None = None):
    """Makes the first two of the quarters tell one value together."""
    for value in values[:2]:
        rate = count if people is None else Decimal(count) * 1000 / people
        Value.objects.filter(pk=value.pk).update(
            value=rate, status="joint", joint_with="01+02",
            numerator=None if people is None else count, denominator=people,
        )  # fmt: skip


@pytest.mark.parametrize(("count", "is_secret"), [(1, True), (4, True), (5, False), (30, False)])
def test_a_joint_value_is_one_count_and_secret_if_that_is_small(client, city, count, is_secret):
    city["indicator"].levels.set([city["levels"]["viertel"]])
    values = cases_in(release := draft(), city)
    joint(values, count=count, people=PEOPLE["01"] + PEOPLE["02"])
    publish_release(release=release)
    found = told(client, city)
    assert {"01", "02"} <= secret(found) if is_secret else secret(found) == set()
    assert exposures(release) == []


def test_a_small_joint_value_takes_another_with_it_where_a_total_is_told(client, city):
    count = indicator_of(city, "faelle", **COUNTED, levels=("bezirk", "viertel"))
    values = cases_in(release := draft(), city, indicator=count)
    joint(values, count=4)
    for code, of in DISTRICTS.items():
        deliver_total(
            city,
            release,
            ("bezirk", code),
            {"1": 4 + CASES["03"]}.get(code, sum(CASES[c] for c in of)),
            indicator=count,
        )
    publish_release(release=release)
    found = table(client, "faelle")
    assert {"01", "02"} <= secret(found)
    assert found["viertel", "03"] is None or found["bezirk", "1"] is None, "both would give 4"
    assert exposures(release) == []


@pytest.mark.parametrize("is_secret", [True, False])
def test_a_zero_is_secret_only_where_the_rule_says_so(client, city, is_secret):
    Rule.objects.update(zero_is_secret=is_secret)
    cases_in(release := draft(), city, {**CASES, "01": 0, "04": 50})
    publish_release(release=release)
    found = told(client, city)
    if not is_secret:
        assert found["viertel", "01"] == 0 and secret(found) == set()
        return
    assert "01" in secret(found) and len(secret(found)) == 2
    _low, high = interval(counts(found), "01")
    assert high >= 5, "nobody knows that there is nobody"
    assert exposures(release) == []


def test_several_secret_zeros_do_not_give_each_other_away(client, city):
    """Two zeros alone in a district whose total is told: both would be known to be at most what is left, nothing."""
    Rule.objects.update(zero_is_secret=True)
    cases_in(release := draft(), city, {**CASES, "01": 0, "02": 0, "03": 40})
    publish_release(release=release)
    found = counts(told(client, city))
    for code in ("01", "02"):
        assert code in secret(found)
        assert interval(found, code)[1] >= 5
