"""How printed documents fill their pages: parts run on and can be found, contents fit, the last page is not for three lines."""

import io

import docx
import pdfplumber
import pikepdf
import pytest
from docx.oxml.ns import qn

from atlas.reports import pdf
from atlas.reports.document import (
    Beside,
    Cell,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    PageBreak,
    Paragraph,
    Row,
    RowGroup,
    Small,
    Table,
    TableOfContents,
    Terms,
    runs,
)
from atlas.reports.formats import written
from tests.printed import ends_of
from tests.pure.report_samples import document, picture

SENTENCE = "Ein Satz über das Gebiet, der ein wenig mehr als eine Zeile der Seite füllt, damit es etwas zu lesen gibt. "
OPENING, NOTE = 19, 7.2  # points: the heading of a part, and what its key figures say last


def area(name, paragraphs):
    return (
        Heading(2, name, opens=True),
        Paragraph(runs(f"Zu {name}."), "lead"),
        Beside((picture(),), (picture(),)),
        KeyFigures((KeyFigure("Einwohner", "13.570", name),)),
        *[Paragraph(runs(SENTENCE * 3))] * paragraphs,
    )


def pages(*blocks):
    return words_of(written(document(*blocks), "pdf"))


def words_of(content):
    with pdfplumber.open(io.BytesIO(content)) as opened:
        found = [page.extract_words(extra_attrs=["size"]) for page in opened.pages]
    return [[word | {"size": round(word["size"], 1)} for word in page] for page in found]


@pytest.fixture(scope="module")
def whole():
    parts = [block for number in range(1, 13) for block in area(f"Gebiet-{number}", 3 + 2 * (number % 5))]
    return written(document(Heading(1, "Gebiete"), *parts, Heading(1, "Hinweise"), Paragraph(runs("Am Ende."))), "pdf")


@pytest.fixture(scope="module")
def book(whole):
    return words_of(whole)


def test_parts_run_on_and_leave_no_page_half_empty(whole, book):
    assert min(ends_of(whole)[:-1]) > 0.5
    assert sum(word["size"] == OPENING for page in book for word in page) == 12 > len(book)


def test_a_part_keeps_with_what_opens_it(book):
    for page in book:
        for word in page:
            if word["size"] == OPENING:
                assert word["text"] in {one["text"] for one in page if one["size"] == NOTE}


def test_pages_name_at_their_head_the_part_that_begins_or_goes_on(book):
    part, named = "", 0
    for page in book[1:]:
        begun = [word["text"] for word in page if word["size"] == OPENING]
        head = [word["text"] for word in page if word["bottom"] < 45]
        if "Hinweise" in {word["text"] for word in page}:
            break
        part = begun[0] if begun else part
        assert not part or head[-1] == part
        named += bool(part)
        part = begun[-1] if begun else part
    assert named > 2


def test_a_heading_that_opens_a_part_is_a_heading_and_a_bookmark_like_others():
    content = written(document(Heading(1, "Gebiete"), *area("Hafen", 1), *area("Nette", 1)), "pdf")
    with pikepdf.open(io.BytesIO(content)) as opened, opened.open_outline() as outline:
        (top,) = outline.root
        assert [one.title for one in top.children[0].children] == ["Hafen", "Nette"]
    file = docx.Document(io.BytesIO(written(document(*area("Hafen", 1)), "docx")))
    (heading,) = [p for p in file.paragraphs if p.style.name == "Heading 2"]
    kinds = [child.tag for child in heading._p.pPr]
    assert kinds == [qn("w:pStyle"), qn("w:pBdr"), qn("w:spacing")]  # in the order of the schema


def contents(count, *before):
    chapters = [
        block for number in range(count) for block in (Heading(1, f"Kapitel-{number}"), Paragraph(runs("Text.")))
    ]
    return pages(*before, TableOfContents("Inhalt"), PageBreak(), *chapters)


@pytest.mark.parametrize("count", [30, 37, 50, 70])
def test_contents_below_a_title_fill_its_page_alone_and_stay_in_order(count):
    first, second, *_others = contents(count)
    names = [word["text"].split(".")[0] for word in first if word["text"].startswith("Kapitel-")]
    if count <= 36:
        assert names == [f"Kapitel-{number}" for number in range(count)]
    assert sorted(names, key=lambda name: int(name[8:])) == [f"Kapitel-{number}" for number in range(count)]
    assert "Text." in {word["text"] for word in second}


def test_little_text_on_the_last_page_is_saved_by_less_space_but_not_by_smaller_letters(monkeypatch):
    def made(count):
        return pages(Heading(1, "Kapitel"), *[Paragraph(runs(SENTENCE))] * count)

    with monkeypatch.context() as patched:
        patched.setattr(pdf, "NEARLY_EMPTY", 0)
        spilling = next(count for count in range(22, 60) if len(made(count)) == 2)
        full = made(2 * spilling)
    (saved,) = made(spilling)
    assert {word["size"] for word in saved if word["text"] == "Gebiet,"} == {9}
    assert made(2 * spilling) == full  # where a page cannot be saved, nothing is set closer


@pytest.mark.parametrize("rows", [61, 63, 65, 67])
def test_where_a_document_is_from_never_stands_on_a_page_alone(rows, monkeypatch):
    monkeypatch.setattr(pdf, "LONGEST_TIGHTENED", 0)
    group = RowGroup("", tuple(Row((Cell(f"Gebiet-{number}"), Cell("1"))) for number in range(rows)))
    table = Table("T", "Werte", (Column("Gebiet"), Column("Wert", "number")), (group,), dense=True)
    for end in ((PageBreak(), table), (PageBreak(), *[Paragraph(runs(SENTENCE * 3))] * (rows // 4))):
        last = pages(Heading(1, "Werte"), Paragraph(runs("Anfang.")), *end)[-1]
        about = min(word["top"] for word in last if word["text"] == "Prüfsumme")
        lines = {round(word["top"]) for word in last if 60 < word["top"] < about - 40}
        assert len(lines) >= 2


def test_the_list_of_signs_stays_in_one_piece():
    signs = Terms(tuple((sign, runs(f"Zeichen-{sign} " + SENTENCE)) for sign in "abcdef"), "signs")
    for before in range(20, 34):
        made = pages(
            *[Paragraph(runs("Eine Zeile."))] * before, Small((Beside((Heading(2, "Wie sicher?"),), (signs,)),))
        )
        assert sum(any(word["text"].startswith("Zeichen-") for word in page) for page in made) == 1
