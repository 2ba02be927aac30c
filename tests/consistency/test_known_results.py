"""What is known about Dortmund comes out of the figures."""

from decimal import Decimal

import pytest

from actionplan.models import ActionArea
from indicators.models import Figure, Indicator, Value
from indicators.statistics.ranking import publish_rounded

pytestmark = pytest.mark.django_db

ACTION_AREAS_2021 = {"013", "014", "021", "022", "023", "042", "043", "054", "082", "102", "103", "121", "123"}


def figures(slug, level, period):
    return Figure.objects.current().filter(edition__indicator__slug=slug, area__level__slug=level, period__code=period)


def test_the_thirteen_highest_rates_of_2018_are_the_action_areas_of_2021(dortmund):
    ranked = figures("transferleistungsquote", "sozialraum", "2018").filter(rank__lte=13)
    assert set(ranked.values_list("area__code", flat=True)) == ACTION_AREAS_2021
    in_force = ActionArea.objects.in_force().filter(kind="aktionsraum")
    assert set(in_force.values_list("area__code", flat=True)) == ACTION_AREAS_2021


def test_the_areas_that_joined_and_left_have_the_known_rates(dortmund):
    rates = dict(figures("transferleistungsquote", "sozialraum", "2018").values_list("area__code", "value"))
    rounded = {code: publish_rounded(rates[code], 0) for code in ("014", "103", "053", "064")}
    assert rounded == {"014": 21, "103": 20, "053": 15, "064": 19}


def test_the_weighted_unemployment_rate_is_close_to_the_official_one(dortmund):
    city = figures("arbeitslosenquote", "stadt", "2018").get()
    assert abs(city.value - Decimal("9.8")) <= Decimal("0.3")
    assert city.status == "estimated"


def test_a_sozialraum_recomputed_from_the_raw_values(dortmund):
    """Borsigplatz 2024 from Unterbezirke 061 and 062, weighted with inhabitants, by hand."""
    raw = Value.objects.filter(period__code="2024", area__level__slug="unterbezirk", area__code__in=["061", "062"])
    rate = dict(raw.filter(indicator__slug="transferleistungsquote").values_list("area__code", "value"))
    people = dict(raw.filter(indicator__slug="einwohner").values_list("area__code", "value"))
    by_hand = sum(rate[c] * people[c] for c in rate) / sum(people.values())
    published = figures("transferleistungsquote", "sozialraum", "2024").get(area__code="023")
    assert published.value == publish_rounded(by_hand, 1)


def test_counts_of_2001_add_up_to_their_district(dortmund):
    """Eving, of which nothing is secret; of Aplerbeck two parts are hidden and only their sum is left."""
    parts = figures("hilfen_in_der_familie", "sozialraum", "2001")
    districts = figures("hilfen_in_der_familie", "stadtbezirk", "2001")
    in_eving = [f.numerator for f in parts.filter(area__parent__code="04")]
    assert sum(in_eving) == districts.get(area__code="04").numerator == 44
    told = [f.numerator for f in parts.filter(area__parent__code="07") if f.numerator is not None]
    assert len(told) == 2
    assert districts.get(area__code="07").numerator - sum(told) == 9
    assert parts.filter(status="missing").count() == 29
    assert parts.filter(status="suppressed").count() == 2


def test_joint_values_keep_their_status_and_partners(dortmund):
    joint = figures("transferleistungsquote", "unterbezirk", "2024").filter(status="joint")
    assert joint.count() == 46
    assert joint.get(area__code="671").joint_with == "671+676+677"


def test_aggregated_rates_are_marked_as_estimates(dortmund):
    for level in ("sozialraum", "stadtbezirk", "stadt"):
        statuses = set(figures("transferleistungsquote", level, "2024").values_list("status", flat=True))
        assert statuses == {"estimated"}


def test_what_cannot_be_combined_has_one_level(dortmund):
    edition = Indicator.objects.get(slug="einwohnerdichte").current_edition
    assert set(edition.breaks) == {"unterbezirk"}


def test_population_of_the_city_is_the_reported_one_where_known(dortmund):
    known = figures("einwohner", "stadt", "2023").get()
    assert (known.value, known.status) == (612065, "reported")


def test_hidden_small_counts_are_unknown_not_zero(dortmund):
    hidden = figures("arbeitslose_unter_25", "unterbezirk", "2018").filter(status="missing")
    assert hidden.count() == 89
    assert not figures("arbeitslose_unter_25", "unterbezirk", "2018").filter(value=0).exists()
