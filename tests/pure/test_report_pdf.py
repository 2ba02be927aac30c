"""Documents as PDF: tagged, with language, title, bookmarks, scopes, alternative texts and our own fonts; never broken."""

import dataclasses
import html
import io
import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import pdfplumber
import pikepdf
import pydyf
import pytest
from lxml import etree

from atlas.charts.trend import TrendPoint
from atlas.reports.content import checksum, clean_text, cleaned
from atlas.reports.document import (
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    RowGroup,
    Small,
    Table,
    Terms,
    pictures,
    runs,
    tables,
)
from atlas.reports.drawings import TrendLine, trend_picture
from atlas.reports.formats import written
from atlas.reports.html import html_of
from atlas.reports.pdf import packed_stream
from tests.pure.report_samples import HOSTILE, document, everything, hostile, table

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def whole():
    return written(everything(), "pdf")


@pytest.fixture(scope="module")
def opened(whole):
    with pikepdf.open(io.BytesIO(whole)) as pdf:
        yield pdf


def elements(pdf):
    """All structure elements in reading order."""

    def below(node):
        kids = node.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield kid
                yield from below(kid)

    yield from below(pdf.Root.StructTreeRoot)


def text_of(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def test_a_document_says_what_it_is(opened):
    assert opened.Root.Lang == "de"
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert opened.docinfo["/Title"] == "Borsigplatz – Profil"
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Borsigplatz – Profil"


def test_the_only_date_is_that_of_the_release(opened):
    assert opened.docinfo["/CreationDate"] == opened.docinfo["/ModDate"]
    assert str(opened.docinfo["/CreationDate"]).startswith("D:20260302000000")


def test_headings_are_in_order_and_are_bookmarks(opened):
    kinds = [str(e.S) for e in elements(opened) if str(e.S)[:2] == "/H" and str(e.S)[2:].isdigit()]
    assert kinds == ["/H1", "/H2", "/H3", "/H2", "/H3"]
    with opened.open_outline() as outline:
        assert [item.title for item in outline.root[0].children] == ["Zahlen", "Bilder"]


def test_every_head_of_a_table_has_a_scope(opened):
    heads = [element for element in elements(opened) if element.S == "/TH"]
    scopes = [str(head.A.Scope) for head in heads]
    assert scopes.count("/Column") == 6
    assert scopes.count("/Row") == len(heads) - 6 == 4


def test_every_picture_has_an_alternative_text(opened):
    figures = [element for element in elements(opened) if element.S == "/Figure"]
    assert len(figures) == 6
    assert all(str(figure.Alt) for figure in figures)


def test_lists_hold_list_entries_only(opened):
    kinds = {str(kid.S) for element in elements(opened) if element.S == "/L" for kid in element.K}
    assert kinds == {"/LI"}


def test_every_mark_on_a_page_is_tagged_or_an_artifact(opened):
    """PDF/UA: nothing stands outside of the tags but running heads and lines, which are artifacts."""
    shows = {"Tj", "TJ", "'", '"', "Do"}
    for page in opened.pages:
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            del operands
            depth += str(operator) in ("BDC", "BMC")
            depth -= str(operator) == "EMC"
            if str(operator) in shows:
                assert depth > 0


def test_fonts_are_ours_and_embedded(opened):
    fonts = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
    assert fonts
    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    names = {str(font.FontName).split("+")[-1] for font in fonts}
    assert names <= {"Sozialportal-Sans", "Sozialportal-Sans-Semi-Bold", "DejaVu-Sans"}


def test_maps_are_drawn_not_rastered(opened):
    images = [o for o in opened.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
    assert images == []


def test_the_document_names_its_origin_and_checksum(whole):
    text = text_of(whole)
    assert "Stand Veröffentlichung „Probe“ vom 2. März 2026" in text
    assert "Erstellt 2. März 2026 (Tag der Veröffentlichung)" in text
    assert "sozialportal.example.de/gebiete/x/1/" in text
    assert checksum(everything()) in text
    assert "Seite 1 von 2" in text


def test_the_table_of_contents_names_the_pages(whole):
    assert [line.split(" .")[0].rstrip(".") + line[-1] for line in text_of(whole).splitlines() if " . . ." in line] == [
        "Zahlen1",
        "Unterkapitel1",
        "Bilder2",
        "Definitionen2",
    ]


def test_the_same_document_gives_the_same_bytes(whole):
    assert written(everything(), "pdf") == whole


def test_another_process_in_another_time_zone_gives_the_same_bytes(whole):
    code = (
        "import sys; from atlas.reports.formats import written; from tests.pure.report_samples import everything; "
        "sys.stdout.buffer.write(written(everything(), 'pdf'))"
    )
    environment = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7", "LANG": "C"}
    again = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=True)
    assert again.stdout == whole


def test_another_content_gives_another_checksum():
    plain, other = document(Paragraph(runs("34,6"))), document(Paragraph(runs("34,7")))
    moved = dataclasses.replace(plain, origin=dataclasses.replace(plain.origin, created=date(2026, 3, 3)))
    assert len({checksum(plain), checksum(other), checksum(moved)}) == 3


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_breaks_a_document(name):
    text = HOSTILE[name]
    content = written(hostile(text), "pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        kinds = [str(element.S) for element in elements(pdf)]
        assert kinds.count("/H1") == 1
        assert kinds.count("/Figure") == 1
        assert kinds.count("/TD") == kinds.count("/TH") - 3 or name == "long"  # a long cell goes on on the next page
        assert "http://example.org" not in str(pdf.Root.get("/OpenAction", ""))
    if name in ("formula", "markup", "style"):
        assert clean_text(text).split()[0] in text_of(content)


def test_letters_that_no_font_has_are_marked_not_lost():
    assert "\N{REPLACEMENT CHARACTER}" in text_of(written(document(Paragraph(runs("in 北京"))), "pdf"))


def test_a_long_word_stays_on_the_page():
    content = written(document(Heading(1, "x" * 10_000)), "pdf")
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert all(char["x0"] >= 0 and char["x1"] <= page.width for page in pdf.pages for char in page.chars)


def test_a_title_that_is_too_long_says_that_it_is_cut():
    long, whole = "Titel " * 1667, "T" * 300
    for ending in ("pdf", "docx", "xlsx", "ods"):
        told = text_in(written(document(Heading(1, long), table(), title=long), ending), ending)
        assert "… [gekürzt]" in told and len(told) < 10_000, ending
        assert whole in text_in(written(document(table(), title=whole), ending), ending)


def text_in(content, ending):
    """Everything that is written in a document, without what stands between words and lines."""
    if ending == "pdf":
        return "".join(text_of(content).split("\u200b")).replace("\n", "")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]
    bodies = [
        re.sub(r"<[^>]+>", "", part)
        for part in parts
        if "<w:document" in part or "<sst" in part or "office:body" in part
    ]
    return html.unescape("".join(bodies))


def test_rows_of_tables_are_not_torn_and_heads_are_repeated():
    content = written(document(table(rows=80)), "pdf")
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    assert len(pages) > 2
    for page in pages[:-1]:
        assert page.count("Zahl 0") == 1
        assert page.count("Innenstadt") == page.count("30,1 bis 39,2")


def test_cleaning_reaches_every_text_and_leaves_a_clean_tree_as_it_is():
    dirty = hostile("a\x00b")
    assert "\x00" not in repr(cleaned(dirty))
    whole = everything()
    assert cleaned(whole) == whole


def test_a_tree_can_be_asked_for_its_pictures_and_tables():
    assert [picture.name for picture in pictures(everything())] == ["karte", "linie-1", "linie-2"]
    assert [one.name for one in tables(everything())] == ["Kennwerte"]


@pytest.mark.parametrize("lines", [30, 31, 32])
def test_a_long_term_at_the_end_of_a_page_is_not_printed_over_the_next(lines):
    """A term of two lines beside a text of one goes to the next page with it."""
    terms = Terms(
        tuple((f"Dynamikindex 2018 bis 2024 nach Berliner Regel {n}", runs("kurz")) for n in range(12)), "glossary"
    )
    before = [Paragraph(runs(f"Zeile {n}")) for n in range(lines)]
    with pdfplumber.open(io.BytesIO(written(document(*before, Small((terms,))), "pdf"))) as pdf:
        assert len(pdf.pages) > 1
        assert sum(page.extract_text().count("Berliner Regel") for page in pdf.pages) == len(terms.entries)


def test_a_long_name_breaks_at_its_strokes():
    name = "Eichlinghofen/Menglinghausen/Salingen/Persebeck/Kruckel/Schnee"
    markup, _drawings = html_of(document(Paragraph(runs(name))))
    assert name.replace("/", "/\u200b") in markup


def test_names_of_lines_do_not_stand_on_the_years():
    """Where both lines end low, their labels go up together."""
    points = [TrendPoint(2018, 10.0), TrendPoint(2024, 5.0)]
    own, city = (TrendLine(name, points, "10 %", "5 %") for name in ("Hier", "Stadt"))
    root = etree.fromstring(trend_picture(own, city, text="x", name="x", caption="x").svg)
    texts = {e.text: float(e.get("y")) for e in root.iter("{http://www.w3.org/2000/svg}text")}
    assert texts["Stadt"] + 2 < texts["2024"] - 9.5 * 0.72


def test_a_text_does_not_turn_the_direction_of_what_follows():
    """Hebrew is read from right to left as it is; a mark of direction would turn the words behind it too."""
    assert clean_text("RTL \u202eabc \u2067שלום\u2069") == "RTL abc שלום"
    assert "abc, Stand: heute" in text_of(written(document(Paragraph(runs("\u202eabc", ", Stand: heute"))), "pdf"))


def test_a_note_does_not_stand_on_a_page_without_its_table():
    rows = tuple(Row((Cell(f"Gebiet {n}"), Cell("1"))) for n in range(20))
    columns = (Column("Gebiet"), Column("Wert", "number"))
    parts = Table("T", "Werte", columns, (RowGroup("", rows),), (runs("Rang eins ist hoch."),), dense=True, across=2)
    before = [Paragraph(runs(f"Zeile {n}")) for n in range(27)]
    with pdfplumber.open(io.BytesIO(written(document(*before, parts), "pdf"))) as pdf:
        (page,) = [text for page in pdf.pages if "Rang eins" in (text := page.extract_text())]
    assert "Gebiet 0" in page


def test_what_a_page_has_drawn_is_kept_compressed_with_the_same_bytes():
    made, kept = (pydyf.Stream([b"1 0 0 1 0 0 cm", "q", *["0 0 m 10 10 l S"] * 500], compress=True) for _ in range(2))
    packed_stream(kept)
    assert kept.data == made.data
    assert sum(map(len, kept.stream)) < 300
