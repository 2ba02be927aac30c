"""The printed map tells the figures of the release, on every sheet and level, on as few pages as its table needs."""

import io

import pdfplumber
import pikepdf
import pytest

from atlas import numbers
from atlas.reports.document import Sheet, tables
from atlas.reports.formats import written
from atlas.reports.map_sheet import map_sheet_document
from indicators.models import Figure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("dortmund")]


def printed_text(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        texts = [page.extract_text(y_tolerance=0.5) for page in pdf.pages]
    return [text.replace(numbers.NARROW, " ").replace(numbers.NO_BREAK, " ") for text in texts]


@pytest.mark.parametrize("landscape", [False, True])
@pytest.mark.parametrize(("size", "pages"), [("A4", 2), ("A3", 1)])
@pytest.mark.parametrize("level", ["sozialraum", "bezirk", "unterbezirk"])
def test_every_value_of_the_table_is_that_of_the_release(level, size, pages, landscape):
    pages = 2 if level == "unterbezirk" else pages  # so many areas have a page of their own
    query = {"indikator": "transferleistungsquote", "ebene": level, "zeit": "2024"}
    document = map_sheet_document(query, sheet=Sheet(size, landscape))
    texts = printed_text(written(document, "pdf"))
    assert len(texts) == pages
    rows = {row.cells[1].text: row for row in tables(document)[-1].groups[0].rows}
    found = Figure.objects.current().filter(
        edition__indicator__slug="transferleistungsquote", area__level__slug=level, period__code="2024"
    )
    assert found.count() == len(rows) - 1
    printed = " ".join(texts)
    for figure in found.select_related("area"):
        row, text = rows[figure.area.code], numbers.cell(figure.value, figure.status, 1)
        assert row.cells[2].text == text
        assert (row.cells[2].number.value if row.cells[2].number else None) == figure.value
        assert row.cells[3].text == (str(figure.rank) if figure.rank else "")
        assert text.replace(numbers.NO_BREAK, " ") in printed
        assert figure.area.code in printed


def test_a_sheet_is_tagged_and_its_map_has_a_text_with_numbers():
    content = written(map_sheet_document({"indikator": "transferleistungsquote", "ebene": "sozialraum"}), "pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        elements = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o and "/P" in o]
        kinds = [str(element.S) for element in elements]
        alternatives = [str(element.Alt) for element in elements if element.S == "/Figure"]
        assert pdf.Root.MarkInfo.Marked and pdf.Root.Lang == "de"
        assert {"/H1", "/H2", "/Table", "/TH", "/TD"} <= set(kinds)
        assert any("36,8" in text and "Gebiete je Klasse" in text for text in alternatives)
        patterns = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/PatternType") == 1] + [
            o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/PatternType") == 1
        ]
    assert len(patterns) >= 4


def test_the_same_sheet_gives_the_same_bytes():
    query = {"indikator": "transferleistungsquote", "ebene": "unterbezirk", "vergleich": "2018"}
    assert written(map_sheet_document(query), "pdf") == written(map_sheet_document(query), "pdf")


PAPERS = {("A4", False): (160, 142), ("A4", True): (150, 132), ("A3", False): (210, 185), ("A3", True): (225, 199)}
MM = 72 / 25.4


def is_ink(colour):
    """Whether a line has the colour of the city's outline."""
    return isinstance(colour, tuple) and [round(part * 255) for part in colour] == [0x1C, 0x2B, 0x30]


@pytest.mark.parametrize("level", ["sozialraum", "unterbezirk"])
@pytest.mark.parametrize("paper", PAPERS)
def test_the_map_is_as_large_as_its_paper_allows_and_nothing_lies_on_it(level, paper):
    size, landscape = paper
    query = {"indikator": "transferleistungsquote", "ebene": level, "zeit": "2024"}
    content = written(map_sheet_document(query, sheet=Sheet(size, landscape)), "pdf")
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        lines = [shape for shape in (*page.curves, *page.lines) if is_ink(shape["stroking_color"])]
        left, right = min(line["x0"] for line in lines), max(line["x1"] for line in lines)
        top, bottom = min(line["top"] for line in lines), max(line["bottom"] for line in lines)
        edge = 16 * MM - 1
        assert left >= edge and right <= page.width - edge and top >= edge and bottom <= page.height - edge
        wide, high = PAPERS[paper]
        assert (right - left) / MM >= wide - 3 and (bottom - top) / MM >= high - 3
        words = page.extract_words(keep_blank_chars=True)
        table = [word for word in words if word["text"].startswith("Definition")]
        assert all(word["x0"] >= right or word["top"] >= bottom for word in table) and table
