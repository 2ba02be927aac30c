"""Documents for the tests of writers: one with every kind of block, and texts that try to break a format."""

from datetime import date
from decimal import Decimal

from atlas.reports.document import (
    Beside,
    Cell,
    Column,
    Document,
    Heading,
    Items,
    KeyFigure,
    KeyFigures,
    Note,
    Number,
    Origin,
    PageBreak,
    Paragraph,
    Picture,
    Pictures,
    Row,
    RowGroup,
    Small,
    Table,
    TableOfContents,
    Terms,
    Text,
    Words,
    runs,
)

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" font-family="Sozialportal Sans">'
    '<rect width="40" height="20" fill="#1f6c7d"/><text x="4" y="12" font-size="8">Karte</text></svg>'
)
HOSTILE = {
    "formula": "=1+1",
    "command": "=cmd|'/C calc'!A0",
    "at": "@SUM(1+1)",
    "plus": "+49 231 50",
    "minus": "-2+3",
    "tab": "\t=1+1",
    "markup": "<script>alert(1)</script><b>fett</b> & \"so\" 'wie' ]]> <!-- so",
    "link": "https://example.org/{}\"'<>",
    "style": "} * { display: none } @import url(http://example.org/);",
    "long": "Donaudampfschiff" * 625,
    "hebrew": "שלום \u202eabc\u202c und عربي",
    "emoji": "👩\u200d👩\u200d👧 🙂 ▲ → ✓",
    "chinese": "北京",
    "controls": "a\x00b\x07c\x1bd\x85e\ud800f\ufffeg",
    "breaks": "eins\nzwei\r\ndrei",
    "percent": "100 % {page} {pages} %(x)s \\ \\n",
}
WORDS = Words(
    page_of="Seite {page} von {pages}",
    created="Stand",
    permalink="Immer wieder abrufbar",
    checksum="Prüfsumme",
    notes_sheet="Hinweise",
    table="Tabelle",
    figure="Abbildung",
)
ORIGIN = Origin(
    portal="Sozialportal",
    release="Veröffentlichung „Probe“ vom 2. März 2026",
    release_slug="2026-1",
    created=date(2026, 3, 2),
    permalink="sozialportal.example.de/gebiete/x/1/",
    permalink_url="https://sozialportal.example.de/gebiete/x/1/",
    licence="Datenlizenz Deutschland",
    dated="2. März 2026 (Tag der Veröffentlichung)",
)


def picture(text="Karte: zwei Gebiete", name="karte", caption="Lage"):
    """A picture of 60 by 30 millimetres."""
    return Picture(SVG, text, name, 60, 30, caption)


def table(name="Kennwerte", rows=2, text="Innenstadt"):
    """A table with a number, an estimate, a sign, a note, a drawing and a total."""
    cells = (
        Cell("(34,6)", Number(Decimal("34.6"), 1, "(", ")"), note="30,1 bis 39,2"),
        Cell("–", Number(Decimal(0), 1, sign="–")),
        Cell("."),
        Cell("−1,2", Number(Decimal("-1.2"), 1, signed=True)),
        Cell(drawing=picture("Lage unter allen")),
    )
    columns = [Column("Gebiet", width=3), *(Column(f"Zahl {n}", "number") for n in range(4)), Column("Lage", "drawing")]
    body = tuple(Row((Cell(f"{text} {n}"), *cells)) for n in range(rows))
    total = Row((Cell("Stadt"), *cells), is_total=True)
    groups = (RowGroup("Thema", body), RowGroup("", (total,)))
    return Table(name, f"Werte: {name}", tuple(columns), groups, notes=(runs("Eine Anmerkung."),))


def document(*blocks, title="Borsigplatz", kind="Profil", name="probe"):
    """A document around some blocks."""
    return Document(title, kind, "Sozialraum 023", "de", name, ORIGIN, WORDS, tuple(blocks))


def everything():
    """One document with every kind of block."""
    return document(
        TableOfContents("Inhalt"),
        Beside((Paragraph(runs("Vorab."), "lead"),), (picture(),)),
        KeyFigures((KeyFigure("Einwohner", "13.570", "31.12.2023"), KeyFigure("Fläche", "6,55 km²"))),
        Heading(1, "Zahlen"),
        Paragraph(
            runs(
                "Ein Absatz mit ",
                Text("Nachdruck", strong=True),
                " und ",
                Text("Link", href="https://example.org/"),
                ".",
            )
        ),
        table(),
        Heading(2, "Unterkapitel"),
        Items((runs("eins"), runs("zwei"))),
        Terms((("J", runs("gemeinsamer Wert")),), "signs"),
        PageBreak(),
        Heading(1, "Bilder"),
        Pictures((picture("Linie 1", "linie-1", "Eins"), picture("Linie 2", "linie-2", "Zwei"))),
        Note("Aktionsplan", (Paragraph(runs("Seit 2008.")),), "plan"),
        Small((Heading(2, "Definitionen"), Paragraph(runs("Klein gedruckt.")))),
    )


def hostile(text):
    """The same text everywhere that a document takes any."""
    return document(
        Heading(1, text),
        Paragraph(runs(text, Text(text, strong=True, href=text))),
        Items((runs(text),)),
        Terms(((text, runs(text)),)),
        KeyFigures((KeyFigure(text, text, text),)),
        picture(text, "karte", text),
        Table(
            text,
            text,
            (Column(text), Column(text, "number")),
            (RowGroup(text, (Row((Cell(text), Cell(text, note=text))),)),),
        ),
        title=text,
        kind=text,
    )
