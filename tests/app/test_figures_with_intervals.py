"""Figures of counted things carry their interval and say what they differ from; all others carry none."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from indicators.actions.preparing import figures_digest
from indicators.models import Figure, Indicator
from indicators.statistics.differences import differs_from_whole
from indicators.statistics.intervals import Counts, interval_of
from indicators.uncertainty import tell_uncertainty

HELP_AT_HOME = "hilfen_in_der_familie"


@pytest.fixture
def helped(db, dortmund):
    """Figures of help at home, 2001, that carry a number, by level and code."""
    rows = Figure.objects.current().filter(edition__indicator__slug=HELP_AT_HOME, value__isnull=False)
    return {(f.area.level.slug, f.area.code): f for f in rows.select_related("area__level", "edition__indicator")}


def test_counted_figures_have_the_interval_of_their_unrounded_counts(helped):
    assert len(helped) >= 10
    for figure in helped.values():
        exact = interval_of(Counts(figure.numerator, figure.denominator, "events")).times(1000)
        assert figure.lower <= Decimal(exact.lower) <= figure.value <= Decimal(exact.upper) <= figure.upper
        assert figure.upper - Decimal(exact.upper) < Decimal("0.1") > Decimal(exact.lower) - figure.lower


def test_only_what_differs_from_the_rest_of_the_city_is_said_to_differ(helped):
    city = helped["stadt", "05913000"]
    whole = Counts(city.numerator, city.denominator, "events")
    assert city.differs is None
    told = {}
    for key, figure in helped.items():
        if figure is not city:
            told[key] = differs_from_whole(Counts(figure.numerator, figure.denominator, "events"), whole)
            assert figure.differs is told[key]
    assert set(told.values()) == {True, False}


def test_what_was_published_without_counts_has_no_interval(dortmund, db):
    others = Figure.objects.current().filter(numerator__isnull=True)
    assert others.count() > 5000
    assert not others.exclude(lower=None, upper=None, differs=None, differs_since={}).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"value": 5, "lower": 6, "upper": 7},
        {"value": 5, "lower": 3, "upper": 4},
        {"value": 5, "lower": 3},
        {"value": None, "status": "suppressed", "lower": 3, "upper": 7},
    ],
)
def test_database_refuses_an_interval_without_its_value_inside(dortmund, db, fields):
    figure = Figure.objects.current().filter(edition__indicator__slug=HELP_AT_HOME).first()
    with pytest.raises(IntegrityError, match="interval_of_a_figure"), transaction.atomic():
        Figure.objects.create(
            edition=figure.edition,
            area=figure.area,
            period=Figure.objects.exclude(period=figure.period).first().period,
            **{"status": "reported", **fields},
        )


def cell(key, period, numerator, denominator, status="reported"):
    """An unsaved figure of a share in percent."""
    value = round(Decimal(numerator) * 100 / denominator, 1) if status == "reported" else None
    counts = {"numerator": numerator, "denominator": denominator} if value is not None else {}
    figure = Figure(value=value, status=status, **counts)
    figure.key, figure.period_code = key, period
    return figure


def told(*figures):
    indicator = Indicator(numerator_kind="part", aggregation="ratio", decimals=1, factor=100)
    tell_uncertainty(indicator, figures, city="stadt")
    return figures


def test_changes_are_told_apart_from_chance():
    figures = told(
        cell(("bezirk", "1"), "2018", 50, 100),
        cell(("bezirk", "1"), "2024", 20, 100),
        cell(("bezirk", "2"), "2018", 50, 100),
        cell(("bezirk", "2"), "2024", 45, 100),
    )
    assert [f.differs_since for f in figures] == [{}, {"2018": True}, {}, {"2018": False}]


def test_a_suppressed_city_or_year_tells_nothing():
    area, before, _city = told(
        cell(("bezirk", "1"), "2024", 50, 100),
        cell(("bezirk", "1"), "2018", 50, 100, status="suppressed"),
        cell(("stadt", "0"), "2024", 50, 100, status="suppressed"),
    )
    assert (area.lower, area.differs, area.differs_since) == (Decimal("40.3"), None, {})
    assert (before.lower, before.upper, before.differs) == (None, None, None)


def test_intervals_belong_to_what_is_approved(dortmund, db):
    fields = figures_digest.__globals__["_COMPUTED"]
    assert {"lower", "upper", "differs", "differs_since"} <= set(fields)
