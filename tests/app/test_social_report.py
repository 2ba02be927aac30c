"""The report on the social situation: wrong inputs, no empty chapters, what the city's folder says, PDF and English."""

import datetime
import io

import pikepdf
import pytest
from django.core.management import call_command
from django.utils.translation import override

from atlas.reports import kinds
from atlas.reports.compilation import Compilation, Part, as_data, compilation_of
from atlas.reports.compiling import compiled
from atlas.reports.document import Heading, Terms, pictures, plain, tables, walk
from atlas.reports.formats import written
from atlas.reports.sections import SECTIONS, WrongOption
from atlas.reports.social_template import FILE
from atlas.reports.templates import TEMPLATES
from indicators.models import Dimension, Figure
from tests.printed import words_on_pages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def one_part(section, title="", **options):
    return compiled(Compilation("Probe", parts=(Part(section, title, options=options),)))


def chapters(document):
    return [block.text for block in walk(document.blocks) if isinstance(block, Heading) and block.level == 1]


@pytest.fixture(scope="module")
def report(dortmund, django_db_blocker):
    with django_db_blocker.unblock():
        return compiled(TEMPLATES["soziale-lage"].fill({"edition": "2026", "preface": "Guten Tag.\n\n- eins\n- zwei"}))


@pytest.fixture(scope="module")
def printed(report):
    return written(report, "pdf")


def test_chapters_stand_in_the_order_of_the_report(report):
    found = chapters(report)
    assert found[:3] == ["Vorwort", "Zusammenfassung", "Demographie"]
    assert found[-6:] == [
        "Sozialindex",
        "Gebiete, die sich ähneln",
        "Unter dem städtischen Durchschnitt",
        "Ungleichheit und Muster",
        "Entwicklung in den Aktionsräumen",
        "Was die Zahlen bedeuten",
    ]
    assert {"Kinder und Jugendliche", "Familien", "Ältere Menschen"} <= set(found)


def test_dimensions_and_groups_without_figures_leave_no_chapter(report):
    """Nothing is published about income, employment, school entry and migration: they have no heading."""
    published = set(Figure.objects.current().values_list("edition__indicator__dimension__slug", flat=True))
    for dimension in Dimension.objects.filter(kind="dimension").exclude(slug="sozialindex"):
        assert (dimension.label in chapters(report)) == (dimension.slug in published)
    assert "Einkommen" not in chapters(report)
    assert "Menschen mit Migrationshintergrund" not in chapters(report)


def test_every_picture_says_its_numbers_and_every_table_has_a_caption(report):
    assert len(pictures(report)) > 40
    assert all(len(picture.alternative) > 40 for picture in pictures(report))
    assert all(table.caption and table.name for table in tables(report))


def test_the_cover_names_publisher_edition_and_release(report, settings):
    head = {
        term: plain(said) for block in report.blocks[:2] if isinstance(block, Terms) for term, said in block.entries
    }
    assert head["Ausgabe"] == "2026"
    assert "Erste Veröffentlichung" in head["Zahlen"]
    settings.OPERATOR = {**settings.OPERATOR, "name": "Stadt Beispiel"}
    document = one_part("title_page")
    assert any(
        "Stadt Beispiel" in plain(said) for b in document.blocks if isinstance(b, Terms) for _t, said in b.entries
    )


@pytest.mark.parametrize(
    ("section", "options", "said"),
    [
        ("theme", {"dimension": "nie"}, "demographie"),
        ("theme", {"dimension": "wohnen", "level": "dorf"}, "sozialraum"),
        ("theme", {"dimension": "wohnen", "indicators": ["einwohner"]}, "Dimension „Wohnen“"),
        ("target_group", {"indicators": ["nie"]}, "Katalog"),
        ("index", {"index": "nie"}, "mss_status"),
        ("typology", {"typology": "nie"}, "soziale-lage"),
        ("screening", {"rule": "nie"}, "vier-von-fuenf"),
        ("inequality", {"level": "dorf"}, "sozialraum"),
        ("summary", {"level": "dorf"}, "sozialraum"),
    ],
)
def test_wrong_options_are_refused_in_words(section, options, said):
    with pytest.raises(WrongOption, match="Abschnitt „") as error:
        one_part(section, **options)
    assert said in str(error.value)


def test_other_levels_can_be_told():
    names = [table.columns[0].label for table in tables(one_part("theme", dimension="wohnen", level="stadtbezirk"))]
    assert "Stadtbezirk" in names


def test_groups_come_from_the_folder_and_unknown_indicators_are_left_out(tmp_path, settings):
    settings.CITY_FOLDER = tmp_path
    groups = [part for part in TEMPLATES["soziale-lage"].fill({}).parts if part.section == "target_group"]
    assert [part.title for part in groups] == ["Seniorinnen und Senioren"], "of the catalogue, where there is no file"
    (tmp_path / FILE).write_text(
        '[[target_group]]\nname = "Alle"\nname_en = "All"\nindicators = ["einwohner", "nie"]\n'
        '[[target_group]]\nname = "Niemand"\nindicators = ["nie"]\n'
    )
    groups = [part for part in TEMPLATES["soziale-lage"].fill({}).parts if part.section == "target_group"]
    assert [(part.title, part.options["indicators"]) for part in groups] == [("Alle", ["einwohner"])]
    (tmp_path / FILE).write_text("[[target_group")
    assert [part.title for part in TEMPLATES["soziale-lage"].fill({}).parts if part.section == "target_group"]


def test_the_folder_of_the_city_names_indicators_that_there_are(settings):
    import tomllib

    from indicators.models import Indicator

    rows = tomllib.loads((settings.BASE_DIR / "fixtures" / FILE).read_text())["target_group"]
    named = {slug for row in rows for slug in row["indicators"]}
    assert named <= set(Indicator.objects.values_list("slug", flat=True))


def test_a_filled_template_is_plain_data_and_every_part_is_known():
    found = TEMPLATES["soziale-lage"].fill({"level": "stadtbezirk", "areas": ["sozialraum/023"]})
    assert compilation_of(as_data(found)) == found
    assert {part.section for part in found.parts} <= set(SECTIONS)


def test_headings_never_skip_a_level(report):
    levels = [block.level for block in walk(report.blocks) if isinstance(block, Heading)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))  # noqa: RUF007


def test_the_pdf_is_tagged_and_no_page_is_nearly_empty(printed):
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
        assert figures and all(len(str(figure.Alt)) > 0 for figure in figures)
    words = words_on_pages(printed)
    assert 30 <= len(words) <= 50
    assert min(words[:-1]) > 60


def test_the_same_request_gives_the_same_bytes(printed, report):
    again = compiled(TEMPLATES["soziale-lage"].fill({"edition": "2026", "preface": "Guten Tag.\n\n- eins\n- zwei"}))
    assert again == report
    assert written(again, "pdf") == printed


def test_the_english_report_is_english():
    with override("en"):
        plan = TEMPLATES["soziale-lage"].fill({})
        kept = [
            p for p in plan.parts if p.section in ("summary", "target_group", "typology", "screening", "inequality")
        ]
        document = compiled(Compilation(plan.title, kind=plan.kind, parts=tuple(kept)))
    assert (document.language, document.title) == ("en", "Report on the social situation")
    assert {"Summary", "Children and young people", "Areas that are alike", "Below the city's average"} & set(
        chapters(document)
    )
    assert not {"Zusammenfassung", "Familien"} & set(chapters(document))


def test_the_command_makes_the_report(tmp_path):
    file = tmp_path / "bericht.xlsx"
    call_command("report", "soziale-lage", "--level", "stadtbezirk", "-o", str(file), verbosity=0)
    plan = as_data(TEMPLATES["soziale-lage"].fill({"level": "stadtbezirk"}))
    assert file.read_bytes() == written(kinds.make("compilation", plan, release=""), "xlsx")


def test_the_map_of_the_index_outlines_the_plan_of_the_day():
    """Ten years ago other areas were in the plan than today; the clock says nothing."""

    def map_on(on):
        document = compiled(Compilation("Probe", day=on, parts=(Part("index", options={"index": "mss_status"}),)))
        return pictures(document)[0].svg

    assert map_on(datetime.date(2015, 1, 1)) != map_on(datetime.date(2026, 1, 1))
    assert map_on(datetime.date(2025, 1, 1)) == map_on(datetime.date(2026, 1, 1))
