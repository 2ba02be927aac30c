"""What a text document and a workbook say, for comparing them before and after LibreOffice."""

import io
import re

import docx
import openpyxl
from docx.oxml.ns import qn
from lxml import html
from odf.draw import Frame
from odf.opendocument import load
from odf.svg import Desc, Title
from odf.table import Table, TableCell, TableRow
from odf.teletype import extractText
from odf.text import H

HEADINGS = re.compile(r"(Title|Heading \d)$")
_SPACES = re.compile(r"\s+")


def plain(text):
    return _SPACES.sub(" ", text or "").strip()


def words_of(content):
    """Headings with their levels, tables cell by cell, alternative texts, captions, lists, heads that are repeated."""
    file = docx.Document(io.BytesIO(content))
    body = file.element.body
    captions = [p for p in body.iter(qn("w:p")) if (p.style or "").startswith("Caption")]
    return {
        "headings": [(p.style.name, plain(p.text)) for p in file.paragraphs if HEADINGS.match(p.style.name)],
        "tables": [[[plain(cell.text) for cell in row.cells] for row in table.rows] for table in file.tables],
        "alternatives": [plain(one.get("descr")) for one in body.iter(qn("wp:docPr"))],
        "captions": [plain("".join(t.text or "" for t in p.iter(qn("w:t")))) for p in captions],
        "lists": [plain(p.text) for p in file.paragraphs if p.style.name == "List Bullet"],
        "heads": sum(1 for _ in body.iter(qn("w:tblHeader"))),
        "fields": sorted({plain(code.text).split(" ")[0] for code in body.iter(qn("w:instrText"))}),
        "title": file.core_properties.title,
        "language": next(file.styles.element.iter(qn("w:lang"))).get(qn("w:val")),
        "size": (round(file.sections[0].page_width.mm), round(file.sections[0].page_height.mm)),
        "foot": plain(file.sections[0].footer.paragraphs[0].text),
    }


def _told(element):
    """The text of an element without that of the frames in it, which repeat alternative texts."""
    if element.qname == Frame(check_grammar=False).qname:
        return ""
    inner = "".join(
        _told(child) if child.nodeType == child.ELEMENT_NODE else child.data for child in element.childNodes
    )
    return f" {inner} " if element.qname[1] in ("p", "h", "line-break") else inner


def odt_words_of(content):
    """The same of an OpenDocument text, as far as it is told in the same way."""
    file = load(io.BytesIO(content))
    tables = [
        [[plain(_told(cell)) for cell in row.getElementsByType(TableCell)] for row in table.getElementsByType(TableRow)]
        for table in file.text.getElementsByType(Table)
    ]
    told = [
        [plain(extractText(kind)) for kind in (*f.getElementsByType(Desc), *f.getElementsByType(Title))]
        for f in file.text.getElementsByType(Frame)
    ]
    headings = [
        (f"Heading {h.getAttribute('outlinelevel')}", plain(extractText(h))) for h in file.text.getElementsByType(H)
    ]
    return {"headings": headings, "tables": tables, "alternatives": [next(filter(None, texts), "") for texts in told]}


def cells_of(content):
    """Sheets by name: the values of their cells, and what filters.

    Not what is frozen: a conversion has no window, and LibreOffice keeps that with the window.
    """
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: {
            "values": [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)],
            "filter": sheet.auto_filter.ref,
        }
        for sheet in book
    }


def shown_texts(page):
    """What is shown in the cells that hold a number, by sheet, from LibreOffice's web page of a workbook."""
    root = html.fromstring(page)
    names = [plain(name.text_content()) for name in root.iter("em")]
    found = [
        [plain(cell.text_content()) for cell in table.iter("td") if cell.get("sdval")] for table in root.iter("table")
    ]
    return dict(zip(names[-len(found) :], found, strict=True))
