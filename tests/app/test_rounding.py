"""Sources whose counts are rounded instead of hidden: what is told adds up, says so, and nothing follows from it."""

import pytest
from django.db import IntegrityError, transaction

from indicators.actions import PublishingError, publish_release
from indicators.auditing import exposed_in, exposures
from indicators.grounds import grounds_seen
from indicators.models import Figure, IndicatorEdition
from indicators.models import SecrecyRule as Rule
from indicators.secret_rounding import rounded_counts
from indicators.secret_rules import rule_book
from indicators.secret_tables import COUNTS, scene_of
from tests.app.secret_city import CASES, DISTRICTS, PEOPLE, QUARTERS, cases_in, draft, indicator_of, secret_city

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[5, 10])
def base(request):
    return request.param


@pytest.fixture
def city(base):
    made = secret_city()
    Rule.objects.update(rounding_base=base, min_count=3)
    return made


def figures(slug="hilfen") -> dict[tuple[str, str], Figure]:
    found = Figure.objects.filter(edition__indicator__slug=slug).select_related("area__level").order_by("edition_id")
    return {(f.area.level.slug, f.area.code): f for f in found}


def published(city, cases=CASES, **more):
    cases_in(release := draft(more.pop("title", "Entwurf")), city, cases, **more)
    return publish_release(release=release)


def test_every_count_is_one_of_its_two_neighbouring_multiples_and_sums_add_up(city, base):
    published(city)
    found = figures()
    true = {("viertel", code): count for code, count in CASES.items()}
    true |= {("bezirk", code): sum(CASES[p] for p in parts) for code, parts in DISTRICTS.items()}
    true["stadt", "0"] = sum(CASES.values())
    assert found.keys() == true.keys()
    for key, figure in found.items():
        assert figure.numerator % base == 0 and abs(figure.numerator - true[key]) < base, key
    for code, parts in DISTRICTS.items():
        assert found["bezirk", code].numerator == sum(found["viertel", part].numerator for part in parts)
    assert found["stadt", "0"].numerator == sum(found["viertel", code].numerator for code in QUARTERS)


def test_rates_are_those_of_the_rounded_counts(city):
    published(city)
    for (level, code), figure in figures().items():
        assert figure.value == pytest.approx(figure.numerator * 1000 / figure.denominator, abs=0.05), (level, code)
    assert figures()["viertel", "01"].denominator == PEOPLE["01"]


def test_all_have_the_same_status_also_what_did_not_have_to_move(city):
    published(city, {**CASES, "02": 20, "03": 0})
    assert {figure.status for figure in figures().values()} == {"estimated"}


def test_counts_are_told_as_rounded_too(city, base):
    count = indicator_of(city, "faelle", aggregation="sum", unit="", decimals=0, reveals=city["indicator"])
    cases_in(release := draft(), city)
    cases_in(release, city, indicator=count)
    publish_release(release=release)
    told, rates = figures("faelle"), figures()
    assert {key: figure.value for key, figure in told.items()} == {k: f.numerator for k, f in rates.items()}
    assert all(figure.value % base == 0 for figure in told.values())


def test_nothing_small_follows_from_it(city):
    assert exposures(published(city)) == []


def test_the_audit_notices_when_earlier_figures_say_too_much(city, base):
    Rule.objects.update(rounding_base=None, min_count=0)
    published(city, title="Erste")
    Rule.objects.update(rounding_base=base, min_count=3)
    cases_in(second := draft("Zweite"), city)
    with pytest.raises(PublishingError, match=r"Frühere Veröffentlichungen.*Viertel 01 \(01\)"):
        publish_release(release=second)


def table_of(city):
    """The only table of counts of a release that is not published yet."""
    cases_in(release := draft(), city)
    [table] = scene_of(release, rule_book([city["indicator"].pk]), grounds_seen(release)).tables
    assert table.kind == COUNTS
    return table


def test_fewer_possible_counts_than_steps_of_the_base_are_too_close(city, base):
    table = table_of(city)
    [secret] = table.needs
    counts = rounded_counts(table)
    wide = {where: (max(count - base + 1, 0), count + base - 1) for where, count in counts.items()}
    assert exposed_in(table, set(), wide) == []
    low = wide[secret][0]
    assert exposed_in(table, set(), {**wide, secret: (low, low + base - 2)}) == [secret]
    assert exposed_in(table, set(), {**wide, secret: (low, low + base - 1)}) == []


def test_rounded_figures_of_two_releases_are_taken_together(city, base):
    """The same counts as multiples of 5 and of 10: what the smaller base has told is too much for the larger."""
    published(city, title="Erste")
    Rule.objects.update(rounding_base=15 - base)
    cases_in(second := draft("Zweite"), city)
    if base == 5:
        with pytest.raises(PublishingError, match=r"Frühere Veröffentlichungen.*Viertel 01"):
            publish_release(release=second)
    else:
        assert exposures(publish_release(release=second)) == []


def test_few_people_behind_a_rate_stay_hidden(city):
    published(city, {**CASES, "01": 1}, people={**PEOPLE, "01": 2})
    found = figures()
    assert found["viertel", "01"].status == "suppressed"
    assert found["viertel", "01"].value is found["viertel", "01"].denominator is None


def test_a_share_is_never_more_than_all(city, base):
    city["indicator"].factor, city["indicator"].unit = 100, "%"
    city["indicator"].save()
    published(city, {**CASES, "01": 3}, people={**PEOPLE, "01": 4})
    assert all(figure.value is None or figure.value <= 100 for figure in figures().values())


def test_where_units_are_counted_secrets_are_hidden_as_elsewhere(city):
    city["indicator"].counts = "units"
    city["indicator"].save()
    published(city)
    assert figures()["viertel", "01"].status == "suppressed"
    assert IndicatorEdition.objects.get().rounding_base is None


def test_a_minimum_above_the_base_is_refused_and_never_rounded(city, base):
    """A 17 told as 15 would say that it is secret and how large it nearly is."""
    with pytest.raises(IntegrityError, match="rounding_hides_every_secret_count"), transaction.atomic():
        Rule.objects.update(min_count=base + 1)
    city["indicator"].min_cases = 18
    city["indicator"].save()
    published(city)
    assert figures()["viertel", "02"].status == "suppressed", "17 cases, fewer than the indicator's own minimum"
    assert IndicatorEdition.objects.get().rounding_base is None


@pytest.mark.parametrize("half", [{"dominance_units": 1}, {"dominance_percent": 75}])
def test_half_a_dominance_rule_is_refused(city, half):
    with pytest.raises(IntegrityError, match="a_dominance_rule_has_units_and_percent"), transaction.atomic():
        Rule.objects.update(**half)


def test_pages_say_so_and_nobody_can_read_the_true_count(city, base, client):
    published(city)
    words = f"auf Vielfache von {base} gerundet"
    for path in ("/indikatoren/hilfen/", "/karte/?indikator=hilfen&ebene=viertel", "/gebiete/viertel/01/"):
        page = client.get(path).content.decode()
        assert words in page, path
    assert client.get("/indikatoren/hilfen/beschreibung.json").json()["gerundet_auf_vielfache_von"] == base
    true = f"{CASES['01'] * 1000 / PEOPLE['01']:.1f}"
    for path in ("/indikatoren/hilfen/kennwerte.csv", "/karte/kennwerte.csv?indikator=hilfen&ebene=viertel"):
        assert true.replace(".", ",") not in client.get(path).content.decode()
    answer = client.get("/api/v1/figures/?indicator=hilfen&level=viertel")
    assert answer.status_code == 200
    assert f":{true}" not in answer.content.decode().replace(" ", "")
