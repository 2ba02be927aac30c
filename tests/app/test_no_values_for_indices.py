"""A composite index takes no values, on no way in; and no formula is made of one."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from areas.models import AreaLevel
from dortmund_sozial.accounts.tokens import make_token
from indicators.actions.editing import EditingError, save_cells
from indicators.actions.formulating import FormulaRefused, save_formula
from indicators.actions.uploads import save_template
from indicators.forms import ValueForm
from indicators.formulas import Written
from indicators.intake.cells import Typed
from indicators.models import CompositeIndex, Edit, Formula, IndexComponent, Indicator, Release, Value
from tests.app import uploading
from tests.app.uploading import LONG, checked, codes, planner, table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index():
    """„Lage“, an index of the mean age."""
    uploading.make_city()
    like = Indicator.objects.get(slug="alter")
    indicator = Indicator.objects.create(
        slug="lage", name="Lage", definition="x", dimension=like.dimension, source=like.source, aggregation="none",
        unit="", unit_long="Indexwert", decimals=2,
    )  # fmt: skip
    indicator.levels.set(AreaLevel.objects.all())
    made = CompositeIndex.objects.create(indicator=indicator, limits=[0], class_names=["günstig", "ungünstig"])
    IndexComponent.objects.create(index=made, indicator=like, weight=1, direction="raises")
    return made


@pytest.fixture
def draft():
    return Release.objects.create(slug="entwurf", title="Entwurf")


def test_an_upload_is_refused_with_what_was_found_and_what_is_expected():
    upload = checked(table("Viertel;001;Viertel A;Lage;2024;1,5"))
    finding = upload.findings.get(code="computed_indicator")
    assert finding.kind == "error"
    assert "„Lage“ ist ein Index und wird aus anderen Indikatoren berechnet" in finding.found
    assert finding.expected == "die Werte der Indikatoren, die er zusammenfasst"
    assert "computed_indicator" not in codes(checked(table("Viertel;001;Viertel A;Einwohner;2024;15"), name="b.csv"))


def test_the_interface_for_uploads_refuses_it_too(client):
    cache.clear()
    save_template(name="Alter", mapping=LONG)
    token = make_token(user=planner("amt"), name="Auftrag", days=30)[1]
    headers = {"authorization": f"Token {token}"}
    file = SimpleUploadedFile("lage.csv", table(indicator="Lage"))
    address = client.post("/api/v1/uploads/", {"file": file, "template": "Alter"}, headers=headers)["Location"]
    told = client.get(address, headers=headers).json()
    assert {(f["kind"], f["code"]) for f in told["findings"]} == {("error", "computed_indicator")}
    refused = client.post(f"{address}accept/", {"title": "Lage 2024"}, headers=headers)
    assert refused.status_code == 422
    assert not Value.objects.exists()


def test_the_grid_saves_nothing_for_it(index, draft):
    typed = Typed(area="001", period="2024", text="1,5", status="", seen="")
    level = AreaLevel.objects.get(slug="viertel")
    with pytest.raises(EditingError, match="„Lage“ ist ein Index und wird aus anderen Indikatoren berechnet"):
        save_cells(release=draft, indicator=index.indicator, level=level, cells=[typed], user=planner())
    assert not Value.objects.exists() and not Edit.objects.exists()


def test_the_grid_shows_that_it_is_an_index(admin_client, draft):
    page = admin_client.get("/redaktion/raster/lage/", {"entwurf": "entwurf"}).content.decode()
    assert "Dieser Indikator ist ein Index" in page and "data-tools" not in page
    other = admin_client.get("/redaktion/raster/alter/", {"entwurf": "entwurf"}).content.decode()
    assert "ist ein Index" not in other and "data-tools" in other


def test_the_administration_offers_no_value_for_it(index):
    offered = ValueForm().fields["indicator"].queryset
    assert index.indicator not in offered and Indicator.objects.get(slug="alter") in offered


@pytest.fixture
def total():
    """An indicator that may have a formula."""
    like = Indicator.objects.get(slug="alter")
    return Indicator.objects.create(
        slug="summe", name="Summe", name_en="Sum", definition="x", dimension=like.dimension, source=like.source,
        aggregation="computed", unit="", unit_long="Indexwert", decimals=2,
    )  # fmt: skip


REFUSED = "„Lage“ ist ein Index; eine Formel rechnet nur mit Indikatoren, die kein Index sind."


@pytest.mark.parametrize(
    "written", [Written("change", ("lage",), (), 1), Written("quotient", ("alter",), ("lage",))], ids=["of", "by"]
)
def test_no_formula_is_made_of_an_index(total, written):
    with pytest.raises(FormulaRefused, match=REFUSED):
        save_formula(indicator=total, written=written)
    assert not Formula.objects.exists()


def test_an_index_has_no_formula(index):
    with pytest.raises(FormulaRefused, match="„Lage“ ist ein Index; er hat eine eigene Rechenregel und keine Formel"):
        save_formula(indicator=index.indicator, written=Written("change", ("alter",), (), 1))
    assert not Formula.objects.exists()


def posted(indicator, **more):
    plain = {
        field.name: getattr(indicator, field.attname)
        for field in indicator._meta.concrete_fields
        if field.editable and getattr(indicator, field.attname) is not None
    }
    breaks = {"breaks-TOTAL_FORMS": 0, "breaks-INITIAL_FORMS": 0}
    return {**plain, "author_breaks": "", "headline": "{}", "levels": [], **breaks, **more}


def test_the_administration_refuses_such_a_formula(admin_client, index, total):
    address = reverse("admin:indicators_indicator_change", args=[total.pk])
    levels = list(AreaLevel.objects.values_list("pk", flat=True))
    formula = {"formula_kind": "change", "formula_of": [index.pk], "formula_periods_back": 1, "levels": levels}
    answer = admin_client.post(address, posted(total, **formula))
    assert answer.status_code == 200 and REFUSED in answer.content.decode()
    assert not Formula.objects.exists()
    formula["formula_of"] = [Indicator.objects.get(slug="alter").pk]
    saved = admin_client.post(address, posted(total, **formula))
    assert saved.status_code == 302, saved.context["adminform"].form.errors
    assert Formula.objects.exists()
