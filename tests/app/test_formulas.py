"""Indicators computed from others: published, explained, refused where they cannot be, never delivered."""

from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from areas.models import Area
from indicators.actions import is_prepared, prepare_release, publish_release
from indicators.actions.editing import EditingError, save_cells
from indicators.actions.formulating import FormulaRefused, save_formula, save_formulas
from indicators.forms import ValueForm
from indicators.formulas import Written
from indicators.models import (
    Figure,
    Formula,
    FormulaHistory,
    FormulaTerm,
    FormulaTermHistory,
    Indicator,
    Period,
    Release,
    SeriesBreak,
    Value,
)
from indicators.selectors import figure_table
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return small_city()


def measure(city, slug, **more):
    """One more indicator, a count unless said otherwise."""
    said = {"unit": "", "unit_long": "Menschen", "aggregation": "sum", "decimals": 0, "factor": 1, **more}
    made = Indicator.objects.create(
        slug=slug, name=slug.capitalize(), name_en=f"{slug} en", definition="Text.", dimension=city["dimension"],
        source=city["source"], **said,
    )  # fmt: skip
    made.levels.add(city["level"])
    return made


def period(code):
    return Period.objects.get_or_create(code=code, defaults={"start": f"{code}-01-01", "end": f"{code}-12-31"})[0]


@pytest.fixture
def counted(city):
    """Children and people in two areas in 2023 and 2024; a share of both to be computed."""
    city["dimension"] = city["indicator"].dimension
    city |= {"kinder": measure(city, "kinder"), "leute": measure(city, "leute")}
    city["anteil"] = measure(
        city, "anteil", unit="%", unit_long="% der Menschen", aggregation="computed", decimals=1, factor=100
    )
    city["release"] = Release.objects.create(slug="r1", title="R1")
    for code, children, people in (("2023", (10, 0), (100, 50)), ("2024", (20, 5), (80, 50))):
        deliver(city, "kinder", code, children)
        deliver(city, "leute", code, people)
    return city


def deliver(city, slug, code, numbers, release=None, **more):
    """Numbers of the areas in their order; None leaves an area out."""
    for area, number in zip(city["areas"], numbers, strict=False):
        if number is not None:
            status = "zero" if number == 0 else "reported"
            said = {"value": D(number), "status": status, **more}
            Value.objects.create(
                release=release or city["release"], indicator=city[slug], area=area, period=period(code),
                source=city["source"], **said,
            )  # fmt: skip


def formula(indicator, kind, *of, by=(), **more):
    return save_formula(indicator=indicator, written=Written(kind, tuple(of), tuple(by), **more))


def shown(slug, code="01", at="2024"):
    return Figure.objects.current().get(edition__indicator__slug=slug, area__code=code, period__code=at)


def test_a_share_is_published_with_its_counts(counted):
    formula(counted["anteil"], "share", "kinder", by=["leute"])
    publish_release(release=counted["release"])
    figure = shown("anteil")
    assert (figure.value, figure.status, figure.numerator, figure.denominator) == (D(25), "reported", D(20), D(80))
    assert (figure.rank, figure.rank_of, figure.source) == (1, 2, counted["source"])
    none = shown("anteil", "02", "2023")
    assert (none.value, none.status) == (D(0), "zero")


def test_a_share_of_a_whole_is_a_ratio_of_sums(counted):
    whole = Area.objects.create(
        level=counted["level"].__class__.objects.create(
            slug="stadt", name="Stadt", name_plural="Städte", name_en="city", name_plural_en="cities", rank=0
        ),
        code="0", name="Stadt", geometry=counted["areas"][0].geometry, valid="[2000-01-01,)", source=counted["source"],
    )  # fmt: skip
    for part in counted["areas"]:
        whole.part_links.create(part=part)
    for slug in ("kinder", "leute", "anteil"):
        counted[slug].levels.add(whole.level)
    formula(counted["anteil"], "share", "kinder", by=["leute"])
    publish_release(release=counted["release"])
    figure = shown("anteil", "0")
    assert (figure.numerator, figure.denominator) == (D(25), D(130))
    assert figure.value == D("19.2")
    assert shown("anteil").city_difference == D("5.8")


def test_a_missing_area_never_shifts_another(counted):
    formula(counted["anteil"], "share", "kinder", by=["leute"])
    Value.objects.filter(indicator=counted["leute"], area=counted["areas"][0], period__code="2024").delete()
    publish_release(release=counted["release"])
    assert (shown("anteil").value, shown("anteil").status) == (None, "missing")
    assert shown("anteil", "02").value == D(10)


def test_periods_back_skip_years_without_figures_but_never_areas(counted):
    change = measure(counted, "mehr", aggregation="computed")
    formula(change, "change", "kinder", periods_back=1)
    deliver(counted, "kinder", "2019", (7, None))
    publish_release(release=counted["release"])
    assert shown("mehr", at="2024").value == D(10)
    assert shown("mehr", at="2023").value == D(3)  # against 2019: the period before in the series
    assert shown("mehr", "02", "2023").status == "missing"  # 2019 is not known here, and 2018 is no substitute


def test_a_break_of_an_input_stands_between_its_periods(counted):
    change = measure(counted, "mehr", unit="Punkte", aggregation="computed")
    formula(counted["anteil"], "share", "kinder", by=["leute"])
    formula(change, "change", "anteil", base_period="2023")
    SeriesBreak.objects.create(indicator=counted["kinder"], period=period("2024"), reason="Neu gezählt.")
    publish_release(release=counted["release"])
    assert shown("anteil").value == D(25)
    assert not Figure.objects.filter(edition__indicator=change).exists()


def test_what_was_computed_is_input_for_more(counted):
    change = measure(counted, "mehr", unit="Punkte", unit_long="Prozentpunkte", aggregation="computed", decimals=1)
    formula(counted["anteil"], "share", "kinder", by=["leute"])
    formula(change, "change", "anteil", base_period="2023")
    publish_release(release=counted["release"])
    assert shown("mehr").value == D(15)


def test_secret_inputs_make_secret_results(counted):
    formula(counted["anteil"], "share", "kinder", by=["leute"])
    Value.objects.filter(indicator=counted["kinder"], area=counted["areas"][0], period__code="2024").update(
        value=None, status="suppressed"
    )
    publish_release(release=counted["release"])
    figure = shown("anteil")
    assert (figure.value, figure.status, figure.numerator) == (None, "suppressed_secondary", None)


def test_a_release_of_one_input_computes_again(counted):
    formula(counted["anteil"], "share", "kinder", by=["leute"])
    publish_release(release=counted["release"])
    later = Release.objects.create(slug="r2", title="R2")
    deliver(counted, "leute", "2024", (40,), release=later)
    publish_release(release=later)
    assert shown("anteil").value == D(50)
    assert shown("anteil").edition.release == later
    assert shown("kinder").edition.release == counted["release"]


def test_a_changed_formula_is_noticed_before_publishing(counted):
    formula(counted["anteil"], "share", "kinder", by=["leute"])
    prepare_release(release=counted["release"])
    assert is_prepared(Release.objects.get())
    formula(counted["anteil"], "share", "leute", by=["kinder"])
    assert not is_prepared(Release.objects.get())


def test_circles_are_refused_by_the_action_and_by_the_database(counted):
    other = measure(counted, "umgekehrt", unit="%", aggregation="computed", factor=100)
    formula(counted["anteil"], "quotient", "kinder", by=["leute"])
    formula(other, "quotient", "anteil", by=["leute"])
    with pytest.raises(FormulaRefused, match="nicht aus sich selbst"):
        formula(counted["anteil"], "quotient", "umgekehrt", by=["leute"])
    with pytest.raises(FormulaRefused, match="„Anteil“ → „Anteil“"):
        formula(counted["anteil"], "quotient", "anteil", by=["leute"])
    own = Formula.objects.get(indicator=counted["anteil"])
    with pytest.raises(IntegrityError, match="nicht aus sich selbst"), transaction.atomic():
        FormulaTerm.objects.create(formula=own, role="of", input=other)


def test_two_formulas_may_change_places(counted):
    one, two = (measure(counted, slug, unit="x", aggregation="computed") for slug in ("eins", "zwei"))
    formula(one, "quotient", "kinder", by=["leute"])
    formula(two, "quotient", "eins", by=["leute"])
    turned = {
        one: Written("quotient", ("zwei",), ("leute",)),
        two: Written("quotient", ("kinder",), ("leute",)),
    }
    save_formulas(formulas=turned)
    assert set(one.formula.terms.values_list("input__slug", flat=True)) == {"zwei", "leute"}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (Written("share", ("kinder",)), "Es fehlt der Nenner"),
        (Written("share", ("quote",), ("leute",)), "„Quote“ ist keine Anzahl"),
        (Written("sum", ("kinder", "quote")), "derselben Einheit"),
        (Written("sum", ("kinder",)), "mindestens zwei Summanden"),
        (Written("change", ("kinder",)), "entweder"),
        (Written("change", ("kinder",), (), 1, "2023"), "entweder"),
        (Written("index", ("kinder",)), "100 ist"),
        (Written("index", ("kinder",), base_period="1850"), "Den Zeitraum „1850“ gibt es nicht"),
        (Written("moving_average", ("kinder",), years=1), "2 bis 20"),
        (Written("share", ("nichts",), ("leute",)), "Den Indikator „nichts“ gibt es nicht"),
        (Written("per_1000", ("kinder",), ("leute",)), "Faktor 1000"),
        (Written("mittel", ("kinder",)), "keine Rechenart"),
        (Written("quotient", ("kinder",), ("kinder",)), "mehrfach"),
    ],
)
def test_nonsense_is_refused_in_german(counted, written, text):
    with pytest.raises(FormulaRefused, match=text):
        save_formula(indicator=counted["anteil"], written=written)


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "change"}, {"kind": "index"}, {"kind": "moving_average", "years": 1}, {"kind": "sum", "years": 3},
     {"kind": "share", "periods_back": 1}],
)  # fmt: skip
def test_the_database_holds_no_incomplete_formula(counted, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Formula.objects.create(indicator=counted["anteil"], **wrong)


def test_its_history_is_kept(counted):
    formula(counted["anteil"], "share", "kinder", by=["leute"])
    formula(counted["anteil"], "share", "kinder", by=["leute"])
    assert not FormulaHistory.objects.exists() and not FormulaTermHistory.objects.exists()
    formula(counted["anteil"], "quotient", "leute", by=["kinder"])
    assert FormulaHistory.objects.get().kind == "share"
    assert FormulaTermHistory.objects.count() == 2


def test_densities_of_estimated_counts_are_not_compared_over_time(counted):
    density = measure(counted, "dichte", unit="je km²", unit_long="je km²", aggregation="computed")
    formula(density, "density", "leute")
    Value.objects.filter(area=counted["areas"][0]).update(status="estimated")
    Area.objects.update(geometry="SRID=25832;MULTIPOLYGON(((0 0, 1000 0, 1000 1000, 0 1000, 0 0)))")
    publish_release(release=counted["release"])
    density.refresh_from_db()
    table = figure_table(density.current_edition, "stadtteil")
    assert (shown("dichte").value, shown("dichte").status) == (D(80), "estimated")
    assert table.change("01", "2023", "2024") is None
    assert table.change("02", "2023", "2024") == D(0)


def test_nothing_is_delivered_for_it(counted, admin_user):
    formula(counted["anteil"], "share", "kinder", by=["leute"])
    with pytest.raises(EditingError, match="aus anderen Indikatoren berechnet"):
        save_cells(
            release=counted["release"], indicator=counted["anteil"], level=counted["level"], cells=[], user=admin_user
        )
    assert counted["anteil"] not in ValueForm().fields["indicator"].queryset


def test_the_grid_says_so(admin_client, counted):
    formula(counted["anteil"], "share", "kinder", by=["leute"])
    page = admin_client.get("/redaktion/raster/anteil/", {"entwurf": "r1"}).content.decode()
    assert "wird aus anderen Indikatoren berechnet" in page
    assert "data-tools" not in page


def posted(indicator, **more):
    plain = {
        field.name: getattr(indicator, field.attname)
        for field in indicator._meta.concrete_fields
        if field.editable and getattr(indicator, field.attname) is not None
    }
    breaks = {"breaks-TOTAL_FORMS": 0, "breaks-INITIAL_FORMS": 0}
    plain |= {"author_breaks": "", "headline": "{}", "levels": list(indicator.levels.values_list("pk", flat=True))}
    return {**plain, **breaks, **more}


def save_form(client, indicator, **more):
    address = reverse("admin:indicators_indicator_change", args=[indicator.pk])
    return client.post(address, posted(indicator, **more))


def test_the_administration_saves_a_formula(admin_client, counted):
    ids = {"formula_of": [counted["kinder"].pk], "formula_by": [counted["leute"].pk]}
    assert save_form(admin_client, counted["anteil"], formula_kind="share", **ids).status_code == 302
    assert list(counted["anteil"].formula.terms.values_list("role", "input__slug")) == [
        ("of", "kinder"),
        ("by", "leute"),
    ]
    page = admin_client.get(reverse("admin:indicators_indicator_change", args=[counted["anteil"].pk])).content.decode()
    assert f'<option value="{counted["kinder"].pk}" selected>' in page
    counted["anteil"].aggregation = "none"
    assert save_form(admin_client, counted["anteil"]).status_code == 302
    assert not Formula.objects.exists()


@pytest.mark.parametrize(
    ("said", "text"),
    [({}, "Bitte wählen, wie der Indikator berechnet wird"), ({"formula_kind": "share"}, "Es fehlt der Zähler"),
     ({"formula_kind": "quotient", "formula_of": "anteil", "formula_by": "leute"}, "nicht aus sich selbst")],
)  # fmt: skip
def test_the_administration_refuses_in_words(admin_client, counted, said, text):
    said = {k: [counted[v].pk] if k != "formula_kind" else v for k, v in said.items()}
    response = save_form(admin_client, counted["anteil"], **said)
    assert response.status_code == 200
    assert text in response.content.decode()
    assert not Formula.objects.exists()


def test_the_form_reads_the_formula_aloud(admin_client, client, counted):
    address = reverse("admin:indicators_indicator_formula")
    asked = {"formula_kind": "share", "formula_of": counted["kinder"].pk, "factor": "100"}
    told = admin_client.get(address, {**asked, "formula_by": counted["leute"].pk}).json()
    assert told == {"sentence": "„Kinder“ je 100 von „Leute“", "faults": []}
    assert admin_client.get(address, asked).json()["faults"] == ["Es fehlt der Nenner."]
    assert admin_client.get(address, {"formula_kind": "nichts", "factor": "x" * 9}).json()["sentence"] == ""


def test_readers_find_the_formula_and_the_figures_behind_a_figure(client, counted):
    formula(counted["anteil"], "share", "kinder", by=["leute"])
    publish_release(release=counted["release"])
    page = client.get("/indikatoren/anteil/").content.decode()
    assert "„Kinder“ je 100 von „Leute“" in page and "/indikatoren/kinder/" in page
    path = "/herkunft/anteil/stadtteil/01/2024"
    page = client.get(f"{path}/").content.decode()
    assert "aus anderen veröffentlichten Zahlen berechnet" in page
    assert "/herkunft/kinder/stadtteil/01/2024/" in page and "/herkunft/leute/stadtteil/01/2024/" in page
    data = client.get(f"{path}.json").json()
    assert data["formula"]["kind"] == "share"
    assert [(one["indicator"], one["value"]) for one in data["prov:wasDerivedFrom"]] == [
        ("kinder", "20"),
        ("leute", "80"),
    ]
    assert data["prov:wasGeneratedBy"]["is_reproducible"] is True


def test_a_figure_that_cannot_be_computed_says_why(client, counted):
    change = measure(counted, "mehr", aggregation="computed")
    formula(change, "change_percent", "kinder", base_period="2023")
    publish_release(release=counted["release"])
    assert shown("mehr", "02").status == "not_applicable"
    assert "durch null zu teilen" in client.get("/herkunft/mehr/stadtteil/02/2024/").content.decode()
