"""The worked examples of docs/methods.md are what the rules give for Dortmund's own data."""

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

from atlas.methods import CHAPTER, document_text
from atlas.records import sure_text
from indicators.statistics.classes import Method, find_limits
from indicators.statistics.differences import differs_from_whole, rate_ratio, rest_of
from indicators.statistics.grouping import Member, group_value
from indicators.statistics.intervals import EVENTS, Counts, published_interval
from indicators.statistics.ranking import publish_rounded

ROOT = Path(__file__).resolve().parent.parent.parent
CITY = ("stadt", "05913000")
LEVELS = {"Sozialraum": "sozialraum", "Stadtbezirk": "stadtbezirk"}


def chapter(title):
    """The text of a chapter."""
    titles_and_texts = CHAPTER.split(document_text())[1:]
    return dict(zip(titles_and_texts[::2], titles_and_texts[1::2], strict=True))[title]


def table(text, first):
    """Rows of the table whose head begins with `first`, as lists of cells."""
    lines = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")
    ]
    start = max(number for number, cells in enumerate(lines) if cells[0] == first)
    rows = []
    for cells in lines[start + 2 :]:
        if len(cells) != len(lines[start]):
            break
        rows.append(cells)
    return rows


def number(text):
    return Decimal(text.replace(".", "").replace(",", "."))


def delivered(file, indicator):
    with (ROOT / "fixtures" / "values" / file).open(encoding="utf-8") as lines:
        return [row for row in csv.DictReader(lines, delimiter=";") if row["indikator"] == indicator]


@pytest.fixture(scope="module")
def counts():
    """Help outside the family, 2001, by level and code."""
    rows = delivered("jugendhilfeplan-2001.csv", "hilfen_ausserhalb_der_familie")
    return {(r["ebene"], r["gebiet"]): Counts(Decimal(r["zaehler"]), Decimal(r["nenner"]), EVENTS) for r in rows}


def test_intervals_of_the_example(counts):
    rows = table(chapter("Intervalle"), "Gebiet")
    assert len(rows) == 4
    for name, cases, minors, value, interval, difference in rows:
        key = (LEVELS[name.split()[0]], name.split()[1]) if name != "Stadt" else CITY
        own = counts[key]
        assert (own.numerator, own.denominator) == (number(cases), number(minors)), name
        rounded = publish_rounded(own.numerator / own.denominator * 1000, 1)
        assert rounded == number(value)
        limits = published_interval(rounded, "reported", own, factor=1000, decimals=1)
        assert list(limits) == [number(text) for text in interval.split(" bis ")]
        told = None if key == CITY else differs_from_whole(own, counts[CITY])
        assert difference == sure_text(told)


def test_ratio_that_the_example_names(counts):
    own = counts["sozialraum", "043"]
    low, high = re.search(r"zwischen ([\d,]+) und ([\d,]+)\.\s*$", chapter("Intervalle")).groups()
    found = rate_ratio(own, rest_of(counts[CITY], own))
    assert (round(Decimal(found.lower), 2), round(Decimal(found.upper), 2)) == (number(low), number(high))


def test_ratio_of_sums_of_the_example(counts):
    text = chapter("Eigene Gebietsgruppen")
    *parts, whole = table(text, "Sozialraum")
    members = []
    for code, cases, minors, value in parts:
        own = counts["sozialraum", code]
        assert (own.numerator, own.denominator) == (number(cases), number(minors))
        assert publish_rounded(own.numerator / own.denominator * 1000, 1) == number(value)
        members.append(Member(code, number(value), "reported", None, own.numerator, own.denominator))
    found = group_value(members, rule="ratio", factor=1000)
    assert ["Gruppe", found.numerator, found.denominator] == ["Gruppe", number(whole[1]), number(whole[2])]
    assert publish_rounded(found.value, 1) == number(whole[3])
    city_district = counts["stadtbezirk", "04"]
    assert (found.numerator, found.denominator) == (city_district.numerator, city_district.denominator)
    mean = sum(member.value for member in members) / len(members)
    assert f"wäre {round(mean, 1)}".replace(".", ",") in text


def test_weighted_mean_of_the_example():
    text = chapter("Eigene Gebietsgruppen")
    rates = {r["gebiet"]: r for r in delivered("statistikatlas.csv", "transferleistungsquote") if r["zeit"] == "2024"}
    people = {r["gebiet"]: r for r in delivered("schaetzung-einwohner.csv", "einwohner") if r["zeit"] == "2024"}
    members = [Member(c, number(rates[c]["wert"]), "reported", number(people[c]["wert"])) for c in ("061", "062")]
    found = group_value(members, rule="weighted_mean", factor=100)
    first, second = members
    terms = re.search(r"\(([\d.,]+) · ([\d.,]+) \+ ([\d.,]+) · ([\d.,]+)\) / ([\d.,]+) = (\d+,\d)", text).groups()
    expected = [first.value, first.weight, second.value, second.weight, first.weight + second.weight]
    assert [number(term) for term in terms] == [*expected, publish_rounded(found.value, 1)]
    assert found.status == "estimated"


def test_classes_of_the_example():
    rows = delivered("statistikatlas.csv", "transferleistungsquote")
    values = {(r["gebiet"], r["zeit"]): float(number(r["wert"])) for r in rows if r["wert"]}
    text = chapter("Klassen")
    assert f"{len(values)} Werte" in text and "sechs Klassen" in text
    methods = {"natürliche Grenzen": Method.NATURAL, "Quantile": Method.QUANTILES, "gleiche Abstände": Method.EQUAL}
    found = {name: find_limits(values.values(), method, 6, decimals=1) for name, method in methods.items()}
    shown = {name: [float(number(limit)) for limit in limits.split(" · ")] for name, limits in table(text, "Verfahren")}
    assert shown == {name: list(limits.limits) for name, limits in found.items()}
    classes = [found["natürliche Grenzen"].class_of(v) for (_code, period), v in values.items() if period == "2024"]
    low, high = re.search(r"Grenzen (\d+) Unterbezirke in der niedrigsten Klasse und (\d+)", text).groups()
    assert (classes.count(0), classes.count(5)) == (int(low), int(high))
