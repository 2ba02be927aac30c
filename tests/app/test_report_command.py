"""`manage.py report profile`: a file with the bytes of the release, and what is said where there is nothing to write."""

import re

import pytest
from django.core.management import CommandError, ManagementUtility, call_command
from django.utils import timezone

from areas.models import Area, AreaLevel
from atlas.reports import kinds
from atlas.reports.compilation import Compilation, Part
from atlas.reports.compiling import compiled
from atlas.reports.document import Terms, walk
from atlas.reports.figures import signs_in
from atlas.reports.formats import written
from atlas.reports.origin import NothingToReport
from atlas.reports.profile import profile_document
from atlas.reports.sections import WrongOption
from atlas.reports.templates import TEMPLATES
from atlas.selectors.actionplan import first_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def refused(*words):
    with pytest.raises(CommandError) as error:
        call_command("report", *words)
    return str(error.value)


def test_the_command_writes_what_the_builder_makes(tmp_path):
    file = tmp_path / "profil.pdf"
    call_command("report", "profile", "sozialraum", "023", "-o", str(file), verbosity=0)
    document = kinds.make("profile", {"level": "sozialraum", "code": "023"}, release="")
    assert file.read_bytes() == written(document, "pdf")


def test_without_a_level_it_is_the_reporting_level_and_the_command_says_so(tmp_path, capsys):
    file, named = tmp_path / "kurz.pdf", tmp_path / "lang.pdf"
    call_command("report", "profile", "023", "--format", "pdf", "-o", str(file))
    assert "Gemeint ist: sozialraum 023" in capsys.readouterr().err
    call_command("report", "profile", "sozialraum", "023", "-o", str(named))
    assert file.read_bytes() == named.read_bytes()


def test_without_a_level_a_code_of_several_other_levels_is_asked_back():
    AreaLevel.objects.filter(is_reporting=True).update(is_reporting=False)
    said = refused("profile", "011", "-o", "-")
    assert "sozialraum 011" in said and "unterbezirk 011" in said


@pytest.mark.parametrize(("level", "code"), [("stadtbezirk", "05"), ("sozialraum", "023"), ("stadt", "0")])
def test_every_sign_in_a_table_is_explained(level, code):
    code = Area.objects.in_force().get(level__slug=level).code if code == "0" else code
    document = profile_document(level, code)
    used = signs_in(document.blocks)
    explained = {
        word for block in walk(document.blocks) if isinstance(block, Terms) and block.role == "signs"
        for word, _said in block.entries
    }  # fmt: skip
    assert used <= explained
    assert "J" in used or level != "stadtbezirk"


def test_a_book_explains_the_signs_of_parts_too():
    book = compiled(
        Compilation("Buch", parts=(Part("profiles", options={"areas": ["stadtbezirk/05"]}), Part("notes", "Hinweise")))
    )
    explained = {w for b in walk(book.blocks) if isinstance(b, Terms) and b.role == "signs" for w, _said in b.entries}
    assert "J" in signs_in(book.blocks) <= explained


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["profile", "raum", "023"], "Möglich: stadt, stadtbezirk, sozialraum"),
        (["profile", "sozialraum", "0233"], "Möglich: 023"),
        (["profile", "sozialraum", "zzz"], "auf keiner|gibt es nicht"),
        (["profile", "zzz"], "auf keiner Ebene"),
        (["profile", "sozialraum", "0", "2", "3"], "eine Ebene und ein Schlüssel"),
        (["profile", "sozialraum", "023", "--release", "nie"], "„nie“ gibt es nicht. Möglich: 2026-1"),
        (["profile", "sozialraum", "023", "-o", "x.txt"], "Format „txt“ gibt es nicht. Möglich: pdf"),
        (["profile", "sozialraum", "023", "-o", "/nirgends/x.pdf"], "„/nirgends/x.pdf“ .* schreiben: Den Ordner gibt"),
        (["profile", "sozialraum", "023", "--format", "docx", "-o", "x.pdf"], "--format docx und die Datei „x.pdf“"),
        (["map", "transferleistungsquote", "--each"], "--each gibt es nur zusammen mit --series"),
        (["map", "transferleistungsquote", "--size", "A0"], "^--size: „A0“ gibt es nicht. Möglich: A4, A3.$"),
        (["map", "transferleistungsquote", "--size"], "^--size: Es fehlt der Wert.$"),
        (["map", "transferleistungsquote", "--width", "breit"], "^--width: „breit“ ist keine ganze Zahl"),
        (["map"], "^Es fehlt: INDIKATOR.$"),
        (["roman"], "^ART: „roman“ gibt es nicht. Möglich: profile, map, "),
        (["map", "transferleistungsquote", "--farbe"], "^Diese Angabe gibt es hier nicht: --farbe.$"),
        (["book", "stadtbezirk", "99"], r"… \(insgesamt 12\)"),
        (["soziale-lage", "--day", "2999-01-01"], "ein Tag bis heute, .*: Was danach gilt, kann sich noch ändern"),
        (["sachstand", "--day", "01.01.1900"], "ein Tag ab .*, dem Beginn des Aktionsplans"),
        (["atlas", "--count", "99"], "Zahl der Klassen: gefunden „99“, erwartet wird 3 / 4 / "),
        (["atlas", "--method", "boese"], "Klassen: gefunden „boese“, erwartet wird natuerlich / quantile / "),
    ],
)
def test_what_there_is_not_is_answered_with_what_there_is(words, said):
    assert re.search(said, refused(*words))


def test_an_english_profile_is_english():
    from django.utils.translation import override

    with override("en"):
        document = profile_document("sozialraum", "023")
    assert (document.language, document.kind) == ("en", "Profile")


def test_a_release_that_does_not_exist_is_named():
    with pytest.raises(NothingToReport, match="gibt es nicht"):
        profile_document("sozialraum", "023", release="2026-02-31")


def test_a_profile_needs_few_queries(django_assert_max_num_queries):
    with django_assert_max_num_queries(70):  # two maps of 15 each, and what a first document reads
        profile_document("sozialraum", "023")


@pytest.mark.parametrize("template", ["sachstand", "soziale-lage"])
def test_a_title_that_is_too_long_is_refused_in_a_sentence(template, tmp_path):
    said = refused(template, "--title", "a" * 301, "-o", str(tmp_path / "x.pdf"))
    assert said == "Der Titel: erwartet wird ein Text von höchstens 300 Zeichen."


def test_a_format_beside_a_file_of_another_ending_writes_nothing(tmp_path):
    refused("profile", "sozialraum", "023", "--format", "docx", "-o", str(tmp_path / "x.pdf"))
    assert not list(tmp_path.iterdir())
    call_command("report", "profile", "023", "--format", "xlsx", "-o", str(tmp_path / "x.neu"), verbosity=0)
    assert (tmp_path / "x.neu").read_bytes().startswith(b"PK")


def test_what_the_parser_says_on_the_command_line_is_german(capsys):
    with pytest.raises(SystemExit) as ended:
        ManagementUtility(["manage.py", "report", "map", "--size", "A0"]).execute()
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.startswith("Fehler: --size: „A0“ gibt es nicht. Möglich: A4, A3.")
    assert "invalid" not in said and "usage" not in said


@pytest.mark.parametrize("day", ["2999-01-01", "1900-01-01"])
def test_a_kept_plan_with_a_day_that_the_plan_cannot_tell_of_is_refused(day):
    plan = {"title": "Plan", "day": day, "parts": [{"section": "plan_state"}]}
    with pytest.raises(WrongOption, match="Der Stichtag: erwartet wird ein Tag"):
        kinds.make("compilation", plan, release="")


def test_first_day_and_today_can_be_asked_for():
    for day in (first_day(), timezone.localdate()):
        assert TEMPLATES["sachstand"].fill({"day": day.isoformat()}).day == day
