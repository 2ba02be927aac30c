"""An area that was split: figures of each period belong to the areas that there were, and pages say so."""

import csv
import io
import json
from datetime import date
from decimal import Decimal as D

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from areas.actions import publish_boundaries
from areas.models import Area, AreaLevel, PublishedFile
from areas.recutting import recut_since, same_ground
from indicators.actions import publish_release
from indicators.actions.formulating import save_formula
from indicators.auditing import exposures
from indicators.formulas import Written
from indicators.models import Figure, Indicator, Period, Release, Value
from indicators.selectors import figure_table
from indicators.selectors_provenance import figure_at, provenance
from tests.app.small_city import small_city

pytestmark = pytest.mark.django_db
CUT = date(2019, 7, 1)


def box(left, right):
    return f"SRID=25832;MULTIPOLYGON((({left} 0, {right} 0, {right} 1000, {left} 1000, {left} 0)))"


@pytest.fixture
def city():
    """A whole of two areas; the first was split in 2019: one half kept its code, the other got a new one."""
    made = small_city()
    level, source = made["level"], made["source"]
    old, other = made["areas"]
    Area.objects.filter(pk=old.pk).update(geometry=box(0, 2000), valid=DateRange(None, CUT))
    Area.objects.filter(pk=other.pk).update(geometry=box(2000, 3000), valid=DateRange(None, None))
    parts = [
        Area.objects.create(
            level=level, code=code, name=name, geometry=shape, valid=DateRange(CUT, None), source=source
        )
        for code, name, shape in (("01", "Mitte", box(0, 1000)), ("03", "Neu", box(1000, 2000)))
    ]
    stadt = AreaLevel.objects.create(
        slug="stadt", name="Stadt", name_plural="Städte", name_en="city", name_plural_en="cities", rank=0
    )
    whole = Area.objects.create(
        level=stadt, code="0", name="Stadt", geometry=box(0, 3000), valid=DateRange(None, None), source=source
    )
    for part in (*parts, other):  # the links of today, as loading the new division writes them
        whole.part_links.create(part=part)
    Indicator.objects.update(aggregation="sum", unit="", unit_long="Menschen", decimals=0)
    indicator = Indicator.objects.get()
    indicator.levels.add(stadt)
    then = Period.objects.create(code="2018", start="2018-01-01", end="2018-12-31")
    release = Release.objects.create(slug="r", title="R")
    made |= {"indicator": indicator, "old": old, "new": parts, "other": other, "whole": whole, "then": then}
    made |= {"release": release}
    deliver(made, then, {old: 900, other: 100})
    deliver(made, made["period"], {parts[0]: 500, parts[1]: 450, other: 130})
    return made


def deliver(city, period, numbers):
    for area, number in numbers.items():
        Value.objects.create(
            release=city["release"], indicator=city["indicator"], area=area, period=period, value=D(number),
            status="reported", source=city["source"],
        )  # fmt: skip


def published(city):
    publish_release(release=city["release"])
    for level in AreaLevel.objects.all():
        publish_boundaries(level=level)
    rows = Figure.objects.current().filter(edition__indicator=city["indicator"])
    return {(f.period.code, f.area_id): f for f in rows.select_related("period", "area")}


def test_figures_belong_to_the_areas_of_their_time(city):
    found = published(city)
    old, (new, newer) = city["old"], city["new"]
    assert {key: figure.value for key, figure in found.items()} == {
        ("2018", old.pk): D(900), ("2018", city["other"].pk): D(100), ("2018", city["whole"].pk): D(1000),
        ("2024", new.pk): D(500), ("2024", newer.pk): D(450), ("2024", city["other"].pk): D(130),
        ("2024", city["whole"].pk): D(1080),
    }  # fmt: skip
    assert found["2018", old.pk].rank == 1


def test_no_change_is_told_across_the_cut_but_for_the_same_ground(city):
    published(city)
    city["indicator"].refresh_from_db()
    table = figure_table(city["indicator"].current_edition, "stadtteil")
    assert table.change("01", "2018", "2024") is None
    assert table.change("03", "2018", "2024") is None
    assert table.change("02", "2018", "2024") == D(30)
    assert table.city_change("2018", "2024") == D(80)


def test_formulas_over_time_keep_to_one_ground(city):
    change = Indicator.objects.create(
        slug="mehr", name="Mehr", name_en="More", definition="T.", dimension=city["indicator"].dimension, unit="",
        unit_long="Menschen", aggregation="computed", source=city["source"], decimals=0, factor=1,
    )  # fmt: skip
    change.levels.set(AreaLevel.objects.all())
    save_formula(indicator=change, written=Written("change", ("quote",), base_period="2018"))
    published(city)
    found = {f.area.code: (f.value, f.status) for f in Figure.objects.filter(edition__indicator=change)}
    assert found == {
        "01": (None, "missing"), "03": (None, "missing"), "02": (D(30), "reported"), "0": (D(80), "reported")
    }  # fmt: skip


def test_values_recomputed_by_the_city_for_the_areas_of_today_stay_there(city):
    Value.objects.filter(area=city["old"]).delete()
    deliver(city, city["then"], dict(zip(city["new"], (480, 420), strict=True)))
    found = published(city)
    assert found["2018", city["new"][0].pk].value == D(480)
    assert found["2018", city["whole"].pk].value == D(1000)
    assert not [key for key in found if key[1] == city["old"].pk]


def test_a_boundary_only_drawn_better_stays_the_same_ground(city):
    Area.objects.filter(pk=city["old"].pk).update(geometry=box(0, 1000.5))
    assert same_ground(timezone.localdate()) == {city["old"].pk: city["new"][0].pk}
    found = published(city)
    assert found["2018", city["new"][0].pk].value == D(900)  # its row of today carries the whole series
    assert set(recut_since("stadtteil", timezone.localdate())) <= {"03"}


def test_an_area_that_merely_begins_was_not_cut_anew(city):
    assert recut_since("stadtteil", timezone.localdate()) == {"01": CUT, "03": CUT}
    Area.objects.filter(pk=city["old"].pk).update(valid=DateRange(None, date(2015, 1, 1)))
    assert recut_since("stadtteil", timezone.localdate()) == {}


def test_the_way_back_leads_through_the_areas_of_then(city):
    published(city)
    city["indicator"].refresh_from_db()
    edition = city["indicator"].current_edition
    found = provenance(edition, figure_at(edition, level="stadt", code="0", period="2018"))
    assert [(part.area, part.value) for part in found.parts] == [(city["old"], D(900)), (city["other"], D(100))]
    assert found.is_exact


def test_pages_and_downloads_say_so(client, city):
    published(city)
    ask = "indikator=quote&ebene=stadtteil"
    card = client.get(f"/karte/?{ask}&zeit=2024&gebiet=01").content.decode()
    assert "Neu zugeschnitten 2019: Frühere Zahlen gelten für anders geschnittene Gebiete." in card
    then = client.get(f"/karte/?{ask}&zeit=2018&gebiet=01").content.decode()
    assert "Zuschnitt bis 2019: Die Zahl gilt für das Gebiet, wie es damals war." in then
    assert "neu zugeschnitten 2019" in client.get("/rangliste/quote/?ebene=stadtteil&zeit=2024").content.decode()
    assert "Zuschnitt bis 2019" in client.get("/rangliste/quote/?ebene=stadtteil&zeit=2018").content.decode()
    profile = client.get("/gebiete/stadtteil/01/").content.decode()
    assert "neu zugeschnitten 2019" in profile and "900" not in profile
    body = client.get(f"/karte/kennwerte.csv?{ask}&zeit=2024").content.decode("utf-8-sig")
    extents = {row["gebiet"]: row["zuschnitt"] for row in csv.DictReader(io.StringIO(body), delimiter=";")}
    assert extents == {"01": "neu zugeschnitten 2019", "02": "", "03": "neu zugeschnitten 2019"}
    assert client.get(f"/karte/karte.svg?{ask}&zeit=2018").status_code == 200


def test_the_published_file_tells_the_script_which_figures_stand_for_other_ground(city):
    published(city)
    file = PublishedFile.objects.get(name="kennwerte/quote/stadtteil.json", is_current=True)
    content = json.loads(bytes(file.plain))
    assert content["areas"] == ["01", "02", "03"]
    assert content["values"] == {"2018": [900, 100, None], "2024": [500, 130, 450]}
    assert content["status"]["2018"] == "rrm"
    assert content["cuts"] == {"2018": {"01": city["old"].pk}}


def test_a_secret_of_then_cannot_be_computed_from_the_areas_of_then(city):
    Value.objects.filter(area=city["old"]).update(value=D(2))
    found = published(city)
    of_then = {key[1]: figure.value for key, figure in found.items() if key[0] == "2018"}
    known = [pk for pk in (city["other"].pk, city["whole"].pk) if of_then[pk] is not None]
    assert of_then[city["old"].pk] is None
    assert len(known) < 2  # the whole minus the other part would be the secret
    assert exposures(Release.objects.get()) == []
    assert found["2024", city["new"][0].pk].value == D(500)
