"""`manage.py report profile`: a file with the bytes of the release, and what is said where there is nothing to write."""

import re

import pytest
from django.core.management import CommandError, call_command

from areas.models import Area
from atlas.reports import kinds
from atlas.reports.formats import written
from atlas.reports.origin import NothingToReport
from atlas.reports.profile import profile_document

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


def test_the_level_may_be_left_out_where_one_area_alone_has_the_code(tmp_path):
    call_command("report", "profile", "23", "-o", str(tmp_path / "a.pdf")) if only("23") else None
    said = refused("profile", "011", "-o", str(tmp_path / "b.pdf"))
    assert "sozialraum 011" in said and "unterbezirk 011" in said


def only(code):
    return Area.objects.in_force().filter(code=code).count() == 1


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
        (["profile", "sozialraum", "023", "-o", "/nirgends/x.pdf"], "lässt sich nicht schreiben"),
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
    with django_assert_max_num_queries(50):
        profile_document("sozialraum", "023")
