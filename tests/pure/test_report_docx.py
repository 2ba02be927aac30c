"""Documents as text for Word: real styles, captions that count, contents, alternative texts, heads that are repeated."""

import dataclasses
import io
import itertools
import zipfile
from datetime import datetime

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from lxml import etree

from atlas.reports.content import checksum, clean_text
from atlas.reports.document import Cell, Column, Heading, Paragraph, Row, RowGroup, Sheet, Table, Text, runs
from atlas.reports.formats import written
from tests.pure.report_reading import elsewhere
from tests.pure.report_samples import HOSTILE, document, everything, hostile, picture, table


def opened(content):
    return docx.Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def whole():
    return written(everything(), "docx")


@pytest.fixture(scope="module")
def file(whole):
    return opened(whole)


def styled(file, *names):
    """The texts of all paragraphs outside of tables with a style."""
    return [(p.style.name, p.text) for p in file.paragraphs if p.style.name in names]


def alternatives(file):
    return [each.get("descr") for each in file.element.iter(qn("wp:docPr"))]


def test_title_and_headings_have_the_styles_of_word(file):
    assert styled(file, "Title", "Subtitle", "Heading 1", "Heading 2") == [
        ("Title", "Borsigplatz"),
        ("Subtitle", "Sozialraum 023"),
        ("Heading 1", "Zahlen"),
        ("Heading 2", "Unterkapitel"),
        ("Heading 1", "Bilder"),
        ("Heading 2", "Definitionen"),
    ]
    assert styled(file, "List Bullet") == [("List Bullet", "eins"), ("List Bullet", "zwei")]
    assert styled(file, "Sozialportal Vorspann")[0][1] == "Vorab."


def test_every_style_in_use_exists(whole):
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        body, styles = (etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("document", "styles"))
    known = {style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
    used = {each.get(qn("w:val")) for tag in ("pStyle", "rStyle", "tblStyle") for each in body.iter(qn(f"w:{tag}"))}
    assert used <= known
    assert len(used) > 15


def test_captions_are_numbered_by_fields(file):
    captions = [p for p in file.element.iter(qn("w:p")) if p.style == "Caption"]
    texts = ["".join(t.text for t in p.iter(qn("w:t"))) for p in captions]
    assert texts == ["Abbildung 1: Lage", "Tabelle 1: Werte: Kennwerte", "Abbildung 2: Eins", "Abbildung 3: Zwei"]
    codes = [code.text.strip() for p in captions for code in p.iter(qn("w:instrText"))]
    assert codes == [f"SEQ {word} \\* ARABIC" for word in ("Abbildung", "Tabelle", "Abbildung", "Abbildung")]


def test_contents_are_a_field_that_is_filled_and_leads_to_the_headings(file):
    entries = [p for p in file.paragraphs if p.style.name.startswith("toc ")]
    assert [(p.style.name, p.text) for p in entries] == [
        ("toc 1", "Zahlen"), ("toc 2", "Unterkapitel"), ("toc 1", "Bilder"), ("toc 2", "Definitionen"),
    ]  # fmt: skip
    targets = [link.get(qn("w:anchor")) for link in file.element.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    marks = [mark.get(qn("w:name")) for mark in file.element.iter(qn("w:bookmarkStart"))]
    assert targets == marks
    kinds = [char.get(qn("w:fldCharType")) for char in file.element.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 5


def test_every_picture_has_its_alternative_text_and_a_number(file, whole):
    assert alternatives(file) == ["Karte: zwei Gebiete", *["Lage unter allen"] * 3, "Linie 1", "Linie 2"]
    numbers = [each.get("id") for each in file.element.iter(qn("wp:docPr"))]
    assert len(set(numbers)) == 6
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert [name for name in archive.namelist() if "media" in name] == ["word/media/image1.png"]  # the same drawing


def test_pictures_have_300_dots_per_inch(whole):
    from PIL import Image

    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        image = Image.open(io.BytesIO(archive.read("word/media/image1.png")))
    assert image.size == (709, 355)


def test_tables_repeat_and_mark_their_heads_and_are_never_torn_in_a_row(file):
    made = file.tables[1]
    assert made.style.name == "Sozialportal Tabelle"
    assert [row.is_head for row in map(row_marks, made.rows)] == [True, False, False, False, False]
    assert all(row.is_whole for row in map(row_marks, made.rows))
    assert [cell.text for cell in made.rows[0].cells] == ["Gebiet", "Zahl 0", "Zahl 1", "Zahl 2", "Zahl 3", "Lage"]
    properties = made._tbl.tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "Werte: Kennwerte"
    assert properties.find(qn("w:tblLook")).get(qn("w:firstColumn")) == "1"


def row_marks(row):
    @dataclasses.dataclass
    class Marks:
        is_head: bool
        is_whole: bool

    properties = row._tr.trPr
    return Marks(
        *(properties is not None and properties.find(qn(f"w:{tag}")) is not None for tag in ("tblHeader", "cantSplit"))
    )


def test_cells_hold_text_with_signs_and_numbers_stand_right(file):
    row = file.tables[1].rows[2]
    assert [cell.text for cell in row.cells] == ["Innenstadt 0", "(34,6)\n30,1 bis 39,2", "–", ".", "−1,2", ""]
    assert [cell.paragraphs[0].style.name for cell in row.cells[:2]] == [
        "Sozialportal Tabelle Text",
        "Sozialportal Tabelle Zahl",
    ]
    assert [cell.text for cell in file.tables[1].rows[1].cells] == ["Thema"] * 6  # one cell as wide as all


def test_head_and_foot_name_the_document_its_release_and_pages(file):
    section = file.sections[0]
    assert section.header.paragraphs[0].text == "Sozialportal · Borsigplatz – Profil"
    foot = "\n".join(p.text for p in section.footer.paragraphs)
    assert "Veröffentlichung „Probe“ vom 2. März 2026" in foot
    assert "sozialportal.example.de/gebiete/x/1/" in foot
    assert checksum(everything()) in foot
    assert "Seite 1 von 1" in foot
    codes = [code.text.strip() for code in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_language_properties_and_day(file, whole):
    assert file.core_properties.title == "Borsigplatz – Profil"
    assert file.core_properties.language == "de-DE"
    assert file.core_properties.created == file.core_properties.modified
    assert file.core_properties.created.replace(tzinfo=None) == datetime.fromisoformat("2026-03-02")
    said = "Veröffentlichung „Probe“ vom 2. März 2026 · Erstellt: 2. März 2026 (Tag der Veröffentlichung) · Prüfsumme: "
    assert file.core_properties.comments == said + checksum(everything())
    assert "Erstellt: 2. März 2026 (Tag der Veröffentlichung)" in [p.text for p in file.paragraphs]
    assert file.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "de-DE"
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 3, 2, 0, 0, 0)}
        assert "docProps/thumbnail.jpeg" not in archive.namelist()


def test_words_of_another_language_are_marked_and_english_documents_are_english():
    english = dataclasses.replace(document(Paragraph(runs("See ", Text("Amt", language="de")))), language="en")
    file = opened(written(english, "docx"))
    assert file.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"
    assert [lang.get(qn("w:val")) for lang in file.element.iter(qn("w:lang"))] == ["de-DE"]


@pytest.mark.parametrize(
    ("sheet", "size"),
    [(Sheet(), (210, 297)), (Sheet("A3", landscape=True), (420, 297)), (Sheet("A4", landscape=True), (297, 210))],
)
def test_the_paper_is_that_of_the_document(sheet, size):
    section = opened(written(dataclasses.replace(document(picture()), sheet=sheet), "docx")).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == size
    assert section.orientation == (WD_ORIENT.LANDSCAPE if sheet.landscape else WD_ORIENT.PORTRAIT)


def test_a_picture_larger_than_the_page_is_made_to_fit():
    large = dataclasses.replace(picture(), width=400, height=200)
    extent = next(opened(written(document(large), "docx")).element.iter(qn("wp:extent")))
    assert (round(int(extent.get("cx")) / 36_000), round(int(extent.get("cy")) / 36_000)) == (174, 87)


def test_the_same_document_gives_the_same_bytes_everywhere(whole):
    assert written(everything(), "docx") == whole == elsewhere("docx")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_breaks_a_text_document(name):
    text = HOSTILE[name]
    file = opened(written(hostile(text), "docx"))
    told = clean_text(text)
    first = told.split("\n")[0][:200]
    assert sum(first in p.text for p in file.paragraphs) >= 4
    assert alternatives(file) == [told]
    assert len(file.tables) == 2
    targets = [one.target_ref for one in file.part.rels.values() if one.is_external]
    assert all(target.startswith("https://") for target in targets)
    assert not set("{}\"<>' ") & set("".join(targets).replace("sozialportal", ""))


def test_a_page_break_moves_to_what_follows():
    from atlas.reports.document import PageBreak

    file = opened(written(document(Paragraph(runs("a")), PageBreak(), Heading(1, "b")), "docx"))
    breaks = [p.text for p in file.paragraphs if p.paragraph_format.page_break_before]
    assert breaks == ["b"]


def test_numbers_are_not_broken_where_columns_of_text_have_room():
    columns = (Column("Indikator", width=60), Column("Rang", "number", 4), Column("Wert", "number", 30))
    row = Row((Cell("Einwohner"), Cell("39. von 39"), Cell("1")))
    made = opened(written(document(Table("a", "b", columns, (RowGroup("", (row,)),))), "docx")).tables[0]
    widths = [cell.width.mm for cell in made.rows[0].cells]
    assert widths[1] > 15
    assert sum(widths) == pytest.approx(174, abs=0.5)


def test_two_tables_do_not_grow_together():
    body = opened(written(document(table("a"), table("b")), "docx")).element.body
    tags = [child.tag for child in body]
    assert all(not tag.endswith("}tbl") or not after.endswith("}tbl") for tag, after in itertools.pairwise(tags))
