"""Areas by code or name, indicators and years by their words: certain, or a finding."""

from datetime import date

import pytest

from indicators.intake.catalogue import Catalogue, Level, Measure, Place
from indicators.intake.matching import AreaMatcher
from indicators.intake.wording import IndicatorMatcher, YearReader

CITY = Catalogue(
    levels=(Level("bezirk", "Bezirk", "Bezirke", 1), Level("viertel", "Viertel", "Viertel", 2)),
    places=(
        Place(1, "bezirk", "01", "Innenstadt"),
        Place(2, "viertel", "011", "Hörde"),
        Place(3, "viertel", "012", "Innenstadt"),
        Place(4, "viertel", "013", "Alt", None, date(2020, 1, 1)),
        Place(5, "viertel", "014", "Neu", date(2020, 1, 1), None),
    ),
)


@pytest.fixture
def area():
    return AreaMatcher(CITY)


@pytest.mark.parametrize(
    ("level", "code", "name", "pk", "remarks"),
    [
        ("viertel", "011", "", 2, []),
        ("Viertel", "011", "Hörde", 2, []),
        ("viertel", "11", "", 2, ["code_without_zeros"]),
        ("viertel", "", "Hörde", 2, []),
        ("viertel", "", "Hoerde", 2, ["name_spelling"]),
        ("viertel", "", "011 Hörde", 2, []),
        ("viertel", "", "Hörde (011)", 2, []),
        ("viertel", "", "Innenstadt", 3, []),
        ("", "", "Hörde", 2, []),
        ("", "", "Innenstadt", None, ["area_ambiguous"]),
        ("viertel", "", "Hörda", None, ["unknown_area"]),
        ("viertel", "099", "", None, ["unknown_area"]),
        ("bezirk", "", "Hörde", None, ["level_mix"]),
        ("viertel", "011", "Innenstadt", 2, ["code_and_name"]),
        ("viertel", "011", "Ganz anders", 2, ["name_differs"]),
        ("Kiez", "011", "", None, ["unknown_level"]),
        ("viertel", "", "", None, ["area_missing"]),
        ("viertel", "013", "", None, ["area_not_valid"]),
        ("viertel", "014", "", 5, []),
    ],
)
def test_an_area_is_certain_or_a_finding(area, level, code, name, pk, remarks):  # noqa: PLR0917
    match = area(level, code, name, 2024)
    assert (match.place and match.place.pk, [remark.code for remark in match.remarks]) == (pk, remarks)


def test_what_is_similar_is_only_suggested(area):
    assert area("viertel", "", "Hörda", 2024).remarks[0].suggestion == "Meinten Sie „Hörde“ (011)?"


def test_the_year_decides_about_an_area(area):
    assert area("viertel", "013", "", 2019).place.pk == 4
    assert area("viertel", "014", "", 2019).remarks[0].code == "area_not_valid"


def test_an_answer_settles_a_doubt():
    matcher = AreaMatcher(CITY, {"Innenstadt": "bezirk:01"})
    assert matcher("", "", "Innenstadt", 2024).place.pk == 1


MEASURES = (Measure(1, "quote", "Arbeitslosenquote", "%"), Measure(2, "alter", "Durchschnittsalter"))


@pytest.mark.parametrize("word", ["quote", "Arbeitslosenquote", "arbeitslosenquote (in %)", "ALQ"])
def test_indicators_by_slug_name_and_answer(word):
    assert IndicatorMatcher(MEASURES, {"ALQ": "quote"})(word)[0].pk == 1


def test_an_unknown_indicator_is_told_with_a_suggestion():
    measure, remark = IndicatorMatcher(MEASURES)("Arbeitslosenquoten")
    assert (measure, remark.code, remark.suggestion) == (None, "unknown_indicator", "Meinten Sie „Arbeitslosenquote“?")


@pytest.mark.parametrize(
    ("word", "reference", "year", "code"),
    [
        ("2018", "year_end", 2018, ""),
        ("31.12.2018", "year_end", 2018, ""),
        ("2018-12-31", "year_end", 2018, ""),
        ("31.12.2018", "school_year", 0, "unknown_period"),
        ("2018/19", "school_year", 2018, ""),
        ("2018/2019", "school_year", 2018, ""),
        ("2018/20", "school_year", 0, "unknown_period"),
        ("2018/19", "year_end", 0, "unknown_period"),
        ("Sept. 2018", "september", 2018, ""),
        ("30.06.2018", "year_end", 0, "unknown_period"),
        ("2025", "year", 0, "year_out_of_range"),
        ("1944", "year", 0, "year_out_of_range"),
        ("", "year", 0, "period_missing"),
        ("irgendwann", "year", 0, "unknown_period"),
    ],
)
def test_years_only_where_they_fit(word, reference, year, code):
    read = YearReader(date(2024, 11, 24))(word, reference)
    assert (read.year, read.remark.code if read.remark else "") == (year, code)
