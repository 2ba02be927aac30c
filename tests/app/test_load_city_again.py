"""A folder that is loaded again publishes only what differs from what it published last."""

import contextlib
import json
from decimal import Decimal

import psycopg2
import pytest
from django.core.management import CommandError
from django.db import connection

from areas.models import Area, Source
from atlas.management.commands.load_city import LOCK
from indicators.actions import publish_release
from indicators.models import Figure, Indicator, LoadedFolder, Release, Value

from .guide import load, replace, write_guide

pytestmark = pytest.mark.django_db
INDICATOR = "indicators/anteil_ab_65.toml"
VALUES = "values/melderegister.csv"


@pytest.fixture
def folder(tmp_path):
    """The folder of the guide, loaded and published once."""
    path = write_guide(tmp_path)
    load(path, commit=True)
    return path


def slugs() -> list[str]:
    return list(Release.objects.order_by("pk").values_list("slug", flat=True))


def shown(code: str) -> Decimal:
    return Figure.objects.current().get(area__code=code).value


def correct(code: str, value: int) -> None:
    """Somebody publishes another value for one area, without the folder."""
    release = Release.objects.create(slug=f"korrektur-{code}", title="Korrektur")
    old = Value.objects.get(area__code=code, release__slug="2026-1")
    Value.objects.create(
        release=release,
        indicator=old.indicator,
        area=old.area,
        period=old.period,
        value=value,
        status="reported",
        numerator=value,
        denominator=100,
        source=old.source,
        origin="Brief vom 3. Mai",
    )
    publish_release(release=release)


def test_a_changed_text_is_shown_without_a_release_and_undoes_no_correction(folder):
    correct("03", 41)
    replace(folder / INDICATOR, "Anteil der Menschen", "Teil der Menschen")
    replace(folder / "sources.toml", "Statistikstelle Musterstadt", "Amt für Statistik")
    replace(folder / "areas" / "viertel.geojson", "Hafen", "Alter Hafen")
    assert "Keine neue Veröffentlichung" in load(folder, commit=True)
    assert slugs() == ["2026-1", "korrektur-03"] and shown("03") == 41
    assert Indicator.objects.get().definition.startswith("Teil")
    assert Source.objects.get(slug="melderegister").publisher == "Amt für Statistik"


def test_a_run_without_a_release_is_remembered(folder):
    replace(folder / "release.toml", "Ein Indikator", "Eine Zahl")
    assert "Keine neue Veröffentlichung" in load(folder, commit=True)
    assert "nichts zu tun" in load(folder, commit=True)
    assert LoadedFolder.objects.count() == 2


def test_going_back_to_an_earlier_state_is_loaded_too(folder):
    replace(folder / VALUES, ";640;", ";560;")
    load(folder, commit=True)
    replace(folder / VALUES, ";560;", ";640;")
    load(folder, commit=True)
    assert shown("03") == 40


def test_a_release_holds_only_rows_that_differ(folder):
    correct("03", 41)
    replace(folder / VALUES, ";90;900", ";180;900")
    assert "davon 1 neu oder geändert" in load(folder, commit=True)
    release = Release.objects.get(slug="2026-1-2")
    assert [v.area.code for v in release.values.all()] == ["02"]
    assert (release.title, release.title_en) == (
        "Erste Veröffentlichung (Ergänzung 1)",
        "First release (supplement 1)",
    )
    assert (shown("02"), shown("03")) == (20, 41)


def test_the_folder_wins_where_its_own_row_has_changed(folder):
    correct("03", 41)
    replace(folder / VALUES, ";640;1600;", ";480;1600;")
    load(folder, commit=True)
    assert shown("03") == 30


def test_a_status_counts_as_a_difference(folder):
    replace(folder / VALUES, "03;2024;;reported;640", "03;2024;;estimated;640")
    load(folder, commit=True)
    assert Release.objects.get(slug="2026-1-2").values.get().status == "estimated"


@pytest.mark.parametrize(
    ("file", "old", "new", "number"),
    [
        (INDICATOR, "decimals = 1", "decimals = 2", "41.00"),
        (INDICATOR, 'levels = ["stadt", "viertel"]', 'levels = ["viertel"]', "41"),
        ("areas/viertel.geojson", "8.04", "8.05", "41"),
    ],
)
def test_what_decides_about_figures_makes_them_new_from_the_visible_values(folder, file, old, new, number):
    correct("03", 41)
    replace(folder / file, old, new)
    assert "davon 0 neu oder geändert, 1 Indikator" in load(folder, commit=True)
    edition = Indicator.objects.get().current_edition
    assert edition.release.slug == "2026-1-2" and edition.release.values.count() == 4
    assert shown("03") == Decimal(number)
    replace(folder / "release.toml", "Ein Indikator", "Eine Zahl")
    assert "Keine neue Veröffentlichung" in load(folder, commit=True), "a repeated correction is not the folder's row"
    assert shown("03") == 41


def test_direction_decides_about_no_figure(folder):
    replace(folder / INDICATOR, '"neutral"', '"higher_is_worse"')
    load(folder, commit=True)
    assert slugs() == ["2026-1"]
    assert Indicator.objects.get().direction == "higher_is_worse"


def test_a_row_left_out_is_warned_about_and_stays_public(folder):
    replace(folder / VALUES, "anteil_ab_65;viertel;04;2024;;reported;150;1000;\n", "")
    told = load(folder, commit=True)
    assert "1 Werte" in told and "Weglassen zieht sie nicht zurück" in told
    assert slugs() == ["2026-1"] and shown("04") == 15


def test_a_new_slug_is_a_release_of_its_own(folder):
    replace(folder / "release.toml", "2026-1", "2027-1")
    replace(folder / VALUES, ";640;", ";560;")
    load(folder, commit=True)
    assert Release.objects.get(slug="2027-1").title == "Erste Veröffentlichung"


def test_a_dry_run_says_the_same_and_keeps_nothing(folder):
    replace(folder / VALUES, ";640;", ";560;")
    assert "davon 1 neu oder geändert" in load(folder)
    assert slugs() == ["2026-1"] and LoadedFolder.objects.count() == 1


def test_two_runs_at_once_wait_for_each_other(folder):
    server = {k: v for k, v in connection.get_connection_params().items() if k in {"host", "port", "user", "password"}}
    other = psycopg2.connect(dbname=connection.settings_dict["NAME"], **server)
    with contextlib.closing(other), other.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        free = cursor.fetchone()[0]
    assert not free  # the test's own transaction has loaded the folder and not ended yet


def test_a_refused_folder_leaves_everything_as_it_was(folder):
    replace(folder / "areas" / "viertel.geojson", "Hafen", "Alter Hafen")
    replace(folder / VALUES, ";90;900", ";neunzig;900")
    with pytest.raises(CommandError):
        load(folder, commit=True)
    assert Area.objects.filter(name="Hafen").exists() and LoadedFolder.objects.count() == 1


def test_a_portal_from_before_remembers_its_folder_by_the_release(folder):
    LoadedFolder.objects.all().delete()
    assert "nichts zu tun" in load(folder, commit=True)


def test_an_area_that_is_gone_leaves_the_others_as_they_were(folder):
    content = json.loads((folder / "areas" / "viertel.geojson").read_text(encoding="utf-8"))
    del content["features"][3]
    (folder / "areas" / "viertel.geojson").write_text(json.dumps(content), encoding="utf-8")
    replace(folder / VALUES, "anteil_ab_65;viertel;04;2024;;reported;150;1000;\n", "")
    assert "1 Werte" in load(folder, commit=True)
    assert shown("03") == 40 and shown("09999999") == Decimal("25.8")  # 1030 of 4000


def test_a_changed_weight_makes_the_weighed_means_new(folder):
    text = (folder / INDICATOR).read_text(encoding="utf-8").replace("unit_long_en", "order = 2\nunit_long_en")
    (folder / "indicators" / "mittel.toml").write_text(
        text.replace('"ratio"', '"weighted_mean"\nweight = "menschen"'), encoding="utf-8"
    )
    (folder / "indicators" / "menschen.toml").write_text(
        text.replace('"ratio"', '"sum"').replace("%", ""), encoding="utf-8"
    )
    rows = [
        f"menschen;viertel;0{n};2024;100;reported;;;\nmittel;viertel;0{n};2024;{n};reported;;;\n" for n in (1, 2, 3, 4)
    ]
    replace(folder / VALUES, "anteil_ab_65;viertel;01", "".join(rows) + "anteil_ab_65;viertel;01")
    load(folder, commit=True)
    city = Figure.objects.current().filter(area__level__slug="stadt", edition__indicator__slug="mittel")
    assert city.get().value == Decimal("2.5")
    replace(folder / VALUES, "menschen;viertel;04;2024;100", "menschen;viertel;04;2024;700")
    assert "davon 1 neu oder geändert, 1 Indikator" in load(folder, commit=True)
    assert city.get().value == Decimal("3.4")  # 100 x (1 + 2 + 3) + 700 x 4, by 1000
