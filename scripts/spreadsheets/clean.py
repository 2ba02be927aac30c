"""One clean spreadsheet per layout."""

import csv
import zipfile
from pathlib import Path

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from .material import YEARS, areas, count, german, rate

RATES = ("Arbeitslosenquote", "Transferleistungsquote", "SGB-II-Quote")


def long_rows() -> list[list]:
    """Indicator, code, name, year and value in each row."""
    rows = [["Indikator", "Schlüssel", "Sozialraum", "Jahr", "Wert"]]
    for shift, name in enumerate(RATES[:2]):
        for year in YEARS[-2:]:
            rows += [[name, code, area, year, float(rate(code, year, shift))] for code, area in areas()]
    return rows


def wide_by_indicator_rows() -> list[list]:
    """One column per indicator, one year in the title."""
    rows = [["Sozialräume, Stand 31.12.2024 (erfundene Testwerte)"], [], ["Nr.", "Sozialraum", *RATES]]
    return rows + [[c, n, *(float(rate(c, 2024, s)) for s in range(3))] for c, n in areas()]


def wide_by_year_rows() -> list[list]:
    """One column per year, one indicator in the title."""
    rows = [["Arbeitslosenquote nach Sozialräumen in %"], [], ["Schlüssel", "Sozialraum", *YEARS]]
    return rows + [[c, n, *(float(rate(c, y)) for y in YEARS)] for c, n in areas()]


def ratio_rows() -> list[list]:
    """Numerator and denominator, from which the rate follows."""
    rows = [["Unterbezirk", "Name", "Jahr", "Arbeitslose", "Erwerbspersonen"]]
    return rows + [[c, n, 2024, count(c) // 9, count(c)] for c, n in areas("unterbezirk")]


def save_xlsx(path: Path, sheets: dict[str, list[list]]) -> Path:
    """A plain workbook."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        sheet.write_string(number, column, cell)
                    else:
                        sheet.write(number, column, cell)
    return path


def save_xls(path: Path, rows: list[list]) -> Path:
    """An old workbook."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Tabelle1")
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    book.save(str(path))
    return path


def save_ods(path: Path, sheets: dict[str, list[list]]) -> Path:
    """A spreadsheet of LibreOffice."""
    document = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for row in rows:
            line = TableRow()
            for cell in row:
                line.addElement(_ods_cell(cell))
            table.addElement(line)
        document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def _ods_cell(cell: object) -> TableCell:
    if isinstance(cell, str):
        made = TableCell(valuetype="string")
        made.addElement(P(text=cell))
        return made
    made = TableCell(valuetype="float", value=str(cell))
    made.addElement(P(text=german(cell) if not isinstance(cell, float) else str(cell).replace(".", ",")))
    return made


def save_csv(path: Path, rows: list[list], encoding: str = "utf-8-sig", delimiter: str = ";") -> Path:
    """Text with decimal commas."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
        for row in rows:
            writer.writerow([str(cell).replace(".", ",") if isinstance(cell, float) else cell for cell in row])
    return path


def per_sheet(kind: str) -> dict[str, list[list]]:
    """One sheet per year, or per indicator."""
    head = ["Schlüssel", "Sozialraum"]
    if kind == "year":
        return {
            str(year): [[*head, *RATES[:2]], *([c, n, *(float(rate(c, year, s)) for s in (0, 1))] for c, n in areas())]
            for year in YEARS[-3:]
        }
    return {
        name: [[*head, *YEARS], *([c, n, *(float(rate(c, year, shift)) for year in YEARS)] for c, n in areas())]
        for shift, name in enumerate(RATES)
    }


def write(folder: Path) -> list[Path]:
    """All layouts, and each file format at least once."""
    made = [
        save_xlsx(folder / "long.xlsx", {"Daten": long_rows()}),
        save_xlsx(folder / "wide_by_indicator.xlsx", {"Tabelle1": wide_by_indicator_rows()}),
        save_xlsx(folder / "wide_by_year.xlsx", {"Tabelle1": wide_by_year_rows()}),
        save_xlsx(folder / "sheet_per_indicator.xlsx", per_sheet("indicator")),
        save_xlsx(folder / "sheet_per_year.xlsx", per_sheet("year")),
        save_xlsx(folder / "numerator_and_denominator.xlsx", {"Tabelle1": ratio_rows()}),
        save_xls(folder / "wide_by_year.xls", wide_by_year_rows()),
        save_ods(folder / "wide_by_indicator.ods", {"Tabelle1": wide_by_indicator_rows()}),
        save_csv(folder / "long.csv", long_rows()),
        save_csv(folder / "long.tsv", long_rows(), "utf-8", "\t"),
        save_csv(folder / "long_utf16.csv", long_rows(), "utf-16", "\t"),
        save_csv(folder / "long_windows1252.csv", long_rows(), "cp1252"),
        save_csv(folder / "wide_by_year_latin1.csv", wide_by_year_rows(), "iso-8859-1"),
    ]
    zipped = folder / "long.zip"
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "long.csv", "lieferung/long.csv")
    return [*made, zipped]
