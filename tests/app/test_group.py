"""Own groups of areas: the address is the group, wrong ones are said, and only public figures are used."""

import csv
import io
import re
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from areas.models import Area
from atlas.selectors.groups import group_rows
from indicators.models import Figure
from indicators.statistics.ranking import publish_rounded

pytestmark = pytest.mark.django_db
EVING = "041,042,043"


def rows_of(level, codes, moment=None):
    areas = list(
        Area.objects.in_force().at_level(level).filter(code__in=codes).select_related("level").order_by("code")
    )
    groups = group_rows(areas[0].level, areas, moment)
    return {row.indicator.slug: row for group in groups for row in group.rows}


def published(slug, level, code, period):
    return Figure.objects.current().get(
        edition__indicator__slug=slug, area__level__slug=level, area__code=code, period__code=period
    )


def record(client, **query):
    answer = client.get("/gruppe/kennwerte.csv", query)
    assert answer.status_code == 200, answer.content.decode()
    return {r["indikator"]: r for r in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")}


def test_form_comes_without_a_group_and_works_without_script(dortmund, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        html = client.get("/gruppe/").content.decode()
    assert html.count('name="gebiet"') == 39 and 'value="011"' in html
    chosen = client.get("/gruppe/waehlen/", {"ebene": "sozialraum", "gebiet": ["041", "042"], "name": "Eving & <mehr>"})
    assert chosen.url == "/gruppe/?ebene=sozialraum&gebiete=041,042&name=Eving+%26+%3Cmehr%3E"
    html = client.get(chosen.url).content.decode()
    assert "<h1>Eving &amp; &lt;mehr&gt;</h1>" in html and "<mehr>" not in html
    assert html.count("checked") == 2


def test_number_of_queries_does_not_depend_on_the_group(dortmund, client, django_assert_max_num_queries):
    every = ",".join(Area.objects.in_force().at_level("unterbezirk").values_list("code", flat=True))
    for query in ({"ebene": "unterbezirk", "gebiete": every}, {"ebene": "sozialraum", "gebiete": EVING}):
        with django_assert_max_num_queries(14):
            assert client.get("/gruppe/", query).status_code == 200


@pytest.mark.parametrize(
    "query, words",
    [
        ({"gebiete": "011,011"}, "Der Schlüssel „011“ steht mehrmals in der Liste; er zählt einmal."),
        ({"gebiete": "011,999"}, "Auf der Ebene Sozialraum gibt es kein Gebiet mit dem Schlüssel „999“."),
        ({"gebiete": "011,07"}, "nur auf der Ebene"),
        ({"gebiete": "011,07"}, "Eine Gruppe besteht aus Gebieten einer einzigen Ebene."),
        ({"ebene": "quartier", "gebiete": "011"}, "Die Ebene „quartier“ gibt es nicht."),
        ({"gebiete": "011", "name": "x" * 61}, "Der Name ist zu lang"),
        ({"gebiete": "011", "stand": "gestern"}, "Einen Stand „gestern“ gibt es nicht"),
        ({"gebiete": "\t<script>"}, "gibt es kein Gebiet mit dem Schlüssel"),
        ({"gebiete": ",".join(str(n) for n in range(2000, 2100))}, "95 weitere Schlüssel gibt es nicht."),
    ],
)
def test_what_cannot_be_used_is_said(dortmund, client, query, words):
    answer = client.get("/gruppe/", {"ebene": "sozialraum", **query})
    assert answer.status_code == 400
    assert words in unescape(answer.content.decode()) and "<script>" not in answer.content.decode().split("<main")[1]
    if "name" not in query:
        refused = client.get("/gruppe/kennwerte.csv", {"ebene": "sozialraum", **query})
        assert refused.status_code == 400 and words in refused.content.decode()


def test_a_district_is_the_group_of_its_parts(dortmund):
    rows = rows_of("sozialraum", EVING.split(","))
    for slug in ("hilfen_in_der_familie", "hilfen_ausserhalb_der_familie"):
        group, district = rows[slug].figure, published(slug, "stadtbezirk", "04", "2001")
        for field in ("value", "status", "numerator", "denominator", "lower", "upper", "differs", "city_difference"):
            assert getattr(group, field) == getattr(district, field), (slug, field)
    weighed = {
        s: r for s, r in rows.items() if r.figure.value is not None and r.indicator.aggregation == "weighted_mean"
    }
    assert len(weighed) > 10
    for slug, row in weighed.items():
        district = published(slug, "stadtbezirk", "04", row.period.code)
        step = Decimal(1).scaleb(-row.indicator.decimals)
        assert abs(row.figure.value - district.value) <= step, slug  # of rounded values, see docs/methods.md
        assert row.figure.status == "estimated"


def test_all_areas_together_are_the_city(dortmund):
    every = list(Area.objects.in_force().at_level("unterbezirk").values_list("code", flat=True))
    rows = rows_of("unterbezirk", every)
    people = rows["einwohner"]
    assert people.figure.value == people.city.value
    for slug, row in rows.items():
        if row.figure.value is not None and row.indicator.aggregation == "weighted_mean":
            assert abs(row.figure.value - row.city.value) <= Decimal(1).scaleb(-row.indicator.decimals), slug


def test_one_area_is_itself(dortmund):
    for slug, row in rows_of("sozialraum", ["043"]).items():
        own = published(slug, "sozialraum", "043", row.period.code)
        assert (row.figure.value, row.figure.status) == (own.value, own.status), slug
        assert (row.figure.lower, row.figure.upper, row.figure.differs) == (own.lower, own.upper, own.differs), slug


def test_missing_members_leave_no_value_and_are_named(dortmund, client):
    html = unescape(client.get("/gruppe/", {"ebene": "sozialraum", "gebiete": "011,041"}).content.decode())
    assert "Kein Wert, weil der von" in html and "nicht bekannt ist." in html
    row = record(client, ebene="sozialraum", gebiete="011,041")["hilfen_in_der_familie"]
    assert (row["wert"], row["status"], row["intervall_von"], row["zeichen"]) == ("", "missing", "", ".")


def test_page_csv_and_interface_say_the_same(dortmund, client):
    rows = record(client, ebene="sozialraum", gebiete=EVING, name="=SUMME(A1)")
    assert {row["gruppe"] for row in rows.values()} == {"'=SUMME(A1)"}
    found = client.get("/api/v1/groups/", {"level": "sozialraum", "areas": EVING}).json()
    assert found["areas"] == EVING.split(",")
    for figure in found["figures"]:
        text = rows[figure["indicator"]]["wert"]
        assert figure["value"] == (float(text.replace(",", ".")) if text else None)
    html = client.get("/gruppe/", {"ebene": "sozialraum", "gebiete": EVING}).content.decode()
    help_outside = next(f for f in found["figures"] if f["indicator"] == "hilfen_ausserhalb_der_familie")
    assert (help_outside["value"], help_outside["differs_from_city"]) == (12.4, False)
    assert "9,9\u00a0bis\u00a015,4" in html and "wackelt" in html


@pytest.mark.parametrize(
    "query", [{}, {"level": "sozialraum"}, {"level": "sozialraum", "areas": "011,999"}, {"level": "x"}]
)
def test_interface_refuses_what_is_no_group(dortmund, client, query):
    answer = client.get("/api/v1/groups/", query)
    assert answer.status_code == 400 and answer.json()["detail"]


def test_permanent_address_keeps_the_state(dortmund, client):
    html = unescape(client.get("/gruppe/", {"ebene": "sozialraum", "gebiete": EVING}).content.decode())
    address = re.search(r'href="(/gruppe/\?[^"]*stand=[^"]+)"', html).group(1)
    kept = client.get(address)
    assert kept.status_code == 200 and "öffentlich waren" in kept.content.decode()


def test_nothing_but_public_figures_is_used(dortmund, client, django_assert_max_num_queries):
    """Delivered values may be secret: the group must never read them."""

    with CaptureQueriesContext(
        connection,
    ) as asked:
        record(client, ebene="sozialraum", gebiete=EVING)
    assert not [query["sql"] for query in asked if '"indicators_value"' in query["sql"]]


def test_group_value_follows_from_published_figures_alone(dortmund):
    """Recomputed by hand from what the interface publishes: value, and the counts that the page on its origin shows."""
    row = rows_of("sozialraum", ["071", "072", "074"])["hilfen_ausserhalb_der_familie"]
    parts = [published("hilfen_ausserhalb_der_familie", "sozialraum", code, "2001") for code in ("071", "072", "074")]
    if all(part.value is not None for part in parts):
        ratio = sum(p.numerator for p in parts) / sum(p.denominator for p in parts) * 1000
        assert row.figure.value == publish_rounded(ratio, 1)
    else:
        assert row.figure.value is None and row.found.reason == "secret"
