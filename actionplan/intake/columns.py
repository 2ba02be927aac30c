"""What a sheet of projects and a sheet of payments are made of."""

from dataclasses import dataclass

from areas.naming import fold

PROJECTS, PAYMENTS = "Projekte", "Zahlungen"


@dataclass(frozen=True)
class Column:
    """A column: the name in the head of the sheet, whether each row needs it, what stands in it."""

    name: str
    hint: str
    is_needed: bool = False


COLUMNS = {
    PROJECTS: (
        Column("Kennung", "kurz, eindeutig, klein geschrieben, z. B. lesepaten-marten", is_needed=True),
        Column("Titel", "Name des Projekts", is_needed=True),
        Column("Beschreibung", "in einfachen Worten"),
        Column("Reichweite", "in bestimmten Gebieten, stadtweit oder Gebiet nicht bekannt"),
        Column("Gebiete", "Namen oder Nummern der Sozialräume, Namen der Aktionsquartiere, getrennt durch Semikolon"),
        Column("Handlungsfelder", "Kennungen oder Namen, getrennt durch Semikolon"),
        Column("Träger", "wer es macht"),
        Column("Partner", "wer mitmacht"),
        Column("Für wen", "Zielgruppe"),
        Column("Beginn", "Tag, z. B. 01.05.2026"),
        Column("Ende", "Tag, z. B. 31.12.2026"),
        Column("Zeit in Worten", "wenn der Tag nicht bekannt ist"),
        Column("Zustand", "Idee, beantragt, bewilligt, läuft, abgeschlossen, vorzeitig beendet oder verstetigt"),
        Column("Zustand seit", "Tag, seit dem der Zustand gilt"),
        Column("Quelle", "Kennung der Quelle im Portal; bei neuen Projekten nötig"),
    ),
    PAYMENTS: (
        Column("Kennung", "eigene Nummer der Buchung, jede nur einmal, z. B. der Beleg", is_needed=True),
        Column("Projekt", "Kennung des Projekts", is_needed=True),
        Column("Topf", "Kennung des Topfs", is_needed=True),
        Column("Schritt", "geplant, bewilligt, nachträglich geändert, gebunden oder ausgezahlt", is_needed=True),
        Column("Betrag", "Euro, z. B. 1.250,50; mit Minus wird zurückgenommen", is_needed=True),
        Column("Tag", "Tag der Buchung, z. B. 01.05.2026", is_needed=True),
        Column("Drucksache", "Nummer, wenn es eine gibt"),
        Column("Bemerkung", "höchstens 240 Zeichen"),
    ),
}


def names_of(sheet: str) -> dict[str, str]:
    """Names of the columns by their folded form, in which heads are compared."""
    return {fold(column.name): column.name for column in COLUMNS[sheet]}
